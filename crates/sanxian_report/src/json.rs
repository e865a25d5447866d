//! The whole report as one JSON document.
//!
//! Each input, ledger row and finding stands on a line of its own, so that two reports can be compared with
//! a plain line diff. Both languages are in it: the bytes do not depend on the language of the user.

use std::io::{self, Write};

use serde::Serialize;

use crate::area_record::M2;
use crate::ledger_totals::LedgerTotals;
use crate::measure_record::QuantityRecord;
use crate::record::{
    AcceptedRecord, CrsRecord, FaultRecord, FindingRecord, InputRecord, LedgerRowRecord, LedgerTotalsRecord,
    SliverRecord, SummaryRecord, UnusedRecord, ZoneRecord,
};
use crate::report::Report;
use crate::summary::Summary;
use crate::unit_record::UnitRecord;

/// Version of every machine format. It changes when a field is removed or changes its meaning; fields that
/// are added do not change it.
pub const SCHEMA_VERSION: u32 = 2;

/// Which program wrote a document.
#[derive(Serialize)]
pub(crate) struct Tool<'a> {
    pub(crate) name: &'static str,
    pub(crate) version: &'a str,
}

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let totals = LedgerTotals::of(report.ledger);
    let touched = report.ledger.rows.iter().filter(|row| !row.lines.is_empty());
    let roles: Vec<&str> = report.ledger.roles.iter().map(sanxian_model::Role::name).collect();

    writeln!(out, "{{")?;
    member(out, "schema_version", &SCHEMA_VERSION)?;
    member(out, "tool", &Tool { name: "sanxian", version: report.tool_version })?;
    member(out, "profile", &report.profile)?;
    member(out, "tolerance_m2", &M2(report.tolerance))?;
    member(out, "crs", &CrsRecord::from(report.crs))?;
    list(out, "inputs", report.inputs.iter().map(InputRecord::from))?;
    writeln!(out, ",")?;
    list(out, "zones", report.zones.iter().map(ZoneRecord::from))?;
    writeln!(out, ",\n\"ledger\": {{")?;
    member(out, "roles", &roles)?;
    member(out, "tolerance_m2", &M2(report.ledger.tolerance))?;
    member(out, "totals", &LedgerTotalsRecord::from(&totals))?;
    list(out, "rows", touched.map(|row| LedgerRowRecord::of(report, row)))?;
    writeln!(out, "\n}},")?;
    list(out, "findings", report.findings.iter().map(|f| FindingRecord::of(report, f)))?;
    writeln!(out, ",")?;
    list(out, "slivers", report.slivers.iter().map(|s| SliverRecord::of(report, s)))?;
    writeln!(out, ",")?;
    accepted(report, out)?;
    list(out, "units", report.units.iter().map(|total| UnitRecord::of(report, total)))?;
    writeln!(out, ",")?;
    list(out, "quantities", report.quantities.iter().map(QuantityRecord::from))?;
    writeln!(out, ",")?;
    list(out, "faults", report.faults.iter().map(FaultRecord::from))?;
    writeln!(out, ",")?;
    write!(out, "\"summary\": ")?;
    serde_json::to_writer(&mut *out, &SummaryRecord::of(report, &Summary::of(report)))?;
    writeln!(out, "\n}}")
}

/// What the baseline accepts, and the entries that no finding is of.
pub(crate) fn accepted(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    list(out, "accepted", report.accepted().iter().map(|accepted| AcceptedRecord::of(report, accepted)))?;
    writeln!(out, ",")?;
    let unused = report.baseline.iter().flat_map(|effect| &effect.unused);
    list(out, "baseline_unused", unused.filter_map(|unused| UnusedRecord::of(report, *unused)))?;
    writeln!(out, ",")
}

/// A key and a value, and a comma.
pub(crate) fn member(out: &mut dyn Write, key: &str, value: &impl Serialize) -> io::Result<()> {
    write!(out, "\"{key}\": ")?;
    serde_json::to_writer(&mut *out, value)?;
    writeln!(out, ",")
}

/// A key and an array, one element a line.
pub(crate) fn list<T: Serialize>(
    out: &mut dyn Write,
    key: &str,
    items: impl Iterator<Item = T>,
) -> io::Result<()> {
    lines(out, key, items, |out, item| Ok(serde_json::to_writer(&mut *out, &item)?))
}

/// A key and an array, one element a line, each written by `element`.
pub(crate) fn lines<T>(
    out: &mut dyn Write,
    key: &str,
    items: impl Iterator<Item = T>,
    element: impl Fn(&mut dyn Write, T) -> io::Result<()>,
) -> io::Result<()> {
    write!(out, "\"{key}\": ")?;
    array(out, items, element)
}

/// An array, one element a line, each written by `element`.
pub(crate) fn array<T>(
    out: &mut dyn Write,
    items: impl Iterator<Item = T>,
    element: impl Fn(&mut dyn Write, T) -> io::Result<()>,
) -> io::Result<()> {
    write!(out, "[")?;
    let mut separator = "\n";
    for item in items {
        out.write_all(separator.as_bytes())?;
        element(&mut *out, item)?;
        separator = ",\n";
    }
    write!(out, "{}]", if separator == "\n" { "" } else { "\n" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn text(sample: &Sample) -> String {
        let mut bytes = Vec::new();
        write(&sample.report(), &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("reports are UTF-8")
    }

    #[test]
    fn of_a_county() {
        insta::assert_snapshot!("json", text(&Sample::county()));
    }

    #[test]
    fn an_area_comes_back_with_every_digit() {
        let mut sample = Sample::county();
        let area = sanxian_model::SquareMetres(0.1 + 0.2);
        sample.ledger.rows[0].lines[0].gross = area;
        let json: serde_json::Value = serde_json::from_str(&text(&sample)).expect("a report is JSON");
        let gross = json["ledger"]["rows"][0]["lines"][0]["gross_m2"].as_f64();
        assert_eq!(gross.map(f64::to_bits), Some(area.get().to_bits()));
    }

    #[test]
    fn patches_on_no_line_are_a_total_and_no_rows() {
        let json: serde_json::Value =
            serde_json::from_str(&text(&Sample::county())).expect("a report is JSON");
        assert_eq!(json["ledger"]["rows"].as_array().map(Vec::len), Some(2));
        assert_eq!(json["ledger"]["totals"]["untouched"]["patches"], 1);
        assert_eq!(json["ledger"]["totals"]["untouched"]["area_m2"], 10_000.0);
    }
}
