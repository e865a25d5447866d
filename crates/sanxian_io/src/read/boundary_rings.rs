//! From the point rows of a parcel to its polygons.
//!
//! Ring number 1 is an outer ring, higher numbers are holes of the same parcel. A ring ends where its first
//! point comes back, or where the ring number changes; a closing row is often left out. Ring number 1 again
//! is a further part, and so is a ring with a higher number that lies outside every outer ring: a hole has
//! nothing to cut there, and the file means ground.

use sanxian_model::Position;

use crate::read::ring_position::meet;

/// One point row, x east and y north.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Point<'a> {
    pub(crate) name: &'a str,
    pub(crate) ring: u32,
    pub(crate) position: Position,
}

/// A closed ring with the names of its points; the closing point has none of its own.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NamedRing {
    pub(crate) positions: Vec<Position>,
    names: Vec<String>,
}

/// The polygons of a parcel.
pub(crate) struct Assembled {
    /// Outer ring first, counter-clockwise; then the holes, clockwise.
    pub(crate) polygons: Vec<Vec<NamedRing>>,
    /// Rings whose closing row was left out.
    pub(crate) implied_closings: usize,
    /// Numbers of the rings that say they are holes and lie outside every outer ring.
    pub(crate) outside: Vec<u32>,
}

impl Assembled {
    /// The point names in one text: `J1,J2,J3;J4,J5,J6`.
    pub(crate) fn names(&self) -> String {
        let rings: Vec<String> = self.polygons.iter().flatten().map(|ring| ring.names.join(",")).collect();
        rings.join(";")
    }
}

/// Puts the rows together.
pub(crate) fn rings_of(points: &[Point<'_>]) -> Assembled {
    let mut assembled = Assembled { polygons: Vec::new(), implied_closings: 0, outside: Vec::new() };
    let mut holes: Vec<(u32, NamedRing)> = Vec::new();
    let mut start = 0;
    while start < points.len() {
        let first = points[start];
        let mut end = start + 1;
        let mut closed = false;
        while end < points.len() && points[end].ring == first.ring {
            let point = points[end];
            // Two names on one position are a closing row too, once the ring encloses something.
            let back = point.position == first.position && (point.name == first.name || end - start >= 3);
            end += 1;
            if back {
                closed = true;
                break;
            }
        }
        let own = if closed { &points[start..end - 1] } else { &points[start..end] };
        assembled.implied_closings += usize::from(!closed);
        let ring = turned(own, first.ring <= 1);
        if first.ring <= 1 {
            assembled.polygons.push(vec![ring]);
        } else {
            holes.push((first.ring, ring));
        }
        start = end;
    }
    let shells = assembled.polygons.len();
    for (number, hole) in holes {
        let owner = assembled.polygons[..shells]
            .iter()
            .position(|polygon| meet(&polygon[0].positions, &hole.positions));
        if let Some(owner) = owner {
            assembled.polygons[owner].push(hole);
        } else if shells == 0 {
            // A parcel of holes only has no ground; it is found when the rings are examined.
            assembled.polygons.push(vec![hole]);
        } else {
            assembled.outside.push(number);
            assembled.polygons.push(vec![reversed(hole)]);
        }
    }
    assembled
}

/// The ring closed and in the direction of its kind, its first point staying first.
fn turned(points: &[Point<'_>], outer: bool) -> NamedRing {
    let mut positions: Vec<Position> = points.iter().map(|point| point.position).collect();
    let names: Vec<String> = points.iter().map(|point| point.name.to_owned()).collect();
    positions.push(positions[0]);
    let ring = NamedRing { positions, names };
    if (doubled_area(&ring.positions) > 0.0) == outer { ring } else { reversed(ring) }
}

fn reversed(mut ring: NamedRing) -> NamedRing {
    ring.positions.reverse();
    ring.names[1..].reverse();
    ring
}

/// Twice the signed area of a closed ring; positive when it runs counter-clockwise.
pub(crate) fn doubled_area(ring: &[Position]) -> f64 {
    let [x, y] = ring[0];
    ring.windows(2)
        .map(|edge| (edge[0][0] - x) * (edge[1][1] - y) - (edge[1][0] - x) * (edge[0][1] - y))
        .sum()
}
