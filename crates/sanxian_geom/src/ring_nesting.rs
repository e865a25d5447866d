//! Whether the rings of a feature lie in each other as they must, by what a sweep learns of each.

use crate::sweep_status::NONE;

/// What the sweep learns of a ring.
#[derive(Clone, Copy)]
pub(crate) struct RingPlace {
    /// The number of the shell of its part; its own if it is a shell.
    pub(crate) shell: u32,
    /// Number of its first edge, and of its edges.
    pub(crate) first: u32,
    pub(crate) count: u32,
    pub(crate) counter_clockwise: bool,
    pub(crate) met: bool,
    /// The smallest ring around it.
    pub(crate) container: u32,
}

/// Whether shells turn counter-clockwise and lie in nothing or in a hole, and holes turn clockwise and lie in
/// the shell of their part.
pub(crate) fn well_nested(rings: &[RingPlace]) -> bool {
    rings.iter().zip(0_u32..).all(|(ring, number)| {
        if ring.shell == number {
            let in_hole = |container: u32| rings[container as usize].shell != container;
            ring.counter_clockwise && (ring.container == NONE || in_hole(ring.container))
        } else {
            !ring.counter_clockwise && ring.container == ring.shell
        }
    })
}
