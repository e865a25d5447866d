//! Brings rings as delivered into the form that the engine works on, and says what was wrong.
//!
//! # Output promises
//! What [`PolygonColumn`] promises after normalising. No vertex is moved by tidying: rings are closed,
//! repeated points and spikes of no area are dropped, exteriors turn counter-clockwise and holes clockwise. Holes of a
//! shell that encloses nothing lie in no shell: like all such holes they are ground, which is a repair and told.
//!
//! # Outline
//! 1. Tidy each feature; what has no usable ring is left out.
//! 2. Look for edges that cross or touch. A feature with such edges or with several rings is held against what
//!    its rings cover: each ring its inside once, each hole ground of its own shell, each part ground of its own.
//! 3. Repair what failed, or leave it out. See [`repair`].
//!
//! Touching points, shared edges between parts, and parts that fill holes are not faults: winding numbers,
//! and so all areas, are exact there.

mod ground;
mod repair;
mod tidy;

use rayon::prelude::*;
use sanxian_model::{Crs, FaultKind, PolygonColumn, PolygonColumnBuilder, Position, SquareMetres};

use self::ground::GroundArea;
use self::repair::{Verdict, repair};
use self::tidy::{Dropped, Tidied, tidy};
use crate::crossings::Crossings;
use crate::stop::Stop;
use crate::sweep::{Finding, Sweep};

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
    /// Repaired.
    Repaired {
        /// Ground that no part covered as delivered.
        added: SquareMetres,
        /// Ground that was counted more than once as delivered.
        taken: SquareMetres,
    },
    /// The feature is not in the result.
    Left,
}

/// A fault of one feature.
#[derive(Debug, Clone, PartialEq)]
pub struct RingFault {
    /// Row in the column as delivered.
    pub row: usize,
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the CRS as delivered.
    pub near: Option<Position>,
    /// Where edges cross, for [`FaultKind::Crossing`].
    pub crossings: Option<Crossings>,
    /// What was done.
    pub outcome: RingOutcome,
}

/// Rings that keep the promises of [`PolygonColumn`].
#[derive(Debug, Clone, Default)]
pub struct NormalisedRings {
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
/// Areas in faults are on the ellipsoid in a geographic CRS, else in the plane of the CRS.
#[must_use]
pub fn normalise_rings(
    delivered: PolygonColumn,
    crs: &Crs,
    on_invalid: OnInvalid,
    stop: &Stop,
) -> NormalisedRings {
    let tidied: Vec<Tidied> = (0..delivered.len())
        .into_par_iter()
        .with_min_len(256)
        .map(|row| if stop.is_asked() { Tidied::AsItWas } else { tidy(delivered.feature(row)) })
        .collect();
    let rewritten = tidied.iter().filter(|t| matches!(t, Tidied::Rewritten(..))).count();
    let (polygons, rows, mut faults) = if tidied.iter().all(|t| matches!(t, Tidied::AsItWas)) {
        // The usual case: nothing is copied.
        let rows = (0..delivered.len() as u32).collect();
        (delivered, rows, Vec::new())
    } else {
        rewrite(&delivered, tidied, crs, on_invalid)
    };
    let invalid = find_invalid(&polygons, crs, stop);
    if invalid.is_empty() {
        return NormalisedRings { polygons, rows, faults, tidied: rewritten };
    }
    let mended = mend(&polygons, &rows, invalid, on_invalid);
    faults.extend(mended.faults);
    faults.sort_by_key(|fault| fault.row);
    NormalisedRings { polygons: mended.polygons, rows: mended.rows, faults, tidied: rewritten }
}

/// The features with their tidied rings, and the rows they come from.
fn rewrite(
    delivered: &PolygonColumn,
    tidied: Vec<Tidied>,
    crs: &Crs,
    on_invalid: OnInvalid,
) -> (PolygonColumn, Vec<u32>, Vec<RingFault>) {
    let ground_area = GroundArea::new(crs);
    let mut builder = PolygonColumnBuilder::with_capacity(delivered.len(), delivered.coords().len());
    let mut rows = Vec::with_capacity(delivered.len());
    let mut faults = Vec::new();
    for (row, tidied) in tidied.into_iter().enumerate() {
        let mut tell = |kind, near, outcome| {
            faults.push(RingFault { row, kind, near, crossings: None, outcome });
        };
        match tidied {
            Tidied::AsItWas => builder.push_view(delivered.feature(row)),
            Tidied::Rewritten(_, Some(Dropped { kind, near, ground }))
                if !ground.is_empty() && on_invalid != OnInvalid::Repair =>
            {
                tell(kind, Some(near), RingOutcome::Left);
                continue;
            }
            Tidied::Rewritten(shapes, dropped) => {
                if let Some(Dropped { kind, near, ground }) = dropped {
                    let (added, taken) = (ground_area.of(&ground), SquareMetres::ZERO);
                    tell(kind, Some(near), RingOutcome::Repaired { added, taken });
                }
                builder.push_feature(shapes);
            }
            Tidied::Unusable(kind, near) => {
                tell(kind, near, RingOutcome::Left);
                continue;
            }
        }
        rows.push(row as u32);
    }
    (builder.finish(), rows, faults)
}

/// Rows whose rings do not cover the ground once, with their repair.
fn find_invalid(polygons: &PolygonColumn, crs: &Crs, stop: &Stop) -> Vec<(usize, Verdict)> {
    let ground = GroundArea::new(crs);
    (0..polygons.len())
        .into_par_iter()
        .with_min_len(64)
        .map_init(Sweep::default, |sweep, row| {
            if stop.is_asked() {
                return None;
            }
            let feature = polygons.feature(row);
            let crossings = match sweep.examine(feature) {
                Finding::Valid => return None,
                Finding::Doubtful => None,
                Finding::Crossing(crossings) => Some(crossings),
            };
            match repair(feature, crossings, &ground) {
                Verdict::Valid => None,
                invalid @ Verdict::Invalid { .. } => Some((row, invalid)),
            }
        })
        .flatten()
        .collect()
}

/// Puts the repaired features in place of the invalid ones, or leaves those out; `rows` are the row numbers as
/// delivered.
fn mend(
    polygons: &PolygonColumn,
    rows: &[u32],
    invalid: Vec<(usize, Verdict)>,
    on_invalid: OnInvalid,
) -> NormalisedRings {
    let mut mended = NormalisedRings::default();
    let mut builder = PolygonColumnBuilder::with_capacity(polygons.len(), polygons.coords().len());
    let mut invalid = invalid.into_iter().peekable();
    for (k, feature) in polygons.iter().enumerate() {
        let Some((_, Verdict::Invalid { kind, near, crossings, shapes, added, taken })) =
            invalid.next_if(|(row, _)| *row == k)
        else {
            builder.push_view(feature);
            mended.rows.push(rows[k]);
            continue;
        };
        let outcome = if shapes.is_empty() || on_invalid != OnInvalid::Repair {
            RingOutcome::Left
        } else {
            builder.push_feature(shapes);
            mended.rows.push(rows[k]);
            RingOutcome::Repaired { added, taken }
        };
        mended.faults.push(RingFault { row: rows[k] as usize, kind, near: Some(near), crossings, outcome });
    }
    mended.polygons = builder.finish();
    mended
}
