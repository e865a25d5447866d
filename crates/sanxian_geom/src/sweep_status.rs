//! The edges that a sweep line meets, in order along it: a treap with the edges' own numbers as nodes, threaded
//! so that the neighbours of an edge are at hand.
//!
//! Priorities are a hash of the number, so the same edges give the same tree on every run.

/// No edge.
pub(crate) const NONE: u32 = u32::MAX;

#[derive(Clone, Copy)]
struct Node {
    parent: u32,
    lower: u32,
    upper: u32,
    below: u32,
    above: u32,
}

/// Edges in order; the order itself is the caller's.
#[derive(Default)]
pub(crate) struct Status {
    nodes: Vec<Node>,
    root: u32,
}

fn priority(edge: u32) -> u32 {
    // Finalizer of MurmurHash3, a bijection.
    let mut h = edge;
    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}

impl Status {
    /// Forgets everything and makes room for edges numbered below `count`.
    pub(crate) fn reset(&mut self, count: usize) {
        self.nodes.clear();
        self.nodes.resize(count, Node { parent: NONE, lower: NONE, upper: NONE, below: NONE, above: NONE });
        self.root = NONE;
    }

    /// The next edge below.
    pub(crate) fn below(&self, edge: u32) -> u32 {
        self.nodes[edge as usize].below
    }

    /// The next edge above.
    pub(crate) fn above(&self, edge: u32) -> u32 {
        self.nodes[edge as usize].above
    }

    /// Puts in an edge; `is_above(other)` says whether it lies above another.
    pub(crate) fn insert(&mut self, edge: u32, is_above: impl Fn(u32) -> bool) {
        let (below, above) = self.place(is_above);
        self.insert_between(edge, below, above);
    }

    /// The neighbours of a place: the last edge that it lies above, and the next one.
    pub(crate) fn place(&self, is_above: impl Fn(u32) -> bool) -> (u32, u32) {
        let (mut below, mut above, mut at) = (NONE, NONE, self.root);
        while at != NONE {
            if is_above(at) {
                below = at;
                at = self.nodes[at as usize].upper;
            } else {
                above = at;
                at = self.nodes[at as usize].lower;
            }
        }
        (below, above)
    }

    /// Puts in an edge between two that are neighbours.
    pub(crate) fn insert_between(&mut self, edge: u32, below: u32, above: u32) {
        let mut node = Node { parent: NONE, lower: NONE, upper: NONE, below, above };
        // Of two neighbours one has no child on the side of the other.
        if below != NONE && self.nodes[below as usize].upper == NONE {
            node.parent = below;
            self.nodes[below as usize].upper = edge;
        } else if above != NONE {
            node.parent = above;
            self.nodes[above as usize].lower = edge;
        } else {
            self.root = edge;
        }
        if below != NONE {
            self.nodes[below as usize].above = edge;
        }
        if above != NONE {
            self.nodes[above as usize].below = edge;
        }
        self.nodes[edge as usize] = node;
        while self.nodes[edge as usize].parent != NONE
            && priority(self.nodes[edge as usize].parent) < priority(edge)
        {
            self.lift(edge);
        }
    }

    /// Takes out an edge.
    pub(crate) fn remove(&mut self, edge: u32) {
        loop {
            let Node { lower, upper, .. } = self.nodes[edge as usize];
            if lower == NONE || upper == NONE {
                let child = if lower == NONE { upper } else { lower };
                self.hang(edge, child);
                break;
            }
            self.lift(if priority(lower) > priority(upper) { lower } else { upper });
        }
        let Node { below, above, .. } = self.nodes[edge as usize];
        if below != NONE {
            self.nodes[below as usize].above = above;
        }
        if above != NONE {
            self.nodes[above as usize].below = below;
        }
    }

    /// Puts `child` in the place of `edge` under its parent.
    fn hang(&mut self, edge: u32, child: u32) {
        let parent = self.nodes[edge as usize].parent;
        if child != NONE {
            self.nodes[child as usize].parent = parent;
        }
        if parent == NONE {
            self.root = child;
        } else if self.nodes[parent as usize].lower == edge {
            self.nodes[parent as usize].lower = child;
        } else {
            self.nodes[parent as usize].upper = child;
        }
    }

    /// Rotates an edge above its parent.
    fn lift(&mut self, edge: u32) {
        let parent = self.nodes[edge as usize].parent;
        self.hang(parent, edge);
        let moved = if self.nodes[parent as usize].lower == edge {
            let moved = std::mem::replace(&mut self.nodes[edge as usize].upper, parent);
            self.nodes[parent as usize].lower = moved;
            moved
        } else {
            let moved = std::mem::replace(&mut self.nodes[edge as usize].lower, parent);
            self.nodes[parent as usize].upper = moved;
            moved
        };
        self.nodes[parent as usize].parent = edge;
        if moved != NONE {
            self.nodes[moved as usize].parent = parent;
        }
    }

    /// Whether the threads and the tree say the same, for tests.
    #[cfg(test)]
    fn in_order(&self) -> Vec<u32> {
        let (mut order, mut stack, mut at) = (Vec::new(), Vec::new(), self.root);
        while at != NONE || !stack.is_empty() {
            while at != NONE {
                stack.push(at);
                at = self.nodes[at as usize].lower;
            }
            let top = stack.pop().expect("not empty");
            order.push(top);
            at = self.nodes[top as usize].upper;
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tree_and_threads_hold_the_same_order() {
        let mut status = Status::default();
        status.reset(1000);
        let mut expected = Vec::new();
        // Multiplication by a unit modulo 1009 visits numbers in no order.
        for k in 1..1000_u32 {
            let edge = k * 617 % 1009;
            if edge >= 1000 {
                continue;
            }
            status.insert(edge, |other| edge > other);
            expected.push(edge);
            if k % 3 == 0 {
                let gone = expected.remove(k as usize % expected.len());
                status.remove(gone);
            }
        }
        expected.sort_unstable();
        assert_eq!(status.in_order(), expected);
        for pair in expected.windows(2) {
            assert_eq!((status.above(pair[0]), status.below(pair[1])), (pair[1], pair[0]));
        }
    }
}
