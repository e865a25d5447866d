//! The layers of a run, measured: areas, overlaps, and what lies on top of what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use sanxian_geom::{
    Area, ArealScale, Candidate, LayerIndex, MeasuredLayer, Stop, ZoneOverlaps, net_areas, overlaps,
};
use sanxian_model::revision::LayerChange;
use sanxian_model::{
    Finding, OverlapPair, OverlapTable, PolygonColumn, Role, RoleLayers, SquareMetres, ZoneShare,
};

use crate::error::Error;
use crate::measure::{LonLat, Wanted, some_of};
use crate::plan::Plan;

/// The measured layers of a run.
pub(crate) struct Measured<'a> {
    pub(crate) plan: &'a Plan,
    /// Whoever asks it has no use for what is measured.
    pub(crate) stop: Stop,
    pub(crate) scale: ArealScale,
    /// One for each role, with the features of all its layers, in the order of the plan. These are what numbers here name.
    pub(crate) layers: Vec<Arc<MeasuredLayer>>,
    /// Overlaps in the area of the run's method.
    tables: BTreeMap<(usize, usize), OverlapTable>,
    /// The same within straight edges, when another method is used.
    straight: BTreeMap<(usize, usize), OverlapTable>,
    /// What the area of each feature of each layer is by the run's method, for one square metre within straight edges;
    /// none when that is the method.
    factors: Option<Vec<Vec<f64>>>,
    /// What changed since the revision before.
    pub(crate) since: Option<Arc<[LayerChange]>>,
    /// Another revision, of which much is the same.
    pub(crate) known: Option<Known<'a>>,
    /// Features of one layer that share ground, and of two layers, the earlier in precedence first.
    zone_overlaps: BTreeMap<(usize, usize), Arc<ZoneOverlaps>>,
}

/// Lines that are indexed and measured, and which of their features share ground.
#[derive(Clone, Default)]
pub(crate) struct MeasuredLines {
    layers: Vec<Arc<MeasuredLayer>>,
    /// By the numbers of `layers`.
    zone_overlaps: BTreeMap<(usize, usize), Arc<ZoneOverlaps>>,
}

impl<'a> Measured<'a> {
    /// Indexes and measures the layers of a plan.
    pub(crate) fn index(plan: &'a Plan, stop: &Stop) -> Result<Self, Error> {
        let indexes: Vec<LayerIndex> = plan.roles().map(index_of).collect();
        let scale = areal_scale(plan, indexes.iter())?;
        let layers = indexes.into_iter().map(|index| Arc::new(MeasuredLayer::new(index, &scale))).collect();
        Ok(Self::of(plan, scale, layers, stop))
    }

    fn of(plan: &'a Plan, scale: ArealScale, layers: Vec<Arc<MeasuredLayer>>, stop: &Stop) -> Self {
        Self {
            plan,
            stop: stop.clone(),
            scale,
            layers,
            tables: BTreeMap::new(),
            straight: BTreeMap::new(),
            factors: None,
            since: None,
            known: None,
            zone_overlaps: BTreeMap::new(),
        }
    }

    /// Indexes and measures the layers of a plan, those of roles whose layers are the very layers of another plan without measuring
    /// them again.
    pub(crate) fn beside(plan: &'a Plan, other: &Measured<'_>, stop: &Stop) -> Result<Self, Error> {
        let shared: Vec<Option<usize>> =
            plan.roles().map(|layers| other.role_of_same_layers(layers)).collect();
        let indexes: Vec<Option<LayerIndex>> = plan
            .roles()
            .zip(&shared)
            .map(|(layers, shared)| shared.is_none().then(|| index_of(layers)))
            .collect();
        let all = indexes.iter().zip(&shared).map(|(own, shared)| match (own, shared) {
            (Some(own), _) => own,
            (None, shared) => &other.layers[shared.unwrap_or_default()].index,
        });
        let scale = areal_scale(plan, all)?;
        let layers = indexes.into_iter().zip(&shared).map(|(own, shared)| match (own, shared) {
            (Some(own), _) => Arc::new(MeasuredLayer::new(own, &scale)),
            (None, shared) => Arc::clone(&other.layers[shared.unwrap_or_default()]),
        });
        let layers = layers.collect();
        Ok(Self::of(plan, scale, layers, stop))
    }

    /// Takes over what was measured of another revision, where the layers are the very ones or features have one shape.
    pub(crate) fn know(&mut self, known: Known<'a>) {
        let shared: Vec<Option<usize>> =
            self.plan.roles().map(|layers| known.measured.role_of_same_layers(layers)).collect();
        for a in 0..shared.len() {
            for b in 0..shared.len() {
                let pair = shared[a].zip(shared[b]);
                if let Some(overlaps) = pair.and_then(|pair| known.measured.zone_overlaps.get(&pair)) {
                    self.zone_overlaps.insert((a, b), Arc::clone(overlaps));
                }
            }
        }
        self.known = Some(known);
    }

    /// The number of a role whose layers are these very ones.
    fn role_of_same_layers(&self, layers: RoleLayers<'_>) -> Option<usize> {
        let own = self.plan.of_role(layers.role())?;
        let is_same = own.layers().len() == layers.layers().len()
            && own.layers().iter().zip(layers.layers()).all(|(a, b)| a.polygons.is_same(&b.polygons));
        is_same.then(|| self.number(layers.role())).flatten()
    }

    /// Indexes and measures the layers of the first role of a plan; the others are those of `lines`, in this order.
    pub(crate) fn onto(plan: &'a Plan, lines: &MeasuredLines, stop: &Stop) -> Result<Self, Error> {
        let index = index_of(plan.roles().next().expect("a plan has layers"));
        let scale =
            areal_scale(plan, std::iter::once(&index).chain(lines.layers.iter().map(|line| &line.index)))?;
        let mut layers = vec![Arc::new(MeasuredLayer::new(index, &scale))];
        layers.extend(lines.layers.iter().cloned());
        let mut measured = Self::of(plan, scale, layers, stop);
        let after_first = |(a, b): &(usize, usize)| (a + 1, b + 1);
        measured.zone_overlaps = lines
            .zone_overlaps
            .iter()
            .map(|(pair, zone_overlaps)| (after_first(pair), Arc::clone(zone_overlaps)))
            .collect();
        Ok(measured)
    }

    /// The layers of a plan that are those of `lines`.
    pub(crate) fn of_lines(plan: &'a Plan, lines: &MeasuredLines, stop: &Stop) -> Result<Self, Error> {
        let scale = areal_scale(plan, lines.layers.iter().map(|line| &line.index))?;
        let mut measured = Self::of(plan, scale, lines.layers.clone(), stop);
        measured.zone_overlaps.clone_from(&lines.zone_overlaps);
        Ok(measured)
    }

    /// The area of each feature, by its role.
    pub(crate) fn areas_by_role(&self) -> BTreeMap<Role, Vec<SquareMetres>> {
        let areas =
            |number: usize| (0..self.layers[number].areas.len()).map(move |row| self.area_of(number, row));
        let roles = self.plan.roles().enumerate();
        roles.map(|(number, layers)| (layers.role().clone(), areas(number).collect())).collect()
    }

    /// The overlaps, by the roles of subject and zone.
    pub(crate) fn into_tables(self) -> BTreeMap<(Role, Role), Vec<OverlapPair>> {
        let roles: Vec<Role> = self.plan.roles().map(|layers| layers.role().clone()).collect();
        let role = |number: usize| roles[number].clone();
        let tables = self.tables.into_iter();
        tables.map(|((from, zone), table)| ((role(from), role(zone)), table.into_pairs())).collect()
    }

    /// What is known of these layers before anything is held against them.
    pub(crate) fn into_lines(mut self, lines: &[Role]) -> MeasuredLines {
        self.find_zone_overlaps(&(0..self.layers.len()).collect(), lines, &BTreeMap::new());
        MeasuredLines { layers: self.layers, zone_overlaps: self.zone_overlaps }
    }

    /// Number of a role.
    pub(crate) fn number(&self, role: &Role) -> Option<usize> {
        self.plan.roles().position(|layers| layers.role() == role)
    }

    /// Number of what a finding is about: its role, and the feature there.
    pub(crate) fn subject_of(&self, finding: &Finding) -> Option<(usize, usize)> {
        let layers = self.plan.of_role(&finding.role)?;
        Some((self.number(&finding.role)?, layers.number(finding.layer, finding.row? as usize)))
    }

    /// Numbers of the zones of a finding: their role, and the features there.
    pub(crate) fn zones_of(&self, finding: &Finding) -> Option<(usize, Vec<u32>)> {
        let role = finding.zone_role.as_ref()?;
        let layers = self.plan.of_role(role)?;
        let number = |zone: &ZoneShare| layers.number(zone.layer, zone.row as usize) as u32;
        Some((self.number(role)?, finding.zones.iter().map(number).collect()))
    }

    /// Which features of a role share ground with each other.
    pub(crate) fn zone_overlaps_of(&self, number: usize) -> &ZoneOverlaps {
        &self.zone_overlaps[&(number, number)]
    }

    /// The polygons of a role.
    pub(crate) fn polygons(&self, number: usize) -> &PolygonColumn {
        self.layers[number].index.polygons()
    }

    /// Measures the overlaps that a run needs.
    pub(crate) fn measure(&mut self, wanted: &Wanted) {
        let numbers: BTreeSet<(usize, usize)> = wanted
            .tables
            .iter()
            .filter_map(|(subject, zone)| Some((self.number(subject)?, self.number(zone)?)))
            .collect();
        // All pairs of two roles, and of others those that are not known.
        let (mut raw, mut rest) = (BTreeMap::new(), BTreeMap::new());
        for &(subject, zone) in &numbers {
            if let Some(known) = self.known_of(subject, zone) {
                rest.insert((subject, zone), overlaps_of_rest(self, (subject, zone), known.same));
            } else {
                let zones = &self.layers[zone].index;
                raw.insert((subject, zone), overlaps(&self.layers[subject], zones, &self.scale, &self.stop));
            }
        }
        let zones = numbers.iter().map(|&(_, zone)| zone).collect();
        self.find_zone_overlaps(&zones, &wanted.lines, &raw);
        let all = raw.into_iter().chain(rest);
        self.tables = all.map(|(key, pairs)| (key, self.table(key, pairs))).collect();
    }

    /// What is known of the overlaps of two roles: the zones are the very ones of the other revision.
    fn known_of(&self, subject: usize, zone: usize) -> Option<KnownPairs<'_>> {
        let known = self.known.as_ref()?;
        let role = |number: usize| self.plan.roles().nth(number).map(|layers| layers.role().clone());
        let (of_subject, of_zone) = (role(subject)?, role(zone)?);
        let numbers = (known.measured.number(&of_subject)?, known.measured.number(&of_zone)?);
        if !Arc::ptr_eq(&self.layers[zone], &known.measured.layers[numbers.1]) {
            return None;
        }
        let table = known.measured.straight_overlaps_of(numbers.0, numbers.1)?;
        let same = known.same.get(&of_subject)?;
        Some(KnownPairs { table, same })
    }

    /// Finds which features of zone layers share ground within their layer, and those of lines between layers, unless
    /// that is known. `raw` has the pairs that are measured already.
    fn find_zone_overlaps(
        &mut self,
        zones: &BTreeSet<usize>,
        lines: &[Role],
        raw: &BTreeMap<(usize, usize), Vec<OverlapPair>>,
    ) {
        let lines: Vec<usize> = lines.iter().filter_map(|role| self.number(role)).collect();
        for &zone in zones.iter().chain(&lines) {
            self.zone_overlaps.entry((zone, zone)).or_insert_with(|| {
                Arc::new(ZoneOverlaps::within(&self.layers[zone], &self.scale, &self.stop))
            });
        }
        for (k, &first) in lines.iter().enumerate() {
            for &second in &lines[k + 1..] {
                self.zone_overlaps.entry((first, second)).or_insert_with(|| {
                    Arc::new(match raw.get(&(first, second)) {
                        Some(pairs) => ZoneOverlaps::of(pairs),
                        None => ZoneOverlaps::between(
                            &self.layers[first],
                            &self.layers[second].index,
                            &self.scale,
                            &self.stop,
                        ),
                    })
                });
            }
        }
    }

    /// Measures overlaps alone: what zones share with each other is not looked at, and each pair nets itself.
    pub(crate) fn measure_bare(&mut self, wanted: &Wanted) {
        for (subject, zone) in &wanted.tables {
            let (Some(subject), Some(zone)) = (self.number(subject), self.number(zone)) else { continue };
            let pairs = overlaps(&self.layers[subject], &self.layers[zone].index, &self.scale, &self.stop);
            self.zone_overlaps.insert((zone, zone), Arc::default());
            let table = self.table((subject, zone), pairs);
            self.tables.insert((subject, zone), table);
        }
    }

    /// Works out what each pair nets after earlier zones of the same role.
    fn table(&self, (subject, zone): (usize, usize), pairs: Vec<OverlapPair>) -> OverlapTable {
        let known = self.known_of(subject, zone);
        let (subject, zones) = (&*self.layers[subject], &*self.layers[zone]);
        let mut pairs =
            net_of_zones(pairs, subject, zones, &self.zone_overlaps[&(zone, zone)], &self.scale, &self.stop);
        if let Some(KnownPairs { table, same }) = known {
            for (own, other) in same {
                let of_row = table.of_subject(*other as usize).iter();
                pairs.extend(of_row.map(|pair| OverlapPair { subject: *own, ..*pair }));
            }
            pairs.par_sort_unstable_by_key(|pair| (pair.subject, pair.zone));
        }
        OverlapTable::from_ordered(pairs, subject.areas.len())
    }

    /// The overlaps of one layer with another, when they were measured.
    pub(crate) fn overlaps_of(&self, subject: usize, zone: usize) -> Option<&OverlapTable> {
        self.tables.get(&(subject, zone))
    }

    /// The same within straight edges, whatever the method of the run.
    pub(crate) fn straight_overlaps_of(&self, subject: usize, zone: usize) -> Option<&OverlapTable> {
        let tables = if self.factors.is_some() { &self.straight } else { &self.tables };
        tables.get(&(subject, zone))
    }

    /// The area of a feature by the method of the run.
    pub(crate) fn area_of(&self, layer: usize, row: usize) -> SquareMetres {
        self.stated(layer, row, self.layers[layer].areas[row].ellipsoidal)
    }

    /// The area, by the method of the run, of a part of a feature whose area within straight edges is known.
    ///
    /// A part has the share of its feature that it has within straight edges, so that parts add up to the
    /// whole whatever the method.
    pub(crate) fn stated(&self, layer: usize, row: usize, part: SquareMetres) -> SquareMetres {
        self.factors.as_ref().map_or(part, |factors| SquareMetres(part.get() * factors[layer][row]))
    }

    /// Uses another method for areas on the ellipsoid: `area` gives that of each feature, by layer and row.
    pub(crate) fn restate(
        &mut self,
        area: impl Fn(usize, usize) -> Result<SquareMetres, Error>,
    ) -> Result<(), Error> {
        let mut factors = Vec::with_capacity(self.layers.len());
        for (number, layer) in self.layers.iter().enumerate() {
            let of_row = |(row, straight): (usize, &Area)| -> Result<f64, Error> {
                let straight = straight.ellipsoidal.get();
                Ok(if straight > 0.0 { area(number, row)?.get() / straight } else { 1.0 })
            };
            factors.push(layer.areas.iter().enumerate().map(of_row).collect::<Result<_, _>>()?);
        }
        self.factors = Some(factors);
        self.straight = std::mem::take(&mut self.tables);
        let mut tables = BTreeMap::new();
        for (&(subject, zone), table) in &self.straight {
            let mut pairs = table.pairs().to_vec();
            for pair in &mut pairs {
                pair.area = self.stated(subject, pair.subject as usize, pair.area);
                pair.net = self.stated(subject, pair.subject as usize, pair.net);
            }
            tables
                .insert((subject, zone), OverlapTable::from_ordered(pairs, self.layers[subject].areas.len()));
        }
        self.tables = tables;
        Ok(())
    }

    /// Whether features of two line layers share ground; the earlier in precedence first.
    pub(crate) fn share_ground(&self, earlier: (usize, u32), later: (usize, u32)) -> bool {
        self.zone_overlaps.get(&(earlier.0, later.0)).is_some_and(|zone_overlaps| {
            !zone_overlaps.is_empty() && zone_overlaps.contains(earlier.1, later.1)
        })
    }
}

/// Another revision, measured, and the features that have one shape in both, by role: those of this revision first, in order.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    pub(crate) measured: &'a Measured<'a>,
    pub(crate) same: &'a BTreeMap<Role, Vec<(u32, u32)>>,
}

/// What is known of the overlaps of two roles.
struct KnownPairs<'a> {
    table: &'a OverlapTable,
    /// Features of one shape: those of this revision first, in order.
    same: &'a [(u32, u32)],
}

/// The overlaps of those features of a role that are not known.
fn overlaps_of_rest(
    measured: &Measured<'_>,
    (subject, zone): (usize, usize),
    same: &[(u32, u32)],
) -> Vec<OverlapPair> {
    let layer = &measured.layers[subject];
    let mut known = same.iter().map(|(own, _)| *own).peekable();
    let rest: Vec<u32> =
        (0..layer.areas.len() as u32).filter(|row| known.next_if_eq(row).is_none()).collect();
    let mut pairs =
        overlaps(&some_of(layer, &rest), &measured.layers[zone].index, &measured.scale, &measured.stop);
    for pair in &mut pairs {
        pair.subject = rest[pair.subject as usize];
    }
    pairs
}

/// Ordered pairs with what each nets after earlier zones of the same layer; `within` tells which of these share ground.
pub(crate) fn net_of_zones(
    mut pairs: Vec<OverlapPair>,
    subject: &MeasuredLayer,
    zones: &MeasuredLayer,
    within: &ZoneOverlaps,
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<OverlapPair> {
    if within.is_empty() {
        return pairs;
    }
    let groups: Vec<&mut [OverlapPair]> =
        pairs.chunk_by_mut(|a, b| a.subject == b.subject).filter(|group| group.len() > 1).collect();
    groups.into_par_iter().with_min_len(64).filter(|_| !stop.is_asked()).for_each(|group| {
        let row = group[0].subject as usize;
        let nets = net_areas(
            (&subject.index, row),
            subject.areas[row],
            &[&zones.index],
            &group.iter().map(|pair| Candidate::of(0, pair)).collect::<Vec<_>>(),
            |earlier, later| within.contains(earlier.row, later.row),
            scale,
        );
        for (pair, net) in group.iter_mut().zip(nets) {
            (pair.net, pair.net_planar) = (net.ellipsoidal, net.planar);
        }
    });
    pairs
}

/// The scale of the run's CRS wherever a feature lies.
fn areal_scale<'l>(plan: &Plan, indexes: impl Iterator<Item = &'l LayerIndex>) -> Result<ArealScale, Error> {
    let lon_lat = if ArealScale::asks(&plan.crs) { Some(LonLat::of(&plan.crs)?) } else { None };
    ArealScale::fit(&plan.crs, indexes, |positions| match &lon_lat {
        Some(lon_lat) => lon_lat.apply(positions),
        None => Ok(()),
    })
    .map_err(|source| {
        let layers = plan.roles().nth(source.layer).expect("an index for each role");
        Error::Scale { place: Box::new(layers.place(source.row)), source }
    })
}

/// The index of the features of a role.
fn index_of(layers: RoleLayers<'_>) -> LayerIndex {
    LayerIndex::build(&PolygonColumn::concat(layers.layers().iter().map(|layer| &layer.polygons)))
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Crs, CrsKind};
    use sanxian_rules::ExampleFeature;

    use super::*;

    #[test]
    fn a_scale_error_names_the_layer_and_the_feature() {
        let crs = Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
        let near = "POLYGON((117 31, 117.1 31, 117.1 31.1, 117 31))";
        let far = "POLYGON((117 31, 117.1 31, 39500000 31.1, 117 31))";
        let layer = |role: Role, shapes: &[&str]| {
            let feature = |wkt: &&str| ExampleFeature { wkt: (*wkt).to_owned(), attributes: Vec::new() };
            let features: Vec<_> = shapes.iter().map(feature).collect();
            crate::examples::layer(role, &features, &crs).expect("shapes")
        };
        let layers = vec![layer(Role::PLAN, &[near]), layer(Role::FARMLAND, &[near, far])];
        let expected = layers[1].place(1);
        let plan = Plan { layers, faults: Vec::new(), crs: crs.clone(), read_seconds: 0.0 };
        let Err(Error::Scale { place, source }) = Measured::index(&plan, &Stop::default()).map(|_| ()) else {
            panic!("39 500 000 is no longitude");
        };
        assert_eq!(*place, expected);
        assert_eq!((source.x, source.y), (39_500_000.0, 31.1));
    }
}
