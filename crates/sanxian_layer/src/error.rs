//! Why a layer could not be made. Every message says what happened, where, and what to do.

use sanxian_model::Fault;

/// Why a layer could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LayerError {
    /// The layer has no feature at all.
    #[error(
        "layer `{layer}` is empty\n  where: {path}\n  do:    an empty layer would make everything pass: check the \
         file, or say --allow-empty"
    )]
    Empty {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
    },
    /// Every feature had to be left out.
    #[error(
        "none of the {features} features of layer `{layer}` can be used; the first: {first}\n  where: {path}\n  do:    \
         repair the layer, or say --allow-empty"
    )]
    NothingUsable {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Features delivered.
        features: usize,
        /// What is wrong with the first of them.
        first: String,
    },
    /// The user mapped a field to a column that is not there.
    #[error("field `{field}` is mapped to column `{column}`, which layer `{layer}` does not have\n  where: {path}\n  do:    choose one of {}", .known.join(", "))]
    NoSuchColumn {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Canonical name.
        field: String,
        /// Column asked for.
        column: String,
        /// Columns there are.
        known: Vec<String>,
    },
    /// A feature is invalid and the run was told to end then.
    #[error(
        "{} {}{}\n  where: {}{}\n  do:    repair it in the source, or say --on-invalid repair or --on-invalid skip",
        .0.place, words(.0), extra(.0.detail.as_ref()), .0.place.path, near(.0)
    )]
    Invalid(Box<Fault>),
    /// The layer has no CRS and none was given.
    #[error(
        "layer `{layer}` has no coordinate reference system\n  do:    give it one, as in EPSG:4546, or the plane for bare \
         coordinates in metres"
    )]
    CrsMissing {
        /// The layer.
        layer: String,
    },
    /// The CRS that was given is not the one that the layer carries.
    #[error("layer `{layer}` is in {own}, but {declared} was given for it\n  do:    leave one of them out")]
    CrsContradicted {
        /// The layer.
        layer: String,
        /// CRS of the layer.
        own: String,
        /// CRS that was given.
        declared: String,
    },
    /// The CRS of a layer is not understood.
    #[error("layer `{layer}`: {source}")]
    Crs {
        /// The layer.
        layer: String,
        /// What is wrong.
        #[source]
        source: Box<crate::crs::CrsError>,
    },
    /// A table has no column of that name.
    #[error("layer `{layer}` has no column `{column}` for its geometry\n  do:    choose one of {}", .known.join(", "))]
    NoGeometryColumn {
        /// The layer.
        layer: String,
        /// Column asked for.
        column: String,
        /// Columns there are.
        known: Vec<String>,
    },
    /// The column holds no areas.
    #[error(
        "column `{column}` of layer `{layer}` holds no areas but {kind}\n  do:    give well-known binary, or GeoArrow polygons \
         or multipolygons with the name of their extension"
    )]
    NotAreas {
        /// The layer.
        layer: String,
        /// The column.
        column: String,
        /// Its Arrow type.
        kind: String,
    },
    /// The batches of one layer have different columns.
    #[error("the batches of layer `{layer}` have different columns\n  do:    give batches of one schema")]
    SchemasDiffer {
        /// The layer.
        layer: String,
    },
    /// There are more shapes than rows of attributes, or fewer.
    #[error(
        "layer `{layer}` has {shapes} shapes and {rows} rows of attributes\n  do:    give a row for each shape"
    )]
    RowsDiffer {
        /// The layer.
        layer: String,
        /// Number of shapes.
        shapes: usize,
        /// Number of rows.
        rows: usize,
    },
    /// The numbers of features cannot be taken from a column.
    #[error(
        "column `{column}` of layer `{layer}` does not number its features\n  do:    name a column of integers without nulls"
    )]
    NoFeatureIds {
        /// The layer.
        layer: String,
        /// The column.
        column: String,
    },
    /// The bytes of a geometry cannot be understood.
    #[error(
        "feature {row} (counted from 0) of layer `{layer}` has a geometry that cannot be decoded\n  do:    give it anew"
    )]
    BrokenGeometry {
        /// The layer.
        layer: String,
        /// Row, counted from 0 over all batches.
        row: u32,
    },
    /// Arrow did something that it does not do with whole columns.
    #[error("layer `{layer}` of `{path}` cannot be brought into columns: {reason}")]
    Columns {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// What the library says.
        reason: String,
    },
}

fn extra(hint: Option<&String>) -> String {
    hint.map(|hint| format!("; {hint}")).unwrap_or_default()
}

fn near(fault: &Fault) -> String {
    fault.near.map(|[x, y]| format!(", near ({x}, {y})")).unwrap_or_default()
}

/// What is wrong with a feature, after its place: "… has a ring that crosses itself".
pub(crate) fn words(fault: &Fault) -> &'static str {
    use sanxian_model::FaultKind;
    match fault.kind {
        FaultKind::Empty => "has no geometry",
        FaultKind::NotFinite => "has a coordinate that is not a number",
        FaultKind::NotPolygon => "is not a polygon",
        FaultKind::TooFewPoints => "has a ring of fewer than three points",
        FaultKind::NoArea => "encloses no area",
        FaultKind::Crossing => "has a ring that crosses itself or another",
        FaultKind::Nesting => "has parts or holes that overlap, or a hole outside its shell",
        FaultKind::DuplicateId => "has an identifier that another feature has too",
        FaultKind::UnknownCode => "has a land class that its scheme does not know",
        FaultKind::UnknownScheme => "has land classes of a scheme that is not known",
        FaultKind::SchemeFromValues => "has land classes whose scheme follows from their values",
        FaultKind::ClassUnderstood => "has land classes that are not written as their scheme prints them",
        FaultKind::ClassContradicted => "has a land-class code and name that contradict each other",
        FaultKind::CurrentUseColumn => "has land classes from a column of current use",
        FaultKind::PlannedCodeMissing => "has names of planned land classes without their codes",
        _ => "has a fault",
    }
}
