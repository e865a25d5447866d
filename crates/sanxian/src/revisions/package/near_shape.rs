//! Whether two features have one shape but for the rounding of a file format.

use sanxian_model::{FeatureView, Position};

/// Whether each vertex of a feature has one of the other within `tolerance` of it along each axis, in the order of rings that begin
/// anywhere, in rings in any order.
pub(super) fn is_near(a: FeatureView<'_>, b: FeatureView<'_>, tolerance: f64) -> bool {
    let (of_a, mut rest): (Vec<_>, Vec<_>) = (a.rings().collect(), b.rings().collect());
    if of_a.len() != rest.len() || a.polygons().len() != b.polygons().len() {
        return false;
    }
    // Mostly rings are in one order, and each is found at once.
    of_a.into_iter().all(|ring| {
        let at = rest.iter().position(|other| is_near_ring(ring, other, tolerance));
        at.is_some_and(|at| {
            rest.remove(at);
            true
        })
    })
}

fn is_near_ring(a: &[Position], b: &[Position], tolerance: f64) -> bool {
    let [a, b] = [a, b].map(|ring| &ring[..ring.len().saturating_sub(1)]);
    let near =
        |a: &Position, b: &Position| (a[0] - b[0]).abs() <= tolerance && (a[1] - b[1]).abs() <= tolerance;
    a.len() == b.len()
        && (a.is_empty()
            || (0..b.len()).any(|start| {
                let turned = b[start..].iter().chain(&b[..start]);
                a.iter().zip(turned).all(|(a, b)| near(a, b))
            }))
}
