//! Finds features, rings and edges near a window.
//!
//! # Outline
//! 1. An R-tree over the boxes of features finds which features may meet.
//! 2. A second one over the boxes of rings serves features with many rings, such as a boundary with
//!    thousands of holes.
//! 3. Each ring is cut into runs of [`RUN`] edges in ring order; the boxes of runs, and of [`FANOUT`] runs,
//!    and so on up, make a small tree. Every node is a piece of chain without a gap, so all its crossings of
//!    a horizontal line add up from its first and last vertex alone. That answers "how often does this ring
//!    wind around that point" in the nodes that contain the point, however long the ring.
//!
//! Considered and refused: one tree over all edges by place (Hilbert order). It finds edges as fast, but its
//! nodes are not chains, so a winding number needs a whole ray.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};
use sanxian_model::{PolygonColumn, Position};

use crate::extent::Extent;

/// Edges in a run, the leaf of a ring's tree.
pub(crate) const RUN: usize = 8;
/// Children of an inner node.
const FANOUT: usize = 8;
/// Features with more rings than this find them through the ring tree.
const MANY_RINGS: usize = 16;

type Entry = GeomWithData<Rectangle<Position>, u32>;

/// Numbers handed out to indexes; see [`LayerIndex::number`].
static NUMBERS: AtomicU64 = AtomicU64::new(0);

/// A layer's polygons with everything needed to find what is near a window.
pub struct LayerIndex {
    number: u64,
    polygons: PolygonColumn,
    features: Vec<Extent>,
    /// Boxes of the nodes of all rings, each ring's leaves first and its root last.
    nodes: Vec<Extent>,
    /// First node of each ring; one more entry than there are rings.
    ring_nodes: Vec<u32>,
    /// Made when first asked for: a layer that is only ever the subject needs none.
    feature_tree: OnceLock<RTree<Entry>>,
    ring_tree: RTree<Entry>,
}

impl LayerIndex {
    /// Builds the index.
    ///
    /// # Input must
    /// Keep the promises of [`PolygonColumn`] after normalising.
    ///
    /// # Panics
    /// Never on such input; the boxes of runs are fewer than the coordinates, which fit into 32 bits.
    #[must_use]
    pub fn build(polygons: &PolygonColumn) -> Self {
        let rings = polygons.ring_count();
        let mut ring_nodes = Vec::with_capacity(rings + 1);
        let mut total = 0_usize;
        ring_nodes.push(0);
        for ring in 0..rings {
            total += node_count(polygons.ring_range(ring).len() - 1);
            ring_nodes.push(u32::try_from(total).expect("fewer nodes than coordinates"));
        }
        let mut nodes = vec![Extent::EMPTY; total];
        fill_nodes(polygons, &ring_nodes, &mut nodes);

        let root = |ring: usize| nodes[ring_nodes[ring + 1] as usize - 1];
        let features: Vec<Extent> = (0..polygons.len())
            .map(|f| polygons.rings_of(f).map(root).fold(Extent::EMPTY, Extent::union))
            .collect();
        let ring_tree = RTree::bulk_load(
            (0..polygons.len())
                .map(|f| polygons.rings_of(f))
                .filter(|rings| rings.len() > MANY_RINGS)
                .flatten()
                .map(|ring| entry(root(ring), ring))
                .collect(),
        );
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        let polygons = polygons.clone();
        Self { number, polygons, features, nodes, ring_nodes, feature_tree: OnceLock::new(), ring_tree }
    }

    /// The polygons.
    #[must_use]
    pub fn polygons(&self) -> &PolygonColumn {
        &self.polygons
    }

    /// Tells this index from every other of the process. An address would not: the next layer may be put where
    /// the last one was.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The box of one feature.
    #[must_use]
    pub fn extent(&self, feature: usize) -> Extent {
        self.features[feature]
    }

    /// The box of the whole layer.
    #[must_use]
    pub fn whole_extent(&self) -> Extent {
        self.features.iter().copied().fold(Extent::EMPTY, Extent::union)
    }

    /// Appends the features whose boxes touch a box, in ascending order.
    pub fn features_near(&self, extent: &Extent, found: &mut Vec<u32>) {
        let start = found.len();
        let envelope = AABB::from_corners(extent.min, extent.max);
        let tree = self.feature_tree.get_or_init(|| {
            RTree::bulk_load(self.features.iter().enumerate().map(|(f, box_)| entry(*box_, f)).collect())
        });
        found.extend(tree.locate_in_envelope_intersecting(&envelope).map(|e| e.data));
        found[start..].sort_unstable();
    }

    /// Calls `visit` for each ring of a feature whose box touches the window, in ascending order.
    pub(crate) fn rings_near(&self, feature: usize, window: &Extent, mut visit: impl FnMut(Ring<'_>)) {
        let rings = self.polygons.rings_of(feature);
        if rings.len() <= MANY_RINGS {
            for ring in rings {
                let ring = self.ring(ring);
                if ring.extent().touches(window) {
                    visit(ring);
                }
            }
            return;
        }
        let envelope = AABB::from_corners(window.min, window.max);
        let mut near: Vec<u32> = self
            .ring_tree
            .locate_in_envelope_intersecting(&envelope)
            .map(|e| e.data)
            .filter(|ring| rings.contains(&(*ring as usize)))
            .collect();
        near.sort_unstable();
        for ring in near {
            visit(self.ring(ring as usize));
        }
    }

    fn ring(&self, ring: usize) -> Ring<'_> {
        Ring {
            vertices: self.polygons.ring(ring),
            nodes: &self.nodes[self.ring_nodes[ring] as usize..self.ring_nodes[ring + 1] as usize],
        }
    }
}

/// One ring with the boxes of its runs.
#[derive(Clone, Copy)]
pub(crate) struct Ring<'a> {
    /// Closed: the first vertex is repeated at the end.
    pub(crate) vertices: &'a [Position],
    nodes: &'a [Extent],
}

/// What to do with a node of a ring's tree.
pub(crate) enum Descend {
    /// Look at its children, or at its edges when it is a leaf.
    Into,
    /// Leave it.
    Past,
}

impl Ring<'_> {
    pub(crate) fn extent(&self) -> Extent {
        self.nodes[self.nodes.len() - 1]
    }

    /// Walks the ring's tree in ring order. `node` is shown the box of a node and the range of its vertices
    /// (first to last, both included) and decides; `run` is given the vertices of each leaf that is entered.
    pub(crate) fn walk(
        &self,
        mut node: impl FnMut(&Extent, Position, Position) -> Descend,
        mut run: impl FnMut(&[Position]),
    ) {
        let edges = self.vertices.len() - 1;
        let leaves = edges.div_ceil(RUN);
        // Levels from the leaves up: (first node, number of nodes). Eight runs of eight levels hold 2⁵⁰ edges.
        let mut levels = [(0_usize, 0_usize); 16];
        let mut depth = 0;
        let (mut first, mut count) = (0, leaves);
        loop {
            levels[depth] = (first, count);
            if count == 1 {
                break;
            }
            first += count;
            count = count.div_ceil(FANOUT);
            depth += 1;
        }
        self.walk_node(&levels, depth, 0, &mut node, &mut run);
    }

    fn walk_node(
        &self,
        levels: &[(usize, usize); 16],
        level: usize,
        at: usize,
        node: &mut impl FnMut(&Extent, Position, Position) -> Descend,
        run: &mut impl FnMut(&[Position]),
    ) {
        let edges = self.vertices.len() - 1;
        let span = RUN * FANOUT.pow(level as u32);
        let from = at * span;
        let to = (from + span).min(edges);
        let extent = &self.nodes[levels[level].0 + at];
        if matches!(node(extent, self.vertices[from], self.vertices[to]), Descend::Past) {
            return;
        }
        if level == 0 {
            run(&self.vertices[from..=to]);
            return;
        }
        let below = levels[level - 1].1;
        for child in at * FANOUT..((at + 1) * FANOUT).min(below) {
            self.walk_node(levels, level - 1, child, node, run);
        }
    }
}

fn entry(extent: Extent, data: usize) -> Entry {
    Entry::new(Rectangle::from_corners(extent.min, extent.max), data as u32)
}

fn node_count(edges: usize) -> usize {
    let mut level = edges.div_ceil(RUN);
    let mut total = level;
    while level > 1 {
        level = level.div_ceil(FANOUT);
        total += level;
    }
    total
}

/// Fills the boxes of all rings, in parallel over pieces of about equal size.
fn fill_nodes(polygons: &PolygonColumn, ring_nodes: &[u32], nodes: &mut [Extent]) {
    const NODES_A_PIECE: usize = 1 << 14;
    let mut pieces = Vec::new();
    let (mut rest, mut first, mut taken) = (nodes, 0, 0_usize);
    let rings = polygons.ring_count();
    for ring in 0..rings {
        let end = ring_nodes[ring + 1] as usize;
        if end - taken >= NODES_A_PIECE || ring + 1 == rings {
            let (piece, tail) = rest.split_at_mut(end - taken);
            pieces.push((first..ring + 1, piece));
            (rest, first, taken) = (tail, ring + 1, end);
        }
    }
    pieces.into_par_iter().for_each(|(rings, mut piece)| {
        for ring in rings {
            let vertices = polygons.ring(ring);
            let (mine, tail) = piece.split_at_mut(node_count(vertices.len() - 1));
            fill_ring(vertices, mine);
            piece = tail;
        }
    });
}

fn fill_ring(vertices: &[Position], nodes: &mut [Extent]) {
    let edges = vertices.len() - 1;
    let mut count = edges.div_ceil(RUN);
    for (leaf, node) in nodes[..count].iter_mut().enumerate() {
        *node = Extent::of(&vertices[leaf * RUN..=((leaf + 1) * RUN).min(edges)]);
    }
    let mut first = 0;
    while count > 1 {
        let (below, above) = nodes[first..].split_at_mut(count);
        for (children, node) in below.chunks(FANOUT).zip(above) {
            *node = children.iter().copied().fold(Extent::EMPTY, Extent::union);
        }
        first += count;
        count = count.div_ceil(FANOUT);
    }
}
