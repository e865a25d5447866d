//! A CRS from PROJJSON, as GeoArrow and GeoParquet carry it.

use sanxian_model::{Crs, Ellipsoid, Text};
use serde_json::Value;

use crate::crs::definition::{Base, Conversion, Definition, Parameter, Quantity, tidy};
use crate::crs::error::{DefinitionError, not_understood};

/// The CRS of a definition as PROJJSON. Heights in it are dropped, and a bound system is taken for its source.
///
/// ```
/// let definition = serde_json::json!({
///     "type": "GeographicCRS",
///     "name": "CGCS2000",
///     "datum": {
///         "name": "China 2000",
///         "ellipsoid": { "name": "CGCS2000", "semi_major_axis": 6378137, "inverse_flattening": 298.257222101 },
///     },
/// });
/// assert_eq!(sanxian_layer::crs::from_projjson(&definition)?.epsg, Some(4490));
/// # Ok::<(), sanxian_layer::crs::DefinitionError>(())
/// ```
///
/// # Errors
/// [`DefinitionError`], when it lacks a part, or defines heights alone.
pub fn from_projjson(definition: &Value) -> Result<Crs, DefinitionError> {
    horizontal(definition)?.into_crs(None)
}

fn horizontal(crs: &Value) -> Result<Definition, DefinitionError> {
    let not_horizontal = || DefinitionError::NotHorizontal { name: name(crs) };
    let within = |part: Option<&Value>| {
        part.map_or_else(|| Err(malformed(crs, "中没有坐标系", "holds no system")), horizontal)
    };
    match crs["type"].as_str() {
        Some("BoundCRS") => within(crs.get("source_crs")),
        Some("CompoundCRS") => within(crs["components"].get(0)),
        Some("ProjectedCRS") => projected(crs),
        Some("GeographicCRS") => geographic(crs),
        // Earth-centred as a rule; old writers used the name for longitude and latitude too.
        Some("GeodeticCRS") if crs["coordinate_system"]["subtype"] == "ellipsoidal" => geographic(crs),
        Some(kind) if kind.ends_with("CRS") => Err(not_horizontal()),
        _ => Err(not_understood(&crs.to_string())),
    }
}

fn projected(crs: &Value) -> Result<Definition, DefinitionError> {
    let unit = axis_unit(crs).unwrap_or(1.0);
    let conversion = &crs["conversion"];
    let method = conversion["method"]["name"].as_str();
    let method = method.ok_or_else(|| malformed(crs, "没有投影方法", "names no method of projection"))?;
    let mut parameters = Vec::new();
    for parameter in conversion["parameters"].as_array().into_iter().flatten() {
        let name = name(parameter);
        let quantity = match &parameter["unit"] {
            Value::String(unit) if unit == "degree" => Quantity::Angle,
            Value::String(unit) if unit == "metre" => Quantity::Length,
            Value::String(unit) if unit == "unity" => Quantity::Ratio,
            unit => match unit["type"].as_str() {
                Some("AngularUnit") => Quantity::Angle,
                Some("LinearUnit") => Quantity::Length,
                Some("ScaleUnit") => Quantity::Ratio,
                _ => Quantity::of_parameter(&name),
            },
        };
        let own = factor(&parameter["unit"]);
        let value = parameter["value"].as_f64().map(|value| value * own.unwrap_or(1.0));
        // A value may carry its unit itself.
        let value = value.or_else(|| quantity_of(&parameter["value"]));
        let value =
            value.ok_or_else(|| malformed(crs, "有一个参数没有数值", "has a parameter without a number"))?;
        parameters.push(Parameter { name, value, quantity });
    }
    Ok(Definition {
        name: name(crs),
        epsg: epsg(crs),
        base: base(&crs["base_crs"])?,
        unit,
        usual_axes: usual_axes(crs),
        conversion: Some(Conversion { name: name(conversion), method: method.to_owned(), parameters }),
    })
}

fn geographic(crs: &Value) -> Result<Definition, DefinitionError> {
    // The code of a system with heights is not that of its flat brother.
    let flat = axes(crs).len() <= 2;
    Ok(Definition {
        name: name(crs),
        epsg: if flat { epsg(crs) } else { None },
        base: base(crs)?,
        unit: axis_unit(crs).unwrap_or(1.0),
        usual_axes: usual_axes(crs),
        conversion: None,
    })
}

fn base(crs: &Value) -> Result<Base, DefinitionError> {
    let datum = crs.get("datum").or_else(|| crs.get("datum_ensemble"));
    let datum = datum.ok_or_else(|| malformed(crs, "没有基准", "has no datum"))?;
    let figure = &datum["ellipsoid"];
    let axis = quantity_of(&figure["semi_major_axis"]);
    let ellipsoid = if let Some(radius) = quantity_of(&figure["radius"]) {
        Ellipsoid { semi_major: radius, inverse_flattening: 0.0 }
    } else if let (Some(semi_major), Some(inverse)) = (axis, figure["inverse_flattening"].as_f64()) {
        Ellipsoid { semi_major, inverse_flattening: tidy(inverse) }
    } else if let (Some(semi_major), Some(semi_minor)) = (axis, quantity_of(&figure["semi_minor_axis"])) {
        let flat = semi_major - semi_minor;
        Ellipsoid { semi_major, inverse_flattening: if flat == 0.0 { 0.0 } else { tidy(semi_major / flat) } }
    } else {
        return Err(malformed(crs, "没有椭球", "has no ellipsoid"));
    };
    let prime = &datum["prime_meridian"];
    let prime_meridian = match quantity_of(&prime["longitude"]) {
        Some(degrees) => (name(prime), degrees),
        None => ("Greenwich".to_owned(), 0.0),
    };
    Ok(Base { name: name(crs), datum: name(datum), ellipsoid_name: name(figure), ellipsoid, prime_meridian })
}

fn axes(crs: &Value) -> &[Value] {
    crs["coordinate_system"]["axis"].as_array().map_or(&[], Vec::as_slice)
}

/// Metres or degrees in one unit of the first axis.
fn axis_unit(crs: &Value) -> Option<f64> {
    factor(&axes(crs).first()?["unit"])
}

fn usual_axes(crs: &Value) -> bool {
    !axes(crs).iter().any(|axis| matches!(axis["direction"].as_str(), Some("west" | "south")))
}

/// A number, or a value with its unit, in metres or degrees.
fn quantity_of(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| Some(value["value"].as_f64()? * factor(&value["unit"])?))
}

/// Metres, degrees or one in a unit.
fn factor(unit: &Value) -> Option<f64> {
    match unit {
        Value::String(unit) => matches!(unit.as_str(), "metre" | "degree" | "unity").then_some(1.0),
        unit => {
            let factor = unit["conversion_factor"].as_f64()?;
            // Of angles it is in radians.
            Some(if unit["type"] == "AngularUnit" { tidy(factor.to_degrees()) } else { factor })
        }
    }
}

fn epsg(crs: &Value) -> Option<u32> {
    let of_epsg = |id: &&Value| id["authority"] == "EPSG";
    let id = crs.get("id").filter(of_epsg).or_else(|| crs["ids"].as_array()?.iter().find(of_epsg))?;
    let code = &id["code"];
    // Some writers have it in quotes.
    code.as_u64().and_then(|code| u32::try_from(code).ok()).or_else(|| code.as_str()?.parse().ok())
}

fn name(value: &Value) -> String {
    value["name"].as_str().unwrap_or("unnamed").to_owned()
}

fn malformed(crs: &Value, zh: &str, en: &str) -> DefinitionError {
    DefinitionError::Malformed { name: name(crs), what: Text::new(zh, en) }
}

#[cfg(test)]
mod tests {
    use sanxian_model::{CrsKind, Projection, TransverseMercator};
    use serde_json::json;

    use super::*;

    /// A zone on a meridian of its own, with `method`.
    fn own(method: &str) -> Value {
        json!({
            "type": "ProjectedCRS",
            "name": "own",
            "base_crs": {
                "name": "CGCS2000",
                "datum_ensemble": {
                    "name": "China 2000",
                    "ellipsoid": {
                        "name": "CGCS2000",
                        "semi_major_axis": { "value": 6378.137, "unit": { "type": "LinearUnit", "name": "kilometre", "conversion_factor": 1000 } },
                        "semi_minor_axis": 6_356_752.314_140_356,
                    },
                },
            },
            "conversion": {
                "name": "own",
                "method": { "name": method },
                "parameters": [
                    { "name": "Longitude of natural origin", "value": 115.5, "unit": "degree" },
                    { "name": "Scale factor at natural origin", "value": 1, "unit": "unity" },
                    { "name": "False easting", "value": 500, "unit": { "type": "LinearUnit", "name": "kilometre", "conversion_factor": 1000 } },
                ],
            },
            "coordinate_system": {
                "subtype": "Cartesian",
                "axis": [
                    { "direction": "north", "unit": "metre" },
                    { "direction": "east", "unit": "metre" },
                ],
            },
        })
    }

    #[test]
    fn units_are_brought_to_metres_and_degrees() {
        let crs = from_projjson(&own("Transverse Mercator")).expect("complete");
        assert_eq!((crs.epsg, crs.kind), (None, CrsKind::Projected { metres: 1.0 }));
        assert_eq!(crs.ellipsoid, Ellipsoid::CGCS2000);
        let expected = Projection::TransverseMercator(TransverseMercator::gauss_kruger(115.5));
        assert_eq!(crs.projection, expected);
        // What is written of it says the same again.
        let again = crate::crs::from_wkt(&crs.wkt).expect("our own WKT");
        assert_eq!(again, crs);
    }

    #[test]
    fn other_methods_are_other() {
        let crs = from_projjson(&own("Lambert Conic Conformal (2SP)")).expect("complete");
        assert_eq!(crs.projection, Projection::Other);
        let mut southern = own("Transverse Mercator");
        southern["coordinate_system"]["axis"][1]["direction"] = json!("west");
        assert_eq!(from_projjson(&southern).expect("complete").projection, Projection::Other);
    }

    #[test]
    fn wrapped_systems_are_unwrapped_and_heights_refused() {
        let vertical = json!({ "type": "VerticalCRS", "name": "1985" });
        let plain = from_projjson(&own("Transverse Mercator"));
        let compound = json!({ "type": "CompoundCRS", "components": [own("Transverse Mercator"), vertical] });
        assert_eq!(from_projjson(&compound), plain);
        let bound = json!({ "type": "BoundCRS", "source_crs": compound });
        assert_eq!(from_projjson(&bound), plain);
        for none in [vertical, json!({ "type": "GeodeticCRS", "name": "1985" })] {
            assert_eq!(from_projjson(&none), Err(DefinitionError::NotHorizontal { name: "1985".to_owned() }));
        }
    }

    #[test]
    fn what_is_missing_is_named_and_nothing_panics() {
        let mut without = own("Transverse Mercator");
        without["base_crs"]["datum_ensemble"]["ellipsoid"] = json!(null);
        let error = from_projjson(&without).expect_err("no ellipsoid");
        assert!(error.to_string().contains("`CGCS2000` has no ellipsoid"), "{error}");
        for odd in [json!(null), json!(4546), json!([]), json!({}), json!({ "type": "BoundCRS" })] {
            assert!(from_projjson(&odd).is_err(), "{odd}");
        }
    }
}
