//! The ground that features of several layers share, less what features of others cover, as maximal connected parts: where
//! plans differ in one way, that is one difference patch (差异图斑), however many features of each plan it is made of.
//!
//! # Outline
//! Combinations whose windows (what the boxes of their features share) touch are of one cluster; parts of different clusters
//! cannot touch. The rings of a cluster are laid on a lattice made for its size ([`Lattice::across`]), and an overlay of all
//! rings of a layer with those of the next gives its parts, so that an edge between two features of one layer cuts nothing.
//!
//! # Promises
//! A part has a connected inside: parts that touch in points only are two. What several combinations share is counted once.
//! The result depends on the features and not on threads; parts are ordered by cluster, the one of the first combination
//! first, then as the overlay finds them, from west to east.

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
use crate::shapes::{LatticeRing, LatticeShapes};
use crate::stop::Stop;

/// Combinations of features: of each layer the one that claims a place, or none of a layer that does not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Combinations {
    layers: usize,
    rows: Vec<Option<u32>>,
}

impl Combinations {
    /// None yet, of that many layers.
    #[must_use]
    pub fn of_layers(layers: usize) -> Self {
        Self { layers, rows: Vec::new() }
    }

    /// Adds one: a row of each layer, in their order.
    ///
    /// # Panics
    /// With rows of more or fewer layers, or of none.
    pub fn push(&mut self, rows: &[Option<u32>]) {
        assert!(rows.len() == self.layers && rows.iter().any(Option::is_some), "a row of some of the layers");
        self.rows.extend_from_slice(rows);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len() / self.layers.max(1)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows of one: of each layer the one that claims the place, or none.
    ///
    /// # Panics
    /// When there are not that many.
    #[must_use]
    pub fn rows_of(&self, number: u32) -> &[Option<u32>] {
        &self.rows[number as usize * self.layers..][..self.layers]
    }
}

/// A maximal connected part of what features share.
#[derive(Debug, Clone, PartialEq)]
pub struct CommonGround {
    /// The exterior ring, counter-clockwise, and the holes, closed, in the CRS of the layers.
    pub polygon: Vec<Vec<Position>>,
    /// Its area.
    pub area: Area,
    /// Numbers of the combinations whose windows meet its box: it is made of some of them, and of no others.
    pub combinations: Vec<u32>,
}

/// The maximal connected parts of what combinations of features share and no feature of their other layers covers.
/// Empty once `stop` was asked.
///
/// # Input must
/// Name every combination that shares area among the features that it names, all of the same layers; one that shares none
/// does no harm.
#[must_use]
pub fn common_ground(
    layers: &[&LayerIndex],
    combinations: &Combinations,
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<CommonGround> {
    let windows: Vec<Extent> = (0..combinations.len() as u32)
        .map(|number| {
            let rows = combinations.rows_of(number).iter().zip(layers);
            let extents = rows.filter_map(|(row, layer)| Some(layer.extent((*row)? as usize)));
            extents.reduce(Extent::intersection).unwrap_or(Extent::EMPTY)
        })
        .collect();
    clusters(&windows)
        .into_par_iter()
        .filter(|_| !stop.is_asked())
        .flat_map_iter(|cluster| parts(layers, combinations, &windows, &cluster, scale))
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
    layers: &[&LayerIndex],
    combinations: &Combinations,
    windows: &[Extent],
    cluster: &[u32],
    scale: &ArealScale,
) -> Vec<CommonGround> {
    let together = cluster.iter().map(|&number| windows[number as usize]).fold(Extent::EMPTY, Extent::union);
    let (lattice, origin) = (Lattice::across(together.width().max(together.height())), together.min);
    let laid = |(layer, rows): (&LayerIndex, Vec<u32>)| {
        let rings = rows.into_iter().flat_map(|row| rings_in((layer, row as usize), &together, origin));
        lattice.lay(&rings.collect::<Vec<_>>())
    };
    let mut named: Vec<Vec<LatticeRing>> = Vec::new();
    let mut others: Vec<LatticeRing> = Vec::new();
    for (number, layer) in layers.iter().enumerate() {
        let mut rows: Vec<u32> =
            cluster.iter().filter_map(|&member| combinations.rows_of(member)[number]).collect();
        if rows.is_empty() {
            layer.features_near(&together, &mut rows);
            others.extend(laid((layer, rows)));
        } else {
            rows.sort_unstable();
            rows.dedup();
            named.push(laid((layer, rows)));
        }
    }
    let mut measurer = Measurer::with_origin(scale, origin);
    let mut parts = Vec::new();
    for polygon in lattice.lift(shared_less(named, others)) {
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
        let combinations: Vec<u32> = cluster.iter().copied().filter(lies_in).collect();
        // Features of the cluster may share ground away from all of its windows: that is a part of another cluster.
        if combinations.is_empty() {
            continue;
        }
        let polygon = polygon.into_iter().map(|ring| ring.into_iter().map(place).collect()).collect();
        parts.push(CommonGround { polygon, area, combinations });
    }
    parts
}

/// What the rings of each layer share, less what others cover. An overlay takes the rings of a layer together, so they need not
/// be one before.
fn shared_less(named: Vec<Vec<LatticeRing>>, others: Vec<LatticeRing>) -> LatticeShapes {
    let mut named = named.into_iter();
    let mut before = named.next().unwrap_or_default();
    let less = Some(others).filter(|others| !others.is_empty());
    let less = less.map(|others| (others, OverlayRule::Difference));
    let mut shapes: Option<LatticeShapes> = None;
    for (rings, rule) in named.map(|rings| (rings, OverlayRule::Intersect)).chain(less) {
        if let Some(shapes) = shapes.take() {
            before = shapes.into_iter().flatten().collect();
        }
        shapes = Some(overlay(&before, &rings, rule, FillRule::NonZero));
    }
    shapes.unwrap_or_else(|| overlay(&before, &[], OverlayRule::Subject, FillRule::NonZero))
}
