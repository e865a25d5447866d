//! What a predicate looks at: the selected features of one subject layer, and the zones they are held against.

use arrow_buffer::BooleanBuffer;
use sanxian_model::{AreaSum, Layer, Measure, OverlapPair, OverlapTable, Role, SquareMetres};

use crate::columns::{Columns, View};
use crate::error::RuleError;
use crate::facts::Facts;
use crate::filter::{Filter, Unknown, evaluate, undetermined};
use crate::not_run::Reason;
use crate::rule::Rule;

/// Everything that one predicate needs for one subject layer.
pub(crate) struct RuleInput<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) facts: &'a dyn Facts,
    pub(crate) role: &'a Role,
    pub(crate) columns: &'a Columns<'a>,
    /// Which rows of the subject layer the rule means.
    pub(crate) rows: BooleanBuffer,
    /// The zones, when the predicate has some.
    pub(crate) zones: Option<Zones<'a>>,
    /// Largest area that is let pass.
    pub(crate) tolerance: SquareMetres,
}

/// The zone side of a input.
pub(crate) struct Zones<'a> {
    pub(crate) role: &'a Role,
    pub(crate) table: &'a OverlapTable,
    /// Which rows of the zone layer count; none means all.
    pub(crate) chosen: Option<BooleanBuffer>,
}

/// What a subject shares with the zones that count, each spot once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shared {
    pub(crate) area: SquareMetres,
    pub(crate) planar: SquareMetres,
}

/// What a predicate found: a feature (or the layer as a whole) over its limit.
#[derive(Debug)]
pub(crate) struct Violation {
    /// Row of the subject; none when the layer as a whole is meant.
    pub(crate) row: Option<u32>,
    /// Zone rows involved, with the area shared with each.
    pub(crate) zones: Vec<(u32, SquareMetres)>,
    pub(crate) measure: Measure,
    /// Area shared with the zones, for the conditions of exceptions.
    pub(crate) overlap: SquareMetres,
    /// Area of the subject, for the same.
    pub(crate) area: SquareMetres,
}

/// Why a rule stopped before it had an answer.
#[derive(Debug)]
pub(crate) enum Unjudged {
    /// The data lack something; the rule is reported as not run.
    NotRun(Reason),
    /// The rule itself is wrong for this layer.
    Error(RuleError),
}

impl From<RuleError> for Unjudged {
    fn from(error: RuleError) -> Self {
        Self::Error(error)
    }
}

/// The rows of a layer that a filter takes, and those of which nobody knows whether it takes them.
pub(crate) struct Selection {
    pub(crate) rows: BooleanBuffer,
    /// Why some rows could not be judged; none when every row could.
    pub(crate) gap: Option<Reason>,
    /// Whether no row at all could be judged.
    pub(crate) blind: bool,
}

/// Puts a filter to every row of a layer.
///
/// # Errors
/// When the filter does not fit the layer.
pub(crate) fn select(
    rule: &Rule,
    role: &Role,
    columns: &Columns<'_>,
    filter: &Filter,
) -> Result<Selection, RuleError> {
    let view = View::whole(&rule.name, columns);
    let rows = evaluate(filter, &view)?.yes;
    let not_known = Unknown {
        values: &|name| columns.unknown(name),
        groups: &|name, codes| columns.groups_of(name, codes),
    };
    let unknown = &undetermined(filter, &view, &not_known)? & &!&rows;
    let features = unknown.count_set_bits();
    if features == 0 {
        return Ok(Selection { rows, gap: None, blind: false });
    }
    let field = columns.blame(filter, &unknown);
    let layer = columns.layer().source.layer.to_string();
    let gap = if columns.layer().column(&field).is_none() {
        Reason::FieldMissing { role: role.clone(), layer, field }
    } else {
        Reason::ValueUnknown { role: role.clone(), layer, field, features }
    };
    Ok(Selection { blind: features == columns.layer().len(), rows, gap: Some(gap) })
}

impl<'a> RuleInput<'a> {
    pub(crate) fn layer(&self) -> &'a Layer {
        self.columns.layer()
    }

    /// Rows of the subject layer that the rule means, in order.
    pub(crate) fn selected(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.set_indices()
    }

    pub(crate) fn area(&self, row: usize) -> SquareMetres {
        self.facts.area(self.role, row)
    }

    /// What one subject shares with the zones that count.
    pub(crate) fn shared(&self, row: usize) -> Shared {
        let zones = self.zones();
        let pairs = zones.table.of_subject(row);
        let net =
            |area: fn(&OverlapPair) -> SquareMetres| zones.counting(pairs).map(area).sum::<AreaSum>().area();
        let left_out = zones.counting(pairs).count() < pairs.len();
        if left_out && zones.counting(pairs).any(|pair| pair.net < pair.area) {
            let rows: Vec<u32> = zones.counting(pairs).map(|pair| pair.zone).collect();
            let (area, planar) = self.facts.union(self.role, row, zones.role, &rows);
            return Shared { area, planar };
        }
        Shared { area: net(|pair| pair.net), planar: net(|pair| pair.net_planar) }
    }

    /// The zone rows that one subject lies on, of those that count.
    pub(crate) fn zone_rows(&self, row: usize) -> Vec<(u32, SquareMetres)> {
        let zones = self.zones();
        zones.counting(zones.table.of_subject(row)).map(|pair| (pair.zone, pair.area)).collect()
    }

    fn zones(&self) -> &Zones<'a> {
        self.zones.as_ref().expect("the checker prepares zones for every predicate that names some")
    }
}

impl Zones<'_> {
    fn counting<'p>(&'p self, pairs: &'p [OverlapPair]) -> impl Iterator<Item = &'p OverlapPair> {
        pairs.iter().filter(|pair| self.chosen.as_ref().is_none_or(|chosen| chosen.value(pair.zone as usize)))
    }
}
