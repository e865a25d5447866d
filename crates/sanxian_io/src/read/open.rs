//! Opens an input through GDAL and chooses the layer.

use std::path::{Path, PathBuf};

use gdal::vector::{
    Geometry, Layer, LayerAccess, OGRwkbGeometryType, geometry_type_flatten, geometry_type_to_name,
};
use gdal::{Dataset, DatasetOptions, GdalOpenFlags, Metadata};
use sanxian_layer::LayerError;
use sanxian_model::Text;

use crate::crs;
use crate::gdal_log;
use crate::read::gdal_file::GdalFile;
use crate::read::long_integers;
use crate::read::source_ref::SourceRef;
use crate::read::sqlite::{self, Access};
use crate::read::text::{self, TextEncoding};
use crate::read::{LayerInfo, ReadError};
use crate::temporary_folder::TemporaryFolder;

/// An open input, and the name by which GDAL opened it.
pub(crate) struct Opened {
    pub(crate) dataset: Dataset,
    pub(crate) driver: String,
    /// The name, unless it is that of the copy.
    pub(crate) name: String,
    /// Encoding of a drawing, whose text GDAL hands out as if it had been in Latin-1.
    pub(crate) drawing: Option<TextEncoding>,
    /// The copy that is read in place of a database with pending changes, or of a JSON whose integers GDAL would
    /// change; it goes when the data set is closed.
    _copy: Option<TemporaryFolder>,
}

/// A database that nobody changes while it is read.
const IMMUTABLE: [&str; 1] = ["IMMUTABLE=YES"];
/// GML is read without a schema file being left beside it.
const GML: [&str; 1] = ["WRITE_GFS=NO"];
/// Text of a Shapefile comes as it lies in the file: its encoding is found here, not guessed by GDAL.
const SHAPEFILE: [&str; 1] = ["ENCODING="];
/// A CSV has its geometry in a column that people name in several ways.
const CSV: [&str; 2] =
    ["GEOM_POSSIBLE_NAMES=WKT,wkt,geometry,geom,the_geom,wkt_geom,shape", "KEEP_GEOM_COLUMNS=NO"];

/// Formats of one file each that are no Shapefile.
const OTHER_FORMATS: [&str; 7] = ["gpkg", "fgb", "geojson", "json", "gdb", "kml", "dxf"];

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|own| extensions.iter().any(|extension| own.eq_ignore_ascii_case(extension)))
}

/// Opens a file, a folder, a zip or a connection, with one of some drivers when there is a list.
pub(crate) fn open(
    source: &SourceRef,
    encoding: Option<&str>,
    drivers: Option<&[String]>,
) -> Result<Opened, ReadError> {
    let heard = gdal_log::listen();
    if drivers.is_some() && source.is_virtual() {
        return Err(ReadError::NotAllowed { path: source.path.clone() });
    }
    let allowed_drivers: Option<Vec<&str>> =
        drivers.map(|drivers| drivers.iter().map(String::as_str).collect());
    if !source.is_virtual() && !Path::new(source.connection()).exists() {
        return Err(ReadError::Missing { path: source.path.clone() });
    }
    let mut name = inside_zip(source)?;
    refuse_lonely_shapefile(source)?;
    let plain = || DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_VERBOSE_ERROR,
        allowed_drivers: allowed_drivers.as_deref(),
        ..DatasetOptions::default()
    };
    let mut allowed = plain();
    let mut copy = None;
    let access = if source.is_virtual() { Access::Plain } else { sqlite::access(&name, &source.path)? };
    if let Access::Copy { folder, database } = access {
        name = database.to_string_lossy().into_owned();
        copy = Some(folder);
    } else if matches!(access, Access::Immutable) {
        allowed.open_options = Some(&IMMUTABLE);
    } else if has_extension(&name, &["csv", "tsv"]) {
        allowed.open_options = Some(&CSV);
    } else if has_extension(&name, &["gml"]) {
        allowed.open_options = Some(&GML);
    } else if !(has_extension(&name, &OTHER_FORMATS) || source.path.starts_with("PG:")) {
        allowed.open_options = Some(&SHAPEFILE);
    }
    let drawing =
        if has_extension(&name, &["dxf"]) { Some(drawing_encoding(&name, encoding)?) } else { None };
    if drawing.is_some() {
        // So that GDAL changes no text in a way that cannot be taken back; see `text::from_latin1`.
        let _ = gdal::config::set_thread_local_config_option("DXF_ENCODING", "ISO-8859-1");
    }
    let mut dataset = Dataset::open_ex(&name, allowed);
    if dataset.as_ref().is_ok_and(|open| is_geojson(&open.driver().short_name()))
        && let Some((folder, quoted)) = long_integers::copy_in_quotes(Path::new(&name))
            .map_err(|error| ReadError::Io { path: source.path.clone(), source: error })?
    {
        dataset = Dataset::open_ex(&quoted, plain());
        copy = Some(folder);
    }
    let _ = gdal::config::clear_thread_local_config_option("DXF_ENCODING");
    let dataset = dataset.ok().ok_or_else(|| match drivers {
        Some(_) => ReadError::NotAllowed { path: source.path.clone() },
        None => ReadError::NotReadable {
            path: source.path.clone(),
            cause: heard.cause().map(|words| source.in_messages(words)),
        },
    })?;
    let driver = dataset.driver().short_name();
    Ok(Opened { dataset, driver, name, drawing, _copy: copy })
}

impl Opened {
    /// The name of the file with this extension that belongs to a layer: beside the file that was opened, or in the
    /// folder; none when there is no such file.
    pub(crate) fn part(&self, layer: &str, extension: &str) -> Option<String> {
        let opened = Path::new(&self.name);
        let file =
            if has_extension(&self.name, &["shp", "mif"]) { opened.to_owned() } else { opened.join(layer) };
        let named = |end: &str| match file.extension() {
            Some(_) if file == opened => file.with_extension(end),
            _ => PathBuf::from(format!("{}.{end}", file.display())),
        };
        [extension.to_owned(), extension.to_ascii_uppercase()]
            .into_iter()
            .map(|end| named(&end).to_string_lossy().into_owned())
            .find(|name| GdalFile::open(name).is_some())
    }
}

/// Whether a driver reads GeoJSON.
pub(crate) fn is_geojson(driver: &str) -> bool {
    matches!(driver, "GeoJSON" | "GeoJSONSeq")
}

/// The encoding of a drawing: as given, or as its bytes tell. Its own word is of no use: the code page stands there
/// even when the text has long been in UTF-8.
fn drawing_encoding(path: &str, given: Option<&str>) -> Result<TextEncoding, ReadError> {
    if let Some(name) = given {
        return text::given(name);
    }
    let bytes = std::fs::read(path).unwrap_or_default();
    Ok(text::detect(bytes.split(|byte| *byte == b'\n')))
}

/// The name of what lies in a zip: the one data set in it, or the zip as a folder.
fn inside_zip(source: &SourceRef) -> Result<String, ReadError> {
    let path = source.connection();
    if !has_extension(path, &["zip"]) || path.starts_with("/vsi") {
        return Ok(path.to_owned());
    }
    let root = format!("/vsizip/{path}");
    let entries = gdal::vsi::read_dir(&root, true)
        .ok()
        .ok_or_else(|| ReadError::ZipNotReadable { path: source.path.clone() })?;
    let mut found: Vec<String> = Vec::new();
    for entry in entries {
        let Some(entry) = entry.to_str() else { continue };
        let lower = entry.to_ascii_lowercase();
        if entry.starts_with("__MACOSX") {
            continue;
        }
        if let Some(end) = lower.find(".gdb/") {
            found.push(entry[..end + 4].to_owned());
        } else if has_extension(entry, &["shp"]) {
            found.push(entry.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned());
        } else if has_extension(entry, &OTHER_FORMATS) || has_extension(entry, &["csv"]) {
            found.push(entry.to_owned());
        }
    }
    found.sort();
    found.dedup();
    Ok(match found.as_slice() {
        [one] if one.is_empty() => root,
        [one] => format!("{root}/{one}"),
        _ => root,
    })
}

/// A .shp without its .shx or .dbf opens in GDAL in part, which would check half a layer.
fn refuse_lonely_shapefile(source: &SourceRef) -> Result<(), ReadError> {
    let path = Path::new(source.connection());
    if !has_extension(source.connection(), &["shp"]) || source.is_virtual() {
        return Ok(());
    }
    for part in ["shx", "dbf"] {
        let beside = [part.to_owned(), part.to_ascii_uppercase()].map(|end| path.with_extension(end));
        if !beside.iter().any(|file| file.exists()) {
            return Err(ReadError::SidecarMissing {
                path: source.path.clone(),
                missing: source.in_messages(&beside[0].to_string_lossy()),
            });
        }
    }
    Ok(())
}

/// Lists the layers of an open input.
pub(crate) fn layers_of(opened: &Opened) -> Vec<LayerInfo> {
    opened.dataset.layers().map(|layer| info(&layer)).collect()
}

fn info(layer: &Layer<'_>) -> LayerInfo {
    let kind = layer.defn().geometry_type();
    LayerInfo {
        name: layer.name(),
        geometry: geometry_type_to_name(kind),
        polygons: can_hold_polygons(kind),
        features: layer.try_feature_count(),
        crs: layer.spatial_ref().and_then(|srs| crs::from_spatial_ref(srs).ok()).map(|crs| crs.short_name()),
    }
}

fn can_hold_polygons(kind: OGRwkbGeometryType::Type) -> bool {
    is_polygonal(kind)
        || matches!(
            geometry_type_flatten(kind),
            OGRwkbGeometryType::wkbUnknown | OGRwkbGeometryType::wkbGeometryCollection
        )
}

fn is_polygonal(kind: OGRwkbGeometryType::Type) -> bool {
    matches!(
        geometry_type_flatten(kind),
        OGRwkbGeometryType::wkbPolygon
            | OGRwkbGeometryType::wkbMultiPolygon
            | OGRwkbGeometryType::wkbCurvePolygon
            | OGRwkbGeometryType::wkbMultiSurface
            | OGRwkbGeometryType::wkbSurface
            | OGRwkbGeometryType::wkbTriangle
    )
}

/// Whether a layer has a polygon, or cannot be read to its end.
fn holds_polygons(mut layer: Layer<'_>) -> bool {
    let heard = gdal_log::listen();
    let found = layer.features().any(|feature| feature.geometry().is_some_and(has_polygon));
    layer.reset_feature_reading();
    found || heard.failure().is_some()
}

fn has_polygon(geometry: &Geometry) -> bool {
    is_polygonal(geometry.geometry_type())
        || (0..geometry.geometry_count()).any(|member| has_polygon(&geometry.get_geometry(member)))
}

/// The layer to read: the one that was named, or the only one with polygons, whatever kind it declares. With `thin`, points and
/// lines will do.
pub(crate) fn choose<'d>(opened: &'d Opened, source: &SourceRef, thin: bool) -> Result<Layer<'d>, ReadError> {
    let path = || source.path.clone();
    if let Some(name) = &source.layer {
        let mut named = opened.dataset.layers().filter(|layer| layer.name() == *name);
        let Some(layer) = named.next().or_else(|| opened.dataset.layer_by_name(name).ok()) else {
            return Err(ReadError::NoSuchLayer {
                path: path(),
                layer: source.shown_layer().to_owned(),
                known: layers_of(opened),
            });
        };
        let kind = layer.defn().geometry_type();
        let will_do = can_hold_polygons(kind) || thin && kind != OGRwkbGeometryType::wkbNone;
        if !will_do {
            return Err(ReadError::NotPolygons {
                path: path(),
                layer: layer.name(),
                geometry: geometry_words(kind),
            });
        }
        return Ok(layer);
    }
    let kinds: Vec<_> = opened.dataset.layers().map(|layer| layer.defn().geometry_type()).collect();
    let mut candidates: Vec<usize> = (0..kinds.len()).filter(|&i| is_polygonal(kinds[i])).collect();
    let is_any = |&i: &usize| can_hold_polygons(kinds[i]) && !is_polygonal(kinds[i]);
    if candidates.is_empty() && thin {
        candidates = (0..kinds.len()).filter(|&i| kinds[i] != OGRwkbGeometryType::wkbNone).collect();
    } else if candidates.is_empty() {
        candidates = (0..kinds.len()).filter(is_any).collect();
    } else {
        // Beside a layer of polygons one of any kind may hold the other half of a plan. Reading a whole database to
        // find out would take too long, so there it is taken to hold some.
        let holds = |&i: &usize| source.is_virtual() || opened.dataset.layer(i).is_ok_and(holds_polygons);
        candidates.extend((0..kinds.len()).filter(is_any).filter(holds));
        candidates.sort_unstable();
    }
    match candidates.as_slice() {
        [one] => opened.dataset.layer(*one).map_err(|error| {
            LayerError::Columns { path: path(), layer: path(), reason: error.to_string() }.into()
        }),
        [] => match (kinds.as_slice(), opened.dataset.layer(0)) {
            ([kind], Ok(layer)) if *kind != OGRwkbGeometryType::wkbNone => Err(ReadError::NotPolygons {
                path: path(),
                layer: layer.name(),
                geometry: geometry_words(*kind),
            }),
            _ => Err(ReadError::NoPolygonLayer { path: path(), layers: layers_of(opened) }),
        },
        several => {
            let layers = layers_of(opened);
            Err(ReadError::SeveralLayers {
                path: path(),
                layers: several.iter().map(|&index| layers[index].clone()).collect(),
            })
        }
    }
}

fn geometry_words(kind: OGRwkbGeometryType::Type) -> Text {
    use OGRwkbGeometryType as T;
    match geometry_type_flatten(kind) {
        T::wkbPoint | T::wkbMultiPoint => Text::new("点", "points"),
        T::wkbLineString | T::wkbMultiLineString | T::wkbCompoundCurve | T::wkbMultiCurve => {
            Text::new("线", "lines")
        }
        T::wkbNone => Text::new("无几何的表", "a table without geometry"),
        _ => Text::from(geometry_type_to_name(kind).to_lowercase()),
    }
}

/// The encoding that a Shapefile declares, by its `.cpg` or by the language byte of its table.
pub(crate) fn declared_encoding(layer: &Layer<'_>) -> Option<&'static encoding_rs::Encoding> {
    if let Some(label) = layer.metadata_item("CPG_VALUE", "SHAPEFILE")
        && let Some(encoding) = super::text::encoding_named(&label)
    {
        return Some(encoding);
    }
    // 0x57 means "whatever the machine had" and is what most programs write over GBK, so it tells nothing.
    match layer.metadata_item("LDID_VALUE", "SHAPEFILE")?.as_str() {
        "77" | "122" => Some(encoding_rs::GB18030),
        "79" | "120" => Some(encoding_rs::BIG5),
        "3" | "89" => Some(encoding_rs::WINDOWS_1252),
        _ => None,
    }
}
