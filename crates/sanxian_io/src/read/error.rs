//! Why an input could not be read. Every message says what happened, where, and what to do.

use sanxian_layer::LayerError;

use crate::crs::CrsError;
use crate::gdal_log::Cause;
use crate::read::LayerInfo;

/// Why an input could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// What was read is no layer that can be checked.
    #[error(transparent)]
    Layer(#[from] LayerError),
    /// There is no such file or folder.
    #[error("there is no file `{path}`\n  do:    check the name{}", hint_at_hash(.path))]
    Missing {
        /// The input as the user named it.
        path: String,
    },
    /// The file is there and cannot be opened as spatial data.
    #[error(
        "`{path}` cannot be opened as spatial data{cause}\n  do:    check that the file is whole and is one of \
         GeoPackage, Shapefile, File Geodatabase, FlatGeobuf, GeoJSON, KML, DXF, CSV with WKT, or boundary TXT"
    )]
    NotReadable {
        /// The input.
        path: String,
        /// GDAL's own words.
        cause: Cause,
    },
    /// A part that belongs to a Shapefile is missing.
    #[error(
        "`{missing}` is missing\n  where: {path}\n  do:    deliver the .shp with its .shx and .dbf; they are one \
         layer in three files"
    )]
    SidecarMissing {
        /// The input.
        path: String,
        /// The file that should be beside it.
        missing: String,
    },
    /// The input has no layer of that name.
    #[error("`{path}` has no layer `{layer}`\n  do:    choose one of {}", names(.known))]
    NoSuchLayer {
        /// The input.
        path: String,
        /// The layer asked for.
        layer: String,
        /// The layers there are.
        known: Vec<LayerInfo>,
    },
    /// The input has several layers with polygons and none was chosen.
    #[error("`{path}` has several layers with polygons\n  do:    choose one: {}", choices(.path, .layers))]
    SeveralLayers {
        /// The input.
        path: String,
        /// The layers with polygons.
        layers: Vec<LayerInfo>,
    },
    /// No layer of the input can hold polygons.
    #[error("`{path}` has no layer with polygons{}\n  do:    deliver the areas, not their lines or points", kinds(.layers))]
    NoPolygonLayer {
        /// The input.
        path: String,
        /// The layers there are.
        layers: Vec<LayerInfo>,
    },
    /// The layer holds points, lines or nothing spatial.
    #[error(
        "layer `{layer}` holds {geometry}, not polygons\n  where: {path}\n  do:    choose a layer of areas, or \
         close the lines into areas first"
    )]
    NotPolygons {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Kind of geometry in words.
        geometry: String,
    },
    /// The file breaks off or is damaged.
    #[error(
        "layer `{layer}` is damaged: {read} of {announced} features could be read{cause}\n  where: {path}\n  do:    \
         copy the file again from its source; a part of a layer is never checked"
    )]
    Damaged {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Features that the file announces.
        announced: u64,
        /// Features read before it broke off.
        read: u64,
        /// GDAL's own words.
        cause: Cause,
    },
    /// The layer has no CRS and none was declared.
    #[error(
        "layer `{layer}` has no coordinate reference system\n  where: {path}\n  do:    say --crs EPSG:4546, or set \
         `layers.{role}.crs`; --crs none for bare plane coordinates in metres{}", extra(.hint.as_ref())
    )]
    CrsMissing {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Role of the layer, for the key in the config.
        role: String,
        /// What the coordinates themselves tell.
        hint: Option<String>,
    },
    /// The declared CRS is not the one that the file carries.
    #[error(
        "layer `{layer}` is in {own}, but {declared} was declared for it\n  where: {path}\n  do:    leave the \
         declaration out; the file's own system is used, and a layer is transformed to the run's system by itself. If \
         the file is wrong, correct it there"
    )]
    CrsContradicted {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// CRS in the file.
        own: String,
        /// CRS declared.
        declared: String,
    },
    /// The CRS cannot be used, or the coordinates do not lie in it.
    #[error("{}", placed(source, layer, path))]
    Crs {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// What is wrong.
        #[source]
        source: Box<CrsError>,
    },
    /// The encoding that the user named does not exist.
    #[error(
        "`{name}` is not a text encoding\n  do:    use GBK, GB18030, UTF-8, Big5, windows-1252 or another label of the web"
    )]
    UnknownEncoding {
        /// As written.
        name: String,
    },
    /// The bytes of a feature's geometry cannot be understood.
    #[error(
        "feature number {row} (counted from 0) of layer `{layer}` has a geometry that cannot be decoded\n  where: {path}\n  do:    the file is damaged; copy it again from its source"
    )]
    BrokenGeometry {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// Place of the feature in the layer, counted from zero.
        row: usize,
    },
    /// Standard input held nothing.
    #[error("standard input is empty\n  do:    pipe GeoJSON into it, or name a file in place of `-`")]
    NoInput,
    /// Text that is not GeoJSON.
    #[error(
        "{path}: line {line} is not GeoJSON: {reason}\n  do:    deliver a FeatureCollection, or one feature a line"
    )]
    GeoJson {
        /// The input.
        path: String,
        /// Line, counted from one.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// A boundary TXT that breaks its own rules.
    #[error("{path}: line {line}: {reason}\n  do:    {advice}")]
    BoundaryTxt {
        /// The input.
        path: String,
        /// Line, counted from one; zero for the file as a whole.
        line: usize,
        /// What is wrong.
        reason: String,
        /// What to do.
        advice: String,
    },
    /// A row of a CSV has more in it than its geometry, which would not be read.
    #[error(
        "{path}: the row on line {line} would be read in part: {reason}\n  do:    give each row one geometry in one \
         cell, and close the quotes around it"
    )]
    Csv {
        /// The input.
        path: String,
        /// Line on which the row begins, counted from one.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// A column has integers that GDAL cannot hold, and would change in silence.
    #[error(
        "column `{column}` of layer `{layer}` has integers of more than 64 bits, which would be changed\n  where: {path}\n  \
         do:    deliver them as text, in quotes, or as a file of its own that is not in a zip or on a server"
    )]
    LongIntegers {
        /// The input.
        path: String,
        /// The layer.
        layer: String,
        /// The column.
        column: String,
    },
    /// Another program changes the database.
    #[error(
        "`{path}` is being written to by another program\n  do:    wait until that is done, or close the program, \
         and run again"
    )]
    BeingWritten {
        /// The input.
        path: String,
    },
    /// The system refused.
    #[error("`{path}` cannot be read: {source}\n  do:    check rights and free space")]
    Io {
        /// The input.
        path: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// Arrow or GDAL did something that it does not do with whole files.
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

fn hint_at_hash(path: &str) -> &'static str {
    if path.contains('#') { "; a layer follows the file after `#`, as in plan.gpkg#DLTB" } else { "" }
}

fn names(layers: &[LayerInfo]) -> String {
    layers.iter().map(|layer| format!("`{}`", layer.name)).collect::<Vec<_>>().join(", ")
}

fn choices(path: &str, layers: &[LayerInfo]) -> String {
    layers.iter().map(|layer| format!("{path}#{}", layer.name)).collect::<Vec<_>>().join(", ")
}

fn kinds(layers: &[LayerInfo]) -> String {
    if layers.is_empty() {
        return "; it has no layer at all".to_owned();
    }
    let list: Vec<_> =
        layers.iter().map(|layer| format!("`{}` ({})", layer.name, layer.geometry.to_lowercase())).collect();
    format!("; there are {}", list.join(", "))
}

fn extra(hint: Option<&String>) -> String {
    hint.map(|hint| format!("; {hint}")).unwrap_or_default()
}

/// The words of a CRS error with the place before the advice.
fn placed(error: &CrsError, layer: &str, path: &str) -> String {
    let words = error.to_string();
    let (what, advice) = words.split_once("\n  do:").unwrap_or((&words, ""));
    let place = format!("{what}\n  where: layer `{layer}` of {path}");
    if advice.is_empty() { place } else { format!("{place}\n  do:{advice}") }
}
