//! Filters that the user sets: which features of a layer take part, and how that is told.

mod program;

use std::fs;
use std::path::Path;

use program::{Ran, program};
use serde_json::Value;

fn demo(layer: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo").join(layer).display().to_string()
}

fn run(words: &[&str]) -> Ran {
    Ran::of(program().args(words).output().expect("the program runs"))
}

/// Checks the plan of the sample county against its farmland.
fn check(more: &[&str]) -> Ran {
    let (plan, farmland) = (demo("county.gpkg#GHYDYH"), demo("county.gpkg#YJJBNTBHTB"));
    run(&[&["check", &plan, "--farmland", &farmland, "--no-config"], more].concat())
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("a report is JSON")
}

/// The input of a role.
fn input<'a>(report: &'a Value, role: &str) -> &'a Value {
    let inputs = report["inputs"].as_array().expect("a list");
    inputs.iter().find(|input| input["role"] == role).expect("an input of the role")
}

fn count(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

#[test]
fn only_features_that_meet_a_filter_take_part() {
    let whole = json(&check(&["--output-format", "json"]).ends(1));
    assert!(input(&whole, "plan")["where"].is_null() && input(&whole, "plan")["filtered"] == 0);
    let one = ["--where", "plan=BSM = '419900201090003102'", "--output-format", "json"];
    let report = json(&check(&one).ends(1));
    let plan = input(&report, "plan");
    assert_eq!(plan["where"], "BSM = '419900201090003102'");
    assert_eq!((count(&plan["used"]), count(&plan["skipped"])), (1, 0));
    assert_eq!(count(&plan["filtered"]), count(&plan["features"]) - 1);
    let findings = |report: &Value| report["findings"].as_array().expect("a list").clone();
    let of_feature: Vec<Value> = findings(&whole)
        .into_iter()
        .filter(|finding| finding["subject"]["id"] == "419900201090003102")
        .collect();
    assert_eq!(findings(&report), of_feature);
    assert!(!of_feature.is_empty());

    // A canonical name stands for the column of it, also one that is derived.
    for filter in ["plan=land_class LIKE '12%'", "plan=land_nature = 'construction'"] {
        let report = json(&check(&["--where", filter, "--output-format", "json"]));
        assert!(count(&input(&report, "plan")["filtered"]) > 0, "{filter}");
        assert!(input(&report, "farmland")["where"].is_null());
    }
}

#[test]
fn a_filter_is_told_in_every_format() {
    let filter = ["--where", "farmland=DLBM = '0101'"];
    for format in [
        "full", "md", "concise", "json", "ndjson", "csv", "sarif", "junit", "github", "gitlab", "rdjson",
        "svg",
    ] {
        for (lang, told) in [("zh", "按 DLBM = "), ("en", "where DLBM = ")] {
            let ran = check(&[&filter[..], &["--output-format", format, "--lang", lang]].concat()).ends(0);
            // JSON for programs has the filter; people are told on standard error.
            let at = match format {
                "json" | "ndjson" => &ran.err,
                _ => &ran.out,
            };
            let plain = at.replace("&apos;", "'").replace("&#39;", "'").replace('\n', " ");
            assert!(plain.contains(told), "{format} {lang}: {at}");
        }
    }
}

#[test]
fn a_filter_that_no_feature_meets_leaves_an_empty_layer() {
    let nothing = ["--where", "farmland=DLBM = '9999'"];
    let ran = check(&[&nothing[..], &["--output-format", "json"]].concat()).ends(3);
    let farmland = input(&json(&ran), "farmland").clone();
    assert_eq!((count(&farmland["used"]), &farmland["filtered"]), (0, &farmland["features"]));
    let told = check(&[&nothing[..], &["--output-format", "md"]].concat()).ends(3);
    assert!(told.out.contains("meets the filter `DLBM = '9999'`"), "{}", told.out);
    let allowed = check(&[&nothing[..], &["--allow-empty"]].concat());
    assert!(allowed.code != Some(3) && allowed.code != Some(2), "{}", allowed.err);
}

#[test]
fn a_slip_in_a_filter_is_told() {
    for (given, told) in [
        ("farmland=DLBN = '0101'", "did you mean `DLBM`?"),
        ("farmland=zoning_code = '1'", "has no column `zoning_code`"),
        ("farmland=YJJBNTMJ > 'wide'", "column `YJJBNTMJ`"),
        ("farmland=overlap_m2 > 1", "overlap_m2"),
        ("farmland=DLBM = ", "end of the filter"),
        ("farmlands=DLBM = '0101'", "did you mean `farmland`?"),
        ("redline=DLBM = '0101'", "there is no layer"),
        ("farmland", "is not ROLE=FILTER"),
    ] {
        let ran = check(&["--where", given]).ends(2);
        assert!(ran.err.contains(told), "{given}: {}", ran.err);
    }
}

#[test]
fn what_is_filtered_out_has_no_faults() {
    let folder = tempfile::tempdir().expect("a folder");
    let square = |x: f64, class: &str, state: &str| {
        let (a, b) = (110.0 + x, 110.001 + x);
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"BSM\":\"{state}{x}\",\"YDYHFLDM\":\"{class}\",\"ZT\":\"{state}\"}},\"geometry\":\
             {{\"type\":\"Polygon\",\"coordinates\":[[[{a},33],[{b},33],[{b},33.001],[{a},33.001],[{a},33]]]}}}}"
        )
    };
    let point = "{\"type\":\"Feature\",\"properties\":{\"BSM\":\"P\",\"YDYHFLDM\":\"0701\",\"ZT\":\"old\"},\"geometry\":\
                 {\"type\":\"Point\",\"coordinates\":[110,33]}}";
    let collection = |features: &[String]| {
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", features.join(","))
    };
    let plan = [
        point.to_owned(),
        square(0.0, "zzz", "old"),
        square(0.01, "0701", "new"),
        square(0.02, "0701", "old"),
    ];
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(at("plan.geojson"), collection(&plan)).expect("a file");
    fs::write(at("redline.geojson"), collection(&[square(0.01, "0301", "new")])).expect("a file");
    let (plan, redline) = (at("plan.geojson"), at("redline.geojson"));
    let words = [
        "check",
        &plan,
        "--redline",
        &redline,
        "--no-config",
        "--select",
        "ER-02",
        "--output-format",
        "json",
    ];
    let ran = run(&words).ends(3);
    assert!(!json(&ran)["faults"].as_array().expect("a list").is_empty());
    let report = json(&run(&[&words[..], &["--where", "plan=ZT = 'new'"]].concat()).ends(1));
    assert_eq!(report["faults"].as_array().map(Vec::len), Some(0), "{}", report["faults"]);
    let plan = input(&report, "plan");
    assert_eq!((count(&plan["features"]), count(&plan["filtered"]), count(&plan["skipped"])), (4, 3, 0));
    // What the filter takes and cannot be used is left out as ever.
    let old = json(&run(&[&words[..], &["--where", "plan=ZT = 'old'"]].concat()).ends(3));
    assert_eq!((count(&input(&old, "plan")["filtered"]), count(&input(&old, "plan")["skipped"])), (1, 1));
}

#[test]
fn a_config_sets_a_filter_and_a_flag_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, farmland) = (demo("county.gpkg#GHYDYH"), demo("county.gpkg#YJJBNTBHTB"));
    let path = folder.path().join("sanxian.toml");
    let write = |filter: &str| {
        let text = format!(
            "[layers]\nplan = '{plan}'\n[layers.farmland]\nsource = '{farmland}'\nwhere = \"{filter}\"\n"
        );
        fs::write(&path, text).expect("a file");
    };
    let config = path.display().to_string();
    let check =
        |more: &[&str]| run(&[&["check", "--config", &config, "--output-format", "json"], more].concat());
    write("DLBM = '0101'");
    assert_eq!(input(&json(&check(&[])), "farmland")["where"], "DLBM = '0101'");
    let over = json(&check(&["--where", "farmland=DLBM <> '0101'"]));
    assert_eq!(input(&over, "farmland")["where"], "DLBM <> '0101'");
    write("DLBM = ");
    let ran = check(&[]).ends(2);
    assert!(ran.err.contains("sanxian.toml:5"), "{}", ran.err);
}

#[test]
fn lines_revisions_and_comparisons_take_filters() {
    let (old, new) = (demo("county.gpkg#GHYDYH"), demo("revision.gpkg#GHYDYH2027"));
    let (farmland, boundary) = (demo("county.gpkg#YJJBNTBHTB"), demo("county.gpkg#CZKFBJ"));
    let format = ["--no-config", "--output-format", "json"];
    let filter = ["--where", "plan=YDYHFLDM LIKE '12%'"];
    let words = ["diff", &old, &new, "--farmland", &farmland];
    let ran = run(&[&words[..], &format, &filter].concat());
    let report = json(&ran);
    for side in ["old", "new"] {
        let plan = input(&report[side], "plan");
        assert!(count(&plan["filtered"]) > 0 && plan["where"] == "YDYHFLDM LIKE '12%'", "{side}: {plan}");
    }
    assert!(ran.err.contains("where YDYHFLDM LIKE '12%'"), "{}", ran.err);

    let filter = ["--where", "farmland=DLBM = '0101'"];
    let words = ["lines", "--farmland", &farmland, "--urban-boundary", &boundary];
    let report = json(&run(&[&words[..], &format, &filter].concat()));
    assert!(count(&input(&report, "farmland")["filtered"]) > 0);

    let (old, new) = (format!("old={old}"), format!("new={new}"));
    let filter = ["--where", "new=YDYHFLDM LIKE '12%'"];
    let ran = run(&[&["conflicts", &old, &new][..], &format, &filter].concat());
    assert!(ran.err.contains("where YDYHFLDM LIKE '12%'"), "{}", ran.err);
    let inputs = json(&ran)["inputs"].clone();
    assert!(inputs[0]["where"].is_null() && count(&inputs[1]["filtered"]) > 0, "{inputs}");
    let ran = run(&["conflicts", &old, &new, "--no-config", "--where", "newer=YDYHFLDM LIKE '12%'"]).ends(2);
    assert!(ran.err.contains("no plan or layer is called `newer`"), "{}", ran.err);
}
