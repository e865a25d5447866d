//! Which features of the plans lie on each other where the plans contradict each other, by what they say.

use std::collections::{BTreeMap, HashMap};

use sanxian_geom::{Claim, Claims, Combinations, Extent, LayerIndex};
use sanxian_model::{OverlapPair, SquareMetres};

use super::answers::Answers;

/// Ground of a feature that another plan does not cover is none when it is less: rounding leaves less, and nobody draws it.
const SQUARE_CENTIMETRE: SquareMetres = SquareMetres(1e-4);

/// What each two of some plans claim, the plan of the lower number first.
pub(super) struct ClaimsOfPlans {
    pub(super) plans: usize,
    of_two: BTreeMap<[usize; 2], Claims>,
}

impl ClaimsOfPlans {
    /// What plans claim, by what each two do.
    pub(super) fn of(plans: usize, mut of_two: impl FnMut([usize; 2]) -> Claims) -> Self {
        let pairs = (0..plans).flat_map(|a| (a + 1..plans).map(move |b| [a, b]));
        Self { plans, of_two: pairs.map(|pair| (pair, of_two(pair))).collect() }
    }

    /// By pair of plans.
    pub(super) fn by_pair(&self) -> impl Iterator<Item = ([usize; 2], &Claims)> {
        self.of_two.iter().map(|(pair, claims)| (*pair, claims))
    }

    /// What the features of a plan claim, by the first pair that it is of.
    pub(super) fn of_plan(&self, plan: usize) -> Option<&[Claim]> {
        self.by_pair().find_map(|([a, b], claims)| match plan {
            _ if plan == a => Some(&*claims.first),
            _ if plan == b => Some(&*claims.second),
            _ => None,
        })
    }

    /// The features of a later plan that share ground with a feature.
    fn partners(&self, plan: usize, row: u32, later: usize) -> &[OverlapPair] {
        let pairs = &self.of_two[&[plan, later]].pairs;
        let start = pairs.partition_point(|pair| pair.subject < row);
        let count = pairs[start..].partition_point(|pair| pair.subject == row);
        &pairs[start..start + count]
    }

    fn share_ground(&self, (plan, row): (usize, u32), (later, other): (usize, u32)) -> bool {
        self.partners(plan, row, later).binary_search_by_key(&other, |pair| pair.zone).is_ok()
    }

    /// Whether another plan leaves some ground of a feature uncovered.
    fn is_alone(&self, (plan, row): (usize, u32), other: usize) -> bool {
        let claims = if plan < other {
            &self.of_two[&[plan, other]].first
        } else {
            &self.of_two[&[other, plan]].second
        };
        claims[row as usize].alone.ellipsoidal >= SQUARE_CENTIMETRE
    }
}

/// Combinations of features, one of each plan or none, that lie on each other and contradict each other, by the numbers of
/// their answers.
pub(super) fn contradicting(
    claims: &ClaimsOfPlans,
    answers: &Answers,
    indexes: &[&LayerIndex],
) -> BTreeMap<Vec<u16>, Combinations> {
    let mut search = Search {
        claims,
        answers,
        indexes,
        rows: vec![None; claims.plans],
        numbers: vec![0; claims.plans],
        contradict: HashMap::new(),
        found: BTreeMap::new(),
    };
    search.choose(0, None);
    search.found
}

/// Chooses a feature of each plan, or none, plan after plan.
struct Search<'a> {
    claims: &'a ClaimsOfPlans,
    answers: &'a Answers,
    indexes: &'a [&'a LayerIndex],
    /// What is chosen of the plans so far.
    rows: Vec<Option<u32>>,
    numbers: Vec<u16>,
    /// Whether answers of these numbers contradict each other.
    contradict: HashMap<Vec<u16>, bool>,
    found: BTreeMap<Vec<u16>, Combinations>,
}

impl Search<'_> {
    /// Chooses of a plan and those after it. `window` is the box that the chosen features share; none while none is chosen.
    fn choose(&mut self, plan: usize, window: Option<Extent>) {
        if plan == self.claims.plans {
            if window.is_some() {
                self.take();
            }
            return;
        }
        let first = (0..plan).find_map(|plan| Some((plan, self.rows[plan]?)));
        if let Some((earlier, row)) = first {
            let claims = self.claims;
            for pair in claims.partners(earlier, row, plan) {
                self.try_feature(plan, pair.zone, window);
            }
        } else {
            for row in 0..self.indexes[plan].polygons().len() as u32 {
                self.try_feature(plan, row, window);
            }
        }
        let alone = |(earlier, row): (usize, &Option<u32>)| {
            row.is_none_or(|row| self.claims.is_alone((earlier, row), plan))
        };
        if self.rows[..plan].iter().enumerate().all(alone) {
            self.set(plan, None);
            self.choose(plan + 1, window);
        }
    }

    /// Goes on with a feature, unless it has no ground with those that are chosen, or none where plans without one are.
    fn try_feature(&mut self, plan: usize, row: u32, window: Option<Extent>) {
        let extent = self.indexes[plan].extent(row as usize);
        let window = window.map_or(extent, |window| window.intersection(extent));
        let fits = |(earlier, chosen): (usize, &Option<u32>)| match chosen {
            Some(chosen) => self.claims.share_ground((earlier, *chosen), (plan, row)),
            None => self.claims.is_alone((plan, row), earlier),
        };
        if window.has_inside() && self.rows[..plan].iter().enumerate().all(fits) {
            self.set(plan, Some(row));
            self.choose(plan + 1, Some(window));
        }
    }

    fn set(&mut self, plan: usize, row: Option<u32>) {
        self.rows[plan] = row;
        self.numbers[plan] = self.answers.number(plan, row);
    }

    /// Takes what is chosen, if the answers contradict each other.
    fn take(&mut self) {
        let contradict = if let Some(known) = self.contradict.get(&self.numbers) {
            *known
        } else {
            let contradict = self.answers.contradict(&self.numbers);
            self.contradict.insert(self.numbers.clone(), contradict);
            contradict
        };
        if contradict {
            if !self.found.contains_key(&self.numbers) {
                self.found.insert(self.numbers.clone(), Combinations::of_layers(self.rows.len()));
            }
            if let Some(found) = self.found.get_mut(&self.numbers) {
                found.push(&self.rows);
            }
        }
    }
}

/// Pairs of features of one plan that lie on each other, by the numbers of their answers.
pub(super) fn claimed_twice(
    pairs: &[OverlapPair],
    plan: usize,
    answers: &Answers,
) -> BTreeMap<[u16; 2], Combinations> {
    let mut found: BTreeMap<[u16; 2], Combinations> = BTreeMap::new();
    for pair in pairs {
        let mut rows = [pair.subject, pair.zone].map(|row| (answers.number(plan, Some(row)), row));
        rows.sort_unstable();
        let [(a, first), (b, second)] = rows;
        found.entry([a, b]).or_insert_with(|| Combinations::of_layers(2)).push(&[Some(first), Some(second)]);
    }
    found
}
