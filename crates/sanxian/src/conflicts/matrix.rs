//! Areas by what two plans say: the class × class matrix and what only one of them covers.

use std::collections::BTreeMap;

use sanxian_geom::{Claim, Claims};
use sanxian_model::{AreaSum, SquareMetres};

use super::answer::Answer;
use super::kind::ConflictKind;

/// The ground about which two plans give one pair of answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// What the plans say; none where a class is not known.
    pub answers: [Option<Answer>; 2],
    /// How the answers differ.
    pub kind: ConflictKind,
    /// Area on the ellipsoid. Ground that one plan claims twice counts for the earliest of its features.
    pub area: SquareMetres,
}

/// The ground that one plan covers and the other does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncovered {
    /// Which plan covers it: 0 or 1.
    pub plan: usize,
    /// What it says; none where the class is not known.
    pub answer: Option<Answer>,
    /// Area on the ellipsoid.
    pub area: SquareMetres,
}

/// The cells that have area, in the order of their answers.
pub(super) fn cells(claims: &Claims, answers: &[Vec<Option<Answer>>; 2]) -> Vec<Cell> {
    let mut sums: BTreeMap<[Option<Answer>; 2], AreaSum> = BTreeMap::new();
    for pair in &claims.pairs {
        let answers = [answers[0][pair.subject as usize], answers[1][pair.zone as usize]];
        *sums.entry(answers).or_insert(AreaSum::ZERO) += pair.net;
    }
    let cell = |(answers, sum): ([Option<Answer>; 2], AreaSum)| Cell {
        answers,
        kind: ConflictKind::of(answers[0], answers[1]),
        area: sum.area(),
    };
    sums.into_iter().map(cell).filter(|cell| cell.area > SquareMetres::ZERO).collect()
}

/// What only one plan covers, by plan and answer.
pub(super) fn uncovered(claims: &Claims, answers: &[Vec<Option<Answer>>; 2]) -> Vec<Uncovered> {
    let mut sums: BTreeMap<(usize, Option<Answer>), AreaSum> = BTreeMap::new();
    for (plan, claims) in [&claims.first, &claims.second].into_iter().enumerate() {
        for (claim, answer) in claims.iter().zip(&answers[plan]) {
            *sums.entry((plan, *answer)).or_insert(AreaSum::ZERO) += claim.alone.ellipsoidal;
        }
    }
    let uncovered = |((plan, answer), sum): ((usize, Option<Answer>), AreaSum)| Uncovered {
        plan,
        answer,
        area: sum.area(),
    };
    sums.into_iter().map(uncovered).filter(|uncovered| uncovered.area > SquareMetres::ZERO).collect()
}

/// Ground that features of one plan claim again.
pub(super) fn claimed_again(claims: &[Claim]) -> SquareMetres {
    claims.iter().map(|claim| claim.again.ellipsoidal).sum::<AreaSum>().area()
}
