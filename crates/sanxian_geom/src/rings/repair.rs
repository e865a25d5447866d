//! What the rings of a feature cover, and what must change so that they cover it once.
//!
//! # Promises
//! A feature is left as delivered if and only if its defect is at most [`floor`]. The defect is the sum of
//! areas that are zero for valid rings and positive otherwise: where a ring turns around a place other than
//! once, where a hole lies outside the shell of its own part or on another hole of it, where parts lie on
//! each other. A part of which nothing is left is a fault whatever its defect. The work is n log n for n edges and
//! crossings of any shape; a feature with [`MOST_COUNTED`] crossings, or whose edges cannot be cut at their crossings
//! within the bounds of [`crate::noding`], is told and not repaired.
//!
//! # Outline
//! As the "structure" method of GEOS. Each ring is filled where its winding number is not zero; the holes of a
//! part are cut from its shell, except those wholly outside it, which are ground; then everything is united.
//!
//! # Where rounding enters
//! Coordinates and crossings are rounded to the lattice of [`crate::lattice`]; areas are compared there as integers. Rounding
//! a vertex that lies on an edge moves at most one step of the lattice along that edge, so the floor holds
//! one step for each metre of boundary beside its 10⁻⁴ m².

use sanxian_model::{FaultKind, FeatureView, Position, SquareMetres};

use super::ground::GroundArea;
use crate::crossings::{Crossings, MOST_COUNTED};
use crate::extent::Extent;
use crate::lattice::Lattice;
use crate::noded_overlay::NodedOverlay;
use crate::segment::Windings;
use crate::shapes::{LatticeRing, LatticeShapes, Shapes, twice_area, twice_area_of};

/// Smallest defect that is a fault, in square metres, for a short boundary.
const FLOOR: f64 = 1e-4;

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
    /// How many parts of which something is left.
    parts: usize,
    /// Rings of all parts, exteriors counter-clockwise and holes clockwise.
    rings: Vec<LatticeRing>,
    /// Whether the rings of the last part are those of polygons, each exterior before its holes.
    are_polygons: bool,
    /// Sum of the areas of the parts.
    area: i128,
    /// Holes that lie wholly outside their shell.
    ground: Vec<LatticeRing>,
    beyond_once: i128,
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
    let too_many = crossings.as_ref().is_some_and(|crossings| crossings.count >= MOST_COUNTED);
    let verdict = if too_many { None } else { examine(feature, crossings.as_ref(), ground_area) };
    verdict.unwrap_or_else(|| {
        let near = crossings.as_ref().and_then(|crossings| crossings.places.first().copied());
        Verdict::Invalid {
            kind: if crossings.is_some() { FaultKind::Crossing } else { FaultKind::Nesting },
            near: near.unwrap_or(first),
            crossings,
            shapes: Shapes::new(),
            added: SquareMetres::ZERO,
            taken: SquareMetres::ZERO,
        }
    })
}

/// The verdict on a feature; none if it is beyond the bounds.
fn examine(
    feature: FeatureView<'_>,
    crossings: Option<&Crossings>,
    ground_area: &GroundArea<'_>,
) -> Option<Verdict> {
    let first = feature.rings().flatten().next().copied().unwrap_or_default();
    let extent = feature.rings().map(Extent::of).fold(Extent::EMPTY, Extent::union);
    let lattice = Lattice::near(extent.min, ground_area.crs());
    let unit = ground_area.largest_unit(&extent);
    let floor = floor(feature, &lattice, unit);
    // Twice the area, in cells, that is as large as the floor.
    let floor_cells = (2.0 * floor / (unit * lattice.step() * lattice.step())) as i128;

    let mut cover = Cover::default();
    for polygon in feature.polygons() {
        cover.add_part(polygon.rings(), &lattice, floor_cells)?;
    }
    // One part that is put together already needs no union with others.
    let union = if cover.parts == 1 { None } else { Some(NodedOverlay::of(&cover.rings, &[])?) };
    let covered = |windings: Windings| windings[0] != 0;
    let covered_twice = union.as_ref().map_or(0, |union| cover.area - union.twice_area(covered));
    cover.beyond_once += covered_twice;
    if cover.beyond_once <= floor_cells && cover.vanished.is_none() {
        return Some(Verdict::Valid);
    }
    let mut taken = SquareMetres::ZERO;
    let parts = match union {
        None if cover.are_polygons => by_exterior(cover.rings),
        None => NodedOverlay::of(&cover.rings, &[])?.polygons(covered),
        Some(union) => {
            let parts = union.polygons(covered);
            if covered_twice > floor_cells {
                let twice = union.vertex(|windings| windings[0] > 1);
                cover.near = cover.near.or(twice.map(|vertex| lattice.position(vertex)));
                let sum = ground_area.of(&lattice.lift(vec![cover.rings.clone()]));
                taken = (sum - ground_area.of(&lattice.lift(parts.clone()))).max(SquareMetres::ZERO);
            }
            parts
        }
    };
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
    let whole = if cover.ground.is_empty() {
        parts
    } else {
        let parts: Vec<LatticeRing> = parts.into_iter().flatten().collect();
        let both = NodedOverlay::of(&parts, &cover.ground)?;
        let new = both.polygons(|[parts, ground]| ground != 0 && parts == 0);
        added = added + ground_area.of(&lattice.lift(new));
        both.polygons(|[parts, ground]| ground != 0 || parts != 0)
    };
    let shapes = lattice.lift(whole);
    let nothing_wrong_but_vanished = cover.beyond_once <= floor_cells || shapes.is_empty();
    let (kind, near, crossings) = match (cover.vanished, crossings) {
        (Some(near), _) if nothing_wrong_but_vanished => (FaultKind::NoArea, near, None),
        (_, Some(crossings)) => {
            let near = crossings.places.first().copied().unwrap_or(first);
            (FaultKind::Crossing, near, Some(crossings.clone()))
        }
        (_, None) => (FaultKind::Nesting, cover.near.unwrap_or(first), None),
    };
    Some(Verdict::Invalid { kind, near, crossings, shapes, added, taken })
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

/// Polygons whose rings follow each other, each exterior before its holes.
fn by_exterior(rings: Vec<LatticeRing>) -> LatticeShapes {
    let mut shapes = LatticeShapes::new();
    for ring in rings {
        match shapes.last_mut() {
            Some(polygon) if twice_area(&ring) < 0 => polygon.push(ring),
            _ => shapes.push(vec![ring]),
        }
    }
    shapes
}

impl Cover {
    /// Adds a part; none if its edges cannot be cut within the bounds.
    fn add_part<'a>(
        &mut self,
        rings: impl Iterator<Item = &'a [Position]>,
        lattice: &Lattice,
        floor_cells: i128,
    ) -> Option<()> {
        let refilled = self.refilled.len();
        let mut shell = None;
        let mut holes = Vec::new();
        for ring in rings {
            let filled = self.fill(ring, lattice)?;
            match shell {
                None => shell = Some((ring[0], filled)),
                Some(_) => holes.push((ring[0], filled)),
            }
        }
        let Some((corner, shell)) = shell else { return Some(()) };
        let mut are_polygons = !holes.is_empty() || self.refilled.len() > refilled;
        let shell_area = area(&shell);
        let mut left = Cut::of(&shell, &holes)?;
        let mut excess = sum_of(&holes) - (shell_area - left.area);
        if excess > floor_cells {
            let mut outside = Vec::new();
            let mut inside = Vec::new();
            part_by_shell(holes, &shell, &mut inside, &mut outside)?;
            are_polygons = !inside.is_empty();
            self.near = self.near.or_else(|| outside.first().or(inside.first()).map(|(near, _)| *near));
            left = Cut::of(&shell, &inside)?;
            excess = sum_of(&inside) - (shell_area - left.area) + sum_of(&outside);
            self.ground.extend(outside.into_iter().flat_map(|(_, rings)| rings));
        }
        self.beyond_once += excess;
        if left.area == 0 || (left.area <= floor_cells && shell_area > floor_cells) {
            self.vanished = self.vanished.or(Some(corner));
            return Some(());
        }
        self.area += left.area;
        self.parts += 1;
        self.are_polygons = are_polygons;
        self.rings.extend(left.rings);
        Some(())
    }

    /// Fills a ring where its winding number is not zero; none if its edges cannot be cut within the bounds.
    fn fill(&mut self, ring: &[Position], lattice: &Lattice) -> Option<Vec<LatticeRing>> {
        let mut laid = lattice.lay(&[ring]);
        if twice_area(&laid[0]) < 0 {
            laid[0].reverse();
        }
        let noded = NodedOverlay::of(&laid, &[])?;
        let all = noded.twice_area(|windings| windings[0] != 0);
        let positive = noded.twice_area(|windings| windings[0] > 0);
        // Where it turns clockwise, and where it turns more than once.
        let defect = (all - positive) + (twice_area(&laid[0]) - positive).abs();
        if defect == 0 {
            return Some(laid);
        }
        let filled: Vec<LatticeRing> =
            noded.polygons(|windings| windings[0] != 0).into_iter().flatten().collect();
        self.refilled.push((ring.to_vec(), filled.clone()));
        self.beyond_once += defect;
        Some(filled)
    }
}

/// A hole: a vertex of it as delivered, and what it covers.
type Hole = (Position, Vec<LatticeRing>);

/// What holes leave of a shell.
struct Cut {
    rings: Vec<LatticeRing>,
    area: i128,
}

impl Cut {
    fn of(shell: &[LatticeRing], holes: &[Hole]) -> Option<Self> {
        if holes.is_empty() {
            return Some(Self { rings: shell.to_vec(), area: area(shell) });
        }
        let holes: Vec<LatticeRing> = holes.iter().flat_map(|(_, rings)| rings).cloned().collect();
        let left = NodedOverlay::of(shell, &holes)?.polygons(|[shell, holes]| shell != 0 && holes == 0);
        Some(Self { area: twice_area_of(&left), rings: left.into_iter().flatten().collect() })
    }
}

fn area(rings: &[LatticeRing]) -> i128 {
    rings.iter().map(|ring| twice_area(ring)).sum()
}

fn sum_of(holes: &[Hole]) -> i128 {
    holes.iter().map(|(_, rings)| area(rings)).sum()
}

/// Parts the holes that share no area with the shell from the others. Halves the holes along the longer side
/// of their box and the shell with them, so that many holes do not each see the whole shell.
fn part_by_shell(
    holes: Vec<Hole>,
    shell: &[LatticeRing],
    inside: &mut Vec<Hole>,
    outside: &mut Vec<Hole>,
) -> Option<()> {
    let corners = |(_, rings): &Hole| rings.iter().flatten().copied().collect::<Vec<_>>();
    let Some(first) = holes.iter().flat_map(corners).next() else { return Some(()) };
    let (mut min, mut max) = (first, first);
    for p in holes.iter().flat_map(corners) {
        (min.x, min.y) = (min.x.min(p.x), min.y.min(p.y));
        (max.x, max.y) = (max.x.max(p.x), max.y.max(p.y));
    }
    let mut corner = [min, min, max, max];
    (corner[1].x, corner[3].x) = (max.x, min.x);
    let both = |[first, second]: Windings| first != 0 && second != 0;
    let near = NodedOverlay::of(shell, &[corner.to_vec()])?.polygons(both);
    let near: Vec<LatticeRing> = near.into_iter().flatten().collect();
    let rings: Vec<LatticeRing> = holes.iter().flat_map(|(_, rings)| rings).cloned().collect();
    let shared = NodedOverlay::of(&near, &rings)?.twice_area(both);
    if shared == 0 {
        outside.extend(holes);
        return Some(());
    }
    if holes.len() == 1 || shared == sum_of(&holes) {
        inside.extend(holes);
        return Some(());
    }
    let upright = max.y.abs_diff(min.y) > max.x.abs_diff(min.x);
    let mut holes = holes;
    holes.sort_by_key(|(_, rings)| rings.iter().flatten().map(|p| if upright { p.y } else { p.x }).min());
    let second = holes.split_off(holes.len() / 2);
    part_by_shell(holes, &near, inside, outside)?;
    part_by_shell(second, &near, inside, outside)
}
