//! Faults of rings and their repair, the same in every kind of CRS.

use sanxian_geom::{
    ArealScale, LayerIndex, Measurer, NormalisedRings, OnInvalid, RingOutcome, Stop, normalise_rings,
};
use sanxian_model::{Crs, CrsKind, Ellipsoid, FaultKind, PolygonColumnBuilder, Position};

type Ring = Vec<Position>;
type Part = Vec<Ring>;

/// A CRS, the place of the figures' origin in it, and the units in a metre there.
struct Setting {
    name: &'static str,
    crs: Crs,
    origin: Position,
    unit: Position,
}

fn settings() -> Vec<Setting> {
    let crs = |kind, epsg, ellipsoid| Crs { kind, epsg, ellipsoid, ..Crs::plane() };
    let projected = CrsKind::Projected { metres: 1.0 };
    let geographic = CrsKind::Geographic { degrees: 1.0 };
    let wgs84 = Ellipsoid { semi_major: 6_378_137.0, inverse_flattening: 298.257_223_563 };
    let degrees = [1.0 / 94_000.0, 1.0 / 110_900.0];
    let setting = |name, crs, origin, unit| Setting { name, crs, origin, unit };
    vec![
        setting("plane", Crs::plane(), [0.0, 0.0], [1.0, 1.0]),
        setting(
            "EPSG:4546",
            crs(projected, Some(4546), Ellipsoid::CGCS2000),
            [437_512.0, 3_880_021.0],
            [1.0, 1.0],
        ),
        setting(
            "EPSG:4525",
            crs(projected, Some(4525), Ellipsoid::CGCS2000),
            [37_437_512.0, 3_880_021.0],
            [1.0, 1.0],
        ),
        setting("EPSG:4490", crs(geographic, Some(4490), Ellipsoid::CGCS2000), [111.3, 31.8], degrees),
        setting("EPSG:4326", crs(geographic, Some(4326), wgs84), [111.3, 31.8], degrees),
    ]
}

impl Setting {
    fn place(&self, ring: &[Position]) -> Ring {
        let at = |p: &Position, axis: usize| self.origin[axis] + p[axis] * self.unit[axis];
        ring.iter().map(|p| [at(p, 0), at(p, 1)]).collect()
    }

    fn normalise(&self, parts: &[Part], on_invalid: OnInvalid) -> NormalisedRings {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature(
            parts.iter().map(|part| part.iter().map(|ring| self.place(ring)).collect::<Vec<_>>()),
        );
        normalise_rings(builder.finish(), &self.crs, on_invalid, &Stop::default())
    }

    /// Area of rings of the figures as they turn, on the ellipsoid in a geographic CRS.
    fn area(&self, rings: &[Ring]) -> f64 {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([rings.iter().map(|ring| self.place(ring)).collect::<Vec<_>>()]);
        let column = builder.finish();
        self.area_of(&LayerIndex::build(&column))
    }

    fn area_of(&self, index: &LayerIndex) -> f64 {
        let crs = if self.crs.has_plane() { Crs::plane() } else { self.crs.clone() };
        let scale = ArealScale::fit(&crs, [], |_| Ok::<(), String>(())).expect("no fit is needed");
        Measurer::new(&scale).area(index, 0).ellipsoidal.get()
    }

    fn area_left(&self, normalised: &NormalisedRings) -> f64 {
        if normalised.polygons.is_empty() {
            0.0
        } else {
            self.area_of(&LayerIndex::build(&normalised.polygons))
        }
    }
}

/// A counter-clockwise box.
fn rect(x: f64, y: f64, width: f64, height: f64) -> Ring {
    vec![[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]]
}

fn square(x: f64, y: f64, side: f64) -> Ring {
    rect(x, y, side, side)
}

/// What must come of a feature: the fault, and boxes whose areas are those of the result, of the ground added
/// and of the ground taken.
struct Case {
    name: &'static str,
    parts: Vec<Part>,
    kind: FaultKind,
    left: Vec<Ring>,
    added: Vec<Ring>,
    taken: Vec<Ring>,
}

fn reversed(mut ring: Ring) -> Ring {
    ring.reverse();
    ring
}

fn cases() -> Vec<Case> {
    cases_with_shells().into_iter().chain(cases_without_shells()).collect()
}

/// Holes of a shell that encloses nothing are ground, like all that lie outside their shell.
fn cases_without_shells() -> Vec<Case> {
    let (beside, whole) = (square(200.0, 0.0, 50.0), square(0.0, 0.0, 100.0));
    let collapsed = vec![[0.0, 0.0], [100.0, 0.0], [0.0, 0.0]];
    let case = |name, parts, left| Case {
        name,
        parts,
        kind: FaultKind::TooFewPoints,
        left,
        added: vec![beside.clone()],
        taken: vec![],
    };
    vec![
        case(
            "hole without a usable shell",
            vec![vec![collapsed.clone(), beside.clone()]],
            vec![beside.clone()],
        ),
        case(
            "hole without a usable shell beside a part",
            vec![vec![collapsed, beside.clone()], vec![whole.clone()]],
            vec![beside.clone(), whole],
        ),
    ]
}

fn cases_with_shells() -> Vec<Case> {
    use FaultKind::{Crossing, Nesting, NoArea};
    let shell = || square(0.0, 0.0, 100.0);
    let beside = || square(200.0, 0.0, 50.0);
    let inside = || square(10.0, 10.0, 40.0);
    let case = |name, parts, kind, left, added, taken| Case { name, parts, kind, left, added, taken };
    vec![
        case(
            "doubled ground",
            vec![vec![square(0.0, 0.0, 60.0)], vec![square(0.0, 0.0, 60.0)]],
            Nesting,
            vec![square(0.0, 0.0, 60.0)],
            vec![],
            vec![square(0.0, 0.0, 60.0)],
        ),
        case("hole = shell", vec![vec![shell(), shell()]], NoArea, vec![], vec![], vec![]),
        case(
            "hole = shell of one part of two",
            vec![vec![shell(), shell()], vec![beside()]],
            NoArea,
            vec![beside()],
            vec![],
            vec![],
        ),
        case(
            "hole beside its shell",
            vec![vec![shell(), beside()]],
            Nesting,
            vec![shell(), beside()],
            vec![beside()],
            vec![],
        ),
        case(
            "hole that shares an edge with its shell from outside",
            vec![vec![shell(), rect(100.0, 0.0, 50.0, 100.0)]],
            Nesting,
            vec![rect(0.0, 0.0, 150.0, 100.0)],
            vec![rect(100.0, 0.0, 50.0, 100.0)],
            vec![],
        ),
        case(
            "hole across its shell",
            vec![vec![shell(), rect(75.0, 20.0, 50.0, 50.0)]],
            Crossing,
            vec![shell(), reversed(rect(75.0, 20.0, 25.0, 50.0))],
            vec![],
            vec![],
        ),
        case(
            "hole of part B in part A",
            vec![vec![shell()], vec![beside(), inside()]],
            Nesting,
            vec![shell(), beside()],
            vec![],
            vec![],
        ),
        case(
            "nested parts",
            vec![vec![shell()], vec![inside()]],
            Nesting,
            vec![shell()],
            vec![],
            vec![inside()],
        ),
        case(
            "parts that overlap",
            vec![vec![shell()], vec![rect(50.0, 50.0, 100.0, 100.0)]],
            Crossing,
            vec![shell(), rect(100.0, 50.0, 50.0, 100.0), rect(50.0, 100.0, 50.0, 50.0)],
            vec![],
            vec![square(50.0, 50.0, 50.0)],
        ),
        case(
            "nested holes",
            vec![vec![shell(), inside(), square(20.0, 20.0, 10.0)]],
            Nesting,
            vec![shell(), reversed(inside())],
            vec![],
            vec![],
        ),
        case("hole around its shell", vec![vec![inside(), shell()]], Nesting, vec![], vec![], vec![]),
        case(
            "bow-tie",
            vec![vec![vec![[0.0, 0.0], [100.0, 100.0], [100.0, 0.0], [0.0, 100.0], [0.0, 0.0]]]],
            Crossing,
            vec![
                vec![[0.0, 0.0], [50.0, 50.0], [0.0, 100.0], [0.0, 0.0]],
                vec![[100.0, 100.0], [50.0, 50.0], [100.0, 0.0], [100.0, 100.0]],
            ],
            vec![],
            vec![],
        ),
        case(
            "ring twice around",
            vec![vec![[&shell()[..4], &shell()[..]].concat()]],
            Nesting,
            vec![shell()],
            vec![],
            vec![shell()],
        ),
    ]
}

/// review.md §1: doubled ground in degrees, hole = shell, hole of another part, hole outside its shell.
#[test]
fn faults_and_repair_are_the_same_in_every_crs() {
    for setting in settings() {
        for case in cases() {
            let at = format!("{} in {}", case.name, setting.name);
            let result = setting.normalise(&case.parts, OnInvalid::Repair);
            assert_eq!(result.faults.len(), 1, "{at}: {:?}", result.faults);
            let fault = &result.faults[0];
            // What is left of a hole around its shell is nothing.
            let kind = if case.left.is_empty() { FaultKind::NoArea } else { case.kind };
            assert_eq!(fault.kind, kind, "{at}");
            assert!(fault.near.is_some(), "{at}");
            let close = |found: f64, rings: &[Ring], what: &str| {
                let expected = if rings.is_empty() { 0.0 } else { setting.area(rings) };
                assert!((found - expected).abs() < 1e-6, "{at}: {what} {found} is not {expected}");
            };
            close(setting.area_left(&result), &case.left, "area");
            match fault.outcome {
                RingOutcome::Left => assert!(case.left.is_empty() && result.rows.is_empty(), "{at}"),
                RingOutcome::Repaired { added, taken } if case.name != "bow-tie" => {
                    close(added.get(), &case.added, "added");
                    close(taken.get(), &case.taken, "taken");
                }
                RingOutcome::Repaired { added, taken } => {
                    // The lobes turn against each other: as delivered they make up for each other.
                    let delivered = setting.area(&case.parts[0]).abs();
                    assert!((added.get() - (setting.area(&case.left) - delivered)).abs() < 1e-6, "{at}");
                    assert_eq!(taken.get(), 0.0, "{at}");
                }
            }
            for on_invalid in [OnInvalid::Skip, OnInvalid::Error] {
                let result = setting.normalise(&case.parts, on_invalid);
                assert!(result.rows.is_empty() && result.faults[0].outcome == RingOutcome::Left, "{at}");
            }
        }
    }
}

#[test]
fn what_is_repaired_is_valid() {
    for setting in settings() {
        for case in cases() {
            let result = setting.normalise(&case.parts, OnInvalid::Repair);
            let again =
                normalise_rings(result.polygons.clone(), &setting.crs, OnInvalid::Error, &Stop::default());
            assert!(again.faults.is_empty(), "{} in {}: {:?}", case.name, setting.name, again.faults);
            assert_eq!(again.polygons, result.polygons, "{} in {}", case.name, setting.name);
        }
    }
}

#[test]
fn touching_rings_are_no_fault_in_any_crs() {
    let shell = square(0.0, 0.0, 100.0);
    let valid: [Vec<Part>; 5] = [
        vec![vec![shell.clone(), square(10.0, 10.0, 30.0), square(40.0, 10.0, 30.0)]],
        vec![vec![shell.clone(), square(10.0, 10.0, 30.0)], vec![square(15.0, 15.0, 10.0)]],
        vec![vec![shell.clone(), square(10.0, 10.0, 30.0)], vec![square(10.0, 10.0, 30.0)]],
        vec![vec![shell.clone()], vec![square(100.0, 0.0, 100.0)]],
        vec![vec![shell.clone()], vec![square(100.0, 100.0, 100.0)]],
    ];
    for setting in settings() {
        for parts in &valid {
            let result = setting.normalise(parts, OnInvalid::Error);
            assert!(result.faults.is_empty(), "{parts:?} in {}: {:?}", setting.name, result.faults);
            assert_eq!(result.tidied, usize::from(parts[0].len() > 1));
        }
    }
}

/// The floor is 10⁻⁴ m² on the ground whatever the units of the CRS.
#[test]
fn an_overlap_is_a_fault_from_the_floor_on() {
    for setting in settings() {
        // Two boxes that share a strip of 10 m by `width`.
        let of = |width: f64| {
            let parts = [vec![rect(0.0, 0.0, 10.0, 10.0)], vec![rect(10.0 - width, 0.0, 10.0, 10.0)]];
            setting.normalise(&parts, OnInvalid::Repair)
        };
        let below = of(0.5e-5);
        assert!(below.faults.is_empty(), "{}: {:?}", setting.name, below.faults);
        let above = of(2e-5);
        assert_eq!(above.faults.len(), 1, "{}", setting.name);
        let RingOutcome::Repaired { taken, .. } = above.faults[0].outcome else {
            panic!("{}: left out", setting.name)
        };
        assert!((taken.get() - 2e-4).abs() < 2e-5, "{}: {taken:?}", setting.name);
    }
}
