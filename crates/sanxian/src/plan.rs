//! A plan and the lines it is held against: normalised, and brought into one CRS.

use std::time::Instant;

use rayon::prelude::*;
use sanxian_geom::Extent;
use sanxian_layer::NormalisedLayer;
use sanxian_model::{Crs, Fault, FaultKind, Layer, Outcome, Role};

use crate::error::Error;
use crate::stats::Stage;
use crate::watch::Watch;

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

impl Plan {
    /// The layers of a check under their roles, normalised and in one CRS.
    ///
    /// # Errors
    /// [`Error::NothingToCheck`] without a layer, [`Error::RoleTwice`], [`Error::Layer`] for a layer that cannot be used;
    /// without the feature `files` also [`Error::CrsDiffers`].
    pub fn of(layers: impl IntoIterator<Item = (Role, crate::Layer)>) -> Result<Self, Error> {
        Self::of_watched(layers, &Watch::default())
    }

    /// The same, which can be ended early.
    pub(crate) fn of_watched(
        layers: impl IntoIterator<Item = (Role, crate::Layer)>,
        watch: &Watch,
    ) -> Result<Self, Error> {
        watch.begin(Stage::Read)?;
        let started = Instant::now();
        let mut layers: Vec<(Role, crate::Layer)> = layers.into_iter().collect();
        layers.sort_by_key(|(role, _)| order(role));
        for (k, (role, layer)) in layers.iter().enumerate() {
            if let Some((_, other)) = layers[..k].iter().find(|(other, _)| other == role) {
                return Err(Error::RoleTwice {
                    role: role.clone(),
                    first: other.name().to_owned(),
                    second: layer.name().to_owned(),
                });
            }
        }
        Self::assemble(layers.into_par_iter().map(Ok), started, watch)
    }

    /// The plan of layers in this order, each read and normalised on its own.
    pub(crate) fn assemble(
        layers: impl IndexedParallelIterator<Item = Result<(Role, crate::Layer), Error>>,
        started: Instant,
        watch: &Watch,
    ) -> Result<Self, Error> {
        let normalised: Vec<(NormalisedLayer, bool)> = layers
            .map(|layer| {
                let (role, layer) = layer?;
                let may_be_empty = layer.may_be_empty();
                // An empty layer is told and shown in the exit code, which needs the layer.
                Ok((layer.normalise(role, watch.asked())?, may_be_empty))
            })
            .collect::<Vec<Result<_, Error>>>()
            .into_iter()
            // Of several errors the first in this order is told, whichever thread was first.
            .collect::<Result<_, Error>>()?;
        watch.go_on()?;
        let crs =
            normalised.first().map(|(first, _)| first.layer.crs.clone()).ok_or(Error::NothingToCheck)?;
        let mut layers = Vec::with_capacity(normalised.len());
        let mut faults = Vec::new();
        for (NormalisedLayer { layer, faults: of_layer }, allow_empty) in normalised {
            faults.extend(of_layer);
            if layer.is_empty() && !allow_empty {
                faults.push(whole_layer(&layer, FaultKind::EmptyLayer));
            }
            layers.push(into_crs(layer, &crs)?);
        }
        Ok(Plan { layers, faults, crs, read_seconds: started.elapsed().as_secs_f64() }.told_apart())
    }

    /// A plan without layers and faults in the same CRS.
    pub(crate) fn bare(&self) -> Self {
        Plan { layers: Vec::new(), faults: Vec::new(), crs: self.crs.clone(), read_seconds: 0.0 }
    }

    /// This plan's layers as lines under another subject, which is brought into their CRS.
    pub(crate) fn with_subject(&self, role: Role, layer: crate::Layer, watch: &Watch) -> Result<Self, Error> {
        watch.begin(Stage::Read)?;
        let started = Instant::now();
        let may_be_empty = layer.may_be_empty();
        let NormalisedLayer { layer, mut faults } = layer.normalise(role, watch.asked())?;
        watch.go_on()?;
        if layer.is_empty() && !may_be_empty {
            faults.push(whole_layer(&layer, FaultKind::EmptyLayer));
        }
        let far = |fault: &Fault| matches!(fault.kind, FaultKind::FarAway | FaultKind::Apart);
        faults.extend(self.faults.iter().filter(|fault| !far(fault)).cloned());
        let mut layers = vec![into_crs(layer, &self.crs)?];
        layers.extend(self.layers.iter().cloned());
        let read_seconds = started.elapsed().as_secs_f64();
        Ok(Plan { layers, faults, crs: self.crs.clone(), read_seconds }.told_apart())
    }

    /// The plan with a fault for each layer that has nothing where the first one is.
    fn told_apart(mut self) -> Self {
        let Some((first, zones)) = self.layers.split_first() else { return self };
        let plan = extent_of(first);
        let apart = zones.iter().filter(|zone| !zone.is_empty() && !first.is_empty()).filter_map(|zone| {
            let gap = distance(&plan, &extent_of(zone));
            let kind = if gap > far(&self.crs) { FaultKind::FarAway } else { FaultKind::Apart };
            (gap > 0.0).then(|| whole_layer(zone, kind))
        });
        let apart: Vec<Fault> = apart.collect();
        self.faults.extend(apart);
        self
    }

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

/// The plan first, then the project, then the lines as given.
pub(crate) fn order(role: &Role) -> impl Ord + use<> {
    (*role != Role::PLAN, *role != Role::PROJECT)
}

/// A layer in the CRS of the run.
#[cfg(feature = "files")]
fn into_crs(layer: Layer, crs: &Crs) -> Result<Layer, Error> {
    if sanxian_io::same_crs(&layer.crs, crs) {
        return Ok(layer);
    }
    Ok(sanxian_io::transform_layer(layer, crs)?)
}

/// A layer in the CRS of the run, which it must have.
#[cfg(not(feature = "files"))]
fn into_crs(layer: Layer, crs: &Crs) -> Result<Layer, Error> {
    if sanxian_layer::crs::same_crs(&layer.crs, crs) {
        return Ok(layer);
    }
    Err(Error::CrsDiffers {
        layer: layer.source.layer.to_string(),
        own: layer.crs.name,
        run: crs.name.clone(),
    })
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
