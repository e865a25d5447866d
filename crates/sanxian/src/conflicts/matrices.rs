//! Areas by what each two of the plans say.

use std::collections::BTreeMap;

use sanxian_geom::Claims;
use sanxian_model::conflict::{Cell, Matrix, Uncovered};
use sanxian_model::{Answer, AreaSum, ConflictKind, SquareMetres};

use super::answers::Answers;

/// The matrix of two plans.
pub(super) fn matrix(claims: &Claims, plans: [usize; 2], answers: &Answers) -> Matrix {
    Matrix { plans, cells: cells(claims, plans, answers), uncovered: uncovered(claims, plans, answers) }
}

fn cells(claims: &Claims, [first, second]: [usize; 2], answers: &Answers) -> Vec<Cell> {
    let mut sums: BTreeMap<[u16; 2], AreaSum> = BTreeMap::new();
    for pair in &claims.pairs {
        let numbers = [answers.number(first, Some(pair.subject)), answers.number(second, Some(pair.zone))];
        *sums.entry(numbers).or_insert(AreaSum::ZERO) += pair.net;
    }
    let cell = |([a, b], sum): ([u16; 2], AreaSum)| {
        let answers = [answers.at(first, a), answers.at(second, b)];
        Cell { answers, kind: ConflictKind::of(answers[0], answers[1]), area: sum.area() }
    };
    sums.into_iter().map(cell).filter(|cell| cell.area > SquareMetres::ZERO).collect()
}

fn uncovered(claims: &Claims, plans: [usize; 2], answers: &Answers) -> Vec<Uncovered> {
    let mut sums: BTreeMap<(usize, Answer), AreaSum> = BTreeMap::new();
    for (plan, claims) in plans.into_iter().zip([&claims.first, &claims.second]) {
        for (claim, row) in claims.iter().zip(0_u32..) {
            *sums.entry((plan, answers.of_row(plan, row))).or_insert(AreaSum::ZERO) +=
                claim.alone.ellipsoidal;
        }
    }
    let uncovered =
        |((plan, answer), sum): ((usize, Answer), AreaSum)| Uncovered { plan, answer, area: sum.area() };
    sums.into_iter().map(uncovered).filter(|uncovered| uncovered.area > SquareMetres::ZERO).collect()
}
