//! Difference patches are cut, and told what they are made of and where they lie.

use std::sync::Arc;

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

/// Patches of one set of answers as they are cut, in columns.
pub(super) struct Pieces {
    plans: Arc<[usize]>,
    answers: Arc<[Answer]>,
    kind: ConflictKind,
    between: [usize; 2],
    polygons: PolygonColumn,
    areas: Vec<Area>,
    /// The features that each may be made of, with the places of their answers, and how many of them each has.
    sources: Vec<(u32, u32)>,
    counts: Vec<u32>,
}

/// Patches and their polygons, in one order: of each combination of answers those from west to east, then south to north, by
/// the corner of their boxes.
pub(super) struct Cut {
    pub(super) patches: Vec<DifferencePatch>,
    pub(super) measured: MeasuredLayer,
}

/// Combinations of answers that are cut at a time: enough for all threads, few enough to be held twice.
const AT_A_TIME: usize = 16;

/// What is cut so far: the polygons in one column, all else by combination of answers.
#[derive(Default)]
pub(super) struct Cuts {
    pieces: Vec<Pieces>,
    polygons: PolygonColumnBuilder,
}

impl Cuts {
    /// Cuts some more.
    pub(super) fn cut(
        mut self,
        wanted: Vec<Wanted>,
        plans: &[&MeasuredLayer],
        scale: &ArealScale,
        stop: &Stop,
    ) -> Self {
        let of_answers = |wanted: Wanted| {
            let layers: Vec<&LayerIndex> = wanted.plans.iter().map(|plan| &plans[*plan].index).collect();
            let mut grounds = common_ground(&layers, &wanted.combinations, scale, stop);
            grounds.sort_by(|a, b| corner(a).partial_cmp(&corner(b)).expect("coordinates are finite"));
            wanted.pieces(grounds)
        };
        let mut wanted = wanted.into_iter();
        loop {
            let next: Vec<Wanted> = wanted.by_ref().take(AT_A_TIME).collect();
            if next.is_empty() {
                return self;
            }
            let mut pieces: Vec<Pieces> = next.into_par_iter().map(of_answers).collect();
            for pieces in &mut pieces {
                let polygons = std::mem::take(&mut pieces.polygons);
                polygons.iter().for_each(|polygon| self.polygons.push_view(polygon));
            }
            self.pieces.append(&mut pieces);
        }
    }
}

impl Wanted {
    /// What was cut, in columns.
    fn pieces(self, grounds: Vec<CommonGround>) -> Pieces {
        let Self { plans, answers, kind, combinations } = self;
        let (kind, between) = kind.map_or_else(|| ConflictKind::among(&answers), |kind| (kind, [0, 1]));
        // Of ground that a plan claims twice and says the same of, both features are sources of the first answer.
        let said = |place: usize| (plans[place], answers[place]);
        let first = |place: usize| (0..place).find(|earlier| said(*earlier) == said(place)).unwrap_or(place);
        let places: Vec<u32> = (0..answers.len()).map(|place| first(place) as u32).collect();
        let coords = grounds.iter().flat_map(|ground| &ground.polygon).map(Vec::len).sum();
        let mut polygons = PolygonColumnBuilder::with_capacity(grounds.len(), coords);
        let (mut areas, mut counts) = (Vec::with_capacity(grounds.len()), Vec::with_capacity(grounds.len()));
        let mut sources: Vec<(u32, u32)> = Vec::with_capacity(answers.len() * grounds.len());
        let mut of_ground: Vec<(u32, u32)> = Vec::new();
        for ground in grounds {
            polygons.push_feature([&ground.polygon]);
            areas.push(ground.area);
            for number in ground.combinations {
                let rows = places.iter().zip(combinations.rows_of(number));
                of_ground.extend(rows.filter_map(|(place, row)| Some((*place, (*row)?))));
            }
            of_ground.sort_unstable();
            of_ground.dedup();
            counts.push(of_ground.len() as u32);
            sources.append(&mut of_ground);
        }
        let (plans, answers) = (plans.into(), answers.into());
        Pieces { plans, answers, kind, between, polygons: polygons.finish(), areas, sources, counts }
    }
}

impl Pieces {
    /// Tells patches what they are made of: the features are not measured yet.
    fn name_sources(&self, patches: &mut [DifferencePatch]) {
        let mut rest = &self.sources[..];
        for (patch, count) in patches.iter_mut().zip(&self.counts) {
            let (of_patch, later) = rest.split_at(*count as usize);
            rest = later;
            let sources = of_patch.iter().map(|(place, row)| SourceShare {
                answer: *place as usize,
                row: *row,
                area: SquareMetres::ZERO,
            });
            patch.sources = sources.collect();
        }
    }

    /// A patch without its place and what [`Self::name_sources`] tells it.
    fn patch(&self, area: Area) -> DifferencePatch {
        DifferencePatch {
            id: String::new(),
            plans: self.plans.clone(),
            answers: self.answers.clone(),
            kind: self.kind,
            between: self.between,
            area: area.ellipsoidal,
            planar: None,
            mean_width: Metres::ZERO,
            point: [0.0; 2],
            sources: Vec::new(),
            lines: Vec::new(),
            units: Vec::new(),
            digitising: None,
            decision: Decision::default(),
        }
    }
}

impl Cut {
    /// Patches with their polygons in one column, measured.
    pub(super) fn of(cuts: Cuts, scale: &ArealScale, crs: &Crs) -> Self {
        let Cuts { mut pieces, polygons } = cuts;
        let index = LayerIndex::build(&polygons.finish());
        let count = index.polygons().len();
        let (mut patches, mut areas) = (Vec::with_capacity(count), Vec::with_capacity(count));
        for pieces in &mut pieces {
            patches.extend(pieces.areas.iter().map(|area| pieces.patch(*area)));
            areas.append(&mut pieces.areas);
        }
        let mut of_pieces = Vec::with_capacity(pieces.len());
        let mut rest = &mut patches[..];
        for pieces in pieces {
            let (own, later) = rest.split_at_mut(pieces.counts.len());
            of_pieces.push((pieces, own));
            rest = later;
        }
        of_pieces.into_par_iter().for_each(|(pieces, patches)| pieces.name_sources(patches));
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
                let exterior = index.polygons().ring(index.polygons().rings_of(row).start);
                patch.point = inside.unwrap_or(exterior[0]);
            },
        );
    }

    /// What each patch is made of. Where one feature alone gives an answer, that is the whole patch; where several may, each is
    /// measured: by `first`, which has ground that a plan claims twice once, unless the patch is that ground.
    pub(super) fn find_sources(
        &mut self,
        first: &[&MeasuredLayer],
        plans: &[&MeasuredLayer],
        scale: &ArealScale,
        stop: &Stop,
    ) {
        let Self { patches, measured: MeasuredLayer { index, areas } } = self;
        let measure = |measurer: &mut Measurer<'_>, (number, patch): (usize, &mut DifferencePatch)| {
            let (of, whole) = (&patch.plans, patch.area);
            let layers = if patch.kind == ConflictKind::ClaimedTwice { plans } else { first };
            for of_answer in patch.sources.chunk_by_mut(|a, b| a.answer == b.answer) {
                if let [only] = of_answer {
                    only.area = whole;
                    continue;
                }
                for source in of_answer {
                    let feature = (&layers[of[source.answer]].index, source.row as usize);
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
