//! The tree of a filter, and how it is made from the tree of `sqlparser`, which knows all of SQL.

use std::collections::BTreeMap;
use std::fmt;

use sanxian_model::Text;
use sqlparser::ast::{BinaryOperator, Expr as Sql, Spanned, UnaryOperator, Value};
use sqlparser::dialect::Dialect;

use super::error::FilterError;
use crate::vocabulary;

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    Eq,
    NotEq,
    Less,
    LessEq,
    Greater,
    GreaterEq,
}

impl Op {
    /// The same comparison with its sides exchanged.
    fn flipped(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEq => Self::GreaterEq,
            Self::Greater => Self::Less,
            Self::GreaterEq => Self::LessEq,
            same => same,
        }
    }
}

/// A value written in the filter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
}

/// The tree of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    All(Vec<Expr>),
    Any(Vec<Expr>),
    Not(Box<Expr>),
    Compare(String, Op, Literal),
    In(String, Vec<Literal>),
    Like(String, String),
    IsNull(String),
    Flag(String),
}

/// Names are letters of any script, digits and underscores; anything else goes into double quotes.
#[derive(Debug)]
pub(super) struct FilterDialect;

impl Dialect for FilterDialect {
    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_alphabetic() || ch == '_'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_alphanumeric() || ch == '_'
    }
}

/// Names found so far, each with the column where it first stands.
type Names = BTreeMap<String, usize>;

/// Converts what belongs to the language and refuses the rest.
pub(super) fn convert(sql: &Sql, facts: bool, names: &mut Names) -> Result<Expr, FilterError> {
    let not_if = |negated: bool, expr: Expr| if negated { Expr::Not(Box::new(expr)) } else { expr };
    Ok(match sql {
        Sql::Nested(inner) => convert(inner, facts, names)?,
        Sql::UnaryOp { op: UnaryOperator::Not, expr } => Expr::Not(Box::new(convert(expr, facts, names)?)),
        Sql::BinaryOp { op: op @ (BinaryOperator::And | BinaryOperator::Or), .. } => {
            let parts = chain(sql, op)
                .into_iter()
                .map(|part| convert(part, facts, names))
                .collect::<Result<_, _>>()?;
            if *op == BinaryOperator::And { Expr::All(parts) } else { Expr::Any(parts) }
        }
        Sql::BinaryOp { left, op, right } => {
            let Some(op) = comparison(op) else {
                return refuse_other(sql, op);
            };
            match (as_literal(left)?, as_literal(right)?) {
                (None, Some(value)) => Expr::Compare(name(left, facts, names)?, op, value),
                (Some(value), None) => Expr::Compare(name(right, facts, names)?, op.flipped(), value),
                _ => {
                    name(left, facts, names)?;
                    return refuse(
                        right,
                        "须将字段名与常量比较，如 `project_class = '3'`",
                        "compare a name with a literal, as in `project_class = '3'`",
                    );
                }
            }
        }
        Sql::InList { expr, list, negated } => {
            let name = name(expr, facts, names)?;
            if list.is_empty() {
                return refuse(sql, "IN 的列表为空", "the list of IN is empty");
            }
            let values = list.iter().map(literal).collect::<Result<_, _>>()?;
            not_if(*negated, Expr::In(name, values))
        }
        Sql::Between { expr, negated, low, high } => {
            let name = name(expr, facts, names)?;
            let from = Expr::Compare(name.clone(), Op::GreaterEq, literal(low)?);
            let to = Expr::Compare(name, Op::LessEq, literal(high)?);
            not_if(*negated, Expr::All(vec![from, to]))
        }
        Sql::Like { negated, any: false, expr, pattern, escape_char: None } => {
            let name = name(expr, facts, names)?;
            let Literal::Text(pattern) = literal(pattern)? else {
                return refuse(
                    sql,
                    "LIKE 须用单引号中的模式，如 `land_class LIKE '07%'`",
                    "LIKE needs a pattern in single quotes, as in `land_class LIKE '07%'`",
                );
            };
            not_if(*negated, Expr::Like(name, pattern))
        }
        Sql::IsNull(expr) => Expr::IsNull(name(expr, facts, names)?),
        Sql::IsNotNull(expr) => Expr::Not(Box::new(Expr::IsNull(name(expr, facts, names)?))),
        Sql::Identifier(_) => Expr::Flag(name(sql, facts, names)?),
        Sql::ILike { .. } => {
            return refuse(
                sql,
                "规则的筛选条件不支持 ILIKE；LIKE 区分大小写",
                "ILIKE is not part of rule filters; LIKE is case-sensitive",
            );
        }
        _ => return refuse_other(sql, sql),
    })
}

/// The conditions of `a AND b AND c …` (or of OR) in order. The tree is as deep as the chain is long, so it
/// is followed in a loop: a long list of codes must not exhaust the stack.
fn chain<'s>(sql: &'s Sql, joint: &BinaryOperator) -> Vec<&'s Sql> {
    let mut parts = Vec::new();
    let mut rest = sql;
    while let Sql::BinaryOp { left, op, right } = rest
        && op == joint
    {
        parts.push(&**right);
        rest = left;
    }
    parts.push(rest);
    parts.reverse();
    parts
}

fn refuse<T>(sql: &Sql, zh: impl fmt::Display, en: impl fmt::Display) -> Result<T, FilterError> {
    let words = "=, <>, <, <=, >, >=, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT";
    let reason = Text::new(format!("{zh}；筛选条件可用 {words}"), format!("{en}; filters know {words}"));
    Err(FilterError::at(sql.span(), reason))
}

/// What is SQL, and no part of rule filters.
fn refuse_other<T>(sql: &Sql, other: &dyn fmt::Display) -> Result<T, FilterError> {
    refuse(sql, format!("规则的筛选条件不支持 `{other}`"), format!("`{other}` is not part of rule filters"))
}

fn comparison(op: &BinaryOperator) -> Option<Op> {
    Some(match op {
        BinaryOperator::Eq => Op::Eq,
        BinaryOperator::NotEq => Op::NotEq,
        BinaryOperator::Lt => Op::Less,
        BinaryOperator::LtEq => Op::LessEq,
        BinaryOperator::Gt => Op::Greater,
        BinaryOperator::GtEq => Op::GreaterEq,
        _ => return None,
    })
}

fn name(sql: &Sql, facts: bool, names: &mut Names) -> Result<String, FilterError> {
    let Sql::Identifier(ident) = sql else {
        return refuse(sql, format!("`{sql}` 不是字段名"), format!("`{sql}` is not the name of a field"));
    };
    if !facts && vocabulary::FACTS.contains(&ident.value.as_str()) {
        return refuse(
            sql,
            format!("`{}` 由判断计算得出，只能用于例外的条件", ident.value),
            format!("`{}` is measured by the test and is known only in an exception", ident.value),
        );
    }
    names.entry(ident.value.clone()).or_insert(ident.span.start.column as usize);
    Ok(ident.value.clone())
}

fn literal(sql: &Sql) -> Result<Literal, FilterError> {
    match as_literal(sql)? {
        Some(value) => Ok(value),
        None => refuse(
            sql,
            format!("`{sql}` 不是常量：文本写在单引号中，或写数值"),
            format!("`{sql}` is not a literal: write text in single quotes or a number"),
        ),
    }
}

/// The literal, when it is one.
fn as_literal(sql: &Sql) -> Result<Option<Literal>, FilterError> {
    let number = |text: &str, sign: f64| {
        let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
        match (text.parse::<i64>(), value) {
            (Ok(whole), _) => Ok(Some(Literal::Whole(if sign < 0.0 { -whole } else { whole }))),
            (Err(_), Some(value)) => Ok(Some(Literal::Number(sign * value))),
            (Err(_), None) => refuse(
                sql,
                format!("`{text}` 不是可以比较的数值"),
                format!("`{text}` is not a number that can be compared"),
            ),
        }
    };
    match sql {
        Sql::Nested(inner) => as_literal(inner),
        Sql::UnaryOp { op: UnaryOperator::Minus, expr } => match expr.as_ref() {
            Sql::Value(value) => match &value.value {
                Value::Number(text, _) => number(text, -1.0),
                _ => Ok(None),
            },
            _ => Ok(None),
        },
        Sql::Value(value) => match &value.value {
            Value::SingleQuotedString(text) if text.trim().is_empty() => refuse(
                sql,
                "空文本视为 NULL；请写 IS NULL 或 IS NOT NULL",
                "empty text counts as NULL; write IS NULL or IS NOT NULL",
            ),
            Value::SingleQuotedString(text) => Ok(Some(Literal::Text(text.clone()))),
            Value::Number(text, _) => number(text, 1.0),
            Value::Boolean(value) => Ok(Some(Literal::Flag(*value))),
            Value::Null => refuse(
                sql,
                "任何值都不等于 NULL；请写 IS NULL 或 IS NOT NULL",
                "nothing equals NULL; write IS NULL or IS NOT NULL",
            ),
            _ => refuse(
                sql,
                format!("筛选条件不支持 `{sql}` 这种常量"),
                format!("`{sql}` is not a literal of rule filters"),
            ),
        },
        _ => Ok(None),
    }
}
