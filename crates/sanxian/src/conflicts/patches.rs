//! Difference patches are cut, and told what they are made of and where they lie.

use rayon::prelude::*;
use sanxian_geom::{
    Area, ArealScale, Combinations, CommonGround, LayerIndex, MeasuredLayer, Measurer, Stop, common_ground,
    overlaps,
};
use sanxian_model::conflict::{Decision, SourceShare, UnitShare};
use sanxian_model::{
    Answer, ConflictKind, Crs, DifferencePatch, Metres, PolygonColumn, PolygonColumnBuilder, Position,
};

use super::answers::Answers;
use crate::measure::mean_width;

/// What is to be cut: combinations of features of plans that give these answers.
pub(super) struct Wanted {
    pub(super) plans: Vec<usize>,
    pub(super) answers: Vec<Answer>,
    /// For ground that a plan claims twice.
    pub(super) kind: Option<ConflictKind>,
    pub(super) combinations: Combinations,
}

/// Patches and their polygons, in one order: of each combination of answers those from west to east, then south to north, by
/// the corner of their boxes.
pub(super) struct Cut {
    pub(super) patches: Vec<DifferencePatch>,
    pub(super) measured: MeasuredLayer,
}

/// Cuts the patches.
pub(super) fn cut(
    wanted: Vec<Wanted>,
    plans: &[&MeasuredLayer],
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<(DifferencePatch, CommonGround)> {
    let of_answers = |wanted: Wanted| {
        let layers: Vec<&LayerIndex> = wanted.plans.iter().map(|plan| &plans[*plan].index).collect();
        let mut grounds = common_ground(&layers, &wanted.combinations, scale, stop);
        grounds.sort_by(|a, b| corner(a).partial_cmp(&corner(b)).expect("coordinates are finite"));
        let (kind, between) =
            wanted.kind.map_or_else(|| ConflictKind::among(&wanted.answers), |kind| (kind, [0, 1]));
        let patch = move |ground: CommonGround| {
            let patch = DifferencePatch {
                id: String::new(),
                plans: wanted.plans.clone(),
                answers: wanted.answers.clone(),
                kind,
                between,
                area: ground.area.ellipsoidal,
                planar: None,
                mean_width: Metres::ZERO,
                point: ground.polygon[0][0],
                sources: Vec::new(),
                lines: Vec::new(),
                units: Vec::new(),
                digitising: None,
                decision: Decision::default(),
            };
            (patch, ground)
        };
        grounds.into_iter().map(patch)
    };
    wanted.into_par_iter().flat_map_iter(of_answers).collect()
}

impl Cut {
    /// Patches with their polygons in columns, measured.
    pub(super) fn of(cut: Vec<(DifferencePatch, CommonGround)>, scale: &ArealScale, crs: &Crs) -> Self {
        let coords = cut.iter().map(|(_, ground)| ground.polygon.iter().map(Vec::len).sum::<usize>()).sum();
        let mut builder = PolygonColumnBuilder::with_capacity(cut.len(), coords);
        let (mut patches, mut areas) = (Vec::with_capacity(cut.len()), Vec::with_capacity(cut.len()));
        for (patch, ground) in cut {
            builder.push_feature([&ground.polygon]);
            areas.push(ground.area);
            patches.push(patch);
        }
        let index = LayerIndex::build(&builder.finish());
        let mut cut = Self { patches, measured: MeasuredLayer { index, areas } };
        cut.describe_shapes(scale, crs);
        cut
    }

    /// The polygons of the patches.
    pub(super) fn polygons(&self) -> &PolygonColumn {
        self.measured.index.polygons()
    }

    /// Planar area, mean width and a position inside.
    fn describe_shapes(&mut self, scale: &ArealScale, crs: &Crs) {
        let Self { patches, measured: MeasuredLayer { index, areas } } = self;
        let has_plane = scale.planar().is_some();
        patches.par_iter_mut().zip(areas.par_iter()).enumerate().for_each_init(
            || Measurer::new(scale),
            |measurer, (row, (patch, area)): (usize, (&mut DifferencePatch, &Area))| {
                patch.planar = has_plane.then_some(area.planar);
                let rings = index.polygons().feature(row).rings();
                patch.mean_width = mean_width(area.ellipsoidal, rings, crs).unwrap_or_default();
                let inside = measurer.position((index, row), (index, &[]), false);
                patch.point = inside.unwrap_or(patch.point);
            },
        );
    }

    /// What each patch is made of.
    pub(super) fn find_sources(
        &mut self,
        plans: &[&MeasuredLayer],
        answers: &Answers,
        scale: &ArealScale,
        stop: &Stop,
    ) {
        for (plan, layer) in plans.iter().enumerate() {
            for pair in overlaps(&self.measured, &layer.index, scale, stop) {
                let patch = &mut self.patches[pair.subject as usize];
                let said = answers.of_row(plan, pair.zone);
                let mut of_plan = patch.plans.iter().zip(&patch.answers);
                // What another class has of it is the rounding of an edge, and so is a plan that does not cover it.
                if let Some(answer) = of_plan.position(|(of, answer)| *of == plan && *answer == said) {
                    patch.sources.push(SourceShare { answer, row: pair.zone, area: pair.area });
                }
            }
        }
        let largest_first = |a: &SourceShare, b: &SourceShare| {
            (a.answer.cmp(&b.answer)).then(b.area.get().total_cmp(&a.area.get())).then(a.row.cmp(&b.row))
        };
        self.patches.par_iter_mut().for_each(|patch| patch.sources.sort_by(largest_first));
    }

    /// What each patch has of the features of a layer, the largest share first.
    pub(super) fn shares_of(
        &self,
        layer: &MeasuredLayer,
        scale: &ArealScale,
        stop: &Stop,
    ) -> Vec<Vec<UnitShare>> {
        let mut shares: Vec<Vec<UnitShare>> = vec![Vec::new(); self.patches.len()];
        for pair in overlaps(&self.measured, &layer.index, scale, stop) {
            shares[pair.subject as usize].push(UnitShare { row: pair.zone, area: pair.area });
        }
        let largest_first =
            |a: &UnitShare, b: &UnitShare| b.area.get().total_cmp(&a.area.get()).then(a.row.cmp(&b.row));
        shares.par_iter_mut().for_each(|of_patch| of_patch.sort_by(largest_first));
        shares
    }
}

/// The south-west corner of the box of a polygon.
fn corner(ground: &CommonGround) -> Position {
    let least = |[x, y]: Position, [other_x, other_y]: &Position| [x.min(*other_x), y.min(*other_y)];
    ground.polygon[0].iter().fold([f64::INFINITY; 2], least)
}
