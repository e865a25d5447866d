//! The layers of a run that have one role, and the identity of each.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::layer::Layer;
use crate::place::Place;
use crate::role::Role;

/// Which layer of a run: its number in the run, from 0, which is its place in the list of the plan's layers (`Plan::layers`). Several
/// layers may have one role; no two have one identity. [`Place::layer`] has the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LayerId(u32);

impl LayerId {
    /// The layer at this place of a run.
    ///
    /// # Panics
    /// When a run has 2³² layers.
    #[must_use]
    pub fn new(number: usize) -> Self {
        Self(u32::try_from(number).expect("fewer layers than 2^32"))
    }

    /// Its number in the run, from 0.
    #[must_use]
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Display for LayerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The layers of a run that have one role. Their features are numbered through: first all of the first layer, then
/// those of the second.
#[derive(Debug, Clone, Copy)]
pub struct RoleLayers<'a> {
    first: LayerId,
    layers: &'a [Layer],
}

impl<'a> RoleLayers<'a> {
    /// The layers of a role among those of a run; none when no layer has it. In a run, layers of one role stand side by
    /// side.
    #[must_use]
    pub fn of(layers: &'a [Layer], role: &Role) -> Option<Self> {
        let first = layers.iter().position(|layer| layer.role == *role)?;
        let end = layers[first..].iter().position(|layer| layer.role != *role);
        let end = end.map_or(layers.len(), |count| first + count);
        Some(Self { first: LayerId::new(first), layers: &layers[first..end] })
    }

    /// The layers of every role of a run, in the order of the run.
    pub fn all(layers: &'a [Layer]) -> impl Iterator<Item = Self> {
        let mut first = 0;
        layers.chunk_by(|a, b| a.role == b.role).map(move |layers| {
            let start = LayerId::new(first);
            first += layers.len();
            Self { first: start, layers }
        })
    }

    /// The role.
    #[must_use]
    pub fn role(&self) -> &'a Role {
        &self.layers[0].role
    }

    /// The layers, of which there is one at least.
    #[must_use]
    pub fn layers(&self) -> &'a [Layer] {
        self.layers
    }

    /// Features of all layers.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.iter().map(Layer::len).sum()
    }

    /// Whether no layer has a feature.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.layers.iter().all(Layer::is_empty)
    }

    /// Each layer with its identity and the numbers of its features.
    pub fn iter(&self) -> impl Iterator<Item = (LayerId, Range<usize>, &'a Layer)> + use<'a> {
        let (first, mut start) = (self.first.number(), 0);
        self.layers.iter().enumerate().map(move |(k, layer)| {
            let rows = start..start + layer.len();
            start = rows.end;
            (LayerId::new(first + k), rows, layer)
        })
    }

    /// The layer of a feature, and its row there.
    ///
    /// # Panics
    /// When there is no such feature.
    #[must_use]
    pub fn at(&self, number: usize) -> (LayerId, &'a Layer, usize) {
        let (id, rows, layer) = self.iter().find(|(_, rows, _)| number < rows.end).expect("such a feature");
        (id, layer, number - rows.start)
    }

    /// The number of a feature that is known by its layer and its row there.
    ///
    /// # Panics
    /// When the layer has another role.
    #[must_use]
    pub fn number(&self, id: LayerId, row: usize) -> usize {
        let of_layer = self.iter().find(|(other, ..)| *other == id);
        of_layer.expect("a layer of the role").1.start + row
    }

    /// Where a feature is.
    ///
    /// # Panics
    /// When there is no such feature.
    #[must_use]
    pub fn place(&self, number: usize) -> Place {
        let (_, layer, row) = self.at(number);
        layer.place(row)
    }

    /// The layers as a whole: the place of the one, or the paths and names of all.
    #[must_use]
    pub fn whole(&self) -> Place {
        if let [layer] = self.layers {
            return layer.whole();
        }
        let joined = |of: fn(&Layer) -> &str| {
            let mut names: Vec<&str> = Vec::new();
            for name in self.layers.iter().map(of) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            Arc::from(names.join(", "))
        };
        let (path, layer) = (joined(|layer| &layer.source.path), joined(|layer| &layer.source.layer));
        Place { path, layer, fid: None, id: None }
    }
}
