//! What became of the layers of a role from one revision to the next.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::area::{AreaSum, SquareMetres};
use crate::conflict::PlannedClass;
use crate::length::Metres;
use crate::polygons::{PolygonColumn, PolygonColumnBuilder};
use crate::revision::{Balance, FeatureChange, GroundChange, GroundClass, Transition};
use crate::role::Role;

/// Whether identifiers tell which feature of the older revision one of the newer revision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Identifiers {
    /// No identifier is in both revisions.
    None,
    /// Of the identifiers that are in both revisions and whose features share ground with any of the other one, nine in ten are
    /// of features that share it with each other.
    Stable,
    /// Fewer are: they were issued anew (重新编号), and decide nothing.
    Reissued,
}

impl Identifiers {
    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Stable => "stable",
            Self::Reissued => "reissued",
        }
    }
}

/// A layer that has another name than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerRenamed {
    /// The name before.
    pub old: Arc<str>,
    /// The name now.
    pub new: Arc<str>,
}

/// What became of the layers of a role from one revision to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerChange {
    /// The role.
    pub role: Role,
    /// Features in the older and in the newer revision.
    pub features: [usize; 2],
    /// Their areas together on the ellipsoid, in the older and in the newer revision.
    pub areas: [SquareMetres; 2],
    /// What features that changed, and those that share ground with them, claim more than once.
    pub claimed_again: [SquareMetres; 2],
    /// Canonical name of the column that has the classes; none when both revisions have no such column, and ground is
    /// covered or not.
    pub class_field: Option<&'static str>,
    /// The classes that are known, by their codes as they stand in that column.
    pub known_classes: BTreeMap<Arc<str>, PlannedClass>,
    /// Whether identifiers were of use.
    pub identifiers: Identifiers,
    /// Mean width up to which a strip counts as noise of coordinates.
    pub noise_width: Metres,
    /// Features that did not change in any way.
    pub unchanged: usize,
    /// The numbers of each of these in the older and in the newer revision, in the order of the older.
    pub kept: Vec<(u32, u32)>,
    /// What became of the others: by shape change, then by place.
    pub changed: Vec<FeatureChange>,
    /// Ground whose class changed, noise last: the largest first.
    pub ground: Vec<GroundChange>,
    /// Shapes of `ground`, in its order, in the CRS of the newer revision.
    pub shapes: PolygonColumn,
    /// Areas by what they were and what they are, unchanged ones too. They add up to the areas of each revision less what it
    /// claims more than once.
    pub transitions: Vec<Transition>,
    /// What each administrative unit had, lost and gained, by kind of ground; none where no ground changed.
    pub balances: Vec<Balance>,
    /// Columns that only the older revision has.
    pub columns_dropped: Vec<String>,
    /// Columns that only the newer revision has.
    pub columns_added: Vec<String>,
    /// Columns that tell features apart and have other values for all of them: they were issued anew, and are not compared.
    pub columns_reissued: Vec<String>,
    /// Layers that have another name than before.
    pub renamed: Vec<LayerRenamed>,
}

impl LayerChange {
    /// Whether nothing changed: neither features, nor ground, nor columns, nor names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
            && self.ground.is_empty()
            && self.columns_dropped.is_empty()
            && self.columns_added.is_empty()
            && self.renamed.is_empty()
    }

    /// Whether both revisions cover ground, and none of it in common: one may be in another CRS than it says.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        let covers = |area: SquareMetres| area > SquareMetres::ZERO;
        let in_both = |of: &Transition| of.old != GroundClass::Nothing && of.new != GroundClass::Nothing;
        self.areas.into_iter().all(covers)
            && !self.transitions.iter().any(|of| in_both(of) && covers(of.area))
    }

    /// Ground whose class changed, without noise.
    pub fn real_ground(&self) -> impl Iterator<Item = &GroundChange> {
        self.ground.iter().filter(|change| !change.is_noise)
    }

    /// Shapes of some of the changed ground, in its order, noise too.
    #[must_use]
    pub fn ground_of(&self, wanted: impl Fn(&GroundChange) -> bool) -> PolygonColumn {
        let mut shapes = PolygonColumnBuilder::new();
        for (at, change) in self.ground.iter().enumerate() {
            if wanted(change) {
                shapes.push_view(self.shapes.feature(at));
            }
        }
        shapes.finish()
    }

    /// Number of strips of noise, and their areas together.
    #[must_use]
    pub fn noise(&self) -> (usize, SquareMetres) {
        let noise = || self.ground.iter().filter(|change| change.is_noise);
        (noise().count(), noise().map(|change| change.area).sum::<AreaSum>().area())
    }
}
