//! What a comparison found, in the words of the table.

use std::collections::BTreeMap;

use sanxian::revisions::{FeatureChange, GroundChange, LayerChange, MatchedBy, Revision};
use sanxian::{CheckReport, SquareMetres};

use crate::edition::{FRESH, Ids, name_of, rotation};
use crate::row::{Areas, Key, Rows, finding_key, in_order};

/// Tells what was found, in the words of the table.
pub(crate) struct Teller<'a> {
    pub(crate) revision: &'a Revision,
    /// Of each layer of the newer revision, the identifiers of before by those that were issued.
    issued: BTreeMap<&'static str, BTreeMap<String, String>>,
}

impl<'a> Teller<'a> {
    pub(crate) fn of(revision: &'a Revision, ids: Ids) -> Self {
        let mut issued: BTreeMap<&'static str, BTreeMap<String, String>> = BTreeMap::new();
        for layers in revision.now().plan().layers() {
            let ids_now: Vec<String> =
                (0..layers.len()).map(|row| layers.text("id", row).expect("an identifier")).collect();
            let len = ids_now.len();
            let before = |row: usize| match ids {
                Ids::Kept => ids_now[row].clone(),
                Ids::Fresh => ids_now[row].trim_start_matches(FRESH).to_owned(),
                Ids::Rotated => ids_now[(row + len - rotation(len)) % len].clone(),
            };
            let of_layer = issued.entry(name_of(&layers.role)).or_default();
            of_layer.extend((0..len).map(|row| (ids_now[row].clone(), before(row))));
        }
        Self { revision, issued }
    }

    /// Identifier and class of features of a side.
    pub(crate) fn said(&self, change: &LayerChange, side: usize, rows: &[u32]) -> (String, String) {
        let plan = [self.revision.before(), self.revision.now()][side].plan();
        let layers = plan.of_role(&change.role).expect("both revisions have it");
        let ids = rows.iter().map(|row| {
            let id = layers.place(*row as usize).id.expect("an identifier");
            if side == 0 { id } else { self.issued[name_of(&change.role)][&id].clone() }
        });
        let classes = rows.iter().map(|row| {
            let (_, layer, row) = layers.at(*row as usize);
            change.class_field.and_then(|field| layer.text(field, row)).unwrap_or("covered".to_owned())
        });
        (in_order(ids), in_order(classes))
    }

    pub(crate) fn rows(&self) -> Rows {
        let mut rows = Vec::new();
        for change in self.revision.layers() {
            rows.extend(change.changed.iter().map(|of| self.features(change, of)));
            rows.extend(change.ground.iter().map(|of| self.ground(change, of)));
            rows.extend(of_layer(change));
        }
        rows.extend(self.findings());
        rows
    }

    fn features(&self, change: &LayerChange, of: &FeatureChange) -> (Key, Areas) {
        let ((old, mut was), (new, mut is)) = (self.said(change, 0, &of.old), self.said(change, 1, &of.new));
        for (rows, classes) in [(&of.old, &mut was), (&of.new, &mut is)] {
            if rows.is_empty() {
                "-".clone_into(classes);
            }
        }
        let in_both = !of.old.is_empty() && !of.new.is_empty();
        assert_eq!(of.recoded, in_both && was != is, "{of:?}");
        assert!(!of.moved, "{of:?}");
        let key = Key {
            layer: name_of(&change.role).to_owned(),
            what: "feature".to_owned(),
            change: of.shape.name().to_owned(),
            old,
            new,
            classes: [was, is],
            matched: of.matched_by.map_or("", MatchedBy::name).to_owned(),
            columns: in_order(of.fields.iter().map(|field| &field.field)),
        };
        (key, [of.lost, of.gained, of.noise].map(SquareMetres::get))
    }

    fn ground(&self, change: &LayerChange, of: &GroundChange) -> (Key, Areas) {
        let key = Key {
            layer: name_of(&change.role).to_owned(),
            what: "ground".to_owned(),
            change: if of.is_noise { "noise" } else { "change" }.to_owned(),
            old: self.said(change, 0, &of.of_old).0,
            new: self.said(change, 1, &of.of_new).0,
            classes: [of.old.to_string(), of.new.to_string()],
            matched: String::new(),
            columns: String::new(),
        };
        (key, [0.0, of.area.get(), 0.0])
    }

    fn findings(&self) -> Rows {
        let findings = [self.revision.before(), self.revision.now()].map(CheckReport::findings);
        let pairs = self.revision.pairs().iter().map(|pair| {
            let finding = pair
                .new
                .map(|number| &findings[1][number])
                .or_else(|| pair.old.map(|number| &findings[0][number]))
                .expect("a pair has a finding");
            let layer = name_of(&finding.role);
            let id = finding.subject.id.clone().filter(|_| finding.row.is_some()).unwrap_or_default();
            let id = if pair.new.is_some() && !id.is_empty() { self.issued[layer][&id].clone() } else { id };
            let more = pair.more.map_or(0.0, SquareMetres::get);
            let key = finding_key(layer, pair.change, &finding.code, &id);
            (key, [(-more).max(0.0), more.max(0.0), 0.0])
        });
        pairs.collect()
    }
}

/// What became of the layer as a whole.
fn of_layer(change: &LayerChange) -> Rows {
    let key = |what: &str, old: &str, new: &str, columns: &str| Key {
        layer: name_of(&change.role).to_owned(),
        what: "layer".to_owned(),
        change: what.to_owned(),
        old: old.to_owned(),
        new: new.to_owned(),
        classes: [String::new(), String::new()],
        matched: String::new(),
        columns: columns.to_owned(),
    };
    let renamed = change.renamed.iter().map(|of| key("renamed", &of.old, &of.new, ""));
    let dropped = change.columns_dropped.iter().map(|column| key("column-dropped", "", "", column));
    let added = change.columns_added.iter().map(|column| key("column-added", "", "", column));
    renamed.chain(dropped).chain(added).map(|key| (key, [0.0; 3])).collect()
}
