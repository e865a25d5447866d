//! `sanxian info`: what sources hold, before anything is judged.

mod program;

use std::path::{Path, PathBuf};

use program::{Ran, program};
use serde_json::Value;

fn demo(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo");
    folder.join(file).canonicalize().expect("the sample county").to_str().expect("a name").to_owned()
}

fn info(words: &[&str]) -> Ran {
    let mut command = program();
    command.arg("info").args(words);
    Ran::of(command.output().expect("the program runs"))
}

fn json(words: &[&str], code: i32) -> Value {
    let ran = info(&[words, &["--output-format", "json"]].concat()).ends(code);
    serde_json::from_str(&ran.out).expect("JSON")
}

/// The layers of the first source.
fn layers(told: &Value) -> &[Value] {
    told["sources"][0]["layers"].as_array().expect("layers")
}

fn layer<'a>(told: &'a Value, name: &str) -> &'a Value {
    layers(told).iter().find(|layer| layer["name"] == name).expect("the layer")
}

/// GeoJSON of squares with a column of identifiers, in EPSG:4546.
fn geojson(ids: &[&str]) -> String {
    let feature = |(at, id): (usize, &&str)| {
        let (west, east) = (480_000 + at * 200, 480_100 + at * 200);
        format!(
            r#"{{"type":"Feature","properties":{{"BSM":"{id}","YDYHFLDM":"0701"}},"geometry":{{"type":"Polygon","coordinates":[[[{west},3790000],[{east},3790000],[{east},3790100],[{west},3790100],[{west},3790000]]]}}}}"#
        )
    };
    let features: Vec<String> = ids.iter().enumerate().map(feature).collect();
    format!(
        r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::4546"}}}},"features":[{}]}}"#,
        features.join(",")
    )
}

fn written(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("a file");
    path
}

#[test]
fn every_layer_of_the_county_is_told() {
    let county = demo("county.gpkg");
    let told = json(&[&county], 0);
    let roles: Vec<(&str, &str)> = layers(&told)
        .iter()
        .map(|layer| {
            (layer["name"].as_str().expect("a name"), layer["role"]["name"].as_str().expect("a role"))
        })
        .collect();
    assert_eq!(
        roles,
        [
            ("DLTB", "survey"),
            ("GHYDYH", "plan"),
            ("STBHHX", "redline"),
            ("YJJBNTBHTB", "farmland"),
            ("CZKFBJ", "urban-boundary"),
            ("CYYQ", "park"),
            ("XZQ", "admin-unit"),
        ]
    );
    let plan = layer(&told, "GHYDYH");
    assert_eq!((&plan["state"], &plan["driver"]), (&"read".into(), &"GPKG".into()));
    assert_eq!(plan["role"]["known_by"], "layer-name");
    assert_eq!((&plan["crs"]["epsg"], &plan["crs"]["known_by"]), (&4546.into(), &"stated".into()));
    assert!(plan["features"].as_u64() > Some(0) && plan["extent"].as_array().is_some_and(|e| e.len() == 4));
    assert_eq!(plan["identifiers"]["column"], "BSM");
    assert_eq!(plan["land_classes"]["column"], "YDYHFLDM");
    assert_eq!(plan["land_classes"]["schemes"][0]["scheme"], "land-sea-2023");
    assert_eq!(plan["land_classes"]["known_by"], "column-name");
    let field =
        |name: &str| plan["fields"].as_array().expect("fields").iter().find(|field| field["name"] == name);
    assert_eq!(field("YDYHFLDM").expect("a column")["meanings"][0], "land_class");
    assert_eq!(field("YDYHFLDM").expect("a column")["kind"], "text");
    let words: Vec<&str> =
        told["command"]["words"].as_array().expect("words").iter().filter_map(Value::as_str).collect();
    let plan = format!("{county}#GHYDYH");
    assert_eq!(words[..3], ["sanxian", "check", &plan]);
    assert!(words.windows(2).any(|pair| pair == ["--redline", &format!("{county}#STBHHX")]));
    assert!(words.windows(2).any(|pair| pair == ["--zone", &format!("survey={county}#DLTB")]));
}

#[test]
fn the_command_that_is_told_runs() {
    let county = demo("county.gpkg");
    let told = json(&[&county], 0);
    let words = told["command"]["words"].as_array().expect("words").iter().filter_map(Value::as_str).skip(1);
    let mut command = program();
    command.args(words).args(["--no-config", "--quiet"]);
    let ran = Ran::of(command.output().expect("the program runs"));
    assert!(matches!(ran.code, Some(0 | 1 | 3)), "{:?}\n{}", ran.code, ran.err);
}

#[test]
fn a_shapefile_tells_its_encoding_and_a_boundary_txt_its_role() {
    let told = json(&[&demo("项目红线.shp")], 0);
    let project = &layers(&told)[0];
    assert_eq!(project["encoding"]["name"], "GBK");
    assert_eq!(project["role"]["name"], "project");
    assert_eq!(project["crs"]["known_by"], "stated");
    assert_eq!(told["command"], Value::Null, "a project alone is no check");
    let told = json(&[&demo("项目红线.txt")], 0);
    let project = &layers(&told)[0];
    assert_eq!(
        (&project["driver"], &project["role"]["known_by"]),
        (&"boundary TXT".into(), &"boundary-points".into())
    );
    assert_eq!(project["role"]["name"], "project");
}

#[test]
fn a_shapefile_without_a_crs_is_told_as_far_as_it_can_be() {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["shp", "shx", "dbf"] {
        std::fs::copy(demo(&format!("项目红线.{part}")), folder.path().join(format!("parcels.{part}")))
            .expect("a copy");
    }
    let file = folder.path().join("parcels.shp");
    let file = file.to_str().expect("a name");
    let ran = info(&[file, "--output-format", "json", "--lang", "zh"]).ends(2);
    assert!(ran.err.starts_with("错误: ") && ran.err.contains("parcels.shp"), "{}", ran.err);
    let told: Value = serde_json::from_str(&ran.out).expect("JSON");
    let layer = &layers(&told)[0];
    assert_eq!((&layer["error"]["key"], &layer["crs"]), (&"crs-missing".into(), &Value::Null));
    assert_eq!(
        (&layer["encoding"]["name"], &layer["encoding"]["known_by"]),
        (&"GBK".into(), &"detected".into())
    );
    assert!(!layer["fields"].as_array().expect("fields").is_empty() && layer["extent"].is_array());
    assert_eq!(layer["role"], Value::Null, "nothing tells what it is");
    assert_eq!(told["command"], Value::Null);
    let told = json(&[file, "--crs", "EPSG:4546"], 0);
    assert_eq!(layers(&told)[0]["crs"]["known_by"], "given");
}

#[test]
fn what_cannot_be_read_hides_nothing() {
    let county = demo("county.gpkg");
    let lines = format!("{county}#STBHHX");
    let ran = info(&["nowhere.gpkg", &lines, &format!("{county}#NOWHERE"), "--lang", "en"]).ends(2);
    assert!(ran.out.contains("ecological redline"), "{}", ran.out);
    assert!(ran.err.contains("nowhere.gpkg") && ran.err.contains("NOWHERE"), "{}", ran.err);
    assert_eq!(ran.err.matches("error: ").count(), 2, "{}", ran.err);
    let told = json(&["nowhere.gpkg", &lines], 2);
    assert_eq!(told["sources"][0]["layers"], Value::Array(Vec::new()));
    assert!(told["sources"][0]["error"]["what"]["zh"].is_string());
    assert_eq!(told["sources"][1]["layers"].as_array().expect("layers").len(), 1);
}

#[test]
fn an_empty_layer_and_repeated_identifiers_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = written(&folder, "empty.geojson", &geojson(&[]));
    let told = json(&[empty.to_str().expect("a name")], 0);
    let layer = &layers(&told)[0];
    assert_eq!((&layer["features"], &layer["extent"]), (&0.into(), &Value::Null));
    assert_eq!(layer["faults"][0]["first"]["kind"], "empty-layer");
    let plan = written(&folder, "规划.geojson", &geojson(&["A", "B", "A", ""]));
    let told = json(&[plan.to_str().expect("a name")], 0);
    let layer = &layers(&told)[0];
    assert_eq!(layer["identifiers"]["unique"], false);
    assert_eq!((&layer["identifiers"]["repeated"], &layer["identifiers"]["missing"]), (&1.into(), &1.into()));
}

#[test]
fn a_layer_of_lines_is_listed_and_not_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = r#"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[480000,3790000],[480100,3790000]]}}"#;
    let text = geojson(&["A"]).replace(r#"{"type":"Feature""#, &format!("{line},{}", r#"{"type":"Feature""#));
    let mixed = written(&folder, "mixed.geojson", &text);
    let told = json(&[mixed.to_str().expect("a name")], 0);
    assert_eq!(layers(&told)[0]["faults"][0]["first"]["kind"], "not-polygon");
    let lines = written(
        &folder,
        "lines.geojson",
        &geojson(&[]).replace("\"features\":[]", &format!("\"features\":[{line}]")),
    );
    let ran = info(&[lines.to_str().expect("a name"), "--lang", "en"]).ends(2);
    assert!(
        ran.out.contains("no polygons, not read") && ran.err.contains("lines"),
        "{}\n{}",
        ran.out,
        ran.err
    );
}

#[test]
fn each_language_stands_alone() {
    let sources = [demo("county.gpkg"), demo("项目红线.txt")];
    let sources = [sources[0].as_str(), sources[1].as_str()];
    let zh = info(&[&sources[..], &["--lang", "zh"]].concat()).ends(0).out;
    for word in ["guessed", "extent", "features", "unknown", "declared", "detected", "column"] {
        assert!(!zh.contains(word), "`{word}` in\n{zh}");
    }
    let en = info(&[&sources[..], &["--lang", "en"]].concat()).ends(0).out;
    // Values stand in backticks, columns at the beginning of their line.
    let words = |line: &str| line.split('`').step_by(2).collect::<String>().replace("项目红线", "");
    let is_column = |line: &&str| line.trim_start().starts_with(|c: char| !c.is_ascii());
    let has_chinese = |line: &&str| words(line).chars().any(|c| ('一'..='鿿').contains(&c));
    let mixed: Vec<&str> = en.lines().filter(|line| !is_column(line)).filter(has_chinese).collect();
    assert!(mixed.is_empty(), "{mixed:#?}");
    let md = info(&[&sources[..], &["--lang", "en", "--output-format", "md"]].concat()).ends(0).out;
    assert!(md.starts_with("# What sources hold\n") && md.contains("```sh\nsanxian check"), "{md}");
}

#[test]
fn standard_input_is_a_source() {
    use std::io::Write;
    use std::process::Stdio;
    let mut command = program();
    command.args(["info", "-", "--output-format", "json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(geojson(&["A"]).as_bytes()).expect("it reads");
    let ran = Ran::of(child.wait_with_output().expect("it ends")).ends(0);
    let told: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(layers(&told)[0]["features"], 1);
}
