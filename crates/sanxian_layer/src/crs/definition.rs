//! What PROJJSON and WKT say alike about a system, in degrees and metres.

use sanxian_model::{CrsKind, Ellipsoid, Projection, Text, TransverseMercator};

use crate::crs::error::DefinitionError;

/// A horizontal system.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Definition {
    pub(super) name: String,
    /// The EPSG code that it gives itself.
    pub(super) epsg: Option<u32>,
    pub(super) base: Base,
    /// Degrees or metres in one unit of the axes.
    pub(super) unit: f64,
    /// Whether east and north grow; elsewhere easting and northing mean the opposite.
    pub(super) usual_axes: bool,
    /// None when longitude and latitude are all there is.
    pub(super) conversion: Option<Conversion>,
}

/// Longitude and latitude below a projection.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Base {
    pub(super) name: String,
    pub(super) datum: String,
    pub(super) ellipsoid_name: String,
    pub(super) ellipsoid: Ellipsoid,
    /// Name, and degrees east of Greenwich.
    pub(super) prime_meridian: (String, f64),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Conversion {
    pub(super) name: String,
    pub(super) method: String,
    pub(super) parameters: Vec<Parameter>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parameter {
    pub(super) name: String,
    /// In degrees, metres or as a bare number.
    pub(super) value: f64,
    pub(super) quantity: Quantity,
}

/// What a parameter measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quantity {
    Angle,
    Length,
    Ratio,
}

impl Quantity {
    /// By the name of a parameter, where it has no unit.
    pub(super) fn of_parameter(name: &str) -> Self {
        let word = word(name);
        let holds = |part: &str| word.contains(part);
        if holds("scale") {
            Self::Ratio
        } else if holds("easting") || holds("northing") || holds("height") || holds("distance") {
            Self::Length
        } else {
            Self::Angle
        }
    }
}

impl Definition {
    /// Easting and northing, or longitude and latitude.
    pub(super) fn kind(&self) -> CrsKind {
        match self.conversion {
            Some(_) => CrsKind::Projected { metres: self.unit },
            None => CrsKind::Geographic { degrees: self.unit },
        }
    }

    pub(super) fn projection(&self) -> Projection {
        match &self.conversion {
            None => Projection::None,
            Some(conversion) if self.usual_axes => {
                conversion.transverse_mercator().map_or(Projection::Other, Projection::TransverseMercator)
            }
            Some(_) => Projection::Other,
        }
    }

    pub(super) fn malformed(&self, zh: &str, en: &str) -> DefinitionError {
        DefinitionError::Malformed { name: self.name.clone(), what: Text::new(zh, en) }
    }

    /// Whether coordinates of one are coordinates of the other: names do not matter, but for the datum's.
    pub(super) fn is(&self, other: &Self) -> bool {
        let same_conversion = match (&self.conversion, &other.conversion) {
            (None, None) => true,
            (Some(a), Some(b)) => a.is(b),
            _ => false,
        };
        same_conversion
            && self.base.is(&other.base)
            && close(self.unit, other.unit)
            && self.usual_axes == other.usual_axes
    }
}

impl Base {
    fn is(&self, other: &Self) -> bool {
        datum_word(&self.datum) == datum_word(&other.datum)
            && close(self.ellipsoid.semi_major, other.ellipsoid.semi_major)
            && close(self.ellipsoid.inverse_flattening, other.ellipsoid.inverse_flattening)
            && close(self.prime_meridian.1, other.prime_meridian.1)
    }
}

impl Conversion {
    fn transverse_mercator(&self) -> Option<TransverseMercator> {
        if !matches!(method_word(&self.method).as_str(), "transversemercator") {
            return None;
        }
        let number = |name: &str, missing: f64| {
            let found = self.parameters.iter().find(|parameter| parameter_word(&parameter.name) == name);
            found.map_or(missing, |parameter| parameter.value)
        };
        Some(TransverseMercator {
            latitude_of_origin: number("latitudeofnaturalorigin", 0.0),
            central_meridian: number("longitudeofnaturalorigin", 0.0),
            scale_factor: number("scalefactoratnaturalorigin", 1.0),
            false_easting: number("falseeasting", 0.0),
            false_northing: number("falsenorthing", 0.0),
        })
    }

    fn is(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (self.transverse_mercator(), other.transverse_mercator()) {
            return close(a.latitude_of_origin, b.latitude_of_origin)
                && close(a.central_meridian, b.central_meridian)
                && close(a.scale_factor, b.scale_factor)
                && close(a.false_easting, b.false_easting)
                && close(a.false_northing, b.false_northing);
        }
        let within = |a: &Self, b: &Self| {
            a.parameters.iter().all(|p| {
                let word = parameter_word(&p.name);
                b.parameters.iter().any(|q| parameter_word(&q.name) == word && close(p.value, q.value))
            })
        };
        method_word(&self.method) == method_word(&other.method) && within(self, other) && within(other, self)
    }
}

/// Registries define these numbers with nine decimals or fewer; the rest is the noise of deriving them.
pub(super) fn tidy(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

pub(super) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

/// A name without what differs between dialects.
pub(super) fn word(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}

fn datum_word(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let word = word(lower.strip_prefix("d_").unwrap_or(&lower));
    match word.as_str() {
        "cgcs2000" | "chinageodeticcoordinatesystem2000" => "china2000".to_owned(),
        "worldgeodeticsystem1984" | "worldgeodeticsystem1984ensemble" | "wgs84" => "wgs1984".to_owned(),
        _ => word,
    }
}

fn method_word(name: &str) -> String {
    let word = word(name);
    if word == "gausskruger" { "transversemercator".to_owned() } else { word }
}

/// EPSG's name of a parameter that WKT 1 calls by another.
fn parameter_word(name: &str) -> String {
    let word = word(name);
    let known = match word.as_str() {
        "latitudeoforigin" => "latitudeofnaturalorigin",
        "centralmeridian" | "longitudeoforigin" => "longitudeofnaturalorigin",
        "scalefactor" => "scalefactoratnaturalorigin",
        _ => return word,
    };
    known.to_owned()
}
