//! Layers named by the files they are in, and read together.

use std::time::Instant;

use rayon::prelude::*;
use sanxian_io::ReadOptions;
use sanxian_model::Role;
use sanxian_rules::Filter;

use crate::error::Error;
use crate::layer::Layer;
use crate::plan::{FromPlan, Plan, in_order};
use crate::watch::Watch;

/// A layer in a file, what it means, and how to read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// What the layer means.
    pub role: Role,
    /// A file, `FILE#LAYER`, a `PG:` connection, or `-`.
    pub source: String,
    /// How to read it.
    pub options: ReadOptions,
    /// Which of its features take part; none is all of them.
    pub filter: Option<Filter>,
}

impl Source {
    /// Reads the layer.
    pub(crate) fn read(&self) -> Result<Layer, Error> {
        let layer = Layer::read_as(&self.source, Some(&self.role), &self.options)?;
        Ok(match &self.filter {
            Some(filter) => layer.only(filter.clone()),
            None => layer,
        })
    }
}

/// The sources of a plan before they are read.
#[derive(Debug, Clone, Default)]
pub struct PlanSources {
    sources: Vec<Source>,
    options: ReadOptions,
}

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
        self.with(Source { role, source: source.into(), options, filter: None })
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
    /// [`Error::Read`] and [`Error::Crs`] name the input and what to do; [`Error::LayerTwice`] and
    /// [`Error::NothingToCheck`]. Faults of single features are no errors: see [`Plan::faults`].
    pub fn read(self) -> Result<Plan, Error> {
        let started = Instant::now();
        let sources = self.sources;
        if sources.is_empty() {
            return Err(Error::NothingToCheck);
        }
        let sources = in_order(sources, |source| &source.role);
        let layers = sources.into_par_iter().map(|source| {
            let layer = source.read()?;
            Ok((source.role, layer))
        });
        Plan::assemble(layers, started, &Watch::default())
    }

    /// Reads the sources of two revisions, the older one first; what both name is read once.
    ///
    /// # Errors
    /// Those of [`Self::read`].
    pub fn read_both(before: Self, now: Self) -> Result<[Plan; 2], Error> {
        let of_now = in_order(now.sources.clone(), |source| &source.role);
        let now = now.read()?;
        let ordered = in_order(before.sources.clone(), |source| &source.role);
        let same = |source: &Source| {
            // Standard input can be read once, and by one of them.
            let is_file = source.source != "-";
            of_now.iter().position(|other| is_file && other == source)
        };
        let order: Vec<FromPlan> =
            ordered.iter().map(|source| same(source).map_or(FromPlan::Own, FromPlan::Other)).collect();
        let own: Vec<Source> = ordered.into_iter().filter(|source| same(source).is_none()).collect();
        if own.is_empty() && order.len() == now.layers().len() {
            return Ok([now.clone(), now]);
        }
        // The first layer gives the CRS; where it is one of both, the others are few and read again with it.
        let from_files = own.iter().all(|source| source.source != "-");
        if from_files && matches!(order.first(), Some(FromPlan::Own)) {
            let own = own.into_iter().fold(Self::new(), Self::with).read()?;
            if let Some(plan) = Plan::of_both(own, &now, &order) {
                return Ok([plan, now]);
            }
        }
        Ok([before.read()?, now])
    }
}
