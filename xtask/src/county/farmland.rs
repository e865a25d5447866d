//! Farmland of a bench county: which patches are permanent basic farmland, and with which vertices?
//!
//! Half of them are copied from the patches to the last bit; of the other half every vertex is up to 0.3 m
//! off, as when one survey is drawn again over another.

use sanxian_model::Position;

use super::coverage::Coverage;
use super::random::{Random, bumps};

const JITTER: u64 = 11;
/// Metres.
const OFF_BY: f64 = 0.3;

/// Whether cell (i, j) is farmland: fields come in clusters, some 12 % of all cells.
pub(crate) fn is_farmland(seed: u64, i: i64, j: i64) -> bool {
    bumps(seed ^ 0xfa, i as f64 / 9.0, j as f64 / 9.0) > 0.672
}

/// The outline of a farmland cell, copied for one half of the cells and off by a bit for the other.
pub(crate) fn outline(coverage: &Coverage, i: i64, j: i64) -> Vec<Position> {
    let mut ring = Vec::new();
    coverage.outline(i, j, &mut ring);
    let mut random = Random::at(coverage.seed, JITTER, i, j);
    if random.below(2) == 0 {
        return ring;
    }
    let round = |value: f64| (value * coverage.parts_per_metre).round() / coverage.parts_per_metre;
    ring.pop();
    for position in &mut ring {
        *position = position.map(|value| round(value + random.signed() * OFF_BY));
    }
    ring.push(ring[0]);
    ring
}
