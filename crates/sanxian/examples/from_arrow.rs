//! Checks an Arrow table with a column of well-known binary, and gives the findings as one. Needs no file and no C
//! library.
//!
//! `cargo run --package sanxian --no-default-features --example from_arrow`
#![expect(clippy::print_stdout, reason = "printing is all this example is for")]

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use arrow_array::{BinaryArray, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use sanxian::{Check, Layer};

/// A square of so many metres as well-known binary.
fn square(x: f64, y: f64, side: f64) -> Vec<u8> {
    let mut wkb = vec![1_u8];
    for number in [3_u32, 1, 5] {
        wkb.extend(number.to_le_bytes());
    }
    for [x, y] in [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]] {
        wkb.extend(x.to_le_bytes());
        wkb.extend(y.to_le_bytes());
    }
    wkb
}

/// A table of squares with identifier and land class, as GeoArrow names its geometry.
fn table(squares: &[(&str, &str, Vec<u8>)]) -> Result<RecordBatch, Box<dyn Error>> {
    let metadata = HashMap::from([
        ("ARROW:extension:name".to_owned(), "geoarrow.wkb".to_owned()),
        ("ARROW:extension:metadata".to_owned(), r#"{"crs":"EPSG:4546"}"#.to_owned()),
    ]);
    let schema = Schema::new(vec![
        Field::new("BSM", DataType::Utf8, false),
        Field::new("YDYHFLDM", DataType::Utf8, false),
        Field::new("geometry", DataType::Binary, false).with_metadata(metadata),
    ]);
    let ids = StringArray::from_iter_values(squares.iter().map(|(id, _, _)| id));
    let classes = StringArray::from_iter_values(squares.iter().map(|(_, class, _)| class));
    let shapes = BinaryArray::from_iter_values(squares.iter().map(|(_, _, wkb)| wkb));
    Ok(RecordBatch::try_new(Arc::new(schema), vec![Arc::new(ids), Arc::new(classes), Arc::new(shapes)])?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let (x, y) = (480_000.0, 3_790_000.0);
    // 0701: urban housing; 0101: paddy fields.
    let plan = table(&[("A1", "0701", square(x, y, 100.0)), ("A2", "0101", square(x + 200.0, y, 100.0))])?;
    let redline = table(&[("R1", "0301", square(x + 50.0, y, 200.0))])?;

    let plan = Layer::from_arrow([plan], "geometry")?.named("plan");
    let redline = Layer::from_arrow([redline], "geometry")?.named("redline");
    let report = Check::new(plan).redline(redline).run()?;

    let findings = report.findings_arrow();
    println!("{} findings, {} columns", findings.num_rows(), findings.num_columns());
    println!("{:?}", report.summary().verdict());
    Ok(())
}

#[test]
fn it_runs() {
    main().expect("the example runs");
}
