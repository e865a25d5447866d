//! The stream of Arrow arrays that GDAL makes of a layer, imported without a copy and without trust.
//!
//! GDAL hands text over as `Utf8` whatever the bytes are (a GBK table without `.cpg` is the usual case), and
//! names of columns likewise. Taken at its word, a `&str` over such bytes is undefined behaviour. So text is
//! imported as bytes here, and becomes text in [`super::text`] after it has been checked.

use std::ffi::{CStr, c_char};
use std::marker::PhantomData;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi_and_data_type};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use gdal::cpl::CslStringList;
use gdal::vector::{Layer, LayerAccess};

/// One column as GDAL announces it.
#[derive(Debug, Clone)]
pub(crate) struct RawColumn {
    /// Name, in the encoding of the file.
    pub(crate) name: Vec<u8>,
    /// Type after text became bytes.
    pub(crate) kind: DataType,
    /// Whether the type had text in it before.
    pub(crate) text: bool,
    /// Whether this is a geometry in WKB.
    pub(crate) geometry: bool,
}

/// GDAL's own 65 536 are 80 MB of a county's patches in memory at once, and no faster to read than a few.
const FEATURES_AT_ONCE: &str = "4096";

/// An open stream over the features of a layer.
pub(crate) struct ArrowStream<'layer> {
    stream: Box<FFI_ArrowArrayStream>,
    columns: Vec<RawColumn>,
    fields: Fields,
    layer: PhantomData<&'layer mut ()>,
}

impl<'layer> ArrowStream<'layer> {
    /// Opens the stream of a layer from its first feature.
    ///
    /// # Errors
    /// What GDAL or Arrow says about a layer that cannot be streamed.
    pub(crate) fn open(layer: &'layer mut Layer<'_>) -> Result<Self, ArrowError> {
        let mut stream = Box::new(FFI_ArrowArrayStream::empty());
        let out: *mut FFI_ArrowArrayStream = stream.as_mut();
        let mut options = CslStringList::new();
        options
            .set_name_value("MAX_FEATURES_IN_BATCH", FEATURES_AT_ONCE)
            .map_err(|error| ArrowError::CDataInterface(error.to_string()))?;
        #[expect(unsafe_code, reason = "the C stream interface of Arrow has no safe form in the gdal crate")]
        // SAFETY: both types are the one struct of the Arrow C stream interface, so the cast keeps layout;
        // the box keeps its address until the stream is dropped, which releases it; and `'layer` keeps the
        // layer, and so its dataset, borrowed until then.
        unsafe { layer.read_arrow_stream(out.cast(), &options) }
            .map_err(|error| ArrowError::CDataInterface(error.to_string()))?;
        let schema = schema_of(&mut stream)?;
        let columns = schema.children().map(raw_column).collect::<Result<Vec<_>, _>>()?;
        // Positions stand in for names: the names are not known to be text yet.
        let fields = columns
            .iter()
            .enumerate()
            .map(|(index, column)| Field::new(index.to_string(), column.kind.clone(), true))
            .collect();
        Ok(Self { stream, columns, fields, layer: PhantomData })
    }

    /// The columns, in the order of the arrays.
    pub(crate) fn columns(&self) -> &[RawColumn] {
        &self.columns
    }

    /// The arrays of the next features; none at the end.
    ///
    /// # Errors
    /// What GDAL says about the features it could not read.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<ArrayRef>>, ArrowError> {
        let get_next = self.stream.get_next.ok_or_else(released)?;
        let mut array = FFI_ArrowArray::empty();
        #[expect(unsafe_code, reason = "the C stream interface of Arrow is called as it is specified")]
        // SAFETY: the stream is open and `array` is empty and owned here; GDAL fills it or leaves it empty.
        let code = unsafe { get_next(self.stream.as_mut(), &raw mut array) };
        if code != 0 {
            return Err(ArrowError::CDataInterface(self.last_error()));
        }
        if array.is_released() {
            return Ok(None);
        }
        #[expect(unsafe_code, reason = "the C data interface of Arrow is imported as it is specified")]
        // SAFETY: GDAL made the array for the schema it announced; the only change to that schema is text
        // to bytes, which have the same buffers and promise less.
        let data = unsafe { from_ffi_and_data_type(array, DataType::Struct(self.fields.clone())) }?;
        Ok(Some(StructArray::from(data).into_parts().1))
    }

    fn last_error(&mut self) -> String {
        let Some(get) = self.stream.get_last_error else { return String::new() };
        #[expect(unsafe_code, reason = "the C stream interface of Arrow is called as it is specified")]
        // SAFETY: the stream is open; the string, when there is one, lives until the next call on the stream
        // and is copied before that.
        unsafe {
            text_at(get(self.stream.as_mut()))
        }
    }
}

fn schema_of(stream: &mut FFI_ArrowArrayStream) -> Result<FFI_ArrowSchema, ArrowError> {
    let get_schema = stream.get_schema.ok_or_else(released)?;
    let mut schema = FFI_ArrowSchema::empty();
    #[expect(unsafe_code, reason = "the C stream interface of Arrow is called as it is specified")]
    // SAFETY: the stream is open and `schema` is empty and owned here.
    let code = unsafe { get_schema(stream, &raw mut schema) };
    if code == 0 { Ok(schema) } else { Err(ArrowError::CDataInterface(format!("no schema, error {code}"))) }
}

fn raw_column(schema: &FFI_ArrowSchema) -> Result<RawColumn, ArrowError> {
    let announced = DataType::try_from(schema)?;
    let kind = without_text(&announced);
    // A geometry column is marked by its metadata; the value is `ogc.wkb` in all versions of GDAL so far.
    let geometry = schema
        .metadata()?
        .get("ARROW:extension:name")
        .is_some_and(|name| name == "ogc.wkb" || name == "geoarrow.wkb");
    let announced_schema: *const FFI_ArrowSchema = schema;
    #[expect(
        unsafe_code,
        reason = "arrow's accessor panics on a name that is not UTF-8, as GBK names are not"
    )]
    // SAFETY: both types are the one struct of the Arrow C data interface, and `schema` is alive.
    let name = unsafe { bytes_at((*announced_schema.cast::<gdal_sys::ArrowSchema>()).name) };
    Ok(RawColumn { name, text: kind != announced, kind, geometry })
}

/// The type with every kind of text replaced by the bytes it is made of.
fn without_text(kind: &DataType) -> DataType {
    let inner = |field: &Field| Field::new(field.name(), without_text(field.data_type()), true).into();
    match kind {
        DataType::Utf8 => DataType::Binary,
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::List(field) => DataType::List(inner(field)),
        DataType::LargeList(field) => DataType::LargeList(inner(field)),
        other => other.clone(),
    }
}

fn released() -> ArrowError {
    ArrowError::CDataInterface("the stream was released".to_owned())
}

#[expect(unsafe_code, reason = "text of a C interface")]
/// # Safety
/// `text` is null or points to a string that ends in a null byte.
unsafe fn bytes_at(text: *const c_char) -> Vec<u8> {
    if text.is_null() {
        return Vec::new();
    }
    // SAFETY: promised by the caller.
    unsafe { CStr::from_ptr(text) }.to_bytes().to_vec()
}

#[expect(unsafe_code, reason = "text of a C interface")]
/// # Safety
/// As for [`bytes_at`].
unsafe fn text_at(text: *const c_char) -> String {
    // SAFETY: promised by the caller.
    String::from_utf8_lossy(&unsafe { bytes_at(text) }).into_owned()
}
