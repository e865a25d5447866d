//! `sanxian conflicts` as a shell runs it, on the plans of the sample county: exit codes, names, formats, and the same bytes at
//! any number of threads.

mod program;

use std::path::{Path, PathBuf};

use program::{Ran, program};
use serde_json::Value;

/// A layer of the sample county, under a name when that is not empty.
fn demo(name: &str, file: &str, layer: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data/demo").join(file);
    let named = if name.is_empty() { String::new() } else { format!("{name}=") };
    format!("{named}{}#{layer}", path.display())
}

/// Runs the command in a folder.
fn run(folder: &Path, words: &[&str]) -> Ran {
    Ran::of(program().arg("conflicts").args(words).current_dir(folder).output().expect("the program runs"))
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON")
}

#[test]
fn three_plans_give_the_same_bytes_on_any_number_of_threads_and_in_any_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let plans = [
        demo("规划", "county.gpkg", "GHYDYH"),
        demo("土规", "plans.gpkg", "TDLYZTGH"),
        demo("城规", "plans.gpkg", "CSZTGH"),
    ];
    let [redline, farmland, status] =
        ["STBHHX", "YJJBNTBHTB", "DLTB"].map(|name| demo("", "county.gpkg", name));
    let words = |more: &[&'static str]| -> Vec<String> {
        let lines = ["--redline", &redline, "--farmland", &farmland, "--base", &status, "--list-digitising"];
        plans.iter().map(String::as_str).chain(lines).chain(more.iter().copied()).map(str::to_owned).collect()
    };
    for (more, extension) in
        [(["--threads", "1", "--lang", "zh"], "1"), (["--threads", "2", "--lang", "en"], "2")]
    {
        for format in ["json", "ndjson"] {
            let file = format!("{extension}.{format}");
            let words: Vec<String> = words(&more).into_iter().chain(["-o".to_owned(), file]).collect();
            // The city plan has a patch of a class that nobody knows.
            let ran = run(folder.path(), &words.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(ran.code, Some(3), "{}", ran.err);
        }
    }
    for format in ["json", "ndjson"] {
        let [one, two] = ["1", "2"]
            .map(|threads| std::fs::read(folder.path().join(format!("{threads}.{format}"))).expect("a file"));
        assert!(one == two, "{format}");
    }
    let report = json(&folder.path().join("1.json"));
    assert_eq!(report["plans"][2]["unknown"][0]["value"], "X9");
    assert_eq!(
        (&report["summary"]["verdict"], &report["summary"]["complete"]),
        (&"contradict".into(), &false.into())
    );
    assert_eq!(report["matrices"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["from_status"].as_array().map(Vec::len), Some(3));
    let of_three = report["patches"].as_array().and_then(|patches| patches.first()).expect("a patch");
    assert_eq!(of_three["pairs"].as_array().map(Vec::len), Some(3));
}

#[test]
fn the_exit_code_says_what_was_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, land) = (demo("", "county.gpkg", "GHYDYH"), demo("", "plans.gpkg", "TDLYZTGH"));
    let again = demo("again", "county.gpkg", "GHYDYH");
    let same = run(folder.path(), &[&plan, &again, "--output-format", "concise"]);
    assert_eq!((same.code, &*same.out), (Some(0), "The plans agree\n"), "{}", same.err);
    let contradicting = run(folder.path(), &[&plan, &land]);
    assert_eq!(contradicting.code, Some(1), "{}", contradicting.err);
    assert!(contradicting.out.starts_with("The plans contradict each other: "), "{}", contradicting.out);
    assert_eq!(run(folder.path(), &[&plan, &land, "--exit-zero"]).code, Some(0));
    let city = demo("", "plans.gpkg", "CSZTGH");
    assert_eq!(run(folder.path(), &[&plan, &city, "--exit-zero"]).code, Some(3));
}

#[test]
fn what_cannot_be_compared_is_told_in_the_language_of_the_user() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, land) = (demo("", "county.gpkg", "GHYDYH"), demo("", "plans.gpkg", "TDLYZTGH"));
    for (words, zh, en) in [
        (vec![&*plan], "至少需要两个规划", "two plans or more"),
        (vec![&plan, &plan], "两个规划都叫 `GHYDYH`", "two plans are called `GHYDYH`"),
        (
            vec![&plan, &land, "--level", "城规=master"],
            "没有名为 `城规` 的规划",
            "no plan or layer is called `城规`",
        ),
        // A layer is not a plan: it has no level.
        (
            vec![&plan, &land, "--redline", &land, "--base-year", "redline=2020"],
            "没有名为 `redline` 的规划",
            "no plan or layer is called `redline`",
        ),
        (vec![&plan, &land, "-o", "a.docx"], "无法由扩展名判断格式", "the extension tells no format"),
        (vec![&plan, &land, "--output-format", "gpkg"], "不能写到标准输出", "cannot go to standard output"),
        (vec!["-", "b=-"], "标准输入只能读一个图层", "standard input holds one layer"),
    ] {
        for (lang, told) in [("zh", zh), ("en", en)] {
            let ran = run(folder.path(), &[&words[..], &["--lang", lang]].concat());
            assert_eq!(ran.code, Some(2), "{words:?}: {}", ran.err);
            assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
        }
    }
    // Words that clap looks at.
    for words in [["--level", "GHYDYH=chief"], ["--base-year", "GHYDYH=12"], ["--scheme", "GHYDYH=x"]] {
        assert_eq!(run(folder.path(), &[&plan, &land, words[0], words[1]]).code, Some(2), "{words:?}");
    }
}

#[test]
fn a_map_of_the_patches_can_be_read_back_with_its_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plan, land) = (demo("", "county.gpkg", "GHYDYH"), demo("", "plans.gpkg", "TDLYZTGH"));
    let redline = demo("", "county.gpkg", "STBHHX");
    let words = [&*plan, &land, "--redline", &redline, "--list-digitising", "-o"];
    for file in ["a.gpkg", "a.json"] {
        assert_eq!(run(folder.path(), &[&words[..], &[file]].concat()).code, Some(1));
    }
    // A second run replaces the first one's file; a file with other data is kept.
    assert_eq!(run(folder.path(), &[&words[..], &["a.gpkg"]].concat()).code, Some(1));
    let report = json(&folder.path().join("a.json"));
    let listed = report["patches"].as_array().map_or(0, Vec::len);
    let errors = report["summary"]["digitising"]["patches"].as_u64().unwrap_or_default() as usize;
    let of_layer = |layer: &str| {
        let source = format!("a.gpkg#{layer}");
        let words = ["convert", &source, "layer.geojson", "--overwrite", "--allow-empty"];
        Ran::of(program().args(words).current_dir(folder.path()).output().expect("the program runs")).ends(0);
        json(&folder.path().join("layer.geojson"))["features"].as_array().map_or(0, Vec::len)
    };
    assert_eq!((of_layer("patches"), of_layer("digitising")), (listed - errors, errors));
    assert!(listed > errors && errors > 0);
    assert_eq!(of_layer("redline"), 37);
    // The output must not be an input.
    assert_eq!(run(folder.path(), &["a.gpkg#patches", &land, "-o", "a.gpkg"]).code, Some(2));
}

#[test]
fn a_plan_whose_column_tells_no_scheme_is_told_and_can_be_helped() {
    let folder = tempfile::tempdir().expect("a folder");
    let square = |class: &str| {
        let ring = "[[[111.0,34.0],[111.001,34.0],[111.001,34.001],[111.0,34.001],[111.0,34.0]]]";
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"用途":"{class}"}},"geometry":{{"type":"Polygon","coordinates":{ring}}}}}]}}"#
        )
    };
    std::fs::write(folder.path().join("城规.geojson"), square("R2")).expect("a file");
    std::fs::write(folder.path().join("土规.geojson"), square("111")).expect("a file");
    let ran = run(folder.path(), &["城规.geojson", "土规.geojson", "--lang", "zh"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.out.contains("未知地类"), "{}", ran.out);
    let help = [
        "--field",
        "城规.land_class=用途",
        "--field",
        "土规.land_class=用途",
        "--scheme",
        "城规=urban-rural-2011",
        "--scheme",
        "土规=land-use-2006",
    ];
    let words =
        [&["城规.geojson", "土规.geojson", "--lang", "zh", "--output-format", "concise"], &help[..]].concat();
    let ran = run(folder.path(), &words);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(
        ran.out.contains("MP-A") && ran.out.contains("城规 R2 二类居住用地，土规 111 水田"),
        "{}",
        ran.out
    );
}

#[test]
fn a_plan_may_have_a_classification_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let squares = |uses: &[(f64, &str)]| {
        let feature = |(x, used): &(f64, &str)| {
            let east = x + 0.001;
            let ring = format!("[[[{x},34.0],[{east},34.0],[{east},34.001],[{x},34.001],[{x},34.0]]]");
            format!(
                r#"{{"type":"Feature","properties":{{"USE":{used}}},"geometry":{{"type":"Polygon","coordinates":{ring}}}}}"#
            )
        };
        let features: Vec<String> = uses.iter().map(feature).collect();
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    };
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    // 0101 is a use of the cadastre, not a paddy field; 0102 is not in the table; the last has no use.
    let uses = [(111.0, "\"shop\""), (111.001, "\"0101\""), (111.002, "\"0102\""), (111.003, "null")];
    write("use.geojson", &squares(&uses));
    write("woods.geojson", &squares(&uses));
    write("use.csv", "value,class,scheme\nshop,09,\n0101,21,land-use-2006\n");
    // As Excel writes it in China: 商店 in GBK, a value that is nowhere.
    let gbk = [&b"value,class\nshop,09\n"[..], &[0xc9, 0xcc, 0xb5, 0xea], b",09\n"].concat();
    std::fs::write(folder.path().join("gbk.csv"), gbk).expect("a file");
    let plans = ["use.geojson", "woods.geojson", "--class", "woods=03", "-o", "a.json"];
    let table = ["--class-table", "use=use.csv", "--field", "use.land_class=USE"];
    let ran = run(folder.path(), &[&plans[..], &table].concat());
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    let report = json(&folder.path().join("a.json"));
    let found: Vec<_> =
        report["patches"].as_array().expect("patches").iter().map(|patch| &patch["answers"]).collect();
    let classes: Vec<_> = found.iter().map(|answers| [&answers[0]["class"], &answers[1]["class"]]).collect();
    assert_eq!(classes, [["09", "03"], ["21", "03"]]);
    let unknown: Vec<_> = report["plans"][0]["unknown"]
        .as_array()
        .expect("values")
        .iter()
        .map(|class| &class["value"])
        .collect();
    assert_eq!(unknown.len(), 2);
    assert!(unknown.contains(&&"use.csv ∌ 0102".into()) && unknown.contains(&&Value::Null), "{unknown:?}");

    let gbk = ["--class-table", "use=gbk.csv", "--field", "use.land_class=USE"];
    assert_eq!(run(folder.path(), &[&plans[..], &gbk].concat()).code, Some(3));
    for (more, told) in [
        (&["--class-table", "use=use.csv"][..], "--field use.land_class=COLUMN"),
        (&["--class-table", "use=use.csv", "--field", "use.land_class=USES"], "no column `USES`"),
        (&["--class-table", "use=none.csv", "--field", "use.land_class=USE"], "none.csv"),
        (&["--class", "woods=0399"], "has no class `0399`"),
    ] {
        let ran = run(folder.path(), &[&plans[..], more].concat());
        assert!(ran.code == Some(2) && ran.err.contains(told), "{more:?}: {}", ran.err);
    }
}

#[test]
fn a_config_names_lines_and_pairs_of_layers() {
    let folder = tempfile::tempdir().expect("a folder");
    let layer = |name: &str| demo("", "county.gpkg", name);
    let config = format!(
        "lang = \"zh\"\nroles = [\"works\"]\n\
         [layers]\nredline = '{}'\nsurvey = '{}'\nplan = 'nowhere.gpkg'\nworks = '{}'\n\
         [[pairs]]\ncode = \"LR-1\"\ntitle = {{ zh = \"红线内现状建设用地\", en = \"built land on the redline\" }}\n\
         first = \"redline\"\nsecond = \"survey\"\nsecond-classes = [\"construction\"]\n",
        layer("STBHHX"),
        layer("DLTB"),
        layer("CYYQ"),
    );
    std::fs::write(folder.path().join("sanxian.toml"), &config).expect("a file");
    // Without plans; the plan of the config is the matter of a check, and a layer that no pair names is not read.
    let ran = run(folder.path(), &["--output-format", "concise"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.contains("LR-1 LR-1-") && ran.out.contains("红线内现状建设用地"), "{}", ran.out);
    assert!(ran.out.ends_with("公顷\n") && ran.out.contains("图层对有重叠：图层对重叠 "), "{}", ran.out);
    // With plans: the lines of the config are there too, and the flag wins.
    let (plan, land) = (layer("GHYDYH"), demo("", "plans.gpkg", "TDLYZTGH"));
    let farmland = layer("YJJBNTBHTB");
    let words = [&*plan, &land, "--redline", &farmland, "-o", "a.json", "--verbose"];
    let ran = run(folder.path(), &words);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let report = json(&folder.path().join("a.json"));
    let inputs: Vec<_> =
        report["inputs"].as_array().expect("inputs").iter().map(|input| &input["layer"]).collect();
    assert_eq!(inputs, ["GHYDYH", "TDLYZTGH", "YJJBNTBHTB", "DLTB"]);
    assert!(ran.err.contains("配置：sanxian.toml"), "{}", ran.err);
    assert_eq!(run(folder.path(), &["--no-config"]).code, Some(2));
    let unknown = config.replace("first = \"redline\"", "first = \"mines\"");
    std::fs::write(folder.path().join("sanxian.toml"), unknown).expect("a file");
    let ran = run(folder.path(), &["--lang", "zh"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("图层对 `LR-1` 需要图层 `mines`"), "{}", ran.err);
}

#[test]
fn plans_that_are_not_in_order_have_their_words_and_exit_codes() {
    let folder = tempfile::tempdir().expect("a folder");
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let ring = |corners: &[(i32, i32)]| {
        let corners = corners.iter().chain(corners.first());
        corners.map(|(x, y)| format!("[{},{}]", 480_000 + x, 3_790_000 + y)).collect::<Vec<_>>().join(",")
    };
    let write = |name: &str, column: &str, features: &[(&str, String)]| {
        let feature = |(class, ring): &(&str, String)| {
            format!(
                r#"{{"type":"Feature","properties":{{"{column}":"{class}"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
            )
        };
        let features: Vec<String> = features.iter().map(feature).collect();
        let text = format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","));
        std::fs::write(folder.path().join(format!("{name}.geojson")), text).expect("a file");
    };
    let square = |x: i32| ring(&[(x, 0), (x + 100, 0), (x + 100, 100), (x, 100)]);
    let bow = |x: i32| ring(&[(x, 0), (x + 100, 100), (x + 100, 0), (x, 100)]);
    // Ten fields; one of the last plan's is a bow-tie.
    let fields: Vec<(&str, String)> = (0..10).map(|k| ("0101", square(100 * k))).collect();
    let bent: Vec<(&str, String)> = fields[..9].iter().cloned().chain([("0101", bow(900))]).collect();
    write("plan", "YDYHFLDM", &fields);
    write("near", "YDYHFLDM", &[("0101", square(2_000))]);
    write("far", "YDYHFLDM", &[("0101", square(300_000))]);
    write("bare", "MC", &[("0101", square(0))]);
    write("empty", "YDYHFLDM", &[]);
    write("bent", "YDYHFLDM", &bent);
    write("twice", "YDYHFLDM", &[&fields[..], &[("0101", square(0))]].concat());
    let old = [&[("111", square(0))], &fields[..0]].concat();
    write("old", "DM", &old);
    let city = ["--field", "city.land_class=DM", "--scheme", "city=urban-rural-2011"];
    write("city", "DM", &[("R2", square(0))]);
    for (words, code, told) in [
        (&["near.geojson"][..], 1, ("MP-E", "MP-E")),
        (&["far.geojson"], 3, ("lies far from the plan", "图层远离规划范围")),
        (&["bare.geojson"], 3, ("Unknown classes", "未知地类")),
        (&["empty.geojson"], 3, ("no feature", "没有要素")),
        (&["empty.geojson", "--allow-empty"], 1, ("MP-E", "MP-E")),
        (&["bent.geojson"], 1, ("repaired", "修复")),
        (&["bent.geojson", "--on-invalid", "skip"], 3, ("left out", "未参与")),
        (&["bent.geojson", "--on-invalid", "error"], 2, ("crosses itself", "相交")),
        (&["twice.geojson"], 1, ("MP-F", "MP-F")),
        // Three schemes, each plan in one.
        (
            &[
                &[
                    "old.geojson",
                    "city.geojson",
                    "--field",
                    "old.land_class=DM",
                    "--scheme",
                    "old=land-use-2006",
                ][..],
                &city,
            ]
            .concat(),
            1,
            ("urban-rural-2011", "urban-rural-2011"),
        ),
    ] {
        for (lang, told) in [("en", told.0), ("zh", told.1)] {
            let ran = run(folder.path(), &[&["plan.geojson", "--lang", lang], words].concat());
            assert_eq!(ran.code, Some(code), "{words:?}: {} {}", ran.out, ran.err);
            assert!(
                ran.out.contains(told) || ran.err.contains(told),
                "{told} {words:?}: {} {}",
                ran.out,
                ran.err
            );
        }
    }
}

#[test]
fn projects_may_be_lines_of_a_width_and_points() {
    let folder = tempfile::tempdir().expect("a folder");
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let collection = |features: &[(&str, String)]| {
        let feature = |(name, geometry): &(&str, String)| {
            format!(
                r#"{{"type":"Feature","properties":{{"BSM":"{name}","XMMC":"{name}"}},"geometry":{geometry}}}"#
            )
        };
        let features: Vec<String> = features.iter().map(feature).collect();
        format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","))
    };
    let at = |x: i32, y: i32| format!("[{},{}]", 480_000 + x, 3_790_000 + y);
    let square = |x: i32| {
        let ring = [at(x, 0), at(x + 100, 0), at(x + 100, 100), at(x, 100), at(x, 0)].join(",");
        format!(r#"{{"type":"Polygon","coordinates":[[{ring}]]}}"#)
    };
    let line =
        |y: i32, to: i32| format!(r#"{{"type":"LineString","coordinates":[{},{}]}}"#, at(0, y), at(to, y));
    let point = |x: i32| format!(r#"{{"type":"Point","coordinates":{}}}"#, at(x, 50));
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    // Road on the west, a field on the east.
    write("plan.geojson", &collection(&[("1202", square(0)), ("0101", square(100))]));
    write(
        "roads.geojson",
        &collection(&[
            ("west", line(50, 100)),
            ("through", line(20, 200)),
            ("stop", point(50)),
            ("far", point(190)),
        ]),
    );
    let plan = ["plan.geojson", "--field", "plan.land_class=BSM", "--scheme", "plan=land-sea-2023"];
    let project = ["--project", "roads.geojson", "--class", "project=1202", "-o", "a.json"];
    let ran = run(folder.path(), &[&plan[..], &project, &["--width", "project=20m"]].concat());
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let report = json(&folder.path().join("a.json"));
    let projects = report["projects"].as_array().expect("projects");
    let rounded =
        |project: &Value, key: &str| project[key].as_f64().map(|area| (area / 10.0).round() as i64 * 10);
    let told: Vec<_> = projects
        .iter()
        .map(|project| {
            (project["verdict"].as_str(), rounded(project, "placed_m2"), rounded(project, "contradicted_m2"))
        })
        .collect();
    let expected = [
        (Some("placed"), Some(2_000), Some(0)),
        (Some("in-part"), Some(2_000), Some(2_000)),
        (Some("placed"), Some(310), Some(0)),
        (Some("no-place"), Some(0), Some(310)),
    ];
    assert_eq!(told, expected);
    // Without a width lines are no ground, and that is told.
    let ran = run(folder.path(), &[&plan[..], &project].concat());
    let ran = ran.ends(3);
    assert!(ran.err.starts_with("Incomplete, no contradiction found: 4 features left out\n"), "{}", ran.err);
    let degrees = std::fs::read_to_string(folder.path().join("roads.geojson"))
        .expect("a file")
        .replace(crs, r#""name":"a""#);
    write("roads.geojson", &degrees.replace("480", "11").replace("3790", "3"));
    let ran = run(folder.path(), &[&plan[..], &project, &["--width", "project=20m"]].concat());
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    assert!(ran.err.contains("is in longitude and latitude"), "{}", ran.err);
    assert_eq!(run(folder.path(), &[&plan[..], &project, &["--width", "roads=20m"]].concat()).code, Some(2));
    // Parks are held against projects: without a project they would have no effect.
    let ran = run(folder.path(), &[&plan[..], &["--park", "roads.geojson"]].concat());
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("--project"), "{}", ran.err);
}

#[test]
fn a_kind_has_a_card() {
    let output = program().args(["rule", "mp-b", "--lang", "zh"]).output().expect("the program runs");
    let card = Ran::of(output).ends(0).out;
    assert!(card.starts_with("MP-B 前者非建设、后者建设\n"), "{card}");
    assert!(card.contains("处理建议") && card.contains("来源"), "{card}");
}
