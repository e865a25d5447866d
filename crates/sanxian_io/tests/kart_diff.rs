//! Both sides of a diff of Kart, in the form `kart.diff/v2` of `kart diff -o json-lines`.

use sanxian_io::{CrsChoice, ReadError, ReadOptions, list_layers, read_delivered, refuse_overwriting_inputs};
use sanxian_layer::Delivered;
use sanxian_model::{Crs, Explain, Lang};

const VERSION: &str = r#"{"type": "version", "version": "kart.diff/v2", "outputFormat": "JSONL+hexwkb"}"#;

/// The columns of a dataset, with what a revision changed in them.
fn schema(crs: &str, class: &str) -> String {
    format!(
        r#"[{{"id":"1","name":"fid","dataType":"integer","primaryKeyIndex":0,"size":64}},{{"id":"2","name":"geom","dataType":"geometry","geometryType":"MULTIPOLYGON","geometryCRS":"{crs}"}},{{"id":"3","name":"{class}","dataType":"text"}}]"#
    )
}

fn info(dataset: &str) -> String {
    let columns = schema("EPSG:4546", "YDYHFLDM");
    let value = r#""value": {"type": "table", "version": 3}"#;
    format!(
        "{{\"type\": \"datasetInfo\", \"path\": \"{dataset}\", {value}}}\n{{\"type\": \"metaInfo\", \"dataset\": \"{dataset}\", \"key\": \"schema.json\", \"value\": {columns}}}"
    )
}

/// A square of a hundred metres as well-known binary in hexadecimal digits.
fn square(west: f64) -> String {
    let (x, y) = (480_000.0 + west, 3_790_000.0);
    let mut bytes = vec![1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0];
    for [x, y] in [[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]] {
        bytes.extend([x, y].iter().flat_map(|value: &f64| value.to_le_bytes()));
    }
    let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("a digit").to_ascii_uppercase();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn feature(fid: i64, west: f64, class: &str) -> String {
    format!(r#"{{"fid": {fid}, "geom": "{}", "YDYHFLDM": "{class}"}}"#, square(west))
}

fn change(dataset: &str, old: Option<String>, new: Option<String>) -> String {
    let side = |key: &str, feature: Option<String>| feature.map(|feature| format!("\"{key}\": {feature}"));
    let sides: Vec<String> = side("-", old).into_iter().chain(side("+", new)).collect();
    format!(r#"{{"type": "feature", "dataset": "{dataset}", "change": {{{}}}}}"#, sides.join(", "))
}

struct Diff {
    folder: tempfile::TempDir,
}

impl Diff {
    fn new(lines: &[String]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("变化.jsonl"), lines.join("\n")).expect("a file");
        Self { folder }
    }

    fn source(&self, side: &str) -> String {
        format!("kart-{side}:{}", self.folder.path().join("变化.jsonl").display())
    }

    fn read(&self, side: &str, dataset: &str) -> Result<(String, Delivered, Crs), ReadError> {
        let source = format!("{}{dataset}", self.source(side));
        read_delivered(&source, None, &ReadOptions { allow_empty: true, ..ReadOptions::default() })
    }
}

/// Numbers, wests and classes of the features of a side.
fn told(delivered: &Delivered) -> Vec<(i64, f64, String)> {
    let classes = delivered.attributes.column_by_name("YDYHFLDM").expect("classes");
    let classes = classes.as_any().downcast_ref::<arrow_array::StringArray>().expect("text");
    let west = |feature: usize| delivered.polygons.feature(feature).rings().next().expect("a ring")[0][0];
    (0..delivered.features)
        .map(|row| (delivered.fids[row], west(row) - 480_000.0, classes.value(row).to_owned()))
        .collect()
}

#[test]
fn each_side_holds_what_changed() {
    let diff = Diff::new(&[
        VERSION.to_owned(),
        info("规划/图斑"),
        change("规划/图斑", Some(feature(7, 0.0, "0101")), Some(feature(7, 10.0, "0701"))),
        change("规划/图斑", None, Some(feature(9, 200.0, "1001"))),
        change("规划/图斑", Some(feature(8, 400.0, "0301")), None),
        r#"{"type": "featureCountEstimate", "accuracy": "exact", "datasets": {}}"#.to_owned(),
        String::new(),
    ]);
    let (path, old, crs) = diff.read("old", "").expect("the old side");
    assert_eq!((path, crs.epsg), (diff.source("old"), Some(4546)));
    assert_eq!(told(&old), [(7, 0.0, "0101".to_owned()), (8, 400.0, "0301".to_owned())]);
    let (_, new, _) = diff.read("new", "#规划/图斑").expect("the new side");
    assert_eq!(told(&new), [(7, 10.0, "0701".to_owned()), (9, 200.0, "1001".to_owned())]);
    assert_eq!((new.layer.as_str(), new.driver.as_str()), ("规划/图斑", "Kart"));
    let layers = list_layers(&diff.source("new")).expect("layers");
    assert_eq!((layers[0].name.as_str(), layers[0].features), ("规划/图斑", Some(2)));
    let file = diff.folder.path().join("变化.jsonl");
    assert!(refuse_overwriting_inputs(&file, &[&diff.source("old")]).is_err());
}

#[test]
fn a_dataset_that_is_new_is_empty_on_the_old_side() {
    let columns = schema("EPSG:4546", "YDYHFLDM");
    let added = |key: &str, value: &str| {
        format!(r#"{{"type": "meta", "dataset": "plan", "key": "{key}", "change": {{"+": {value}}}}}"#)
    };
    let diff = Diff::new(&[
        VERSION.to_owned(),
        r#"{"type": "dataset", "path": "plan", "+": {"type": "table", "version": 3}}"#.to_owned(),
        added("crs/EPSG:4546.wkt", "\"EPSG:4546\""),
        added("schema.json", &columns),
        change("plan", None, Some(feature(1, 0.0, "0101"))),
    ]);
    let (_, old, crs) = diff.read("old", "").expect("the old side");
    assert_eq!((old.features, crs.epsg), (0, Some(4546)));
    assert_eq!(diff.read("new", "").expect("the new side").1.features, 1);
}

#[test]
fn each_side_has_its_own_columns_and_crs() {
    let [old, new] = [schema("EPSG:4547", "YDYHFLDM"), schema("EPSG:4546", "YDYHFLDM")];
    let diff = Diff::new(&[
        VERSION.to_owned(),
        format!(
            r#"{{"type": "meta", "dataset": "plan", "key": "schema.json", "change": {{"-": {old}, "+": {new}}}}}"#
        ),
        change("plan", Some(feature(1, 0.0, "0101")), Some(feature(1, 0.0, "0101"))),
    ]);
    let epsg = |side: &str| diff.read(side, "").expect("a side").2.epsg;
    assert_eq!((epsg("old"), epsg("new")), (Some(4547), Some(4546)));
    let options = ReadOptions { crs: Some(CrsChoice::parse("EPSG:4548")), ..ReadOptions::default() };
    assert!(matches!(
        read_delivered(&diff.source("old"), None, &options),
        Err(ReadError::CrsContradicted { .. })
    ));
}

#[test]
fn what_is_no_whole_diff_is_told_with_its_line() {
    let told = |lines: &[&str], dataset: &str| {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let error = Diff::new(&lines).read("new", dataset).expect_err("it cannot be read");
        [Lang::En, Lang::Zh].map(|lang| error.explain().lines(lang))
    };
    let [info_a, info_b] = ["a", "b"].map(info);
    let minimal = change("a", None, Some(feature(1, 0.0, "0101"))).replace("\"+\"", "\"*\"");
    let broken = change("a", None, Some(feature(1, 0.0, "0101"))).replace("010300", "01030");
    for (lines, dataset, english, chinese) in [
        (vec![], "", "it is empty", "文件为空"),
        (vec!["{\"type\":\"FeatureCollection\"}"], "", "version kart.diff/v2", "首行应为 kart.diff/v2"),
        (vec![VERSION, "{\"type\":"], "", "line 2", "第 2 行"),
        (vec![VERSION, &info_a, &minimal], "", "what it was (`-`)", "修改前 `-`"),
        (vec![VERSION, &info_a, &broken], "", "hexadecimal WKB", "十六进制 WKB"),
        (vec![VERSION, &info_a, &info_b], "", "#a, kart-new:", "有多个面图层"),
        (vec![VERSION, &info_a, &info_b], "#c", "no layer `c`", "没有图层 `c`"),
        (vec![VERSION], "", "no layer with polygons", "没有面图层"),
    ] {
        let told = told(&lines, dataset);
        assert!(told[0].contains(english) && told[1].contains(chinese), "{told:#?}");
    }
    let missing = read_delivered("kart-old:missing.jsonl#a", None, &ReadOptions::default());
    assert!(matches!(missing, Err(ReadError::Missing { path }) if path == "kart-old:missing.jsonl"));
}
