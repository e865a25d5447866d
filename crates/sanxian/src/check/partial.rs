//! What one part of a check measured.

use std::collections::BTreeMap;
use std::sync::Arc;

use sanxian_model::{Finding, LedgerRow, Metres, OverlapPair, PolygonColumn, Position, Role, SquareMetres};

use crate::plan::Plan;

/// What one part of a check measured.
#[derive(Debug, Clone, Default)]
pub struct Partial {
    /// Rows of the subject, with their areas.
    pub(super) areas: Vec<(u32, SquareMetres)>,
    /// Whether what is about no row of the subject is in it, and how often.
    pub(super) rests: usize,
    /// Areas of the features of the other layers.
    pub(super) other_areas: BTreeMap<Role, Vec<SquareMetres>>,
    pub(super) tables: BTreeMap<(Role, Role), Vec<OverlapPair>>,
    pub(super) unions: BTreeMap<UnionOf, (SquareMetres, SquareMetres)>,
    pub(super) twice: BTreeMap<Role, SquareMetres>,
    pub(super) accounts: Vec<LedgerRow>,
    pub(super) answers: BTreeMap<About, Answer>,
}

/// Subject, row, zone, rows.
pub(super) type UnionOf = (Role, u32, Role, Vec<u32>);

/// What a finding is about: rule, role, number of the feature.
pub(super) type About = (Arc<str>, Role, Option<u32>);

/// What geometry says about a finding.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) point: Option<Position>,
    pub(super) narrow: Option<(Metres, Metres)>,
    /// Without polygons for a finding that has none, or when shapes are not asked for.
    pub(super) shape: PolygonColumn,
}

impl Partial {
    /// Two parts as one. The order does not matter, nor what was merged before.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.areas.extend(other.areas);
        self.rests += other.rests;
        self.other_areas.extend(other.other_areas);
        for (key, pairs) in other.tables {
            self.tables.entry(key).or_default().extend(pairs);
        }
        self.unions.extend(other.unions);
        self.twice.extend(other.twice);
        self.accounts.extend(other.accounts);
        self.answers.extend(other.answers);
        self
    }

    /// How many patches were measured.
    #[must_use]
    pub fn len(&self) -> usize {
        self.areas.len()
    }

    /// Whether no patch was measured.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }

    /// Numbers the rows of the part's subject as the plan does.
    pub(super) fn number_by(&mut self, rows: &[u32], subject: &Role) {
        let number = |row: &mut u32| *row = rows[*row as usize];
        for ((from, _), pairs) in &mut self.tables {
            if from == subject {
                for pair in pairs {
                    number(&mut pair.subject);
                }
            }
        }
        self.accounts.iter_mut().for_each(|row| number(&mut row.subject));
        let renumbered = std::mem::take(&mut self.unions).into_iter().map(|(mut of, area)| {
            number(&mut of.1);
            (of, area)
        });
        self.unions = renumbered.collect();
        let renumbered = std::mem::take(&mut self.answers).into_iter().map(|(mut about, answer)| {
            about.2.iter_mut().for_each(number);
            (about, answer)
        });
        self.answers = renumbered.collect();
    }
}

/// What a finding of a plan is about.
pub(super) fn about(plan: &Plan, finding: &Finding) -> About {
    let layers = plan.of_role(&finding.role);
    let number =
        layers.zip(finding.row).map(|(layers, row)| layers.number(finding.layer, row as usize) as u32);
    (Arc::clone(&finding.rule), finding.role.clone(), number)
}
