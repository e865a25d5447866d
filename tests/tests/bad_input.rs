//! What a person hands in when something went wrong, and what the built program does: each case has its exit
//! code and says what, where, and what to do. Nothing is dropped in silence.

mod folder;

use std::fs;

use folder::{Folder, bow_tie, box_at, collection, polygon, ring, square};
use sanxian_tests::{data, sanxian};
use serde_json::Value;

fn faults(report: &Value) -> Vec<String> {
    report["faults"].as_array().expect("a list").iter().map(ToString::to_string).collect()
}

#[test]
fn the_good_case() {
    let folder = Folder::new();
    let report = folder.report("plan.geojson", "redline.geojson", 1);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["summary"]["complete"], false, "a redline is not all three lines");
    let only = ["--select", "ER", "--output-format", "json"];
    let report = folder.check("plan.geojson", "redline.geojson").args(only).ends(1).json();
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["summary"]["complete"], true, "all that the rules of redlines need is given");
}

#[test]
fn no_file() {
    let folder = Folder::new();
    folder.check("没有.gpkg", "redline.geojson").ends(2).complains(&["there is no file", "没有.gpkg"]);
    folder.check("plan.geojson", "gone.gpkg#A").ends(2).complains(&["there is no file", "gone.gpkg"]);
    folder.sanxian(&["overlap", "plan.geojson", "gone.shp"]).ends(2).complains(&["gone.shp"]);
    folder.sanxian(&["convert", "gone.shp", "a.gpkg"]).ends(2).complains(&["gone.shp"]);
    assert!(!folder.path("a.gpkg").exists());
}

#[test]
fn no_layer() {
    let folder = Folder::new();
    let county = data("demo/county.gpkg").display().to_string();
    folder.check(&format!("{county}#GHYDYH2"), "redline.geojson").ends(2).complains(&[
        "has no layer `GHYDYH2`",
        "county.gpkg",
        "`GHYDYH`",
        "`STBHHX`",
    ]);
    folder.check(&county, "redline.geojson").ends(2).complains(&[
        "several layers",
        "county.gpkg#GHYDYH",
        "county.gpkg#CZKFBJ",
    ]);
    folder.write("table.csv", "BSM,名称\n1,a\n");
    folder.check("table.csv", "redline.geojson").ends(2).complains(&["table"]);
}

#[test]
fn no_crs() {
    let folder = Folder::new();
    folder.write("bare.csv", "BSM,WKT\nA1,\"POLYGON((0 0,10 0,10 10,0 10,0 0))\"\n");
    let run = folder.check("plan.geojson", "bare.csv").ends(2);
    run.complains(&["no coordinate reference system", "bare.csv", "--crs", "none"]);
    // The vineyards of Montpellier come without a .prj, as published.
    let plan = format!("{}#zac_2014", data("montpellier/montpellier.gpkg").display());
    let vineyards = data("montpellier/VilleMTP_MTP_AOC.zip").display().to_string();
    let check = || sanxian(["overlap", &plan, &vineyards]);
    check().ends(2).complains(&["no coordinate reference system", "VilleMTP_MTP_AOC", "--crs"]);
    assert!(check().args(["--crs", "EPSG:2154"]).ends(0).stdout.lines().count() > 4);
    // GeoJSON without a CRS is in degrees, and these are none.
    folder.write("metres.geojson", collection(&[square(0.0)], None));
    folder.check("metres.geojson", "redline.geojson").ends(2).complains(&["no degrees", "metres.geojson"]);
    folder.check("metres.geojson", "redline.geojson").args(["--crs", "plan=EPSG:4546"]).ends(1);
}

#[test]
fn an_unknown_crs() {
    let folder = Folder::new();
    folder.write("bare.csv", "BSM,WKT\nA1,\"POLYGON((0 0,10 0,10 10,0 10,0 0))\"\n");
    for name in ["EPSG:999999", "CGCS-9000"] {
        folder.check("bare.csv", "bare.csv").args(["--crs", name]).ends(2).complains(&[
            name,
            "is not a coordinate reference system",
            "EPSG:4546",
            "bare.csv",
        ]);
    }
    folder.sanxian(&["convert", "plan.geojson", "a.gpkg", "--to-crs", "EPSG:999999"]).ends(2).tells(&[
        "EPSG:999999",
        "is not a coordinate reference system",
        "  do: ",
    ]);
    assert!(!folder.path("a.gpkg").exists());
    // A CRS that contradicts what the file says is not taken over it.
    let run = folder.check("plan.geojson", "redline.geojson").args(["--crs", "plan=EPSG:4547"]).ends(2);
    run.complains(&["4546", "4547", "plan.geojson"]);
}

#[test]
fn a_zone_number_that_contradicts_the_crs() {
    let folder = Folder::new();
    folder.write(
        "zone.csv",
        "BSM,WKT\nA1,\"POLYGON((38480000 3790000,38480010 3790000,38480010 3790010,38480000 3790000))\"\n",
    );
    let run = folder.check("zone.csv", "redline.geojson").args(["--crs", "plan=EPSG:4546"]).ends(2);
    run.complains(&["zone.csv", "38", "EPSG:4526"]);
}

#[test]
fn an_empty_layer() {
    let folder = Folder::new();
    folder.features("empty.geojson", &[]);
    for (plan, redline) in [("empty.geojson", "redline.geojson"), ("plan.geojson", "empty.geojson")] {
        let run = folder.check(plan, redline).ends(3);
        assert!(run.stdout.contains("empty") && run.stdout.contains("has no feature"), "{}", run.stdout);
        let report = folder.report(plan, redline, 3);
        assert_eq!(report["summary"]["complete"], false);
        assert_eq!(faults(&report).len(), 1);
        let allowed = ["--allow-empty", "--select", "ER", "--output-format", "json"];
        let report = folder.check(plan, redline).args(allowed).ends(0).json();
        assert_eq!(report["summary"]["complete"], true);
    }
    // What is found elsewhere still counts with --allow-empty.
    folder
        .check("plan.geojson", "redline.geojson")
        .args(["--farmland", "empty.geojson", "--allow-empty"])
        .ends(1);
    folder.check("plan.geojson", "redline.geojson").args(["--farmland", "empty.geojson"]).ends(3);
    folder.sanxian(&["overlap", "plan.geojson", "empty.geojson"]).ends(3).tells(&["1 fault"]);
    folder.sanxian(&["overlap", "plan.geojson", "empty.geojson", "--allow-empty"]).ends(0);
}

#[test]
fn a_layer_of_lines() {
    let folder = Folder::new();
    let line = r#"{"type":"LineString","coordinates":[[480000,3790000],[480010,3790000]]}"#;
    folder.features("roads.geojson", &[line.to_owned()]);
    for (plan, redline) in [("roads.geojson", "redline.geojson"), ("plan.geojson", "roads.geojson")] {
        folder.check(plan, redline).ends(2).complains(&[
            "holds lines, not polygons",
            "roads.geojson",
            "areas",
        ]);
    }
}

#[test]
fn all_features_invalid() {
    let folder = Folder::new();
    folder.features("knots.geojson", &[bow_tie(0.0), bow_tie(20.0)]);
    folder.features("nothing.geojson", &["null".to_owned(), "null".to_owned()]);
    let skip = |plan: &str| folder.check(plan, "redline.geojson").args(["--on-invalid", "skip"]);
    let run = skip("knots.geojson").ends(3);
    let told = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["Incomplete:", "A0", "A1", "crosses itself", "480005", "2 features left out"] {
        assert!(told.contains(part), "{part} in {}", run.stdout);
    }
    let report = skip("knots.geojson").args(["--output-format", "json"]).ends(3).json();
    assert_eq!((&report["summary"]["complete"], &report["summary"]["checked"]), (&false.into(), &0.into()));
    let report = folder.report("nothing.geojson", "redline.geojson", 3);
    assert_eq!(report["summary"]["skipped"], 2);
    // As a zone it would let everything pass.
    folder.check("plan.geojson", "nothing.geojson").ends(3);
}

#[test]
fn coordinates_that_are_no_numbers() {
    let folder = Folder::new();
    let mut broken = box_at(20.0);
    broken[2][0] = f64::NAN;
    let mut endless = box_at(40.0);
    endless[1][1] = f64::INFINITY;
    folder.gdal("GPKG", "nan.gpkg", &[], vec![polygon(&box_at(0.0)), polygon(&broken), polygon(&endless)]);
    let report = folder.report("nan.gpkg", "redline.geojson", 3);
    assert_eq!((&report["summary"]["checked"], &report["summary"]["skipped"]), (&1.into(), &2.into()));
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1), "the good one is still checked");
    let told = faults(&report);
    assert!(told.len() == 2 && told[0].contains("A1") && told[1].contains("A2"), "{told:?}");
}

#[test]
fn a_ring_of_two_points() {
    let folder = Folder::new();
    folder.features("two.geojson", &[square(0.0), ring(&[[20.0, 0.0], [30.0, 10.0]])]);
    let run = folder.check("two.geojson", "redline.geojson").ends(3);
    for part in ["A1", "fewer than three points", "left out", "480020"] {
        assert!(run.stdout.contains(part), "{part} in {}", run.stdout);
    }
    folder.sanxian(&["overlap", "two.geojson", "redline.geojson"]).ends(3).tells(&["1 left out"]);
}

#[test]
fn a_bow_tie() {
    let folder = Folder::new();
    folder.features("tie.geojson", &[square(20.0), bow_tie(5.0)]);
    let with = |what: &str| {
        folder.check("tie.geojson", "redline.geojson").args(["--on-invalid", what, "--output-format", "json"])
    };
    let repaired = folder.report("tie.geojson", "redline.geojson", 1);
    assert_eq!(with("repair").ends(1).json(), repaired, "repair is the default");
    assert_eq!(repaired["summary"]["repaired"], 1);
    let measure = &repaired["findings"][0]["measure"];
    assert!((measure["planar_m2"].as_f64().expect("an area") - 50.0).abs() < 1e-6, "{measure}");
    let skipped = with("skip").ends(3).json();
    assert_eq!((&skipped["summary"]["skipped"], &skipped["summary"]["findings"]), (&1.into(), &0.into()));
    with("error").ends(2).complains(&["`A1`", "crosses itself", "tie.geojson", "480010", "--on-invalid"]);
}

#[test]
fn features_that_a_reader_would_lose() {
    let folder = Folder::new();
    let feature = |id: &str, x: f64| {
        let ring = format!("[[{x},34],[{},34],[{},34.01],[{x},34]]", x + 0.01, x + 0.01);
        let geometry = format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#);
        format!(
            r#"{{"type":"Feature","properties":{{"BSM":"{id}","YDYHFLDM":"0701","ZRBHDFQ":"一般控制区"}},"geometry":{geometry}}}"#
        )
    };
    let (a, b) = (feature("A1", 111.0), feature("A2", 112.0));
    folder.write("redline.geojsonl", format!("{}\n", feature("R1", 112.0)));
    let check = |plan: &str| folder.check(plan, "redline.geojsonl").args(["--select", "ER"]);
    // The second feature lies in the redline, and every way of writing it is found or told.
    for text in [format!("{a}\n{b}\n"), format!("{a}\r{b}\r"), format!("{a}{b}\n")] {
        folder.write("plan.geojsonl", &text);
        check("plan.geojsonl").ends(1);
        folder
            .sanxian(&["convert", "plan.geojsonl", "all.gpkg", "--overwrite"])
            .ends(0)
            .tells(&["2 features"]);
    }
    for text in [format!("{a},\n{b}\n"), format!("{a}\n#{b}\n"), format!("{a}\n\u{FEFF}{b}\n")] {
        folder.write("plan.geojsonl", &text);
        check("plan.geojsonl").ends(2).complains(&["plan.geojsonl", "line", "is not GeoJSON"]);
    }
    folder.write("text.geojson", format!(r#"{{"type":"FeatureCollection","features":[{a},{b:?}]}}"#));
    check("text.geojson").ends(2).complains(&["text.geojson", "1 of 2", "member 2 of `features`"]);
    let wkt = "POLYGON((111 34,111.01 34,111.01 34.01,111 34))";
    folder.write("lost.csv", format!("BSM,WKT\nA1,\"{wkt}\nA2,{wkt}\"\n"));
    check("lost.csv").args(["--crs", "plan=EPSG:4326"]).ends(2).complains(&["lost.csv", "line 2", "quotes"]);
    // A line beside the polygon may bound ground that is not judged.
    let line = r#"{"type":"LineString","coordinates":[[112,34],[112.01,34],[112.01,34.01],[112,34]]}"#;
    let polygon = r#"{"type":"Polygon","coordinates":[[[111,34],[111.01,34],[111.01,34.01],[111,34]]]}"#;
    let collection = format!(r#"{{"type":"GeometryCollection","geometries":[{polygon},{line}]}}"#);
    folder.write(
        "line.geojson",
        format!(
            r#"{{"type":"Feature","properties":{{"BSM":"A1","YDYHFLDM":"0701"}},"geometry":{collection}}}"#
        ),
    );
    let run = check("line.geojson").ends(3);
    for part in ["A1", "is not a polygon", "without 1 line", "left out"] {
        assert!(run.stdout.contains(part), "{part} in {}", run.stdout);
    }
}

#[test]
fn names_in_gbk() {
    let folder = Folder::new();
    let polygons = || vec![polygon(&box_at(0.0))];
    folder.gdal("ESRI Shapefile", "gbk.shp", &["ENCODING=GBK"], polygons());
    let read = |words: &[&str]| {
        let check = folder.check("gbk.shp", "redline.geojson").args(["--output-format", "json"]);
        check.args(words).ends(1).json()
    };
    let name = |report: &Value| report["findings"][0]["subject"]["name"].clone();
    let encoding = |report: &Value| report["inputs"][0]["encoding"].to_string();
    let declared = read(&[]);
    assert_eq!(name(&declared), "沁河小区0");
    // No .cpg and no byte of language: nothing says what it is.
    fs::remove_file(folder.path("gbk.cpg")).expect("GDAL wrote it");
    folder.spoil("gbk.dbf", |bytes| bytes[29] = 0);
    let detected = read(&[]);
    assert_eq!(name(&detected), "沁河小区0");
    assert!(encoding(&detected).contains("GBK") && encoding(&detected).contains("detected"));
    let said = read(&["--encoding", "plan=GB18030"]);
    assert_eq!(name(&said), "沁河小区0");
    folder
        .check("gbk.shp", "redline.geojson")
        .args(["--encoding", "KLINGON"])
        .ends(2)
        .tells(&["KLINGON", "  do: "]);
}

#[test]
fn a_byte_order_mark() {
    let folder = Folder::new();
    let plan = format!("\u{feff}{}", collection(&[square(0.0)], Some(4546)));
    folder.write("bom.geojson", &plan);
    folder.check("bom.geojson", "redline.geojson").ends(1);
    folder.check("-", "redline.geojson").input(plan).ends(1);
    let wkt = "POLYGON((480000 3790000,480010 3790000,480010 3790010,480000 3790010,480000 3790000))";
    folder.write("bom.csv", format!("\u{feff}BSM,YDYHFLDM,WKT\r\n甲1,0701,\"{wkt}\"\r\n"));
    let report =
        folder.check("bom.csv", "redline.geojson").args(["--crs", "plan=4546", "--output-format", "json"]);
    assert_eq!(
        report.ends(1).json()["findings"][0]["subject"]["id"],
        "甲1",
        "the mark is no part of the name BSM"
    );
    folder.write("bom.toml", "\u{feff}[layers]\nplan = \"plan.geojson\"\nredline = \"redline.geojson\"\n");
    folder.sanxian(&["check", "--config", "bom.toml"]).ends(1);
}

#[test]
fn a_cut_shapefile() {
    let folder = Folder::new();
    let polygons = (0..50).map(|row| polygon(&box_at(f64::from(row) * 20.0))).collect();
    folder.gdal("ESRI Shapefile", "cut.shp", &["ENCODING=UTF-8"], polygons);
    folder.check("cut.shp", "redline.geojson").ends(1);
    for keep in [4000, 700, 90, 0] {
        folder.spoil("cut.shp", |bytes| bytes.truncate(keep));
        folder.check("cut.shp", "redline.geojson").ends(2).complains(&["cut.shp"]);
    }
    for part in ["cut.dbf", "cut.shx"] {
        fs::remove_file(folder.path(part)).expect("GDAL wrote it");
        folder.check("cut.shp", "redline.geojson").ends(2).complains(&["cut.shp"]);
    }
}

#[test]
fn a_corrupt_geopackage() {
    let folder = Folder::new();
    let whole = fs::read(data("demo/county.gpkg")).expect("a file");
    folder.write("a.gpkg", &whole[..whole.len() / 3]);
    folder.check("a.gpkg#GHYDYH", "redline.geojson").ends(2).complains(&["a.gpkg"]);
    let middle = whole.len() / 2;
    let mut scribbled = whole.clone();
    scribbled[middle..middle + 200_000].fill(0xA5);
    folder.write("a.gpkg", scribbled);
    folder.check("a.gpkg#GHYDYH", "redline.geojson").ends(2).complains(&["a.gpkg", "damaged", "GHYDYH"]);
    folder.write("a.gpkg", "this is no database");
    folder.check("a.gpkg", "redline.geojson").ends(2).complains(&["a.gpkg", "cannot be opened"]);
}

#[test]
fn the_same_identifier_twice() {
    let folder = Folder::new();
    let text = collection(&[square(0.0), square(4.0)], Some(4546)).replace("\"A1\"", "\"A0\"");
    folder.write("twice.geojson", text);
    let report = folder.report("twice.geojson", "redline.geojson", 1);
    let told = faults(&report);
    assert!(told.len() == 1 && told[0].contains("A0"), "{told:?}");
    let findings = report["findings"].as_array().expect("a list");
    let rows: Vec<_> = findings.iter().map(|finding| finding["subject"]["fid"].clone()).collect();
    assert_eq!(rows, [0, 1], "both are found, told apart by feature id");
    let concise =
        folder.check("twice.geojson", "redline.geojson").args(["--output-format", "concise"]).ends(1);
    assert!(
        concise.stdout.contains("#twice:0:") && concise.stdout.contains("#twice:1:"),
        "{}",
        concise.stdout
    );
}

#[test]
fn a_zone_a_thousand_kilometres_away() {
    let folder = Folder::new();
    folder.features("far.geojson", &[square(1_000_000.0)]);
    let run = folder.check("plan.geojson", "far.geojson").ends(3);
    assert!(run.stdout.contains("lies far from the plan"), "{}", run.stdout);
    let report = folder.report("plan.geojson", "far.geojson", 3);
    assert_eq!(report["summary"]["complete"], false);
    assert_eq!(faults(&report).len(), 1);
    folder.sanxian(&["overlap", "plan.geojson", "far.geojson"]).ends(3).tells(&["1 fault"]);
}

#[test]
fn a_plan_in_another_zone_than_the_lines() {
    let folder = Folder::new();
    folder.sanxian(&["convert", "plan.geojson", "other.gpkg", "--to-crs", "EPSG:4547"]).ends(0);
    let report = folder.report("other.gpkg", "redline.geojson", 1);
    let inputs = report["inputs"].as_array().expect("a list");
    assert_eq!((&inputs[0]["crs"]["epsg"], &inputs[0]["pipeline"]), (&4547.into(), &Value::Null));
    assert_eq!(inputs[1]["crs"]["epsg"], 4546);
    let pipeline = inputs[1]["pipeline"].as_str().expect("a pipeline");
    assert!(pipeline.contains("lon_0=111") && pipeline.contains("lon_0=114"), "{pipeline}");
    let area = |report: &Value| report["findings"][0]["measure"]["area_m2"].as_f64().expect("an area");
    let straight = folder.report("plan.geojson", "redline.geojson", 1);
    assert!((area(&report) - area(&straight)).abs() < 1e-4, "{} {}", area(&report), area(&straight));
    let run = folder.check("other.gpkg", "redline.geojson").ends(1);
    assert!(run.stdout.contains("transformed from EPSG:4546"), "{}", run.stdout);
}

#[test]
fn standard_input_without_data() {
    let folder = Folder::new();
    for input in ["", " \n", "\u{feff}"] {
        let run = folder.check("-", "redline.geojson").input(input).ends(2);
        run.complains(&["standard input is empty", "GeoJSON"]);
    }
    folder.check("-", "redline.geojson").input("BSM,WKT\n").ends(2).complains(&["line 1"]);
    folder
        .check("-", "-")
        .input(collection(&[square(0.0)], Some(4546)))
        .ends(2)
        .complains(&["standard input"]);
}
