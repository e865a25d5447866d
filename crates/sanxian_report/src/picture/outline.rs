//! A ring as it is drawn: without vertices that the page cannot show, and cut off not far outside of the map.

use crate::picture::frame::Frame;

/// The ring without its repeated end and without vertices closer than `step` to the one before.
pub(super) fn simplified(ring: impl Iterator<Item = [f64; 2]>, step: f64) -> Vec<[f64; 2]> {
    let is_near = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]) < step;
    let mut kept: Vec<[f64; 2]> = Vec::new();
    for place in ring {
        if kept.last().is_none_or(|last| !is_near(*last, place)) {
            kept.push(place);
        }
    }
    while let [first, .., last] = kept[..]
        && is_near(first, last)
    {
        kept.pop();
    }
    kept
}

/// The part of a ring inside a frame, by Sutherland and Hodgman: parts that come apart stay joined along its edges, so the frame
/// is one that reaches beyond what is shown.
pub(super) fn clipped(ring: Vec<[f64; 2]>, frame: Frame) -> Vec<[f64; 2]> {
    let sides =
        [(0, frame.left, 1.0), (0, frame.right(), -1.0), (1, frame.top, 1.0), (1, frame.bottom(), -1.0)];
    sides.into_iter().fold(ring, |ring, (axis, limit, inward)| {
        let depth = |place: [f64; 2]| (place[axis] - limit) * inward;
        let mut kept = Vec::with_capacity(ring.len());
        let Some(&last) = ring.last() else { return ring };
        let mut before = last;
        for place in ring {
            let (from, to) = (depth(before), depth(place));
            if (from < 0.0) != (to < 0.0) {
                let part = from / (from - to);
                let mut crossing = [0, 1].map(|k| before[k] + part * (place[k] - before[k]));
                crossing[axis] = limit;
                kept.push(crossing);
            }
            if to >= 0.0 {
                kept.push(place);
            }
            before = place;
        }
        kept
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { left: 0.0, top: 0.0, width: 10.0, height: 10.0 };

    #[test]
    fn vertices_within_half_a_pixel_are_left_out_and_the_end_is_not_repeated() {
        let ring = [[0.0, 0.0], [0.2, 0.0], [5.0, 0.0], [5.0, 5.0], [5.1, 5.3], [0.1, 0.1], [0.0, 0.0]];
        assert_eq!(simplified(ring.into_iter(), 0.5), [[0.0, 0.0], [5.0, 0.0], [5.0, 5.0]]);
        assert_eq!(simplified([[1.0, 1.0], [1.1, 1.0], [1.0, 1.0]].into_iter(), 0.5), [[1.0, 1.0]]);
    }

    #[test]
    fn what_reaches_over_the_frame_is_cut_at_it() {
        let ring = vec![[-5.0, 2.0], [5.0, 2.0], [5.0, 4.0], [-5.0, 4.0]];
        assert_eq!(clipped(ring, FRAME), [[0.0, 2.0], [5.0, 2.0], [5.0, 4.0], [0.0, 4.0]]);
        assert!(clipped(vec![[20.0, 20.0], [30.0, 20.0], [30.0, 30.0]], FRAME).is_empty());
        let around = vec![[-9.0, -9.0], [19.0, -9.0], [19.0, 19.0], [-9.0, 19.0]];
        assert_eq!(clipped(around, FRAME).len(), 4);
    }
}
