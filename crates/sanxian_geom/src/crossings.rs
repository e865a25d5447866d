//! All crossings of the edges of a feature, once it is known which edges cross others.

use sanxian_model::Position;

use crate::edge::{Contact, Edge, contact, crossing_point};
use crate::extent::Extent;

/// Most comparisons for each edge of the feature when all crossings are looked for.
const COMPARISONS_AN_EDGE: usize = 32;
/// Comparisons that any feature may take beside those.
const FREE_COMPARISONS: usize = 1 << 20;
/// Most crossings that are counted.
pub(crate) const MOST_COUNTED: usize = 100_000;
/// Most places of crossings that are kept.
const MOST_PLACES: usize = 10;
/// Edges in a block whose box is tested at once when all crossings are looked for.
const BLOCK: usize = 64;

/// Where edges cross.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Crossings {
    /// The first places along the rings, at most ten.
    pub places: Vec<Position>,
    /// How many there are.
    pub count: usize,
    /// Whether `count` is all of them; otherwise there are at least so many.
    pub complete: bool,
}

impl Crossings {
    /// The crossings of dropped edges, in order of their numbers, with all others. All are told unless there are more than
    /// [`MOST_COUNTED`] pairs, or they take more than [`COMPARISONS_AN_EDGE`] comparisons an edge and a million to find;
    /// `complete` says whether all edges that cross others were dropped, or one of two that do.
    pub(crate) fn of_dropped(edges: &[Edge], dropped: &[u32], is_dropped: &[bool], complete: bool) -> Self {
        let blocks: Vec<Extent> = edges
            .chunks(BLOCK)
            .map(|edges| edges.iter().map(extent).fold(Extent::EMPTY, Extent::union))
            .collect();
        let mut left = COMPARISONS_AN_EDGE * edges.len() + FREE_COMPARISONS;
        let mut pairs = Vec::new();
        let mut all = complete;
        'dropped: for &edge in dropped {
            let a = &edges[edge as usize];
            let near = extent(a);
            for (block, edges) in blocks.iter().zip(edges.chunks(BLOCK)) {
                left = left.saturating_sub(1);
                if !block.touches(&near) {
                    continue;
                }
                left = left.saturating_sub(edges.len());
                if left == 0 || pairs.len() >= MOST_COUNTED {
                    all = false;
                    break 'dropped;
                }
                for b in edges {
                    // Two dropped edges meet once.
                    let seen = is_dropped[b.number as usize] && b.number <= a.number;
                    if !seen && extent(b).touches(&near) && contact(a, b) == Contact::Cross {
                        pairs.push((a.number.min(b.number), a.number.max(b.number)));
                    }
                }
            }
        }
        if pairs.is_empty() {
            // The first dropped edge crosses something, but the search ended before that.
            let place = dropped.first().map(|&edge| edges[edge as usize].from);
            return Self { places: place.into_iter().collect(), count: 1, complete: false };
        }
        pairs.sort_unstable();
        pairs.truncate(MOST_COUNTED);
        let place = |&(a, b): &(u32, u32)| crossing_point(&edges[a as usize], &edges[b as usize]);
        let places = pairs.iter().take(MOST_PLACES).map(place).collect();
        Self { places, count: pairs.len(), complete: all }
    }
}

fn extent(edge: &Edge) -> Extent {
    Extent::of(&[edge.from, edge.to])
}
