//! Urban boundary of a bench county: which patches does it hold, and where are its holes?
//!
//! Drawn along patch edges, so it shares its vertices with them; farmland inside is cut out as holes
//! (开天窗).

use super::farmland::is_farmland;
use super::random::bumps;
use super::region::CellSet;

/// The smallest town, in cells.
const SMALLEST: usize = 12;

/// The cells inside the boundary, one set for each feature, the largest first.
pub(crate) fn towns(seed: u64, columns: i64, rows: i64) -> Vec<CellSet> {
    let mut set = CellSet::new(columns, rows, |i, j| {
        bumps(seed ^ 0xb0, i as f64 / 25.0, j as f64 / 25.0) > 0.66 && !is_farmland(seed, i, j)
    });
    set.open_corners();
    set.parts().into_iter().take_while(|town| town.count() >= SMALLEST).collect()
}

/// Sub-zone of the town of that rank: the large ones are built up densely, of the others one in five is
/// elastic and one in nine is for special use.
pub(crate) fn sub_zone(rank: usize) -> (&'static str, &'static str) {
    match rank {
        rank if rank % 5 == 4 => ("420", "城镇弹性发展区"),
        rank if rank % 9 == 8 => ("430", "特别用途区"),
        _ => ("410", "城镇集中建设区"),
    }
}
