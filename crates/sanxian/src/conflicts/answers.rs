//! What plans say: the answer of each feature, and how the answers of several features differ.

use std::collections::BTreeMap;

use sanxian_model::{Answer, ConflictKind, Layer, PlannedClass, RoleLayers, Scheme};

/// What the features of plans say, each answer of a plan by a number, so that combinations of answers are compared once.
pub(super) struct Answers {
    /// Of each plan, the answers that it gives, in order, and last that it does not cover a place.
    given: Vec<Vec<Answer>>,
    /// Of each plan, the number of the answer of each feature.
    of_rows: Vec<Vec<u16>>,
}

impl Answers {
    /// By what the features of each plan say ([`of_role`]).
    pub(super) fn of(plans: &[Vec<Answer>]) -> Self {
        let (mut given, mut of_rows) = (Vec::new(), Vec::new());
        for answers in plans {
            let mut numbers: BTreeMap<Answer, u16> = answers.iter().map(|answer| (*answer, 0)).collect();
            for (number, of_answer) in numbers.values_mut().enumerate() {
                // Schemes have some hundreds of classes.
                *of_answer = number as u16;
            }
            of_rows.push(answers.iter().map(|answer| numbers[answer]).collect());
            given.push(numbers.into_keys().chain([Answer::Nothing]).collect());
        }
        Self { given, of_rows }
    }

    /// The answer of a feature of a plan.
    pub(super) fn of_row(&self, plan: usize, row: u32) -> Answer {
        self.given[plan][usize::from(self.number(plan, Some(row)))]
    }

    /// The number of what a plan says by a feature, or without one.
    pub(super) fn number(&self, plan: usize, row: Option<u32>) -> u16 {
        match row {
            Some(row) => self.of_rows[plan][row as usize],
            None => self.given[plan].len() as u16 - 1,
        }
    }

    /// The answer of that number.
    pub(super) fn at(&self, plan: usize, number: u16) -> Answer {
        self.given[plan][usize::from(number)]
    }

    /// Whether the answers of those numbers, one of each plan, contradict each other.
    pub(super) fn contradict(&self, numbers: &[u16]) -> bool {
        let answers: Vec<Answer> =
            numbers.iter().enumerate().map(|(plan, number)| self.at(plan, *number)).collect();
        ConflictKind::among(&answers).0.is_conflict()
    }
}

/// What each feature of a role says.
pub(super) fn of_role(layers: RoleLayers<'_>) -> Vec<Answer> {
    layers.iter().flat_map(|(_, rows, layer)| (0..rows.len()).map(move |row| answer(layer, row))).collect()
}

/// What a feature says.
fn answer(layer: &Layer, row: usize) -> Answer {
    let class = || {
        let scheme = Scheme::parse(&layer.text("land_scheme", row)?).ok()?;
        PlannedClass::of(scheme, &layer.text("land_class", row)?)
    };
    class().map_or(Answer::Unknown, Answer::Class)
}
