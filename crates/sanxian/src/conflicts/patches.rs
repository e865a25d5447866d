//! Difference patches are cut, and told what they are made of and where they lie.

use rayon::prelude::*;
use sanxian_geom::{
    Area, ArealScale, Combinations, CommonGround, LayerIndex, MeasuredLayer, Measurer, Stop, common_ground,
    overlaps,
};
use sanxian_model::conflict::{Decision, SourceShare, UnitShare};
use sanxian_model::{
    Answer, ConflictKind, Crs, DifferencePatch, Metres, PolygonColumn, PolygonColumnBuilder, Position,
    SquareMetres,
};

use crate::measure::mean_width;

/// What is to be cut: combinations of features of plans that give these answers.
pub(super) struct Wanted {
    pub(super) plans: Vec<usize>,
    pub(super) answers: Vec<Answer>,
    /// For ground that a plan claims twice.
    pub(super) kind: Option<ConflictKind>,
    pub(super) combinations: Combinations,
}

/// Patches that give the same answers, and their polygons in columns.
pub(super) struct Pieces {
    patches: Vec<DifferencePatch>,
    polygons: PolygonColumn,
    areas: Vec<Area>,
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
) -> Vec<Pieces> {
    let of_answers = |wanted: Wanted| {
        let layers: Vec<&LayerIndex> = wanted.plans.iter().map(|plan| &plans[*plan].index).collect();
        let mut grounds = common_ground(&layers, &wanted.combinations, scale, stop);
        grounds.sort_by(|a, b| corner(a).partial_cmp(&corner(b)).expect("coordinates are finite"));
        let coords = grounds.iter().flat_map(|ground| &ground.polygon).map(Vec::len).sum();
        let mut polygons = PolygonColumnBuilder::with_capacity(grounds.len(), coords);
        let (mut patches, mut areas) = (Vec::with_capacity(grounds.len()), Vec::with_capacity(grounds.len()));
        for ground in grounds {
            polygons.push_feature([&ground.polygon]);
            areas.push(ground.area);
            patches.push(wanted.patch(&ground));
        }
        Pieces { patches, polygons: polygons.finish(), areas }
    };
    wanted.into_par_iter().map(of_answers).collect()
}

impl Wanted {
    /// A patch, with its sources not measured yet.
    fn patch(&self, ground: &CommonGround) -> DifferencePatch {
        let (kind, between) =
            self.kind.map_or_else(|| ConflictKind::among(&self.answers), |kind| (kind, [0, 1]));
        let said = |place: usize| (self.plans[place], self.answers[place]);
        let rows = ground.combinations.iter().flat_map(|number| {
            // Of ground that a plan claims twice and says the same of, both features are sources of the first answer.
            let answer = move |place: usize| (0..=place).find(|earlier| said(*earlier) == said(place));
            let rows = self.combinations.rows_of(*number).iter().enumerate();
            rows.filter_map(move |(place, row)| Some((answer(place)?, (*row)?)))
        });
        let mut rows: Vec<(usize, u32)> = rows.collect();
        rows.sort_unstable();
        rows.dedup();
        let sources =
            rows.into_iter().map(|(answer, row)| SourceShare { answer, row, area: SquareMetres::ZERO });
        DifferencePatch {
            id: String::new(),
            plans: self.plans.clone(),
            answers: self.answers.clone(),
            kind,
            between,
            area: ground.area.ellipsoidal,
            planar: None,
            mean_width: Metres::ZERO,
            point: ground.polygon[0][0],
            sources: sources.collect(),
            lines: Vec::new(),
            units: Vec::new(),
            digitising: None,
            decision: Decision::default(),
        }
    }
}

impl Cut {
    /// Patches with their polygons in one column, measured.
    pub(super) fn of(cut: Vec<Pieces>, scale: &ArealScale, crs: &Crs) -> Self {
        let count = cut.iter().map(|pieces| pieces.patches.len()).sum();
        let coords = cut.iter().map(|pieces| pieces.polygons.coords().len()).sum();
        let mut builder = PolygonColumnBuilder::with_capacity(count, coords);
        let (mut patches, mut areas) = (Vec::with_capacity(count), Vec::with_capacity(count));
        // Pieces are given back as they are taken over.
        for mut pieces in cut {
            pieces.polygons.iter().for_each(|polygon| builder.push_view(polygon));
            areas.append(&mut pieces.areas);
            patches.append(&mut pieces.patches);
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

    /// What each patch is made of. Where one feature alone gives an answer, that is the whole patch; where several may, each is
    /// measured.
    pub(super) fn find_sources(&mut self, plans: &[&MeasuredLayer], scale: &ArealScale, stop: &Stop) {
        let Self { patches, measured: MeasuredLayer { index, areas } } = self;
        let measure = |measurer: &mut Measurer<'_>, (number, patch): (usize, &mut DifferencePatch)| {
            let (of, whole) = (&patch.plans, patch.area);
            for of_answer in patch.sources.chunk_by_mut(|a, b| a.answer == b.answer) {
                if let [only] = of_answer {
                    only.area = whole;
                    continue;
                }
                for source in of_answer {
                    let feature = (&plans[of[source.answer]].index, source.row as usize);
                    let shared = measurer.overlap((index, number), feature, Some(areas[number]));
                    source.area = shared.map_or(SquareMetres::ZERO, |shared| shared.ellipsoidal);
                }
            }
            // What only comes near has no ground of it.
            patch.sources.retain(|source| source.area > SquareMetres::ZERO);
            patch.sources.sort_by(|a, b| {
                (a.answer.cmp(&b.answer)).then(b.area.get().total_cmp(&a.area.get())).then(a.row.cmp(&b.row))
            });
        };
        let patches = patches.par_iter_mut().enumerate().filter(|_| !stop.is_asked());
        patches.for_each_init(|| Measurer::new(scale), measure);
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
