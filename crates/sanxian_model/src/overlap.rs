//! Which feature of a subject layer shares how much area with which feature of a zone layer.

use crate::area::{AreaSum, SquareMetres};

/// One subject feature and one zone feature that share area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverlapPair {
    /// Row of the subject layer.
    pub subject: u32,
    /// Row of the zone layer.
    pub zone: u32,
    /// Shared area on the ellipsoid.
    pub area: SquareMetres,
    /// Shared area in the plane of the common CRS; zero in a geographic CRS, which has no plane.
    pub planar: SquareMetres,
    /// The part of `area` that no earlier zone feature of the same layer covers too. Equals `area` wherever
    /// the zones of the layer do not lie on top of each other, so `net` adds up to the area of the union.
    pub net: SquareMetres,
    /// The same for `planar`.
    pub net_planar: SquareMetres,
}

impl OverlapPair {
    /// A pair of which nothing is known to be covered by another zone.
    #[must_use]
    pub fn alone(subject: u32, zone: u32, area: SquareMetres, planar: SquareMetres) -> Self {
        Self { subject, zone, area, planar, net: area, net_planar: planar }
    }
}

/// All pairs of one subject layer and one zone layer, ordered by subject row, then zone row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OverlapTable {
    pairs: Vec<OverlapPair>,
    /// First pair of each subject row; one more entry than the subject has rows.
    starts: Vec<u32>,
}

impl OverlapTable {
    /// Builds the table from pairs that are already ordered by subject row, then zone row.
    ///
    /// # Panics
    /// When the pairs are out of order or name a row beyond `subjects`; that is a bug in the caller.
    #[must_use]
    pub fn from_ordered(pairs: Vec<OverlapPair>, subjects: usize) -> Self {
        assert!(
            pairs.is_sorted_by(|a, b| (a.subject, a.zone) < (b.subject, b.zone)),
            "pairs are out of order"
        );
        let mut starts = vec![0_u32; subjects + 1];
        for pair in &pairs {
            starts[pair.subject as usize + 1] += 1;
        }
        for row in 0..subjects {
            starts[row + 1] += starts[row];
        }
        Self { pairs, starts }
    }

    /// Every pair, without the table.
    #[must_use]
    pub fn into_pairs(self) -> Vec<OverlapPair> {
        self.pairs
    }

    /// Every pair.
    #[must_use]
    pub fn pairs(&self) -> &[OverlapPair] {
        &self.pairs
    }

    /// The pairs of one subject row.
    #[must_use]
    pub fn of_subject(&self, row: usize) -> &[OverlapPair] {
        &self.pairs[self.starts[row] as usize..self.starts[row + 1] as usize]
    }

    /// Sums over the pairs with some zones.
    #[must_use]
    pub fn total(&self, zones: impl Fn(u32) -> bool) -> OverlapTotal {
        let (mut area, mut planar) = (AreaSum::ZERO, AreaSum::ZERO);
        let (mut pairs, mut subjects) = (0, 0);
        for of_subject in self.pairs.chunk_by(|a, b| a.subject == b.subject) {
            let before = pairs;
            for pair in of_subject.iter().filter(|pair| zones(pair.zone)) {
                pairs += 1;
                area += pair.area;
                planar += pair.planar;
            }
            subjects += usize::from(pairs > before);
        }
        OverlapTotal { pairs, subjects, area: area.area(), planar: planar.area() }
    }
}

/// Pairs added up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OverlapTotal {
    /// How many there are.
    pub pairs: usize,
    /// How many subject rows are in one.
    pub subjects: usize,
    /// Sum of the shared areas.
    pub area: SquareMetres,
    /// The same in the plane.
    pub planar: SquareMetres,
}
