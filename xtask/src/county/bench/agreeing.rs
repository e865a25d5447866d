//! What a second plan says when it follows the first: the class that the first gives to the ground in the middle of a patch.

use sanxian_model::Position;

use super::classes::{ANOTHER, Class, POND, RURAL, URBAN};
use crate::county::coverage::Coverage;
use crate::county::random::Random;

/// Patches in a hundred that follow the first plan.
const FOLLOWING: usize = 95;

/// The class of cell (i, j) of `second`: that of `first` under its middle for most, another one for the rest.
///
/// `class` is what the first plan says of a cell. Ground that the first plan does not cover has any class.
pub(super) fn class(
    [first, second]: [&Coverage; 2],
    (i, j): (i64, i64),
    class: impl Fn(i64, i64) -> Option<Class>,
) -> Class {
    let mut random = Random::at(second.seed, ANOTHER, i, j);
    // Nodes and sides move too little to reach the middle of the grid's cell.
    let [x, y] = second.grid_point(i, j);
    let middle = [x + second.cell / 2.0, y + second.cell / 2.0];
    let under = cell_at(first, middle).and_then(|(i, j)| {
        let on_island = first.island(i, j).is_some_and(|island| holds(&island, middle));
        if on_island { Some(POND) } else { class(i, j) }
    });
    match under {
        Some(under) if random.below(100) < FOLLOWING => under,
        under => {
            let others: Vec<Class> =
                URBAN.into_iter().chain(RURAL).filter(|class| Some(*class) != under).collect();
            *random.pick(&others)
        }
    }
}

/// The cell that holds a point. Nodes and sides move by less than a cell.
fn cell_at(coverage: &Coverage, point: Position) -> Option<(i64, i64)> {
    let [i, j] = [0, 1].map(|axis| ((point[axis] - coverage.origin[axis]) / coverage.cell).floor() as i64);
    let mut ring = Vec::new();
    let around = (-1..=1).flat_map(|down| (-1..=1).map(move |along| (i + along, j + down)));
    std::iter::once((i, j)).chain(around).find(|cell| {
        ring.clear();
        coverage.outline(cell.0, cell.1, &mut ring);
        holds(&ring, point)
    })
}

/// Whether a closed ring goes round a point: crossings of the ray to the east are odd.
fn holds(ring: &[Position], [x, y]: Position) -> bool {
    let crossings = ring.windows(2).filter(|edge| {
        let [[ax, ay], [bx, by]] = [edge[0], edge[1]];
        (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage(seed: u64, cell: f64) -> Coverage {
        let halvings = vec![3, 4];
        let (parts_per_metre, straight) = (10_000.0, Vec::new());
        Coverage {
            seed,
            origin: [450_000.0, 3_700_000.0],
            cell,
            halvings,
            parts_per_metre,
            island_every: 5,
            straight,
        }
    }

    #[test]
    fn the_middle_of_the_grid_lies_in_its_cell() {
        let coverage = coverage(3, 100.0);
        for (i, j) in (0..30).flat_map(|j| (0..30).map(move |i| (i, j))) {
            let [x, y] = coverage.grid_point(i, j);
            assert_eq!(cell_at(&coverage, [x + 50.0, y + 50.0]), Some((i, j)));
        }
    }

    #[test]
    fn ninety_five_in_a_hundred_follow_and_the_others_do_not() {
        let first = Coverage { island_every: 0, ..coverage(3, 100.0) };
        let second = coverage(4, 141.4);
        let orchard = RURAL[3];
        let cells = (0..50).flat_map(|j| (0..50).map(move |i| (i, j)));
        let same =
            cells.filter(|cell| class([&first, &second], *cell, |_, _| Some(orchard)) == orchard).count();
        let share = same as f64 / 2_500.0;
        assert!((0.93..0.97).contains(&share), "{share}");
    }

    #[test]
    fn an_island_under_the_middle_is_what_a_patch_follows() {
        // Islands in all cells of the same grid: each middle lies on one.
        let first = Coverage { island_every: 1, ..coverage(3, 100.0) };
        let second = coverage(4, 100.0);
        let (mut on_islands, mut ponds) = (0, 0);
        for (i, j) in (0..50).flat_map(|j| (0..50).map(move |i| (i, j))) {
            let [x, y] = first.grid_point(i, j);
            if first.island(i, j).is_some_and(|island| holds(&island, [x + 50.0, y + 50.0])) {
                on_islands += 1;
                ponds += u32::from(class([&first, &second], (i, j), |_, _| Some(RURAL[3])) == POND);
            }
        }
        assert!(
            on_islands > 100 && f64::from(ponds) > 0.8 * f64::from(on_islands),
            "{ponds} of {on_islands}"
        );
    }

    #[test]
    fn ground_outside_has_any_class() {
        let [first, second] = [coverage(3, 100.0), coverage(4, 141.4)];
        let classes: std::collections::BTreeSet<&str> =
            (0..200).map(|i| class([&first, &second], (i, 0), |_, _| None).0).collect();
        assert_eq!(classes.len(), URBAN.len() + RURAL.len());
    }
}
