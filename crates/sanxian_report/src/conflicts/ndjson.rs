//! One difference patch a line, as JSON; the same objects as in the `patches` of the JSON document, then those
//! of `pair_patches`, which have the key `pair`, and those of `projects`, which have the key `project`. The last line is an object
//! with the one key `summary`, the same as in the document.

use std::io::{self, Write};

use crate::conflicts::comparison::Comparison;
use crate::conflicts::json::LastLine;
use crate::conflicts::record::{PairPatchRecord, PatchRecord, ProjectRecord, SummaryRecord};
use crate::conflicts::statistics::Statistics;

pub(super) fn write(comparison: &Comparison<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (_, patch) in comparison.listed() {
        serde_json::to_writer(&mut *out, &PatchRecord::of(comparison, patch))?;
        out.write_all(b"\n")?;
    }
    for (_, patch) in comparison.listed_in_pairs() {
        serde_json::to_writer(&mut *out, &PairPatchRecord::of(comparison, patch))?;
        out.write_all(b"\n")?;
    }
    for placement in comparison.placements {
        serde_json::to_writer(&mut *out, &ProjectRecord::of(comparison, placement))?;
        out.write_all(b"\n")?;
    }
    let statistics = Statistics::of(comparison);
    let summary = SummaryRecord::of(comparison, &statistics);
    serde_json::to_writer(&mut *out, &LastLine { summary })?;
    out.write_all(b"\n")
}
