//! What of a plan lies in each administrative unit. A patch in one unit is counted there; one that crosses a border is cut.

use std::collections::BTreeMap;

use sanxian_geom::{LayerIndex, MeasuredLayer, ZoneOverlaps, overlaps, overlay_piece};
use sanxian_model::{AreaSum, OverlapPair, PolygonColumnBuilder, Role, SquareMetres, UnitTotal};
use sanxian_rules::Facts;

use super::measured::{Measured, net_of_zones};
use super::roles::lines_of;

/// A patch lies wholly in a unit when less than this of it lies elsewhere, and less than this in no unit is what rounding of sums leaves.
const ROUNDING: f64 = 0.001;

/// Area, then what of it lies on each line.
type Sums = Vec<AreaSum>;

/// What of the layers of a role lies in each administrative unit, what lies in none last; empty where the run has no units.
pub(crate) fn unit_totals(facts: &dyn Facts, measured: &Measured<'_>, subject: &Role) -> Vec<UnitTotal> {
    let (Some(plan), Some(units)) = (measured.number(subject), measured.number(&Role::ADMIN_UNIT)) else {
        return Vec::new();
    };
    let lines = lines_of(measured.plan);
    let totals = Totals { facts, measured, subject, plan, units, lines };
    totals.find()
}

struct Totals<'a> {
    facts: &'a dyn Facts,
    measured: &'a Measured<'a>,
    subject: &'a Role,
    /// Numbers of the layers.
    plan: usize,
    units: usize,
    lines: Vec<Role>,
}

impl Totals<'_> {
    fn find(&self) -> Vec<UnitTotal> {
        let (scale, stop) = (&self.measured.scale, &self.measured.stop);
        let (plan, units) = (&*self.measured.layers[self.plan], &*self.measured.layers[self.units]);
        let within = ZoneOverlaps::within(units, scale, stop);
        let shares =
            net_of_zones(overlaps(plan, &units.index, scale, stop), plan, units, &within, scale, stop);
        let mut sums: BTreeMap<u32, Sums> = BTreeMap::new();
        let mut all = self.nothing();
        let mut border: Vec<OverlapPair> = Vec::new();
        let mut of_row = shares.chunk_by(|a, b| a.subject == b.subject).peekable();
        for (row, area) in plan.areas.iter().enumerate() {
            let whole = self.whole(row);
            add(&mut all, &whole);
            let Some(shares) = of_row.next_if(|shares| shares[0].subject as usize == row) else { continue };
            match shares {
                [only] if area.ellipsoidal.get() - only.net.get() < ROUNDING => {
                    add(sums.entry(only.zone).or_insert_with(|| self.nothing()), &whole);
                }
                several => border.extend(several),
            }
        }
        for (pair, parts) in border.iter().zip(self.parts(&border)) {
            add(sums.entry(pair.zone).or_insert_with(|| self.nothing()), &parts);
        }
        let mut totals = Vec::with_capacity(sums.len() + 1);
        for (unit, of_unit) in sums {
            for (rest, sum) in all.iter_mut().zip(&of_unit) {
                *rest = *rest - *sum;
            }
            totals.push(self.total(Some(unit), &of_unit));
        }
        if all[0].area().get() > ROUNDING {
            totals.push(self.total(None, &all));
        }
        totals
    }

    fn nothing(&self) -> Sums {
        vec![AreaSum::ZERO; 1 + self.lines.len()]
    }

    /// Area of a patch, and what it has on each line.
    fn whole(&self, row: usize) -> Sums {
        let on = |line: &Role| -> AreaSum {
            let table = self.facts.overlaps(self.subject, line);
            table.map_or(AreaSum::ZERO, |table| table.of_subject(row).iter().map(|pair| pair.net).sum())
        };
        let area = AreaSum::from(self.facts.area(self.subject, row));
        [area].into_iter().chain(self.lines.iter().map(on)).collect()
    }

    /// The same of the part of a patch in a unit, for each pair.
    fn parts(&self, pairs: &[OverlapPair]) -> Vec<Sums> {
        let (scale, stop) = (&self.measured.scale, &self.measured.stop);
        let (plan, units) = (&*self.measured.layers[self.plan], &*self.measured.layers[self.units]);
        // What the method of the run says of a patch, for a square metre within straight edges.
        let stated = |pair: &OverlapPair, part: SquareMetres| {
            let row = pair.subject as usize;
            let straight = plan.areas[row].ellipsoidal;
            SquareMetres(part.get() * self.facts.area(self.subject, row).share_of(straight))
        };
        let mut parts: Vec<Sums> = pairs.iter().map(|pair| vec![stated(pair, pair.net).into()]).collect();
        let mut shapes = PolygonColumnBuilder::new();
        for pair in pairs {
            let [patch, unit] = [pair.subject, pair.zone].map(|row| row as usize);
            let crs = self.measured.plan.crs();
            shapes.push_feature(overlay_piece((&plan.index, patch), (&units.index, unit), crs));
        }
        let shapes = MeasuredLayer::new(LayerIndex::build(&shapes.finish()), scale);
        for line in &self.lines {
            for part in &mut parts {
                part.push(AreaSum::ZERO);
            }
            let Some(number) = self.measured.number(line) else { continue };
            let line = &*self.measured.layers[number];
            let within = ZoneOverlaps::within(line, scale, stop);
            let shared = overlaps(&shapes, &line.index, scale, stop);
            for share in net_of_zones(shared, &shapes, line, &within, scale, stop) {
                let at = share.subject as usize;
                if let Some(sum) = parts[at].last_mut() {
                    *sum += stated(&pairs[at], share.net);
                }
            }
        }
        parts
    }

    fn total(&self, unit: Option<u32>, sums: &Sums) -> UnitTotal {
        // What is left of a whole whose parts were taken from it may be a rounding below nothing.
        let area = |sum: &AreaSum| {
            let area = sum.area();
            if unit.is_none() && area.get() < ROUNDING { SquareMetres::ZERO } else { area }
        };
        let lines = self.lines.iter().cloned().zip(sums[1..].iter().map(area));
        UnitTotal { unit, area: area(&sums[0]), lines: lines.collect() }
    }
}

fn add(to: &mut Sums, sums: &Sums) {
    for (to, sum) in to.iter_mut().zip(sums) {
        *to += *sum;
    }
}
