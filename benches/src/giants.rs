//! Rings of very many vertices, boxes of a billion metres, and zones in a pile.

use std::f64::consts::TAU;

use sanxian_model::{PolygonColumn, PolygonColumnBuilder, Position};

/// One feature for each ring.
#[must_use]
pub fn column(rings: impl IntoIterator<Item = Vec<Position>>) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for ring in rings {
        builder.push_feature([[ring]]);
    }
    builder.finish()
}

fn closed(mut ring: Vec<Position>) -> Vec<Position> {
    ring.push(ring[0]);
    ring
}

/// Teeth of 100 m, side by side from west to east.
#[must_use]
pub fn comb(vertices: u32) -> Vec<Position> {
    let teeth = vertices / 2;
    let points = (0..teeth).flat_map(|k| [[f64::from(k), 0.0], [f64::from(k) + 0.5, 100.0]]);
    closed(points.chain([[f64::from(teeth), 0.0], [f64::from(teeth), -1.0], [0.0, -1.0]]).collect())
}

/// A band that winds around (1000, 1000), out to 1 km.
#[must_use]
pub fn spiral(vertices: u32) -> Vec<Position> {
    let side = vertices / 2;
    let turns = f64::from(vertices).sqrt() / 16.0;
    let pitch = 1_000.0 / (turns + 1.0);
    let at = |k: u32, inset: f64| {
        let turn = turns * f64::from(k) / f64::from(side - 1);
        let (sin, cos) = (TAU * turn).sin_cos();
        let radius = pitch * (turn + inset);
        [1_000.0 + radius * cos, 1_000.0 + radius * sin]
    };
    let outer = (0..side).map(|k| at(k, 0.9));
    closed(outer.chain((0..side).rev().map(|k| at(k, 0.3))).collect())
}

/// A narrow rugged strip from west to east.
#[must_use]
pub fn strip(vertices: u32) -> Vec<Position> {
    let at = |k: u32, y: f64| [f64::from(k), y + f64::from(k % 7) * 0.01];
    let half = vertices / 2;
    closed((0..half).map(|k| at(k, 0.0)).chain((0..half).rev().map(|k| at(k, 1.0))).collect())
}

/// The same ring with west to east changed for south to north.
#[must_use]
pub fn upright(ring: &[Position]) -> Vec<Position> {
    ring.iter().map(|p| [-p[1], p[0]]).collect()
}

/// A ring with ten vertices moved across others, spread along it.
#[must_use]
pub fn crossing_itself(ring: &[Position]) -> Vec<Position> {
    let mut ring = ring.to_vec();
    for k in 0..10 {
        let at = 3 + k * (ring.len() - 10) / 10;
        ring[at] = [ring[at][0] + 23.9, ring[at][1] + 21.3];
    }
    ring
}

/// A disc, and one vertex a billion metres away.
#[must_use]
pub fn disc_with_stray_vertex(vertices: u32, radius: f64) -> Vec<Position> {
    let on_circle = (0..vertices).map(|k| {
        let (sin, cos) = (TAU * f64::from(k) / f64::from(vertices)).sin_cos();
        [radius * cos, radius * sin]
    });
    closed(on_circle.chain([[1e9, 1e9]]).collect())
}

/// Zones of about 300 m around (1000, 1000), each on top of most of the others.
#[must_use]
pub fn pile(count: u32) -> PolygonColumn {
    column((0..count).map(|k| {
        let turn = f64::from(k) * 2.399_963;
        let reach = 300.0 * (f64::from(k) / f64::from(count)).sqrt();
        let corner = |i: u32| {
            let (sin, cos) = (TAU * (f64::from(i) + 0.1) / 12.0).sin_cos();
            let radius = 250.0 + f64::from((k * 7 + i * 31) % 97);
            [1_000.0 + reach * turn.cos() + radius * cos, 1_000.0 + reach * turn.sin() + radius * sin]
        };
        closed((0..12).map(corner).collect())
    }))
}
