//! Three-valued logic over a column of rows: true, false, or unknown because a value is missing.

use arrow_array::{Array, BooleanArray};
use arrow_buffer::BooleanBuffer;

/// For each row, whether a condition surely holds and whether it surely does not; neither means unknown.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Truth {
    pub(crate) yes: BooleanBuffer,
    pub(crate) no: BooleanBuffer,
}

impl Truth {
    /// Unknown in every row.
    pub(crate) fn unknown(rows: usize) -> Self {
        Self { yes: BooleanBuffer::new_unset(rows), no: BooleanBuffer::new_unset(rows) }
    }

    /// Known in every row.
    pub(crate) fn known(yes: BooleanBuffer) -> Self {
        let no = !&yes;
        Self { yes, no }
    }

    /// From a column of booleans, in which NULL is unknown.
    pub(crate) fn of(array: &BooleanArray) -> Self {
        match array.nulls() {
            Some(nulls) => {
                let known = nulls.inner();
                Self { yes: array.values() & known, no: &!array.values() & known }
            }
            None => Self::known(array.values().clone()),
        }
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        Self { yes: &self.yes & &other.yes, no: &self.no | &other.no }
    }

    pub(crate) fn or(&self, other: &Self) -> Self {
        Self { yes: &self.yes | &other.yes, no: &self.no & &other.no }
    }

    pub(crate) fn not(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_of_kleene_hold() {
        let three = [Some(true), Some(false), None];
        let pairs: Vec<_> = three.iter().flat_map(|a| three.iter().map(move |b| (*a, *b))).collect();
        let left = Truth::of(&pairs.iter().map(|p| p.0).collect::<BooleanArray>());
        let right = Truth::of(&pairs.iter().map(|p| p.1).collect::<BooleanArray>());
        let expected = |join: fn(Option<bool>, Option<bool>) -> Option<bool>| {
            Truth::of(&pairs.iter().map(|p| join(p.0, p.1)).collect::<BooleanArray>())
        };
        let and = expected(|a, b| match (a, b) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        });
        let or = expected(|a, b| match (a, b) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        });
        assert_eq!(left.and(&right), and);
        assert_eq!(left.or(&right), or);
        assert_eq!(left.clone().not().not(), left);
    }
}
