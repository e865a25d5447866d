//! `sanxian textconv` as the text of a file for `git diff`, and `sanxian diff` as its difftool.

mod in_git;
mod program;
mod repository;

use in_git::alone;
use program::{Ran, program};
use repository::Repository;

fn layer(patches: &[(&str, &str, i32)]) -> String {
    let feature = |(id, class, west): &(&str, &str, i32)| {
        let at = |x: i32, y: i32| format!("[{},{}]", 480_000 + x, 3_790_000 + y);
        let (west, east) = (*west, west + 100);
        let ring = [at(west, 0), at(east, 0), at(east, 100), at(west, 100), at(west, 0)].join(",");
        format!(
            r#"{{"type":"Feature","properties":{{"BSM":"{id}","YDYHFLDM":"{class}"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let features: Vec<String> = patches.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","))
}

#[test]
fn git_shows_which_features_of_a_geopackage_changed() {
    let repository = Repository::new();
    let write = |patches: &[(&str, &str, i32)]| {
        repository.write("plan.geojson", &layer(patches));
        repository.run(&["convert", "plan.geojson", "规划.gpkg", "--overwrite"]).ends(0);
    };
    write(&[("A", "0701", 0), ("B", "0101", 200), ("C", "0101", 400)]);
    repository.write(".gitattributes", "*.gpkg diff=sanxian\n");
    let program = program().get_program().to_str().expect("a name").to_owned();
    repository.git(&["config", "diff.sanxian.textconv", &format!("'{program}' textconv")]);
    repository.commit();
    // In another order, one with another class, one gone.
    write(&[("C", "0701", 400), ("A", "0701", 0)]);
    let told = repository.git(&["diff", "--unified=0", "--", "规划.gpkg"]);
    let changed: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---"))
        .collect();
    assert_eq!(changed.len(), 3, "{told}");
    assert!(
        changed[0].starts_with("-plan\tB\t9999.9")
            && changed[0].contains("480200.000 3790000.000 480300.000"),
        "{told}"
    );
    assert!(changed[1].ends_with("YDYHFLDM=0101") && changed[2].ends_with("YDYHFLDM=0701"), "{told}");

    repository.git(&["config", "difftool.sanxian.cmd", &format!("'{program}' diff \"$LOCAL\" \"$REMOTE\"")]);
    let mut command = alone(std::process::Command::new("git"), repository.path());
    command.args(["difftool", "--tool", "sanxian", "--no-prompt", "HEAD", "--", "规划.gpkg"]);
    let ran = Ran::of(command.output().expect("git runs")).ends(0);
    assert!(ran.out.contains("plan: 2 changes of features"), "{}\n{}", ran.out, ran.err);
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let repository = Repository::new();
    let ran = repository.run(&["textconv", "nowhere.gpkg"]).ends(2);
    assert!(ran.err.contains("nowhere.gpkg"), "{}", ran.err);
    // A layer without a system of its own is a line, so that git goes on.
    repository.write("bare.csv", "WKT,BSM\n\"POLYGON((0 0,1 0,1 1,0 0))\",A\n");
    let ran = repository.run(&["textconv", "bare.csv"]).ends(0);
    assert!(ran.out.starts_with("bare\t") && ran.out.contains("coordinate reference system"), "{}", ran.out);
}
