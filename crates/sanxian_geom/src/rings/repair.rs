//! What the rings of a feature cover, and what must change so that they cover it once.
//!
//! # Promises
//! A feature is left as delivered if and only if its defect is at most [`floor`]. The defect is the sum of
//! areas that are zero for valid rings and positive otherwise: where a ring turns around a place other than
//! once, where a hole lies outside the shell of its own part or on another hole of it, where parts lie on
//! each other. A part of which nothing is left is a fault whatever its defect. A feature with [`MOST_COUNTED`]
//! crossings, or one of doubtful rings of which a line meets more than [`MOST_EDGES_MET`] edges, is told and not
//! repaired, so that work stays bounded.
//!
//! # Outline
//! As the "structure" method of GEOS. Each ring is filled where its winding number is not zero; the holes of a
//! part are cut from its shell, except those wholly outside it, which are ground; then everything is united.
//!
//! # Where rounding enters
//! Coordinates are rounded to the lattice of [`crate::boolean`]; areas are compared there as integers. Rounding
//! a vertex that lies on an edge moves at most one step of the lattice along that edge, so the floor holds
//! one step for each metre of boundary beside its 10⁻⁴ m².

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use sanxian_model::{FaultKind, FeatureView, Position, SquareMetres};

use super::ground::GroundArea;
use crate::boolean::{Lattice, LatticeRing, Shapes, edges_at_a_line, overlay, twice_area, twice_area_of};
use crate::extent::Extent;
use crate::sweep::{Crossings, MOST_COUNTED};

/// Smallest defect that is a fault, in square metres, for a short boundary.
const FLOOR: f64 = 1e-4;

/// Most edges that an upright and a level line meet on average in a feature whose rings are overlaid. The overlay
/// compares edges that stand side by side, so its work grows with the square of that number.
const MOST_EDGES_MET: f64 = 4_000.0;

/// Whether a feature can be used as it is.
pub(super) enum Verdict {
    /// Its rings cover each spot at most once, up to rounding.
    Valid,
    /// They do not.
    Invalid {
        kind: FaultKind,
        near: Position,
        /// Where edges cross, if that is what is wrong.
        crossings: Option<Crossings>,
        /// What the rings cover; empty when nothing is left.
        shapes: Shapes,
        /// Ground of `shapes` that no part covered as delivered.
        added: SquareMetres,
        /// Ground that was counted more than once as delivered.
        taken: SquareMetres,
    },
}

/// The parts of a feature as they are put together, in lattice cells (areas twice).
#[derive(Default)]
struct Cover {
    /// Rings of all parts, exteriors counter-clockwise and holes clockwise.
    rings: Vec<LatticeRing>,
    /// Sum of the areas of the parts.
    area: i128,
    /// Holes that lie wholly outside their shell.
    ground: Vec<LatticeRing>,
    defect: i128,
    /// Rings that turn around some place other than once, as delivered and as filled.
    refilled: Vec<(Vec<Position>, Vec<LatticeRing>)>,
    /// The first place seen where rings lie wrongly on each other.
    near: Option<Position>,
    /// A vertex of the first part of which nothing is left.
    vanished: Option<Position>,
}

/// Says whether a feature is valid, and repairs it if not. `crossings` is where edges cross, if they do.
pub(super) fn repair(
    feature: FeatureView<'_>,
    crossings: Option<Crossings>,
    ground_area: &GroundArea<'_>,
) -> Verdict {
    let first = feature.rings().flatten().next().copied().unwrap_or_default();
    let extent = feature.rings().map(Extent::of).fold(Extent::EMPTY, Extent::union);
    let lattice = Lattice::near(extent.min, ground_area.crs());
    let too_many = crossings.as_ref().is_some_and(|crossings| crossings.count >= MOST_COUNTED);
    if too_many || edges_met(feature, &lattice) > MOST_EDGES_MET {
        let near = crossings.as_ref().and_then(|crossings| crossings.places.first().copied());
        return Verdict::Invalid {
            kind: if crossings.is_some() { FaultKind::Crossing } else { FaultKind::Nesting },
            near: near.unwrap_or(first),
            crossings,
            shapes: Shapes::new(),
            added: SquareMetres::ZERO,
            taken: SquareMetres::ZERO,
        };
    }
    let unit = ground_area.largest_unit(&extent);
    let floor = floor(feature, &lattice, unit);
    // Twice the area, in cells, that is as large as the floor.
    let floor_cells = (2.0 * floor / (unit * lattice.step() * lattice.step())) as i128;

    let mut cover = Cover::default();
    for polygon in feature.polygons() {
        cover.add_part(polygon.rings(), &lattice, floor_cells);
    }
    let parts = overlay(&cover.rings, &[], OverlayRule::Subject, FillRule::NonZero);
    let covered_twice = cover.area - twice_area_of(&parts);
    cover.defect += covered_twice;
    if cover.defect <= floor_cells && cover.vanished.is_none() {
        return Verdict::Valid;
    }
    if covered_twice > floor_cells && cover.near.is_none() {
        cover.near = covered_more_than_once(&cover.rings, &lattice);
    }

    let mut taken = SquareMetres::ZERO;
    if covered_twice > floor_cells {
        let sum = ground_area.of(&lattice.lift(vec![cover.rings.clone()]));
        taken = (sum - ground_area.of(&lattice.lift(parts.clone()))).max(SquareMetres::ZERO);
    }
    let mut added = SquareMetres::ZERO;
    for (delivered, filled) in &cover.refilled {
        let change = ground_area.of(&lattice.lift(vec![filled.clone()])).get()
            - ground_area.of(&vec![vec![delivered.clone()]]).get().abs();
        if change > 0.0 {
            added = added + SquareMetres(change);
        } else {
            taken = taken + SquareMetres(-change);
        }
    }
    let parts: Vec<LatticeRing> = parts.into_iter().flatten().collect();
    let whole = if cover.ground.is_empty() {
        parts
    } else {
        let new = overlay(&cover.ground, &parts, OverlayRule::Difference, FillRule::NonZero);
        added = added + ground_area.of(&lattice.lift(new));
        overlay(&parts, &cover.ground, OverlayRule::Union, FillRule::NonZero).into_iter().flatten().collect()
    };
    let shapes = lattice.lift(overlay(&whole, &[], OverlayRule::Subject, FillRule::NonZero));
    let nothing_wrong_but_vanished = cover.defect <= floor_cells || shapes.is_empty();
    let (kind, near, crossings) = match (cover.vanished, crossings) {
        (Some(near), _) if nothing_wrong_but_vanished => (FaultKind::NoArea, near, None),
        (_, Some(crossings)) => {
            let near = crossings.places.first().copied().unwrap_or(first);
            (FaultKind::Crossing, near, Some(crossings))
        }
        (_, None) => (FaultKind::Nesting, cover.near.unwrap_or(first), None),
    };
    Verdict::Invalid { kind, near, crossings, shapes, added, taken }
}

/// How many edges of the feature a line meets on average, upright or level, whichever are fewer.
fn edges_met(feature: FeatureView<'_>, lattice: &Lattice) -> f64 {
    let rings: Vec<&[Position]> = feature.rings().collect();
    let [along_x, along_y] = edges_at_a_line(&lattice.lay(&rings), &[]);
    along_x.min(along_y)
}

/// Largest defect in square metres that counts as rounding.
fn floor(feature: FeatureView<'_>, lattice: &Lattice, unit: f64) -> f64 {
    let length: f64 = feature
        .rings()
        .flat_map(|ring| ring.windows(2))
        .map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]))
        .sum();
    FLOOR + length * lattice.step() * unit
}

impl Cover {
    fn add_part<'a>(
        &mut self,
        rings: impl Iterator<Item = &'a [Position]>,
        lattice: &Lattice,
        floor_cells: i128,
    ) {
        let mut shell = None;
        let mut holes = Vec::new();
        for ring in rings {
            let filled = self.fill(ring, lattice);
            match shell {
                None => shell = Some((ring[0], filled)),
                Some(_) => holes.push((ring[0], filled)),
            }
        }
        let Some((corner, shell)) = shell else { return };
        let shell_area = area(&shell);
        let cut = |holes: &[Hole]| {
            let holes: Vec<LatticeRing> = holes.iter().flat_map(|(_, rings)| rings).cloned().collect();
            overlay(&shell, &holes, OverlayRule::Difference, FillRule::NonZero)
        };
        let mut left = if holes.is_empty() { vec![shell.clone()] } else { cut(&holes) };
        let mut excess = sum_of(&holes) - (shell_area - twice_area_of(&left));
        if excess > floor_cells {
            let mut outside = Vec::new();
            let mut inside = Vec::new();
            part_by_shell(holes, &shell, &mut inside, &mut outside);
            self.near = self.near.or_else(|| outside.first().or(inside.first()).map(|(near, _)| *near));
            left = cut(&inside);
            excess = sum_of(&inside) - (shell_area - twice_area_of(&left)) + sum_of(&outside);
            self.ground.extend(outside.into_iter().flat_map(|(_, rings)| rings));
        }
        self.defect += excess;
        let left_area = twice_area_of(&left);
        if left_area == 0 || (left_area <= floor_cells && shell_area > floor_cells) {
            self.vanished = self.vanished.or(Some(corner));
            return;
        }
        self.area += left_area;
        self.rings.extend(left.into_iter().flatten());
    }

    /// Fills a ring where its winding number is not zero.
    fn fill(&mut self, ring: &[Position], lattice: &Lattice) -> Vec<LatticeRing> {
        let mut laid = lattice.lay(&[ring]);
        if twice_area(&laid[0]) < 0 {
            laid[0].reverse();
        }
        let filled = overlay(&laid, &[], OverlayRule::Subject, FillRule::NonZero);
        let positive = overlay(&laid, &[], OverlayRule::Subject, FillRule::Positive);
        let (all, positive) = (twice_area_of(&filled), twice_area_of(&positive));
        // Where it turns clockwise, and where it turns more than once.
        let defect = (all - positive) + (twice_area(&laid[0]) - positive).abs();
        let filled: Vec<LatticeRing> = filled.into_iter().flatten().collect();
        if defect > 0 {
            self.refilled.push((ring.to_vec(), filled.clone()));
        }
        self.defect += defect;
        filled
    }
}

/// A hole: a vertex of it as delivered, and what it covers.
type Hole = (Position, Vec<LatticeRing>);

fn area(rings: &[LatticeRing]) -> i128 {
    rings.iter().map(|ring| twice_area(ring)).sum()
}

fn sum_of(holes: &[Hole]) -> i128 {
    holes.iter().map(|(_, rings)| area(rings)).sum()
}

/// Parts the holes that share no area with the shell from the others. Halves the holes along the longer side
/// of their box and the shell with them, so that many holes do not each see the whole shell.
fn part_by_shell(holes: Vec<Hole>, shell: &[LatticeRing], inside: &mut Vec<Hole>, outside: &mut Vec<Hole>) {
    let corners = |(_, rings): &Hole| rings.iter().flatten().copied().collect::<Vec<_>>();
    let Some(first) = holes.iter().flat_map(corners).next() else { return };
    let (mut min, mut max) = (first, first);
    for p in holes.iter().flat_map(corners) {
        (min.x, min.y) = (min.x.min(p.x), min.y.min(p.y));
        (max.x, max.y) = (max.x.max(p.x), max.y.max(p.y));
    }
    let mut corner = [min, min, max, max];
    (corner[1].x, corner[3].x) = (max.x, min.x);
    let near = overlay(shell, &[corner.to_vec()], OverlayRule::Intersect, FillRule::NonZero);
    let near: Vec<LatticeRing> = near.into_iter().flatten().collect();
    let rings: Vec<LatticeRing> = holes.iter().flat_map(|(_, rings)| rings).cloned().collect();
    let shared = twice_area_of(&overlay(&near, &rings, OverlayRule::Intersect, FillRule::NonZero));
    if shared == 0 {
        outside.extend(holes);
        return;
    }
    if holes.len() == 1 || shared == sum_of(&holes) {
        inside.extend(holes);
        return;
    }
    let upright = max.y.abs_diff(min.y) > max.x.abs_diff(min.x);
    let mut holes = holes;
    holes.sort_by_key(|(_, rings)| rings.iter().flatten().map(|p| if upright { p.y } else { p.x }).min());
    let second = holes.split_off(holes.len() / 2);
    part_by_shell(holes, &near, inside, outside);
    part_by_shell(second, &near, inside, outside);
}

/// A place that more than one part covers.
fn covered_more_than_once(rings: &[LatticeRing], lattice: &Lattice) -> Option<Position> {
    let all = || rings.iter().flatten().copied();
    let first = all().next()?;
    let (min, max) = all().fold((first, first), |(mut min, mut max), p| {
        (min.x, min.y) = (min.x.min(p.x), min.y.min(p.y));
        (max.x, max.y) = (max.x.max(p.x), max.y.max(p.y));
        (min, max)
    });
    // One turn around everything, clockwise, leaves only what is covered at least twice.
    let (mut north_west, mut south_east) = (max, max);
    (north_west.x, south_east.y) = (min.x, min.y);
    let mut rings = rings.to_vec();
    rings.push(vec![min, north_west, max, south_east]);
    let twice = overlay(&rings, &[], OverlayRule::Subject, FillRule::Positive);
    lattice.lift(twice).first()?.first()?.first().copied()
}
