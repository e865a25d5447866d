//! Whether a ring can be a hole of another one, or lies outside it.

use sanxian_model::Position;

/// Where a position lies to a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    On,
    Outside,
}

/// Whether the insides of two closed rings have ground in common. Coordinates are rounded to a millimetre in these
/// files, so rings that touch or share a side by that much have none.
pub(crate) fn meet(shell: &[Position], hole: &[Position]) -> bool {
    let tolerance = tolerance(shell);
    if !boxes_meet(shell, hole, tolerance) {
        return false;
    }
    let sides: Vec<Side> = samples(hole).map(|position| side(shell, position, tolerance)).collect();
    sides.contains(&Side::Inside)
        // The two rings are one and the same.
        || sides.iter().all(|side| *side == Side::On)
        || samples(shell).any(|position| side(hole, position, tolerance) == Side::Inside)
        // Two bars that cross have no vertex in each other.
        || hole.windows(2).any(|a| shell.windows(2).any(|b| cross(a, b, tolerance)))
}

/// One millimetre, in metres or in degrees.
fn tolerance(ring: &[Position]) -> f64 {
    let in_degrees = ring.iter().all(|[x, y]| x.abs() <= 360.0 && y.abs() <= 90.0);
    if in_degrees { 1e-8 } else { 1e-3 }
}

/// The vertices and the middles of the edges.
fn samples(ring: &[Position]) -> impl Iterator<Item = Position> {
    ring.windows(2).flat_map(|edge| {
        let ([ax, ay], [bx, by]) = (edge[0], edge[1]);
        [edge[0], [ax.midpoint(bx), ay.midpoint(by)]]
    })
}

fn boxes_meet(a: &[Position], b: &[Position], tolerance: f64) -> bool {
    (0..2).all(|axis| {
        let range = |ring: &[Position]| {
            ring.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), position| {
                (low.min(position[axis]), high.max(position[axis]))
            })
        };
        let ((low_a, high_a), (low_b, high_b)) = (range(a), range(b));
        low_a < high_b - tolerance && low_b < high_a - tolerance
    })
}

fn side(ring: &[Position], position: Position, tolerance: f64) -> Side {
    let [x, y] = position;
    let mut inside = false;
    for edge in ring.windows(2) {
        if distance(position, edge) <= tolerance {
            return Side::On;
        }
        let ([ax, ay], [bx, by]) = (edge[0], edge[1]);
        if (ay > y) != (by > y) && x < ax + (bx - ax) * (y - ay) / (by - ay) {
            inside = !inside;
        }
    }
    if inside { Side::Inside } else { Side::Outside }
}

fn distance([x, y]: Position, edge: &[Position]) -> f64 {
    let ([ax, ay], [bx, by]) = (edge[0], edge[1]);
    let (dx, dy) = (bx - ax, by - ay);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 { (((x - ax) * dx + (y - ay) * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

/// Whether two edges cross with all four ends off the other's line.
fn cross(a: &[Position], b: &[Position], tolerance: f64) -> bool {
    let off = |[x, y]: Position, line: &[Position]| {
        let ([ax, ay], [bx, by]) = (line[0], line[1]);
        ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / (bx - ax).hypot(by - ay)
    };
    let apart = |line: &[Position], edge: &[Position]| {
        let (one, other) = (off(edge[0], line), off(edge[1], line));
        one.abs() > tolerance && other.abs() > tolerance && (one > 0.0) != (other > 0.0)
    };
    apart(a, b) && apart(b, a)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(west: f64, south: f64, east: f64, north: f64) -> Vec<Position> {
        vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
    }

    #[test]
    fn rings_meet_when_they_share_ground() {
        let shell = bar(500.0, 0.0, 600.0, 100.0);
        assert!(meet(&shell, &bar(510.0, 10.0, 520.0, 20.0)), "inside");
        assert!(meet(&shell, &shell), "the same");
        assert!(meet(&shell, &bar(400.0, -50.0, 700.0, 150.0)), "around");
        assert!(meet(&shell, &bar(300.0, 81.0, 690.0, 83.0)), "across, with no vertex or middle inside");
        assert!(!meet(&shell, &bar(600.0, 0.0, 700.0, 100.0)), "beside");
        assert!(!meet(&shell, &bar(599.9995, 50.0, 700.0, 70.0)), "beside, a rounding apart");
        let diamond = vec![[550.0, 0.0], [600.0, 50.0], [550.0, 100.0], [500.0, 50.0], [550.0, 0.0]];
        assert!(meet(&shell, &diamond), "corners on the sides");
    }
}
