//! The ground that features of two layers share, as maximal connected parts: where plans differ in one way, that is one
//! difference patch (差异图斑), however many features of either plan it is made of.
//!
//! # Outline
//! Pairs whose windows (what the boxes of both features share) touch are of one cluster; parts of different clusters cannot
//! touch. The rings of a cluster are laid on a lattice made for its size ([`Lattice::across`]), and one overlay of all of
//! them gives its parts, so that an edge between two features of one layer cuts nothing.
//!
//! # Promises
//! A part has a connected inside: parts that touch in points only are two. What several pairs share is counted once. The
//! result depends on the features and not on threads; parts are ordered by cluster, the one of the first pair first, then as
//! the overlay finds them, from west to east.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use rayon::prelude::*;
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use sanxian_model::{PolygonColumnBuilder, Position};

use crate::boolean::overlay;
use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::lattice::Lattice;
use crate::measure::{Area, Measurer};
use crate::piece::rings_in;
use crate::scale::ArealScale;
use crate::stop::Stop;

/// A maximal connected part of what features of two layers share.
#[derive(Debug, Clone, PartialEq)]
pub struct CommonGround {
    /// The exterior ring, counter-clockwise, and the holes, closed, in the CRS of the layers.
    pub polygon: Vec<Vec<Position>>,
    /// Its area.
    pub area: Area,
    /// The pairs that may lie in it, by their numbers among those that were given: those whose windows share ground with the
    /// part's box.
    pub near: Vec<u32>,
}

/// The maximal connected parts of what pairs of features share, a row of `first` and a row of `second` each. Empty once
/// `stop` was asked.
///
/// # Input must
/// Name every pair that shares area among the features that it names; a pair that shares none does no harm.
#[must_use]
pub fn common_ground(
    first: &LayerIndex,
    second: &LayerIndex,
    pairs: &[(u32, u32)],
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<CommonGround> {
    let windows: Vec<Extent> = pairs
        .iter()
        .map(|&(a, b)| first.extent(a as usize).intersection(second.extent(b as usize)))
        .collect();
    clusters(&windows)
        .into_par_iter()
        .map_init(
            || (),
            |(), cluster| {
                if stop.is_asked() {
                    Vec::new()
                } else {
                    parts(first, second, pairs, &windows, &cluster, scale)
                }
            },
        )
        .flatten_iter()
        .collect()
}

/// The numbers of windows with an inside, in groups that do not touch each other.
fn clusters(windows: &[Extent]) -> Vec<Vec<u32>> {
    let entry = |number: usize| {
        let Extent { min, max } = windows[number];
        GeomWithData::new(Rectangle::from_corners(min, max), number as u32)
    };
    let with_inside = || (0..windows.len()).filter(|&number| windows[number].has_inside());
    let tree = RTree::bulk_load(with_inside().map(entry).collect());
    let mut cluster_of = vec![u32::MAX; windows.len()];
    let mut clusters: Vec<Vec<u32>> = Vec::new();
    for number in with_inside() {
        if cluster_of[number] != u32::MAX {
            continue;
        }
        let cluster = clusters.len() as u32;
        cluster_of[number] = cluster;
        let mut members = vec![number as u32];
        let mut next = 0;
        while let Some(&member) = members.get(next) {
            next += 1;
            let Extent { min, max } = windows[member as usize];
            for other in tree.locate_in_envelope_intersecting(&AABB::from_corners(min, max)) {
                let of_other = &mut cluster_of[other.data as usize];
                if *of_other == u32::MAX {
                    *of_other = cluster;
                    members.push(other.data);
                }
            }
        }
        members.sort_unstable();
        clusters.push(members);
    }
    clusters
}

/// The parts of one cluster.
fn parts(
    first: &LayerIndex,
    second: &LayerIndex,
    pairs: &[(u32, u32)],
    windows: &[Extent],
    cluster: &[u32],
    scale: &ArealScale,
) -> Vec<CommonGround> {
    let together = cluster.iter().map(|&number| windows[number as usize]).fold(Extent::EMPTY, Extent::union);
    let (lattice, origin) = (Lattice::across(together.width().max(together.height())), together.min);
    let rings = |layer: &LayerIndex, row: fn(&(u32, u32)) -> u32| {
        let mut rows: Vec<u32> = cluster.iter().map(|&number| row(&pairs[number as usize])).collect();
        rows.sort_unstable();
        rows.dedup();
        let rings = rows.into_iter().flat_map(|row| rings_in((layer, row as usize), &together, origin));
        lattice.lay(&rings.collect::<Vec<_>>())
    };
    let shapes = overlay(
        &rings(first, |pair| pair.0),
        &rings(second, |pair| pair.1),
        OverlayRule::Intersect,
        FillRule::NonZero,
    );
    let mut measurer = Measurer::with_origin(scale, origin);
    let mut parts = Vec::new();
    for polygon in lattice.lift(shapes) {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([&polygon]);
        let index = LayerIndex::build(&builder.finish());
        let area = measurer.area(&index, 0);
        let local = index.extent(0);
        if area.ellipsoidal.get() <= measurer.noise(&local) {
            continue;
        }
        let place = |[x, y]: Position| [x + origin[0], y + origin[1]];
        let extent = Extent { min: place(local.min), max: place(local.max) };
        let lies_in = |number: &u32| windows[*number as usize].intersection(extent).has_inside();
        let near: Vec<u32> = cluster.iter().copied().filter(lies_in).collect();
        // Two features of the cluster may share ground away from all of its windows: that is a part of another cluster.
        if near.is_empty() {
            continue;
        }
        let polygon = polygon.into_iter().map(|ring| ring.into_iter().map(place).collect()).collect();
        parts.push(CommonGround { polygon, area, near });
    }
    parts
}
