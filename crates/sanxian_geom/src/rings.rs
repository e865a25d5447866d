//! Brings rings as delivered into the form that the engine works on, and says what was wrong.
//!
//! # Output promises
//! What [`PolygonColumn`] promises after normalising. No vertex is moved by tidying: rings are closed,
//! repeated points and spikes of no area are dropped, exteriors turn counter-clockwise and holes clockwise.
//!
//! # Outline
//! 1. Tidy each feature; what has no usable ring is left out.
//! 2. Look for crossings. A feature without crossings whose rings touch, or that has several rings, is also
//!    held against ∬ w² − w = 0, where w is its winding number: that is zero if and only if no part lies on
//!    another and no hole lies outside a shell, and it needs no point-in-polygon test with its cases.
//! 3. Repair what failed, or leave it out: each ring is filled by the even-odd rule, then shells are united and
//!    holes cut away (a hole outside every shell counts nothing).
//!
//! Touching points, shared edges between parts, and parts that fill holes are not faults: winding numbers,
//! and so all areas, are exact there.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use rayon::prelude::*;
use sanxian_model::{
    Crs, CrsKind, FaultKind, FeatureView, PolygonColumn, PolygonColumnBuilder, Position, SquareMetres,
};

use crate::boolean::{Keep, Lattice, Shapes};
use crate::crossing::{Meeting, examine};
use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::measure::Measurer;
use crate::scale::ArealScale;

/// What to do with a feature whose rings cannot be used as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnInvalid {
    /// Repair it and say so.
    #[default]
    Repair,
    /// Leave it out of the run and say so.
    Skip,
    /// Leave it out; the caller ends the run.
    Error,
}

/// What was done about a fault.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RingOutcome {
    /// Repaired; the area after minus the area before.
    Repaired(SquareMetres),
    /// The feature is not in the result.
    Left,
}

/// A fault of one feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RingFault {
    /// Row in the column as delivered.
    pub row: usize,
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the CRS as delivered.
    pub near: Option<Position>,
    /// What was done.
    pub outcome: RingOutcome,
}

/// Rings that keep the promises of [`PolygonColumn`].
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// The features that can be used.
    pub polygons: PolygonColumn,
    /// For each of them its row in the column as delivered, ascending.
    pub rows: Vec<u32>,
    /// What was wrong, in row order.
    pub faults: Vec<RingFault>,
    /// How many of the features had rings that were turned, closed, or freed of repeated points and spikes.
    pub tidied: usize,
}

/// Examines each feature: closes rings, drops repeated points and spikes, turns exteriors
/// counter-clockwise and holes clockwise, and finds what cannot be used.
///
/// Areas in faults are planar, or by the ellipsoid's area element at the feature in a geographic CRS.
#[must_use]
pub fn settle(delivered: PolygonColumn, crs: &Crs, on_invalid: OnInvalid) -> Settled {
    let tidied: Vec<Tidied> = (0..delivered.len())
        .into_par_iter()
        .with_min_len(256)
        .map(|row| tidy(delivered.feature(row)))
        .collect();
    let rewritten = tidied.iter().filter(|t| matches!(t, Tidied::Rewritten(..))).count();
    let (polygons, rows, mut faults) = if tidied.iter().all(|t| matches!(t, Tidied::AsItWas)) {
        // The usual case: nothing is copied.
        let rows = (0..delivered.len() as u32).collect();
        (delivered, rows, Vec::new())
    } else {
        rewrite(&delivered, tidied)
    };
    let broken = find_broken(&polygons);
    if broken.is_empty() {
        return Settled { polygons, rows, faults, tidied: rewritten };
    }
    let mended = mend(&polygons, &rows, broken, crs, on_invalid);
    faults.extend(mended.faults);
    faults.sort_by_key(|fault| fault.row);
    Settled { polygons: mended.polygons, rows: mended.rows, faults, tidied: rewritten }
}

/// The features with their tidied rings, and the rows they come from.
fn rewrite(delivered: &PolygonColumn, tidied: Vec<Tidied>) -> (PolygonColumn, Vec<u32>, Vec<RingFault>) {
    let mut builder = PolygonColumnBuilder::with_capacity(delivered.len(), delivered.coords().len());
    let mut rows = Vec::with_capacity(delivered.len());
    let mut faults = Vec::new();
    for (row, tidied) in tidied.into_iter().enumerate() {
        match tidied {
            Tidied::AsItWas => builder.push_view(delivered.feature(row)),
            Tidied::Rewritten(shapes, dropped) => {
                faults.extend(dropped.map(|(kind, near)| RingFault {
                    row,
                    kind,
                    near: Some(near),
                    outcome: RingOutcome::Repaired(SquareMetres::ZERO),
                }));
                builder.push_feature(shapes);
            }
            Tidied::Unusable(kind, near) => {
                faults.push(RingFault { row, kind, near, outcome: RingOutcome::Left });
                continue;
            }
        }
        rows.push(row as u32);
    }
    (builder.finish(), rows, faults)
}

enum Tidied {
    AsItWas,
    /// New rings, and the first ring that had to be dropped.
    Rewritten(Shapes, Option<(FaultKind, Position)>),
    Unusable(FaultKind, Option<Position>),
}

fn tidy(feature: FeatureView<'_>) -> Tidied {
    let bad = feature.rings().flatten().find(|p| !(p[0].is_finite() && p[1].is_finite()));
    if let Some(&near) = bad {
        return Tidied::Unusable(FaultKind::NotFinite, Some(near));
    }
    let Some(&somewhere) = feature.rings().flatten().next() else {
        return Tidied::Unusable(FaultKind::Empty, None);
    };
    if feature.polygons().all(|polygon| {
        polygon.rings().enumerate().all(|(k, ring)| is_tidy(ring) && (signed_area(ring) > 0.0) == (k == 0))
    }) {
        return Tidied::AsItWas;
    }
    let mut dropped = None;
    let mut shapes = Shapes::new();
    for polygon in feature.polygons() {
        let mut rings = Vec::new();
        for (k, ring) in polygon.rings().enumerate() {
            let mut ring = without_repeats_and_spikes(ring);
            let area = signed_area(&ring);
            if ring.len() < 4 || (area == 0.0 && on_one_line(&ring)) {
                let kind = if ring.len() < 4 { FaultKind::TooFewPoints } else { FaultKind::NoArea };
                let near = polygon.rings().flatten().next().copied().unwrap_or(somewhere);
                dropped = dropped.or(Some((kind, near)));
                if k == 0 {
                    // A hole without its shell has nothing to be cut from.
                    break;
                }
                continue;
            }
            if (area > 0.0) != (k == 0) {
                ring.reverse();
            }
            rings.push(ring);
        }
        if !rings.is_empty() {
            shapes.push(rings);
        }
    }
    match (shapes.is_empty(), dropped) {
        (true, Some((kind, near))) => Tidied::Unusable(kind, Some(near)),
        (true, None) => Tidied::Unusable(FaultKind::Empty, None),
        (false, dropped) => Tidied::Rewritten(shapes, dropped),
    }
}

/// Whether a ring is closed, has no repeated point and no spike.
fn is_tidy(ring: &[Position]) -> bool {
    ring.len() >= 4
        && ring[0] == ring[ring.len() - 1]
        && ring.windows(2).all(|pair| pair[0] != pair[1])
        && ring.windows(3).all(|three| !is_spike(three[0], three[1], three[2]))
        && !is_spike(ring[ring.len() - 2], ring[0], ring[1])
}

/// Whether the way from `a` over `b` to `c` turns straight back at `b`.
fn is_spike(a: Position, b: Position, c: Position) -> bool {
    let (u, v) = ([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
    if u[0] * v[0] + u[1] * v[1] >= 0.0 {
        return false;
    }
    let coord = |p: Position| geo::Coord { x: p[0], y: p[1] };
    RobustKernel::orient2d(coord(a), coord(b), coord(c)) == Orientation::Collinear
}

/// Whether all positions lie on one line. A bow-tie may have no signed area and yet not be that.
fn on_one_line(ring: &[Position]) -> bool {
    let coord = |p: Position| geo::Coord { x: p[0], y: p[1] };
    ring.windows(2).all(|pair| {
        RobustKernel::orient2d(coord(ring[0]), coord(pair[0]), coord(pair[1])) == Orientation::Collinear
    })
}

/// Closed, without repeated points and spikes; shorter than four positions when nothing is left.
fn without_repeats_and_spikes(ring: &[Position]) -> Vec<Position> {
    let mut kept: Vec<Position> = Vec::with_capacity(ring.len() + 1);
    for &p in ring {
        while let [.., a, b] = kept.as_slice() {
            if *b != p && is_spike(*a, *b, p) {
                kept.pop();
            } else {
                break;
            }
        }
        if kept.last() != Some(&p) {
            kept.push(p);
        }
    }
    // The same across the seam.
    loop {
        match kept.as_slice() {
            [first, .., last] if first == last => {
                kept.pop();
            }
            [first, .., a, b] if is_spike(*a, *b, *first) => {
                kept.pop();
            }
            [first, second, .., last] if kept.len() > 2 && is_spike(*last, *first, *second) => {
                kept.remove(0);
            }
            _ => break,
        }
    }
    if let Some(&first) = kept.first() {
        kept.push(first);
    }
    kept
}

/// Twice the signed area would do; this is the area, positive when counter-clockwise, about the first vertex.
fn signed_area(ring: &[Position]) -> f64 {
    let Some(&[x, y]) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|pair| {
            let (p, q) = (pair[0], pair[1]);
            (p[0] - x) * (q[1] - y) - (q[0] - x) * (p[1] - y)
        })
        .sum::<f64>()
        * 0.5
}

/// Rows whose rings cross or lie on each other, with the place.
fn find_broken(polygons: &PolygonColumn) -> Vec<(usize, FaultKind, Option<Position>)> {
    let meetings: Vec<(usize, Meeting)> = (0..polygons.len())
        .into_par_iter()
        .with_min_len(64)
        .filter_map(|row| {
            let feature = polygons.feature(row);
            match examine(feature.rings()) {
                Meeting::Simple if feature.rings().len() == 1 => None,
                meeting => Some((row, meeting)),
            }
        })
        .collect();
    let doubtful = meetings.iter().any(|(_, meeting)| !matches!(meeting, Meeting::Crossing(_)));
    let index = doubtful.then(|| LayerIndex::build(polygons));
    // Winding numbers do not depend on where on earth they are counted.
    let plane = ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("a plane needs no fit");
    meetings
        .into_par_iter()
        .map_init(
            || Measurer::new(&plane),
            |measurer, (row, meeting)| match (meeting, &index) {
                (Meeting::Crossing(near), _) => Some((row, FaultKind::Crossing, Some(near))),
                (_, Some(index)) if measurer.defect(index, row) > SquareMetres::ZERO => {
                    let near = polygons.feature(row).rings().flatten().next().copied();
                    Some((row, FaultKind::Nesting, near))
                }
                _ => None,
            },
        )
        .flatten()
        .collect()
}

/// Repairs or leaves out the broken rows; `rows` are the row numbers as delivered.
fn mend(
    polygons: &PolygonColumn,
    rows: &[u32],
    broken: Vec<(usize, FaultKind, Option<Position>)>,
    crs: &Crs,
    on_invalid: OnInvalid,
) -> Settled {
    let mut mended = Settled::default();
    let mut builder = PolygonColumnBuilder::with_capacity(polygons.len(), polygons.coords().len());
    let mut broken = broken.into_iter().peekable();
    for (k, feature) in polygons.iter().enumerate() {
        let Some((_, kind, near)) = broken.next_if(|(row, ..)| *row == k) else {
            builder.push_view(feature);
            mended.rows.push(rows[k]);
            continue;
        };
        let repaired = if on_invalid == OnInvalid::Repair { repair(feature, crs) } else { Shapes::new() };
        let outcome = if repaired.is_empty() {
            RingOutcome::Left
        } else {
            let change = shapes_area(&repaired) - feature.rings().map(signed_area).sum::<f64>().abs();
            builder.push_feature(repaired);
            mended.rows.push(rows[k]);
            RingOutcome::Repaired(SquareMetres(change * square_metres_a_unit(feature, crs)))
        };
        mended.faults.push(RingFault { row: rows[k] as usize, kind, near, outcome });
    }
    mended.polygons = builder.finish();
    mended
}

fn repair(feature: FeatureView<'_>, crs: &Crs) -> Shapes {
    let extent = feature.rings().map(Extent::of).fold(Extent::EMPTY, Extent::union);
    let lattice = Lattice::near(extent.min, crs);
    let (mut shells, mut holes) = (Vec::new(), Vec::new());
    for polygon in feature.polygons() {
        for (k, ring) in polygon.rings().enumerate() {
            let filled = lattice.even_odd(ring).into_iter().flatten();
            if k == 0 { shells.extend(filled) } else { holes.extend(filled) }
        }
    }
    lattice.combine(&shells, &holes, Keep::FirstOnly)
}

fn shapes_area(shapes: &Shapes) -> f64 {
    shapes.iter().flatten().map(|ring| signed_area(ring)).sum()
}

/// Square metres in a square unit of the CRS at the feature, good to a part in a thousand: enough to say how much a repair changed.
fn square_metres_a_unit(feature: FeatureView<'_>, crs: &Crs) -> f64 {
    match crs.kind {
        CrsKind::Plane => 1.0,
        CrsKind::Projected { metres } => metres * metres,
        CrsKind::Geographic { .. } => {
            let extent = feature.rings().map(Extent::of).fold(Extent::EMPTY, Extent::union);
            ArealScale::fit(crs, [], |_| Ok::<(), String>(()))
                .map_or(1.0, |scale| scale.near(extent.centre()).value())
        }
    }
}
