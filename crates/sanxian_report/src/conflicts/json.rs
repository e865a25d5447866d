//! The whole comparison as one JSON document. Each plan, cell and patch stands on a line of its own, and both languages are
//! in it.

use std::io::{self, Write};

use serde::Serialize;

use crate::area_record::M2;
use crate::conflicts::comparison::Comparison;
use crate::conflicts::record::{
    CauseRecord, CellRecord, KindRecord, LayerPairRecord, PairPatchRecord, PatchRecord, PlanRecord,
    ProjectRecord, RankRecord, SummaryRecord, UncoveredRecord,
};
use crate::conflicts::statistics::Statistics;
use crate::json::{SCHEMA_VERSION, Tool, list, member};
use crate::record::{CrsRecord, FaultRecord, InputRecord};
use sanxian_model::conflict::Matrix;

pub(super) fn write(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    let statistics = Statistics::of(comparison);
    let guide = comparison.guide;
    writeln!(out, "{{")?;
    member(out, "schema_version", &SCHEMA_VERSION)?;
    member(out, "tool", &Tool { name: "sanxian", version: comparison.tool_version })?;
    member(out, "crs", &CrsRecord::from(comparison.crs))?;
    member(out, "least_area_m2", &comparison.least_area.map(M2))?;
    member(out, "least_width_m", &comparison.least_width.get())?;
    list(out, "inputs", comparison.inputs.iter().map(InputRecord::from))?;
    writeln!(out, ",")?;
    list(out, "plans", (0..comparison.plans.len()).map(|plan| PlanRecord::of(comparison, plan)))?;
    writeln!(out, ",")?;
    list(out, "kinds", guide.kinds.iter().map(KindRecord::from))?;
    writeln!(out, ",")?;
    list(out, "causes", guide.causes.iter().map(CauseRecord::from))?;
    writeln!(out, ",")?;
    list(out, "ranks", guide.ranks.iter().map(RankRecord::from))?;
    writeln!(out, ",")?;
    matrices(comparison, "matrices", comparison.matrices, out)?;
    writeln!(out, ",")?;
    matrices(comparison, "from_status", comparison.from_status, out)?;
    writeln!(out, ",")?;
    list(out, "patches", comparison.listed().map(|(_, patch)| PatchRecord::of(comparison, patch)))?;
    writeln!(out, ",")?;
    list(out, "pairs", comparison.pairs.iter().map(LayerPairRecord::from))?;
    writeln!(out, ",")?;
    let in_pairs = comparison.listed_in_pairs();
    list(out, "pair_patches", in_pairs.map(|(_, patch)| PairPatchRecord::of(comparison, patch)))?;
    writeln!(out, ",")?;
    list(out, "projects", comparison.placements.iter().map(|of| ProjectRecord::of(comparison, of)))?;
    writeln!(out, ",")?;
    list(out, "faults", comparison.faults.iter().map(FaultRecord::from))?;
    writeln!(out, ",")?;
    write!(out, "\"summary\": ")?;
    serde_json::to_writer(&mut *out, &SummaryRecord::of(comparison, &statistics))?;
    writeln!(out, "\n}}")
}

fn matrices(
    comparison: &Comparison<'_>,
    key: &str,
    matrices: &[Matrix],
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "\"{key}\": [")?;
    for (number, matrix) in matrices.iter().enumerate() {
        write!(out, "{}\n{{", if number == 0 { "" } else { "," })?;
        let names = matrix.plans.map(|plan| comparison.plans.get(plan).map(|plan| &*plan.name));
        member(out, "plans", &names)?;
        list(out, "cells", matrix.cells.iter().map(CellRecord::from))?;
        writeln!(out, ",")?;
        let uncovered = matrix.uncovered.iter().map(|ground| UncoveredRecord::of(comparison, ground));
        list(out, "uncovered", uncovered)?;
        write!(out, "}}")?;
    }
    write!(out, "{}]", if matrices.is_empty() { "" } else { "\n" })
}

/// What `ndjson` and `geojson` carry too.
#[derive(Serialize)]
pub(super) struct LastLine<'a> {
    pub(super) summary: SummaryRecord<'a>,
}
