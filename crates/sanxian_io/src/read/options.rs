//! What a caller may say about an input, and what comes back.

use sanxian_layer::{LayerOptions, OnInvalid};
use sanxian_model::{FieldMap, Metres, Scheme};

/// A coordinate reference system that the user declares for an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CrsChoice {
    /// `EPSG:4546`, or a definition as WKT or as a PROJ string.
    Named(String),
    /// Bare plane coordinates in metres (`--crs none`).
    Plane,
}

impl CrsChoice {
    /// Reads the text of a flag: `none` is the plane, all else is the name of a system.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.trim().eq_ignore_ascii_case("none") {
            Self::Plane
        } else {
            Self::Named(text.trim().to_owned())
        }
    }
}

/// How an input is to be read; the default takes everything from the file itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadOptions {
    /// The CRS, for an input that does not say it. A CRS that contradicts the file's own is an error.
    pub crs: Option<CrsChoice>,
    /// Text encoding (`GBK`, `UTF-8`, a code page); wins over the file's own word.
    pub encoding: Option<String>,
    /// Canonical name to column, for columns that the field table does not find or finds wrongly.
    pub fields: FieldMap,
    /// Scheme of the land classes, when the column's name does not tell it.
    pub scheme: Option<Scheme>,
    /// What to do with features whose rings cannot be used as they are.
    pub on_invalid: OnInvalid,
    /// The width of lines, which are then the ground of that width, and the diameter of points; none leaves them out. Not for
    /// longitude and latitude, nor for GeoJSON from standard input.
    pub width: Option<Metres>,
    /// Whether an input without a usable feature is let pass.
    pub allow_empty: bool,
    /// Drivers of GDAL that may open a file, by their short names; none allows all. Whoever reads files of strangers
    /// names [`ReadOptions::SELF_CONTAINED`]: otherwise a virtual format under the name of another opens whatever it
    /// names, on the disk and on the network. With a list, connections and addresses are refused too.
    pub drivers: Option<Vec<String>>,
}

impl ReadOptions {
    /// Drivers whose files hold their data themselves and lead nowhere else.
    pub const SELF_CONTAINED: [&str; 9] = [
        "GPKG",
        "ESRI Shapefile",
        "OpenFileGDB",
        "FlatGeobuf",
        "GeoJSON",
        "GeoJSONSeq",
        "DXF",
        "CSV",
        "MapInfo File",
    ];

    /// These options for files of strangers; see [`Self::drivers`].
    #[must_use]
    pub fn self_contained(mut self) -> Self {
        self.drivers = Some(Self::SELF_CONTAINED.map(str::to_owned).to_vec());
        self
    }

    /// What is no matter of files.
    #[must_use]
    pub fn of_layer(&self) -> LayerOptions {
        LayerOptions {
            fields: self.fields.clone(),
            scheme: self.scheme,
            on_invalid: self.on_invalid,
            allow_empty: self.allow_empty,
            ..LayerOptions::default()
        }
    }
}

/// A layer of an input, before it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerInfo {
    /// Name inside the input.
    pub name: String,
    /// Kind of geometry in GDAL's words: `Multi Polygon`, `Line String`, `Unknown (any)`, …
    pub geometry: String,
    /// Whether polygons can be in it.
    pub polygons: bool,
    /// Number of features; none when the driver cannot tell without reading.
    pub features: Option<u64>,
    /// CRS in short; none when the layer has none.
    pub crs: Option<String>,
}
