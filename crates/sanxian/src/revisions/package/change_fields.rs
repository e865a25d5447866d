//! The fields of changed ground (WHC), as the standard form has them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use sanxian_model::Day;
use sanxian_model::revision::{GroundChange, GroundClass};

use super::error::PackageError;

/// The key under which writers look for the characters that a text can have.
const TEXT_WIDTH: &str = "GDAL:OGR:width";

/// What stands in a field.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    /// Nothing: identifiers are issued by whoever keeps the database.
    Empty,
    /// What was given for all changes.
    Given,
    /// The kind of change.
    Kind,
    /// The number of the change.
    Number,
}

/// Name, characters, and what stands in it.
const FIELDS: [(&str, usize, Content); 10] = [
    ("BSM", 18, Content::Empty),
    ("YSDM", 10, Content::Given),
    ("XZQDM", 12, Content::Given),
    ("XZQMC", 100, Content::Given),
    ("WHLX", 2, Content::Kind),
    ("WHLY", 3, Content::Given),
    ("JDZBLY", 10, Content::Given),
    ("WHBH", 18, Content::Number),
    ("KZBSHSLX", 3, Content::Given),
    ("BZ", 255, Content::Given),
];

/// Changes that one day has numbers for.
const MOST: usize = 999_999;

/// Refuses a text that a field of changes cannot have.
///
/// # Errors
/// [`PackageError::NoSuchField`] and [`PackageError::TextTooLong`].
pub(super) fn refuse_value(name: &str, text: &str) -> Result<(), PackageError> {
    let given = || FIELDS.iter().filter(|(_, _, content)| *content == Content::Given);
    let Some((_, width, _)) = given().find(|(field, _, _)| *field == name) else {
        let known = given().map(|(name, _, _)| *name).collect();
        return Err(PackageError::NoSuchField { field: name.to_owned(), known });
    };
    let length = text.chars().count();
    if length > *width {
        return Err(PackageError::TextTooLong { field: name.to_owned(), width: *width, length });
    }
    Ok(())
}

/// The fields of changes, in their order.
///
/// # Errors
/// [`PackageError::NoSuchField`] and [`PackageError::TextTooLong`] for what was given; [`PackageError::TooMany`].
pub(super) fn change_fields(
    changes: &[&GroundChange],
    date: Day,
    values: &BTreeMap<String, String>,
) -> Result<RecordBatch, PackageError> {
    for (name, text) in values {
        refuse_value(name, text)?;
    }
    if changes.len() > MOST {
        return Err(PackageError::TooMany { changes: changes.len(), most: MOST });
    }
    let column = |(name, _, content): &(&str, usize, Content)| -> ArrayRef {
        let given = values.get(*name).map(String::as_str).filter(|text| !text.is_empty());
        let cells = changes.iter().enumerate().map(|(at, change)| match content {
            Content::Empty => None,
            Content::Given => given.map(str::to_owned),
            Content::Kind => Some(kind(change).to_owned()),
            Content::Number => Some(format!("{}{:06}", date.digits(), at + 1)),
        });
        Arc::new(cells.collect::<StringArray>())
    };
    let field = |(name, width, _): &(&str, usize, Content)| {
        let metadata = HashMap::from([(TEXT_WIDTH.to_owned(), width.to_string())]);
        Field::new(*name, DataType::Utf8, true).with_metadata(metadata)
    };
    let schema = Schema::new(FIELDS.iter().map(field).collect::<Vec<_>>());
    let columns = FIELDS.iter().map(column).collect();
    Ok(RecordBatch::try_new(Arc::new(schema), columns).expect("a text for each change in each field"))
}

/// The kind of a change (WHLX): 1 newly covered (调入), 2 of another class (属性变化), 3 no longer covered (调出).
fn kind(change: &GroundChange) -> &'static str {
    match (&change.old, &change.new) {
        (GroundClass::Nothing, _) => "1",
        (_, GroundClass::Nothing) => "3",
        _ => "2",
    }
}
