//! A set of cells of a coverage as polygons: where does its outline run, and which are its holes?
//!
//! Outlines follow the sides of the coverage vertex by vertex, so a region shares its edges exactly with
//! the patches beside it. Cells that touch at a corner only would make rings that touch themselves;
//! [`CellSet::open_corners`] removes such corners first.

use std::collections::BTreeMap;

use sanxian_model::Position;

use super::coverage::{Coverage, Side, twice_area};

/// A set of cells within a rectangle.
#[derive(Debug, Clone)]
pub(crate) struct CellSet {
    west: i64,
    south: i64,
    columns: i64,
    rows: i64,
    inside: Vec<bool>,
}

impl CellSet {
    /// The cells from (0, 0) on for which `inside` says yes.
    pub(crate) fn new(columns: i64, rows: i64, mut inside: impl FnMut(i64, i64) -> bool) -> Self {
        let mut cells = Vec::with_capacity((columns * rows) as usize);
        for j in 0..rows {
            for i in 0..columns {
                cells.push(inside(i, j));
            }
        }
        Self { west: 0, south: 0, columns, rows, inside: cells }
    }

    fn index(&self, i: i64, j: i64) -> Option<usize> {
        let (i, j) = (i - self.west, j - self.south);
        ((0..self.columns).contains(&i) && (0..self.rows).contains(&j))
            .then(|| (j * self.columns + i) as usize)
    }

    /// Whether cell (i, j) is in the set; no cell outside the rectangle is.
    pub(crate) fn has(&self, i: i64, j: i64) -> bool {
        self.index(i, j).is_some_and(|index| self.inside[index])
    }

    /// The set of these cells in the smallest rectangle that holds them.
    fn of_places(places: &[(i64, i64)]) -> Self {
        let (mut west, mut south, mut east, mut north) = (i64::MAX, i64::MAX, i64::MIN, i64::MIN);
        for &(i, j) in places {
            (west, east) = (west.min(i), east.max(i + 1));
            (south, north) = (south.min(j), north.max(j + 1));
        }
        let (columns, rows) = (east - west, north - south);
        let mut set = Self { west, south, columns, rows, inside: vec![false; (columns * rows) as usize] };
        for &(i, j) in places {
            let index = set.index(i, j).expect("the rectangle holds every place");
            set.inside[index] = true;
        }
        set
    }

    fn remove(&mut self, i: i64, j: i64) {
        if let Some(index) = self.index(i, j) {
            self.inside[index] = false;
        }
    }

    /// Number of cells in the set.
    pub(crate) fn count(&self) -> usize {
        self.inside.iter().filter(|inside| **inside).count()
    }

    /// Removes cells until no two touch at a corner only.
    pub(crate) fn open_corners(&mut self) {
        loop {
            let mut changed = false;
            for j in self.south..=self.south + self.rows {
                for i in self.west..=self.west + self.columns {
                    let [sw, se] = [self.has(i - 1, j - 1), self.has(i, j - 1)];
                    let [nw, ne] = [self.has(i - 1, j), self.has(i, j)];
                    if sw && ne && !se && !nw {
                        self.remove(i, j);
                        changed = true;
                    } else if se && nw && !sw && !ne {
                        self.remove(i - 1, j);
                        changed = true;
                    }
                }
            }
            if !changed {
                return;
            }
        }
    }

    /// The connected parts, those with most cells first (by first cell when even).
    pub(crate) fn parts(&self) -> Vec<Self> {
        let mut left = self.inside.clone();
        let mut parts = Vec::new();
        for start in 0..left.len() {
            if !left[start] {
                continue;
            }
            let mut part = Vec::new();
            let mut stack = vec![start];
            left[start] = false;
            while let Some(cell) = stack.pop() {
                let place = (self.west + cell as i64 % self.columns, self.south + cell as i64 / self.columns);
                part.push(place);
                for (a, b) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
                    if let Some(next) = self.index(place.0 + a, place.1 + b).filter(|&next| left[next]) {
                        left[next] = false;
                        stack.push(next);
                    }
                }
            }
            parts.push(Self::of_places(&part));
        }
        parts.sort_by_key(|part| std::cmp::Reverse(part.count()));
        parts
    }

    /// Number of sides between the set and what is around it.
    pub(crate) fn outline_sides(&self) -> usize {
        let mut sides = 0;
        for j in self.south..=self.south + self.rows {
            for i in self.west..=self.west + self.columns {
                sides += usize::from(self.has(i, j) != self.has(i - 1, j));
                sides += usize::from(self.has(i, j) != self.has(i, j - 1));
            }
        }
        sides
    }

    /// The set as one polygon on a coverage: the exterior ring counter-clockwise, then the holes clockwise.
    ///
    /// The set must be one part without corner contacts; see [`Self::parts`] and [`Self::open_corners`].
    pub(crate) fn polygon(&self, coverage: &Coverage) -> Vec<Vec<Position>> {
        // Each side of the outline, keyed by the node it leaves, with the set on its left.
        let mut leaving: BTreeMap<(i64, i64), Step> = BTreeMap::new();
        for j in self.south..=self.south + self.rows {
            for i in self.west..=self.west + self.columns {
                match (self.has(i, j), self.has(i, j - 1)) {
                    (true, false) => leaving.insert((i, j), Step::new(Side::East, i, j, false)),
                    (false, true) => leaving.insert((i + 1, j), Step::new(Side::East, i, j, true)),
                    _ => None,
                };
                match (self.has(i - 1, j), self.has(i, j)) {
                    (true, false) => leaving.insert((i, j), Step::new(Side::North, i, j, false)),
                    (false, true) => leaving.insert((i, j + 1), Step::new(Side::North, i, j, true)),
                    _ => None,
                };
            }
        }
        let mut rings = Vec::new();
        while let Some((&start, _)) = leaving.first_key_value() {
            let mut ring = Vec::new();
            let mut node = start;
            while let Some(step) = leaving.remove(&node) {
                coverage.side(step.side, step.i, step.j, step.backwards, &mut ring);
                node = step.end();
            }
            ring.push(ring[0]);
            rings.push(ring);
        }
        // One part has one exterior, the only ring that runs counter-clockwise.
        rings.sort_by_key(|ring| twice_area(ring) < 0.0);
        rings
    }
}

/// One side of an outline and the way it is run.
#[derive(Debug, Clone, Copy)]
struct Step {
    side: Side,
    i: i64,
    j: i64,
    backwards: bool,
}

impl Step {
    fn new(side: Side, i: i64, j: i64, backwards: bool) -> Self {
        Self { side, i, j, backwards }
    }

    fn end(self) -> (i64, i64) {
        match (self.side, self.backwards) {
            (_, true) => (self.i, self.j),
            (Side::East, false) => (self.i + 1, self.j),
            (Side::North, false) => (self.i, self.j + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat() -> Coverage {
        Coverage {
            seed: 1,
            origin: [0.0, 0.0],
            cell: 10.0,
            halvings: vec![1],
            parts_per_metre: 1000.0,
            island_every: 0,
            straight: vec![[-1, -1, 20, 20]],
        }
    }

    #[test]
    fn a_ring_of_cells_has_one_hole() {
        let set = CellSet::new(5, 5, |i, j| (1..4).contains(&i) && (1..4).contains(&j) && (i, j) != (2, 2));
        let polygon = set.polygon(&flat());
        let areas: Vec<f64> = polygon.iter().map(|ring| twice_area(ring) / 2.0).collect();
        assert_eq!(areas, [900.0, -100.0]);
        assert_eq!(set.outline_sides(), 16);
    }

    #[test]
    fn corner_contacts_are_opened_and_parts_told_apart() {
        let mut set = CellSet::new(6, 3, |i, j| matches!((i, j), (0..=1, 0) | (2 | 4..=5, 1)));
        set.open_corners();
        let parts = set.parts();
        assert_eq!(parts.iter().map(CellSet::count).collect::<Vec<_>>(), [2, 2]);
        assert!(!set.has(2, 1));
    }
}
