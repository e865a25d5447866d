//! Zones piled on one patch that is itself a ring of very many vertices.

use std::time::Instant;

use sanxian_geom::{Area, ArealScale, Claim, Clashes, LayerIndex, MeasuredLayer, net_areas, overlaps};
use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder, Position};

fn column(rings: Vec<Vec<Position>>) -> PolygonColumn {
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

/// A band that winds around (1000, 1000), out to 1 km.
fn spiral(vertices: u32) -> Vec<Position> {
    let side = vertices / 2;
    let turns = f64::from(vertices).sqrt() / 16.0;
    let pitch = 1_000.0 / (turns + 1.0);
    let at = |k: u32, inset: f64| {
        let turn = turns * f64::from(k) / f64::from(side - 1);
        let (sin, cos) = (std::f64::consts::TAU * turn).sin_cos();
        let radius = pitch * (turn + inset);
        [1_000.0 + radius * cos, 1_000.0 + radius * sin]
    };
    let outer = (0..side).map(|k| at(k, 0.9));
    closed(outer.chain((0..side).rev().map(|k| at(k, 0.3))).collect())
}

/// Teeth that stand on a base, from west to east; turned, they lie from south to north.
fn comb(vertices: u32, turned: bool) -> Vec<Position> {
    let teeth = vertices / 4;
    let mut ring: Vec<Position> = vec![[0.0, 0.0], [2_000.0, 0.0]];
    let step = 2_000.0 / f64::from(teeth);
    for k in (0..teeth).rev() {
        let x = step * f64::from(k);
        ring.extend([[x + step, 2.0], [x + step, 1_990.0], [x + step * 0.4, 1_990.0], [x + step * 0.4, 2.0]]);
    }
    if turned {
        ring = ring.iter().rev().map(|p| [p[1], p[0]]).collect();
    }
    closed(ring)
}

/// A rugged circle of 1 km around (1000, 1000).
fn circle(vertices: u32) -> Vec<Position> {
    let at = |k: u32| {
        let (sin, cos) = (std::f64::consts::TAU * f64::from(k) / f64::from(vertices)).sin_cos();
        let radius = 990.0 + f64::from(k.wrapping_mul(2_654_435_761) >> 22) * 0.005;
        [1_000.0 + radius * cos, 1_000.0 + radius * sin]
    };
    closed((0..vertices).map(at).collect())
}

/// Zones of a size in metres, around (1000, 1000), each overlapping most of the others.
fn pile(count: u32, size: f64) -> PolygonColumn {
    let zone = |k: u32| {
        let turn = f64::from(k) * 2.399_963;
        let reach = size * (f64::from(k) / f64::from(count)).sqrt();
        let corner = |i: u32| {
            let (sin, cos) = (std::f64::consts::TAU * (f64::from(i) + 0.1) / 12.0).sin_cos();
            let radius = size + f64::from((k * 7 + i * 31) % 97) * size / 300.0;
            [1_000.0 + reach * turn.cos() + radius * cos, 1_000.0 + reach * turn.sin() + radius * sin]
        };
        closed((0..12).map(corner).collect())
    };
    column((0..count).map(zone).collect())
}

/// Claims of zones on a subject, what each nets, and the seconds that it took.
fn nets(subject: &PolygonColumn, zones: &PolygonColumn) -> (Vec<Claim>, Vec<Area>, f64) {
    let scale = ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("plane");
    let subject = MeasuredLayer::new(LayerIndex::build(subject), &scale);
    let zones = MeasuredLayer::new(LayerIndex::build(zones), &scale);
    let claims: Vec<Claim> = overlaps(&subject, &zones.index, &scale)
        .iter()
        .map(|pair| Claim { layer: 0, row: pair.zone, area: pair.area })
        .collect();
    let clashes = Clashes::within(&zones, &scale);
    let start = Instant::now();
    let nets = net_areas(
        (&subject.index, 0),
        subject.areas[0],
        &[&zones.index],
        &claims,
        |earlier, later| clashes.contains(earlier.row, later.row),
        &scale,
    );
    (claims, nets, start.elapsed().as_secs_f64())
}

#[test]
#[ignore = "a measurement: cargo test --release -p sanxian_geom --test net_areas_of_large_rings -- --ignored --nocapture"]
#[expect(clippy::print_stdout, reason = "the times are what it is for")]
fn seconds_for_zones_on_a_ring_of_a_million_vertices() {
    const VERTICES: u32 = 1_000_000;
    for (name, ring) in [
        ("circle", circle(VERTICES)),
        ("comb", comb(VERTICES, false)),
        ("turned comb", comb(VERTICES, true)),
        ("spiral", spiral(VERTICES)),
    ] {
        let subject = column(vec![ring]);
        for size in [100.0, 300.0, 900.0] {
            let (claims, nets, seconds) = nets(&subject, &pile(400, size));
            let sum: f64 = nets.iter().map(|net| net.planar.get()).sum();
            println!("{name}, {} zones of {size} m: {seconds:.2} s, {sum:.7} m²", claims.len());
        }
    }
}
