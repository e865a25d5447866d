//! Which error is told when several inputs are bad: the first in the order in which they were given.

mod folder;

use folder::{Folder, square};

/// A layer that takes a while to read, and is found bad only then.
fn slow_and_bad(folder: &Folder, name: &str) {
    let squares: Vec<String> = (0..1_000).map(|row| square(f64::from(row) * 11.0)).collect();
    folder.features(name, &squares);
    let text = std::fs::read_to_string(folder.path(name)).expect("a file");
    folder.write(name, text.replace("EPSG::4546", "EPSG::5737"));
}

#[test]
fn the_first_bad_input_is_told_at_any_number_of_threads() {
    let folder = Folder::new();
    slow_and_bad(&folder, "slow.geojson");
    for threads in ["1", "2", "8"] {
        for _ in 0..2 {
            let overlap = |inputs: &[&str]| {
                let run = folder.sanxian(&["overlap", "--threads", threads]).args(inputs).ends(2);
                assert_eq!(run.stderr.matches("error: ").count(), 1, "{}", run.stderr);
                run.stderr
            };
            let told = overlap(&["plan.geojson", "slow.geojson", "gone.gpkg", "away.shp"]);
            assert!(told.contains("slow.geojson") && !told.contains("gone.gpkg"), "{told}");
            let told = overlap(&["plan.geojson", "gone.gpkg", "slow.geojson", "away.shp"]);
            assert!(told.contains("gone.gpkg") && !told.contains("slow.geojson"), "{told}");
            let told = overlap(&["slow.geojson", "away.shp", "gone.gpkg"]);
            assert!(told.contains("slow.geojson"), "{told}");
            let lines = ["--redline", "slow.geojson", "--farmland", "gone.gpkg", "--threads", threads];
            let told = folder.sanxian(&["check", "plan.geojson"]).args(lines).ends(2).stderr;
            assert!(told.contains("slow.geojson") && !told.contains("gone.gpkg"), "{told}");
        }
    }
}
