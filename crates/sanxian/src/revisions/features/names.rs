//! Layers that have another name than before, and features that stand in another layer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sanxian_model::revision::LayerRenamed;

use super::fields::{layer_of, starts};
use super::side::Side;

/// The names of the layers of both revisions.
pub(super) struct Names {
    pub(super) renamed: Vec<LayerRenamed>,
    starts: [Vec<usize>; 2],
    /// Of each layer, the name that it has in the newer revision.
    of_layers: [Vec<Arc<str>>; 2],
}

impl Names {
    /// A layer is renamed when its name is gone, and of its features that have one partner more than half stand in one layer
    /// whose name is new.
    pub(super) fn of([old, new]: [Side<'_>; 2], pairs: &[(u32, u32)]) -> Self {
        let names = |side: Side<'_>| -> Vec<Arc<str>> {
            side.layers.layers().iter().map(|layer| Arc::clone(&layer.source.layer)).collect()
        };
        let (mut before, now) = (names(old), names(new));
        let starts = [starts(old), starts(new)];
        let [gone, come]: [BTreeSet<&Arc<str>>; 2] = [
            before.iter().filter(|name| !now.contains(name)).collect(),
            now.iter().filter(|name| !before.contains(name)).collect(),
        ];
        let mut renamed = Vec::new();
        if let ([only], [other]) = (&before[..], &now[..]) {
            // The one layer of the role is the same one, whatever it is called.
            if only != other {
                renamed.push(LayerRenamed { old: Arc::clone(only), new: Arc::clone(other) });
            }
        } else if !gone.is_empty() && !come.is_empty() {
            let mut partners: BTreeMap<&Arc<str>, BTreeMap<&Arc<str>, usize>> = BTreeMap::new();
            for (a, b) in pairs {
                let (from, to) = (&before[layer_of(&starts[0], *a).0], &now[layer_of(&starts[1], *b).0]);
                if gone.contains(from) {
                    *partners.entry(from).or_default().entry(to).or_default() += 1;
                }
            }
            for (from, to) in partners {
                let all: usize = to.values().sum();
                let main = to.into_iter().find(|(_, count)| count * 2 > all);
                if let Some((to, _)) = main.filter(|(to, _)| come.contains(to)) {
                    renamed.push(LayerRenamed { old: Arc::clone(from), new: Arc::clone(to) });
                }
            }
        }
        for name in &mut before {
            if let Some(LayerRenamed { new, .. }) = renamed.iter().find(|renamed| renamed.old == *name) {
                *name = Arc::clone(new);
            }
        }
        Self { renamed, starts, of_layers: [before, now] }
    }

    /// Whether features stand in other layers than before, or in fewer or more.
    pub(super) fn is_moved(&self, old: &[u32], new: &[u32]) -> bool {
        if let ([old], [new]) = (old, new) {
            return self.name(0, *old) != self.name(1, *new);
        }
        let of = |side: usize, rows: &[u32]| -> BTreeSet<Arc<str>> {
            rows.iter().map(|row| Arc::clone(self.name(side, *row))).collect()
        };
        !old.is_empty() && !new.is_empty() && of(0, old) != of(1, new)
    }

    /// The name of the layer of a feature, as the newer revision has it.
    fn name(&self, side: usize, row: u32) -> &Arc<str> {
        &self.of_layers[side][layer_of(&self.starts[side], row).0]
    }
}
