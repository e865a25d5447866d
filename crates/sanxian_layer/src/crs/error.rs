//! Why a definition is no CRS that can be used.

/// Why a definition is no CRS that can be used.
#[derive(Debug, Clone, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum CrsError {
    /// The text names no CRS.
    #[error(
        "`{text}` is not a coordinate reference system\n  do:    write EPSG:4546 (CGCS2000, 3-degree, CM 111E), another EPSG \
         code, PROJJSON, WKT, or `none` for bare plane coordinates in metres"
    )]
    NotUnderstood {
        /// The beginning of what was written.
        text: String,
    },
    /// A code that is not in the table.
    #[error(
        "EPSG:{code} is not known without PROJ\n  do:    give its definition as PROJJSON or WKT; known by code are CGCS2000 \
         (4490, 4491 to 4554) and WGS 84 (4326, 32601 to 32660, 32701 to 32760)"
    )]
    UnknownCode {
        /// The code.
        code: u32,
    },
    /// A part of a definition is missing or makes no sense.
    #[error(
        "the definition of `{name}` {what}\n  do:    export it anew as PROJJSON or WKT, or give its EPSG code"
    )]
    Malformed {
        /// Name of the system.
        name: String,
        /// What is wrong, as a predicate.
        what: String,
    },
    /// Heights, or earth-centred coordinates.
    #[error("`{name}` has no easting and northing\n  do:    give a projected or a geographic system")]
    NotHorizontal {
        /// Name of the system.
        name: String,
    },
    /// The code says one system and the parameters another.
    #[error(
        "`{name}` calls itself EPSG:{code}, but its parameters are others\n  do:    give the code alone if it is right, or the \
         definition without a code"
    )]
    Contradictory {
        /// Name of the system.
        name: String,
        /// The code it calls itself.
        code: u32,
    },
}
