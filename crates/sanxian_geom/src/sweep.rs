//! Whether the edges of a feature cross, and whether its rings lie in each other as they must, in n log n steps.
//!
//! # Promises
//! The answer is exact (adaptive predicates), depends on the feature alone, and takes time in proportion to
//! n log n for n edges of any shape: no box and no cell is searched, so long, slanting and nested edges cost no
//! more than others. All crossings are told unless there are more than [`MOST_DROPPED`] edges or more crossings in
//! them than [`Crossings::of_dropped`] counts; then at least those found are.
//!
//! # Outline
//! A line sweeps over the vertices from west to east and holds the edges that it meets in order (Shamos and
//! Hoey). Edges that become neighbours are tested. Of two that cross one is dropped, so those that stay never
//! change order; crossings are then those of the dropped edges with all others. A regular vertex, one edge ending
//! and one beginning, needs no search, and neighbours of vertices are found in the order itself.
//!
//! Where nothing touches, the edge below the first vertex of a ring says in which ring it lies.

use rayon::slice::ParallelSliceMut;
use sanxian_model::{FeatureView, Position};

use crate::crossings::Crossings;
use crate::edge::{Contact, Edge, before, contact, side};
use crate::ring_nesting::{RingPlace, well_nested};
use crate::sweep_status::{NONE, Status};

/// Most edges that are dropped before the sweep ends.
const MOST_DROPPED: usize = 4_096;
/// From this number of vertices on they are sorted by all threads.
const MANY_VERTICES: usize = 1 << 16;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Finding {
    /// Edges meet only where one follows the other; holes lie in their shells, parts and holes side by side.
    Valid,
    /// Edges touch, or rings lie in each other as they should not: areas must tell.
    Doubtful,
    /// Edges cross.
    Crossing(Crossings),
}

/// Examines features one after the other; holds their edges and the order along the line.
#[derive(Default)]
pub(crate) struct Sweep {
    edges: Vec<Edge>,
    /// The vertices by x, then y; a vertex has the number of the edge that leaves it.
    vertices: Vec<(Position, u32)>,
    status: Status,
    dropped: Vec<u32>,
    is_dropped: Vec<bool>,
    /// How many crossings of each edge were seen.
    hits: Vec<u8>,
    touching: bool,
    rings: Vec<RingPlace>,
    starts: Vec<u32>,
}

impl Sweep {
    /// Examines all rings of one feature together.
    pub(crate) fn examine(&mut self, feature: FeatureView<'_>) -> Finding {
        self.fill(feature);
        let complete = self.run();
        if !self.dropped.is_empty() {
            return Finding::Crossing(self.crossings(complete));
        }
        if self.touching || !well_nested(&self.rings) { Finding::Doubtful } else { Finding::Valid }
    }

    fn fill(&mut self, feature: FeatureView<'_>) {
        self.edges.clear();
        self.vertices.clear();
        self.rings.clear();
        self.dropped.clear();
        self.touching = false;
        for polygon in feature.polygons() {
            let shell = self.rings.len() as u32;
            for points in polygon.rings() {
                let ring = self.rings.len() as u32;
                let first = self.edges.len() as u32;
                let count = points.len() as u32 - 1;
                for (k, pair) in (0..count).zip(points.windows(2)) {
                    let (p, q) = (pair[0], pair[1]);
                    let forward = before(p, q);
                    let (from, to) = if forward { (p, q) } else { (q, p) };
                    let (number, next) = (first + k, first + (k + 1) % count);
                    self.edges.push(Edge { from, to, number, next, ring, forward });
                    self.vertices.push((p, number));
                }
                let place =
                    RingPlace { shell, first, count, counter_clockwise: false, met: false, container: NONE };
                self.rings.push(place);
            }
        }
        let order = |a: &(Position, u32), b: &(Position, u32)| {
            (a.0[0].total_cmp(&b.0[0])).then(a.0[1].total_cmp(&b.0[1])).then(a.1.cmp(&b.1))
        };
        if self.vertices.len() >= MANY_VERTICES {
            self.vertices.par_sort_unstable_by(order);
        } else {
            self.vertices.sort_unstable_by(order);
        }
        self.status.reset(self.edges.len());
        self.is_dropped.clear();
        self.is_dropped.resize(self.edges.len(), false);
        self.hits.clear();
        self.hits.resize(self.edges.len(), 0);
    }

    /// Sweeps over all vertices; false if it ended early because too many edges were dropped.
    fn run(&mut self) -> bool {
        let mut k = 0;
        while k < self.vertices.len() {
            let p = self.vertices[k].0;
            let mut end = k + 1;
            while end < self.vertices.len() && self.vertices[end].0 == p {
                end += 1;
            }
            if end == k + 1 {
                self.pass_vertex(self.vertices[k].1);
            } else {
                self.pass_vertices(k..end);
            }
            if self.dropped.len() > MOST_DROPPED {
                return false;
            }
            k = end;
        }
        true
    }

    /// The edge that enters the vertex from which an edge leaves.
    fn entering(&self, leaving: u32) -> u32 {
        let ring = &self.rings[self.edges[leaving as usize].ring as usize];
        if leaving == ring.first { ring.first + ring.count - 1 } else { leaving - 1 }
    }

    /// Passes a place where one vertex lies.
    fn pass_vertex(&mut self, leaving: u32) {
        let entering = self.entering(leaving);
        match (self.edges[entering as usize].forward, self.edges[leaving as usize].forward) {
            (true, true) => self.replace(entering, leaving),
            (false, false) => self.replace(leaving, entering),
            (true, false) => {
                self.end(entering);
                self.end(leaving);
            }
            (false, true) => {
                self.begin(entering);
                self.begin_beside(leaving, entering);
                self.place_ring(entering, leaving);
            }
        }
    }

    /// Passes a place where several vertices lie.
    fn pass_vertices(&mut self, range: std::ops::Range<usize>) {
        self.touching = true;
        let mut starts = std::mem::take(&mut self.starts);
        starts.clear();
        for k in range {
            let leaving = self.vertices[k].1;
            let entering = self.entering(leaving);
            // An edge ends here if its ring runs east into the place, or west out of it.
            let (of_entering, of_leaving) =
                (self.edges[entering as usize].forward, self.edges[leaving as usize].forward);
            if of_entering {
                self.end(entering);
            } else {
                starts.push(entering);
            }
            if of_leaving { starts.push(leaving) } else { self.end(leaving) }
        }
        for &edge in &starts {
            self.begin(edge);
        }
        self.starts = starts;
    }

    /// Whether an edge that begins on the line lies above one that the line meets.
    fn is_above(edges: &[Edge], edge: u32, other: u32) -> bool {
        let (s, t) = (&edges[edge as usize], &edges[other as usize]);
        match side(t.from, t.to, s.from) {
            0 => match side(t.from, t.to, s.to) {
                0 => s.number > t.number,
                turn => turn > 0,
            },
            turn => turn > 0,
        }
    }

    fn fits(&self, edge: u32, below: u32, above: u32) -> bool {
        (below == NONE || Self::is_above(&self.edges, edge, below))
            && (above == NONE || !Self::is_above(&self.edges, edge, above))
    }

    fn begin(&mut self, edge: u32) {
        let edges = &self.edges;
        self.status.insert(edge, |other| Self::is_above(edges, edge, other));
        self.test_new(edge);
    }

    /// Puts in an edge that begins where another just did.
    fn begin_beside(&mut self, edge: u32, beside: u32) {
        if !self.is_dropped[beside as usize] {
            let (below, above) = if Self::is_above(&self.edges, edge, beside) {
                (beside, self.status.above(beside))
            } else {
                (self.status.below(beside), beside)
            };
            if self.fits(edge, below, above) {
                self.status.insert_between(edge, below, above);
                self.test_new(edge);
                return;
            }
        }
        self.begin(edge);
    }

    /// Takes out an edge that ends and puts in the one that goes on from its end.
    fn replace(&mut self, old: u32, new: u32) {
        if self.is_dropped[old as usize] {
            self.begin(new);
            return;
        }
        let (below, above) = (self.status.below(old), self.status.above(old));
        self.status.remove(old);
        if self.fits(new, below, above) {
            self.status.insert_between(new, below, above);
            self.test_new(new);
        } else {
            self.test_pair(below, above);
            self.begin(new);
        }
    }

    fn end(&mut self, edge: u32) {
        if self.is_dropped[edge as usize] {
            return;
        }
        let (below, above) = (self.status.below(edge), self.status.above(edge));
        self.status.remove(edge);
        self.test_pair(below, above);
    }

    /// Tests a new edge against its neighbours; while it crosses one, one of them is dropped.
    fn test_new(&mut self, edge: u32) {
        for neighbour in [Status::below, Status::above] {
            loop {
                let (below, above) = (self.status.below(edge), self.status.above(edge));
                let other = neighbour(&self.status, edge);
                if other == NONE || !self.cross(other, edge) {
                    break;
                }
                if self.is_dropped[edge as usize] {
                    self.test_pair(below, above);
                    return;
                }
            }
        }
    }

    /// Tests two edges that became neighbours; while they cross, one of them is dropped for the next.
    fn test_pair(&mut self, mut below: u32, mut above: u32) {
        while below != NONE && above != NONE && self.status.above(below) == above {
            let (under, over) = (self.status.below(below), self.status.above(above));
            if !self.cross(below, above) {
                return;
            }
            if self.is_dropped[above as usize] { above = over } else { below = under }
        }
    }

    /// Whether two neighbours cross. If so, one is dropped: the one that was seen to cross more others, so that
    /// an edge that crosses many costs one; else the second.
    fn cross(&mut self, first: u32, second: u32) -> bool {
        match contact(&self.edges[first as usize], &self.edges[second as usize]) {
            Contact::None => return false,
            Contact::Touch => {
                self.touching = true;
                return false;
            }
            Contact::Cross => {}
        }
        let hits = |sweep: &mut Self, edge: u32| {
            let hits = &mut sweep.hits[edge as usize];
            *hits = hits.saturating_add(1);
            *hits
        };
        let (of_first, of_second) = (hits(self, first), hits(self, second));
        self.drop_edge(if of_first > of_second { first } else { second });
        true
    }

    fn drop_edge(&mut self, edge: u32) {
        self.status.remove(edge);
        self.is_dropped[edge as usize] = true;
        self.dropped.push(edge);
    }

    /// Notes the way a ring turns and the ring around it when the line meets it first, at its western end.
    fn place_ring(&mut self, entering: u32, leaving: u32) {
        let ring = self.edges[leaving as usize].ring as usize;
        if self.rings[ring].met || self.is_dropped[entering as usize] || self.is_dropped[leaving as usize] {
            return;
        }
        let leaving_is_lower = self.status.above(leaving) == entering;
        let lower = if leaving_is_lower { leaving } else { entering };
        let below = self.status.below(lower);
        let container = if below == NONE {
            NONE
        } else {
            let edge = &self.edges[below as usize];
            let of_below = &self.rings[edge.ring as usize];
            // A ring that turns counter-clockwise has its inside to the left, above an edge that runs east.
            if edge.forward == of_below.counter_clockwise { edge.ring } else { of_below.container }
        };
        let place = &mut self.rings[ring];
        (place.met, place.counter_clockwise, place.container) = (true, leaving_is_lower, container);
    }

    fn crossings(&mut self, complete: bool) -> Crossings {
        self.dropped.sort_unstable();
        Crossings::of_dropped(&self.edges, &self.dropped, &self.is_dropped, complete)
    }
}
