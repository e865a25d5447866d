//! Work is bounded by the vertices of the input, whatever the size of its boxes.

use std::sync::mpsc;
use std::time::Duration;

use sanxian_geom::{Area, ArealScale, LayerIndex, MeasuredLayer, Measurer, Stop, overlaps};
use sanxian_model::{Crs, CrsKind, PolygonColumn, PolygonColumnBuilder, Position};

fn plane() -> ArealScale {
    ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("the plane needs no fit")
}

fn column(rings: impl IntoIterator<Item = Vec<Position>>) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature(rings.into_iter().map(|ring| [ring]));
    builder.finish()
}

/// A disc with so many vertices and, if wanted, one more far away.
fn disc(vertices: u32, radius: f64, far: Option<Position>) -> Vec<Position> {
    let mut ring: Vec<Position> = (0..vertices)
        .map(|k| {
            let (sin, cos) = (std::f64::consts::TAU * f64::from(k) / f64::from(vertices)).sin_cos();
            [radius * cos, radius * sin]
        })
        .collect();
    ring.extend(far);
    ring.push(ring[0]);
    ring
}

fn shoelace(ring: &[Position]) -> f64 {
    ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum::<f64>() * 0.5
}

/// Runs work that must end; it takes a small part of a second.
fn ends<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || send.send(work()));
    receive.recv_timeout(Duration::from_secs(60)).expect("the work did not end")
}

#[test]
fn a_stray_vertex_far_away_costs_no_tiles() {
    for far in [1e9, 1e12] {
        let ring = disc(20_000, 30_000.0, Some([far, -0.6 * far]));
        let expected = shoelace(&ring);
        let (area, same) = ends(move || {
            let layer = column([ring]);
            let index = LayerIndex::build(&layer);
            let scale = plane();
            let mut measurer = Measurer::new(&scale);
            let other = LayerIndex::build(&layer);
            (measurer.area(&index, 0), measurer.overlap((&index, 0), (&other, 0), None))
        });
        // What remains of the precision: 10⁻¹⁵ of the box that holds the stray vertex.
        let remains = 1e-15 * far * far;
        let found = area.planar.get();
        assert!((found - expected).abs() < remains, "{far}: {found} is not {expected}");
        let same = same.unwrap_or_default().planar.get();
        assert!((same - expected).abs() < remains, "{far}: {same} is not {expected}");
    }
}

#[test]
fn a_stray_vertex_does_not_blur_what_lies_elsewhere() {
    // The overlap with a patch that the far part does not reach is as precise as without it.
    let zone = disc(20_000, 30_000.0, Some([1e9, -1.0]));
    let patch = disc(3_000, 20_000.0, None);
    let expected = 0.5 * 3_000.0 * 20_000.0_f64.powi(2) * (std::f64::consts::TAU / 3_000.0).sin();
    let found = ends(move || {
        let (zone, patch) = (column([zone]), column([patch]));
        let scale = plane();
        let subject = MeasuredLayer::new(LayerIndex::build(&patch), &scale);
        overlaps(&subject, &LayerIndex::build(&zone), &scale, &Stop::default())[0].planar.get()
    });
    assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
}

#[test]
fn a_long_narrow_or_hollow_feature_is_exact() {
    // A frame of 400 km with a wall of 10 m, and a bar across it.
    let ring = |half: f64| vec![[-half, -half], [half, -half], [half, half], [-half, half], [-half, -half]];
    let mut hole = ring(199_990.0);
    hole.reverse();
    let frame = column([ring(200_000.0), hole]);
    let bar = column([vec![
        [-300_000.0, 5.0],
        [300_000.0, 5.0],
        [300_000.0, 15.0],
        [-300_000.0, 15.0],
        [-300_000.0, 5.0],
    ]]);
    let scale = plane();
    let (frame, bar) = (LayerIndex::build(&frame), LayerIndex::build(&bar));
    let mut measurer = Measurer::new(&scale);
    let area = measurer.area(&frame, 0).planar.get();
    assert!((area - 4.0 * 10.0 * 399_990.0).abs() < 1e-5, "{area}");
    let shared = measurer.overlap((&bar, 0), (&frame, 0), None).unwrap_or_default().planar.get();
    assert!((shared - 200.0).abs() < 1e-6, "{shared}");
}

/// A projection that knows longitude and latitude only east of easting −500 km and west of 2 000 km.
fn lon_lat(positions: &mut [Position]) -> Result<(), String> {
    for p in positions {
        if !(-500_000.0..2_000_000.0).contains(&p[0]) {
            return Err(format!("nothing at {}", p[0]));
        }
        *p = [p[0] / 111_000.0, p[1] / 111_000.0];
    }
    Ok(())
}

fn projected() -> Crs {
    Crs { kind: CrsKind::Projected { metres: 1.0 }, ..Crs::plane() }
}

#[test]
fn the_scale_fails_where_a_vertex_is_and_names_its_feature() {
    let good = column([disc(16, 100.0, None)]);
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature([[disc(16, 100.0, None)]]);
    builder.push_feature([[disc(16, 100.0, Some([1e9, 0.0]))]]);
    let bad = builder.finish();
    let layers = [LayerIndex::build(&good), LayerIndex::build(&bad)];
    let error = ArealScale::fit(&projected(), &layers, lon_lat).expect_err("1e9 is nowhere");
    assert_eq!((error.layer, error.row), (1, 1));
    assert_eq!([error.x, error.y], [1e9, 0.0]);
    // Nor is a box of that size searched when each place in it has a longitude and latitude.
    let calls = std::cell::Cell::new(0);
    let anywhere = |_: &mut [Position]| {
        calls.set(calls.get() + 1);
        Ok::<(), String>(())
    };
    let error = ArealScale::fit(&projected(), &layers, anywhere).expect_err("larger than a continent");
    assert_eq!((error.layer, error.row, error.x), (1, 1, 1e9));
    assert!(calls.get() < 1_000, "{}", calls.get());
}

#[test]
fn the_empty_part_of_a_box_needs_no_longitude() {
    // A thin triangle whose box, and not a vertex, reaches into cells west of the projection's end.
    let ring = vec![[-420_000.0, 0.0], [-300_000.0, 0.0], [-300_000.0, 200_000.0], [-420_000.0, 0.0]];
    let layer = column([ring.clone()]);
    let index = LayerIndex::build(&layer);
    let limited = |positions: &mut [Position]| -> Result<(), String> {
        // Nothing north-west of a line that the triangle keeps clear of.
        if positions.iter().any(|p| p[0] < -396_000.0 && p[1] > 140_000.0) {
            return Err("beyond the line".to_owned());
        }
        lon_lat(positions)
    };
    let found =
        ArealScale::fit(&projected(), [&index], limited).map(|scale| Measurer::new(&scale).area(&index, 0));
    let whole =
        ArealScale::fit(&projected(), [&index], lon_lat).map(|scale| Measurer::new(&scale).area(&index, 0));
    assert_eq!(found.expect("no vertex is there"), whole.expect("no limit"));
}

#[test]
fn degrees_beyond_the_globe_are_refused() {
    let layer = column([disc(16, 0.1, Some([1e9, 0.0]))]);
    let index = LayerIndex::build(&layer);
    let crs = Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
    let error = ArealScale::fit(&crs, [&index], |_| Ok::<(), String>(())).expect_err("no such longitude");
    assert_eq!((error.layer, error.row, error.x), (0, 0, 1e9));
}

#[test]
fn a_whole_block_has_the_area_of_its_tiles() {
    // A large square is mostly tiles without edges, measured at once; dense edges on a grid force small tiles everywhere.
    let crs = Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
    let scale = ArealScale::fit(&crs, [], |_| Ok::<(), String>(())).expect("geographic");
    let square =
        |w: f64, s: f64, side: f64| vec![[w, s], [w + side, s], [w + side, s + side], [w, s + side], [w, s]];
    let whole = column([square(110.0, 30.0, 2.0)]);
    let parts = column((0..32).flat_map(|i| {
        (0..32).map(move |j| square(110.0 + f64::from(i) / 16.0, 30.0 + f64::from(j) / 16.0, 0.0625))
    }));
    let area = |column: &PolygonColumn| -> Area { Measurer::new(&scale).area(&LayerIndex::build(column), 0) };
    let (whole, parts) = (area(&whole).ellipsoidal.get(), area(&parts).ellipsoidal.get());
    // 4·10¹⁰ m²: 12 digits.
    assert!((whole - parts).abs() < 0.04, "{whole} {parts}");
}

#[test]
fn tiles_give_the_same_bytes_on_any_number_of_threads() {
    let zone = column([disc(30_000, 60_000.0, None)]);
    let patch = column([disc(10_000, 50_000.0, Some([70_000.0, 3.0]))]);
    let scale = plane();
    let measure = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("pool");
        pool.install(|| {
            let subject = MeasuredLayer::new(LayerIndex::build(&patch), &scale);
            let area = subject.areas[0];
            (area, overlaps(&subject, &LayerIndex::build(&zone), &scale, &Stop::default()))
        })
    };
    let one = measure(1);
    assert_eq!(one, measure(2));
    assert_eq!(one, measure(5));
    assert_eq!(one.1.len(), 1);
}
