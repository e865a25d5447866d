//! The rows of `data/demo/expected-changes.csv`.

use std::collections::BTreeSet;

use sanxian::revisions::FindingChange;
use sanxian_tests::data;

use crate::edition::{BEFORE, LINES};
use crate::row::{Key, Rows, finding_key, in_order};

/// What the table says, for identifiers that are kept or that are issued anew.
pub(crate) fn expected(reissued: bool) -> Rows {
    let text = std::fs::read_to_string(data("demo/expected-changes.csv")).expect("the table is there");
    assert_eq!(text.lines().count(), 1 + 114);
    let mut rows = Vec::new();
    for line in text.lines().skip(1) {
        // The last column is prose and may hold commas.
        let cells: Vec<&str> = line.splitn(15, ',').collect();
        let [_, ids, layer, what, change, old, new, was, is, lost, gained, noise, matched, columns, _] =
            cells[..]
        else {
            panic!("a row has fifteen columns: {line}");
        };
        if ids == if reissued { "kept" } else { "reissued" } {
            continue;
        }
        // Without identifiers, ground decides.
        let matched = if reissued && matched == "identifier" { "ground" } else { matched };
        let number = |cell: &str| if cell.is_empty() { 0.0 } else { cell.parse::<f64>().expect("an area") };
        let key = Key {
            layer: layer.to_owned(),
            what: what.to_owned(),
            change: change.to_owned(),
            old: in_order(old.split(';')),
            new: in_order(new.split(';')),
            classes: [was, is].map(|classes| in_order(classes.split(';'))),
            matched: matched.to_owned(),
            columns: in_order(columns.split(';')),
        };
        rows.push((key, [lost, gained, noise].map(number)));
    }
    rows.extend(unchanged_findings(&rows));
    rows
}

/// The findings about the plan and the lines that the revision does not touch, from the table of the check.
fn unchanged_findings(rows: &Rows) -> Rows {
    let text = std::fs::read_to_string(data("demo/expected-findings.csv")).expect("the table is there");
    let layers: Vec<&str> = LINES.iter().map(|(_, name)| *name).chain([BEFORE.plan]).collect();
    let told: BTreeSet<(&str, &str)> = rows
        .iter()
        .filter(|(key, _)| key.what == "finding")
        .map(|(key, _)| (&*key.classes[0], &*key.old))
        .collect();
    let mut unchanged = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.splitn(5, ',').collect();
        let [_, code, layer, bsm, _] = cells[..] else { panic!("a row has more columns: {line}") };
        // Rules about parks need the layer of parks.
        if layers.contains(&layer) && !code.starts_with("IN-") && !told.contains(&(code, bsm)) {
            unchanged.push((finding_key(layer, FindingChange::Unchanged, code, bsm), [0.0; 3]));
        }
    }
    unchanged
}
