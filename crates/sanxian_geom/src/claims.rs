//! What the features of two layers claim of the ground, each spot once: with it the sums of a comparison of two plans close,
//! also where one of them claims ground twice.
//!
//! # Promises
//! Of several features of one layer on a spot, the earliest holds it. So the areas of the first layer less what is claimed
//! again add up to the area of its union; what its pairs net and what it holds alone add up to the same; and what pairs
//! net adds up to the ground that both layers cover. Sums are as good as [`net_areas`] says.

use rayon::prelude::*;
use sanxian_model::{AreaSum, OverlapPair, SquareMetres};

use crate::measure::Area;
use crate::overlap::{MeasuredLayer, overlaps, self_overlaps};
use crate::precedence::{Candidate, net_areas};
use crate::scale::ArealScale;
use crate::stop::Stop;
use crate::zone_overlaps::ZoneOverlaps;

/// What one feature claims.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Claim {
    /// What an earlier feature of its layer claims too.
    pub again: Area,
    /// What it is the first to claim, and no feature of the other layer.
    pub alone: Area,
}

/// What the features of two layers claim.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Claims {
    /// The pairs that share area, ordered by the row of the first layer, then of the second. `net` is the ground that both
    /// features are the earliest of their layers to claim.
    pub pairs: Vec<OverlapPair>,
    /// What each feature of the first layer claims.
    pub first: Vec<Claim>,
    /// What each feature of the second layer claims.
    pub second: Vec<Claim>,
}

/// What the features of two layers claim. No more than some of it once `stop` was asked.
#[must_use]
pub fn claims(first: &MeasuredLayer, second: &MeasuredLayer, scale: &ArealScale, stop: &Stop) -> Claims {
    let mut pairs = overlaps(first, &second.index, scale, stop);
    let own = [self_overlaps(first, scale, stop), self_overlaps(second, scale, stop)];
    let mut turned: Vec<OverlapPair> = pairs
        .iter()
        .map(|pair| OverlapPair::alone(pair.zone, pair.subject, pair.area, pair.planar))
        .collect();
    turned.par_sort_unstable_by_key(|pair| (pair.subject, pair.zone));
    let [own_first, own_second] = own.map(|pairs| OwnOverlaps::of(&pairs));
    let of_first = of_layer([first, second], &mut pairs, [&own_first, &own_second], scale, stop);
    let of_second = of_layer([second, first], &mut turned, [&own_second, &own_first], scale, stop);
    Claims { pairs, first: of_first, second: of_second }
}

/// The pairs of features of one layer that share area, by the later one.
struct OwnOverlaps {
    /// The later feature as subject, the earlier as zone.
    pairs: Vec<OverlapPair>,
    overlaps: ZoneOverlaps,
}

impl OwnOverlaps {
    /// Of pairs in which the earlier is the subject.
    fn of(pairs: &[OverlapPair]) -> Self {
        let overlaps = ZoneOverlaps::of(pairs);
        let later = |pair: &OverlapPair| OverlapPair::alone(pair.zone, pair.subject, pair.area, pair.planar);
        let mut pairs: Vec<OverlapPair> = pairs.iter().map(later).collect();
        pairs.sort_unstable_by_key(|pair| (pair.subject, pair.zone));
        Self { pairs, overlaps }
    }

    /// Those of one later feature.
    fn before(&self, row: u32) -> &[OverlapPair] {
        of_row(&self.pairs, row)
    }
}

fn of_row(pairs: &[OverlapPair], row: u32) -> &[OverlapPair] {
    let start = pairs.partition_point(|pair| pair.subject < row);
    let count = pairs[start..].partition_point(|pair| pair.subject == row);
    &pairs[start..start + count]
}

/// Works out the nets of pairs of a layer with another one, and what each of its features claims.
fn of_layer(
    [layer, other]: [&MeasuredLayer; 2],
    pairs: &mut [OverlapPair],
    [own, own_of_other]: [&OwnOverlaps; 2],
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<Claim> {
    // Asked only about features that claim ground again.
    let across = ZoneOverlaps::of(if own.pairs.is_empty() { &[] } else { pairs });
    let share_ground = |earlier: &Candidate, later: &Candidate| match (earlier.layer, later.layer) {
        (0, 0) => own.overlaps.contains(earlier.row, later.row),
        (0, _) => across.contains(earlier.row, later.row),
        _ => own_of_other.overlaps.contains(earlier.row, later.row),
    };
    let mut claims: Vec<Claim> =
        layer.areas.iter().map(|area| Claim { again: Area::default(), alone: *area }).collect();
    let mut rest = pairs;
    let mut work: Vec<(u32, &mut Claim, &mut [OverlapPair])> = Vec::new();
    for (claim, row) in claims.iter_mut().zip(0_u32..) {
        let count = rest.partition_point(|pair| pair.subject == row);
        let (of_row, later) = std::mem::take(&mut rest).split_at_mut(count);
        rest = later;
        if !of_row.is_empty() || !own.before(row).is_empty() {
            work.push((row, claim, of_row));
        }
    }
    work.into_par_iter().with_min_len(64).filter(|_| !stop.is_asked()).for_each(|(row, claim, pairs)| {
        let whole = layer.areas[row as usize];
        let before = own.before(row);
        let candidates: Vec<Candidate> = before
            .iter()
            .map(|pair| Candidate::of(0, pair))
            .chain(pairs.iter().map(|pair| Candidate::of(1, pair)))
            .collect();
        let nets = net_areas(
            (&layer.index, row as usize),
            whole,
            &[&layer.index, &other.index],
            &candidates,
            share_ground,
            scale,
        );
        let (again, nets) = nets.split_at(before.len());
        claim.again = sum(again);
        claim.alone = whole.less(claim.again).less(sum(nets));
        for (pair, net) in pairs.iter_mut().zip(nets) {
            (pair.net, pair.net_planar) = (net.ellipsoidal, net.planar);
        }
    });
    claims
}

fn sum(areas: &[Area]) -> Area {
    let of = |value: fn(&Area) -> SquareMetres| areas.iter().map(value).sum::<AreaSum>().area();
    Area { ellipsoidal: of(|area| area.ellipsoidal), planar: of(|area| area.planar) }
}
