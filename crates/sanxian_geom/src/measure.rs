//! Area of one feature, and area that two features share, on the ellipsoid and in the plane.
//!
//! # Promises
//! A result depends on the two features and the CRS, and on nothing else: not on threads, on other features
//! or on the order of the work. `0 ≤ |A ∩ B| ≤ min(|A|, |B|)` up to [`noise`], and a feature inside a zone
//! overlaps it by exactly its own area, bit for bit.
//!
//! # Where rounding enters
//! See [`crate::moments`]. What lies below [`noise`] is the rounding of edges that only touch, and counts as
//! no overlap.

use sanxian_model::{Position, SquareMetres};

use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::moments::{Moments, of_both, of_one};
use crate::scale::ArealScale;
use crate::window::Seen;

/// An area on the ellipsoid and in the plane of the CRS.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// On the ellipsoid; in bare plane coordinates the same as `planar`.
    pub ellipsoidal: SquareMetres,
    /// In the plane of the CRS; zero in a geographic CRS.
    pub planar: SquareMetres,
}

impl Area {
    /// What is left after `other` is taken away; never negative.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self {
            ellipsoidal: (self.ellipsoidal - other.ellipsoidal).max(SquareMetres::ZERO),
            planar: (self.planar - other.planar).max(SquareMetres::ZERO),
        }
    }
}

/// Measures features of one CRS. Holds scratch space, so each thread has its own.
pub struct Measurer<'s> {
    scale: &'s ArealScale,
    a: Seen,
    b: Seen,
    /// The feature and window that `a` was seen through last: zones come in runs for one subject.
    seen: Option<(u64, usize, Extent)>,
}

/// Side of a tile, for windows too long for one view of the scale, as a part of the longest window.
const TILES_IN_WINDOW: f64 = 2.0;

/// Largest area that the rounding of touching edges can leave in a window.
fn noise(window: &Extent, longest: f64, square_metres: f64) -> f64 {
    // Copied boundaries leave about 10⁻¹⁶ of the window (or of a tile, in a longer one); 10⁻¹⁴ of it, and
    // never less than 10⁻⁷ m², is far above that and far below anything a surveyor can draw.
    (window.width().min(longest) * window.height().min(longest) * square_metres * 1e-14).max(1e-7)
}

impl<'s> Measurer<'s> {
    /// A measurer for features whose CRS has that areal scale.
    #[must_use]
    pub fn new(scale: &'s ArealScale) -> Self {
        Self { scale, a: Seen::default(), b: Seen::default(), seen: None }
    }

    /// Area of a feature.
    pub fn area(&mut self, layer: &LayerIndex<'_>, feature: usize) -> Area {
        let window = layer.extent(feature);
        if !window.has_inside() {
            return Area::default();
        }
        let mut total = Area::default();
        for tile in tiles(&window, self.scale.longest_window()) {
            self.see_a(layer, feature, &tile);
            let m = of_one(&self.a.edges, tile.width(), tile.height());
            total = self.add(total, &m, &tile);
        }
        total
    }

    /// Area that two features share; none when it is no more than the rounding of a touch.
    ///
    /// `whole` is the area of `a` if the caller knows it: it is returned as it is when `a` lies inside `b`.
    pub fn overlap(
        &mut self,
        (a, row_a): (&LayerIndex<'_>, usize),
        (b, row_b): (&LayerIndex<'_>, usize),
        whole: Option<Area>,
    ) -> Option<Area> {
        let box_a = a.extent(row_a);
        let window = box_a.intersection(b.extent(row_b));
        if !window.has_inside() {
            return None;
        }
        let mut total = Area::default();
        for tile in tiles(&window, self.scale.longest_window()) {
            self.b.clear();
            b.rings_near(row_b, &tile, |ring| self.b.add(ring, &tile));
            self.b.close(&tile);
            let uniform = self.b.uniform(&tile);
            if uniform == Some(0.0) {
                continue;
            }
            if let (Some(1.0), Some(whole)) = (uniform, whole)
                && tile == box_a
            {
                return Some(whole);
            }
            self.see_a(a, row_a, &tile);
            let (width, height) = (tile.width(), tile.height());
            let m = match uniform {
                Some(1.0) => of_one(&self.a.edges, width, height),
                _ => of_both(&self.a.edges, &self.b.edges, width, height),
            };
            total = self.add(total, &m, &tile);
        }
        let per_unit = self.scale.near(window.centre());
        let floor = noise(&window, self.scale.longest_window(), per_unit.value());
        (total.ellipsoidal.get() > floor).then_some(total)
    }

    /// A position inside a feature, and inside one of the zones (`covered`) or inside none of them.
    ///
    /// It lies in the middle of the longest stretch that such a region has on a few upright lines, so it is
    /// well inside; none when every line misses.
    pub fn position(
        &mut self,
        (layer, feature): (&LayerIndex<'_>, usize),
        (zones, rows): (&LayerIndex<'_>, &[u32]),
        covered: bool,
    ) -> Option<Position> {
        let whole = layer.extent(feature);
        let mut window = whole;
        if covered {
            let zones = rows.iter().map(|&row| zones.extent(row as usize)).fold(Extent::EMPTY, Extent::union);
            window = whole.intersection(zones);
        }
        if !window.has_inside() {
            return None;
        }
        self.see_a(layer, feature, &window);
        self.b.clear();
        for &row in rows {
            zones.rings_near(row as usize, &window, |ring| self.b.add(ring, &window));
        }
        self.b.close(&window);
        let mut best: Option<(f64, Position)> = None;
        let mut crossings = Vec::new();
        // Odd parts of 2, 4, 8 …: ever finer, until a line has met the region.
        for halving in 1..=8_u32 {
            let parts = 1_u32 << halving;
            for part in (1..parts).step_by(2) {
                let x = window.width() * f64::from(part) / f64::from(parts);
                crossings.clear();
                self.a.cross(x, true, &mut crossings);
                self.b.cross(x, false, &mut crossings);
                crossings.sort_unstable_by(|p, q| q.0.total_cmp(&p.0));
                let (mut in_feature, mut in_zone) = (0.0, 0.0);
                for pair in crossings.windows(2) {
                    let (top, of_feature, weight) = pair[0];
                    *(if of_feature { &mut in_feature } else { &mut in_zone }) += weight;
                    let length = top - pair[1].0;
                    let wanted = in_feature > 0.5 && (in_zone > 0.5) == covered;
                    if wanted && best.is_none_or(|(longest, _)| length > longest) {
                        let y = pair[1].0 + length * 0.5;
                        best = Some((length, [window.min[0] + x, window.min[1] + y]));
                    }
                }
                // The last stretch ends on the floor.
                if let Some(&(top, of_feature, weight)) = crossings.last() {
                    *(if of_feature { &mut in_feature } else { &mut in_zone }) += weight;
                    let wanted = in_feature > 0.5 && (in_zone > 0.5) == covered;
                    if wanted && best.is_none_or(|(longest, _)| top > longest) {
                        best = Some((top, [window.min[0] + x, window.min[1] + top * 0.5]));
                    }
                }
            }
            if best.is_some() && halving >= 2 {
                break;
            }
        }
        best.map(|(_, position)| position)
    }

    /// ∬ w² − w over a feature, w being its winding number: zero if and only if the feature covers each spot
    /// at most once and has no hole outside a shell, and never negative beyond rounding.
    pub(crate) fn defect(&mut self, layer: &LayerIndex<'_>, feature: usize) -> SquareMetres {
        let window = layer.extent(feature);
        if !window.has_inside() {
            return SquareMetres::ZERO;
        }
        let (mut squared, mut plain) = (Area::default(), Area::default());
        for tile in tiles(&window, self.scale.longest_window()) {
            self.see_a(layer, feature, &tile);
            let (width, height) = (tile.width(), tile.height());
            let of_squares = of_both(&self.a.edges, &self.a.edges, width, height);
            squared = self.add(squared, &of_squares, &tile);
            plain = self.add(plain, &of_one(&self.a.edges, width, height), &tile);
        }
        let defect = squared.ellipsoidal - plain.ellipsoidal;
        // A long shore that touches itself sums ten times the rounding of one overlap, tile by tile.
        let floor =
            10.0 * noise(&window, self.scale.longest_window(), self.scale.near(window.centre()).value());
        if defect.get() > floor { defect } else { SquareMetres::ZERO }
    }

    fn see_a(&mut self, layer: &LayerIndex<'_>, feature: usize, window: &Extent) {
        let key = (layer.number(), feature, *window);
        if self.seen == Some(key) {
            return;
        }
        self.a.clear();
        layer.rings_near(feature, window, |ring| self.a.add(ring, window));
        self.a.close(window);
        self.seen = Some(key);
    }

    fn add(&self, total: Area, m: &Moments, tile: &Extent) -> Area {
        let planar = self.scale.planar().map_or(0.0, |unit| m.area * unit);
        let ellipsoidal = self.scale.near(tile.centre()).integrate(m);
        Area {
            ellipsoidal: total.ellipsoidal + SquareMetres(ellipsoidal),
            planar: total.planar + SquareMetres(planar),
        }
    }
}

/// The window itself, or, when it is too long, its parts on a fixed grid, which do not depend on anything
/// but the window.
fn tiles(window: &Extent, longest: f64) -> impl Iterator<Item = Extent> + use<> {
    let whole = window.width() <= longest && window.height() <= longest;
    let side = longest / TILES_IN_WINDOW;
    let window = *window;
    let cuts = move |axis: usize| -> (i64, i64) {
        if whole {
            (0, 0)
        } else {
            // A window that ends on a grid line has no tile beyond it.
            let last = (window.max[axis] / side).ceil() as i64 - 1;
            ((window.min[axis] / side).floor() as i64, last)
        }
    };
    let ((west, east), (south, north)) = (cuts(0), cuts(1));
    (west..=east).flat_map(move |i| {
        (south..=north).map(move |j| {
            if whole {
                return window;
            }
            let corner = |k: i64, l: i64| [k as f64 * side, l as f64 * side];
            Extent { min: corner(i, j), max: corner(i + 1, j + 1) }.intersection(window)
        })
    })
}
