//! Sources in the history of a Git repository, `REVISION:FILE#LAYER` and `:FILE`, through the git of the system.

mod in_git;
mod program;
mod repository;

use std::process::Command;

use in_git::{alone, git, run_in};
use program::{Ran, program};
use repository::Repository;
use serde_json::Value;

impl Repository {
    /// The names of the features that a source holds, or what is told.
    fn names(&self, folder: &str, source: &str) -> Vec<String> {
        let target = tempfile::tempdir().expect("a folder");
        let target = target.path().join("out.geojson");
        let words = ["convert", source, target.to_str().expect("a name")];
        run_in(&self.path().join(folder), &words).ends(0);
        let text = std::fs::read_to_string(target).expect("a file");
        let written: Value = serde_json::from_str(&text).expect("JSON");
        let features = written["features"].as_array().expect("features");
        features
            .iter()
            .map(|feature| feature["properties"]["BSM"].as_str().expect("a name").to_owned())
            .collect()
    }

    /// What is told about a source that cannot be read, in English and Chinese.
    fn told(&self, source: &str) -> [String; 2] {
        ["en", "zh"].map(|lang| {
            let ran = self.run(&["convert", source, "never.geojson", "--lang", lang]).ends(2);
            assert!(!ran.err.contains("sanxian-"), "a temporary folder is named: {}", ran.err);
            ran.err
        })
    }
}

#[track_caller]
fn tells([en, zh]: &[String; 2], in_english: &[&str], in_chinese: &[&str]) {
    for (told, wanted) in [(en, in_english), (zh, in_chinese)] {
        for words in wanted {
            assert!(told.contains(words), "`{words}` is not in:\n{told}");
        }
    }
}

/// A plan with squares of a hundred metres, each with a name and its west.
fn plan(patches: &[(&str, i32)]) -> String {
    let feature = |(id, west): &(&str, i32)| {
        let at = |x: i32, y: i32| format!("[{},{}]", 480_000 + x, 3_790_000 + y);
        let (west, east) = (*west, west + 100);
        let ring = [at(west, 0), at(east, 0), at(east, 100), at(west, 100), at(west, 0)].join(",");
        format!(
            r#"{{"type":"Feature","properties":{{"BSM":"{id}","YDYHFLDM":"0701","ZRBHDFQ":"一般控制区"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let features: Vec<String> = patches.iter().map(feature).collect();
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","))
}

#[test]
fn diff_compares_two_revisions_and_names_them_as_the_user_did() {
    let repository = Repository::new();
    repository.write("redline.geojson", &plan(&[("R", 1_000), ("S", 1_100)]));
    repository.write("plan.geojson", &plan(&[("A", 0), ("B", 1_000)]));
    repository.commit();
    repository.write("plan.geojson", &plan(&[("A", 1_100), ("B", 1_000)]));
    repository.commit();
    repository.write("plan.geojson", &plan(&[]));
    std::fs::remove_file(repository.path().join("redline.geojson")).expect("a file");
    let [old, new, redline] = ["HEAD~1:plan.geojson", "main:plan.geojson", "HEAD:redline.geojson"];
    let words = ["diff", old, new, "--redline", redline, "--select", "ER-02", "--output-format", "json"];
    let ran = repository.run(&words).ends(1);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let paths = |side: &str| {
        report[side]["inputs"]
            .as_array()
            .expect("inputs")
            .iter()
            .map(|i| i["path"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        (paths("old"), paths("new")),
        (vec![old.into(), redline.into()], vec![new.into(), redline.into()])
    );
    assert_eq!(
        (&report["summary"]["new"], &report["summary"]["unchanged"]),
        (&1.into(), &1.into()),
        "{}",
        ran.out
    );
    // The working file is another one: a revision is no input that writing over it would change.
    let words =
        ["check", old, "--redline", redline, "-o", "plan.geojson", "--overwrite", "--select", "ER-02"];
    repository.run(&words).ends(1);
}

#[test]
fn every_format_comes_with_the_files_that_belong_to_it() {
    let repository = Repository::new();
    let names = [("甲", 0), ("乙", 200)];
    repository.write("规划 成果/图斑#1.geojson", &plan(&names));
    for (target, more) in [
        ("a.gpkg", vec![]),
        ("图 斑.shp", vec!["--to-encoding", "GBK"]),
        ("a.gdb", vec![]),
        ("folder/图斑.shp", vec![]),
        ("a.fgb", vec![]),
    ] {
        let target = format!("规划 成果/{target}");
        std::fs::create_dir_all(repository.path().join(&target).parent().expect("a folder"))
            .expect("a folder");
        repository.run(&[&["convert", "规划 成果/图斑#1.geojson", &target][..], &more].concat()).ends(0);
    }
    let shapefile = repository.path().join("规划 成果");
    std::fs::rename(shapefile.join("图 斑.dbf"), shapefile.join("图 斑.DBF")).expect("a file");
    let page = std::fs::read_to_string(shapefile.join("图 斑.cpg")).expect("a code page");
    assert!(page.starts_with("GBK") || page.contains("936"), "{page}");
    repository.commit();
    std::fs::remove_dir_all(shapefile).expect("a folder");
    repository.commit();
    for source in [
        "图斑#1.geojson",
        "图斑#1.geojson#图斑#1",
        "a.gpkg",
        "图 斑.shp",
        "图 斑.shp#图 斑",
        "a.gdb",
        "a.gdb/",
        "folder",
        "folder#图斑",
        "folder/图斑.shp",
        "a.fgb",
    ] {
        let source = format!("HEAD~1:规划 成果/{source}");
        let mut found = repository.names("", &source);
        // FlatGeobuf has an order of its own.
        found.sort();
        assert_eq!(found, ["乙", "甲"], "{source}");
    }
}

#[test]
fn what_is_staged_is_read_and_not_the_working_file() {
    let repository = Repository::new();
    repository.write("plan.geojson", &plan(&[("committed", 0)]));
    repository.commit();
    repository.write("plan.geojson", &plan(&[("staged", 0)]));
    repository.git(&["add", "plan.geojson"]);
    repository.write("plan.geojson", &plan(&[("working", 0)]));
    for (source, name) in [
        (":plan.geojson", "staged"),
        (":0:plan.geojson#plan", "staged"),
        (":./plan.geojson", "staged"),
        ("HEAD:plan.geojson", "committed"),
        ("plan.geojson", "working"),
    ] {
        assert_eq!(repository.names("", source), [name], "{source}");
    }
    // A commit of some files has an index of its own, which git names to its hooks.
    repository.write("plan.geojson", &plan(&[("other index", 0)]));
    let other = repository.path().join("other");
    let with_index = |mut command: Command| {
        command.env("GIT_INDEX_FILE", &other);
        command
    };
    let mut add = with_index(alone(Command::new("git"), repository.path()));
    assert!(add.args(["add", "plan.geojson"]).status().expect("git runs").success());
    let mut convert = with_index(alone(program(), repository.path()));
    let output = convert.args(["convert", ":plan.geojson", "out.geojson"]).output();
    Ran::of(output.expect("the program runs")).ends(0);
    let written = std::fs::read_to_string(repository.path().join("out.geojson")).expect("a file");
    assert!(written.contains("other index"), "{written}");
    let mut literal = alone(program(), repository.path());
    literal.env("GIT_LITERAL_PATHSPECS", "1").args(["convert", ":plan.geojson", "literal.geojson"]);
    Ran::of(literal.output().expect("the program runs")).ends(0);
    let told = repository.told(":plan2.geojson");
    tells(&told, &["`plan2.geojson` is not staged"], &["暂存区中没有 `plan2.geojson`"]);
}

#[test]
fn paths_count_from_the_root_or_with_a_dot_from_the_folder() {
    let repository = Repository::new();
    repository.write("town/plan.geojson", &plan(&[("town", 0)]));
    repository.write("town/village/plan.geojson", &plan(&[("village", 0)]));
    repository.write("top.geojson", &plan(&[("top", 0)]));
    repository.commit();
    for (source, name) in [
        ("HEAD:town/plan.geojson", "town"),
        ("HEAD:./village/plan.geojson", "village"),
        ("HEAD:./plan.geojson", "town"),
        ("HEAD:../top.geojson", "top"),
        (":../top.geojson", "top"),
        ("@:top.geojson", "top"),
    ] {
        assert_eq!(repository.names("town", source), [name], "{source}");
    }
    let ran =
        run_in(&repository.path().join("town"), &["convert", "HEAD:village/plan.geojson", "x.gpkg"]).ends(2);
    assert!(ran.err.contains("perhaps it is `HEAD:./village/plan.geojson`"), "{}", ran.err);
    for (source, near) in [
        ("HEAD:plan.geojson", "`HEAD:town/plan.geojson`, `HEAD:town/village/plan.geojson`"),
        ("HEAD:tpo.geojson#top", "`HEAD:top.geojson`"),
    ] {
        tells(&repository.told(source), &["revision `HEAD` has no", near], &["版本 `HEAD` 中没有", "可能是"]);
    }
    tells(&repository.told("HEAD:../top.geojson"), &["has no `../top.geojson`"], &[]);
    tells(&repository.told("HEAD:town/plan.geojson/x"), &["has no `town/plan.geojson/x`"], &[]);
}

#[test]
fn a_file_whose_name_looks_like_a_revision_wins() {
    let repository = Repository::new();
    repository.write("plan.geojson", &plan(&[("revision", 0)]));
    repository.commit();
    assert_eq!(repository.names("", "main:plan.geojson"), ["revision"]);
    if cfg!(unix) {
        repository.write("main:plan.geojson", &plan(&[("file", 0)]));
        assert_eq!(repository.names("", "./main:plan.geojson"), ["file"]);
        assert_eq!(repository.names("", "main~0:plan.geojson"), ["revision"]);
    }
    // Branches of a name that a connection may have, and names that git would take for options.
    repository.git(&["tag", "V1"]);
    assert_eq!(repository.names("", "V1:plan.geojson"), ["revision"]);
    repository.run(&["convert", "V2:plan.geojson", "x.gpkg"]).ends(2);
    let ran = repository.run(&["check", "--no-config", "--project=--help:plan.geojson"]).ends(2);
    assert!(ran.err.contains("no file `--help:plan.geojson`"), "{}", ran.err);
}

#[test]
fn a_config_in_another_folder_may_name_revisions() {
    let repository = Repository::new();
    repository.write("lines/redline.geojson", &plan(&[("R", 0)]));
    repository.write("plan.geojson", &plan(&[("A", 0)]));
    repository.write(
        "county/sanxian.toml",
        "[layers]\nplan = \"HEAD~0:plan.geojson\"\nredline = \"HEAD~0:lines/redline.geojson\"\n",
    );
    repository.commit();
    let words =
        ["check", "--config", "county/sanxian.toml", "--select", "ER-02", "--output-format", "concise"];
    let ran = repository.run(&words).ends(1);
    assert!(ran.out.starts_with("HEAD~0:plan.geojson#plan:"), "{}", ran.out);
}

#[test]
fn a_bare_repository_is_read_too() {
    let repository = Repository::new();
    repository.write("计划/plan.geojson", &plan(&[("A", 0)]));
    repository.commit();
    let bare = tempfile::tempdir().expect("a folder");
    let from = repository.path().to_str().expect("a name");
    git(bare.path(), &["clone", "--quiet", "--bare", from, "bare.git"]);
    let inside = bare.path().join("bare.git");
    let words = ["convert", "main:计划/plan.geojson", "../out.geojson"];
    run_in(&inside, &words).ends(0);
    let mut named = alone(program(), bare.path());
    named.env("GIT_DIR", &inside).args(["convert", "main:计划/plan.geojson", "other.geojson"]);
    Ran::of(named.output().expect("the program runs")).ends(0);
}

#[test]
fn files_come_through_the_filters_of_a_checkout() {
    let repository = Repository::new();
    repository.write("real.geojson", &plan(&[("real", 0)]));
    repository.write(".gitattributes", "plan.geojson filter=kept\n");
    repository.write("plan.geojson", "stands for another");
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    repository.write("large.gpkg", pointer);
    repository.commit();
    repository.git(&["config", "filter.kept.smudge", "cat real.geojson"]);
    assert_eq!(repository.names("", "HEAD:plan.geojson"), ["real"]);
    repository.git(&["config", "filter.kept.smudge", "no-such-program"]);
    repository.git(&["config", "filter.kept.required", "true"]);
    let told = repository.told("HEAD:plan.geojson");
    tells(&told, &["git could not read the file", "HEAD:plan.geojson"], &["git 未能读出文件"]);
    let told = repository.told("HEAD:large.gpkg");
    tells(&told, &["`large.gpkg` is kept by Git LFS", "git lfs pull"], &["由 Git LFS 存放", "git lfs pull"]);
}

#[test]
fn revisions_that_are_not_there_are_told() {
    let repository = Repository::new();
    repository.write("plan.geojson", &plan(&[("A", 0)]));
    repository.commit();
    repository.commit();
    for revision in ["HEAD~7", "releese", "origin/main", "^HEAD", "HEAD..HEAD~1", "0123456789abcdef"] {
        let told = repository.told(&format!("{revision}:plan.geojson#plan"));
        let [en, zh] = [format!("no revision `{revision}`"), format!("没有版本 `{revision}`")];
        tells(&told, &[&en, "origin/main"], &[&zh, "git fetch"]);
    }
    tells(&repository.told("mian:plan.geojson"), &["perhaps it is `main`"], &["可能是 `main`"]);
    let from = format!("file://{}", repository.path().display());
    let clones = tempfile::tempdir().expect("a folder");
    git(clones.path(), &["clone", "--quiet", "--depth", "1", &from, "shallow"]);
    let shallow = clones.path().join("shallow");
    for (lang, words) in [("en", "a shallow clone"), ("zh", "浅克隆")] {
        let ran = run_in(&shallow, &["convert", "HEAD~1:plan.geojson", "x.gpkg", "--lang", lang]).ends(2);
        assert!(ran.err.contains(words) && ran.err.contains("git fetch --unshallow"), "{}", ran.err);
        assert!(ran.err.contains("fetch-depth: 0"), "{}", ran.err);
    }
    run_in(&shallow, &["convert", "HEAD:plan.geojson", "x.gpkg"]).ends(0);
}

#[test]
fn links_and_submodules_are_refused() {
    let repository = Repository::new();
    repository.write("plan.geojson", &plan(&[("A", 0)]));
    repository.write("folder/plan.geojson", &plan(&[("A", 0)]));
    repository.write("target", "plan.geojson");
    repository.commit();
    let commit = repository.git(&["rev-parse", "HEAD"]);
    let blob = repository.git(&["rev-parse", "HEAD:target"]);
    for (mode, id, path) in
        [("120000", &blob, "link.geojson"), ("120000", &blob, "folder/link"), ("160000", &commit, "sub")]
    {
        repository.git(&["update-index", "--add", "--cacheinfo", &format!("{mode},{id},{path}")]);
    }
    repository.git(&["commit", "--quiet", "--message", "x"]);
    for (source, [en, zh]) in [
        (
            "HEAD:link.geojson",
            ["`link.geojson` is a symbolic link", "`link.geojson` 在 Git 仓库中是符号链接"],
        ),
        ("HEAD:folder", ["`folder/link` is a symbolic link", "符号链接"]),
        (":folder/link/plan.geojson", ["`folder/link` is a symbolic link", "符号链接"]),
        ("HEAD:sub/plan.geojson", ["`sub` is a Git submodule", "`sub` 是 Git 子模块"]),
        ("HEAD:sub", ["`sub` is a Git submodule", "子模块"]),
    ] {
        tells(&repository.told(source), &[en, source], &[zh, source]);
    }
}

#[test]
fn without_a_repository_or_without_git_the_file_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = ["en", "zh"].map(|lang| {
        run_in(folder.path(), &["convert", "HEAD:plan.gpkg#图斑", "x.gpkg", "--lang", lang]).ends(2).err
    });
    tells(
        &told,
        &["no file `HEAD:plan.gpkg`", "no Git repository"],
        &["没有文件 `HEAD:plan.gpkg`", "Git 仓库"],
    );
    let told = ["en", "zh"].map(|lang| {
        let mut command = alone(program(), folder.path());
        command.env("PATH", folder.path()).args(["convert", "main:plan.gpkg", "x.gpkg", "--lang", lang]);
        Ran::of(command.output().expect("the program runs")).ends(2).err
    });
    tells(&told, &["git", "is not installed"], &["未安装 git"]);
    // What can be a connection is left to GDAL.
    let ran = run_in(folder.path(), &["convert", "V1:plan.gpkg", "x.gpkg"]).ends(2);
    assert!(!ran.err.contains("git") && ran.err.contains("V1:plan.gpkg"), "{}", ran.err);
}

#[test]
fn errors_of_the_data_name_the_revision() {
    let repository = Repository::new();
    repository.write("plans/broken.geojson", "{\"type\":");
    repository.write("plans/broken.gpkg", "SQLite format 3\0 and no more");
    repository.write("plans/lonely.shp", "no shapefile");
    repository.write("plans/plan.geojson", &plan(&[("A", 0)]));
    repository.commit();
    for source in ["HEAD:plans/broken.geojson", "HEAD:plans/broken.gpkg", "HEAD:plans/plan.geojson#no-layer"]
    {
        let path = source.split('#').next().unwrap_or(source);
        tells(&repository.told(source), &[path], &[path]);
    }
    let told = repository.told("HEAD:plans/lonely.shp");
    tells(&told, &["`HEAD:plans/lonely.shx` is missing"], &["缺少文件 `HEAD:plans/lonely.shx`"]);
}
