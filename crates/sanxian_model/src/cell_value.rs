//! One value of an attribute column, whatever type of Arrow holds it: how it reads as text, as JSON, and as a number.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use arrow_array::cast::AsArray;
use arrow_array::types::{Float16Type, Float32Type, Float64Type};
use arrow_array::{Array, downcast_integer_array, downcast_temporal_array};
use arrow_cast::display::array_value_to_string;
use arrow_schema::DataType;
use serde_json::Value;

/// One value of an attribute column.
#[derive(Debug, Clone, PartialEq)]
pub enum CellValue<'a> {
    /// No value.
    Null,
    /// Text; dates and times as ISO 8601 writes them, lists as JSON, bytes in hexadecimal.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Real(f64),
    /// A boolean.
    Boolean(bool),
}

impl<'a> CellValue<'a> {
    /// The value of one row.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn of(column: &'a dyn Array, row: usize) -> Self {
        if column.is_null(row) {
            return Self::Null;
        }
        downcast_integer_array!(
            column => whole(column.value(row)),
            DataType::Null => Self::Null,
            DataType::Utf8 => Self::Text(column.as_string::<i32>().value(row).into()),
            DataType::LargeUtf8 => Self::Text(column.as_string::<i64>().value(row).into()),
            DataType::Utf8View => Self::Text(column.as_string_view().value(row).into()),
            DataType::Boolean => Self::Boolean(column.as_boolean().value(row)),
            DataType::Float16 => Self::Real(shortest(column.as_primitive::<Float16Type>().value(row))),
            DataType::Float32 => Self::Real(shortest(column.as_primitive::<Float32Type>().value(row))),
            DataType::Float64 => Self::Real(column.as_primitive::<Float64Type>().value(row)),
            DataType::Date32 | DataType::Date64 | DataType::Time32(_) | DataType::Time64(_)
            | DataType::Timestamp(..) => text(moment(column, row)),
            DataType::Binary => text(hexadecimal(column.as_binary::<i32>().value(row))),
            DataType::LargeBinary => text(hexadecimal(column.as_binary::<i64>().value(row))),
            DataType::BinaryView => text(hexadecimal(column.as_binary_view().value(row))),
            DataType::FixedSizeBinary(_) => text(hexadecimal(column.as_fixed_size_binary().value(row))),
            DataType::List(_) => text(list(&*column.as_list::<i32>().value(row))),
            DataType::LargeList(_) => text(list(&*column.as_list::<i64>().value(row))),
            DataType::FixedSizeList(..) => text(list(&*column.as_fixed_size_list().value(row))),
            DataType::Dictionary(..) => {
                let dictionary = column.as_any_dictionary();
                match CellValue::of(dictionary.keys(), row) {
                    CellValue::Integer(key) => Self::of(dictionary.values(), key as usize),
                    _ => Self::Null,
                }
            }
            _ => text(printed(column, row))
        )
    }

    /// The value as it stands in a table, where 6.0 is `6`; none for no value.
    #[must_use]
    pub fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Null => None,
            Self::Text(text) => Some(text),
            Self::Integer(number) => Some(Cow::Owned(number.to_string())),
            Self::Real(number) => Some(Cow::Owned(number.to_string())),
            Self::Boolean(truth) => Some(Cow::Borrowed(if truth { "true" } else { "false" })),
        }
    }

    /// The value as JSON.
    #[must_use]
    pub fn into_json(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => text.into(),
            Self::Integer(number) => number.into(),
            // JSON has no NaN and no infinity.
            Self::Real(number) => serde_json::Number::from_f64(number).into(),
            Self::Boolean(truth) => truth.into(),
        }
    }
}

fn text<'a>(text: String) -> CellValue<'a> {
    CellValue::Text(Cow::Owned(text))
}

/// The largest numbers without sign are text.
fn whole<'a>(number: impl TryInto<i64> + Display + Copy) -> CellValue<'a> {
    number.try_into().map_or_else(|_| text(number.to_string()), CellValue::Integer)
}

/// 0.1 of four bytes is 0.1 in print, not 0.10000000149.
fn shortest(number: impl Display + Into<f64>) -> f64 {
    number.to_string().parse().unwrap_or_else(|_| number.into())
}

/// A date, a time or both, in UTC where the column has a time zone: names of zones would need their whole history.
fn moment(column: &dyn Array, row: usize) -> String {
    let kind = column.data_type();
    let zone = if matches!(kind, DataType::Timestamp(_, Some(_))) { "Z" } else { "" };
    let told = downcast_temporal_array!(
        column => match kind {
            DataType::Date32 | DataType::Date64 => column.value_as_date(row).map(|date| date.to_string()),
            DataType::Time32(_) | DataType::Time64(_) => column.value_as_time(row).map(|time| time.to_string()),
            _ => column
                .value_as_datetime(row)
                .map(|moment| format!("{}T{}{zone}", moment.date(), moment.time())),
        },
        _ => None
    );
    told.unwrap_or_else(|| printed(column, row))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

fn list(values: &dyn Array) -> String {
    Value::Array((0..values.len()).map(|row| CellValue::of(values, row).into_json()).collect()).to_string()
}

/// As Arrow prints it. A cell that it can't print (an interval beyond its range) still holds something.
fn printed(column: &dyn Array, row: usize) -> String {
    array_value_to_string(column, row).unwrap_or_else(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::{ListBuilder, StringBuilder};
    use arrow_array::types::Int8Type;
    use arrow_array::{
        ArrayRef, BinaryArray, BooleanArray, Date32Array, Date64Array, Decimal128Array, DictionaryArray,
        Float32Array, Float64Array, Int8Array, LargeStringArray, NullArray, StringViewArray,
        Time32SecondArray, Time64MicrosecondArray, TimestampMillisecondArray, TimestampSecondArray,
        UInt64Array,
    };

    use super::*;

    fn read(array: impl Array) -> String {
        CellValue::of(&array, 0).into_text().expect("a value").into_owned()
    }

    #[test]
    fn numbers_read_as_in_a_table() {
        assert_eq!(read(Int8Array::from(vec![-3])), "-3");
        assert_eq!(read(UInt64Array::from(vec![u64::MAX])), "18446744073709551615");
        assert_eq!(read(Float64Array::from(vec![6.0])), "6");
        assert_eq!(read(Float32Array::from(vec![0.1])), "0.1");
        assert_eq!(CellValue::of(&Float32Array::from(vec![0.1]), 0), CellValue::Real(0.1));
        assert_eq!(CellValue::of(&Float64Array::from(vec![f64::NAN]), 0).into_json(), Value::Null);
        let hectares = Decimal128Array::from(vec![150]).with_precision_and_scale(5, 2).expect("a decimal");
        assert_eq!(read(hectares), "1.50");
    }

    #[test]
    fn dates_and_times_are_those_of_iso_8601() {
        for (days, date) in
            [(0, "1970-01-01"), (-1, "1969-12-31"), (11_016, "2000-02-29"), (20_527, "2026-03-15")]
        {
            assert_eq!(read(Date32Array::from(vec![days])), date);
            assert_eq!(read(Date64Array::from(vec![i64::from(days) * 86_400_000])), date);
        }
        assert_eq!(read(Time32SecondArray::from(vec![3_661])), "01:01:01");
        assert_eq!(read(Time64MicrosecondArray::from(vec![1_500_000])), "00:00:01.500");
        assert_eq!(read(TimestampMillisecondArray::from(vec![-1])), "1969-12-31T23:59:59.999");
        for zone in ["UTC", "+08:00", "Asia/Shanghai"] {
            let signed = TimestampMillisecondArray::from(vec![1_500]).with_timezone(zone);
            assert_eq!(read(signed), "1970-01-01T00:00:01.500Z", "{zone}");
        }
        assert!(!read(TimestampSecondArray::from(vec![i64::MAX])).is_empty());
    }

    #[test]
    fn every_layout_of_text_reads_the_same() {
        let coded: DictionaryArray<Int8Type> = vec!["文号"].into_iter().collect();
        let layouts: [ArrayRef; 3] = [
            Arc::new(LargeStringArray::from(vec!["文号"])),
            Arc::new(StringViewArray::from(vec!["文号"])),
            Arc::new(coded),
        ];
        for layout in layouts {
            assert_eq!(CellValue::of(&layout, 0), CellValue::Text("文号".into()), "{}", layout.data_type());
        }
    }

    #[test]
    fn no_value_is_no_text_and_null_in_json() {
        let coded: DictionaryArray<Int8Type> = vec![None, Some("文号")].into_iter().collect();
        let columns: [ArrayRef; 3] =
            [Arc::new(NullArray::new(1)), Arc::new(Int8Array::from(vec![None])), Arc::new(coded)];
        for column in columns {
            let value = CellValue::of(&column, 0);
            assert_eq!((value.clone().into_text(), value.into_json()), (None, Value::Null));
        }
    }

    #[test]
    fn lists_and_bytes_become_text() {
        let mut names = ListBuilder::new(StringBuilder::new());
        names.append_value([Some("甲"), None]);
        assert_eq!(read(names.finish()), r#"["甲",null]"#);
        assert_eq!(read(BinaryArray::from(vec![&[0x0a, 0xff][..]])), "0AFF");
        assert_eq!(CellValue::of(&BooleanArray::from(vec![true]), 0).into_json(), Value::Bool(true));
    }
}
