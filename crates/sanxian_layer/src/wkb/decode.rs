//! Well-known binary geometry into the columns of a layer: polygons and multipolygons of both byte orders,
//! with or without Z, M and SRID, without a copy between.
//!
//! The bytes are walked twice: once over the headers, to know that they hold what they promise, then over
//! the coordinates. So a broken geometry never leaves half a feature behind.

use sanxian_model::{PolygonColumnBuilder, Position};

use crate::delivered::OtherMembers;

/// What the bytes of one feature hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One or more polygons with at least one ring.
    Polygons,
    /// A polygonal geometry without any ring, or no geometry.
    Empty,
    /// Polygons among points or lines.
    Mixed(OtherMembers),
    /// A curved polygon, to be made straight by GDAL first.
    Curved,
    /// A point, a line or a solid; the name of the kind.
    NotPolygon(&'static str),
    /// Bytes that end too early or say something impossible.
    Broken,
}

/// Examines the headers.
#[must_use]
pub fn shape_of(wkb: &[u8]) -> Shape {
    let mut cursor = Cursor { bytes: wkb };
    let mut seen = Seen::default();
    if cursor.walk(&mut seen, None, 0).is_none() {
        return Shape::Broken;
    }
    if seen.curved {
        return Shape::Curved;
    }
    match (seen.rings, seen.other) {
        (0, None) => Shape::Empty,
        (0, Some(name)) => Shape::NotPolygon(name),
        (_, None) => Shape::Polygons,
        (_, Some(_)) => Shape::Mixed(seen.others),
    }
}

/// Adds the polygons of one feature; [`shape_of`] has found [`Shape::Polygons`] or [`Shape::Mixed`].
pub fn push_feature(wkb: &[u8], builder: &mut PolygonColumnBuilder) {
    let walked = Cursor { bytes: wkb }.walk(&mut Seen::default(), Some(builder), 0);
    debug_assert!(walked.is_some(), "the headers were examined before");
    builder.end_feature();
}

/// A closed line as the polygon that it bounds; none for an open one or for anything else.
#[must_use]
pub fn polygon_of_closed_line(wkb: &[u8]) -> Option<Vec<u8>> {
    let mut cursor = Cursor { bytes: wkb };
    let little = cursor.take(1)?[0] == 1;
    let code = cursor.number(little)?;
    let (kind, step) = kind_and_step(code)?;
    if kind != 2 || code & SRID != 0 {
        return None;
    }
    let points = cursor.number(little)? as usize;
    let bytes = cursor.take(points.checked_mul(step)?)?;
    if points < 4 || bytes[..16] != bytes[bytes.len() - step..][..16] {
        return None;
    }
    let number = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut polygon = vec![u8::from(little)];
    // The code of a polygon is that of a line and one, whatever stands for Z and M beside it.
    polygon.extend(number(code + 1));
    polygon.extend(number(1));
    polygon.extend(number(points as u32));
    polygon.extend(bytes);
    Some(polygon)
}

/// Mark of EWKB that the number of a CRS follows.
const SRID: u32 = 0x2000_0000;

/// The kind of geometry and the bytes of one position. EWKB marks Z and M with high bits, ISO with thousands;
/// both are met in the field.
fn kind_and_step(code: u32) -> Option<(u32, usize)> {
    let plain = code & 0x0FFF_FFFF;
    let (kind, thousands) = (plain % 1000, plain / 1000);
    if thousands > 3 {
        return None;
    }
    let extra = usize::from(code & 0x8000_0000 != 0 || thousands & 1 != 0)
        + usize::from(code & 0x4000_0000 != 0 || thousands & 2 != 0);
    Some((kind, 16 + 8 * extra))
}

#[derive(Default)]
struct Seen {
    rings: usize,
    curved: bool,
    other: Option<&'static str>,
    others: OtherMembers,
}

/// Collections in collections deeper than this are an attack, not a plan.
const DEEPEST: usize = 16;

struct Cursor<'a> {
    bytes: &'a [u8],
}

impl Cursor<'_> {
    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (head, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(head)
    }

    fn number(&mut self, little: bool) -> Option<u32> {
        let bytes: [u8; 4] = self.take(4)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// One geometry with its header. Coordinates are skipped unless a builder is given.
    fn walk(
        &mut self,
        seen: &mut Seen,
        mut builder: Option<&mut PolygonColumnBuilder>,
        depth: usize,
    ) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let little = match self.take(1)?[0] {
            0 => false,
            1 => true,
            _ => return None,
        };
        let code = self.number(little)?;
        if code & SRID != 0 {
            self.take(4)?;
        }
        let (kind, step) = kind_and_step(code)?;
        match kind {
            3 | 17 => self.polygon(seen, builder, little, step),
            4..=7 | 11 | 12 => {
                let members = self.number(little)?;
                for _ in 0..members {
                    self.walk(seen, builder.as_deref_mut(), depth + 1)?;
                }
                Some(())
            }
            1 => {
                self.take(step)?;
                seen.not_polygon("point");
                Some(())
            }
            2 => {
                let points = self.number(little)? as usize;
                self.take(points.checked_mul(step)?)?;
                seen.not_polygon("line");
                Some(())
            }
            8 => {
                let points = self.number(little)? as usize;
                self.take(points.checked_mul(step)?)?;
                seen.not_polygon("arc");
                Some(())
            }
            9 => {
                let members = self.number(little)?;
                let mut parts = Seen::default();
                for _ in 0..members {
                    self.walk(&mut parts, None, depth + 1)?;
                }
                seen.not_polygon("compound curve");
                Some(())
            }
            10 => {
                // What lies inside is read by GDAL, which also checks it.
                seen.curved = true;
                let members = self.number(little)?;
                for _ in 0..members {
                    self.walk(&mut Seen::default(), None, depth + 1)?;
                }
                Some(())
            }
            15 | 16 => {
                let members = self.number(little)?;
                for _ in 0..members {
                    self.walk(&mut Seen::default(), None, depth + 1)?;
                }
                seen.not_polygon("surface of a solid");
                Some(())
            }
            _ => None,
        }
    }

    fn polygon(
        &mut self,
        seen: &mut Seen,
        builder: Option<&mut PolygonColumnBuilder>,
        little: bool,
        step: usize,
    ) -> Option<()> {
        let rings = self.number(little)?;
        let Some(builder) = builder else {
            for _ in 0..rings {
                let points = self.number(little)? as usize;
                self.take(points.checked_mul(step)?)?;
                seen.rings += 1;
            }
            return Some(());
        };
        for _ in 0..rings {
            let points = self.number(little)? as usize;
            let bytes = self.take(points.checked_mul(step)?)?;
            if little {
                builder.extend_from(bytes.chunks_exact(step).map(position_le));
            } else {
                builder.extend_from(bytes.chunks_exact(step).map(position_be));
            }
            builder.end_ring();
        }
        if rings > 0 {
            builder.end_polygon();
        }
        Some(())
    }
}

impl Seen {
    fn not_polygon(&mut self, name: &'static str) {
        self.other = Some(name);
        let members = if name == "point" { &mut self.others.points } else { &mut self.others.lines };
        *members += 1;
    }
}

fn position_le(bytes: &[u8]) -> Position {
    let (x, y) = eights(bytes);
    [f64::from_le_bytes(x), f64::from_le_bytes(y)]
}

fn position_be(bytes: &[u8]) -> Position {
    let (x, y) = eights(bytes);
    [f64::from_be_bytes(x), f64::from_be_bytes(y)]
}

fn eights(bytes: &[u8]) -> ([u8; 8], [u8; 8]) {
    let (x, rest) = bytes.split_first_chunk::<8>().expect("a position has at least sixteen bytes");
    let y = rest.first_chunk::<8>().expect("a position has at least sixteen bytes");
    (*x, *y)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Position; 5] = [[0.5, 0.0], [4.0, 0.0], [4.0, 3.0], [0.5, 3.0], [0.5, 0.0]];

    fn polygon(little: bool, code: u32, srid: Option<u32>, extra: usize) -> Vec<u8> {
        let number = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let real = |n: f64| if little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut bytes = vec![u8::from(little)];
        bytes.extend(number(code));
        bytes.extend(srid.into_iter().flat_map(number));
        bytes.extend(number(1));
        bytes.extend(number(5));
        for [x, y] in SQUARE {
            bytes.extend(real(x));
            bytes.extend(real(y));
            bytes.extend((0..extra).flat_map(|_| real(9.0)));
        }
        bytes
    }

    fn read(wkb: &[u8]) -> Vec<Position> {
        let mut builder = PolygonColumnBuilder::new();
        push_feature(wkb, &mut builder);
        builder.finish().coords().to_vec()
    }

    #[test]
    fn every_dialect_gives_the_same_square() {
        for wkb in [
            polygon(true, 3, None, 0),
            polygon(false, 3, None, 0),
            polygon(true, 1003, None, 1),
            polygon(true, 2003, None, 1),
            polygon(false, 3003, None, 2),
            polygon(true, 3 | 0x8000_0000, None, 1),
            polygon(true, 3 | 0x2000_0000, Some(4546), 0),
            polygon(true, 3 | 0xE000_0000, Some(4546), 2),
        ] {
            assert_eq!(shape_of(&wkb), Shape::Polygons);
            assert_eq!(read(&wkb), SQUARE);
        }
    }

    #[test]
    fn a_cut_geometry_is_broken_wherever_it_is_cut() {
        let whole = polygon(true, 3, None, 0);
        for end in 0..whole.len() {
            assert_eq!(shape_of(&whole[..end]), Shape::Broken, "cut at {end}");
        }
        let mut boast = whole;
        boast[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(shape_of(&boast), Shape::Broken);
    }

    #[test]
    fn a_collection_gives_its_polygons_and_counts_the_rest() {
        let mut wkb = vec![1];
        wkb.extend(7_u32.to_le_bytes());
        wkb.extend(2_u32.to_le_bytes());
        wkb.extend(polygon(false, 3, None, 0));
        wkb.push(1);
        wkb.extend(1_u32.to_le_bytes());
        wkb.extend([0; 16]);
        assert_eq!(shape_of(&wkb), Shape::Mixed(OtherMembers { points: 1, lines: 0 }));
        assert_eq!(read(&wkb), SQUARE);
    }

    #[test]
    fn only_a_closed_line_bounds_a_polygon() {
        for little in [true, false] {
            let mut line = polygon(little, 2, None, 0);
            line.drain(5..9);
            let made = polygon_of_closed_line(&line).expect("it is closed");
            assert_eq!(read(&made), SQUARE);
            let last = line.len() - 1;
            line[last] ^= 0x40;
            assert_eq!(polygon_of_closed_line(&line), None);
            assert_eq!(polygon_of_closed_line(&line[..20]), None);
        }
    }

    #[test]
    fn points_are_named_and_empty_is_empty() {
        let mut point = vec![1];
        point.extend(1_u32.to_le_bytes());
        point.extend([0; 16]);
        assert_eq!(shape_of(&point), Shape::NotPolygon("point"));
        let mut empty = vec![1];
        empty.extend(6_u32.to_le_bytes());
        empty.extend(0_u32.to_le_bytes());
        assert_eq!(shape_of(&empty), Shape::Empty);
    }
}
