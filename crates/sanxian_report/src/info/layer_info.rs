//! What is in a layer and how it would be read.

use sanxian_model::{Crs, CrsOrigin, Explanation, Fault, RoleGuess, Scheme, Text};

/// A layer of a source.
#[derive(Debug, Clone)]
pub struct LayerInfo {
    /// Name inside the source.
    pub name: String,
    /// What names it on the command line: `FILE`, or `FILE#LAYER` where the file has several; passwords are hidden.
    pub source: String,
    /// Kind of geometry in GDAL's words: `Multi Polygon`, `Line String`, …
    pub geometry: String,
    /// Number of features; none when the driver cannot tell without reading, and nothing was read.
    pub features: Option<u64>,
    /// What it may be in a check; none when nothing is sure.
    pub role: Option<RoleGuess>,
    /// What is in it.
    pub contents: Contents,
}

/// What is in a layer.
#[derive(Debug, Clone)]
pub enum Contents {
    /// It was read.
    Read(Box<LayerContents>),
    /// It was not read: it holds lines, points or nothing spatial.
    NotPolygons,
    /// It cannot be read.
    Failed(Box<Explanation>),
}

impl LayerInfo {
    /// What was read of it.
    #[must_use]
    pub fn contents(&self) -> Option<&LayerContents> {
        match &self.contents {
            Contents::Read(contents) => Some(contents),
            _ => None,
        }
    }

    /// Why a check cannot read it.
    #[must_use]
    pub fn error(&self) -> Option<&Explanation> {
        match &self.contents {
            Contents::Read(contents) => contents.crs.as_ref().err().map(|error| &**error),
            Contents::Failed(error) => Some(error),
            Contents::NotPolygons => None,
        }
    }
}

/// A layer that was read.
#[derive(Debug, Clone)]
pub struct LayerContents {
    /// Driver that read it: `GPKG`, `ESRI Shapefile`, `boundary TXT`, …
    pub driver: String,
    /// Features that a check would use.
    pub used: usize,
    /// The CRS as delivered and how it was known, or why a check cannot read the layer without more.
    pub crs: Result<(Crs, CrsOrigin), Box<Explanation>>,
    /// West and south, east and north of the features in use, in the units of the CRS as delivered; none when there are none.
    pub extent: Option<[[f64; 2]; 2]>,
    /// Text encoding and how it was known, as in `GBK (detected)`.
    pub encoding: String,
    /// Its columns, in the order of the input.
    pub fields: Vec<FieldInfo>,
    /// How features are told apart.
    pub identifiers: IdentifierInfo,
    /// The land classes; none when no column holds any.
    pub classes: Option<ClassInfo>,
    /// What reading tells, faults of one kind and treatment together.
    pub faults: Vec<FaultGroup>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldInfo {
    /// Its name.
    pub name: String,
    /// What its values are.
    pub kind: FieldKind,
    /// The canonical names that it is taken for; empty for one that means nothing to a check.
    pub meanings: Vec<String>,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers with decimals.
    Real,
    /// True or false.
    Boolean,
    /// Days.
    Date,
    /// Times of a day.
    Time,
    /// Days with times.
    DateTime,
    /// Bytes.
    Binary,
    /// Several values in one cell.
    List,
    /// Anything else.
    Other,
}

impl FieldKind {
    /// The word of machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Time => "time",
            Self::DateTime => "datetime",
            Self::Binary => "binary",
            Self::List => "list",
            Self::Other => "other",
        }
    }
}

/// How features are told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentifierInfo {
    /// The column; none when features are named by their numbers.
    pub column: Option<String>,
    /// Features without an identifier.
    pub missing: usize,
    /// Features whose identifier an earlier one has.
    pub repeated: usize,
}

impl IdentifierInfo {
    /// Whether each feature has an identifier of its own.
    #[must_use]
    pub fn is_unique(&self) -> bool {
        self.column.is_some() && self.missing == 0 && self.repeated == 0
    }
}

/// The land classes of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassInfo {
    /// The column of their codes.
    pub column: String,
    /// The schemes that they are read in, with the number of features; empty when none is known.
    pub schemes: Vec<(Scheme, usize)>,
    /// By what they are known.
    pub reason: SchemeReason,
    /// Features whose class is not known.
    pub unknown: usize,
}

/// By what the scheme of land classes is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeReason {
    /// A column says it of each feature.
    SchemeColumn(String),
    /// The name of the column of codes is that of a scheme.
    ColumnName,
    /// The use in words beside the codes fits them.
    UseInWords,
    /// Only that scheme knows all values; the text counts.
    Values(Option<Text>),
    /// It is not known; the text says why.
    Unknown(Option<Text>),
}

impl SchemeReason {
    /// The word of machine formats.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::SchemeColumn(_) => "scheme-column",
            Self::ColumnName => "column-name",
            Self::UseInWords => "use-in-words",
            Self::Values(_) => "values",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// Faults of one kind that are treated alike.
#[derive(Debug, Clone, PartialEq)]
pub struct FaultGroup {
    /// The first of them.
    pub first: Fault,
    /// How many there are.
    pub count: usize,
}
