//! Patches that tile a county: which vertices does patch (i, j) have?
//!
//! Patches are cells of a grid whose nodes are moved and whose sides are fractal: midpoint displacement,
//! each level with half the angle of the one above. Neighbours ask for their common side by its place in
//! the grid, so they get the same vertices to the last bit. A cell may hold an island: a small patch of its
//! own that fills a hole in the cell exactly.
//!
//! Sides never cross. A node moves by at most 0.17 of a cell, so two sides meet at 35° or more; all levels
//! together turn a side by less than 17.7° at either end, and less than that in between.

use sanxian_model::Position;

use super::random::Random;

/// Kinds of places in the random streams.
const NODE: u64 = 1;
const EAST_SIDE: u64 = 2;
const NORTH_SIDE: u64 = 3;
const ISLAND: u64 = 4;

/// How far a node moves, in cells.
const NODE_SHIFT: f64 = 0.17;
/// Height of the first midpoint over its chord: 2 · 0.078 is the tangent of 8.9°.
const FIRST_HEIGHT: f64 = 0.078;

/// A grid of patches.
#[derive(Debug, Clone)]
pub(crate) struct Coverage {
    /// Same seed, same coverage.
    pub(crate) seed: u64,
    /// South-west corner, metres.
    pub(crate) origin: Position,
    /// Side of a cell, metres.
    pub(crate) cell: f64,
    /// Each side is drawn from this list: halvings, so 3 means eight segments.
    pub(crate) halvings: Vec<u32>,
    /// Coordinates are rounded to one part in that many of a metre, as surveyors do.
    pub(crate) parts_per_metre: f64,
    /// One cell in that many holds an island; 0 for none.
    pub(crate) island_every: usize,
    /// Rectangles of cells with straight sides and corners on the grid: `[west, south, east, north]`, the
    /// last two excluded. Planted shapes need such ground, where every area follows from the plan.
    pub(crate) straight: Vec<[i64; 4]>,
}

/// Which side of which node: it runs east or north from node (i, j).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// From node (i, j) to (i + 1, j).
    East,
    /// From node (i, j) to (i, j + 1).
    North,
}

impl Coverage {
    fn round(&self, value: f64) -> f64 {
        (value * self.parts_per_metre).round() / self.parts_per_metre
    }

    fn is_straight(&self, i: i64, j: i64) -> bool {
        self.straight
            .iter()
            .any(|&[west, south, east, north]| (west..east).contains(&i) && (south..north).contains(&j))
    }

    /// Where the grid has its node (i, j), unmoved.
    pub(crate) fn grid_point(&self, i: i64, j: i64) -> Position {
        [self.origin[0] + i as f64 * self.cell, self.origin[1] + j as f64 * self.cell]
    }

    fn node(&self, i: i64, j: i64) -> Position {
        let [x, y] = self.grid_point(i, j);
        let fixed = [(0, 0), (-1, 0), (0, -1), (-1, -1)].iter().any(|&(a, b)| self.is_straight(i + a, j + b));
        if fixed {
            return [x, y];
        }
        let mut random = Random::at(self.seed, NODE, i, j);
        let shift = NODE_SHIFT * self.cell;
        [self.round(x + random.signed() * shift), self.round(y + random.signed() * shift)]
    }

    /// Adds the vertices of a side to `out`, its last one left out; `backwards` runs it from its far end.
    pub(crate) fn side(&self, side: Side, i: i64, j: i64, backwards: bool, out: &mut Vec<Position>) {
        let (kind, next, across) = match side {
            Side::East => (EAST_SIDE, (i + 1, j), (i, j - 1)),
            Side::North => (NORTH_SIDE, (i, j + 1), (i - 1, j)),
        };
        let (a, b) = (self.node(i, j), self.node(next.0, next.1));
        let start = out.len();
        out.push(a);
        if !self.is_straight(i, j) && !self.is_straight(across.0, across.1) {
            let mut random = Random::at(self.seed, kind, i, j);
            let depth = *random.pick(&self.halvings);
            self.halve(a, b, depth, FIRST_HEIGHT, &mut random, out);
        }
        out.push(b);
        if backwards {
            out[start..].reverse();
        }
        out.pop();
    }

    /// Adds what lies strictly between `a` and `b`.
    fn halve(
        &self,
        a: Position,
        b: Position,
        depth: u32,
        height: f64,
        random: &mut Random,
        out: &mut Vec<Position>,
    ) {
        if depth == 0 {
            return;
        }
        let lift = random.signed() * height;
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let middle = [
            self.round(f64::midpoint(a[0], b[0]) - dy * lift),
            self.round(f64::midpoint(a[1], b[1]) + dx * lift),
        ];
        self.halve(a, middle, depth - 1, height / 2.0, random, out);
        out.push(middle);
        self.halve(middle, b, depth - 1, height / 2.0, random, out);
    }

    /// The outline of cell (i, j): counter-clockwise and closed.
    pub(crate) fn outline(&self, i: i64, j: i64, out: &mut Vec<Position>) {
        let start = out.len();
        self.side(Side::East, i, j, false, out);
        self.side(Side::North, i + 1, j, false, out);
        self.side(Side::East, i, j + 1, true, out);
        self.side(Side::North, i, j, true, out);
        out.push(out[start]);
    }

    /// The island in cell (i, j), counter-clockwise and closed, if it has one. It lies within 0.12 cells of
    /// the middle, where no side comes.
    pub(crate) fn island(&self, i: i64, j: i64) -> Option<Vec<Position>> {
        // Eight directions a bit off the axes; squares of both numbers add up to about one.
        const DIRECTIONS: [[f64; 2]; 8] = [
            [0.98, 0.19],
            [0.56, 0.83],
            [-0.19, 0.98],
            [-0.83, 0.56],
            [-0.98, -0.19],
            [-0.56, -0.83],
            [0.19, -0.98],
            [0.83, -0.56],
        ];
        if self.island_every == 0 || self.is_straight(i, j) {
            return None;
        }
        let mut random = Random::at(self.seed, ISLAND, i, j);
        if random.below(self.island_every) != 0 {
            return None;
        }
        let corners = [self.node(i, j), self.node(i + 1, j), self.node(i, j + 1), self.node(i + 1, j + 1)];
        let middle = |axis: usize| corners.iter().map(|corner| corner[axis]).sum::<f64>() / 4.0;
        let (x, y) = (middle(0), middle(1));
        let mut ring: Vec<Position> = DIRECTIONS
            .iter()
            .map(|direction| {
                let radius = self.cell * (0.08 + 0.04 * random.unit());
                [self.round(x + direction[0] * radius), self.round(y + direction[1] * radius)]
            })
            .collect();
        ring.push(ring[0]);
        Some(ring)
    }
}

/// The same ring the other way round: an island's outline as the hole that it fills.
pub(crate) fn reversed(ring: &[Position]) -> Vec<Position> {
    ring.iter().rev().copied().collect()
}

/// Twice the signed area of a closed ring, from its first vertex so that digits go to the shape.
pub(crate) fn twice_area(ring: &[Position]) -> f64 {
    let [x, y] = ring[0];
    ring.windows(2).map(|e| (e[0][0] - x) * (e[1][1] - y) - (e[1][0] - x) * (e[0][1] - y)).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn coverage() -> Coverage {
        Coverage {
            seed: 5,
            origin: [500_000.0, 3_700_000.0],
            cell: 100.0,
            halvings: vec![2, 3],
            parts_per_metre: 10_000.0,
            island_every: 4,
            straight: vec![[3, 3, 5, 5]],
        }
    }

    #[test]
    fn every_inner_segment_is_run_once_each_way() {
        let mut runs: HashMap<[u64; 4], i32> = HashMap::new();
        let mut count = |ring: &[Position]| {
            for e in ring.windows(2) {
                let ends = [e[0], e[1]].map(|p| p.map(f64::to_bits));
                *runs.entry([ends[0][0], ends[0][1], ends[1][0], ends[1][1]]).or_default() += 1;
            }
        };
        let coverage = coverage();
        let mut area = 0.0;
        for i in 0..8 {
            for j in 0..8 {
                let mut ring = Vec::new();
                coverage.outline(i, j, &mut ring);
                area += twice_area(&ring) / 2.0;
                count(&ring);
                if let Some(island) = coverage.island(i, j) {
                    count(&island);
                    count(&reversed(&island));
                }
            }
        }
        assert!(runs.values().all(|&n| n == 1));
        let border = runs.keys().filter(|k| !runs.contains_key(&[k[2], k[3], k[0], k[1]])).count();
        // Four borders of eight sides with four or eight segments each.
        assert!((128..=256).contains(&border), "{border} segments have no partner");
        assert!((area - 640_000.0).abs() < 20_000.0);
    }

    #[test]
    fn straight_ground_is_exact() {
        let mut ring = Vec::new();
        coverage().outline(3, 4, &mut ring);
        let (x, y) = (500_300.0, 3_700_400.0);
        let square = [[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]];
        assert_eq!(ring, square);
    }
}
