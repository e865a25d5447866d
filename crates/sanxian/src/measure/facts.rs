//! What rules ask for, answered from what was measured.

use sanxian_geom::{
    Area, Candidate, LayerIndex, MeasuredLayer, ZoneOverlaps, net_areas, overlaps, self_overlaps,
};
use sanxian_model::revision::{GroundClass, LayerChange};
use sanxian_model::{AreaSum, OverlapTable, Role, RoleLayers, SquareMetres};
use sanxian_rules::Facts;

use super::measured::{Measured, net_of_zones};

impl Facts for Measured<'_> {
    fn layers(&self, role: &Role) -> Option<RoleLayers<'_>> {
        self.plan.of_role(role)
    }

    fn area(&self, role: &Role, row: usize) -> SquareMetres {
        self.number(role).map_or(SquareMetres::ZERO, |layer| self.area_of(layer, row))
    }

    fn area_twice(&self, role: &Role) -> SquareMetres {
        self.number(role).map_or(SquareMetres::ZERO, |layer| {
            let pairs = self_overlaps(&self.layers[layer], &self.scale, &self.stop);
            pairs.iter().map(|pair| pair.area).sum::<sanxian_model::AreaSum>().area()
        })
    }

    fn overlaps(&self, subject: &Role, zone: &Role) -> Option<&OverlapTable> {
        self.overlaps_of(self.number(subject)?, self.number(zone)?)
    }

    fn change(&self, role: &Role) -> Option<&LayerChange> {
        self.since.as_deref()?.iter().find(|change| change.role == *role)
    }

    fn gained_within(&self, role: &Role, zone: &Role) -> Option<(SquareMetres, SquareMetres)> {
        let change = self.change(role)?;
        let gained = change.ground_of(|change| change.old == GroundClass::Nothing);
        let gained = MeasuredLayer::new(LayerIndex::build(&gained), &self.scale);
        let all = gained.areas.iter().map(|area| area.ellipsoidal).sum::<AreaSum>().area();
        let zones = &self.layers[self.number(zone)?];
        let within = ZoneOverlaps::within(zones, &self.scale, &self.stop);
        let pairs = overlaps(&gained, &zones.index, &self.scale, &self.stop);
        let pairs = net_of_zones(pairs, &gained, zones, &within, &self.scale, &self.stop);
        Some((all, pairs.iter().map(|pair| pair.net).sum::<AreaSum>().area()))
    }

    fn union(&self, subject: &Role, row: usize, zone: &Role, zones: &[u32]) -> (SquareMetres, SquareMetres) {
        let (Some(subject), Some(zone)) = (self.number(subject), self.number(zone)) else {
            return (SquareMetres::ZERO, SquareMetres::ZERO);
        };
        let Some(table) = self.straight_overlaps_of(subject, zone) else {
            return (SquareMetres::ZERO, SquareMetres::ZERO);
        };
        let candidates: Vec<Candidate> = table
            .of_subject(row)
            .iter()
            .filter(|pair| zones.contains(&pair.zone))
            .map(|pair| Candidate::of(0, pair))
            .collect();
        let zone_overlaps = &self.zone_overlaps_of(zone);
        let nets = net_areas(
            (&self.layers[subject].index, row),
            self.layers[subject].areas[row],
            &[&self.layers[zone].index],
            &candidates,
            |earlier, later| zone_overlaps.contains(earlier.row, later.row),
            &self.scale,
        );
        let sum = |of: fn(&Area) -> SquareMetres| nets.iter().map(of).sum::<AreaSum>().area();
        (self.stated(subject, row, sum(|net| net.ellipsoidal)), sum(|net| net.planar))
    }
}
