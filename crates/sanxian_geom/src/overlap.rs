//! All pairs of features of two layers that share area.
//!
//! # Outline
//! 1. For each subject feature, the zone features whose boxes touch its box.
//! 2. These pairs, cut into pieces of about equal numbers of vertices, are measured in parallel. The cut
//!    changes who does the work, never a result.
//!
//! For a pair of very different size it makes no difference which is called subject: the window is the box
//! that both share, and either side finds its edges there through its own index.

use rayon::prelude::*;
use sanxian_model::SquareMetres;

use crate::index::LayerIndex;
use crate::measure::{Area, Measurer};
use crate::scale::ArealScale;

/// A layer whose features are indexed and measured.
pub struct MeasuredLayer<'a> {
    /// Where its features, rings and edges are.
    pub index: LayerIndex<'a>,
    /// Area of each feature.
    pub areas: Vec<Area>,
}

impl<'a> MeasuredLayer<'a> {
    /// Measures every feature of an indexed layer.
    #[must_use]
    pub fn new(index: LayerIndex<'a>, scale: &ArealScale) -> Self {
        let areas = (0..index.polygons().len())
            .into_par_iter()
            .with_min_len(64)
            .map_init(|| Measurer::new(scale), |measurer, feature| measurer.area(&index, feature))
            .collect();
        Self { index, areas }
    }
}

/// One pair of features that share area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shared {
    /// Row of the subject.
    pub subject: u32,
    /// Row of the zone.
    pub zone: u32,
    /// What they share.
    pub area: Area,
}

/// Vertices in a piece of work: enough to outweigh handing it out, little enough to balance.
const VERTICES_A_PIECE: usize = 1 << 13;

/// Every pair of a subject feature and a zone feature that share area, ordered by subject, then zone.
#[must_use]
pub fn overlaps(subject: &MeasuredLayer<'_>, zones: &LayerIndex<'_>, scale: &ArealScale) -> Vec<Shared> {
    measure_pairs(subject, zones, scale, &near_pairs(subject, zones, |_, _| true))
}

/// Every pair of two different features of one layer that share area, the lower row first.
#[must_use]
pub fn self_overlaps(layer: &MeasuredLayer<'_>, scale: &ArealScale) -> Vec<Shared> {
    measure_pairs(layer, &layer.index, scale, &near_pairs(layer, &layer.index, |a, b| a < b))
}

fn near_pairs(
    subject: &MeasuredLayer<'_>,
    zones: &LayerIndex<'_>,
    wanted: impl Fn(u32, u32) -> bool + Sync,
) -> Vec<(u32, u32)> {
    let rows: Vec<u32> = (0..subject.index.polygons().len() as u32).collect();
    rows.par_chunks(1024)
        .flat_map_iter(|rows| {
            let mut pairs = Vec::new();
            let mut found = Vec::new();
            for &row in rows {
                found.clear();
                zones.features_near(&subject.index.extent(row as usize), &mut found);
                pairs.extend(found.iter().filter(|&&zone| wanted(row, zone)).map(|&zone| (row, zone)));
            }
            pairs
        })
        .collect()
}

fn measure_pairs(
    subject: &MeasuredLayer<'_>,
    zones: &LayerIndex<'_>,
    scale: &ArealScale,
    pairs: &[(u32, u32)],
) -> Vec<Shared> {
    pieces(subject, pairs)
        .into_par_iter()
        .map_init(
            || Measurer::new(scale),
            |measurer, piece| {
                piece
                    .iter()
                    .filter_map(|&(row, zone)| {
                        let whole = Some(subject.areas[row as usize]);
                        let a = (&subject.index, row as usize);
                        let area = measurer.overlap(a, (zones, zone as usize), whole)?;
                        Some(Shared { subject: row, zone, area })
                    })
                    .collect::<Vec<_>>()
            },
        )
        .flatten_iter()
        .collect()
}

/// Cuts pairs by vertices of the subject, since features differ in size by factors of thousands.
fn pieces<'p>(subject: &MeasuredLayer<'_>, pairs: &'p [(u32, u32)]) -> Vec<&'p [(u32, u32)]> {
    let mut pieces = Vec::new();
    let (mut start, mut vertices) = (0, 0);
    for (k, &(row, _)) in pairs.iter().enumerate() {
        vertices += subject.index.polygons().vertices_of(row as usize).min(VERTICES_A_PIECE);
        if vertices >= VERTICES_A_PIECE || k + 1 == pairs.len() {
            pieces.push(&pairs[start..=k]);
            (start, vertices) = (k + 1, 0);
        }
    }
    pieces
}

/// Sum of the ellipsoidal areas of pairs, exact.
#[must_use]
pub fn total(pairs: &[Shared]) -> SquareMetres {
    pairs.iter().map(|p| p.area.ellipsoidal).sum::<sanxian_model::AreaSum>().area()
}
