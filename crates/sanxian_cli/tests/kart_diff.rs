//! `sanxian diff` over both sides of a diff of Kart.

mod program;

use program::{Ran, program};

/// A square of a hundred metres as well-known binary in hexadecimal digits.
fn square(west: f64) -> String {
    let (x, y) = (480_000.0 + west, 3_790_000.0);
    let ring = [[x, y], [x + 100.0, y], [x + 100.0, y + 100.0], [x, y + 100.0], [x, y]];
    let numbers = ring.iter().flatten().flat_map(|value: &f64| value.to_le_bytes());
    let bytes = [1, 3, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0].into_iter().chain(numbers);
    bytes
        .flat_map(|byte| {
            [byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)]))
        })
        .collect()
}

#[test]
fn what_a_patch_newly_occupies_is_told_by_its_change_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let side = |west| {
        format!(r#"{{"fid":1,"geom":"{}","BSM":"A","YDYHFLDM":"0701","ZRBHDFQ":"一般控制区"}}"#, square(west))
    };
    let lines = |dataset: &str, change: &str| {
        [
            r#"{"type":"version","version":"kart.diff/v2","outputFormat":"JSONL+hexwkb"}"#.to_owned(),
            format!(
                r#"{{"type":"metaInfo","dataset":"{dataset}","key":"schema.json","value":[{{"name":"fid","dataType":"integer","primaryKeyIndex":0}},{{"name":"geom","dataType":"geometry","geometryType":"POLYGON","geometryCRS":"EPSG:4546"}}]}}"#
            ),
            format!(r#"{{"type":"feature","dataset":"{dataset}","change":{{{change}}}}}"#),
        ]
        .join("\n")
    };
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("a file");
    write("changes.jsonl", lines("plan", &format!(r#""-":{},"+":{}"#, side(0.0), side(1_000.0))));
    write("lines.jsonl", lines("redline", &format!(r#""+":{}"#, side(1_000.0))));
    let words = [
        "diff",
        "kart-old:changes.jsonl",
        "kart-new:changes.jsonl#plan",
        "--redline",
        "kart-new:lines.jsonl",
        "--select",
        "ER-02",
        "--output-format",
        "concise",
    ];
    let output = program().args(words).current_dir(folder.path()).output().expect("the program runs");
    let ran = Ran::of(output).ends(1);
    assert!(ran.out.starts_with("new kart-new:changes.jsonl#plan:1: ER-02"), "{}", ran.out);
}
