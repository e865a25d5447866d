//! What a predicate looks at: the selected features of one subject role, and the zones they are held against.

use arrow_buffer::BooleanBuffer;
use sanxian_model::{AreaSum, Measure, OverlapPair, OverlapTable, Role, RoleLayers, SquareMetres};

use crate::error::RuleError;
use crate::facts::Facts;
use crate::not_run::Reason;
use crate::rule::Rule;
use crate::selection::RoleColumns;

/// Everything that one predicate needs for the subjects of one role. Features are numbered through the layers of their
/// role.
pub(crate) struct RuleInput<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) facts: &'a dyn Facts,
    pub(crate) subjects: &'a RoleColumns<'a>,
    /// Which subjects the rule means.
    pub(crate) rows: BooleanBuffer,
    /// The zones, when the predicate has some.
    pub(crate) zones: Option<Zones<'a>>,
    /// Largest area that is let pass.
    pub(crate) tolerance: SquareMetres,
}

/// The zone side of an input.
pub(crate) struct Zones<'a> {
    pub(crate) role: &'a Role,
    pub(crate) table: &'a OverlapTable,
    /// Which zones count; none means all.
    pub(crate) chosen: Option<BooleanBuffer>,
}

/// What a subject shares with the zones that count, each spot once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shared {
    pub(crate) area: SquareMetres,
    pub(crate) planar: SquareMetres,
}

/// What a predicate says: what is over the limit, and why it says nothing about some subjects.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    pub(crate) violations: Vec<Violation>,
    pub(crate) gaps: Vec<Reason>,
}

impl From<Vec<Violation>> for Judged {
    fn from(violations: Vec<Violation>) -> Self {
        Self { violations, gaps: Vec::new() }
    }
}

/// What a predicate found: a feature (or the layers of the role as a whole) over its limit.
#[derive(Debug)]
pub(crate) struct Violation {
    /// Number of the subject; none when the layers as a whole are meant.
    pub(crate) row: Option<u32>,
    /// Zones involved by their numbers, with the area shared with each.
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
    NotRun(Vec<Reason>),
    /// The rule itself is wrong for this layer.
    Error(RuleError),
}

impl From<Reason> for Unjudged {
    fn from(reason: Reason) -> Self {
        Self::NotRun(vec![reason])
    }
}

impl From<RuleError> for Unjudged {
    fn from(error: RuleError) -> Self {
        Self::Error(error)
    }
}

impl<'a> RuleInput<'a> {
    pub(crate) fn layers(&self) -> RoleLayers<'a> {
        self.subjects.layers
    }

    pub(crate) fn role(&self) -> &'a Role {
        self.subjects.role()
    }

    /// Numbers of the subjects that the rule means, in order.
    pub(crate) fn selected(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.set_indices()
    }

    pub(crate) fn area(&self, row: usize) -> SquareMetres {
        self.facts.area(self.role(), row)
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
            let (area, planar) = self.facts.union(self.role(), row, zones.role, &rows);
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
