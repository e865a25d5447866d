//! Area of one feature, and area that two features share, on the ellipsoid and in the plane.
//!
//! # Promises
//! A result depends on the two features and the CRS, and on nothing else: not on threads, on other features
//! or on the order of the work. `0 ≤ |A ∩ B| ≤ min(|A|, |B|)` up to [`noise`], and a feature whose box no edge
//! of the zone meets overlaps it by exactly its own area or not at all.
//!
//! # Cost
//! A window no longer than [`ArealScale::longest_window`] is one sum. A longer one is cut into tiles where
//! edges are ([`crate::tiling`]), so the cost is bounded by the vertices, whatever the size of the box.
//!
//! # Where rounding enters
//! See [`crate::moments`]. What lies below [`noise`] is the rounding of edges that only touch, and counts as
//! no overlap. In the plane, a tile with few edges may be as long as an edge that leaves for a place far
//! away: its rounding is about 10⁻¹⁶ of its area, as much as the digits of such a vertex leave open.

use rayon::prelude::*;
use sanxian_model::{Position, SquareMetres};

use crate::extent::Extent;
use crate::index::{Descend, LayerIndex};
use crate::moments::{Moments, of_both, of_one};
use crate::scale::ArealScale;
use crate::tiling::{Segment, meets, tiles};
use crate::window::ClippedEdges;

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
    /// Where coordinates are counted from, in the CRS.
    origin: Position,
    a: ClippedEdges,
    b: ClippedEdges,
}

/// A feature of a layer.
type Feature<'l> = (&'l LayerIndex, usize);

/// Which product of two winding numbers is integrated.
#[derive(Clone, Copy)]
enum Over<'l> {
    /// The feature alone.
    One,
    /// What it shares with another.
    Both(Feature<'l>),
}

/// Side of a tile, for windows too long for one view of the scale, as a part of the longest window.
const TILES_IN_WINDOW: f64 = 2.0;
/// Tiles that one thread takes at a time.
const TILES_A_PIECE: usize = 16;

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
        Self::with_origin(scale, [0.0; 2])
    }

    /// A measurer for features with coordinates from a place.
    pub(crate) fn with_origin(scale: &'s ArealScale, origin: Position) -> Self {
        Self { scale, origin, a: ClippedEdges::default(), b: ClippedEdges::default() }
    }

    /// Area of a feature.
    pub fn area(&mut self, layer: &LayerIndex, feature: usize) -> Area {
        let window = layer.extent(feature);
        if !window.has_inside() {
            return Area::default();
        }
        self.integrate((layer, feature), Over::One, &window, self.scale.longest_window() / TILES_IN_WINDOW)
    }

    /// Area that two features share; none when it is no more than the rounding of a touch.
    ///
    /// `whole` is the area of `a` if the caller knows it: it is returned as it is when `a` lies inside `b`.
    pub fn overlap(
        &mut self,
        (a, row_a): (&LayerIndex, usize),
        (b, row_b): (&LayerIndex, usize),
        whole: Option<Area>,
    ) -> Option<Area> {
        let box_a = a.extent(row_a);
        let window = box_a.intersection(b.extent(row_b));
        if !window.has_inside() {
            return None;
        }
        if let Some(whole) = whole
            && window == box_a
        {
            // Seen as a whole, so that a feature deep inside a large zone costs a glance.
            self.b.view(b, row_b, &window);
            match self.b.uniform(&window) {
                Some(1.0) => return Some(whole),
                Some(0.0) => return None,
                _ => {}
            }
        }
        let side = self.scale.longest_window() / TILES_IN_WINDOW;
        let total = self.integrate((a, row_a), Over::Both((b, row_b)), &window, side);
        (total.ellipsoidal.get() > self.noise(&window)).then_some(total)
    }

    /// Whether two features share more area in a window than the rounding of a touch.
    pub(crate) fn overlaps_in(
        &mut self,
        a: (&LayerIndex, usize),
        b: (&LayerIndex, usize),
        window: &Extent,
    ) -> bool {
        let side = self.scale.longest_window() / TILES_IN_WINDOW;
        let area = self.integrate(a, Over::Both(b), window, side);
        area.ellipsoidal.get() > self.noise(window)
    }

    /// Area that two features share, however small.
    pub(crate) fn shared(&mut self, a: Feature<'_>, b: Feature<'_>) -> Area {
        let window = a.0.extent(a.1).intersection(b.0.extent(b.1));
        if !window.has_inside() {
            return Area::default();
        }
        let side = self.scale.longest_window() / TILES_IN_WINDOW;
        self.integrate(a, Over::Both(b), &window, side)
    }

    /// Area of all features of a layer together, or of what they share with the first feature of `within`.
    pub(crate) fn area_of_parts(&mut self, within: Option<&LayerIndex>, layer: &LayerIndex) -> Area {
        let (mut ellipsoidal, mut planar) = (CarefulSum::default(), CarefulSum::default());
        for row in 0..layer.polygons().len() {
            let area = match within {
                Some(within) => self.shared((layer, row), (within, 0)),
                None => self.area(layer, row),
            };
            ellipsoidal.add(area.ellipsoidal.get());
            planar.add(area.planar.get());
        }
        Area { ellipsoidal: SquareMetres(ellipsoidal.get()), planar: SquareMetres(planar.get()) }
    }

    /// The largest area in a window that counts as no overlap.
    pub(crate) fn noise(&self, window: &Extent) -> f64 {
        let per_unit = self.scale.near(self.in_crs(window.centre()));
        noise(window, self.scale.longest_window(), per_unit.value())
    }

    /// A place in coordinates of the CRS.
    fn in_crs(&self, place: Position) -> Position {
        [place[0] + self.origin[0], place[1] + self.origin[1]]
    }

    /// A position inside a feature, and inside one of the zones (`covered`) or inside none of them.
    ///
    /// It lies in the middle of the longest stretch that such a region has on a few upright lines, so it is
    /// well inside; none when every line misses.
    pub fn position(
        &mut self,
        (layer, feature): (&LayerIndex, usize),
        (zones, rows): (&LayerIndex, &[u32]),
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
        self.a.view(layer, feature, &window);
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
                // The last stretch ends on the bottom edge.
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

    fn integrate(&mut self, feature: Feature<'_>, over: Over<'_>, window: &Extent, side: f64) -> Area {
        let longest = self.scale.longest_window();
        if window.width() <= longest && window.height() <= longest {
            return self.tile(feature, over, window);
        }
        let of_a = segments(feature, window);
        let of_b = match over {
            Over::One => None,
            Over::Both(zone) => Some(segments(zone, window)),
        };
        let tiles = tiles(window, (side, self.scale.cut()), &of_a, of_b.as_deref(), |polygon, tile| {
            let (layer, row) = match over {
                Over::Both(zone) if polygon == 1 => zone,
                _ => feature,
            };
            self.b.view(layer, row, tile);
            self.b.uniform(tile) == Some(0.0)
        });
        // Summed in the order of the tiles, whoever measured them.
        let (scale, origin) = (self.scale, self.origin);
        let sums: Vec<Vec<Area>> = tiles
            .par_chunks(TILES_A_PIECE)
            .map_init(
                || Measurer::with_origin(scale, origin),
                |measurer, piece| piece.iter().map(|tile| measurer.tile(feature, over, tile)).collect(),
            )
            .collect();
        let (mut ellipsoidal, mut planar) = (CarefulSum::default(), CarefulSum::default());
        for area in sums.iter().flatten() {
            ellipsoidal.add(area.ellipsoidal.get());
            planar.add(area.planar.get());
        }
        Area { ellipsoidal: SquareMetres(ellipsoidal.get()), planar: SquareMetres(planar.get()) }
    }

    /// The integral over one tile.
    fn tile(&mut self, (a, row_a): Feature<'_>, over: Over<'_>, tile: &Extent) -> Area {
        let (width, height) = (tile.width(), tile.height());
        let mut weight = 1.0;
        if let Over::Both(zone) = over {
            self.b.view(zone.0, zone.1, tile);
            match self.b.uniform(tile) {
                Some(0.0) => return Area::default(),
                Some(winding) => weight = winding,
                None => {
                    self.a.view(a, row_a, tile);
                    return self.area_of(&of_both(&self.a.edges, &self.b.edges, width, height), tile);
                }
            }
        }
        self.a.view(a, row_a, tile);
        let longest = self.scale.longest_window();
        match self.a.uniform(tile) {
            // Too large for one view of the scale, and covered all over.
            Some(winding) if width > longest || height > longest => {
                let planar = self.scale.planar().map_or(0.0, |unit| width * height * unit);
                let in_crs = Extent { min: self.in_crs(tile.min), max: self.in_crs(tile.max) };
                Area {
                    ellipsoidal: SquareMetres(winding * weight * self.scale.over_box(&in_crs)),
                    planar: SquareMetres(winding * weight * planar),
                }
            }
            _ => {
                let area = self.area_of(&of_one(&self.a.edges, width, height), tile);
                Area {
                    ellipsoidal: SquareMetres(area.ellipsoidal.get() * weight),
                    planar: SquareMetres(area.planar.get() * weight),
                }
            }
        }
    }

    fn area_of(&self, m: &Moments, tile: &Extent) -> Area {
        let planar = self.scale.planar().map_or(0.0, |unit| m.area * unit);
        let ellipsoidal = self.scale.near(self.in_crs(tile.centre())).integrate(m);
        Area { ellipsoidal: SquareMetres(ellipsoidal), planar: SquareMetres(planar) }
    }
}

/// A sum that carries its own rounding along (Neumaier): a province is 10⁵ tiles.
#[derive(Default)]
struct CarefulSum {
    sum: f64,
    lost: f64,
}

impl CarefulSum {
    fn add(&mut self, term: f64) {
        let sum = self.sum + term;
        let (large, small) = if self.sum.abs() >= term.abs() { (self.sum, term) } else { (term, self.sum) };
        self.lost += (large - sum) + small;
        self.sum = sum;
    }

    fn get(&self) -> f64 {
        self.sum + self.lost
    }
}

/// The edges of a feature that meet a window.
fn segments((layer, feature): Feature<'_>, window: &Extent) -> Vec<Segment> {
    let mut found = Vec::new();
    layer.rings_near(feature, window, |ring| {
        ring.walk(
            |node, _, _| if node.touches(window) { Descend::Into } else { Descend::Past },
            |run| {
                let edges = run.windows(2).map(|pair| [pair[0], pair[1]]);
                found.extend(edges.filter(|edge| meets(edge, window)));
            },
        );
    });
    found
}
