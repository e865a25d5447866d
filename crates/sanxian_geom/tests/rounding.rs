//! The bound on rounding that `docs/engine.md` derives, and what is measured beside it.

use sanxian_geom::{ArealScale, LayerIndex, Measurer};
use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder, Position};

fn plane() -> ArealScale {
    ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("the plane needs no fit")
}

fn column(ring: &[Position], shift: Position) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature([[ring.iter().map(|p| [p[0] + shift[0], p[1] + shift[1]]).collect::<Vec<_>>()]]);
    builder.finish()
}

/// Numbers from 0 to 1, the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// A star whose coordinates are multiples of 2⁻²⁰, so that adding a zone prefix is exact.
fn star(random: &mut Random, vertices: u32) -> Vec<Position> {
    let centre = [random.next() * 40.0, random.next() * 40.0];
    let exact = |value: f64| (value * f64::from(1 << 20)).round() / f64::from(1 << 20);
    let mut ring: Vec<Position> = (0..vertices)
        .map(|k| {
            let (sin, cos) = (std::f64::consts::TAU * f64::from(k) / f64::from(vertices)).sin_cos();
            let radius = 15.0 + 35.0 * random.next();
            [exact(centre[0] + radius * cos), exact(centre[1] + radius * sin)]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

fn shared(a: &[Position], b: &[Position], shift: Position) -> f64 {
    let (a, b) = (column(a, shift), column(b, shift));
    let (a, b) = (LayerIndex::build(&a), LayerIndex::build(&b));
    Measurer::new(&plane()).overlap((&a, 0), (&b, 0), None).unwrap_or_default().planar.get()
}

/// Both parts of the bound, with every pair of edges as a term and every edge as long as it is.
fn bound(a: &[Position], b: &[Position], shift: Position) -> f64 {
    let range = |ring: &[Position], axis: usize| {
        let of = |start: f64, pick: fn(f64, f64) -> f64| ring.iter().map(|p| p[axis]).fold(start, pick);
        [of(f64::INFINITY, f64::min), of(f64::NEG_INFINITY, f64::max)]
    };
    let window: [[f64; 2]; 2] = [0, 1].map(|axis| {
        let (p, q) = (range(a, axis), range(b, axis));
        [p[0].max(q[0]), p[1].min(q[1])]
    });
    let inside = |p: &Position| (0..2).all(|axis| window[axis][0] <= p[axis] && p[axis] <= window[axis][1]);
    let height = window[1][1] - window[1][0];
    let (mut terms, mut widths) = (0.0, 0.0);
    for e in a.windows(2) {
        for f in b.windows(2) {
            let (e, f) = (range(e, 0), range(f, 0));
            let width = e[1].min(f[1]) - e[0].max(f[0]);
            if width > 0.0 {
                terms += 1.0;
                widths += width;
            }
        }
    }
    let cut: f64 = a
        .windows(2)
        .chain(b.windows(2))
        .filter(|e| !(inside(&e[0]) && inside(&e[1])))
        .map(|e| (e[1][0] - e[0][0]).hypot(e[1][1] - e[0][1]))
        .sum();
    let largest = shift[0].abs().max(shift[1].abs()).max(100.0);
    let ulp = 2.0_f64.powi(largest.log2().floor() as i32 - 52);
    (16.0 + terms) * f64::EPSILON * 0.5 * height * widths + 2.0 * ulp * cut
}

#[test]
fn a_zone_prefix_costs_less_than_the_bound() {
    let prefix = [39_500_000.0, 3_520_000.0];
    let mut random = Random(7);
    let (mut worst, mut smallest_bound) = (0.0_f64, f64::INFINITY);
    for _ in 0..500 {
        let (a, b) = (star(&mut random, 40), star(&mut random, 40));
        let (near, far) = (shared(&a, &b, [0.0; 2]), shared(&a, &b, prefix));
        let stated = bound(&a, &b, [0.0; 2]) + bound(&a, &b, prefix);
        assert!((near - far).abs() <= stated, "{near} became {far}, the bound is {stated:e}");
        worst = worst.max((near - far).abs());
        smallest_bound = smallest_bound.min(stated);
    }
    // What the page says was measured.
    assert!(worst < 1e-7, "{worst:e}");
    assert!(worst > 0.0 && smallest_bound < 4e-5, "{worst:e} {smallest_bound:e}");
}
