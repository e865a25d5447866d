//! Which features a filter takes, and of which nobody knows whether it takes them.

use arrow_buffer::{BooleanBuffer, BooleanBufferBuilder};
use sanxian_model::{Role, RoleLayers};

use super::columns::{Columns, View};
use crate::error::RuleError;
use crate::filter::{Filter, Unknown, evaluate, undetermined};
use crate::not_run::Reason;
use crate::rule::Rule;

/// The layers of one role as filters see them.
pub(super) struct RoleColumns<'a> {
    pub(super) layers: RoleLayers<'a>,
    /// Those of each layer.
    pub(super) columns: Vec<Columns<'a>>,
}

/// The features of a role that a filter takes.
pub(super) struct Selection {
    pub(super) rows: BooleanBuffer,
    /// Why some features could not be judged, by layer; none when every feature could.
    pub(super) gaps: Vec<Reason>,
    /// Whether no feature at all could be judged.
    pub(super) blind: bool,
}

impl<'a> RoleColumns<'a> {
    pub(super) fn new(layers: RoleLayers<'a>) -> Self {
        let columns = layers.layers().iter().map(|layer| Columns::new(&layer.role, layer)).collect();
        Self { layers, columns }
    }

    pub(super) fn role(&self) -> &'a Role {
        self.layers.role()
    }
}

/// Puts a filter to every feature of a role.
///
/// # Errors
/// When the filter does not fit a layer.
pub(super) fn select(rule: &Rule, role: &RoleColumns<'_>, filter: &Filter) -> Result<Selection, RuleError> {
    let of_layers: Vec<OfLayer> =
        role.columns.iter().map(|columns| of_layer(rule, columns, filter)).collect::<Result<_, _>>()?;
    let unknown: usize = of_layers.iter().map(|layer| layer.unknown).sum();
    Ok(Selection {
        rows: joined(of_layers.iter().map(|layer| &layer.rows)),
        blind: unknown > 0 && unknown == role.layers.len(),
        gaps: of_layers.into_iter().filter_map(|layer| layer.gap).collect(),
    })
}

/// What is known of the features of the layers of a role, one layer after the other.
pub(super) fn joined<'b>(buffers: impl IntoIterator<Item = &'b BooleanBuffer>) -> BooleanBuffer {
    let buffers: Vec<&BooleanBuffer> = buffers.into_iter().collect();
    if let [one] = buffers[..] {
        return one.clone();
    }
    let mut all = BooleanBufferBuilder::new(buffers.iter().map(|buffer| buffer.len()).sum());
    for buffer in buffers {
        all.append_buffer(buffer);
    }
    all.finish()
}

struct OfLayer {
    rows: BooleanBuffer,
    unknown: usize,
    gap: Option<Reason>,
}

fn of_layer(rule: &Rule, columns: &Columns<'_>, filter: &Filter) -> Result<OfLayer, RuleError> {
    let view = View::whole(&rule.name, columns);
    let rows = evaluate(filter, &view)?.yes;
    let not_known = Unknown {
        values: &|name| columns.unknown(name),
        groups: &|name, codes| columns.groups_of(name, codes),
    };
    let unknown = &undetermined(filter, &view, &not_known)? & &!&rows;
    let features = unknown.count_set_bits();
    if features == 0 {
        return Ok(OfLayer { rows, unknown: 0, gap: None });
    }
    let field = columns.blame(filter, &unknown);
    let role = columns.layer().role.clone();
    let layer = columns.layer().source.layer.to_string();
    let gap = if columns.layer().column(&field).is_none() {
        Reason::FieldMissing { role, layer, field }
    } else {
        Reason::ValueUnknown { role, layer, field, features }
    };
    Ok(OfLayer { rows, unknown: features, gap: Some(gap) })
}
