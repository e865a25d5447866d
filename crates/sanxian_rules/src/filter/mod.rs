//! Which rows does a rule mean? The filter language of rule files: the part of OGC's CQL2 text that SQL's
//! WHERE shares.
//!
//! Comparison, `IN`, `BETWEEN`, `LIKE`, `IS [NOT] NULL`, `AND`, `OR`, `NOT`, parentheses; text, number and
//! boolean literals. Comparisons are case-sensitive and follow three-valued logic: a comparison with NULL is
//! unknown, and only rows that are surely true are taken. Empty text counts as NULL, because GIS formats
//! do not agree on whether an empty cell is one or the other.

mod column;
mod error;
mod eval;
mod expr;
mod truth;

pub(crate) use column::Column;
pub(crate) use eval::{Lookup, Unknown, evaluate, undetermined};
pub(crate) use truth::Truth;

pub use error::FilterError;

use std::collections::BTreeMap;
use std::fmt;

use expr::{Expr, convert};
use sanxian_model::Text;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::Token;

/// A filter that was parsed once and can be evaluated against any layer.
#[derive(Clone, PartialEq)]
pub struct Filter {
    text: String,
    expr: Expr,
    /// Each name with the column where it first stands.
    names: BTreeMap<String, usize>,
}

/// Longest filter in characters, many times what a list of all land classes takes. The parser's tree is as
/// deep as a chain of conditions is long, and is taken apart recursively.
const LONGEST: usize = 10_000;

impl Filter {
    /// Parses a filter. `facts` allows the computed facts of an overlap (`overlap_m2`, `overlap_share`,
    /// `outside_m2`, `zone_count`), which exist only where an overlap has been measured.
    ///
    /// # Errors
    /// When the text is outside the language; the position and the accepted forms are named.
    pub fn parse(text: &str, facts: bool) -> Result<Self, FilterError> {
        if text.chars().count() > LONGEST {
            let reason = Text::new(
                format!("筛选条件超过 {LONGEST} 个字符；请用 IN 列出各值"),
                format!("the filter is longer than {LONGEST} characters; list values with IN"),
            );
            return Err(FilterError { line: 1, column: 1, reason });
        }
        let mut parser = Parser::new(&expr::FilterDialect)
            .try_with_sql(text)
            .map_err(|error| parse_error(&error, text))?;
        let parsed = parser.parse_expr().map_err(|error| parse_error(&error, text))?;
        let rest = parser.peek_token();
        if rest.token != Token::EOF {
            return Err(FilterError::at(
                rest.span,
                Text::new(
                    format!("此处不应有 `{}`；各条件用 AND 或 OR 连接", rest.token),
                    format!("`{}` does not belong here; join conditions with AND or OR", rest.token),
                ),
            ));
        }
        let mut names = BTreeMap::new();
        let expr = convert(&parsed, facts, &mut names)?;
        Ok(Self { text: one_line(text), expr, names })
    }

    /// The filter `name IN (values)`.
    pub(crate) fn one_of(name: &str, values: &[String]) -> Self {
        let quoted: Vec<String> =
            values.iter().map(|text| format!("'{}'", text.replace('\'', "''"))).collect();
        Self {
            text: format!("{name} IN ({})", quoted.join(", ")),
            expr: Expr::In(name.to_owned(), values.iter().cloned().map(expr::Literal::Text).collect()),
            names: BTreeMap::from([(name.to_owned(), 1)]),
        }
    }

    /// The filter as written, on one line.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names in the filter, each once, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    /// Where a name first stands in the filter.
    pub(crate) fn column_of(&self, name: &str) -> usize {
        self.names.get(name).copied().unwrap_or(1)
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.text).finish()
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `sqlparser` appends the position to its sentence; it is taken off again, since ours is told apart.
/// A filter that ends too early carries no position, so its end is named.
fn parse_error(error: &ParserError, text: &str) -> FilterError {
    let (ParserError::TokenizerError(sentence) | ParserError::ParserError(sentence)) = error else {
        let reason = Text::new("筛选条件的嵌套过深", "the filter is nested too deeply");
        return FilterError { line: 1, column: 1, reason };
    };
    let position = sentence.rsplit_once(" at Line: ").and_then(|(reason, position)| {
        let (line, column) = position.split_once(", Column: ")?;
        Some((reason.to_owned(), line.trim().parse().ok()?, column.trim().parse().ok()?))
    });
    let (reason, line, column) = position.unwrap_or_else(|| {
        let last = text.rsplit('\n').next().unwrap_or_default();
        (sentence.clone(), text.matches('\n').count() + 1, last.chars().count() + 1)
    });
    let reason = reason.replace("found: EOF", "found the end of the filter");
    FilterError { line, column, reason: Text::new(format!("语法有误（{reason}）"), reason) }
}

/// Runs of blanks become one space, except inside quotes.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.trim().chars() {
        quoted ^= c == '\'';
        if quoted || !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.replace("( ", "(").replace(" )", ")")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> FilterError {
        Filter::parse(text, false).expect_err(text)
    }

    #[test]
    fn a_filter_knows_its_names_and_its_text() {
        let filter = Filter::parse("land_class LIKE '07%'\n  AND (\"项目 名称\" IS NULL)", false).unwrap();
        assert_eq!(filter.text(), "land_class LIKE '07%' AND (\"项目 名称\" IS NULL)");
        assert_eq!(filter.names().collect::<Vec<_>>(), ["land_class", "项目 名称"]);
    }

    #[test]
    fn what_lies_outside_the_language_is_refused_with_its_position() {
        let error = refusal("a = 1 AND lower(b) = 'x'");
        assert_eq!((error.line, error.column), (1, 11), "{error}");
        assert!(refusal("a = b").reason.en.contains("literal"));
        assert!(refusal("a = NULL").reason.en.contains("IS NULL"));
        assert!(refusal("a = ''").reason.en.contains("IS NULL"));
        assert!(refusal("a ILIKE 'x%'").reason.en.contains("LIKE"));
        assert!(refusal("a + 1 = 2").reason.en.contains('+'), "{}", refusal("a + 1 = 2"));
        assert!(refusal("t.a = 1").reason.en.contains("t.a"));
        assert!(refusal("a IN (SELECT 1)").column > 0);
        assert_eq!(refusal("a = 1 b = 2").column, 7);
        assert_eq!(refusal("a = 'open").line, 1);
        assert!(refusal("").reason.en.contains("the end of the filter"), "{}", refusal(""));
        assert!(refusal("a IN ()").column > 0);
    }

    #[test]
    fn what_is_refused_is_told_in_both_languages() {
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let refused = [
            "a + 1 = 2",
            "a = b",
            "a IN ()",
            "a LIKE 7",
            "a ILIKE 'x'",
            "lower(a) = 'x'",
            "1 IS NULL",
            "overlap_share > 1",
            "a IN (b)",
            "a = 1e999",
            "a = ''",
            "a = NULL",
            "a = X'00'",
            "a = 1 b",
            "a = 'open",
            "",
        ];
        for text in refused {
            let Text { zh, en } = refusal(text).reason;
            assert!(chinese(&zh) && !chinese(&en) && !en.is_empty(), "{text}: {zh}\n{en}");
        }
    }

    #[test]
    fn long_filters_work_and_endless_ones_are_refused() {
        let chain = |terms: usize| vec!["a = 1"; terms].join(" OR ");
        assert!(Filter::parse(&chain(1000), false).is_ok());
        assert!(refusal(&chain(2000)).reason.en.contains("longer than"));
        let nested = format!("{}a = 1{}", "(".repeat(500), ")".repeat(500));
        assert!(refusal(&nested).reason.en.contains("nested too deeply"));
    }

    #[test]
    fn computed_facts_are_known_only_where_an_overlap_is_measured() {
        assert!(Filter::parse("overlap_share >= 0.99", true).is_ok());
        assert!(refusal("overlap_share >= 0.99").reason.en.contains("exception"));
    }
}
