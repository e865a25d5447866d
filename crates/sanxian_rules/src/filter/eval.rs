//! Evaluates a filter a column at a time with Arrow's compute kernels.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Datum, Float64Array, Int64Array, LargeStringArray, Scalar, StringArray,
    StringViewArray,
};
use arrow_ord::cmp;
use arrow_schema::{ArrowError, DataType};
use arrow_string::like::like;

use super::expr::{Expr, Literal, Op};
use super::{Column, Filter, Truth};

/// Where a filter finds its columns.
pub(crate) trait Lookup {
    /// What is reported when a column is not there.
    type Error;

    /// Number of rows.
    fn rows(&self) -> usize;

    /// The column that a name stands for.
    fn column(&self, name: &str, filter: &Filter) -> Result<Column, Self::Error>;

    /// The error for a column that holds something else than the filter compares it with.
    fn wrong_kind(&self, name: &str, filter: &Filter, reason: String) -> Self::Error;
}

/// For each row, whether the filter holds.
pub(crate) fn evaluate<L: Lookup>(filter: &Filter, lookup: &L) -> Result<Truth, L::Error> {
    walk(&filter.expr, filter, lookup)
}

fn walk<L: Lookup>(expr: &Expr, filter: &Filter, lookup: &L) -> Result<Truth, L::Error> {
    let column = |name: &str| lookup.column(name, filter);
    let judged = |name: &str, truth: Result<Truth, String>| {
        truth.map_err(|reason| lookup.wrong_kind(name, filter, reason))
    };
    match expr {
        Expr::And(a, b) => Ok(walk(a, filter, lookup)?.and(&walk(b, filter, lookup)?)),
        Expr::Or(a, b) => Ok(walk(a, filter, lookup)?.or(&walk(b, filter, lookup)?)),
        Expr::Not(inner) => Ok(walk(inner, filter, lookup)?.not()),
        Expr::IsNull(name) => Ok(Truth::known(column(name)?.missing())),
        Expr::Compare(name, op, value) => judged(name, compare(&column(name)?, *op, value)),
        Expr::Like(name, pattern) => judged(name, matches(&column(name)?, pattern)),
        Expr::Flag(name) => judged(name, compare(&column(name)?, Op::Eq, &Literal::Flag(true))),
        Expr::In(name, values) => {
            let column = column(name)?;
            let mut any: Option<Truth> = None;
            for value in values {
                let one = judged(name, compare(&column, Op::Eq, value))?;
                any = Some(any.map_or_else(|| one.clone(), |truth| truth.or(&one)));
            }
            Ok(any.unwrap_or_else(|| Truth::unknown(lookup.rows())))
        }
    }
}

fn compare(column: &Column, op: Op, value: &Literal) -> Result<Truth, String> {
    let result = match (column, value) {
        (Column::Null(rows), _) => return Ok(Truth::unknown(*rows)),
        (Column::Flag(array), Literal::Flag(value)) => {
            kernel(op, array, &Scalar::new(BooleanArray::from(vec![*value])))
        }
        (Column::Whole(array), Literal::Whole(value)) => {
            kernel(op, array, &Scalar::new(Int64Array::from(vec![*value])))
        }
        (Column::Whole(array), Literal::Number(value)) => {
            let numbers: Float64Array = array.unary(|v| v as f64);
            kernel(op, &numbers, &Scalar::new(Float64Array::from(vec![*value])))
        }
        (Column::Number(array), Literal::Whole(value)) => {
            kernel(op, array, &Scalar::new(Float64Array::from(vec![*value as f64])))
        }
        (Column::Number(array), Literal::Number(value)) => {
            kernel(op, array, &Scalar::new(Float64Array::from(vec![*value])))
        }
        (Column::Text(array), Literal::Text(value)) => text_kernel(op, array, value),
        // Codes are often stored as numbers; equality with the written number is what a person means.
        (Column::Whole(_) | Column::Number(_), Literal::Text(value)) if matches!(op, Op::Eq | Op::NotEq) => {
            let written = column.written().expect("numbers can be written");
            text_kernel(op, &written, value)
        }
        (_, value) => return Err(mismatch(column, value)),
    };
    result.map(|array| Truth::of(&array)).map_err(|error| error.to_string())
}

fn matches(column: &Column, pattern: &str) -> Result<Truth, String> {
    if let Column::Null(rows) = column {
        return Ok(Truth::unknown(*rows));
    }
    let Some(text) = column.written() else {
        return Err(format!("holds {}, which LIKE cannot match", column.kind()));
    };
    like(&text, &Scalar::new(text_scalar(&text, pattern)))
        .map(|array| Truth::of(&array))
        .map_err(|error| error.to_string())
}

fn mismatch(column: &Column, value: &Literal) -> String {
    let holds = column.kind();
    match (column, value) {
        (Column::Text(_), Literal::Whole(_) | Literal::Number(_)) => {
            format!("holds {holds}; put the value in single quotes")
        }
        (Column::Whole(_) | Column::Number(_), Literal::Text(_)) => {
            format!("holds {holds}; compare it with a number, without quotes")
        }
        (Column::Flag(_), _) => format!("holds {holds}; compare it with TRUE or FALSE"),
        (_, Literal::Flag(_)) => format!("holds {holds}, not booleans"),
        _ => format!("holds {holds}; only IS NULL and IS NOT NULL can be asked"),
    }
}

fn text_kernel(op: Op, array: &ArrayRef, value: &str) -> Result<BooleanArray, ArrowError> {
    kernel(op, array, &Scalar::new(text_scalar(array, value)))
}

/// A single text in the same layout as the column, which the kernels ask for.
fn text_scalar(column: &ArrayRef, value: &str) -> ArrayRef {
    match column.data_type() {
        DataType::LargeUtf8 => Arc::new(LargeStringArray::from(vec![value])),
        DataType::Utf8View => Arc::new(StringViewArray::from(vec![value])),
        _ => Arc::new(StringArray::from(vec![value])),
    }
}

fn kernel(op: Op, left: &dyn Datum, right: &dyn Datum) -> Result<BooleanArray, ArrowError> {
    match op {
        Op::Eq => cmp::eq(left, right),
        Op::NotEq => cmp::neq(left, right),
        Op::Less => cmp::lt(left, right),
        Op::LessEq => cmp::lt_eq(left, right),
        Op::Greater => cmp::gt(left, right),
        Op::GreaterEq => cmp::gt_eq(left, right),
    }
}
