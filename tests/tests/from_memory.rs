//! Layers from memory give what the files give that hold the same: findings, ledger, totals, every figure.

use arrow_array::RecordBatch;
use sanxian::{Check, Layer, PlanSources};
use sanxian_io::ReadOptions;
use sanxian_tests::county::{Encoding, LAYERS, source, table, told};
use sanxian_tests::data;
use serde_json::Value;

fn from_files() -> Value {
    let sources = LAYERS
        .iter()
        .fold(PlanSources::new(), |sources, (role, layer)| sources.zone(role.clone(), source(layer)));
    let plan = sources.read().expect("the county");
    let outcome = sanxian::check(&plan, &sanxian::CheckOptions::default()).expect("a check");
    told(&outcome.report(&plan))
}

#[test]
fn the_county_from_arrow_is_the_county_from_files() {
    let expected = from_files();
    assert!(expected["findings"].as_array().is_some_and(|findings| findings.len() > 20));
    for encoding in [Encoding::Wkb, Encoding::Native] {
        for pieces in [1, 3] {
            let mut check = Check::lines();
            for (role, name) in &LAYERS {
                let (table, crs) = table(name, encoding);
                let size = table.num_rows().div_ceil(pieces);
                let batches: Vec<RecordBatch> = (0..table.num_rows())
                    .step_by(size)
                    .map(|from| table.slice(from, size.min(table.num_rows() - from)))
                    .collect();
                let layer = Layer::from_arrow(batches, "geom").expect("a layer").feature_ids("fid");
                let layer = layer.expect("numbers").named(name);
                assert_eq!(layer.crs().epsg, crs.epsg);
                check = check.layer(role.clone(), layer);
            }
            let report = check.run().expect("a check");
            assert_eq!(told(&report.report()), expected, "{encoding:?} in {pieces} pieces");
            assert_eq!(report.findings_arrow().num_rows(), report.findings().len());
        }
    }
}

#[test]
fn a_report_can_hold_no_path() {
    let folder = data("demo").display().to_string();
    let report = |shown: bool| {
        let layer = |name: &str| {
            let layer = Layer::read(&source(name), &ReadOptions::default()).expect("a layer");
            if shown { layer } else { layer.shown_as("county.gpkg") }
        };
        let check = Check::new(layer("GHYDYH")).redline(layer("STBHHX")).run().expect("a check");
        let mut bytes = Vec::new();
        let options = sanxian::report::Options { lang: sanxian::Lang::Zh, ..Default::default() };
        for format in
            [sanxian::report::Format::Json, sanxian::report::Format::Full, sanxian::report::Format::Markdown]
        {
            check.write(format, &options, &mut bytes).expect("writing to memory works");
        }
        String::from_utf8(bytes).expect("reports are UTF-8")
    };
    assert!(report(true).contains(&folder) && !report(false).contains(&folder));
    assert!(report(false).contains("county.gpkg"));
}
