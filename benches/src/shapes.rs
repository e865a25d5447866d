//! Layers of the kinds that decide how long a check takes.
//!
//! Coordinates are metres of a plane; a patch is as large and has as many vertices as those of a survey. Every
//! layer is given by its sizes alone.

use std::f64::consts::TAU;

use sanxian_model::{PolygonColumn, PolygonColumnBuilder, Position};

/// Vertices of a patch: about the mean of a land survey.
pub const PATCH_VERTICES: usize = 45;

/// Side of the cell that a patch fills, in metres.
pub const CELL: f64 = 100.0;

/// `side` × `side` patches with waving edges, one in each cell, apart from each other; all moved by `shift`
/// metres.
#[must_use]
pub fn patches(side: u32, shift: Position) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::with_capacity((side * side) as usize, 0);
    for (row, column) in cells(side) {
        let middle = [(column + 0.5) * CELL + shift[0], (row + 0.5) * CELL + shift[1]];
        let ring = wave(middle, 0.4 * CELL, 0.08 * CELL, 7.0, PATCH_VERTICES);
        builder.push_feature([[ring.as_slice()]]);
    }
    builder.finish()
}

/// One zone with a waving edge of `vertices` vertices around the middle of `side` × `side` cells, and a hole
/// in every fourth cell of every fourth row, so that some patches lie in it, some in its holes and some across.
#[must_use]
pub fn one_zone(side: u32, vertices: usize) -> PolygonColumn {
    let middle = f64::from(side) * CELL / 2.0;
    let exterior = wave([middle, middle], 0.7 * middle, 0.1 * middle, 40.0, vertices);
    let mut rings = vec![exterior];
    for (row, column) in cells(side) {
        let hole = [(column + 0.5) * CELL, (row + 0.5) * CELL];
        let far = (hole[0] - middle).hypot(hole[1] - middle);
        // Holes stay clear of the exterior, which is nowhere nearer than six tenths.
        if row % 4.0 == 0.0 && column % 4.0 == 0.0 && far < 0.55 * middle {
            let mut ring = wave(hole, 0.3 * CELL, 0.05 * CELL, 5.0, PATCH_VERTICES);
            ring.reverse();
            rings.push(ring);
        }
    }
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature([rings.iter().map(Vec::as_slice)]);
    builder.finish()
}

/// One zone that covers `side` × `side` cells with room to spare.
#[must_use]
pub fn covering_zone(side: u32, vertices: usize) -> PolygonColumn {
    let middle = f64::from(side) * CELL / 2.0;
    let mut builder = PolygonColumnBuilder::new();
    let ring = wave([middle, middle], 2.0 * middle, 0.1 * middle, 40.0, vertices);
    builder.push_feature([[ring.as_slice()]]);
    builder.finish()
}

/// One zone around `side` × `side` cells with a hole in each, so that every patch lies in a hole, near
/// the zone and nowhere on it.
#[must_use]
pub fn zone_of_holes(side: u32) -> PolygonColumn {
    let end = f64::from(side) * CELL;
    let mut rings = vec![square([0.0, 0.0], [end, end])];
    for (row, column) in cells(side) {
        let from = [column * CELL + 1.0, row * CELL + 1.0];
        let mut ring = square(from, [from[0] + CELL - 2.0, from[1] + CELL - 2.0]);
        ring.reverse();
        rings.push(ring);
    }
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature([rings.iter().map(Vec::as_slice)]);
    builder.finish()
}

/// A chain of `count` patches along the edge of a zone, and the zone: they lie inside and outside by turns, and
/// the vertices on the edge are vertices of the zone too.
#[must_use]
pub fn along_a_boundary(count: u32) -> (PolygonColumn, PolygonColumn) {
    let steps = PATCH_VERTICES as u32 / 3;
    let height = |k: u32| 0.1 * CELL * (f64::from(k) * 0.7).sin();
    let at = |k: u32| f64::from(k) * CELL / f64::from(steps);
    let mut patches = PolygonColumnBuilder::new();
    for patch in 0..count {
        let (from, to) = (patch * steps, (patch + 1) * steps);
        let inside = patch % 2 == 0;
        let far = if inside { 0.5 * CELL } else { -0.5 * CELL };
        let mut ring: Vec<Position> = (from..=to).map(|k| [at(k), height(k)]).collect();
        ring.push([at(to), far]);
        ring.push([at(from), far]);
        ring.push([at(from), height(from)]);
        if !inside {
            ring.reverse();
        }
        patches.push_feature([[ring.as_slice()]]);
    }
    let last = count * steps;
    let mut ring: Vec<Position> = (0..=last).map(|k| [at(k), height(k)]).collect();
    ring.extend([[at(last), 10.0 * CELL], [0.0, 10.0 * CELL], [0.0, height(0)]]);
    let mut zone = PolygonColumnBuilder::new();
    zone.push_feature([[ring.as_slice()]]);
    (patches.finish(), zone.finish())
}

/// Rows and columns of a square of cells.
fn cells(side: u32) -> impl Iterator<Item = (f64, f64)> {
    (0..side).flat_map(move |row| (0..side).map(move |column| (f64::from(row), f64::from(column))))
}

/// A closed square, counter-clockwise.
fn square(from: Position, to: Position) -> Vec<Position> {
    vec![from, [to[0], from[1]], to, [from[0], to[1]], from]
}

/// A closed ring about a point, counter-clockwise, whose radius waves `waves` times by `height` metres.
fn wave(middle: Position, radius: f64, height: f64, waves: f64, vertices: usize) -> Vec<Position> {
    let mut ring: Vec<Position> = (0..vertices)
        .map(|k| {
            let angle = TAU * k as f64 / vertices as f64;
            let r = radius + height * (angle * waves).sin();
            [middle[0] + r * angle.cos(), middle[1] + r * angle.sin()]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the signed area of a ring.
    fn turn(ring: &[Position]) -> f64 {
        ring.windows(2).map(|edge| edge[0][0] * edge[1][1] - edge[1][0] * edge[0][1]).sum()
    }

    #[test]
    fn exteriors_run_counter_clockwise_and_holes_clockwise() {
        let (chain, edge) = along_a_boundary(6);
        for layer in
            [patches(3, [0.0, 0.0]), one_zone(40, 900), covering_zone(4, 100), zone_of_holes(3), chain, edge]
        {
            for polygon in layer.iter().flat_map(sanxian_model::FeatureView::polygons) {
                for (k, ring) in polygon.rings().enumerate() {
                    assert_eq!(ring.first(), ring.last());
                    assert_eq!(turn(ring) > 0.0, k == 0);
                }
            }
        }
    }

    #[test]
    fn the_zone_has_holes() {
        assert!(one_zone(40, 900).ring_count() > 10);
    }

    #[test]
    fn patches_on_the_boundary_share_its_vertices() {
        let (patches, zone) = along_a_boundary(4);
        for patch in patches.iter() {
            let ring = patch.rings().next().expect("one ring");
            let shared = ring.iter().filter(|position| zone.coords().contains(position)).count();
            assert!(shared >= PATCH_VERTICES / 3);
        }
    }
}
