//! What became of features, ground and findings, as a row of the table, and how rows are held against each other.

use std::collections::{BTreeMap, BTreeSet};

use sanxian::revisions::FindingChange;

/// A change of features, of ground or of a finding, without its areas.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) layer: String,
    pub(crate) what: String,
    pub(crate) change: String,
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) classes: [String; 2],
    pub(crate) matched: String,
    pub(crate) columns: String,
}

/// Lost, gained and noise, in square metres.
pub(crate) type Areas = [f64; 3];

/// Keys and areas; several may have one key.
pub(crate) type Rows = Vec<(Key, Areas)>;

pub(crate) fn finding_key(layer: &str, change: FindingChange, code: &str, bsm: &str) -> Key {
    Key {
        layer: layer.to_owned(),
        what: "finding".to_owned(),
        change: change.name().to_owned(),
        old: bsm.to_owned(),
        new: String::new(),
        classes: [code.to_owned(), String::new()],
        matched: String::new(),
        columns: String::new(),
    }
}

pub(crate) fn in_order<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    let words: BTreeSet<String> = words.into_iter().map(|word| word.as_ref().to_owned()).collect();
    words.into_iter().collect::<Vec<_>>().join(";")
}

/// Whether an area on the ellipsoid is that of a planar one: smaller by 0.0039 % to 0.0067 %, see `PLANTING.md`; in degrees edges
/// are other lines, too, off by less than a millimetre.
pub(crate) fn is_of(area: f64, planar: f64, in_degrees: bool) -> bool {
    let more = if in_degrees { 0.5 } else { 1e-6 };
    let rounding = if planar > 0.0 && planar < 1e-3 { planar / 10.0 } else { more };
    (planar * (1.0 - 6.7e-5) - rounding..=planar * (1.0 - 3.9e-5) + rounding).contains(&area)
}

/// Compares what was found with the table.
pub(crate) fn holds(found: Rows, expected: Rows, in_degrees: bool) {
    let mut rows: BTreeMap<Key, Vec<Areas>> = BTreeMap::new();
    for (key, areas) in expected {
        // That nothing changed is held against the features that did not.
        if key.change != "unchanged" || key.what != "feature" {
            rows.entry(key).or_default().push(areas);
        }
    }
    let mut not_planted = Vec::new();
    for (key, areas) in found {
        let fits = |row: &Areas| row.iter().zip(areas).all(|(planar, area)| is_of(area, *planar, in_degrees));
        let Some(of_key) = rows.get_mut(&key) else {
            not_planted.push((key, areas));
            continue;
        };
        match of_key.iter().position(fits) {
            Some(at) => drop(of_key.swap_remove(at)),
            None => not_planted.push((key.clone(), areas)),
        }
        if of_key.is_empty() {
            rows.remove(&key);
        }
    }
    assert!(
        rows.is_empty() && not_planted.is_empty(),
        "planted and not found: {rows:#?}\nnot planted: {not_planted:#?}"
    );
}
