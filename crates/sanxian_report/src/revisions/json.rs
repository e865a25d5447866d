//! Two revisions as one JSON document: what was read, what became of the layers of each role, and each finding with the one that
//! it was, each on a line of its own.

use std::collections::BTreeMap;
use std::io::{self, Write};

use sanxian_model::revision::{FindingChange, FindingPair, PairedBy};
use serde::Serialize;

use crate::area_record::M2;
use crate::json::{SCHEMA_VERSION, Tool, accepted, list, member};
use crate::measure_record::QuantityRecord;
use crate::record::{CrsRecord, FaultRecord, FindingRecord, InputRecord, SummaryRecord};
use crate::revisions::counts::ChangeCounts;
use crate::revisions::input::Revisions;
use crate::revisions::record::LayerRecord;
use crate::summary::Summary;

#[derive(Serialize)]
struct PairRecord<'a> {
    change: &'static str,
    more_m2: Option<M2>,
    paired_by: Option<&'static str>,
    old: Option<FindingRecord<'a>>,
    new: Option<FindingRecord<'a>>,
}

impl<'a> PairRecord<'a> {
    fn of(revisions: &Revisions<'a>, pair: &FindingPair) -> Self {
        let old = pair.old.map(|old| FindingRecord::of(&revisions.old, &revisions.old.findings[old]));
        let new = pair.new.map(|new| FindingRecord::of(&revisions.new, &revisions.new.findings[new]));
        Self {
            change: pair.change.name(),
            more_m2: pair.more.map(M2),
            paired_by: pair.paired_by.map(|by| match by {
                PairedBy::Fingerprint => "fingerprint",
                PairedBy::Ground => "ground",
            }),
            old,
            new,
        }
    }
}

pub(super) fn write(revisions: &Revisions<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Revisions { old, new, pairs, layers } = revisions;
    writeln!(out, "{{")?;
    member(out, "schema_version", &SCHEMA_VERSION)?;
    member(out, "tool", &Tool { name: "sanxian", version: new.tool_version })?;
    member(out, "profile", &new.profile)?;
    member(out, "tolerance_m2", &M2(new.tolerance))?;
    member(out, "crs", &CrsRecord::from(new.crs))?;
    for (key, report) in [("old", old), ("new", new)] {
        writeln!(out, "\"{key}\": {{")?;
        list(out, "inputs", report.inputs.iter().map(InputRecord::from))?;
        writeln!(out, ",")?;
        accepted(report, out)?;
        list(out, "quantities", report.quantities.iter().map(QuantityRecord::from))?;
        writeln!(out, ",")?;
        list(out, "faults", report.faults.iter().map(FaultRecord::from))?;
        write!(out, ",\n\"summary\": ")?;
        serde_json::to_writer(&mut *out, &SummaryRecord::of(report, &Summary::of(report)))?;
        writeln!(out, "\n}},")?;
    }
    list(out, "layers", layers.iter().map(|layer| LayerRecord::of(revisions, layer)))?;
    writeln!(out, ",")?;
    list(out, "findings", pairs.iter().map(|pair| PairRecord::of(revisions, pair)))?;
    let counts = ChangeCounts::of(revisions);
    let counts: BTreeMap<&str, usize> =
        FindingChange::ALL.into_iter().map(|change| (change.name(), counts.all(change))).collect();
    write!(out, ",\n\"summary\": ")?;
    serde_json::to_writer(&mut *out, &counts)?;
    writeln!(out, "\n}}")
}
