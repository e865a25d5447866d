//! The shapes behind findings: what is shown on the map and opened in QGIS.

use rayon::prelude::*;
use sanxian_geom::{LayerIndex, Measurer, Shapes, outside_piece, overlay_piece, union_of};
use sanxian_model::{Finding, Measure, PolygonColumn, PolygonColumnBuilder, Position};

use super::measured::Measured;

/// The shapes behind the findings of a run, in its CRS.
#[derive(Debug, Clone, Default)]
pub struct FindingPieces {
    /// One feature for each finding that has a shape.
    pub column: PolygonColumn,
    /// Which feature of `column` belongs to each finding; none for a finding without a shape.
    pub of_finding: Vec<Option<u32>>,
}

/// Names for each finding a position inside the region that it is about.
pub(crate) fn locate(measured: &Measured<'_>, findings: &mut [Finding]) {
    findings.par_iter_mut().with_min_len(64).for_each_init(
        || Measurer::new(&measured.scale),
        |measurer, finding| finding.point = position_of(measured, measurer, finding),
    );
}

fn position_of(measured: &Measured<'_>, measurer: &mut Measurer<'_>, finding: &Finding) -> Option<Position> {
    let (subject, row) = measured.subject_of(finding)?;
    let feature = (&measured.layers[subject].index, row);
    match (&finding.measure, measured.zones_of(finding)) {
        (Measure::Overlap { .. }, Some((zone, rows))) => {
            measurer.position(feature, (&measured.layers[zone].index, &rows), true)
        }
        (Measure::Outside { .. }, Some((zone, rows))) => {
            measurer.position(feature, (&measured.layers[zone].index, &rows), false)
        }
        _ => measurer.position(feature, (feature.0, &[]), false),
    }
}

/// Cuts the shape behind each finding.
pub(crate) fn cut(measured: &Measured<'_>, findings: &[Finding]) -> FindingPieces {
    let shapes: Vec<Shapes> = findings.par_iter().map(|finding| shape_of(measured, finding)).collect();
    FindingPieces::of(shapes)
}

impl FindingPieces {
    /// The shapes of findings in their order; one without polygons is none.
    pub(crate) fn of(shapes: impl IntoIterator<Item = Shapes>) -> Self {
        let mut builder = PolygonColumnBuilder::new();
        let mut of_finding = Vec::new();
        for shapes in shapes {
            if shapes.is_empty() {
                of_finding.push(None);
            } else {
                of_finding.push(Some(builder.len() as u32));
                builder.push_feature(shapes);
            }
        }
        Self { column: builder.finish(), of_finding }
    }
}

/// The shape that a finding is about, in the CRS of the run.
pub(crate) fn shape_of(measured: &Measured<'_>, finding: &Finding) -> Shapes {
    let crs = &measured.plan.crs;
    let Some((subject, row)) = measured.subject_of(finding) else { return Shapes::new() };
    let feature = (&measured.layers[subject].index, row);
    let index_of = |zone: usize| -> &LayerIndex { &measured.layers[zone].index };
    match (&finding.measure, measured.zones_of(finding)) {
        (Measure::Overlap { .. }, Some((zone, rows))) => {
            let piece = |row: &u32| overlay_piece(feature, (index_of(zone), *row as usize), crs);
            let pieces: Vec<Shapes> = rows.iter().map(piece).collect();
            match pieces.as_slice() {
                [one] => one.clone(),
                several => union_of(several, feature.0.extent(feature.1).min, crs),
            }
        }
        (Measure::Outside { .. }, Some((zone, rows))) => outside_piece(feature, (index_of(zone), &rows), crs),
        // The feature itself is what is wrong.
        _ => measured
            .polygons(subject)
            .feature(row)
            .polygons()
            .map(|polygon| polygon.rings().map(<[_]>::to_vec).collect())
            .collect(),
    }
}
