//! The sums of a comparison (统计): by kind, unit, line, department, cause, and rule of decision.
//!
//! Sums are kept as integers ([`AreaSum`]), so that they are the same in any order.

use std::collections::BTreeMap;
use std::sync::Arc;

use sanxian_model::conflict::Cause;
use sanxian_model::{AreaSum, ConflictKind, DifferencePatch, Role, SquareMetres};

use crate::conflicts::comparison::Comparison;
use crate::conflicts::kinds::is_decided;

/// Patches and their area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Total {
    /// How many.
    pub patches: usize,
    sum: AreaSum,
}

impl Total {
    /// Their area on the ellipsoid, as far as it is in what is counted.
    #[must_use]
    pub fn area(&self) -> SquareMetres {
        self.sum.area()
    }

    fn add(&mut self, area: SquareMetres) {
        self.patches += 1;
        self.sum += area;
    }
}

/// The sums of a comparison. All but [`Self::digitising`] are of the patches that stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Statistics {
    /// All patches but those of ground that a plan claims twice, which lie over others.
    pub all: Total,
    /// By kind, the gravest first, ground that a plan claims twice among them.
    pub kinds: BTreeMap<ConflictKind, Total>,
    /// Errors of digitising by kind.
    pub digitising: BTreeMap<ConflictKind, Total>,
    /// By administrative unit and, last, outside all of them, each with what lies in it: areas add up to that of all patches
    /// where units do not lie on each other. Empty when no units were given.
    pub units: Vec<(Option<u32>, Total)>,
    /// By line, each with what lies on it, in the order of precedence.
    pub lines: Vec<(Role, Total)>,
    /// By department concerned; a patch may concern several.
    pub departments: Vec<(Arc<str>, Total)>,
    /// By cause, of the patches on which plans say different things.
    pub causes: BTreeMap<Cause, Total>,
    /// The same by the rule that decides.
    pub ranks: BTreeMap<u8, Total>,
    /// Of the ground that the layers of each pair have in common, pair by pair; in no other sum.
    pub pairs: Vec<Total>,
}

impl Statistics {
    /// Adds up.
    #[must_use]
    pub fn of(comparison: &Comparison<'_>) -> Self {
        let mut statistics = Self::default();
        let (mut units, mut outside) = (BTreeMap::<u32, Total>::new(), Total::default());
        let mut departments = BTreeMap::<Arc<str>, Total>::new();
        for patch in comparison.patches {
            if patch.digitising.is_some() {
                statistics.digitising.entry(patch.kind).or_default().add(patch.area);
                continue;
            }
            statistics.kinds.entry(patch.kind).or_default().add(patch.area);
            // The same ground is in the patches of what plans say of it.
            if patch.kind == ConflictKind::ClaimedTwice {
                continue;
            }
            statistics.add(patch);
            let mut rest = AreaSum::from(patch.area);
            for unit in &patch.units {
                units.entry(unit.row).or_default().add(unit.area);
                rest = rest - AreaSum::from(unit.area);
            }
            // A square centimetre is what rounding leaves along the edges of units.
            if patch.units.is_empty() || rest.area().get() > 1e-4 {
                outside.patches += 1;
            }
            outside.sum += rest;
            for department in patch.decision.departments.iter() {
                departments.entry(department.clone()).or_default().add(patch.area);
            }
        }
        if comparison.units.is_some() {
            statistics.units = units.into_iter().map(|(unit, total)| (Some(unit), total)).collect();
            if outside.patches > 0 {
                statistics.units.push((None, outside));
            }
        }
        statistics.pairs = vec![Total::default(); comparison.pairs.len()];
        for patch in comparison.pair_patches.iter().filter(|patch| patch.digitising.is_none()) {
            statistics.pairs[patch.pair].add(patch.area);
        }
        statistics.lines.sort_by_key(|(role, _)| role.precedence());
        let order = comparison.guide.departments.iter();
        statistics.departments = order
            .filter_map(|department| Some((department.name.clone(), *departments.get(&department.name)?)))
            .collect();
        statistics
    }

    fn add(&mut self, patch: &DifferencePatch) {
        self.all.add(patch.area);
        if is_decided(patch) {
            self.causes.entry(patch.decision.cause).or_default().add(patch.area);
            self.ranks.entry(patch.decision.rank).or_default().add(patch.area);
        }
        for line in patch.lines.iter().filter(|line| line.role != Role::APPROVED) {
            if let Some((_, total)) = self.lines.iter_mut().find(|(role, _)| *role == line.role) {
                total.add(line.area);
            } else {
                self.lines.push((line.role.clone(), Total { patches: 1, sum: line.area.into() }));
            }
        }
    }

    /// Errors of digitising of all kinds.
    #[must_use]
    pub fn all_digitising(&self) -> Total {
        self.digitising.values().fold(Total::default(), |all, of_kind| Total {
            patches: all.patches + of_kind.patches,
            sum: all.sum + of_kind.sum,
        })
    }
}
