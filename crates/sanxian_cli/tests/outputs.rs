//! Several outputs of one run, and what becomes of files that are already where an output goes.

mod program;

use std::fs;
use std::path::Path;

use program::{Ran, program};
use serde_json::Value;

fn demo(layer: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo").join(layer).display().to_string()
}

fn run(folder: &Path, words: &[&str]) -> Ran {
    Ran::of(program().current_dir(folder).args(words).output().expect("the program runs"))
}

/// A command over the sample county, with layers that no rule finds much in, and then more words.
fn words<'a>(command: &str, layers: &'a [String; 4], more: &[&'a str]) -> Vec<&'a str> {
    let [plan, revision, farmland, boundary] = layers.each_ref().map(String::as_str);
    let lines = ["--farmland", farmland, "--urban-boundary", boundary];
    let own: Vec<&str> = match command {
        "check" => vec!["check", plan],
        "lines" => vec!["lines"],
        "diff" => vec!["diff", plan, revision],
        "overlap" => return [&["overlap", plan, farmland], more].concat(),
        _ => return [&["conflicts", plan, revision, "--no-config"], more].concat(),
    };
    [&own, &lines[..], &["--no-config"], more].concat()
}

fn layers() -> [String; 4] {
    ["county.gpkg#GHYDYH", "revision.gpkg#GHYDYH2027", "county.gpkg#YJJBNTBHTB", "county.gpkg#CZKFBJ"]
        .map(demo)
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("a report")).expect("JSON")
}

#[test]
fn each_output_is_in_the_format_of_its_ending() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, layers) = (folder.path(), layers());
    let outputs = ["-o", "a.json", "-o", "b.gpkg", "-o", "c.md", "-o", "d.geojson", "-o", "-"];
    let ran = run(path, &words("check", &layers, &outputs)).ends(1);
    assert!(ran.out.contains("Does not conform"), "{}", ran.out);
    for file in ["a.json", "b.gpkg", "c.md", "d.geojson"] {
        assert!(ran.err.contains(&format!("wrote {file}")), "{}", ran.err);
    }
    assert!(fs::read(path.join("b.gpkg")).expect("a database").starts_with(b"SQLite format 3"));
    assert!(fs::read_to_string(path.join("c.md")).expect("a report").starts_with("# Control line check"));
    // What is written beside others is what is written alone.
    for (several, alone) in [("a.json", "alone.json"), ("d.geojson", "alone.geojson")] {
        run(path, &words("check", &layers, &["-o", alone])).ends(1);
        let [several, alone] = [several, alone].map(|file| json(&path.join(file)));
        assert_eq!(several["findings"], alone["findings"]);
        assert_eq!(several["features"], alone["features"]);
    }
    for (command, code) in [("lines", 1), ("diff", 0), ("conflicts", 1)] {
        let ran = run(path, &words(command, &layers, &["-o", "x.json", "-o", "y.md", "--overwrite"]));
        let ran = ran.ends(code);
        assert!(ran.out.is_empty() && ran.err.contains("wrote x.json") && ran.err.contains("wrote y.md"));
        assert_eq!(json(&path.join("x.json"))["tool"]["name"], "sanxian", "{command}");
    }
}

#[test]
fn a_format_is_that_of_outputs_whose_ending_tells_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, layers) = (folder.path(), layers());
    let check = |more: &[&str]| run(path, &words("check", &layers, more));
    let ran = check(&["-o", "a.json", "-o", "-", "--output-format", "github"]).ends(1);
    assert!(ran.out.starts_with("::"), "{}", ran.out);
    assert_eq!(json(&path.join("a.json"))["tool"]["name"], "sanxian");
    check(&["-o", "a.json", "-o", "b.log", "--output-format", "md"]).ends(1);
    assert!(fs::read_to_string(path.join("b.log")).expect("a report").starts_with("# Control line check"));
    // A single output is in the format that is given.
    check(&["-o", "one.csv", "--output-format", "json"]).ends(1);
    assert_eq!(json(&path.join("one.csv"))["tool"]["name"], "sanxian");
}

#[test]
fn outputs_that_cannot_be_are_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, layers) = (folder.path(), layers());
    fs::create_dir(path.join("in")).expect("a folder");
    for (more, told) in [
        (&["-o", "a.json", "-o", "./a.json"][..], "two outputs go to one file"),
        (&["-o", "a.json", "-o", "in/../a.json"], "two outputs go to one file"),
        (&["-o", "-", "-o", "a.json", "-o", "-"], "standard output takes one report"),
        (&["-o", "a.json", "-o", "b.docx"], "the extension tells no format"),
        (&["-o", "a.json", "-o", "b.csv", "--output-format", "json"], "is for none"),
        (&["-o", "a.json", "-o", "-", "--output-format", "gpkg"], "cannot go to standard output"),
        (&["-o", "a.json", "-o", "gone/b.csv"], "gone/b.csv"),
    ] {
        let ran = run(path, &words("check", &layers, more)).ends(2);
        assert!(ran.err.contains(told), "{more:?}: {}", ran.err);
    }
    let refused = run(path, &words("diff", &layers, &["-o", "x.json", "-o", "b.gpkg"])).ends(2);
    assert!(refused.err.contains("revisions are not written as gpkg"), "{}", refused.err);
    assert!(refused.err.contains("b.gpkg"), "{}", refused.err);
    assert!(!path.join("x.json").exists() && !path.join("b.csv").exists());
}

#[test]
fn a_config_names_several_outputs() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, [plan, _, farmland, _]) = (folder.path(), layers());
    let config =
        format!("output = [\"a.json\", \"b.md\"]\n[layers]\nplan = '{plan}'\nfarmland = '{farmland}'\n");
    fs::write(path.join("sanxian.toml"), config).expect("a file");
    run(path, &["check"]).ends(1);
    assert!(path.join("a.json").exists() && path.join("b.md").exists());
    // Flags replace the list.
    run(path, &["check", "-o", "c.csv"]).ends(1);
    assert!(path.join("c.csv").exists());
}

#[test]
fn a_file_that_sanxian_did_not_make_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, layers) = (folder.path(), layers());
    let feature = "{\n\"type\": \"FeatureCollection\",\n\"name\": \"parcels\",\n\"features\": []\n}\n";
    for (name, text, told) in [
        ("a.json", "{\"name\": \"my project\"}\n", "`{\"name\": \"my project\"}`"),
        ("b.geojson", feature, "`{`"),
        ("c.csv", "id,area\n1,2\n", "`id,area`"),
        ("d.md", "# Comparison of plans\n\nMy own words.\n", "`# Comparison of plans`"),
        ("e.txt", "\n  要点：\n按规则集和容差检查\n", "`要点：`"),
        ("f.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>a</title></svg>", "`<svg"),
        ("g.xml", "<?xml version=\"1.0\"?>\n<testsuites name=\"mine\"/>\n", "`<?xml"),
        ("h.sarif", "{\n  \"$schema\": \"\", \"runs\": []\n}", "`{`"),
        ("i.ndjson", "{\"code\":\"X\"}\n", "`{\"code\":\"X\"}`"),
        ("j.gpkg", "no database", "`no database`"),
        ("k.txt", "\u{0}\u{1}", "it is no text"),
    ] {
        let file = path.join(name);
        fs::write(&file, text).expect("a file");
        for more in [&["-o", name][..], &["-o", "new.json", "-o", name]] {
            let ran = run(path, &words("check", &layers, more)).ends(2);
            for part in [name, told, "no result of sanxian", "--overwrite"] {
                assert!(ran.err.contains(part), "{name}, {part}: {}", ran.err);
            }
        }
        assert_eq!(fs::read(&file).expect("the file"), text.as_bytes());
        run(path, &words("check", &layers, &["-o", name, "--overwrite"])).ends(1);
        assert_ne!(fs::read(&file).expect("the file"), text.as_bytes(), "{name}");
    }
    assert!(!path.join("new.json").exists(), "nothing was written");
    fs::write(path.join("times.json"), "[1]").expect("a file");
    let ran = run(path, &words("check", &layers, &["--stats", "times.json"])).ends(2);
    assert!(ran.err.contains("times.json"), "{}", ran.err);
    let ran = run(path, &words("overlap", &layers, &["-o", "times.json"])).ends(2);
    assert!(ran.err.contains("times.json"), "{}", ran.err);
}

#[test]
fn the_report_of_an_earlier_run_and_an_empty_file_are_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, layers) = (folder.path(), layers());
    let of_check = [
        "a.txt",
        "a.md",
        "a.json",
        "a.ndjson",
        "a.geojson",
        "a.gpkg",
        "a.csv",
        "a.svg",
        "a.sarif",
        "a.xml",
        "a.rdjson",
    ];
    let of_diff = ["a.txt", "a.md", "a.json", "a.svg", "a.sarif", "a.xml", "a.rdjson"];
    let of_conflicts = ["a.txt", "a.md", "a.json", "a.ndjson", "a.geojson", "a.gpkg", "a.csv"];
    for (command, files) in
        [("check", &of_check[..]), ("lines", &of_check), ("diff", &of_diff), ("conflicts", &of_conflicts)]
    {
        let folder = path.join(command);
        fs::create_dir(&folder).expect("a folder");
        fs::write(folder.join("a.json"), "").expect("an empty file");
        for lang in ["zh", "en", "zh"] {
            let mut more = vec!["--lang", lang, "--stats", "times.json", "--bom"];
            more.extend(files.iter().flat_map(|file| ["-o", file]));
            let ran = run(&folder, &words(command, &layers, &more));
            assert!(ran.code.is_some_and(|code| code < 2), "{command}: {}", ran.err);
        }
        for lang in ["zh", "en"] {
            if files.contains(&"a.sarif") {
                let words =
                    words(command, &layers, &["--lang", lang, "--output-format", "gitlab", "-o", "b"]);
                assert!(run(&folder, &words).code.is_some_and(|code| code < 2), "{command}");
            }
        }
    }
    // A check that finds nothing leaves reports, too.
    for lang in ["zh", "en", "zh"] {
        let select = ["--select", "BF-02", "--ignore", "BF-02", "--select", "UB-08", "--lang", lang];
        let more: Vec<&str> = of_check.iter().flat_map(|file| ["-o", file]).chain(select).collect();
        let ran = run(&path.join("check"), &words("check", &layers, &more));
        assert!(ran.code.is_some_and(|code| code < 2), "{}", ran.err);
    }
    for file in ["a.csv", "a.json", "a.ndjson"] {
        for _ in 0..2 {
            run(path, &words("overlap", &layers, &["-o", file])).ends(0);
        }
    }
    // One-line texts do not say who wrote them.
    run(path, &words("check", &layers, &["-o", "a.log", "--output-format", "concise"])).ends(1);
    run(path, &words("check", &layers, &["-o", "a.log", "--output-format", "concise"])).ends(2);
}
