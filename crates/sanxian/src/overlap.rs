//! The bare question: which feature shares how much area with which, without any rule.

use std::time::Instant;

use sanxian_model::{OverlapTable, Place, Role, RoleLayers, SquareMetres};

use crate::error::Error;
use crate::measure::AreaMethod;
use crate::measure::{Measured, Wanted};
use crate::plan::Plan;
use crate::stats::{Stage, Stats};
use crate::watch::Watch;

/// One subject feature and one zone feature that share area.
#[derive(Debug, Clone, PartialEq)]
pub struct OverlapRow {
    /// The subject feature.
    pub subject: Place,
    /// The zone feature.
    pub zone: Place,
    /// Shared area on the ellipsoid; with `--crs none` the same as `planar`.
    pub area: SquareMetres,
    /// Shared area in the plane of the run's CRS; none in a geographic CRS.
    pub planar: Option<SquareMetres>,
    /// `area` over the area of the subject.
    pub share: f64,
}

/// All pairs, ordered by zone layer as given, subject row and zone row; and what they cost.
#[derive(Debug, Clone)]
pub struct Overlaps {
    /// The roles of the zones, each with its pairs.
    tables: Vec<(Role, OverlapTable)>,
    /// The area of each feature of the plan.
    areas: Vec<SquareMetres>,
    has_plane: bool,
    /// What the run cost.
    pub stats: Stats,
}

impl Overlaps {
    /// The pairs as rows that say where their features are. `plan` is that of [`overlap()`].
    ///
    /// # Panics
    /// With another plan.
    pub fn rows<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = OverlapRow> + 'a {
        let layers = |role: &Role| plan.of_role(role).expect("the plan that was measured");
        let subject = layers(&Role::PLAN);
        self.tables.iter().flat_map(move |(role, table)| {
            let zone = layers(role);
            table.pairs().iter().map(move |pair| OverlapRow {
                subject: subject.place(pair.subject as usize),
                zone: zone.place(pair.zone as usize),
                area: pair.area,
                planar: self.has_plane.then_some(pair.planar),
                share: pair.area.share_of(self.areas[pair.subject as usize]),
            })
        })
    }
}

/// Every pair of a plan feature and a feature of any other layer that share area.
///
/// # Errors
/// [`Error::RoleMissing`] without a plan, [`Error::Scale`] outside the area of the CRS.
pub fn overlap(plan: &Plan, area: AreaMethod, watch: &Watch) -> Result<Overlaps, Error> {
    let subject = plan.of_role(&Role::PLAN).ok_or(Error::RoleMissing { role: Role::PLAN })?;
    watch.begin(Stage::Index)?;
    let started = Instant::now();
    let mut measured = Measured::index(plan, watch.asked())?;
    let index_seconds = started.elapsed().as_secs_f64();

    watch.begin(Stage::Overlap)?;
    let started = Instant::now();
    let zones: Vec<RoleLayers<'_>> = plan.roles().filter(|layers| *layers.role() != Role::PLAN).collect();
    let tables = zones.iter().map(|zone| (Role::PLAN, zone.role().clone())).collect();
    measured.measure_bare(&Wanted { tables, lines: Vec::new() });
    watch.go_on()?;
    area.apply(&mut measured)?;
    let overlap_seconds = started.elapsed().as_secs_f64();

    let number = measured.number(&Role::PLAN).unwrap_or_default();
    let areas =
        subject.iter().flat_map(|(_, rows, _)| rows).map(|row| measured.area_of(number, row)).collect();
    let has_plane = measured.scale.planar().is_some();
    let mut of_roles = measured.into_tables();
    let table = |zone: &RoleLayers<'_>| {
        let pairs = of_roles.remove(&(Role::PLAN, zone.role().clone())).unwrap_or_default();
        (zone.role().clone(), OverlapTable::from_ordered(pairs, subject.len()))
    };
    let tables: Vec<(Role, OverlapTable)> = zones.iter().map(table).collect();
    let stats = Stats {
        read_seconds: plan.read_seconds,
        index_seconds,
        overlap_seconds,
        features: plan.layers.iter().map(sanxian_model::Layer::len).sum(),
        vertices: plan.layers.iter().map(|layer| layer.polygons.coords().len()).sum(),
        pairs: tables.iter().map(|(_, table)| table.pairs().len()).sum(),
        ..Stats::default()
    };
    Ok(Overlaps { tables, areas, has_plane, stats })
}
