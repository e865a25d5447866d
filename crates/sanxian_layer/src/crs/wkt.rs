//! A CRS from WKT 2, or from WKT 1 as GDAL and ESRI write it.

use sanxian_model::{Crs, Ellipsoid, Text};

use crate::crs::definition::{Base, Conversion, Definition, Parameter, Quantity, tidy};
use crate::crs::error::{DefinitionError, not_understood};
use crate::crs::wkt_tree::{Item, Keywords, Node};

const PROJECTED: Keywords = &["PROJCRS", "PROJECTEDCRS", "PROJCS"];
const GEOGRAPHIC: Keywords =
    &["GEOGCRS", "GEOGRAPHICCRS", "GEODCRS", "GEODETICCRS", "BASEGEOGCRS", "BASEGEODCRS", "GEOGCS"];
const ID: Keywords = &["ID", "AUTHORITY"];
const LENGTH: Keywords = &["LENGTHUNIT", "UNIT"];
const ANGLE: Keywords = &["ANGLEUNIT", "UNIT"];

/// The CRS of a definition as WKT. Heights in it are dropped, and a bound system is taken for its source.
///
/// A definition without a code gets that of the table when its parameters are there, as the .prj of a Shapefile does.
///
/// ```
/// let prj = r#"PROJCS["CGCS2000_3_Degree_GK_CM_111E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",
///     DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],
///     UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],
///     PARAMETER["Central_Meridian",111.0],PARAMETER["Scale_Factor",1.0],UNIT["Meter",1.0]]"#;
/// assert_eq!(sanxian_layer::crs::from_wkt(prj)?.epsg, Some(4546));
/// # Ok::<(), sanxian_layer::crs::DefinitionError>(())
/// ```
///
/// # Errors
/// [`DefinitionError`], when the text is no WKT, lacks a part, or defines heights alone.
pub fn from_wkt(text: &str) -> Result<Crs, DefinitionError> {
    definition(text)?.into_crs(Some(text.trim().to_owned()))
}

/// What a WKT says.
pub(super) fn definition(text: &str) -> Result<Definition, DefinitionError> {
    let tree = Node::parse(text).ok_or_else(|| not_understood(text))?;
    horizontal(&tree, text)
}

fn horizontal(node: &Node, text: &str) -> Result<Definition, DefinitionError> {
    let keyword = node.keyword.as_str();
    match keyword {
        "BOUNDCRS" => {
            let source = node.child(&["SOURCECRS"]).and_then(|source| source.items.first());
            let Some(Item::Node(source)) = source else { return Err(not_understood(text)) };
            horizontal(source, text)
        }
        "COMPOUNDCRS" | "COMPD_CS" => {
            let first = node.items.iter().find_map(|item| match item {
                Item::Node(part) => Some(part),
                _ => None,
            });
            horizontal(first.ok_or_else(|| not_understood(text))?, text)
        }
        _ if PROJECTED.contains(&keyword) => projected(node),
        _ if GEOGRAPHIC.contains(&keyword) => geographic(node),
        "VERTCRS" | "VERTICALCRS" | "VERT_CS" | "GEOCCS" | "ENGCRS" | "ENGINEERINGCRS" | "LOCAL_CS" => {
            Err(DefinitionError::NotHorizontal { name: node.name().to_owned() })
        }
        _ => Err(not_understood(text)),
    }
}

fn projected(node: &Node) -> Result<Definition, DefinitionError> {
    let malformed = |zh: &str, en: &str| DefinitionError::Malformed {
        name: node.name().to_owned(),
        what: Text::new(zh, en),
    };
    let base_node = node
        .child(GEOGRAPHIC)
        .ok_or_else(|| malformed("没有所依据的地理坐标系", "has no geographic system below it"))?;
    let base = base(base_node)?;
    let unit = axis_unit(node, LENGTH).unwrap_or(1.0);
    let angle = axis_unit(base_node, ANGLE).map_or(1.0, |radians| tidy(radians.to_degrees()));
    // WKT 1 has method and parameters beside the units, WKT 2 in a node of their own.
    let holder = node.child(&["CONVERSION"]).unwrap_or(node);
    let method = holder
        .child(&["METHOD", "PROJECTION"])
        .ok_or_else(|| malformed("没有投影方法", "names no method of projection"))?
        .name();
    let mut parameters = Vec::new();
    for parameter in holder.children(&["PARAMETER"]) {
        let name = parameter.name().to_owned();
        let value = parameter.number(1).filter(|value| value.is_finite());
        let value =
            value.ok_or_else(|| malformed("有一个参数没有数值", "has a parameter without a number"))?;
        let own = |keywords: Keywords| parameter.child(keywords).and_then(|unit| unit.number(1));
        let quantity = if parameter.child(&["ANGLEUNIT"]).is_some() {
            Quantity::Angle
        } else if parameter.child(&["LENGTHUNIT"]).is_some() {
            Quantity::Length
        } else {
            Quantity::of_parameter(&name)
        };
        let factor = match quantity {
            Quantity::Angle => own(ANGLE).map_or(angle, |radians| tidy(radians.to_degrees())),
            Quantity::Length => own(LENGTH).unwrap_or(unit),
            Quantity::Ratio => own(&["SCALEUNIT"]).unwrap_or(1.0),
        };
        parameters.push(Parameter { name, value: value * factor, quantity });
    }
    let name = holder.child(&["METHOD"]).map_or("unnamed", |_| holder.name()).to_owned();
    Ok(Definition {
        name: node.name().to_owned(),
        epsg: epsg(node),
        base,
        unit,
        usual_axes: usual_axes(node),
        conversion: Some(Conversion { name, method: method.to_owned(), parameters }),
    })
}

fn geographic(node: &Node) -> Result<Definition, DefinitionError> {
    let name = node.name().to_owned();
    let axes = node.children(&["AXIS"]).count();
    if node.child(&["CS"]).is_some_and(|system| system.name().eq_ignore_ascii_case("cartesian")) {
        return Err(DefinitionError::NotHorizontal { name });
    }
    let base = base(node)?;
    let unit = axis_unit(node, ANGLE).map_or(1.0, |radians| tidy(radians.to_degrees()));
    // The code of a system with heights is not that of its flat brother.
    let epsg = if axes > 2 { None } else { epsg(node) };
    Ok(Definition { name, epsg, base, unit, usual_axes: usual_axes(node), conversion: None })
}

fn base(node: &Node) -> Result<Base, DefinitionError> {
    let malformed = |zh: &str, en: &str| DefinitionError::Malformed {
        name: node.name().to_owned(),
        what: Text::new(zh, en),
    };
    let datum = node
        .child(&["DATUM", "GEODETICDATUM", "TRF", "ENSEMBLE"])
        .ok_or_else(|| malformed("没有基准", "has no datum"))?;
    let ellipsoid =
        datum.child(&["ELLIPSOID", "SPHEROID"]).ok_or_else(|| malformed("没有椭球", "has no ellipsoid"))?;
    let (Some(axis), Some(inverse_flattening)) = (ellipsoid.number(1), ellipsoid.number(2)) else {
        return Err(malformed("的椭球缺少两个参数", "has an ellipsoid without its two numbers"));
    };
    let metres = ellipsoid.child(LENGTH).and_then(|unit| unit.number(1)).unwrap_or(1.0);
    let prime = node.child(&["PRIMEM", "PRIMEMERIDIAN"]);
    let degrees = prime.map_or(0.0, |prime| {
        let unit = prime.child(ANGLE).and_then(|unit| unit.number(1));
        prime.number(1).unwrap_or(0.0) * unit.map_or(1.0, |radians| tidy(radians.to_degrees()))
    });
    Ok(Base {
        name: node.name().to_owned(),
        datum: datum.name().to_owned(),
        ellipsoid_name: ellipsoid.name().to_owned(),
        ellipsoid: Ellipsoid { semi_major: axis * metres, inverse_flattening: tidy(inverse_flattening) },
        prime_meridian: (prime.map_or("Greenwich", Node::name).to_owned(), degrees),
    })
}

/// Metres or radians in one unit of the axes: of the first axis, of all of them, or of the system.
fn axis_unit(node: &Node, keywords: Keywords) -> Option<f64> {
    node.child(&["AXIS"])
        .and_then(|axis| axis.child(keywords))
        .or_else(|| node.child(keywords))
        .and_then(|unit| unit.number(1))
}

fn usual_axes(node: &Node) -> bool {
    !node.children(&["AXIS"]).flat_map(|axis| &axis.items).any(
        |item| matches!(item, Item::Word(word) if ["west", "south"].contains(&word.to_ascii_lowercase().as_str())),
    )
}

fn epsg(node: &Node) -> Option<u32> {
    node.children(ID).find(|id| id.name().eq_ignore_ascii_case("EPSG")).and_then(|id| {
        let code = id.number(1)?;
        (code.fract() == 0.0 && (1.0..1e9).contains(&code)).then_some(code as u32)
    })
}

#[cfg(test)]
mod tests {
    use sanxian_model::{CrsKind, Projection, TransverseMercator};

    use super::*;

    const OWN: &str = r#"PROJCRS["商丘坐标",BASEGEOGCRS["CGCS2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101]]],CONVERSION["own",METHOD["Transverse Mercator"],PARAMETER["Longitude of natural origin",115.5,ANGLEUNIT["degree",0.0174532925199433]],PARAMETER["Scale factor at natural origin",1],PARAMETER["False easting",500,LENGTHUNIT["kilometre",1000]]],CS[Cartesian,2],AXIS["x",east],AXIS["y",north],LENGTHUNIT["metre",1]]"#;

    #[test]
    fn a_system_of_ones_own_keeps_its_name_and_text() {
        let crs = from_wkt(OWN).expect("WKT 2");
        assert_eq!((crs.name.as_str(), crs.epsg, crs.wkt.as_str()), ("商丘坐标", None, OWN));
        assert_eq!(crs.kind, CrsKind::Projected { metres: 1.0 });
        let expected = Projection::TransverseMercator(TransverseMercator::gauss_kruger(115.5));
        assert_eq!(crs.projection, expected);
    }

    #[test]
    fn heights_are_dropped_and_heights_alone_refused() {
        let vertical = r#"VERTCRS["1985",VDATUM["1985"],CS[vertical,1],AXIS["up",up],LENGTHUNIT["metre",1]]"#;
        let compound = format!("COMPOUNDCRS[\"both\",{OWN},{vertical}]");
        assert_eq!(from_wkt(&compound).expect("compound").name, "商丘坐标");
        assert_eq!(from_wkt(vertical), Err(DefinitionError::NotHorizontal { name: "1985".to_owned() }));
        let bound = format!("BOUNDCRS[SOURCECRS[{OWN}],TARGETCRS[{OWN}]]");
        assert_eq!(from_wkt(&bound).expect("bound").name, "商丘坐标");
    }

    #[test]
    fn a_code_that_the_parameters_deny_is_an_error() {
        let wrong = OWN.strip_suffix(']').map(|text| format!("{text},ID[\"EPSG\",4546]]")).expect("brackets");
        let error = from_wkt(&wrong).expect_err("115.5 is not 111");
        assert_eq!(error, DefinitionError::Contradictory { name: "商丘坐标".to_owned(), code: 4546 });
    }

    #[test]
    fn what_is_missing_is_named() {
        for (part, what) in [
            (r#"ELLIPSOID["CGCS2000",6378137,298.257222101]"#, "ellipsoid"),
            (r#"METHOD["Transverse Mercator"],"#, "method"),
            ("115.5", "number"),
        ] {
            let error = from_wkt(&OWN.replace(part, "\"\"").replace("\"\"PARAMETER", "PARAMETER"));
            assert!(error.as_ref().is_err_and(|error| error.to_string().contains(what)), "{what}: {error:?}");
        }
    }
}
