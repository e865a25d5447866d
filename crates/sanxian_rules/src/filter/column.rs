//! A column as filters compare it: whatever width or encoding the file had, it is text, whole numbers,
//! numbers, booleans, all NULL, or something that can only be NULL or not.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray, UInt32Array};
use arrow_buffer::BooleanBuffer;
use arrow_schema::DataType;
use arrow_select::nullif::nullif;
use arrow_select::take::take;

/// One column, ready to be compared.
#[derive(Debug, Clone)]
pub(crate) enum Column {
    /// Text in any of Arrow's layouts; empty text is NULL.
    Text(ArrayRef),
    /// Whole numbers.
    Whole(Int64Array),
    /// Other numbers; NaN is NULL, and there is one zero.
    Number(Float64Array),
    /// Booleans.
    Flag(BooleanArray),
    /// NULL in every one of so many rows.
    Null(usize),
    /// Dates, blobs, lists: they can only be NULL or not.
    Other(ArrayRef),
}

impl Column {
    /// Prepares a column of a layer.
    pub(crate) fn of(array: &ArrayRef) -> Self {
        fn whole<T: ArrowPrimitiveType>(array: &ArrayRef) -> Column
        where
            T::Native: Into<i64>,
        {
            Column::Whole(array.as_primitive::<T>().unary(Into::into))
        }
        match array.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Self::Text(without_blanks(array)),
            DataType::Int8 => whole::<Int8Type>(array),
            DataType::Int16 => whole::<Int16Type>(array),
            DataType::Int32 => whole::<Int32Type>(array),
            DataType::Int64 => Self::Whole(array.as_primitive::<Int64Type>().clone()),
            DataType::UInt8 => whole::<UInt8Type>(array),
            DataType::UInt16 => whole::<UInt16Type>(array),
            DataType::UInt32 => whole::<UInt32Type>(array),
            DataType::UInt64 => Self::Number(array.as_primitive::<UInt64Type>().unary(|v| v as f64)),
            DataType::Float32 => Self::Number(array.as_primitive::<Float32Type>().unary_opt(number)),
            DataType::Float64 => Self::Number(array.as_primitive::<Float64Type>().unary_opt(number)),
            DataType::Boolean => Self::Flag(array.as_boolean().clone()),
            DataType::Null => Self::Null(array.len()),
            DataType::Dictionary(_, _) => {
                let dictionary = array.as_any_dictionary();
                match take(dictionary.values(), dictionary.keys(), None) {
                    Ok(plain) => Self::of(&plain),
                    Err(_) => Self::Other(Arc::clone(array)),
                }
            }
            _ => Self::Other(Arc::clone(array)),
        }
    }

    /// The same text in every row.
    pub(crate) fn constant(text: &str, rows: usize) -> Self {
        Self::Text(Arc::new(StringArray::from_iter_values(std::iter::repeat_n(text, rows))))
    }

    /// Some rows of the column, in the order given.
    pub(crate) fn rows(&self, rows: &UInt32Array) -> Self {
        let pick = |array: &dyn Array| take(array, rows, None).expect("rows lie within the layer");
        match self {
            Self::Text(array) => Self::Text(pick(array)),
            Self::Whole(array) => Self::Whole(pick(array).as_primitive().clone()),
            Self::Number(array) => Self::Number(pick(array).as_primitive().clone()),
            Self::Flag(array) => Self::Flag(pick(array).as_boolean().clone()),
            Self::Null(_) => Self::Null(rows.len()),
            Self::Other(array) => Self::Other(pick(array)),
        }
    }

    /// Which rows hold no value.
    pub(crate) fn missing(&self) -> BooleanBuffer {
        let array: &dyn Array = match self {
            Self::Text(array) | Self::Other(array) => array,
            Self::Whole(array) => array,
            Self::Number(array) => array,
            Self::Flag(array) => array,
            Self::Null(rows) => return BooleanBuffer::new_set(*rows),
        };
        array.logical_nulls().map_or_else(|| BooleanBuffer::new_unset(array.len()), |nulls| !nulls.inner())
    }

    /// Numbers as they would be written in a table, so that they can be compared with text: 6 and 6.0 are `6`.
    pub(crate) fn written(&self) -> Option<ArrayRef> {
        let text: StringArray = match self {
            Self::Text(array) => return Some(Arc::clone(array)),
            Self::Whole(array) => array.iter().map(|v| v.map(|v| v.to_string())).collect(),
            Self::Number(array) => array.iter().map(|v| v.map(|v| v.to_string())).collect(),
            _ => return None,
        };
        Some(Arc::new(text))
    }

    /// What the column holds, in Chinese and English words.
    pub(crate) fn kind(&self) -> (&'static str, &'static str) {
        match self {
            Self::Text(_) => ("文本", "text"),
            Self::Whole(_) => ("整数", "whole numbers"),
            Self::Number(_) => ("数值", "numbers"),
            Self::Flag(_) => ("布尔值", "booleans"),
            Self::Null(_) => ("空值", "nothing"),
            Self::Other(_) => ("不可比较的值", "values that cannot be compared"),
        }
    }
}

/// Arrow orders floats by their bits, in which -0.0 is less than 0.0 and NaN equals NaN; a reader of a
/// table expects neither.
fn number<N: Into<f64>>(value: N) -> Option<f64> {
    let value: f64 = value.into();
    (!value.is_nan()).then_some(value + 0.0)
}

/// The column with NULL in place of empty text; the column itself when there is none.
fn without_blanks(array: &ArrayRef) -> ArrayRef {
    fn blank<'a>(values: impl Iterator<Item = Option<&'a str>>) -> BooleanArray {
        values.map(|value| Some(value.is_some_and(|text| text.trim().is_empty()))).collect()
    }
    let blanks = match array.data_type() {
        DataType::Utf8 => blank(array.as_string::<i32>().iter()),
        DataType::LargeUtf8 => blank(array.as_string::<i64>().iter()),
        _ => blank(array.as_string_view().iter()),
    };
    if blanks.true_count() == 0 {
        return Arc::clone(array);
    }
    nullif(array, &blanks).expect("text of any layout can be set to NULL")
}
