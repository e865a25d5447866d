//! All pairs of features of two layers that share area.
//!
//! # Outline
//! 1. For each subject feature, the zone features whose boxes touch its box.
//! 2. These pairs, cut into pieces of about equal numbers of vertices, are measured in parallel. The cut
//!    changes who does the work, never a result.
//!
//! For a pair of very different size it makes no difference which is called subject: the window is the box
//! that both share, and either side finds its edges there through its own index.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sanxian_model::{OverlapPair, SquareMetres};

use crate::index::LayerIndex;
use crate::measure::{Area, Measurer};
use crate::scale::ArealScale;
use crate::stop::Stop;

/// A layer whose features are indexed and measured.
pub struct MeasuredLayer {
    /// Where its features, rings and edges are.
    pub index: LayerIndex,
    /// Area of each feature.
    pub areas: Vec<Area>,
}

impl MeasuredLayer {
    /// Measures every feature of an indexed layer.
    #[must_use]
    pub fn new(index: LayerIndex, scale: &ArealScale) -> Self {
        let rows: Vec<u32> = (0..index.polygons().len() as u32).collect();
        let areas = pieces(&index, &rows, |&row| row)
            .into_par_iter()
            .map_init(
                || Measurer::new(scale),
                |measurer, rows| {
                    rows.iter().map(|&row| measurer.area(&index, row as usize)).collect::<Vec<_>>()
                },
            )
            .flatten_iter()
            .collect();
        Self { index, areas }
    }
}

/// Vertices in a piece of work: enough to outweigh handing it out, little enough to balance.
const VERTICES_A_PIECE: usize = 1 << 13;

/// Every pair of a subject feature and a zone feature that share area, ordered by subject, then zone, as if each zone were alone;
/// no more than some of them once `stop` was asked.
#[must_use]
pub fn overlaps(
    subject: &MeasuredLayer,
    zones: &LayerIndex,
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<OverlapPair> {
    let pairs = near_pairs(subject, zones, usize::MAX, |_, _| true).unwrap_or_default();
    measure_pairs(subject, zones, scale, &pairs, stop)
}

/// Every pair of two different features of one layer that share area, the lower row first; no more than some of them once `stop`
/// was asked.
#[must_use]
pub fn self_overlaps(layer: &MeasuredLayer, scale: &ArealScale, stop: &Stop) -> Vec<OverlapPair> {
    let pairs = near_pairs(layer, &layer.index, usize::MAX, |a, b| a < b).unwrap_or_default();
    measure_pairs(layer, &layer.index, scale, &pairs, stop)
}

/// The pairs whose boxes touch; none when they are more than `limit`.
pub(crate) fn near_pairs(
    subject: &MeasuredLayer,
    zones: &LayerIndex,
    limit: usize,
    wanted: impl Fn(u32, u32) -> bool + Sync,
) -> Option<Vec<(u32, u32)>> {
    let rows: Vec<u32> = (0..subject.index.polygons().len() as u32).collect();
    let count = AtomicUsize::new(0);
    let pairs = rows
        .par_chunks(1024)
        .flat_map_iter(|rows| {
            let mut pairs = Vec::new();
            let mut found = Vec::new();
            for &row in rows {
                if count.load(Ordering::Relaxed) > limit {
                    break;
                }
                found.clear();
                zones.features_near(&subject.index.extent(row as usize), &mut found);
                let before = pairs.len();
                pairs.extend(found.iter().filter(|&&zone| wanted(row, zone)).map(|&zone| (row, zone)));
                count.fetch_add(pairs.len() - before, Ordering::Relaxed);
            }
            pairs
        })
        .collect();
    (count.into_inner() <= limit).then_some(pairs)
}

pub(crate) fn measure_pairs(
    subject: &MeasuredLayer,
    zones: &LayerIndex,
    scale: &ArealScale,
    pairs: &[(u32, u32)],
    stop: &Stop,
) -> Vec<OverlapPair> {
    pieces(&subject.index, pairs, |&(row, _)| row)
        .into_par_iter()
        .map_init(
            || Measurer::new(scale),
            |measurer, piece| {
                piece
                    .iter()
                    .take_while(|_| !stop.is_asked())
                    .filter_map(|&(row, zone)| {
                        let whole = Some(subject.areas[row as usize]);
                        let a = (&subject.index, row as usize);
                        let area = measurer.overlap(a, (zones, zone as usize), whole)?;
                        Some(OverlapPair::alone(row, zone, area.ellipsoidal, area.planar))
                    })
                    .collect::<Vec<_>>()
            },
        )
        .flatten_iter()
        .collect()
}

/// Cuts work by the vertices of the feature that each item is about, since features differ in size by
/// factors of thousands. A feature larger than a piece is cut further into tiles by the measurer.
fn pieces<'p, T>(layer: &LayerIndex, items: &'p [T], row_of: impl Fn(&T) -> u32) -> Vec<&'p [T]> {
    let mut pieces = Vec::new();
    let (mut start, mut vertices) = (0, 0);
    for (k, item) in items.iter().enumerate() {
        vertices += layer.polygons().vertices_of(row_of(item) as usize).min(VERTICES_A_PIECE);
        if vertices >= VERTICES_A_PIECE || k + 1 == items.len() {
            pieces.push(&items[start..=k]);
            (start, vertices) = (k + 1, 0);
        }
    }
    pieces
}

/// Sum of the ellipsoidal areas of pairs, exact.
#[must_use]
pub fn total(pairs: &[OverlapPair]) -> SquareMetres {
    pairs.iter().map(|p| p.area).sum::<sanxian_model::AreaSum>().area()
}
