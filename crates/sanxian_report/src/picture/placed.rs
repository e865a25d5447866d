//! Where a finding is on the map: its piece, or else the feature that it is about.

use sanxian_model::polygons::{FeatureView, Position};

use crate::picture::extent::Extent;
use crate::report::Report;

/// Where a finding is.
pub(super) struct Placed<'a> {
    /// The piece of overlap, where pieces were asked for, or the feature that it is about.
    pub(super) shape: Option<FeatureView<'a>>,
    /// Whether the shape is a piece, and no other finding has it.
    pub(super) is_piece: bool,
    /// One position of it.
    pub(super) at: Option<Position>,
}

impl<'a> Placed<'a> {
    /// Where finding number `index` of a report is.
    pub(super) fn of(report: &Report<'a>, index: usize) -> Self {
        let finding = &report.findings[index];
        let piece = report.pieces.zip(report.piece_of(index)).map(|(pieces, row)| pieces.column.feature(row));
        let subject = || {
            let layer = report.layer(finding.layer)?;
            let row = finding.row? as usize;
            (row < layer.len()).then(|| layer.polygons.feature(row))
        };
        let has_ground = |shape: &FeatureView<'a>| shape.rings().len() > 0;
        let piece = piece.filter(has_ground);
        let shape = piece.or_else(subject).filter(has_ground);
        let at = finding.point.or_else(|| shape.and_then(|shape| Some(Extent::of_shape(shape)?.centre())));
        Self { shape, is_piece: piece.is_some(), at }
    }
}
