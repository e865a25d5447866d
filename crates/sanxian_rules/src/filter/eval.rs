//! Evaluates a filter a column at a time with Arrow's compute kernels.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Datum, Float64Array, Int64Array, LargeStringArray, Scalar, StringArray,
    StringViewArray,
};
use arrow_buffer::BooleanBuffer;
use arrow_ord::cmp;
use arrow_schema::{ArrowError, DataType};
use arrow_string::like::like;
use sanxian_model::Text;

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
    fn wrong_kind(&self, name: &str, filter: &Filter, reason: Text) -> Self::Error;
}

/// For each row, whether the filter holds.
pub(crate) fn evaluate<L: Lookup>(filter: &Filter, lookup: &L) -> Result<Truth, L::Error> {
    walk(&filter.expr, filter, lookup)
}

/// What is not known of the values behind the names of a filter.
pub(crate) struct Unknown<'a> {
    /// The rows in which nothing is known of a name.
    pub(crate) values: &'a dyn Fn(&str) -> Option<BooleanBuffer>,
    /// The rows in which the value of a name is a group that one of some codes belongs to.
    pub(crate) groups: &'a dyn Fn(&str, &[&str]) -> Option<BooleanBuffer>,
}

/// The rows for which nobody knows whether a filter holds, because a value that it depends on is not known.
///
/// In every other row a missing value is an answer: a comparison with it does not hold. Where a filter would then hold
/// only because it denies such a comparison, the row is not determined either: [`evaluate`] does not take it.
pub(crate) fn undetermined<L: Lookup>(
    filter: &Filter,
    lookup: &L,
    unknown: &Unknown<'_>,
) -> Result<BooleanBuffer, L::Error> {
    let truth = suppose(&filter.expr, filter, lookup, unknown)?;
    let open = !&(&truth.yes | &truth.no);
    if !denies(&filter.expr) {
        return Ok(open);
    }
    let taken = walk(&filter.expr, filter, lookup)?.yes;
    Ok(&open | &(&truth.yes & &!&taken))
}

/// Whether a filter denies a condition somewhere.
fn denies(expr: &Expr) -> bool {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().any(denies),
        Expr::Not(inner) => !matches!(**inner, Expr::IsNull(_)),
        _ => false,
    }
}

/// The codes that a comparison asks for: its texts, and what a pattern begins with.
fn codes_of(expr: &Expr) -> Vec<&str> {
    match expr {
        Expr::Compare(_, _, Literal::Text(text)) => vec![text],
        Expr::In(_, values) => values
            .iter()
            .filter_map(|v| if let Literal::Text(text) = v { Some(text.as_str()) } else { None })
            .collect(),
        Expr::Like(_, pattern) => vec![pattern.split(['%', '_']).next().unwrap_or_default()],
        _ => Vec::new(),
    }
}

/// As [`walk`], but a comparison with a missing value does not hold unless the value is unknown.
fn suppose<L: Lookup>(
    expr: &Expr,
    filter: &Filter,
    lookup: &L,
    unknown: &Unknown<'_>,
) -> Result<Truth, L::Error> {
    let parts = |parts: &[Expr], joint: fn(&Truth, &Truth) -> Truth| -> Result<Truth, L::Error> {
        let mut joined: Option<Truth> = None;
        for part in parts {
            let truth = suppose(part, filter, lookup, unknown)?;
            joined = Some(joined.map_or_else(|| truth.clone(), |before| joint(&before, &truth)));
        }
        Ok(joined.unwrap_or_else(|| Truth::unknown(lookup.rows())))
    };
    match expr {
        Expr::All(all) => parts(all, Truth::and),
        Expr::Any(any) => parts(any, Truth::or),
        Expr::Not(inner) => Ok(suppose(inner, filter, lookup, unknown)?.not()),
        Expr::IsNull(_) => walk(expr, filter, lookup),
        Expr::Compare(name, ..) | Expr::Like(name, _) | Expr::Flag(name) | Expr::In(name, _) => {
            let truth = walk(expr, filter, lookup)?;
            let no = !&truth.yes;
            let unknown = match ((unknown.values)(name), (unknown.groups)(name, &codes_of(expr))) {
                (Some(a), Some(b)) => Some(&a | &b),
                (a, b) => a.or(b),
            };
            Ok(match unknown {
                Some(unknown) => {
                    let known = !&unknown;
                    Truth { yes: &truth.yes & &known, no: &no & &known }
                }
                None => Truth { yes: truth.yes, no },
            })
        }
    }
}

fn walk<L: Lookup>(expr: &Expr, filter: &Filter, lookup: &L) -> Result<Truth, L::Error> {
    let column = |name: &str| lookup.column(name, filter);
    let judged = |name: &str, truth: Result<Truth, Text>| {
        truth.map_err(|reason| lookup.wrong_kind(name, filter, reason))
    };
    match expr {
        Expr::All(parts) => join(parts, filter, lookup, Truth::and),
        Expr::Any(parts) => join(parts, filter, lookup, Truth::or),
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

/// Several conditions joined by AND or OR.
fn join<L: Lookup>(
    parts: &[Expr],
    filter: &Filter,
    lookup: &L,
    joint: fn(&Truth, &Truth) -> Truth,
) -> Result<Truth, L::Error> {
    let mut joined: Option<Truth> = None;
    for part in parts {
        let truth = walk(part, filter, lookup)?;
        joined = Some(match joined {
            Some(before) => joint(&before, &truth),
            None => truth,
        });
    }
    Ok(joined.unwrap_or_else(|| Truth::unknown(lookup.rows())))
}

fn compare(column: &Column, op: Op, value: &Literal) -> Result<Truth, Text> {
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
    result.map(|array| Truth::of(&array)).map_err(|error| not_compared(&error))
}

fn matches(column: &Column, pattern: &str) -> Result<Truth, Text> {
    if let Column::Null(rows) = column {
        return Ok(Truth::unknown(*rows));
    }
    let Some(text) = column.written() else {
        return Err(holds(column, "不能用 LIKE 匹配", ", which LIKE cannot match"));
    };
    like(&text, &Scalar::new(text_scalar(&text, pattern)))
        .map(|array| Truth::of(&array))
        .map_err(|error| not_compared(&error))
}

fn mismatch(column: &Column, value: &Literal) -> Text {
    let (zh, en) = match (column, value) {
        (Column::Text(_), Literal::Whole(_) | Literal::Number(_)) => {
            ("值须加单引号", "; put the value in single quotes")
        }
        (Column::Whole(_) | Column::Number(_), Literal::Text(_)) => {
            ("应与不加引号的数值比较", "; compare it with a number, without quotes")
        }
        (Column::Flag(_), _) => ("应与 TRUE 或 FALSE 比较", "; compare it with TRUE or FALSE"),
        (_, Literal::Flag(_)) => ("不是布尔值", ", not booleans"),
        _ => ("只能用 IS NULL 或 IS NOT NULL 判断", "; only IS NULL and IS NOT NULL can be asked"),
    };
    holds(column, zh, en)
}

/// What a column holds, and what follows from it.
fn holds(column: &Column, zh: &str, en: &str) -> Text {
    let (kind_zh, kind_en) = column.kind();
    Text::new(format!("字段为{kind_zh}，{zh}"), format!("holds {kind_en}{en}"))
}

/// What Arrow says of a comparison that it cannot make.
fn not_compared(error: &ArrowError) -> Text {
    Text::new(format!("无法比较：{error}"), error.to_string())
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use arrow_array::{
        Array, DictionaryArray, Float32Array, Int16Array, LargeStringArray, StringArray, UInt64Array,
        types::Int8Type,
    };
    use arrow_buffer::BooleanBuffer;

    use super::*;

    struct Table(BTreeMap<&'static str, Column>, usize);

    impl Lookup for Table {
        type Error = String;

        fn rows(&self) -> usize {
            self.1
        }

        fn column(&self, name: &str, _: &Filter) -> Result<Column, String> {
            self.0.get(name).cloned().ok_or_else(|| format!("no {name}"))
        }

        fn wrong_kind(&self, name: &str, _: &Filter, reason: Text) -> String {
            format!("{name} {}", reason.en)
        }
    }

    fn table(columns: Vec<(&'static str, ArrayRef)>) -> Table {
        let rows = columns[0].1.len();
        Table(columns.into_iter().map(|(name, array)| (name, Column::of(&array))).collect(), rows)
    }

    fn yes(table: &Table, filter: &str) -> Vec<bool> {
        evaluate(&Filter::parse(filter, false).unwrap(), table).unwrap().yes.iter().collect()
    }

    fn wrong(table: &Table, filter: &str) -> String {
        evaluate(&Filter::parse(filter, false).unwrap(), table).unwrap_err()
    }

    #[test]
    fn text_compares_by_its_letters_and_null_is_never_true() {
        let codes = StringArray::from(vec![Some("0701"), Some("070102"), None, Some("0703"), Some(" ")]);
        let table = table(vec![("land_class", Arc::new(codes))]);
        assert_eq!(yes(&table, "land_class LIKE '0701%'"), [true, true, false, false, false]);
        assert_eq!(yes(&table, "land_class NOT LIKE '0701%'"), [false, false, false, true, false]);
        assert_eq!(yes(&table, "land_class = '0701'"), [true, false, false, false, false]);
        assert_eq!(yes(&table, "'0702' < land_class"), [false, false, false, true, false]);
        assert_eq!(yes(&table, "land_class NOT IN ('0701', '0703')"), [false, true, false, false, false]);
        assert_eq!(yes(&table, "land_class BETWEEN '0701' AND '0702'"), [true, true, false, false, false]);
        // The blank in the last row counts as missing.
        assert_eq!(yes(&table, "land_class IS NULL"), [false, false, true, false, true]);
        assert_eq!(yes(&table, "NOT (land_class IS NULL)"), [true, true, false, true, false]);
        assert!(wrong(&table, "land_class = 701").contains("single quotes"));
    }

    #[test]
    fn numbers_of_any_width_compare_with_number_literals() {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(Int16Array::from(vec![Some(6), None, Some(-6)])),
            Arc::new(UInt64Array::from(vec![Some(6), None, Some(7)])),
            Arc::new(Float32Array::from(vec![Some(6.0), None, Some(f32::NAN)])),
            Arc::new(Float64Array::from(vec![Some(6.0), None, Some(-0.0)])),
        ];
        for array in columns {
            let kind = array.data_type().clone();
            let table = table(vec![("n", array)]);
            assert_eq!(yes(&table, "n = 6"), [true, false, false], "{kind}");
            assert_eq!(yes(&table, "n >= 5.5 AND n < 6.5"), [true, false, false], "{kind}");
            assert_eq!(yes(&table, "n = '6'"), [true, false, false], "{kind}");
            assert_eq!(yes(&table, "n IN ('6', '11')"), [true, false, false], "{kind}");
            assert_eq!(yes(&table, "n LIKE '6%'"), [true, false, false], "{kind}");
            assert!(wrong(&table, "n > '6'").contains("without quotes"));
        }
        let zero = table(vec![("n", Arc::new(Float64Array::from(vec![-0.0, f64::NAN])))]);
        assert_eq!(yes(&zero, "n = 0"), [true, false]);
        assert_eq!(yes(&zero, "n IS NULL"), [false, true]);
        let large = table(vec![("n", Arc::new(Int64Array::from(vec![9_007_199_254_740_993_i64])))]);
        assert_eq!(yes(&large, "n = 9007199254740992"), [false], "no digit is lost on the way");
    }

    #[test]
    fn other_layouts_of_text_and_booleans_are_understood() {
        let dictionary: DictionaryArray<Int8Type> =
            vec![Some("core"), None, Some("general")].into_iter().collect();
        let texts: Vec<ArrayRef> = vec![
            Arc::new(dictionary),
            Arc::new(LargeStringArray::from(vec![Some("core"), None, Some("general")])),
            Arc::new(StringViewArray::from(vec![Some("core"), None, Some("general")])),
        ];
        for array in texts {
            let kind = array.data_type().clone();
            let table = table(vec![("zone", array)]);
            assert_eq!(yes(&table, "zone = 'core'"), [true, false, false], "{kind}");
            assert_eq!(yes(&table, "zone LIKE '%r%' OR zone IS NULL"), [true, true, true], "{kind}");
        }
        let flags =
            table(vec![("temporary", Arc::new(BooleanArray::from(vec![Some(true), Some(false), None])))]);
        assert_eq!(yes(&flags, "temporary"), [true, false, false]);
        assert_eq!(yes(&flags, "NOT temporary"), [false, true, false]);
        assert_eq!(yes(&flags, "temporary = FALSE"), [false, true, false]);
        assert!(wrong(&flags, "temporary = 1").contains("TRUE or FALSE"));
    }

    #[test]
    fn a_column_of_nothing_is_unknown_everywhere() {
        let table = Table(BTreeMap::from([("a", Column::Null(2))]), 2);
        for filter in ["a = 1", "a <> 1", "a = 'x'", "NOT (a = TRUE)", "a LIKE 'x'", "NOT a IN (1)", "a"] {
            assert_eq!(yes(&table, filter), [false, false], "{filter}");
        }
        assert_eq!(yes(&table, "a IS NULL"), [true, true]);
        assert_eq!(yes(&table, "a = 1 OR a IS NULL"), [true, true]);
    }

    /// A small generator, so that the same filters are tried each time.
    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % sides
        }

        fn filter(&mut self, depth: u32) -> String {
            match if depth == 0 { self.roll(6) } else { self.roll(9) } {
                0 => format!("t = '{}'", ["a", "b", "ab"][self.roll(3) as usize]),
                1 => format!("t LIKE '{}'", ["a%", "%b", "_"][self.roll(3) as usize]),
                2 => format!("t {}IN ('a', 'ab')", ["", "NOT "][self.roll(2) as usize]),
                3 => format!("n {} {}", ["=", "<>", "<", ">="][self.roll(4) as usize], self.roll(4)),
                4 => format!("n {}BETWEEN 1 AND {}", ["", "NOT "][self.roll(2) as usize], self.roll(4)),
                5 => format!(
                    "{} IS {}NULL",
                    ["t", "n"][self.roll(2) as usize],
                    ["", "NOT "][self.roll(2) as usize]
                ),
                6 => format!("NOT ({})", self.filter(depth - 1)),
                7 => format!("({}) AND ({})", self.filter(depth - 1), self.filter(depth - 1)),
                _ => format!("({}) OR ({})", self.filter(depth - 1), self.filter(depth - 1)),
            }
        }
    }

    /// AND is decided by one part that is false, OR by one that is true; else by all parts being known.
    fn decided(parts: &[Expr], by: bool, text: Option<&str>, number: Option<i64>) -> Option<bool> {
        let values: Vec<_> = parts.iter().map(|part| by_hand(part, text, number)).collect();
        if values.contains(&Some(by)) {
            Some(by)
        } else if values.contains(&None) {
            None
        } else {
            Some(!by)
        }
    }

    /// The same filter for one row, by the book of three-valued logic.
    fn by_hand(expr: &Expr, text: Option<&str>, number: Option<i64>) -> Option<bool> {
        match expr {
            Expr::All(parts) => decided(parts, false, text, number),
            Expr::Any(parts) => decided(parts, true, text, number),
            Expr::Not(a) => by_hand(a, text, number).map(|value| !value),
            Expr::IsNull(name) => Some(if name == "t" { text.is_none() } else { number.is_none() }),
            Expr::In(_, list) => text.map(|text| list.contains(&Literal::Text(text.to_owned()))),
            Expr::Like(_, pattern) => text.map(|text| match pattern.as_str() {
                "a%" => text.starts_with('a'),
                "%b" => text.ends_with('b'),
                _ => text.chars().count() == 1,
            }),
            Expr::Compare(_, op, Literal::Text(value)) => text.map(|text| {
                assert_eq!(*op, Op::Eq);
                text == value
            }),
            Expr::Compare(_, op, Literal::Whole(value)) => number.map(|number| match op {
                Op::Eq => number == *value,
                Op::NotEq => number != *value,
                Op::Less => number < *value,
                Op::LessEq => number <= *value,
                Op::Greater => number > *value,
                Op::GreaterEq => number >= *value,
            }),
            _ => unreachable!("the dice know no other filters"),
        }
    }

    #[test]
    fn columns_and_single_rows_agree_on_every_filter() {
        let texts = [None, Some("a"), Some("b"), Some("ab")];
        let numbers = [None, Some(0), Some(1), Some(3)];
        let rows: Vec<_> = texts.iter().flat_map(|t| numbers.iter().map(move |n| (*t, *n))).collect();
        let table = table(vec![
            ("t", Arc::new(rows.iter().map(|row| row.0).collect::<StringArray>())),
            ("n", Arc::new(rows.iter().map(|row| row.1).collect::<Int64Array>())),
        ]);
        let mut dice = Dice(7);
        for _ in 0..2000 {
            let text = dice.filter(3);
            let filter = Filter::parse(&text, false).unwrap();
            let truth = evaluate(&filter, &table).unwrap();
            let hand: Vec<_> = rows.iter().map(|row| by_hand(&filter.expr, row.0, row.1)).collect();
            let expected = |wanted: bool| hand.iter().map(|v| *v == Some(wanted)).collect::<BooleanBuffer>();
            assert_eq!(truth, Truth { yes: expected(true), no: expected(false) }, "{text}");
        }
    }
}
