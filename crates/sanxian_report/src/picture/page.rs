//! From the CRS of the run to the page: one scale in both directions, north up.

use sanxian_model::polygons::Position;
use sanxian_model::{Crs, CrsKind};

use crate::picture::extent::Extent;
use crate::picture::frame::MAP;

/// What the map shows around its subject, of the subject's size, on each side.
const AROUND: f64 = 0.12;
/// The least width and height of ground on the map in metres, so that a single parcel is not without its surroundings.
const LEAST: f64 = 200.0;

/// How positions come to the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Page {
    /// Position at the centre of the map.
    centre: Position,
    /// Metres in one unit of each axis.
    metres: [f64; 2],
    /// Pixels in a metre.
    scale: f64,
    /// Whether positions are longitude and latitude.
    is_geographic: bool,
}

impl Page {
    /// The page on which an extent fills the map.
    pub(super) fn of(extent: Extent, crs: &Crs) -> Self {
        let centre = extent.centre();
        let metres = metres_of(crs, centre[1]);
        let size = extent.size();
        let ground = |axis: usize| (size[axis] * metres[axis] * (1.0 + 2.0 * AROUND)).max(LEAST);
        let scale = (MAP.width / ground(0)).min(MAP.height / ground(1));
        Self { centre, metres, scale, is_geographic: !crs.has_plane() }
    }

    /// A position on the page.
    pub(super) fn at(&self, [x, y]: Position) -> [f64; 2] {
        let [left, top] = MAP.centre();
        [
            left + (x - self.centre[0]) * self.metres[0] * self.scale,
            top - (y - self.centre[1]) * self.metres[1] * self.scale,
        ]
    }

    /// The position at a place of the page.
    fn position([left, top]: [f64; 2], page: &Self) -> Position {
        let [x, y] = MAP.centre();
        [
            page.centre[0] + (left - x) / (page.metres[0] * page.scale),
            page.centre[1] - (top - y) / (page.metres[1] * page.scale),
        ]
    }

    /// The positions at the south-western and the north-eastern corner of the map.
    pub(super) fn corners(&self) -> [Position; 2] {
        [[MAP.left, MAP.bottom()], [MAP.right(), MAP.top]].map(|place| Self::position(place, self))
    }

    /// Pixels in a metre of ground.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }

    /// Decimals with which a coordinate tells one pixel from the next: five of a degree are a metre.
    pub(super) fn decimals(&self) -> usize {
        let pixel = if self.is_geographic { 111_000.0 * self.scale } else { self.scale };
        pixel.log10().ceil().clamp(0.0, 8.0) as usize
    }
}

/// Metres in one unit of x and of y near a latitude: along the parallel and the meridian of the ellipsoid in a geographic CRS.
fn metres_of(crs: &Crs, y: f64) -> [f64; 2] {
    match crs.kind {
        CrsKind::Plane => [1.0; 2],
        CrsKind::Projected { metres } => [metres; 2],
        CrsKind::Geographic { degrees } => {
            let radians = degrees.to_radians();
            let latitude = (y * radians).clamp(-1.55, 1.55);
            let squared = crs.ellipsoid.eccentricity_squared();
            let w = (1.0 - squared * latitude.sin().powi(2)).sqrt();
            let normal = crs.ellipsoid.semi_major / w;
            let meridian = normal * (1.0 - squared) / (w * w);
            [normal * latitude.cos() * radians, meridian * radians]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_of_ground_is_square_on_the_page_in_degrees_too() {
        let crs = Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
        // A kilometre along the parallel and the meridian of 35 degrees north: 91 287.7 m and 110 940.7 m to the degree.
        let (x, y) = (1_000.0 / 91_287.7, 1_000.0 / 110_940.7);
        let extent = Extent { min: [112.0, 35.0 - y / 2.0], max: [112.0 + x, 35.0 + y / 2.0] };
        let page = Page::of(extent, &crs);
        let ([left, bottom], [right, top]) = (page.at(extent.min), page.at(extent.max));
        assert!(((right - left) / (bottom - top) - 1.0).abs() < 1e-4, "{left} {right} {bottom} {top}");
        assert!((page.scale() * 1_240.0 - MAP.height).abs() < 0.5, "{}", page.scale());
    }

    #[test]
    fn corners_are_what_the_page_shows_and_a_point_has_surroundings() {
        let extent = Extent { min: [500.0, 900.0], max: [500.0, 900.0] };
        let page = Page::of(extent, &Crs::plane());
        let [south_west, north_east] = page.corners();
        assert_eq!(north_east[1] - south_west[1], LEAST);
        assert_eq!(page.at(south_west), [MAP.left, MAP.bottom()]);
        assert_eq!(page.decimals(), 1);
    }
}
