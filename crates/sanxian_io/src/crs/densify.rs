//! Extra points on long edges, so that an edge that is straight in one CRS stays where it is in another.
//!
//! A straight edge in one projection is a curve in the next: a kilometre in degrees bends by about a
//! centimetre in Gauss-Kruger. Each edge gets as many points as keep the bend between two of them under
//! [`DEVIATION`]. The points of an edge follow from its two ends alone, taken in one fixed order, so that two
//! neighbours, or two layers, that share the edge in opposite directions get the same points.

use sanxian_model::{Crs, CrsKind, PolygonColumn, PolygonColumnBuilder, Position};

use crate::crs::Pipeline;

/// Largest distance, in metres, between an edge as delivered and the edge in the new CRS.
const DEVIATION: f64 = 1e-3;

/// Edges that would need more points than this are not of this earth.
const MOST_POINTS: f64 = 10_000.0;

/// Measures how far an edge bends under an operation.
pub(crate) struct Bend<'a> {
    pipeline: &'a Pipeline,
    target: CrsKind,
    /// Edges up to this length, in units of the source, bend by less than [`DEVIATION`] anywhere here.
    short: f64,
}

impl<'a> Bend<'a> {
    /// Prepares for edges within a box of the source.
    pub(crate) fn within(
        pipeline: &'a Pipeline,
        to: &Crs,
        low: Position,
        high: Position,
    ) -> Result<Self, String> {
        let mut bend = Self { pipeline, target: to.kind, short: 0.0 };
        bend.short = bend.short_edge(low, high)?;
        Ok(bend)
    }

    /// The deviation of an edge grows with the square of its length. The factor is sampled over the box in
    /// four directions; half the length that it allows is safe, since it varies by far less than fourfold.
    fn short_edge(&self, low: Position, high: Position) -> Result<f64, String> {
        let size = (high[0] - low[0]).max(high[1] - low[1]);
        if size <= 0.0 {
            return Ok(0.0);
        }
        // Long enough to measure a bend over rounding, short enough to be local.
        let length = size.min(match self.target {
            CrsKind::Geographic { .. } => 10_000.0,
            _ if size <= 360.0 => 0.1,
            _ => 10_000.0,
        });
        let mut factor = 0.0_f64;
        for i in 0..=4 {
            for j in 0..=4 {
                let at = [
                    low[0] + (high[0] - low[0]) * f64::from(i) / 4.0,
                    low[1] + (high[1] - low[1]) * f64::from(j) / 4.0,
                ];
                for [dx, dy] in [[1.0, 0.0], [0.0, 1.0], [0.7, 0.7], [0.7, -0.7]] {
                    let half = length / 2.0;
                    let a = [at[0] - dx * half, at[1] - dy * half];
                    let b = [at[0] + dx * half, at[1] + dy * half];
                    factor = factor.max(self.deviation(a, b)? / (length * length));
                }
            }
        }
        let allowed = if factor > 0.0 { (DEVIATION / factor).sqrt() } else { f64::INFINITY };
        Ok((allowed / 2.0).min(length * 4.0))
    }

    /// How far the edge bends, in metres, seen at its quarters.
    fn deviation(&self, a: Position, b: Position) -> Result<f64, String> {
        let between = |t: f64| [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
        let mut points = [a, between(0.25), between(0.5), between(0.75), b];
        self.pipeline.apply(&mut points)?;
        let [start, first, middle, last, end] = points;
        let chord = |t: f64| [start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t];
        let off = |p: Position, t: f64| {
            let [x, y] = chord(t);
            self.metres([p[0] - x, p[1] - y], y)
        };
        Ok(off(first, 0.25).max(off(middle, 0.5)).max(off(last, 0.75)))
    }

    fn metres(&self, [dx, dy]: Position, y: f64) -> f64 {
        const PER_DEGREE: f64 = 111_320.0;
        match self.target {
            CrsKind::Geographic { degrees } => {
                let latitude = (y * degrees).to_radians();
                (dx * degrees * PER_DEGREE * latitude.cos()).hypot(dy * degrees * PER_DEGREE)
            }
            CrsKind::Projected { metres } => dx.hypot(dy) * metres,
            CrsKind::Plane => dx.hypot(dy),
        }
    }

    /// In how many pieces an edge is to be cut; the same for both of its directions.
    fn pieces(&self, a: Position, b: Position) -> Result<usize, String> {
        let length = (b[0] - a[0]).hypot(b[1] - a[1]);
        if length <= self.short {
            return Ok(1);
        }
        let (low, high) = ordered(a, b);
        let deviation = self.deviation(low, high)?;
        Ok((deviation / DEVIATION).sqrt().ceil().clamp(1.0, MOST_POINTS) as usize)
    }
}

/// The layer with the extra points, still in its own CRS; none when no edge needs any.
pub(crate) fn densify(polygons: &PolygonColumn, bend: &Bend<'_>) -> Result<Option<PolygonColumn>, String> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for ring in 0..polygons.ring_count() {
        let range = polygons.ring_range(ring);
        for (offset, edge) in polygons.ring(ring).windows(2).enumerate() {
            let pieces = bend.pieces(edge[0], edge[1])?;
            if pieces > 1 {
                cuts.push((range.start + offset, pieces));
            }
        }
    }
    if cuts.is_empty() {
        return Ok(None);
    }
    let extra: usize = cuts.iter().map(|(_, pieces)| pieces - 1).sum();
    let mut builder = PolygonColumnBuilder::with_capacity(polygons.len(), polygons.coords().len() + extra);
    let mut cuts = cuts.into_iter().peekable();
    // Rings follow each other in one buffer, so an edge's number is the place of its first end.
    let mut edge = 0;
    for feature in polygons.iter() {
        for polygon in feature.polygons() {
            for ring in polygon.rings() {
                for (offset, &position) in ring.iter().enumerate() {
                    builder.push(position);
                    if let Some((_, pieces)) = cuts.next_if(|(cut, _)| *cut == edge) {
                        push_between(&mut builder, position, ring[offset + 1], pieces);
                    }
                    edge += 1;
                }
                builder.end_ring();
            }
            builder.end_polygon();
        }
        builder.end_feature();
    }
    Ok(Some(builder.finish()))
}

fn push_between(builder: &mut PolygonColumnBuilder, a: Position, b: Position, pieces: usize) {
    let (low, high) = ordered(a, b);
    let point = |k: usize| {
        let t = k as f64 / pieces as f64;
        [low[0] + (high[0] - low[0]) * t, low[1] + (high[1] - low[1]) * t]
    };
    if low == a {
        builder.extend_from((1..pieces).map(point));
    } else {
        builder.extend_from((1..pieces).rev().map(point));
    }
}

/// The two ends of an edge in an order that does not depend on its direction.
fn ordered(a: Position, b: Position) -> (Position, Position) {
    if (a[0], a[1]) <= (b[0], b[1]) { (a, b) } else { (b, a) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::crs_from_user;

    fn densified(from: &str, to: &str, ring: &[Position]) -> Vec<Position> {
        let (from, to) = (crs_from_user(from).expect("a CRS"), crs_from_user(to).expect("a CRS"));
        let pipeline = Pipeline::between(&from, &to, ring[0]).expect("a way");
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[ring]]);
        let column = builder.finish();
        let bend = Bend::within(&pipeline, &to, [110.0, 34.0], [111.0, 35.0]).expect("a bend");
        densify(&column, &bend).expect("in reach").map_or(ring.to_vec(), |dense| dense.coords().to_vec())
    }

    const TRIANGLE: [Position; 4] = [[110.1, 34.1], [110.9, 34.2], [110.4, 34.8], [110.1, 34.1]];

    #[test]
    fn no_point_of_a_long_edge_is_off_by_more_than_a_millimetre() {
        let dense = densified("EPSG:4490", "EPSG:4546", &TRIANGLE);
        assert!(dense.len() > 100, "{}", dense.len());
        let (from, to) =
            (crs_from_user("EPSG:4490").expect("a CRS"), crs_from_user("EPSG:4546").expect("a CRS"));
        let pipeline = Pipeline::between(&from, &to, TRIANGLE[0]).expect("a way");
        for edge in dense.windows(2) {
            let middle = [edge[0][0].midpoint(edge[1][0]), edge[0][1].midpoint(edge[1][1])];
            let mut moved = [edge[0], middle, edge[1]];
            pipeline.apply(&mut moved).expect("in reach");
            let chord = [moved[0][0].midpoint(moved[2][0]), moved[0][1].midpoint(moved[2][1])];
            let off = (moved[1][0] - chord[0]).hypot(moved[1][1] - chord[1]);
            assert!(off < 1.1 * DEVIATION, "{off}");
        }
    }

    #[test]
    fn a_shared_edge_gets_the_same_points_from_both_sides() {
        let forward = densified("EPSG:4490", "EPSG:4546", &TRIANGLE);
        let mut turned = TRIANGLE;
        turned.reverse();
        let mut backward = densified("EPSG:4490", "EPSG:4546", &turned);
        backward.reverse();
        assert_eq!(forward, backward);
    }

    #[test]
    fn survey_edges_stay_as_they_are() {
        let small: Vec<Position> =
            TRIANGLE.iter().map(|[x, y]| [110.1 + (x - 110.1) * 2e-4, 34.1 + (y - 34.1) * 2e-4]).collect();
        assert_eq!(densified("EPSG:4490", "EPSG:4546", &small), small);
    }
}
