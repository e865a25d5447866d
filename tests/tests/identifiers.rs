//! How features are named where their own identifiers do not tell them apart, and what is never shown of a source.

mod folder;

use folder::{Folder, collection, square};
use sanxian_tests::sanxian;

#[test]
fn overlap_names_features_by_fid_when_asked() {
    let folder = Folder::new();
    let named = |flags: &[&str]| {
        let run = folder.sanxian(&["overlap", "plan.geojson", "redline.geojson"]).args(flags).ends(0);
        run.stdout.lines().nth(1).expect("a row").split(',').map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(named(&[])[..3], ["A0", "redline", "A0"]);
    assert_eq!(named(&["--id", "fid"])[..3], ["0", "redline", "A0"]);
    assert_eq!(named(&["--id", "fid", "--zone-id", "FID"])[..3], ["0", "redline", "0"]);
    let help = sanxian(["overlap", "--help"]).ends(0).stdout;
    assert!(
        help.split_whitespace().collect::<Vec<_>>().join(" ").contains("`fid` for the feature id"),
        "{help}"
    );
}

#[test]
fn overlap_tells_features_of_one_identifier_apart() {
    let folder = Folder::new();
    let three = [square(0.0), square(4.0), square(8.0)];
    let text = collection(&three, Some(4546)).replace("\"A1\"", "\"A0\"");
    folder.write("twice.geojson", text);
    let ids = |words: &[&str], column: usize| -> Vec<String> {
        let run = folder.sanxian(words).ends(0);
        run.stdout.lines().skip(1).map(|row| row.split(',').nth(column).expect("a cell").to_owned()).collect()
    };
    assert_eq!(ids(&["overlap", "twice.geojson", "redline.geojson"], 0), ["A0#0", "A0#1", "A2"]);
    assert_eq!(ids(&["overlap", "plan.geojson", "twice.geojson"], 2), ["A0#0", "A0#1", "A2"]);
}

#[test]
fn no_complaint_shows_a_password() {
    let folder = Folder::new();
    let secret = "geheim";
    for source in [
        "PG:host=127.0.0.1 port=1 connect_timeout=1 password=geheim",
        "PG:host=127.0.0.1 port=1 connect_timeout=1 password=a#geheim",
        "PG:host=127.0.0.1 port=1 connect_timeout=1 password='a#geheim' user=u#dltb",
    ] {
        let zone = format!("nonsense={source}");
        let runs: [&[&str]; 6] = [
            &["check", "plan.geojson", "--redline", source, "-v"],
            &["check", "plan.geojson", "--redline", "redline.geojson", "--zone", &zone],
            &["check", "plan.geojson", "--redline", "redline.geojson", "--zone", source],
            &["overlap", "plan.geojson", source],
            &["convert", source, "a.gpkg"],
            &["check", source, "--redline", source, "--crs", &format!("nonsense={source}")],
        ];
        for words in runs {
            let run = folder.sanxian(words).ends(2);
            assert!(
                !run.stderr.contains(secret) && !run.stdout.contains(secret),
                "{words:?}: {}",
                run.stderr
            );
            assert!(!run.stderr.is_empty());
        }
    }
}
