//! Outputs that cannot or must not be written, and what the built program does: an input and what others need
//! is never overwritten, no file is left half.

mod folder;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use folder::{Folder, box_at, polygon, square};
use sanxian_tests::{Run, data, sanxian_in_shell};

#[test]
fn an_output_that_cannot_be_written() {
    let folder = Folder::new();
    let before = folder.contents();
    fs::create_dir(folder.path("folder.json")).expect("a folder");
    for output in ["missing/a.json", "plan.geojson/a.json", "folder.json", "a.docx"] {
        let run = folder.check("plan.geojson", "redline.geojson").args(["-o", output]).ends(2);
        run.complains(&[output]);
    }
    for output in ["missing/a.gpkg", "plan.geojson/a.shp"] {
        folder.sanxian(&["convert", "plan.geojson", output]).ends(2).complains(&[output]);
    }
    assert_eq!(folder.contents(), before);
}

#[test]
fn an_output_over_an_input() {
    let folder = Folder::new();
    let before = folder.contents();
    let absolute = folder.path("redline.geojson").display().to_string();
    for output in ["redline.geojson", "./plan.geojson", &absolute] {
        for flag in ["-o", "--stats"] {
            let run = folder.check("plan.geojson", "redline.geojson").args([flag, output]).ends(2);
            run.complains(&["is also an input", output.trim_start_matches("./")]);
        }
        let run = folder
            .sanxian(&["overlap", "plan.geojson", "redline.geojson", "-o", output])
            .arg("--output-format");
        run.arg("json").ends(2).complains(&["is also an input"]);
    }
    folder.sanxian(&["convert", "plan.geojson", "plan.geojson"]).ends(2).complains(&["is also an input"]);
    assert_eq!(folder.contents(), before);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path("plan.geojson"), folder.path("link.json")).expect("a link");
        let run = folder.check("plan.geojson", "redline.geojson").args(["-o", "link.json"]).ends(2);
        run.complains(&["is also an input", "link.json"]);
    }
}

#[test]
fn an_output_over_an_unrelated_geopackage() {
    let folder = Folder::new();
    folder.gdal("GPKG", "other.gpkg", &[], vec![polygon(&box_at(0.0))]);
    folder.write("other.geojson", "{}");
    let before = folder.contents();
    let check = |words: &[&str]| folder.check("plan.geojson", "redline.geojson").args(words);
    let overlap =
        |words: &[&str]| folder.sanxian(&["overlap", "plan.geojson", "redline.geojson"]).args(words);
    let convert = |words: &[&str]| folder.sanxian(&["convert", "plan.geojson"]).args(words);
    let refused = ["is already there", "other data", "plan", "other.gpkg", "--overwrite"];
    check(&["-o", "other.gpkg"]).ends(2).complains(&refused);
    check(&["-o", "other.gpkg", "--output-format", "json"]).ends(2).complains(&refused);
    check(&["--stats", "other.gpkg"]).ends(2).complains(&refused);
    overlap(&["-o", "other.gpkg", "--output-format", "csv"]).ends(2).complains(&refused);
    for output in ["other.gpkg", "other.geojson"] {
        convert(&[output]).ends(2).complains(&["is already there", output, "--overwrite"]);
        let run = convert(&[output, "--lang", "zh"]).ends(2);
        run.tells(&["错误: 输出文件", output, "已存在", "写到其他文件", "--overwrite"]);
    }
    check(&["-o", "other.gpkg", "--lang", "zh"]).ends(2).tells(&["其中有其他数据（`plan`", "--overwrite"]);
    assert_eq!(folder.contents(), before);

    // Asked for; and the report of an earlier run needs no asking.
    check(&["-o", "other.gpkg", "--overwrite"]).ends(1);
    check(&["-o", "other.gpkg"]).ends(1);
    check(&["-o", "report.json"]).ends(1);
    check(&["-o", "report.json"]).ends(1);
    convert(&["other.geojson", "--overwrite"]).ends(0);
    convert(&["other.gpkg"]).ends(2);
    folder.write(
        "own.toml",
        "overwrite = true\n[layers]\nplan = \"plan.geojson\"\nredline = \"redline.geojson\"\n",
    );
    convert(&["other.gpkg", "--overwrite"]).ends(0);
    folder.sanxian(&["check", "--config", "own.toml", "-o", "other.gpkg"]).ends(1);
    // The written layer is no result, though a check wrote the file before.
    convert(&["again.gpkg"]).ends(0);
    check(&["-o", "again.gpkg"]).ends(2).complains(&["other data"]);
}

/// A plan that takes seconds to write.
fn long_plan(folder: &Folder) {
    let squares: Vec<String> = (0..30_000).map(|row| square(f64::from(row) * 11.0)).collect();
    folder.features("long.geojson", &squares);
}

#[cfg(unix)]
#[test]
fn ctrl_c_during_writing_leaves_no_half_file() {
    let folder = Folder::new();
    long_plan(&folder);
    for output in ["a.gpkg", "a.geojson", "a.shp"] {
        folder.write(output, "what was there before");
        let before = folder.contents();
        let is_new = |folder: &Path| {
            let names =
                fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
            names.filter(|name| before.iter().all(|(known, _)| name.as_os_str() != known.as_str())).count()
                > 0
        };
        let mut child = folder
            .sanxian(&["convert", "long.geojson", output, "--overwrite"])
            .command()
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let started = Instant::now();
        while !is_new(folder.0.path()) {
            assert!(child.try_wait().expect("a state").is_none(), "{output} was written before it began");
            assert!(started.elapsed() < Duration::from_secs(120), "{output} is not begun");
            std::thread::sleep(Duration::from_millis(1));
        }
        let killed =
            Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let run = Run::of(child.wait_with_output().expect("the program ends"));
        assert_eq!(run.code, Some(130), "{output}: {}", run.stderr);
        assert_eq!(folder.contents().len(), before.len(), "{output}: nothing is left beside it");
        assert_eq!(folder.contents(), before, "{output}: what was there is still there");
    }
}

/// A disk that takes 4 KiB and no more: the limit of file sizes, whose signal is ignored as on a full disk there
/// is none.
#[cfg(unix)]
const FULL_DISK: &str = r#"trap "" XFSZ; ulimit -f 8; exec "$@""#;

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_no_half_file() {
    let folder = Folder::new();
    let before = folder.contents();
    let config = data("demo/sanxian.toml").display().to_string();
    let survey = format!("{}#DLTB", data("demo/county.gpkg").display());
    let plan = format!("{}#GHYDYH", data("demo/county.gpkg").display());
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for output in ["a.json", "a.ndjson", "a.geojson", "a.csv", "a.txt", "a.gpkg"] {
        runs.push(vec!["check", "--config", &config, "-o", output]);
    }
    for output in ["b.gpkg", "b.shp", "b.geojson", "b.fgb", "b.kml", "b.gdb", "b.csv", "b.txt"] {
        runs.push(vec!["convert", &survey, output]);
    }
    runs.push(vec!["overlap", &survey, &plan, "-o", "c.csv"]);
    for words in runs {
        let run = sanxian_in_shell(FULL_DISK, &words).folder(folder.0.path()).ends(2);
        let output = words.last().expect("an output");
        run.complains(&[output, "cannot be written", "space"]);
        assert_eq!(folder.contents(), before, "{words:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told() {
    let folder = Folder::new();
    let check = || folder.check("plan.geojson", "redline.geojson");
    check().args(["-o", "/dev/full", "--output-format", "json"]).ends(2).complains(&["/dev/full", "space"]);
    for format in ["full", "concise", "json", "ndjson", "geojson", "csv"] {
        let words = ["check", "plan.geojson", "--redline", "redline.geojson", "--output-format", format];
        let run = sanxian_in_shell(r#"exec "$@" > /dev/full"#, words).folder(folder.0.path()).ends(2);
        run.complains(&["standard output", "space"]);
    }
}
