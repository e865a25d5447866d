//! Where the numbers of findings stand: beside what they are about, on no other number and on nothing that stands on the map.

use crate::picture::frame::{Frame, MAP};

/// Radius of the disc of a number.
pub(super) const RADIUS: f64 = 9.0;
/// Between the centres of two numbers.
const APART: f64 = 2.0 * RADIUS + 2.0;
/// How far from its place a number may stand, the nearest first.
const DISTANCES: [f64; 4] = [20.0, 34.0, 52.0, 76.0];
/// Directions in which it is looked for room, up to the right first; y runs down the page.
const DIRECTIONS: [[f64; 2]; 8] = [
    [0.707, -0.707],
    [-0.707, -0.707],
    [0.707, 0.707],
    [-0.707, 0.707],
    [1.0, 0.0],
    [-1.0, 0.0],
    [0.0, -1.0],
    [0.0, 1.0],
];

/// The centres of the discs for these places, in their order. `taken` is where other things stand.
pub(super) fn centres(places: &[[f64; 2]], taken: &[Frame]) -> Vec<[f64; 2]> {
    let inside = MAP.grown(-RADIUS - 2.0);
    let mut centres: Vec<[f64; 2]> = Vec::with_capacity(places.len());
    for &[x, y] in places {
        let at = |distance: f64, [east, south]: [f64; 2]| [x + distance * east, y + distance * south];
        let candidates = DISTANCES.into_iter().flat_map(|distance| DIRECTIONS.map(|to| at(distance, to)));
        let distance = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
        let is_free = |centre: &[f64; 2]| {
            inside.contains(*centre)
                && centres.iter().all(|other| distance(*other, *centre) >= APART)
                && places.iter().all(|place| distance(*place, *centre) >= RADIUS + 2.0)
                && !taken.iter().any(|frame| frame.grown(RADIUS).contains(*centre))
        };
        let nearest = candidates.clone().find(is_free);
        // Where there is no room at all numbers may cover each other; the list beside the map still has them.
        let centre = nearest.or_else(|| candidates.clone().find(|centre| inside.contains(*centre)));
        centres.push(centre.unwrap_or([x, y]));
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_one_place_stand_apart_and_on_the_map() {
        for place in [MAP.centre(), [MAP.left + 50.0, MAP.top + 50.0]] {
            let taken = Frame { left: place[0] + 5.0, top: place[1] - 40.0, width: 40.0, height: 40.0 };
            let centres = centres(&[place; 9], &[taken]);
            for (k, centre) in centres.iter().enumerate() {
                assert!(MAP.grown(-RADIUS).contains(*centre), "{centre:?}");
                assert!(!taken.contains(*centre));
                let apart = |other: &[f64; 2]| (other[0] - centre[0]).hypot(other[1] - centre[1]) >= APART;
                assert!(centres[..k].iter().all(apart), "{centres:?}");
            }
        }
    }
}
