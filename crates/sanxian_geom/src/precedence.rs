//! Which zone takes which part of a subject when zones lie on top of each other.
//!
//! # Output promises
//! In the order given, each zone takes what no earlier zone took before, so the parts add up to the area of
//! the union. Zones that share no area with each other keep their whole overlap, bit for bit.
//!
//! # Where rounding enters
//! The ground that earlier zones took is a polygon on the lattice of [`crate::boolean`], 1.5e-8 m fine; its overlap
//! with the zone is measured, not built.

use std::collections::HashSet;

use sanxian_model::{Crs, PolygonColumnBuilder};

use crate::index::LayerIndex;
use crate::measure::{Area, Measurer};
use crate::overlap::Shared;
use crate::piece::{piece_within, union_of};
use crate::scale::ArealScale;

/// Pairs of zone features that lie on top of each other.
#[derive(Debug, Default, Clone)]
pub struct Clashes {
    pairs: HashSet<(u32, u32)>,
}

impl Clashes {
    /// The pairs found by measuring one zone layer against another, or against itself.
    #[must_use]
    pub fn of(pairs: &[Shared]) -> Self {
        Self { pairs: pairs.iter().map(|pair| (pair.subject, pair.zone)).collect() }
    }

    /// Whether no two features clash.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Whether a feature of the first layer clashes with one of the second.
    #[must_use]
    pub fn contains(&self, first: u32, second: u32) -> bool {
        self.pairs.contains(&(first, second))
    }
}

/// A zone feature that shares area with the subject.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Which zone layer, in the order of precedence.
    pub layer: usize,
    /// Row in that layer.
    pub row: u32,
    /// What it shares with the subject.
    pub area: Area,
}

/// What each claim gets, in the order of the claims.
///
/// `clash` tells whether an earlier claim and a later one share ground; `whole` is the area of the subject.
#[must_use]
pub fn net_areas(
    subject: (&LayerIndex<'_>, usize),
    whole: Area,
    layers: &[&LayerIndex<'_>],
    claims: &[Claim],
    clash: impl Fn(&Claim, &Claim) -> bool,
    (scale, crs): (&ArealScale, &Crs),
) -> Vec<Area> {
    let mut net: Vec<Area> = Vec::with_capacity(claims.len());
    for (k, claim) in claims.iter().enumerate() {
        let earlier: Vec<&Claim> = claims[..k].iter().filter(|e| clash(e, claim)).collect();
        net.push(if earlier.is_empty() {
            claim.area
        } else if earlier.iter().any(|e| e.area == whole) {
            Area::default()
        } else {
            // Only what lies in the box of this zone can be missing from it.
            let limit = layers[claim.layer].extent(claim.row as usize);
            let mut pieces: Vec<_> = earlier
                .iter()
                .map(|e| piece_within(subject, (layers[e.layer], e.row as usize), &limit, crs))
                .filter(|piece| !piece.is_empty())
                .collect();
            let taken = match pieces.len() {
                0 => {
                    net.push(claim.area);
                    continue;
                }
                1 => pieces.swap_remove(0),
                _ => union_of(&pieces, subject.0.extent(subject.1).min, crs),
            };
            let mut builder = PolygonColumnBuilder::new();
            builder.push_feature(taken);
            let taken = builder.finish();
            let taken = LayerIndex::build(&taken);
            // A measurer of its own: the shape lives for this one question only.
            let shadow = Measurer::new(scale)
                .overlap((&taken, 0), (layers[claim.layer], claim.row as usize), None)
                .unwrap_or_default();
            claim.area.less(shadow)
        });
    }
    net
}
