//! Polygons out of polygons, by `i_overlay` and for many edges by [`crate::noded_overlay`], on the lattice of
//! [`crate::lattice`].

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use sanxian_model::Position;

use crate::lattice::Lattice;
use crate::noded_overlay::NodedOverlay;
use crate::segment::Windings;
use crate::shapes::{LatticeRing, LatticeShapes, Shapes};

/// What to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// What both cover.
    Both,
    /// What either covers.
    Either,
    /// What the first covers and the second does not.
    FirstOnly,
}

impl Lattice {
    /// Combines two sets of rings, each filled where its winding number is not zero.
    pub(crate) fn combine(&self, first: &[Vec<Position>], second: &[Vec<Position>], keep: Keep) -> Shapes {
        let rule = match keep {
            Keep::Both => OverlayRule::Intersect,
            Keep::Either => OverlayRule::Union,
            Keep::FirstOnly => OverlayRule::Difference,
        };
        self.lift(overlay(&self.lay(first), &self.lay(second), rule, FillRule::NonZero))
    }
}

/// From this number of edges on the library sorts edges into bins and may compare all that stand side by side.
const BINNED: usize = 32_000;

/// What the first rings cover by the rule; `second` is filled by the same rule.
pub(crate) fn overlay(
    first: &[LatticeRing],
    second: &[LatticeRing],
    rule: OverlayRule,
    fill: FillRule,
) -> LatticeShapes {
    let edges: usize = first.iter().chain(second).map(Vec::len).sum();
    if edges >= BINNED
        && let Some(noded) = NodedOverlay::of(first, second)
    {
        return noded.polygons(|windings| is_inside(windings, rule, fill));
    }
    run(first, second, rule, fill)
}

/// Whether a place of such winding numbers belongs to the result.
fn is_inside(windings: Windings, rule: OverlayRule, fill: FillRule) -> bool {
    let [first, second] = windings.map(|winding| match fill {
        FillRule::EvenOdd => winding % 2 != 0,
        FillRule::NonZero => winding != 0,
        FillRule::Positive => winding > 0,
        FillRule::Negative => winding < 0,
    });
    match rule {
        OverlayRule::Subject => first,
        OverlayRule::Clip => second,
        OverlayRule::Intersect => first && second,
        OverlayRule::Union => first || second,
        OverlayRule::Difference => first && !second,
        OverlayRule::InverseDifference => second && !first,
        OverlayRule::Xor => first != second,
    }
}

fn run(first: &[LatticeRing], second: &[LatticeRing], rule: OverlayRule, fill: FillRule) -> LatticeShapes {
    let options = IntOverlayOptions { ogc: true, ..IntOverlayOptions::default() };
    // Threads are handed out one level up, by pairs.
    let solver = Solver { multithreading: None, ..Solver::AUTO };
    Overlay::<i64>::from_subj_and_clip_custom(first, second, options, solver).overlay(rule, fill)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::{Point, twice_area, twice_area_of};

    /// A number generator that is good enough for coordinates (splitmix64).
    fn random(state: &mut u64, below: i64) -> i64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as i64
    }

    /// On a grid edges run along each other, touch, and cross in vertices of others all the time; cells are so
    /// large that all crossings are close to whole.
    #[test]
    fn both_ways_of_overlay_agree() {
        let rules = [
            OverlayRule::Subject,
            OverlayRule::Intersect,
            OverlayRule::Union,
            OverlayRule::Difference,
            OverlayRule::Xor,
        ];
        let mut state = 17;
        for round in 0..3_000 {
            let size = 3 + round % 9;
            let cell = 1 << 40;
            let mut rings = |count: i64| -> Vec<LatticeRing> {
                (0..count)
                    .map(|_| {
                        let points = 3 + random(&mut state, 8);
                        let mut coordinate = || random(&mut state, size) * cell;
                        (0..points).map(|_| Point::new(coordinate(), coordinate())).collect()
                    })
                    .collect()
            };
            let (first, second) = (rings(1 + round % 3), rings(1 + round % 2));
            let noded = NodedOverlay::of(&first, &second).expect("few edges");
            for rule in rules {
                for fill in [FillRule::NonZero, FillRule::Positive, FillRule::EvenOdd] {
                    let at = format!("{rule} {fill:?} of {first:?} and {second:?}");
                    let theirs = twice_area_of(&run(&first, &second, rule, fill));
                    let ours = noded.polygons(|windings| is_inside(windings, rule, fill));
                    let area = noded.twice_area(|windings| is_inside(windings, rule, fill));
                    let near = |a: i128, b: i128, what: &str| {
                        // A crossing off by a cell moves an edge of some cells by one.
                        assert!((a - b).abs() < 1 << 48, "{what}: {a} and {b}, {at}");
                    };
                    near(area, theirs, "area");
                    assert_eq!(twice_area_of(&ours), area, "{at}");
                    for polygon in &ours {
                        assert!(twice_area(&polygon[0]) > 0, "{at}");
                        assert!(polygon[1..].iter().all(|hole| twice_area(hole) < 0), "{at}");
                        // Each hole lies in its exterior.
                        let outside =
                            run(&polygon[1..], &polygon[..1], OverlayRule::Difference, FillRule::NonZero);
                        near(twice_area_of(&outside), 0, "outside");
                    }
                }
            }
        }
    }
}
