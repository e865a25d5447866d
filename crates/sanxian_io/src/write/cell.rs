//! One value of an attribute column, as the writers need it.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types as t;
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};

/// What a column holds, for formats that declare it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Long,
    Real,
    Boolean,
    Date,
    Time,
    DateTime,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell<'a> {
    Null,
    Text(Cow<'a, str>),
    Integer(i64),
    Real(f64),
    Boolean(bool),
}

/// The kind of a column.
pub(crate) fn kind_of(data_type: &DataType) -> Kind {
    match data_type {
        DataType::Boolean => Kind::Boolean,
        DataType::Int8 | DataType::Int16 | DataType::Int32 | DataType::UInt8 | DataType::UInt16 => {
            Kind::Integer
        }
        DataType::Int64 | DataType::UInt32 | DataType::UInt64 => Kind::Long,
        DataType::Float16 | DataType::Float32 | DataType::Float64 => Kind::Real,
        DataType::Date32 | DataType::Date64 => Kind::Date,
        DataType::Time32(_) | DataType::Time64(_) => Kind::Time,
        DataType::Timestamp(..) => Kind::DateTime,
        _ => Kind::Text,
    }
}

/// The value of one row. Lists and bytes become text: lists as JSON, bytes in hexadecimal.
pub(crate) fn cell(column: &ArrayRef, row: usize) -> Cell<'_> {
    if column.is_null(row) {
        return Cell::Null;
    }
    match column.data_type() {
        DataType::Utf8 => Cell::Text(Cow::Borrowed(column.as_string::<i32>().value(row))),
        DataType::LargeUtf8 => Cell::Text(Cow::Borrowed(column.as_string::<i64>().value(row))),
        DataType::Boolean => Cell::Boolean(column.as_boolean().value(row)),
        DataType::Int8 => Cell::Integer(column.as_primitive::<t::Int8Type>().value(row).into()),
        DataType::Int16 => Cell::Integer(column.as_primitive::<t::Int16Type>().value(row).into()),
        DataType::Int32 => Cell::Integer(column.as_primitive::<t::Int32Type>().value(row).into()),
        DataType::Int64 => Cell::Integer(column.as_primitive::<t::Int64Type>().value(row)),
        DataType::UInt8 => Cell::Integer(column.as_primitive::<t::UInt8Type>().value(row).into()),
        DataType::UInt16 => Cell::Integer(column.as_primitive::<t::UInt16Type>().value(row).into()),
        DataType::UInt32 => Cell::Integer(column.as_primitive::<t::UInt32Type>().value(row).into()),
        DataType::UInt64 => {
            let value = column.as_primitive::<t::UInt64Type>().value(row);
            i64::try_from(value).map_or_else(|_| Cell::Text(value.to_string().into()), Cell::Integer)
        }
        DataType::Float32 => Cell::Real(shortest(column.as_primitive::<t::Float32Type>().value(row))),
        DataType::Float64 => Cell::Real(column.as_primitive::<t::Float64Type>().value(row)),
        DataType::Date32 => text(date(column.as_primitive::<t::Date32Type>().value(row).into())),
        DataType::Date64 => {
            text(date(column.as_primitive::<t::Date64Type>().value(row).div_euclid(MILLIS_A_DAY)))
        }
        DataType::Time32(TimeUnit::Second) => {
            text(time(i64::from(column.as_primitive::<t::Time32SecondType>().value(row)) * 1000))
        }
        DataType::Time32(_) => {
            text(time(column.as_primitive::<t::Time32MillisecondType>().value(row).into()))
        }
        DataType::Time64(TimeUnit::Microsecond) => {
            text(time(column.as_primitive::<t::Time64MicrosecondType>().value(row).div_euclid(1000)))
        }
        DataType::Time64(_) => {
            text(time(column.as_primitive::<t::Time64NanosecondType>().value(row).div_euclid(1_000_000)))
        }
        DataType::Timestamp(unit, zone) => text(date_time(millis(column, *unit, row), zone.is_some())),
        DataType::Binary => text(hexadecimal(column.as_binary::<i32>().value(row))),
        DataType::LargeBinary => text(hexadecimal(column.as_binary::<i64>().value(row))),
        DataType::List(_) => text(list(&column.as_list::<i32>().value(row))),
        DataType::LargeList(_) => text(list(&column.as_list::<i64>().value(row))),
        _ => Cell::Null,
    }
}

impl Cell<'_> {
    /// The value as JSON.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Text(text) => text.as_ref().into(),
            Self::Integer(number) => (*number).into(),
            // JSON has no NaN and no infinity.
            Self::Real(number) => serde_json::Number::from_f64(*number).into(),
            Self::Boolean(truth) => (*truth).into(),
        }
    }

    /// The value as it stands in a table.
    pub(crate) fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Real(number) => Cow::Owned(number.to_string()),
            Self::Boolean(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        }
    }
}

fn text<'a>(text: String) -> Cell<'a> {
    Cell::Text(Cow::Owned(text))
}

/// 0.1 of four bytes is 0.1 in print, not 0.10000000149.
fn shortest(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

const MILLIS_A_DAY: i64 = 86_400_000;

fn millis(column: &ArrayRef, unit: TimeUnit, row: usize) -> i64 {
    match unit {
        TimeUnit::Second => column.as_primitive::<t::TimestampSecondType>().value(row) * 1000,
        TimeUnit::Millisecond => column.as_primitive::<t::TimestampMillisecondType>().value(row),
        TimeUnit::Microsecond => {
            column.as_primitive::<t::TimestampMicrosecondType>().value(row).div_euclid(1000)
        }
        TimeUnit::Nanosecond => {
            column.as_primitive::<t::TimestampNanosecondType>().value(row).div_euclid(1_000_000)
        }
    }
}

/// `2026-03-15` from days since 1970, in the Gregorian calendar.
fn date(days: i64) -> String {
    // Years are counted from March, so that the leap day is the last of its year.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

fn time(millis: i64) -> String {
    let (seconds, rest) = (millis / 1000, millis % 1000);
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { clock } else { format!("{clock}.{rest:03}") }
}

fn date_time(millis: i64, in_utc: bool) -> String {
    let zone = if in_utc { "Z" } else { "" };
    format!("{}T{}{zone}", date(millis.div_euclid(MILLIS_A_DAY)), time(millis.rem_euclid(MILLIS_A_DAY)))
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

fn list(values: &ArrayRef) -> String {
    let values: Vec<serde_json::Value> = (0..values.len()).map(|row| cell(values, row).to_json()).collect();
    serde_json::Value::Array(values).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(-1), "1969-12-31");
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(date(20_527), "2026-03-15");
        assert_eq!(date_time(1_500, true), "1970-01-01T00:00:01.500Z");
    }

    #[test]
    fn small_floats_print_short() {
        assert_eq!(Cell::Real(shortest(0.1)).to_text(), "0.1");
        assert_eq!(Cell::Real(f64::NAN).to_json(), serde_json::Value::Null);
    }
}
