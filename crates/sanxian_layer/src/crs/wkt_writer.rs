//! A definition as WKT 2 (ISO 19162:2019), as PROJ and GDAL read it.

use std::fmt::Write as _;

use crate::crs::definition::{Base, Definition, Quantity};

const DEGREE: &str = "ANGLEUNIT[\"degree\",0.0174532925199433]";
const METRE: &str = "LENGTHUNIT[\"metre\",1]";

/// The definition in one line.
pub(super) fn write(definition: &Definition) -> String {
    let mut out = String::new();
    let name = quoted(&definition.name);
    match &definition.conversion {
        None => {
            let _ = write!(out, "GEOGCRS[{name},{},CS[ellipsoidal,2],", datum(&definition.base));
            let unit = if definition.unit == 1.0 {
                DEGREE.to_owned()
            } else {
                format!("ANGLEUNIT[\"unit\",{}]", definition.unit.to_radians())
            };
            let _ = write!(
                out,
                "AXIS[\"latitude\",north,ORDER[1],{unit}],AXIS[\"longitude\",east,ORDER[2],{unit}]"
            );
        }
        Some(conversion) => {
            let base = quoted(&definition.base.name);
            let _ = write!(out, "PROJCRS[{name},BASEGEOGCRS[{base},{}],", datum(&definition.base));
            let _ =
                write!(out, "CONVERSION[{},METHOD[{}]", quoted(&conversion.name), quoted(&conversion.method));
            for parameter in &conversion.parameters {
                let unit = match parameter.quantity {
                    Quantity::Angle => DEGREE,
                    Quantity::Length => METRE,
                    Quantity::Ratio => "SCALEUNIT[\"unity\",1]",
                };
                let _ = write!(out, ",PARAMETER[{},{},{unit}]", quoted(&parameter.name), parameter.value);
            }
            let unit = if definition.unit == 1.0 {
                METRE.to_owned()
            } else {
                format!("LENGTHUNIT[\"unit\",{}]", definition.unit)
            };
            let [east, north] = if definition.usual_axes { ["east", "north"] } else { ["west", "south"] };
            let _ = write!(
                out,
                "],CS[Cartesian,2],AXIS[\"easting\",{east},ORDER[1],{unit}],AXIS[\"northing\",{north},ORDER[2],{unit}]"
            );
        }
    }
    if let Some(code) = definition.epsg {
        let _ = write!(out, ",ID[\"EPSG\",{code}]");
    }
    out.push(']');
    out
}

fn datum(base: &Base) -> String {
    let (meridian, degrees) = &base.prime_meridian;
    format!(
        "DATUM[{},ELLIPSOID[{},{},{},{METRE}]],PRIMEM[{},{degrees},{DEGREE}]",
        quoted(&base.datum),
        quoted(&base.ellipsoid_name),
        base.ellipsoid.semi_major,
        base.ellipsoid.inverse_flattening,
        quoted(meridian)
    )
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
