//! Why coordinates cannot be placed on the earth, or not where they are said to be.

use sanxian_model::Position;

/// Why a CRS cannot be used, or why coordinates do not lie in it.
#[derive(Debug, Clone, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum CrsError {
    /// The text names no CRS.
    #[error(
        "`{text}` is not a coordinate reference system\n  do:    write EPSG:4546 (CGCS2000, 3-degree, CM 111E), another \
         EPSG code, a WKT or PROJ definition, or `none` for bare plane coordinates in metres"
    )]
    Unknown {
        /// As written.
        text: String,
    },
    /// The CRS is not one of positions on a map: heights, or earth-centred.
    #[error("`{name}` has no easting and northing\n  do:    give a projected or a geographic system")]
    NotHorizontal {
        /// Name of the CRS.
        name: String,
    },
    /// Bare plane coordinates against a system on the earth.
    #[error(
        "{from} cannot be brought to {to}\n  do:    bare plane coordinates have no place on the earth: declare the CRS of \
         all layers, or --crs none for all"
    )]
    PlaneAndEarth {
        /// CRS of the layer.
        from: String,
        /// CRS of the run.
        to: String,
    },
    /// Only a guess leads from one datum to the other.
    #[error(
        "no exact transformation leads from {from} to {to}\n  do:    the two datums lie tens of metres apart and the \
         parameters are local: transform the layer with your official parameters first"
    )]
    NoExactTransform {
        /// CRS of the layer.
        from: String,
        /// CRS of the run.
        to: String,
    },
    /// PROJ refused.
    #[error(
        "{from} cannot be transformed to {to}: {reason}\n  do:    check that the coordinates are inside both systems"
    )]
    Failed {
        /// CRS of the layer.
        from: String,
        /// CRS of the run.
        to: String,
        /// PROJ's words.
        reason: String,
    },
    /// The eastings carry a zone number that the CRS does not expect.
    #[error(
        "eastings such as {easting:.3} carry the zone number {prefix}, but the layer is said to be in {declared}\n  do:    \
         {}", instead(*.fits)
    )]
    ZonePrefix {
        /// An easting of the layer.
        easting: f64,
        /// The zone number in front of it.
        prefix: u32,
        /// CRS of the layer.
        declared: String,
        /// The EPSG code that fits, when there is one.
        fits: Option<u32>,
    },
    /// The CRS expects a zone number and the eastings have none.
    #[error(
        "eastings such as {easting:.3} carry no zone number, but {declared} expects the number {prefix} in front\n  do:    \
         {}", instead(*.fits)
    )]
    ZonePrefixMissing {
        /// An easting of the layer.
        easting: f64,
        /// The zone number that should be in front.
        prefix: u32,
        /// CRS of the layer.
        declared: String,
        /// The EPSG code that fits, when there is one.
        fits: Option<u32>,
    },
    /// Features of several zones in one layer.
    #[error(
        "the eastings of one layer carry the zone numbers {from} and {to}\n  do:    split the layer by zone, or deliver \
         it in longitude and latitude (EPSG:4490)"
    )]
    SeveralZones {
        /// Smallest zone number.
        from: u32,
        /// Largest zone number.
        to: u32,
    },
    /// Degrees in a system of metres.
    #[error(
        "coordinates such as ({}, {}) are degrees, but the layer is said to be in {declared}\n  do:    declare EPSG:4490 \
         (CGCS2000 longitude and latitude) if that is what they are", .near[0], .near[1]
    )]
    DegreesAsMetres {
        /// A position of the layer.
        near: Position,
        /// CRS of the layer.
        declared: String,
    },
    /// Metres in a system of degrees.
    #[error(
        "coordinates such as ({}, {}) are no degrees, but the layer is said to be in {declared}\n  do:    declare the \
         projected system that they are in{}", .near[0], .near[1], zone_words(.hint.as_ref())
    )]
    MetresAsDegrees {
        /// A position of the layer.
        near: Position,
        /// CRS of the layer.
        declared: String,
        /// What the coordinates themselves tell.
        hint: Option<String>,
    },
    /// North and east are swapped.
    #[error(
        "coordinates such as ({}, {}) have north first; with x east and y north they would lie in {declared}\n  do:    swap the \
         two columns in the source: survey X is north, but files store east first", .near[0], .near[1]
    )]
    Swapped {
        /// A position of the layer.
        near: Position,
        /// CRS of the layer.
        declared: String,
    },
    /// Somewhere else on the earth.
    #[error(
        "coordinates such as ({}, {}) lie far outside {declared}, which is for {area}\n  do:    check the CRS of the \
         layer", .near[0], .near[1]
    )]
    FarOutside {
        /// A position of the layer.
        near: Position,
        /// CRS of the layer.
        declared: String,
        /// Where the CRS is used.
        area: String,
    },
}

fn instead(fits: Option<u32>) -> String {
    match fits {
        Some(code) => format!("declare EPSG:{code}, which fits these coordinates"),
        None => "declare the system that fits these coordinates".to_owned(),
    }
}

fn zone_words(hint: Option<&String>) -> String {
    hint.map(|hint| format!("; {hint}")).unwrap_or_default()
}
