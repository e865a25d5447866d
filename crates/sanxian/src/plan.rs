//! A plan and the lines it is held against: normalised, and brought into one CRS.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use rayon::prelude::*;
use sanxian_geom::Extent;
use sanxian_layer::NormalisedLayer;
use sanxian_model::{Crs, Fault, FaultKind, Layer, LayerId, Role, RoleLayers, Text, Treatment};

use crate::error::Error;
use crate::stats::Stage;
use crate::watch::Watch;

/// A plan and the lines it is held against.
///
/// All layers share one CRS: that of the plan, or of the first line when there is no plan. x runs east and y
/// north. Several layers may have one role, such as the farmland of each town; they are judged as if they were one.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Those of one role side by side.
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
    /// [`Error::NothingToCheck`] without a layer, [`Error::LayerTwice`], [`Error::Layer`] for a layer that cannot be used;
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
        let layers = in_order(layers, |(role, _)| role);
        Self::assemble(layers.into_par_iter().map(Ok), started, watch)
    }

    /// Plans that are compared, each under a role of its own, and the lines that they are held against: the columns of all
    /// plans are read as those of plans.
    pub(crate) fn of_plans(
        plans: Vec<crate::Layer>,
        lines: Vec<(Role, crate::Layer)>,
        watch: &Watch,
    ) -> Result<Self, Error> {
        watch.begin(Stage::Read)?;
        let started = Instant::now();
        let roles: Vec<Role> = (1..=plans.len()).map(compared).collect();
        let lines = in_order(lines, |(role, _)| role);
        let layers: Vec<(Role, crate::Layer)> = roles.iter().cloned().zip(plans).chain(lines).collect();
        // What projects are to become stands in the columns of plans.
        let as_plan = |role: &Role| roles.contains(role) || *role == Role::PROJECT;
        let read_as = |role: &Role| if as_plan(role) { Role::PLAN } else { role.clone() };
        Self::assemble_as(layers.into_par_iter().map(Ok), read_as, started, watch)
    }

    /// The plan of layers in this order, each read and normalised on its own.
    pub(crate) fn assemble(
        layers: impl IndexedParallelIterator<Item = Result<(Role, crate::Layer), Error>>,
        started: Instant,
        watch: &Watch,
    ) -> Result<Self, Error> {
        Self::assemble_as(layers, Role::clone, started, watch)
    }

    /// The same, with the columns of each layer read as those of another role.
    fn assemble_as(
        layers: impl IndexedParallelIterator<Item = Result<(Role, crate::Layer), Error>>,
        read_as: impl Fn(&Role) -> Role + Sync,
        started: Instant,
        watch: &Watch,
    ) -> Result<Self, Error> {
        let normalised: Vec<(NormalisedLayer, bool)> = layers
            .map(|layer| {
                let (role, layer) = layer?;
                let may_be_empty = layer.may_be_empty();
                // An empty layer is told and shown in the exit code, which needs the layer.
                let mut normalised = layer.normalise(read_as(&role), watch.asked())?;
                normalised.layer.role = role;
                Ok((normalised, may_be_empty))
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
            not_twice(&layers, &layer)?;
            faults.extend(of_layer);
            if layer.is_empty() && !allow_empty {
                faults.push(empty(&layer));
            }
            layers.push(into_crs(layer, &crs)?);
        }
        Ok(Plan { layers, faults, crs, read_seconds: started.elapsed().as_secs_f64() }.told_apart())
    }

    /// A plan whose layers are these and, where there is a layer of another plan, that one, in this order; none when they are not in
    /// one CRS. Faults of the layers of the other plan come along.
    #[cfg(feature = "files")]
    pub(crate) fn of_both(own: Self, other: &Self, order: &[FromPlan]) -> Option<Self> {
        if !sanxian_layer::crs::same_crs(own.crs(), other.crs()) {
            return None;
        }
        let apart = |fault: &Fault| matches!(fault.kind, FaultKind::FarAway | FaultKind::Apart);
        let mut faults: Vec<Fault> = own.faults.into_iter().filter(|fault| !apart(fault)).collect();
        let mut own_layers = own.layers.into_iter();
        let mut layers = Vec::with_capacity(order.len());
        for from in order {
            match from {
                FromPlan::Own => layers.push(own_layers.next()?),
                FromPlan::Other(number) => {
                    let layer = other.layers.get(*number)?.clone();
                    let whole = layer.whole();
                    let of_layer = |fault: &&Fault| {
                        !apart(fault) && fault.place.path == whole.path && fault.place.layer == whole.layer
                    };
                    faults.extend(other.faults.iter().filter(of_layer).cloned());
                    layers.push(layer);
                }
            }
        }
        Some(Self { layers, faults, crs: own.crs, read_seconds: own.read_seconds }.told_apart())
    }

    /// A plan without layers and faults in the same CRS.
    pub(crate) fn bare(&self) -> Self {
        Plan { layers: Vec::new(), faults: Vec::new(), crs: self.crs.clone(), read_seconds: 0.0 }
    }

    /// This plan's layers as lines under another subject, which is brought into their CRS.
    pub(crate) fn with_subject(&self, role: Role, layer: crate::Layer, watch: &Watch) -> Result<Self, Error> {
        if let Some(lines) = self.of_role(&role) {
            return Err(Error::SubjectAmongLines { role, layer: lines.whole().path.to_string() });
        }
        watch.begin(Stage::Read)?;
        let started = Instant::now();
        let may_be_empty = layer.may_be_empty();
        let NormalisedLayer { layer, mut faults } = layer.normalise(role, watch.asked())?;
        watch.go_on()?;
        if layer.is_empty() && !may_be_empty {
            faults.push(empty(&layer));
        }
        let far = |fault: &Fault| matches!(fault.kind, FaultKind::FarAway | FaultKind::Apart);
        faults.extend(self.faults.iter().filter(|fault| !far(fault)).cloned());
        let mut layers = vec![into_crs(layer, &self.crs)?];
        layers.extend(self.layers.iter().cloned());
        let read_seconds = started.elapsed().as_secs_f64();
        Ok(Plan { layers, faults, crs: self.crs.clone(), read_seconds }.told_apart())
    }

    /// The plan with a fault for each layer that has nothing where those of the first role are.
    fn told_apart(mut self) -> Self {
        let Some(first) = self.roles().next() else { return self };
        let (first, zones) = self.layers.split_at(first.layers().len());
        let plan = first.iter().map(extent_of).fold(Extent::EMPTY, Extent::union);
        let first_is_empty = first.iter().all(Layer::is_empty);
        let apart = zones.iter().filter(|zone| !zone.is_empty() && !first_is_empty).filter_map(|zone| {
            let gap = distance(&plan, &extent_of(zone));
            let kind = if gap > far(&self.crs) { FaultKind::FarAway } else { FaultKind::Apart };
            (gap > 0.0).then(|| whole_layer(zone, kind))
        });
        let apart: Vec<Fault> = apart.collect();
        self.faults.extend(apart);
        self
    }

    /// The layers of a role.
    #[must_use]
    pub fn of_role(&self, role: &Role) -> Option<RoleLayers<'_>> {
        RoleLayers::of(&self.layers, role)
    }

    /// Every layer, the plan first and those of one role side by side; a [`LayerId`] is the place in this list.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The layers of every role, in the same order.
    pub(crate) fn roles(&self) -> impl Iterator<Item = RoleLayers<'_>> {
        RoleLayers::all(&self.layers)
    }

    /// The layers whose patches are accounted for: the plan, or else the project's red line.
    #[must_use]
    pub fn subject(&self) -> Option<RoleLayers<'_>> {
        self.of_role(&Role::PLAN).or_else(|| self.of_role(&Role::PROJECT))
    }

    /// What tells each layer from the others of its role: its name, with a number when that is there twice; none where a
    /// role has one layer.
    pub(crate) fn tags(&self) -> Vec<Option<String>> {
        let of_role = |layers: RoleLayers<'_>| {
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            let several = layers.layers().len() > 1;
            let tags = layers.layers().iter().map(|layer| {
                let times = seen.entry(&layer.source.layer).or_default();
                *times += 1;
                let name = &layer.source.layer;
                several.then(|| if *times == 1 { name.to_string() } else { format!("{name}~{times}") })
            });
            tags.collect::<Vec<_>>()
        };
        self.roles().flat_map(of_role).collect()
    }

    /// Identifiers that several layers of a role carry, by layer.
    pub(crate) fn carried_twice(&self) -> BTreeSet<(LayerId, String)> {
        let mut twice = BTreeSet::new();
        for layers in self.roles().filter(|layers| layers.layers().len() > 1) {
            let mut carriers: BTreeMap<String, BTreeSet<LayerId>> = BTreeMap::new();
            for (id, _, layer) in layers.iter() {
                for text in (0..layer.len()).filter_map(|row| layer.text("id", row)) {
                    carriers.entry(text).or_default().insert(id);
                }
            }
            for (text, ids) in carriers.into_iter().filter(|(_, ids)| ids.len() > 1) {
                twice.extend(ids.into_iter().map(|id| (id, text.clone())));
            }
        }
        twice
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
            fault.treatment != Treatment::Skipped
                && !matches!(fault.kind, FaultKind::EmptyLayer | FaultKind::FarAway)
        })
    }
}

/// From which of two plans a layer is.
#[cfg(feature = "files")]
pub(crate) enum FromPlan {
    /// The next one of the one plan.
    Own,
    /// That one of the other.
    Other(usize),
}

/// The role of a plan among those that are compared.
fn compared(number: usize) -> Role {
    Role::new(&format!("compared-plan-{number}")).expect("a role of letters and digits")
}

/// The plan first, then the project, then the lines as given, those of one role side by side.
pub(crate) fn in_order<T>(layers: impl IntoIterator<Item = T>, role: impl Fn(&T) -> &Role) -> Vec<T> {
    let mut layers: Vec<T> = layers.into_iter().collect();
    let mut roles: Vec<Role> = layers.iter().map(|layer| role(layer).clone()).collect();
    roles.sort_by_key(|role| (*role != Role::PLAN, *role != Role::PROJECT));
    let mut place = BTreeMap::new();
    for (at, role) in roles.into_iter().enumerate() {
        place.entry(role).or_insert(at);
    }
    layers.sort_by_key(|layer| place[role(layer)]);
    layers
}

/// Refuses a layer that is there already under its role, or another of the same name that nobody could tell from it.
fn not_twice(layers: &[Layer], layer: &Layer) -> Result<(), Error> {
    let of = |layer: &Layer| (layer.role.clone(), layer.source.path.clone(), layer.source.layer.clone());
    if layers.iter().any(|other| of(other) == of(layer)) {
        let (role, path, layer) = of(layer);
        return Err(Error::LayerTwice { role, path: path.to_string(), layer: layer.to_string() });
    }
    Ok(())
}

/// A layer in the CRS of the run.
#[cfg(feature = "files")]
pub(crate) fn into_crs(layer: Layer, crs: &Crs) -> Result<Layer, Error> {
    if sanxian_io::same_crs(&layer.crs, crs) {
        return Ok(layer);
    }
    Ok(sanxian_io::transform_layer(layer, crs)?)
}

/// A layer in the CRS of the run, which it must have.
#[cfg(not(feature = "files"))]
pub(crate) fn into_crs(layer: Layer, crs: &Crs) -> Result<Layer, Error> {
    if sanxian_layer::crs::same_crs(&layer.crs, crs) {
        return Ok(layer);
    }
    Err(Error::CrsDiffers {
        layer: layer.source.layer.to_string(),
        own: layer.crs.name,
        run: crs.name.clone(),
    })
}

/// That a layer has no feature: none at all, or none that meets its filter.
fn empty(layer: &Layer) -> Fault {
    let detail = layer.source.filter.as_ref().filter(|filter| filter.left_out > 0).map(|filter| {
        let (text, count) = (&filter.text, filter.left_out);
        Text::new(
            format!("{count} 个要素均不符合条件 `{text}`"),
            format!("none of its {count} features meets the filter `{text}`"),
        )
    });
    Fault { detail, ..whole_layer(layer, FaultKind::EmptyLayer) }
}

fn whole_layer(layer: &Layer, kind: FaultKind) -> Fault {
    Fault { place: layer.whole(), kind, near: None, detail: None, treatment: Treatment::Kept }
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
