//! Words of a field map: each must be one that rules read, or the mapping would be ignored in silence.

use std::fs;
use std::process::{Command, Output};

const PLAN: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"BSM":"A1","GHDM":"0701","院落":"是"},"geometry":{"type":"Polygon","coordinates":[[[111.0,34.0],[111.001,34.0],[111.001,34.001],[111.0,34.001],[111.0,34.0]]]}}]}"#;

const RULE: &str = r#"
name = "own-rule"
code = "LO-01"
status = "preview"
severity = "warning"
title = { zh = "甲", en = "A" }
department = { zh = "甲", en = "A" }
message = { zh = "{subject}", en = "{subject}" }
help = { zh = "甲", en = "A" }

[[source]]
document = "本地文件"
version = "2026"
article = "一"
grade = "unread"

[subject]
role = "plan"
where = "yard = '是'"
about = { zh = "甲", en = "A" }

[test]
predicate = "overlap-forbidden"
zone = "redline"

[card]
why = { zh = "甲", en = "A" }
measured = { zh = "甲", en = "A" }
blind-spots = { zh = "甲", en = "A" }
"#;

fn check(config: &str, words: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in
        [("plan.geojson", PLAN), ("redline.geojson", PLAN), ("sanxian.toml", config), ("own.toml", RULE)]
    {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let layers = ["check", "plan.geojson", "--redline", "redline.geojson"];
    let layers = if config.is_empty() { layers.as_slice() } else { &["check"] };
    let Output { status, stderr, .. } = Command::new(env!("CARGO_BIN_EXE_sanxian"))
        .args(layers)
        .args(words)
        .current_dir(folder.path())
        .env("LC_ALL", "C")
        .output()
        .expect("the program runs");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

#[test]
fn row_03_a_word_that_is_no_field_is_refused_and_a_column_name_leads_to_its_field() {
    for (field, meant) in [
        ("DLBM=GHDM", "did you mean `land_class`?"),
        ("plan.YDYHFLDM=GHDM", "did you mean `land_class`?"),
        ("ydyhfldm=GHDM", "did you mean `land_class`?"),
        ("地类编码=GHDM", "did you mean `land_class`?"),
        ("redline.ZRBHDFQ=GHDM", "did you mean `protection_zone`?"),
        ("landuse=GHDM", "known: "),
        ("class=GHDM", "known: "),
        ("overlap_m2=GHDM", "known: "),
    ] {
        let (code, said) = check("", &["--field", field, "--lang", "en"]);
        assert_eq!(code, Some(2), "{field}: {said}");
        assert!(said.contains("no field that rules use") && said.contains(meant), "{field}: {said}");
        let (_, said) = check("", &["--field", field, "--lang", "zh"]);
        assert!(said.contains("未知的字段名"), "{field}: {said}");
    }
    let config = |fields: &str| {
        format!(
            "[layers]\nredline = \"redline.geojson\"\n[layers.plan]\nsource = \"plan.geojson\"\nfields = {{ {fields} }}\n"
        )
    };
    let (code, said) = check(&config("landuse = \"GHDM\""), &[]);
    assert!(code == Some(2) && said.contains("sanxian.toml:5:12"), "{said}");
    let (code, said) =
        check(&config("land_class = \"GHDM\""), &["--scheme", "land-sea-2023", "--lang", "en"]);
    assert!(code != Some(2) && said.contains("1 error"), "{said}");
}

#[test]
fn row_03_a_word_of_a_filter_of_the_users_own_rule_is_a_field() {
    let own = ["--rules", "own.toml", "--select", "LO-01"];
    let (code, said) = check("", &[own.as_slice(), &["--field", "yard=院落"]].concat());
    assert_ne!(code, Some(2), "{said}");
    let (code, said) = check("", &["--field", "yard=院落"]);
    assert_eq!(code, Some(2), "{said}");
}
