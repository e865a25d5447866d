//! Files that GDAL writes: GeoPackage, Shapefile, FlatGeobuf, File Geodatabase, KML.

use std::borrow::Cow;
use std::path::Path;

use arrow_array::{Array, ArrayRef};
use encoding_rs::{Encoding, UTF_8};
use gdal::errors::GdalError;
use gdal::vector::sql::Dialect;
use gdal::vector::{
    Feature, FieldDefn, Geometry, Layer, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType,
};
use gdal::{Dataset, DriverManager};
use sanxian_model::{CellValue, CrsKind, PolygonColumn};

use crate::crs::{crs_from_user, spatial_ref};
use crate::gdal_log;
use crate::read::encoding_named;
use crate::write::column_kind::ColumnKind;
use crate::write::existing::RESULT_MARK;
use crate::write::geojson::on_wgs84;
use crate::write::memory_folder::MemoryFolder;
use crate::write::shapefile_names::shortened;
use crate::write::{
    OutputLayer, TEXT_WIDTH, Unwritable, WriteError, WriteOptions, Written, geodatabase_grid, styles,
};
use sanxian_layer::wkb::feature_to_wkb;

/// Writes the layers into one new file.
pub(crate) fn write(
    unfinished: &Path,
    path: &Path,
    driver: &'static str,
    layers: &[OutputLayer<'_>],
    options: &WriteOptions,
) -> Result<Written, WriteError> {
    let heard = gdal_log::listen();
    let failed = |error: GdalError| WriteError::Driver {
        path: path.to_owned(),
        cause: gdal_log::Cause::said(heard.failure().or_else(|| Some(error.to_string()))),
    };
    let encoding = match &options.encoding {
        Some(name) => {
            encoding_named(name).ok_or_else(|| WriteError::UnknownEncoding { name: name.clone() })?
        }
        None => UTF_8,
    };
    let mut written = Written::default();
    let encoding = match unwritable(driver, encoding, layers) {
        Some(found) => {
            written.unwritable = Some(found);
            UTF_8
        }
        None => encoding,
    };
    let memory = (!tells_a_full_disk(driver)).then(|| MemoryFolder::beside(unfinished));
    let place = memory.as_ref().map_or_else(|| unfinished.to_owned(), |memory| memory.file(unfinished));
    let mut dataset = DriverManager::get_driver_by_name(driver)
        .and_then(|driver| driver.create_vector_only(&place))
        .map_err(failed)?;
    let file = File { path, driver, encoding, options };
    if driver == "GPKG" {
        // Twenty thousand features take 3.6 s each in its own transaction and 0.5 s in one.
        let mut transaction = dataset.start_transaction().map_err(failed)?;
        file.fill(&mut transaction, layers, &mut written, &failed)?;
        transaction.commit().map_err(failed)?;
    } else {
        file.fill(&mut dataset, layers, &mut written, &failed)?;
    }
    dataset.close().map_err(failed)?;
    // Some drivers only tell on closing, and then not by a return value.
    if let Some(text) = heard.failure() {
        return Err(WriteError::Driver { path: path.to_owned(), cause: gdal_log::Cause::said(Some(text)) });
    }
    if let Some(memory) = &memory {
        memory.pour(unfinished).map_err(WriteError::io(path))?;
    }
    Ok(written)
}

/// Whether a driver fails when the disk is full. With GDAL 3.6.2 KML never does, and Shapefile and `FlatGeobuf` lose
/// the last block in silence; such a file is made in memory, and brought to the disk by writes that are checked.
fn tells_a_full_disk(driver: &str) -> bool {
    matches!(driver, "GPKG" | "OpenFileGDB")
}

/// What a Shapefile in this encoding would lose: column names and texts with characters that it does not have.
fn unwritable(driver: &str, encoding: &'static Encoding, layers: &[OutputLayer<'_>]) -> Option<Unwritable> {
    if driver != "ESRI Shapefile" || encoding == UTF_8 {
        return None;
    }
    // GB18030 is written as code page 936, which has the characters of GBK.
    let encoding = if encoding == encoding_rs::GB18030 { encoding_rs::GBK } else { encoding };
    let mut found: Option<Unwritable> = None;
    let mut note = |text: &str| {
        if encoding.encode(text).2 {
            let first =
                || Unwritable { encoding: encoding.name().to_owned(), texts: 0, first: text.to_owned() };
            found.get_or_insert_with(first).texts += 1;
        }
    };
    for layer in layers {
        layer.attributes.schema_ref().fields().iter().for_each(|field| note(field.name()));
        for column in
            layer.attributes.columns().iter().filter(|c| ColumnKind::of(c.data_type()) == ColumnKind::Text)
        {
            for row in 0..column.len() {
                if let CellValue::Text(text) = CellValue::of(column, row) {
                    note(&text);
                }
            }
        }
    }
    found
}

/// Bytes that a text of a dBase table can have.
const LONGEST_TEXT: usize = 254;

struct File<'a> {
    path: &'a Path,
    driver: &'static str,
    encoding: &'static Encoding,
    options: &'a WriteOptions,
}

impl File<'_> {
    fn fill(
        &self,
        dataset: &mut Dataset,
        layers: &[OutputLayer<'_>],
        written: &mut Written,
        failed: &impl Fn(GdalError) -> WriteError,
    ) -> Result<(), WriteError> {
        let mut style_statements: Vec<String> = Vec::new();
        for layer in layers {
            let polygons: Cow<'_, PolygonColumn> = if self.driver == "KML" {
                let moved = on_wgs84(self.path, layer)?;
                if matches!(moved, Cow::Owned(_)) {
                    written.crs = crs_from_user("EPSG:4326").ok();
                }
                moved
            } else {
                Cow::Borrowed(layer.polygons)
            };
            let names = self.column_names(layer, written);
            let geometry_column = unused(&names, "geom");
            self.create(dataset, layer, &polygons, &names, &geometry_column).map_err(failed)?;
            if let Some(style) = layer.style
                && self.driver == "GPKG"
            {
                style_statements.push(styles::insert(layer.name, &geometry_column, style));
            }
        }
        if !style_statements.is_empty() {
            let create = styles::CREATE.iter().map(|statement| (*statement).to_owned());
            for statement in create.chain(style_statements) {
                dataset.execute_sql(statement, None, Dialect::DEFAULT).map_err(failed)?;
            }
        }
        Ok(())
    }

    fn column_names(&self, layer: &OutputLayer<'_>, written: &mut Written) -> Vec<String> {
        let fields = layer.attributes.schema_ref().fields();
        let own = fields.iter().map(|field| field.name().as_str());
        if self.driver != "ESRI Shapefile" {
            return own.map(str::to_owned).collect();
        }
        let names = shortened(own.clone(), self.encoding);
        for (was, is) in own.zip(&names).filter(|(was, is)| was != is) {
            written.renamed.push((layer.name.to_owned(), was.to_owned(), is.clone()));
        }
        for (field, column) in fields.iter().zip(layer.attributes.columns()) {
            let cut = self.too_long(column);
            if cut > 0 {
                written.cut.push((layer.name.to_owned(), field.name().clone(), cut));
            }
        }
        names
    }

    /// How many texts of a column are longer than the table of a Shapefile can hold.
    fn too_long(&self, column: &ArrayRef) -> usize {
        if ColumnKind::of(column.data_type()) != ColumnKind::Text {
            return 0;
        }
        (0..column.len())
            .filter(|&row| match CellValue::of(column, row) {
                // No encoding here needs more than four bytes a character, nor fewer than one.
                CellValue::Text(text) => {
                    text.len() > LONGEST_TEXT / 2 && self.encoding.encode(&text).0.len() > LONGEST_TEXT
                }
                _ => false,
            })
            .count()
    }

    fn create(
        &self,
        dataset: &mut Dataset,
        layer: &OutputLayer<'_>,
        polygons: &PolygonColumn,
        names: &[String],
        geometry_column: &str,
    ) -> Result<(), GdalError> {
        let multi = polygons.iter().any(|feature| feature.polygons().len() != 1);
        let srs = match self.driver {
            // The polygons were brought there above; bare plane coordinates stay without a system.
            "KML" if layer.crs.kind != CrsKind::Plane => {
                crs_from_user("EPSG:4326").ok().as_ref().and_then(spatial_ref)
            }
            _ => spatial_ref(layer.crs),
        };
        let creation = self.creation_options(layer, names, geometry_column);
        let creation: Vec<&str> = creation.iter().map(String::as_str).collect();
        let mut out = dataset.create_layer(LayerOptions {
            name: layer.name,
            srs: srs.as_ref(),
            ty: if multi { OGRwkbGeometryType::wkbMultiPolygon } else { OGRwkbGeometryType::wkbPolygon },
            options: Some(&creation),
        })?;
        let kinds: Vec<ColumnKind> = layer
            .attributes
            .schema_ref()
            .fields()
            .iter()
            .map(|field| ColumnKind::of(field.data_type()))
            .collect();
        let fields = layer.attributes.schema_ref().fields();
        for ((name, kind), field) in names.iter().zip(&kinds).zip(fields) {
            let column = FieldDefn::new(name, field_type(*kind))?;
            let width = field.metadata().get(TEXT_WIDTH).and_then(|width| width.parse().ok());
            if let Some(width) = width.filter(|_| *kind == ColumnKind::Text) {
                column.set_width(width);
            }
            column.add_to_layer(&out)?;
        }
        // A driver may have renamed a column; then its place is what counts.
        let first = out.defn().fields().count() - kinds.len();
        push_features(&mut out, layer, polygons, multi, first)
    }

    fn creation_options(
        &self,
        layer: &OutputLayer<'_>,
        names: &[String],
        geometry_column: &str,
    ) -> Vec<String> {
        match self.driver {
            "GPKG" => {
                let mut options =
                    vec![format!("GEOMETRY_NAME={geometry_column}"), format!("FID={}", unused(names, "fid"))];
                options.extend(self.options.results.then(|| format!("DESCRIPTION={RESULT_MARK}")));
                options
            }
            "ESRI Shapefile" => vec![format!("ENCODING={}", shapefile_label(self.encoding))],
            "OpenFileGDB" if self.options.fine_grid => geodatabase_grid::fine(layer.crs.kind),
            _ => Vec::new(),
        }
    }
}

/// What GDAL and `.cpg` readers call the encoding.
fn shapefile_label(encoding: &'static Encoding) -> &'static str {
    if encoding == encoding_rs::GB18030 { "CP936" } else { encoding.name() }
}

/// A name that no column has.
fn unused(names: &[String], wanted: &str) -> String {
    let mut name = wanted.to_owned();
    while names.iter().any(|taken| taken.eq_ignore_ascii_case(&name)) {
        name.insert_str(0, "ogc_");
    }
    name
}

fn field_type(kind: ColumnKind) -> OGRFieldType::Type {
    match kind {
        ColumnKind::Text => OGRFieldType::OFTString,
        ColumnKind::Integer | ColumnKind::Boolean => OGRFieldType::OFTInteger,
        ColumnKind::Long => OGRFieldType::OFTInteger64,
        ColumnKind::Real => OGRFieldType::OFTReal,
        ColumnKind::Date => OGRFieldType::OFTDate,
        ColumnKind::Time => OGRFieldType::OFTTime,
        ColumnKind::DateTime => OGRFieldType::OFTDateTime,
    }
}

fn push_features(
    out: &mut Layer<'_>,
    layer: &OutputLayer<'_>,
    polygons: &PolygonColumn,
    multi: bool,
    first: usize,
) -> Result<(), GdalError> {
    let columns = layer.attributes.columns();
    let mut wkb = Vec::new();
    let defn = gdal::vector::Defn::from_layer(out);
    for view in polygons.iter() {
        let mut feature = Feature::new(&defn)?;
        feature_to_wkb(view, multi, &mut wkb);
        feature.set_geometry(Geometry::from_wkb(&wkb)?)?;
        for (index, column) in columns.iter().enumerate() {
            let at = first + index;
            match CellValue::of(column, view.row()) {
                CellValue::Null => feature.set_field_null(at)?,
                // A null byte would end the text in C; it means nothing in a table.
                CellValue::Text(text) if text.contains('\0') => {
                    feature.set_field_string(at, &text.replace('\0', ""))?;
                }
                CellValue::Text(text) => feature.set_field_string(at, &text)?,
                CellValue::Integer(number) => feature.set_field_integer64(at, number)?,
                CellValue::Real(number) => feature.set_field_double(at, number)?,
                CellValue::Boolean(truth) => feature.set_field_integer(at, i32::from(truth))?,
            }
        }
        feature.create(out)?;
    }
    Ok(())
}
