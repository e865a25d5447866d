//! The polygons that two features share, for what is written or drawn. Areas come from [`crate::Measurer`].

use sanxian_model::{Crs, Position};

use crate::boolean::Keep;
use crate::clip::clip;
use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::lattice::Lattice;
use crate::shapes::Shapes;

/// Cuts a zone to the surroundings of a feature.
///
/// # Promises
/// The pieces are OGC-valid, closed, exteriors counter-clockwise, without parts of no area. Only the zone's
/// neighbourhood of the feature enters, so a redline of 200 000 vertices costs what is near.
#[must_use]
pub fn overlay_piece(a: (&LayerIndex, usize), b: (&LayerIndex, usize), crs: &Crs) -> Shapes {
    let window = a.0.extent(a.1).intersection(b.0.extent(b.1));
    piece_on(&Lattice::near(window.min, crs), [0.0; 2], a, b)
}

/// The polygons that two features share on a lattice, with coordinates from `origin`.
pub(crate) fn piece_on(
    lattice: &Lattice,
    origin: Position,
    a: (&LayerIndex, usize),
    b: (&LayerIndex, usize),
) -> Shapes {
    let window = a.0.extent(a.1).intersection(b.0.extent(b.1));
    if !window.has_inside() {
        return Shapes::new();
    }
    lattice.combine(&rings_in(a, &window, origin), &rings_in(b, &window, origin), Keep::Both)
}

/// The part of a feature that lies in none of some zones.
#[must_use]
pub fn outside_piece(a: (&LayerIndex, usize), zones: (&LayerIndex, &[u32]), crs: &Crs) -> Shapes {
    let window = a.0.extent(a.1);
    if !window.has_inside() {
        return Shapes::new();
    }
    let mut covered = Vec::new();
    for &zone in zones.1 {
        covered.extend(rings_in((zones.0, zone as usize), &window, [0.0; 2]));
    }
    Lattice::near(window.min, crs).combine(&rings_in(a, &window, [0.0; 2]), &covered, Keep::FirstOnly)
}

/// What several sets of polygons cover together.
#[must_use]
pub fn union_of(shapes: &[Shapes], near: Position, crs: &Crs) -> Shapes {
    let rings: Vec<Vec<Position>> = shapes.iter().flatten().flatten().cloned().collect();
    Lattice::near(near, crs).combine(&rings, &[], Keep::Either)
}

/// The part of a feature in a window and a little around it, as polygons on a lattice, with coordinates from `origin`.
pub(crate) fn clipped_on(
    lattice: &Lattice,
    origin: Position,
    a: (&LayerIndex, usize),
    window: &Extent,
) -> Shapes {
    let window = a.0.extent(a.1).intersection(*window);
    if !window.has_inside() {
        return Shapes::new();
    }
    lattice.combine(&rings_in(a, &window, origin), &[], Keep::Either)
}

/// The rings of a feature, cut to a window, with coordinates from `origin`.
pub(crate) fn rings_in(
    (layer, feature): (&LayerIndex, usize),
    window: &Extent,
    origin: Position,
) -> Vec<Vec<Position>> {
    // A margin keeps the window's own sides out of the result.
    let margin = (window.width() + window.height()) * 0.01;
    let wide = Extent {
        min: [window.min[0] - margin, window.min[1] - margin],
        max: [window.max[0] + margin, window.max[1] + margin],
    };
    let mut rings = Vec::new();
    layer.rings_near(feature, window, |ring| {
        let cut = clip(ring, &wide, origin);
        if !cut.is_empty() {
            rings.push(cut);
        }
    });
    rings
}
