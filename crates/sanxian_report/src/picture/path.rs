//! The shapes of a layer as the data of one SVG path.
//!
//! Exterior rings turn one way and holes the other, so the non-zero rule fills features that lie on each other, and leaves holes open.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sanxian_model::polygons::FeatureView;

use crate::picture::canvas::pixels;
use crate::picture::detail::{Detail, MOST_BYTES};
use crate::picture::extent::Extent;
use crate::picture::frame::MAP;
use crate::picture::outline::{clipped, simplified};
use crate::picture::page::Page;
use crate::picture::scene::{Part, Scene, SceneLayer};

/// How far shapes are drawn beyond the map, in pixels: the edges along which they are cut are not seen.
const BEYOND: f64 = 8.0;
/// Side of the square that stands for what is smaller than a pixel.
const POINT: f64 = 4.0;

/// The shapes of one layer.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// The data of the path; empty when nothing is on the page.
    pub(super) data: String,
    /// Features that are drawn as a point.
    pub(super) as_points: usize,
    /// Features on the page that are left off.
    pub(super) left_off: usize,
    /// Whether there was no room for all of them.
    is_full: bool,
}

/// The paths of all layers of a scene, in its order: as fine as the room allows, which what is highlighted has first.
pub(super) fn of_scene(scene: &Scene<'_>, page: &Page) -> Vec<Path> {
    let mut paths = Vec::new();
    for detail in Detail::levels() {
        paths = scene.layers.iter().map(|_| Path::default()).collect();
        let mut room = MOST_BYTES;
        for part in [Part::Highlight, Part::Line, Part::Plan] {
            for (layer, path) in scene.layers.iter().zip(&mut paths).filter(|(layer, _)| layer.part == part) {
                *path = Path::of(layer, page, detail, room);
                room -= path.data.len().min(room);
            }
        }
        if paths.iter().all(|path| !path.is_full) {
            break;
        }
    }
    paths
}

impl Path {
    /// The path of a layer in so many bytes.
    fn of(layer: &SceneLayer<'_>, page: &Page, detail: Detail, room: usize) -> Self {
        let mut path = Self::default();
        let mut points = BTreeSet::new();
        for shape in &layer.shapes {
            let places = shape.rings().flatten().map(|position| page.at(*position));
            let Some(extent) = Extent::of_positions(places).filter(|extent| is_on_map(*extent)) else {
                continue;
            };
            let [width, height] = extent.size();
            if path.data.len() >= room {
                path.is_full = true;
                path.left_off += 1;
            } else if width.max(height) >= detail.smallest {
                path.shape(*shape, page, detail);
            } else if layer.part == Part::Highlight {
                path.as_points += 1;
                path.point(extent.centre(), &mut points);
            } else {
                path.left_off += 1;
            }
        }
        for position in &layer.points {
            path.point(page.at(*position), &mut points);
        }
        path
    }

    fn shape(&mut self, shape: FeatureView<'_>, page: &Page, detail: Detail) {
        for ring in shape.rings() {
            let ring = simplified(ring.iter().map(|position| page.at(*position)), detail.step);
            let is_inside = ring.iter().all(|place| MAP.grown(BEYOND).contains(*place));
            let ring = if is_inside { ring } else { clipped(ring, MAP.grown(BEYOND)) };
            if ring.len() < 2 {
                continue;
            }
            for (k, [x, y]) in ring.into_iter().enumerate() {
                let command = match k {
                    0 => "M",
                    1 => "L",
                    _ => " ",
                };
                let _ = write!(self.data, "{command}{} {}", pixels(x), pixels(y));
            }
            self.data.push('Z');
        }
    }

    /// A square that stands for a place; one that stands for several at the same pixel is drawn once.
    fn point(&mut self, [x, y]: [f64; 2], drawn: &mut BTreeSet<[i32; 2]>) {
        if drawn.insert([x.round() as i32, y.round() as i32]) {
            let (x, y) = (pixels(x - POINT / 2.0), pixels(y - POINT / 2.0));
            let _ = write!(self.data, "M{x} {y}h{POINT}v{POINT}h-{POINT}Z");
        }
    }
}

fn is_on_map(extent: Extent) -> bool {
    extent.min[0] <= MAP.right()
        && extent.max[0] >= MAP.left
        && extent.min[1] <= MAP.bottom()
        && extent.max[1] >= MAP.top
}
