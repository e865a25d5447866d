//! What a zone loses of a subject to a few earlier zones.
//!
//! Most zones that lie on each other are neighbours whose boundaries were drawn twice: each meets one or two others,
//! in a narrow strip. Only that strip is cut out and measured, so that it costs what is in it.

use sanxian_model::{PolygonColumnBuilder, Position};

use crate::boolean::Keep;
use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::lattice::Lattice;
use crate::measure::{Area, Measurer};
use crate::piece::rings_in;
use crate::scale::ArealScale;

/// One feature of a layer.
type Feature<'a, 'l> = (&'a LayerIndex, usize);

/// What a zone keeps of its overlap with a subject when some earlier zones have taken theirs.
///
/// The ground of the earlier zones is a polygon on a lattice made for the window that all share
/// ([`Lattice::across`]), with coordinates from its corner; what the zone shares with it is measured. A loss that would
/// be no overlap ([`Measurer::noise`]) is none, and so is a rest.
pub(crate) fn kept_after(
    subject: Feature<'_, '_>,
    zone: Feature<'_, '_>,
    earlier: &[Feature<'_, '_>],
    overlap: Area,
    scale: &ArealScale,
) -> Area {
    let shared = subject.0.extent(subject.1).intersection(zone.0.extent(zone.1));
    let together = earlier.iter().fold(Extent::EMPTY, |sum, &(layer, row)| sum.union(layer.extent(row)));
    let window = shared.intersection(together);
    let mut measurer = Measurer::new(scale);
    // Zones may lie on each other elsewhere, and only touch where the subject is.
    if !window.has_inside() || !earlier.iter().any(|&other| measurer.overlaps_in(zone, other, &window)) {
        return overlap;
    }
    let (lattice, origin) = (Lattice::across(window.width().max(window.height())), window.min);
    // Zones of one winding each: where some cover, the sum of their windings is not zero. What the subject shares
    // with both sides lies in the window, so the margin around it in which rings are cut takes no part.
    let covered: Vec<Vec<Position>> =
        earlier.iter().flat_map(|&feature| rings_in(feature, &window, origin)).collect();
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature(lattice.combine(&rings_in(subject, &window, origin), &covered, Keep::Both));
    builder.push_feature([rings_in(zone, &window, origin)]);
    let column = builder.finish();
    let column = LayerIndex::build(&column);
    let mut measurer = Measurer::with_origin(scale, origin);
    let Some(lost) = measurer.overlap((&column, 0), (&column, 1), None) else { return overlap };
    let left = overlap.less(lost);
    let nothing = Measurer::new(scale).noise(&shared);
    if left.ellipsoidal.get() > nothing { left } else { Area::default() }
}
