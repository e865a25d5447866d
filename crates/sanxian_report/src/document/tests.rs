//! What must hold of every document: no number of its own, the same in every language, rows as wide as their table.

use std::collections::BTreeSet;
use std::mem::discriminant;

use sanxian_model::{Lang, SquareMetres};
use serde_json::Value;

use super::*;
use crate::format::{self, Format};
use crate::sample::Sample;
use crate::{Options, Report};

fn json(sample: &Sample) -> Value {
    let mut bytes = Vec::new();
    format::write(&sample.report(), Format::Json, &Options::default(), &mut bytes).expect("memory");
    serde_json::from_slice(&bytes).expect("a report is JSON")
}

/// The cells of a column, the total last.
fn column<'t>(table: &'t Table, key: &str) -> Vec<&'t Cell> {
    let at = table.columns.iter().position(|column| column.key == key).expect("a column");
    table.lines().map(|cells| &cells[at]).collect()
}

fn area(cell: &Cell) -> Option<SquareMetres> {
    match cell {
        Cell::Area { value, .. } => Some(*value),
        _ => None,
    }
}

/// Every area in the member of a JSON object with that name, in order, bit by bit.
fn bits(values: &[Value], member: &str) -> Vec<u64> {
    values.iter().filter_map(|value| value[member].as_f64()).map(f64::to_bits).collect()
}

#[test]
fn areas_of_findings_are_those_of_the_json() {
    let sample = Sample::county();
    let report = sample.report();
    let document = document(&report, Lang::Zh);
    let of_findings = document.sections.iter().filter(|section| section.key.starts_with("findings."));
    let tables = of_findings.flat_map(Section::tables);
    let with_area = tables.filter(|table| table.columns.iter().any(|column| column.key == "area_m2"));
    let mut printed: Vec<u64> = with_area
        .flat_map(|table| ["area_m2", "area_ha", "area_mu"].map(|key| column(table, key)).concat())
        .filter_map(area)
        .map(|area| area.get().to_bits())
        .collect();
    let json = json(&sample);
    let findings = json["findings"].as_array().expect("findings");
    let measures: Vec<Value> = findings.iter().map(|finding| finding["measure"].clone()).collect();
    let mut told = bits(&measures, "area_m2").repeat(3);
    assert_eq!(told.len(), 4 * 3, "the sample measures four areas");
    printed.sort_unstable();
    told.sort_unstable();
    assert_eq!(printed, told);
}

#[test]
fn the_ledger_is_that_of_the_json() {
    let sample = Sample::county();
    let report = sample.report();
    let document = document(&report, Lang::En);
    let table = document.section("ledger").and_then(|section| section.tables().next()).expect("a ledger");
    let json = json(&sample);
    let totals = &json["ledger"]["totals"];
    let lines = totals["lines"].as_array().expect("lines").clone();
    for key in ["net_m2", "net_ha", "net_mu"] {
        let printed: Vec<u64> =
            column(table, key).into_iter().filter_map(area).map(|area| area.get().to_bits()).collect();
        let (of_lines, rest) = printed.split_at(lines.len());
        assert_eq!(of_lines, bits(&lines, "net_m2"), "{key}");
        assert_eq!(
            rest[1..],
            bits(std::slice::from_ref(totals), "free_m2")
                .into_iter()
                .chain(bits(std::slice::from_ref(totals), "area_m2"))
                .collect::<Vec<_>>(),
            "{key}"
        );
    }
    let gross: Vec<u64> =
        column(table, "gross_m2").into_iter().filter_map(area).map(|area| area.get().to_bits()).collect();
    assert_eq!(gross, bits(&lines, "gross_m2"));
}

#[test]
fn both_languages_have_one_shape_and_the_same_numbers() {
    let sample = Sample::county();
    let report = sample.report();
    let (zh, en) = (document(&report, Lang::Zh), document(&report, Lang::En));
    assert_eq!(zh.conclusion.verdict, en.conclusion.verdict);
    assert_eq!(zh.conclusion.sentence.tone, en.conclusion.sentence.tone);
    assert_eq!(zh.sections.len(), en.sections.len());
    for (zh, en) in zh.sections.iter().zip(&en.sections) {
        assert_eq!((&zh.key, zh.level, zh.blocks.len()), (&en.key, en.level, en.blocks.len()));
        assert_eq!(zh.heading.is_some(), en.heading.is_some());
        for (zh, en) in zh.blocks.iter().zip(&en.blocks) {
            match (zh, en) {
                (Block::Table(zh), Block::Table(en)) => same_table(zh, en),
                (Block::Note(zh), Block::Note(en)) => assert_eq!(zh.key, en.key),
                (Block::Sentence(zh), Block::Sentence(en)) => assert_eq!(zh.tone, en.tone),
                (Block::Figure(zh), Block::Figure(en)) => assert_eq!(zh.key, en.key),
                _ => panic!("{zh:?} stands where {en:?} does"),
            }
        }
    }
}

fn same_table(zh: &Table, en: &Table) {
    let shape = |table: &Table| -> Vec<_> {
        table.columns.iter().map(|column| (column.key, column.kind, column.unit, column.essential)).collect()
    };
    assert_eq!(shape(zh), shape(en));
    assert_eq!(zh.left_off, en.left_off);
    assert_eq!(zh.total.as_ref().map(|total| &total.sums), en.total.as_ref().map(|total| &total.sums));
    assert_eq!(zh.lines().count(), en.lines().count());
    for (zh, en) in zh.lines().flatten().zip(en.lines().flatten()) {
        assert_eq!(discriminant(zh), discriminant(en));
        if !matches!(zh, Cell::Text(_)) {
            assert_eq!(zh, en);
        }
    }
}

#[test]
fn rows_are_as_wide_as_their_table_and_keys_are_unique() {
    for sample in [Sample::county(), Sample::clean()] {
        let report = sample.report();
        let document = document(&report, Lang::En);
        let keys: BTreeSet<&str> = document.sections.iter().map(|section| section.key.as_str()).collect();
        assert_eq!(keys.len(), document.sections.len());
        for table in document.tables() {
            let keys: BTreeSet<&str> = table.columns.iter().map(|column| column.key).collect();
            assert_eq!(keys.len(), table.columns.len());
            assert!(table.lines().all(|cells| cells.len() == table.columns.len()));
            assert!(table.total.iter().all(|total| total.sums.len() == table.columns.len()));
        }
    }
}

#[test]
fn a_section_is_under_one_of_the_level_above() {
    let sample = Sample::county();
    let report = sample.report();
    let mut above = 0;
    for section in document(&report, Lang::En).sections {
        assert!((1..=above + 1).contains(&section.level), "{}", section.key);
        above = section.level;
    }
}

#[test]
fn a_finding_with_a_piece_has_a_map() {
    let sample = Sample::county();
    let report = sample.report();
    let with_map = document(&report, Lang::En);
    let figures: Vec<&Figure<'_>> = with_map.figures().collect();
    let keys: BTreeSet<&str> = figures.iter().map(|figure| figure.key.as_str()).collect();
    let wanted = [0, 2].map(|index| sample.findings[index].fingerprint());
    assert_eq!(keys, wanted.iter().map(String::as_str).collect());
    for figure in figures {
        let first = |shape: sanxian_model::FeatureView<'_>| {
            shape.rings().next().map(|ring| ring[0]).expect("a shape has a ring")
        };
        let subject = figure.subject.expect("the plan is at hand");
        assert_eq!(subject.role(), &sanxian_model::Role::PLAN);
        // In the sample, piece 0 lies at the first patch and belongs to a finding about the second.
        assert_ne!(first(subject.geometry()), first(figure.piece));
        assert!(figure.zones.is_empty(), "the redline is not at hand");
    }
    let without = Report { pieces: None, ..report };
    assert_eq!(document(&without, Lang::En).figures().count(), 0);
}

#[test]
fn rows_beyond_the_limit_are_counted() {
    let mut sample = Sample::county();
    sample.findings = vec![sample.findings[0].clone(); 7];
    let report = sample.report();
    let short = Document::of(&report, Scope { lang: Lang::En, rows: Some(5) });
    let table = short.section("findings.error.BF-01").and_then(|s| s.tables().next()).expect("a table");
    assert_eq!((table.rows.len(), table.left_off), (5, 2));
    let whole = document(&report, Lang::En);
    assert!(whole.tables().all(|table| table.left_off == 0));
}

#[test]
fn a_total_is_the_exact_sum_of_its_column_or_the_table_says_so() {
    let mut sample = Sample::county();
    let report = sample.report();
    let county = document(&report, Lang::En);
    let section = county.section("ledger").expect("a ledger");
    let table = section.tables().next().expect("a table");
    let total = table.total.as_ref().expect("a total");
    for (column, _) in total.sums.iter().enumerate().filter(|(_, sums)| **sums) {
        let parts = table.rows.iter().filter_map(|row| area(&row[column]));
        let sum = parts.sum::<sanxian_model::AreaSum>().area();
        // The free area of the sample is a difference of floats.
        let whole = area(&total.cells[column]).expect("an area");
        assert!((sum - whole).abs() < SquareMetres(1e-6), "{sum:?} {whole:?}");
    }
    // 0.1200 + 0.0351 + 0.0000 + 2.8448 = 2.9999 ha of 3.0000.
    let unequal: Vec<&str> =
        table.unequal_sums().into_iter().map(|column| table.columns[column].key).collect();
    assert_eq!(unequal, ["net_ha"]);
    assert_eq!(notes(section), ["precedence", "rounding", "not-a-sum", "repair"]);

    // Every area is whole hectares, and each patch is on one line.
    sample.ledger.rows.truncate(1);
    let row = &mut sample.ledger.rows[0];
    row.lines.truncate(1);
    let line = &mut row.lines[0];
    (line.gross, line.net) = (SquareMetres(20_000.0), SquareMetres(20_000.0));
    (row.area, row.free) = (SquareMetres(50_000.0), SquareMetres(30_000.0));
    let report = sample.report();
    assert_eq!(notes(document(&report, Lang::En).section("ledger").expect("a ledger")), ["precedence"]);
    // Without a line there is no order to tell.
    sample.ledger.roles.clear();
    sample.ledger.rows[0].lines.clear();
    let report = sample.report();
    let keys = document(&report, Lang::Zh);
    assert!(!notes(keys.section("ledger").expect("a ledger")).contains(&"precedence"));
}

fn notes(section: &Section<'_>) -> Vec<&'static str> {
    let notes = section.blocks.iter().filter_map(|block| match block {
        Block::Note(note) => Some(note.key),
        _ => None,
    });
    notes.collect()
}

#[test]
fn layers_of_one_role_that_were_moved_alike_are_told_once() {
    let sample = Sample::county();
    let mut report = sample.report();
    let mut lines = report.inputs[1].clone();
    lines.pipeline = Some("+proj=pipeline".to_owned());
    let other = crate::report::Input { pipeline: Some("+proj=other".to_owned()), ..lines.clone() };
    report.inputs = vec![report.inputs[0].clone(), lines.clone(), lines, other];
    report.inputs[0].pipeline = None;
    let document = document(&report, Lang::Zh);
    let inputs = document.sections.iter().find(|section| section.key == "inputs").expect("a section");
    let moved = |block: &&Block<'_>| matches!(block, Block::Note(note) if note.key == "transformed");
    assert_eq!(inputs.blocks.iter().filter(moved).count(), 2);
}
