//! A filter that a user puts to a layer, apart from any rule.

use sanxian_model::nearest::nearest;
use sanxian_model::{Explain, Explanation, Layer, Text};

use super::columns::Columns;
use crate::filter::{Column, Filter, Lookup, evaluate};
use crate::vocabulary;

/// Why a filter does not fit a layer.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum LayerFilterError {
    /// The layer has no such column, and nothing that the word stands for.
    NoColumn {
        /// The filter as written.
        filter: String,
        /// The layer.
        layer: String,
        /// The name.
        name: String,
        /// The column that was probably meant.
        nearest: Option<String>,
        /// Columns there are.
        known: Vec<String>,
    },
    /// The filter compares a column with something of another kind.
    WrongKind {
        /// The filter as written.
        filter: String,
        /// The layer.
        layer: String,
        /// The name.
        name: String,
        /// What is compared with what.
        reason: Text,
    },
}

impl Explain for LayerFilterError {
    fn explain(&self) -> Explanation {
        match self {
            Self::NoColumn { filter, layer, name, nearest, known } => {
                let told = Explanation::new(
                    "filter-column-missing",
                    format!("图层 `{layer}` 没有筛选条件中的字段 `{name}`"),
                    format!("layer `{layer}` has no column `{name}`, which its filter names"),
                )
                .at(Text::new(format!("条件 {filter}"), format!("filter {filter}")));
                match nearest {
                    Some(meant) => {
                        told.advise(format!("是否想写 `{meant}`？"), format!("did you mean `{meant}`?"))
                    }
                    None => told.advise(
                        format!("从以下字段中选择：{}", known.join("、")),
                        format!("choose one of {}", known.join(", ")),
                    ),
                }
            }
            Self::WrongKind { filter, layer, name, reason } => Explanation::new(
                "filter-kind-differs",
                format!("筛选条件与图层 `{layer}` 的字段 `{name}` 类型不符（{}）", reason.zh),
                format!("the filter does not fit layer `{layer}`: column `{name}` {}", reason.en),
            )
            .at(Text::new(format!("条件 {filter}"), format!("filter {filter}")))
            .advise("文字用单引号，数字不用引号", "put text in single quotes, and numbers without quotes"),
        }
    }
}

/// The rows of a layer that surely meet a filter, in ascending order: a comparison with a missing value holds for none.
///
/// # Errors
/// [`LayerFilterError`] when the filter does not fit the layer.
pub fn rows_that_meet(layer: &Layer, filter: &Filter) -> Result<Vec<u32>, LayerFilterError> {
    let columns = Columns::new(&layer.role, layer);
    let met = evaluate(filter, &OfLayer(&columns))?.yes;
    Ok(met.set_indices().map(|row| row as u32).collect())
}

struct OfLayer<'a>(&'a Columns<'a>);

impl Lookup for OfLayer<'_> {
    type Error = LayerFilterError;

    fn rows(&self) -> usize {
        self.0.layer().len()
    }

    fn column(&self, name: &str, filter: &Filter) -> Result<Column, LayerFilterError> {
        let layer = self.0.layer();
        let is_there = name == vocabulary::ROLE || layer.column(name).is_some();
        if let Some(column) = self.0.get(name).filter(|_| is_there) {
            return Ok(column);
        }
        let own = layer.attributes.schema_ref().fields().iter().map(|field| field.name().clone());
        let known: Vec<String> = own.collect();
        let words = known.iter().map(String::as_str).chain(layer.fields.keys().map(String::as_str));
        Err(LayerFilterError::NoColumn {
            filter: filter.text().to_owned(),
            layer: layer.source.layer.to_string(),
            name: name.to_owned(),
            nearest: nearest(name, words),
            known,
        })
    }

    fn wrong_kind(&self, name: &str, filter: &Filter, reason: Text) -> LayerFilterError {
        LayerFilterError::WrongKind {
            filter: filter.text().to_owned(),
            layer: self.0.layer().source.layer.to_string(),
            name: name.to_owned(),
            reason,
        }
    }
}
