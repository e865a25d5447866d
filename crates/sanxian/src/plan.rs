//! A plan and the lines it is held against: read, normalised, and brought into one CRS.

use std::time::Instant;

use rayon::prelude::*;
use sanxian_geom::Extent;
use sanxian_io::{ReadOptions, read_layer, same_crs, transform_layer};
use sanxian_layer::NormalisedLayer;
use sanxian_model::{Crs, Fault, FaultKind, Layer, Outcome, Role};

use crate::error::Error;

/// One source of a plan and how to read it.
#[derive(Debug, Clone)]
pub struct Source {
    /// What the layer means.
    pub role: Role,
    /// A file, `FILE#LAYER`, a `PG:` connection, or `-`.
    pub source: String,
    /// How to read it.
    pub options: ReadOptions,
}

/// The sources of a plan before they are read.
#[derive(Debug, Clone, Default)]
pub struct PlanSources {
    sources: Vec<Source>,
    options: ReadOptions,
}

/// A plan and the lines it is held against.
///
/// All layers share one CRS: that of the plan, or of the first line when there is no plan. x runs east and y
/// north.
#[derive(Debug, Clone)]
pub struct Plan {
    pub(crate) layers: Vec<Layer>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) crs: Crs,
    pub(crate) read_seconds: f64,
}

/// Zones farther from the plan than this many metres have nothing to do with it.
const FAR_METRES: f64 = 100_000.0;
/// The same in degrees.
const FAR_DEGREES: f64 = 1.0;

impl PlanSources {
    /// No source yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How the sources that are added from now on are read.
    #[must_use]
    pub fn options(mut self, options: ReadOptions) -> Self {
        self.options = options;
        self
    }

    /// Adds the plan patches or parcels to check (规划图斑, 地块).
    #[must_use]
    pub fn plan(self, source: impl Into<String>) -> Self {
        self.zone(Role::PLAN, source)
    }

    /// Adds the ecological protection redline (生态保护红线).
    #[must_use]
    pub fn redline(self, source: impl Into<String>) -> Self {
        self.zone(Role::REDLINE, source)
    }

    /// Adds the permanent basic farmland (永久基本农田).
    #[must_use]
    pub fn farmland(self, source: impl Into<String>) -> Self {
        self.zone(Role::FARMLAND, source)
    }

    /// Adds the urban development boundary (城镇开发边界).
    #[must_use]
    pub fn urban_boundary(self, source: impl Into<String>) -> Self {
        self.zone(Role::URBAN_BOUNDARY, source)
    }

    /// Adds a layer under any role.
    #[must_use]
    pub fn zone(self, role: Role, source: impl Into<String>) -> Self {
        let options = self.options.clone();
        self.with(Source { role, source: source.into(), options })
    }

    /// Adds a source with options of its own.
    #[must_use]
    pub fn with(mut self, source: Source) -> Self {
        self.sources.push(source);
        self
    }

    /// The sources so far.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Reads every source.
    ///
    /// # Errors
    /// [`Error::Read`] and [`Error::Crs`] name the input and what to do; [`Error::RoleTwice`] and
    /// [`Error::NothingToCheck`]. Faults of single features are no errors: see [`Plan::faults`].
    pub fn read(self) -> Result<Plan, Error> {
        let started = Instant::now();
        let mut sources = self.sources;
        if sources.is_empty() {
            return Err(Error::NothingToCheck);
        }
        for (k, source) in sources.iter().enumerate() {
            if let Some(other) = sources[..k].iter().find(|other| other.role == source.role) {
                return Err(Error::RoleTwice {
                    role: source.role.clone(),
                    first: other.source.clone(),
                    second: source.source.clone(),
                });
            }
        }
        // The plan first, then the project, then the zones as given.
        sources.sort_by_key(|source| (source.role != Role::PLAN, source.role != Role::PROJECT));
        let read: Vec<(NormalisedLayer, bool)> = sources
            .par_iter()
            .map(|source| {
                // An empty layer is told and shown in the exit code, which needs the layer.
                let options = ReadOptions { allow_empty: true, ..source.options.clone() };
                Ok((read_layer(&source.source, source.role.clone(), &options)?, source.options.allow_empty))
            })
            .collect::<Vec<Result<_, Error>>>()
            .into_iter()
            // Of several errors the first in this order is told, whichever thread was first.
            .collect::<Result<_, Error>>()?;
        Self::assemble(read, started)
    }

    fn assemble(read: Vec<(NormalisedLayer, bool)>, started: Instant) -> Result<Plan, Error> {
        let crs = read.first().map(|(first, _)| first.layer.crs.clone()).ok_or(Error::NothingToCheck)?;
        let mut layers = Vec::with_capacity(read.len());
        let mut faults = Vec::new();
        for (NormalisedLayer { layer, faults: of_layer }, allow_empty) in read {
            faults.extend(of_layer);
            if layer.is_empty() && !allow_empty {
                faults.push(whole_layer(&layer, FaultKind::EmptyLayer));
            }
            layers.push(if same_crs(&layer.crs, &crs) { layer } else { transform_layer(layer, &crs)? });
        }
        let far: Vec<Fault> = {
            let (first, zones) = layers.split_first().ok_or(Error::NothingToCheck)?;
            let plan = extent_of(first);
            zones
                .iter()
                .filter(|zone| !zone.is_empty() && !first.is_empty())
                .filter_map(|zone| {
                    let gap = distance(&plan, &extent_of(zone));
                    let kind = if gap > far(&crs) { FaultKind::FarAway } else { FaultKind::Apart };
                    (gap > 0.0).then(|| whole_layer(zone, kind))
                })
                .collect()
        };
        faults.extend(far);
        Ok(Plan { layers, faults, crs, read_seconds: started.elapsed().as_secs_f64() })
    }
}

impl Plan {
    /// The layer of a role.
    #[must_use]
    pub fn layer(&self, role: &Role) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.role == *role)
    }

    /// Every layer, the plan first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layer whose patches are accounted for: the plan, or else the project's red line.
    #[must_use]
    pub fn subject(&self) -> Option<&Layer> {
        self.layer(&Role::PLAN).or_else(|| self.layer(&Role::PROJECT))
    }

    /// The CRS of the run.
    #[must_use]
    pub fn crs(&self) -> &Crs {
        &self.crs
    }

    /// What was wrong with single features or whole layers.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether everything in the inputs takes part. If not, a run without findings is no proof.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.faults.iter().all(|fault| {
            fault.outcome != Outcome::Skipped
                && !matches!(fault.kind, FaultKind::EmptyLayer | FaultKind::FarAway)
        })
    }
}

fn whole_layer(layer: &Layer, kind: FaultKind) -> Fault {
    Fault { place: layer.whole(), kind, near: None, detail: None, outcome: Outcome::Kept }
}

fn extent_of(layer: &Layer) -> Extent {
    Extent::of(layer.polygons.coords())
}

fn far(crs: &Crs) -> f64 {
    match crs.kind {
        sanxian_model::CrsKind::Geographic { degrees } => FAR_DEGREES / degrees,
        sanxian_model::CrsKind::Projected { metres } => FAR_METRES / metres,
        sanxian_model::CrsKind::Plane => FAR_METRES,
    }
}

/// Distance between two boxes.
fn distance(a: &Extent, b: &Extent) -> f64 {
    let gap = |axis: usize| (b.min[axis] - a.max[axis]).max(a.min[axis] - b.max[axis]).max(0.0);
    gap(0).hypot(gap(1))
}
