//! One layer through GDAL's Arrow stream into columns.

use std::ops::RangeInclusive;
use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BinaryArray, Int64Array, LargeBinaryArray, RecordBatch, RecordBatchOptions,
};
use arrow_schema::{DataType, Field, Schema};
use encoding_rs::UTF_8;
use gdal::vector::{Geometry, Layer, LayerAccess};
use geo_types::LineString;
use sanxian_model::{CrsKind, FaultKind, Metres, PolygonColumn, PolygonColumnBuilder, Text};

use crate::crs::{self, OwnCrs};
use crate::gdal_log::{self, Cause};
use crate::read::arrow_stream::{ArrowStream, RawColumn};
use crate::read::gdal_file::GdalFile;
use crate::read::geojson_outline::Outline;
use crate::read::open::{self, Opened};
use crate::read::source_ref::SourceRef;
use crate::read::text::{self, KnownBy, TextEncoding};
use crate::read::{FromFile, ReadError, ReadOptions, csv_rows, geojson_stream, mid_rows, shapefile_parts};
use sanxian_layer::wkb::{self, Shape};
use sanxian_layer::{Delivered, LayerError, OtherMembers, SeenOnReading, widened};

/// Reads the layer that the source names.
pub(crate) fn read(source: &SourceRef, options: &ReadOptions) -> Result<FromFile, ReadError> {
    let opened = open::open(source, options.encoding.as_deref(), options.drivers.as_deref())?;
    let mut layer = open::choose(&opened, source, options.width.is_some())?;
    let reading = Reading { source, path: &source.path, layer: layer.name() };
    let geojson = if open::is_geojson(&opened.driver) { GdalFile::bytes_of(&opened.name) } else { None };
    let outline = geojson.as_deref().map(Outline::of).unwrap_or_default();
    if let Some(bytes) = geojson.filter(|_| outline.documents > 1) {
        return geojson_stream::read_sequence(
            reading.path,
            &reading.layer,
            &bytes,
            options.encoding.as_deref(),
        );
    }
    let crs = reading.crs(&opened, &layer)?;
    let width = options.width.map(|width| reading.in_units(width, crs.clone(), options)).transpose()?;
    let declared = declared_encoding(&opened, &layer, options)?;
    let counted = reading.count(&opened)?;
    let announced = layer.feature_count().max(outline.members).max(*counted.start());

    let heard = gdal_log::listen();
    let mut columns;
    let mut geometry = GeometryReader::new(opened.driver == "DXF", width);
    let mut chunks: Vec<Vec<ArrayRef>>;
    {
        let mut stream =
            ArrowStream::open(&mut layer).map_err(|error| reading.columns(&error.to_string()))?;
        columns = stream.columns().to_vec();
        let geometry_at = columns.iter().position(|column| column.geometry);
        chunks = columns.iter().map(|_| Vec::new()).collect();
        loop {
            let arrays = match stream.next() {
                Ok(Some(arrays)) => arrays,
                Ok(None) => break,
                Err(error) => {
                    let cause = Cause::said(heard.failure().or_else(|| Some(error.to_string())));
                    return Err(reading.damaged(announced, geometry.features as u64, cause));
                }
            };
            let count = arrays.first().map_or(0, Array::len);
            if count == 0 {
                // Over a damaged file GDAL hands out empty arrays without end.
                break;
            }
            match geometry_at {
                Some(at) => geometry.read(&arrays[at], &reading)?,
                None => geometry.none(count),
            }
            for (index, array) in arrays.into_iter().enumerate() {
                // The second geometry column of a database table is not an attribute either.
                if !columns[index].geometry {
                    chunks[index].push(array);
                }
            }
        }
    }
    let read = geometry.features as u64;
    // GDAL goes on after a record that it cannot read, and leaves out a row or its geometry.
    if read < announced || read > *counted.end() || heard.failure().is_some() {
        let cause = match outline.no_object {
            Some((member, line)) => Cause(Some(Text::new(
                format!("`features` 的第 {member} 个成员（第 {line} 行）不是对象"),
                format!("member {member} of `features`, on line {line}, is not an object"),
            ))),
            None if !counted.contains(&read) && heard.failure().is_none() => {
                let rows = rows_in_words(&counted);
                Cause(Some(Text::new(
                    format!("文件有 {} 行，GDAL 读出 {read} 个要素", rows.zh),
                    format!("{} rows were counted, and GDAL reads {read} features", rows.en),
                )))
            }
            None => heard.cause(),
        };
        let usable = read.min(announced).min(*counted.end());
        return Err(reading.damaged(announced.max(read), usable, cause));
    }
    geometry.tell_curves();
    let fids = take_fids(&mut columns, &mut chunks, geometry.features);
    if open::is_geojson(&opened.driver) && source.is_virtual() {
        reading.refuse_clamped(&columns, &chunks)?;
    }
    let (attributes, encoding) = attributes(&columns, &chunks, geometry.features, declared)
        .map_err(|reason| reading.columns(&reason))?;
    let (attributes, encoding) = match opened.drawing {
        Some(found) => (text::from_latin1(&attributes, found.encoding), found),
        None => (attributes, encoding),
    };
    let delivered = Delivered {
        driver: opened.driver.clone(),
        encoding: encoding.to_string(),
        features: geometry.features,
        polygons: geometry.builder.finish(),
        rows: geometry.rows,
        fids,
        attributes,
        seen: geometry.seen,
        layer: reading.layer,
    };
    Ok(FromFile { delivered, crs })
}

fn rows_in_words(counted: &RangeInclusive<u64>) -> Text {
    let (fewest, most) = counted.clone().into_inner();
    if most == fewest || most == u64::MAX {
        return Text::from(fewest.to_string());
    }
    Text::new(format!("{fewest} 至 {most}"), format!("{fewest} to {most}"))
}

/// The layer that is being read, for messages.
struct Reading<'a> {
    source: &'a SourceRef,
    path: &'a str,
    layer: String,
}

impl Reading<'_> {
    /// A width in the units of the coordinates, which must be those of a plane.
    fn in_units(&self, width: Metres, own: OwnCrs, options: &ReadOptions) -> Result<f64, ReadError> {
        let nothing = PolygonColumn::default();
        let (crs, _) = crs::choose(own, options.crs.as_ref(), None, self.path, &self.layer, &nothing)?;
        match crs.kind {
            CrsKind::Projected { metres } => Ok(width.get() / metres),
            CrsKind::Plane => Ok(width.get()),
            CrsKind::Geographic { .. } => Err(ReadError::WidthInDegrees {
                path: self.path.to_owned(),
                layer: self.layer.clone(),
                crs: crs.name,
            }),
        }
    }

    fn crs(&self, opened: &Opened, layer: &Layer<'_>) -> Result<OwnCrs, ReadError> {
        let Some(srs) = layer.spatial_ref() else { return Ok(OwnCrs::Missing) };
        if crs::is_undefined(&srs) {
            return Ok(OwnCrs::Missing);
        }
        let crs = crs::from_spatial_ref(srs).map_err(|source| ReadError::Crs {
            path: self.path.to_owned(),
            layer: self.layer.clone(),
            source: source.into(),
        })?;
        let assumed = open::is_geojson(&opened.driver) && !self.states_crs();
        Ok(if assumed { OwnCrs::Assumed(crs) } else { OwnCrs::Stated(crs) })
    }

    /// The fewest and the most features that there are by a count of our own, for formats of which GDAL leaves out
    /// features and does not count them.
    fn count(&self, opened: &Opened) -> Result<RangeInclusive<u64>, ReadError> {
        let part = |extension: &str| opened.part(&self.layer, extension);
        let any = 0..=u64::MAX;
        match opened.driver.as_str() {
            "ESRI Shapefile" => match shapefile_parts::contradiction(part) {
                Some(found) => Err(self.damaged(found.most, found.fewest, Cause(Some(found.reason)))),
                None => Ok(any),
            },
            "MapInfo File" if part("mif").is_some() => {
                let table = part("mid").and_then(|name| GdalFile::bytes_of(&name));
                Ok(table.map_or(any, |table| mid_rows::rows(&table)))
            }
            "CSV" => {
                let file = part("csv").or_else(|| part("tsv")).unwrap_or_else(|| opened.name.clone());
                match GdalFile::bytes_of(&file) {
                    Some(bytes) => Ok(csv_rows::count(self.path, &file, &bytes)?..=u64::MAX),
                    None => Ok(any),
                }
            }
            _ => Ok(any),
        }
    }

    /// Whether a GeoJSON file has a `crs` member. Without one GDAL takes longitude and latitude for granted, and
    /// does not say that it did.
    fn states_crs(&self) -> bool {
        let Ok(bytes) = std::fs::read(self.source.connection()) else { return true };
        let mut rest = bytes.as_slice();
        while let Some(at) = rest.windows(5).position(|five| five == b"\"crs\"") {
            rest = &rest[at + 5..];
            let mut after = rest.iter().filter(|byte| !byte.is_ascii_whitespace());
            if after.next() == Some(&b':') && after.next() == Some(&b'{') {
                return true;
            }
        }
        false
    }

    /// GDAL makes 9223372036854775807 of every integer that is longer, and a file that only it can open is not put
    /// right before.
    fn refuse_clamped(&self, columns: &[RawColumn], chunks: &[Vec<ArrayRef>]) -> Result<(), ReadError> {
        let is_clamped = |chunk: &ArrayRef| {
            let values = chunk.as_any().downcast_ref::<Int64Array>();
            values.is_some_and(|values| values.iter().flatten().any(|v| v == i64::MAX || v == i64::MIN))
        };
        let found = columns.iter().zip(chunks).find(|(_, chunks)| chunks.iter().any(is_clamped));
        match found {
            Some((column, _)) => Err(ReadError::LongIntegers {
                path: self.path.to_owned(),
                layer: self.layer.clone(),
                column: String::from_utf8_lossy(&column.name).into_owned(),
            }),
            None => Ok(()),
        }
    }

    fn damaged(&self, announced: u64, read: u64, cause: Cause) -> ReadError {
        let cause = cause.map(|words| self.source.in_messages(words));
        ReadError::Damaged { path: self.path.to_owned(), layer: self.layer.clone(), announced, read, cause }
    }

    fn columns(&self, reason: &str) -> ReadError {
        let reason = self.source.in_messages(reason);
        LayerError::Columns { path: self.path.to_owned(), layer: self.layer.clone(), reason }.into()
    }
}

/// The encoding that the user or the file declares.
fn declared_encoding(
    opened: &Opened,
    layer: &Layer<'_>,
    options: &ReadOptions,
) -> Result<Option<TextEncoding>, ReadError> {
    if opened.drawing.is_some() {
        // GDAL hands out the text of a drawing in UTF-8, whatever it was.
        return Ok(None);
    }
    if let Some(name) = &options.encoding {
        return text::given(name).map(Some);
    }
    if opened.driver != "ESRI Shapefile" {
        return Ok(None);
    }
    Ok(open::declared_encoding(layer).map(|encoding| TextEncoding { encoding, known_by: KnownBy::File }))
}

/// Collects the polygons of a stream of WKB.
struct GeometryReader {
    builder: PolygonColumnBuilder,
    rows: Vec<u32>,
    seen: Vec<SeenOnReading>,
    features: usize,
    /// Whether a closed line is an area, as in a drawing.
    closed_lines: bool,
    /// The width of lines and points, in the units of the coordinates, when they are ground.
    width: Option<f64>,
    /// Features with arcs, and the first of them.
    curved: usize,
    first_curved: Option<u32>,
}

impl GeometryReader {
    fn new(closed_lines: bool, width: Option<f64>) -> Self {
        let builder = PolygonColumnBuilder::new();
        Self {
            builder,
            rows: Vec::new(),
            seen: Vec::new(),
            features: 0,
            closed_lines,
            width,
            curved: 0,
            first_curved: None,
        }
    }

    fn none(&mut self, count: usize) {
        for _ in 0..count {
            self.leave_out_empty();
            self.features += 1;
        }
    }

    fn read(&mut self, array: &ArrayRef, reading: &Reading<'_>) -> Result<(), ReadError> {
        let any = array.as_any();
        if let Some(wkb) = any.downcast_ref::<BinaryArray>() {
            wkb.iter().try_for_each(|wkb| self.feature(wkb, reading))
        } else if let Some(wkb) = any.downcast_ref::<LargeBinaryArray>() {
            wkb.iter().try_for_each(|wkb| self.feature(wkb, reading))
        } else {
            Err(reading.columns(&format!("geometry comes as {}", array.data_type())))
        }
    }

    fn feature(&mut self, wkb: Option<&[u8]>, reading: &Reading<'_>) -> Result<(), ReadError> {
        let row = self.features;
        let broken =
            || ReadError::BrokenGeometry { path: reading.path.to_owned(), layer: reading.layer.clone(), row };
        match wkb.map_or(Shape::Empty, wkb::shape_of) {
            Shape::Polygons => self.push(wkb.unwrap_or_default()),
            Shape::Mixed(others) => self.push_of_collection(wkb.unwrap_or_default(), others),
            Shape::Empty => self.leave_out_empty(),
            Shape::NotPolygon(_) if self.closed_lines && self.push_closed_line(wkb.unwrap_or_default()) => {}
            Shape::NotPolygon(_) if self.push_widened(wkb.unwrap_or_default()) => {}
            Shape::NotPolygon(name) => self.seen.push(SeenOnReading::not_polygon(row as u32, name)),
            Shape::Curved => {
                let straight = wkb.and_then(straightened).ok_or_else(broken)?;
                self.count_curve();
                match wkb::shape_of(&straight) {
                    Shape::Polygons => self.push(&straight),
                    Shape::Mixed(others) => self.push_of_collection(&straight, others),
                    Shape::Empty => self.leave_out_empty(),
                    _ => return Err(broken()),
                }
            }
            Shape::Broken => return Err(broken()),
        }
        self.features += 1;
        Ok(())
    }

    /// Adds the area that a closed line of a drawing bounds; false for other lines.
    fn push_closed_line(&mut self, wkb: &[u8]) -> bool {
        let mut polygon = wkb::polygon_of_closed_line(wkb);
        if polygon.is_none() {
            polygon = straightened(wkb).and_then(|line| wkb::polygon_of_closed_line(&line));
            if polygon.is_some() {
                self.count_curve();
            }
        }
        if let Some(polygon) = &polygon {
            self.push(polygon);
        }
        polygon.is_some()
    }

    /// Adds the ground of a line or a point that has a width; false when it has none.
    fn push_widened(&mut self, wkb: &[u8]) -> bool {
        let ground = || {
            let geometry = Geometry::from_wkb(wkb).ok()?.to_geo().ok()?;
            Some(widened(&geometry, self.width?))
        };
        let Some(ground) = ground().filter(|ground| !ground.0.is_empty()) else { return false };
        let ring = |line: &LineString| line.coords().map(|at| [at.x, at.y]).collect::<Vec<_>>();
        let polygons = ground.iter().map(|polygon| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.map(ring).collect::<Vec<_>>()
        });
        self.builder.push_feature(polygons.collect::<Vec<_>>());
        self.rows.push(self.features as u32);
        true
    }

    fn count_curve(&mut self) {
        self.curved += 1;
        self.first_curved.get_or_insert(self.features as u32);
    }

    /// Tells once for the layer that arcs were replaced by chords.
    fn tell_curves(&mut self) {
        let Some(row) = self.first_curved else { return };
        let detail = Text::new(
            format!("含有圆弧，按每段 1° 的弦代替，此类要素共 {} 个", self.curved),
            format!(
                "it has arcs, which are used as chords of one degree; so have {} features in all",
                self.curved
            ),
        );
        self.seen.push(SeenOnReading { row, kind: FaultKind::NotPolygon, kept: true, detail: Some(detail) });
    }

    fn push(&mut self, wkb: &[u8]) {
        wkb::push_feature(wkb, &mut self.builder);
        self.rows.push(self.features as u32);
    }

    fn push_of_collection(&mut self, wkb: &[u8], others: OtherMembers) {
        self.push(wkb);
        self.seen.push(SeenOnReading::other_members(self.features as u32, others));
    }

    fn leave_out_empty(&mut self) {
        let row = self.features as u32;
        self.seen.push(SeenOnReading { row, kind: FaultKind::Empty, kept: false, detail: None });
    }
}

/// A curved geometry with its arcs as chords, in steps of one degree of arc: 0.4 mm off on a radius of 10 m.
fn straightened(wkb: &[u8]) -> Option<Vec<u8>> {
    let curved = Geometry::from_wkb(wkb).ok()?;
    #[expect(unsafe_code, reason = "the gdal crate has no call for the linear form of a curve")]
    // SAFETY: the geometry is alive during the call; the result is a new geometry that the wrapper owns.
    let straight = unsafe {
        let handle = gdal_sys::OGR_G_GetLinearGeometry(curved.c_geometry(), 1.0, std::ptr::null_mut());
        if handle.is_null() {
            return None;
        }
        // There is no public constructor from a handle, so the bytes are taken and the handle is freed here.
        let size = usize::try_from(gdal_sys::OGR_G_WkbSize(handle)).unwrap_or(0);
        let mut bytes = vec![0_u8; size];
        let code = gdal_sys::OGR_G_ExportToWkb(handle, gdal_sys::OGRwkbByteOrder::wkbNDR, bytes.as_mut_ptr());
        gdal_sys::OGR_G_DestroyGeometry(handle);
        (code == gdal_sys::OGRErr::OGRERR_NONE).then_some(bytes)
    };
    straight
}

/// Takes the feature ids out of the columns; a stream without them is numbered from zero.
fn take_fids(columns: &mut Vec<RawColumn>, chunks: &mut Vec<Vec<ArrayRef>>, features: usize) -> Vec<i64> {
    let fid_first = columns.first().is_some_and(|column| column.kind == DataType::Int64 && !column.geometry);
    if !fid_first {
        return (0..features as i64).collect();
    }
    columns.remove(0);
    let ids = chunks.remove(0);
    ids.iter()
        .filter_map(|ids| ids.as_any().downcast_ref::<Int64Array>())
        .flat_map(|ids| ids.values().iter().copied())
        .collect()
}

/// Joins the chunks of each column and makes text of what is text.
fn attributes(
    columns: &[RawColumn],
    chunks: &[Vec<ArrayRef>],
    features: usize,
    declared: Option<TextEncoding>,
) -> Result<(RecordBatch, TextEncoding), String> {
    let (chunks, encoding) = with_text(columns, chunks, declared)?;
    let mut fields: Vec<Field> = Vec::new();
    let mut arrays: Vec<ArrayRef> = Vec::new();
    for (column, chunks) in columns.iter().zip(chunks) {
        if column.geometry {
            continue;
        }
        let joined: ArrayRef = match chunks.as_slice() {
            [] => arrow_array::new_empty_array(&kind_of_text(column)),
            [one] => Arc::clone(one),
            several => {
                let parts: Vec<&dyn Array> = several.iter().map(AsRef::as_ref).collect();
                arrow_select::concat::concat(&parts).map_err(|error| error.to_string())?
            }
        };
        let name = unused_name(&fields, text::decode(&column.name, encoding.encoding));
        fields.push(Field::new(name, joined.data_type().clone(), true));
        arrays.push(joined);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(features));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
        .map(|batch| (batch, encoding))
        .map_err(|error| error.to_string())
}

/// Text as text, and the encoding it was in.
fn with_text(
    columns: &[RawColumn],
    chunks: &[Vec<ArrayRef>],
    declared: Option<TextEncoding>,
) -> Result<(Vec<Vec<ArrayRef>>, TextEncoding), String> {
    // A declaration of UTF-8 can be held against the bytes; other encodings accept almost anything.
    let told = declared.filter(|known| known.known_by == KnownBy::User || known.encoding != UTF_8);
    if told.is_none_or(|known| known.encoding == UTF_8)
        && let Ok(decoded) = decode_all(columns, chunks, UTF_8, false)
        && columns.iter().all(|column| std::str::from_utf8(&column.name).is_ok())
    {
        // The usual case: whole columns are checked and taken as they are.
        return Ok((decoded, declared.unwrap_or(TextEncoding::UTF_8)));
    }
    let encoding = told.unwrap_or_else(|| {
        let names = columns.iter().map(|column| column.name.as_slice());
        let cells = columns.iter().zip(chunks).filter(|(column, _)| column.text);
        let all: Vec<&[u8]> =
            names.chain(cells.flat_map(|(_, chunks)| chunks.iter().flat_map(text::texts_in))).collect();
        text::detect(all.iter().copied())
    });
    decode_all(columns, chunks, encoding.encoding, true).map(|decoded| (decoded, encoding))
}

fn decode_all(
    columns: &[RawColumn],
    chunks: &[Vec<ArrayRef>],
    encoding: &'static encoding_rs::Encoding,
    lossy: bool,
) -> Result<Vec<Vec<ArrayRef>>, String> {
    let decode = |column: &RawColumn, chunk: &ArrayRef| {
        if column.text { text::decode_column(chunk, encoding, lossy) } else { Ok(Arc::clone(chunk)) }
    };
    columns
        .iter()
        .zip(chunks)
        .map(|(column, chunks)| chunks.iter().map(|chunk| decode(column, chunk)).collect())
        .collect::<Result<_, arrow_schema::ArrowError>>()
        .map_err(|error| error.to_string())
}

fn kind_of_text(column: &RawColumn) -> DataType {
    match (&column.kind, column.text) {
        (DataType::Binary, true) => DataType::Utf8,
        (DataType::LargeBinary, true) => DataType::LargeUtf8,
        (other, _) => other.clone(),
    }
}

/// Two columns of one name would hide each other.
fn unused_name(fields: &[Field], name: String) -> String {
    let taken = |name: &str| fields.iter().any(|field| field.name() == name);
    if !taken(&name) {
        return name;
    }
    let mut number = 2;
    loop {
        let other = format!("{name}_{number}");
        if !taken(&other) {
            return other;
        }
        number += 1;
    }
}
