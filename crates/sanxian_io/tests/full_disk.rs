//! Every driver on a disk that is full, wherever in the file that happens.
#![cfg(target_os = "linux")]

mod made_files;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use made_files::*;
use sanxian_model::PolygonColumn;

/// Names the output to the process that writes under a limit.
const OUTPUT: &str = "SANXIAN_TEST_OUTPUT";
/// The limit of file sizes acts as a full disk does when its signal is ignored; in blocks of 512 bytes.
const LIMITED: &str = r#"trap "" XFSZ; ulimit -f "$1"; shift; exec "$@""#;

/// Enough vertices for several blocks of every driver.
fn polygons() -> PolygonColumn {
    let ring = |west: f64| -> Vec<[f64; 2]> {
        let [x, y] = [CORNER[0] + west, CORNER[1]];
        let mut ring: Vec<_> = (0..2000).map(|k| [x + 0.01 * f64::from(k), y]).collect();
        ring.extend([[x + 20.0, y + 50.0], [x, y + 50.0], [x, y]]);
        ring
    };
    column((0..3).map(|k| vec![vec![ring(f64::from(k) * 100.0)]]).collect())
}

fn write_limited(path: &Path, blocks: &str) -> Output {
    let test = std::env::current_exe().expect("a test has a path");
    Command::new("sh")
        .args(["-c", LIMITED, "sh", blocks])
        .arg(test)
        .args(["--exact", "a_full_disk_is_an_error_for_every_driver_and_leaves_nothing", "--nocapture"])
        .env(OUTPUT, path)
        .output()
        .expect("a shell")
}

fn largest(path: &Path) -> u64 {
    if path.is_dir() {
        let entries = fs::read_dir(path).expect("a folder");
        return entries.map(|entry| largest(&entry.expect("an entry").path())).max().unwrap_or(0);
    }
    fs::metadata(path).expect("a file").len()
}

#[test]
fn a_full_disk_is_an_error_for_every_driver_and_leaves_nothing() {
    // Begun by itself under a limit, the test is the program that writes.
    if let Some(output) = std::env::var_os(OUTPUT) {
        write(Path::new(&output), "plan", &crs("EPSG:4546"), &polygons(), &plan_table());
        return;
    }
    for format in ["gpkg", "shp", "fgb", "gdb", "kml", "geojson", "geojsonl", "csv", "txt"] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a").with_extension(format);
        assert!(write_limited(&path, "unlimited").status.success(), "{format}");
        let blocks = largest(folder.path()) / 512;
        // In the middle, and in the last block, which drivers write on closing.
        for blocks in [1, blocks / 2, blocks - 1, blocks] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("b").with_extension(format);
            let run = write_limited(&path, &blocks.to_string());
            let whole = largest(folder.path()) == 512 * blocks && run.status.success();
            let told = String::from_utf8_lossy(&run.stderr);
            let refused = told.contains("written: Io {") || told.contains("written: Driver {");
            assert!(refused || whole, "{format}, {blocks} blocks: {told}");
            let left = fs::read_dir(folder.path()).expect("a folder").count();
            assert!(whole || left == 0, "{format}, {blocks} blocks: {left} files are left");
        }
    }
}
