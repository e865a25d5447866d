//! Every way to leave something out of a check that we could think of: `cases/left-out.tsv` says how each ends, and
//! each must end so in every format. Silence never reads as a pass.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use gdal::Dataset;
use gdal::vector::LayerAccess;
use sanxian_tests::{Run, sanxian};
use serde_json::Value;

const FORMATS: [&str; 13] = [
    "full", "concise", "json", "ndjson", "csv", "svg", "geojson", "gpkg", "sarif", "junit", "github",
    "gitlab", "rdjson",
];

/// How the verdicts begin in English.
const WORDS: [(&str, &str); 5] = [
    ("conforms", "Conforms: "),
    ("verify", "To be verified: "),
    ("in-part", "Checked in part: "),
    ("incomplete", "Incomplete: "),
    ("does-not-conform", "Does not conform: "),
];

/// One line of the table.
struct Case {
    way: String,
    code: i32,
    /// None where the run has no verdict.
    verdict: Option<String>,
    words: Vec<String>,
}

fn cases() -> Vec<Case> {
    let table = include_str!("../cases/left-out.tsv");
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let [way, code, verdict, words] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not four columns: {line}");
            };
            let (redline, farmland) = ("--redline redline.geojson", "--farmland farmland.geojson");
            let (boundary, park) = ("--urban-boundary boundary.geojson", "--park park.geojson");
            let words = words
                .replace("@lines", &format!("{redline} {farmland} {boundary} {park}"))
                .replace("@others", &format!("{redline} {boundary} {park}"))
                .replace("@but-redline", &format!("{farmland} {boundary} {park}"))
                .replace("@but-boundary", &format!("{redline} {farmland} {park}"));
            Case {
                way: way.to_owned(),
                code: code.parse().expect("an exit code"),
                verdict: Some(verdict.to_owned()).filter(|verdict| verdict != "-"),
                words: words.split(' ').map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// A feature on a square of 0.001 degrees whose west side is `west`; without geometry when there is none.
fn feature(west: Option<f64>, properties: &str) -> String {
    let geometry = west.map_or("null".to_owned(), |west| {
        let (south, east, north) = (34.0, west + 0.001, 34.001);
        format!(
            r#"{{"type":"Polygon","coordinates":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}"#
        )
    });
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// Boundary points of parcels, squares of about 100 m at these eastings, each in a section of its own.
fn boundary_points(eastings: &[f64]) -> String {
    let mut text = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n投影类型=高斯克吕格\n计量单位=米\n带号=37\n精度=0.001\n转换参数=0,0,0,0,0,0,0\n".to_owned();
    for (k, west) in eastings.iter().enumerate() {
        let _ = write!(text, "[地块坐标]\n4,1.0,DK{k},甲{k},面,,,地上,@\n");
        let (south, north) = (3_763_680.0, 3_763_760.0);
        let corners = [(west + 1.0, south), (west + 1.0, north), (west + 90.0, north), (west + 90.0, south)];
        for (j, (x, y)) in corners.iter().chain(&corners[..1]).enumerate() {
            let _ = writeln!(text, "J{},1,{y:.3},{x:.3}", j % 4 + 1);
        }
    }
    text
}

/// A folder with everything that the table names. The plan and the farmland lie at 111.0, the redline, the park and
/// what is clean elsewhere inside the boundary.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    let one = |name: &str, west: f64, properties: &str| {
        write(name, &collection(&[feature(Some(west), properties)]));
    };
    let (on, off) = (111.0, 111.002);
    one("plan.geojson", on, r#""BSM":"P1","MC":"甲","YDYHFLDM":"070301""#);
    one("other-land.geojson", on, r#""BSM":"P1","MC":"甲","YDYHFLDM":"23""#);
    one("clean.geojson", off, r#""BSM":"P1","MC":"甲","YDYHFLDM":"070301""#);
    one("farm.geojson", on, r#""BSM":"P1","YDYHFLDM":"0101""#);
    one("strange.geojson", on, r#""BSM":"P1","YDYHFLDM":"999999""#);
    one("null.geojson", on, r#""BSM":"P1","YDYHFLDM":null"#);
    one("blank.geojson", on, r#""BSM":"P1","YDYHFLDM":"""#);
    one("bare.geojson", on, r#""BSM":"P1""#);
    one("unnamed.geojson", on, r#""BSM":"P1","land_class":"0701""#);
    one("project.geojson", off, r#""BSM":"X1""#);
    let two = |name: &str, west: [f64; 2], properties: &str| {
        write(name, &collection(&west.map(|west| feature(Some(west), properties))));
    };
    two("farmland.geojson", [on, 111.02], r#""BSM":"F1""#);
    // In the next county: near enough to be no other place, and nothing where the plan is.
    one("beside.geojson", 111.3, r#""BSM":"F1""#);
    one("group.geojson", on, r#""BSM":"P1","YDYHFLDM":"07""#);
    one("blanks.geojson", on, r#""BSM":"P1","YDYHFLDM":" 070301\t""#);
    one("words.geojson", on, r#""BSM":"P1","land_nature":"建设用地""#);
    one(
        "evidence.geojson",
        111.004,
        r#""BSM":"P1","YDYHFLDM":"070301","项目类别":"1","不可避让论证文号":"暂无""#,
    );
    one("far.geojson", 121.0, r#""BSM":"F1""#);
    two("redline.geojson", [111.004, 110.98], r#""BSM":"R1","ZRBHDFQ":"一般控制区""#);
    one("part.geojson", 111.004, r#""BSM":"R1","ZRBHDFQ":"一类保护区""#);
    one("uncored.geojson", 111.004, r#""BSM":"R1""#);
    two("park.geojson", [111.006, 110.995], r#""BSM":"K1""#);
    write("empty.geojson", &collection(&[]));
    let half = [(off, r#""BSM":"P1","YDYHFLDM":"070301""#), (on, r#""BSM":"P2","YDYHFLDM":"999999""#)];
    write("half.geojson", &collection(&half.map(|(west, properties)| feature(Some(west), properties))));
    let hollow = [(Some(off), "P1"), (None, "P2")];
    let hollow = hollow.map(|(west, id)| feature(west, &format!(r#""BSM":"{id}","YDYHFLDM":"070301""#)));
    write("hollow.geojson", &collection(&hollow));
    let hollow = [feature(Some(on), r#""BSM":"F1""#), feature(None, r#""BSM":"F2""#)];
    write("hollow-zone.geojson", &collection(&hollow));
    let knot = feature(Some(on), r#""BSM":"P2","YDYHFLDM":"070301""#)
        .replace("[111.001,34.001],[111,34.001]", "[111,34.001],[111.001,34.001]");
    write("knot.geojson", &collection(&[feature(Some(off), r#""BSM":"P1","YDYHFLDM":"070301""#), knot]));
    let boundary = |code: &str| {
        let ring = "[[110.99,33.99],[111.01,33.99],[111.01,34.003],[110.99,34.003],[110.99,33.99]]";
        let hole = "[[111.0,34.0],[111.0,34.001],[111.001,34.001],[111.001,34.0],[111.0,34.0]]";
        let other = hole.replace("111.001", "111.005").replace("111.0,", "111.004,");
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{"BSM":"C1"{code}}},"geometry":{{"type":"Polygon","coordinates":[{ring},{hole},{other}]}}}}]}}"#
        )
    };
    write("boundary.geojson", &boundary(r#","GHFQDM":"410""#));
    write("strange-zones.geojson", &boundary(r#","GHFQDM":"T3""#));
    write("uncoded.geojson", &boundary(r#","GHFQDM":null"#));
    let lines =
        "redline = \"redline.geojson\"\nurban-boundary = \"boundary.geojson\"\npark = \"park.geojson\"\n";
    write(
        "role.toml",
        &format!("[layers]\nplan = \"plan.geojson\"\nfarmlands = \"farmland.geojson\"\n{lines}"),
    );
    write("key.toml", &format!("selekt = [\"ER\"]\n[layers]\nplan = \"plan.geojson\"\n{lines}"));
    write(
        "points.toml",
        &format!("[layers]\nplan = \"项目红线.txt\"\nfarmland = \"farmland.geojson\"\n{lines}"),
    );
    // A closed polyline with the corners of the plan, as a drawing program writes it.
    let corners = [(on, 34.0), (on + 0.001, 34.0), (on + 0.001, 34.001), (on, 34.001)];
    let points: String = corners.map(|(x, y)| format!("10\n{x}\n20\n{y}\n")).concat();
    let line = format!("0\nLWPOLYLINE\n8\n0\n90\n4\n70\n1\n{points}");
    write("plan.dxf", &format!("0\nSECTION\n2\nENTITIES\n{line}0\nENDSEC\n0\nEOF\n"));
    // 111°E is the meridian of zone 37; the farmland begins there.
    write("项目红线.txt", &boundary_points(&[37_500_190.0]));
    write("两宗地.txt", &boundary_points(&[37_500_190.0, 37_500_000.0]));
    write("own.toml", OWN_RULE);
    folder
}

const OWN_RULE: &str = include_str!("../cases/own-rule.toml");

fn run(folder: &Path, case: &Case, format: &str, output: &Path) -> Run {
    let run = sanxian(&case.words).folder(folder);
    match format {
        "gpkg" => run.arg("-o").arg(output).run(),
        _ => run.args(["--output-format", format]).run(),
    }
}

/// The verdict that a format shows.
fn verdict(format: &str, run: &Run, output: &Path) -> Option<String> {
    let by_words = |text: &str| {
        let found = WORDS.iter().find(|(_, begin)| text.starts_with(begin));
        found.map(|(name, _)| (*name).to_owned())
    };
    let of_summary = |value: &Value| value["summary"]["verdict"].as_str().map(str::to_owned);
    match format {
        "full" => by_words(&run.stdout),
        "concise" => by_words(run.stdout.lines().last()?),
        "json" | "geojson" => of_summary(&run.json()),
        "ndjson" => of_summary(&serde_json::from_str(run.stdout.lines().last()?).ok()?),
        "csv" => {
            let line = run.stdout.lines().last()?;
            by_words(line.trim_start_matches("verdict").trim_start_matches([',', '"']))
        }
        "sarif" => {
            let told = &run.json()["runs"][0]["invocations"][0]["toolExecutionNotifications"][0];
            by_words(told["message"]["text"].as_str()?)
        }
        "svg" => by_words(run.stdout.split_once("<desc id=\"desc\">")?.1),
        "junit" => by_words(run.stdout.split_once("<system-out>")?.1),
        "github" => by_words(run.stdout.lines().last()?.rsplit_once("title=sanxian::")?.1),
        _ => {
            let dataset = Dataset::open(output).ok()?;
            let mut layer = dataset.layer_by_name("verdict").ok()?;
            let first = layer.features().next()?;
            let field = first.field_index("code").ok()?;
            first.field_as_string(field).ok()?
        }
    }
}

#[test]
fn nothing_that_is_left_out_reads_as_a_pass() {
    let folder = folder();
    let cases = cases();
    assert!(cases.len() >= 30, "{} ways", cases.len());
    for case in &cases {
        let passed = case.code == 0 && case.verdict.as_deref() == Some("conforms");
        assert!(!passed, "the table itself lets `{}` pass", case.way);
        for format in FORMATS {
            let output: PathBuf = folder.path().join(format!("{}.gpkg", case.way.replace(' ', "-")));
            let run = run(folder.path(), case, format, &output);
            let told = format!("{} as {format}\n{}\n{}", case.way, run.stdout, run.stderr);
            assert_eq!(run.code, Some(case.code), "{told}");
            match &case.verdict {
                None => assert!(run.stdout.is_empty() && run.stderr.contains("error: "), "{told}"),
                Some(wanted) => {
                    match format {
                        // They have no place for a verdict, but for what is not among the findings.
                        "gitlab" => assert_ne!(run.json(), Value::Array(Vec::new()), "{told}"),
                        "rdjson" => assert_ne!(run.json()["diagnostics"], Value::Array(Vec::new()), "{told}"),
                        _ => assert_eq!(verdict(format, &run, &output).as_ref(), Some(wanted), "{told}"),
                    }
                    // On standard error too, unless all that there is to say stands on the screen already.
                    let begin = WORDS.iter().find(|(name, _)| name == wanted).expect("a verdict").1;
                    let complete = ["verify", "does-not-conform"].contains(&wanted.as_str());
                    let only_on_screen = format == "full" && complete;
                    assert!(
                        only_on_screen || run.stderr.lines().any(|line| line.starts_with(begin)),
                        "{told}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_same_check_with_nothing_left_out_finds_it() {
    let folder = folder();
    let lines = ["--redline", "redline.geojson", "--farmland", "farmland.geojson", "--urban-boundary"];
    let check = |plan: &str| {
        sanxian(["check", plan])
            .args(lines)
            .args(["boundary.geojson", "--park", "park.geojson"])
            .folder(folder.path())
    };
    let report = check("plan.geojson").args(["--output-format", "json"]).ends(1).json();
    assert_eq!(report["summary"]["verdict"], "does-not-conform");
    assert_eq!(report["summary"]["complete"], true);
    assert_eq!(report["findings"][0]["code"], "BF-01");
    let clean = check("clean.geojson").args(["--output-format", "json"]).ends(0).json();
    assert_eq!(
        (&clean["summary"]["verdict"], &clean["summary"]["complete"]),
        (&"conforms".into(), &true.into())
    );
}

/// Every mixture of good and bad layers: a run conforms only when the plan is clean and nothing is missing or broken.
#[test]
fn only_a_whole_check_of_a_clean_plan_conforms() {
    let folder = folder();
    let plans = [
        "clean", "plan", "farm", "strange", "null", "blank", "half", "bare", "unnamed", "hollow", "knot",
        "empty",
    ];
    let farmlands = ["farmland", "-", "far", "empty", "hollow-zone"];
    let (redlines, boundaries) = (["redline", "-", "uncored"], ["boundary", "-", "uncoded"]);
    let parks = ["park", "-"];
    let mut mixtures = Vec::new();
    for plan in plans {
        for farmland in farmlands {
            for redline in redlines {
                for boundary in boundaries {
                    mixtures.extend(parks.map(|park| (plan, farmland, redline, boundary, park)));
                }
            }
        }
    }
    // All of the clean plan, and every seventh of the others: seven shares no factor with the lengths of the lists.
    let chosen: Vec<_> = mixtures.iter().step_by(7).chain(&mixtures[..90]).copied().collect();
    let mut conform = Vec::new();
    for (plan, farmland, redline, boundary, park) in chosen {
        let mut words = vec!["check".to_owned(), format!("{plan}.geojson")];
        let layers = [
            ("--farmland", farmland),
            ("--redline", redline),
            ("--urban-boundary", boundary),
            ("--park", park),
        ];
        for (flag, name) in layers.into_iter().filter(|(_, name)| *name != "-") {
            words.extend([flag.to_owned(), format!("{name}.geojson")]);
        }
        let run = sanxian(&words).args(["--output-format", "concise"]).folder(folder.path()).run();
        let says = run.stdout.lines().last().is_some_and(|line| line.starts_with("Conforms: "));
        assert!(
            run.code != Some(0)
                || says
                || run.stdout.contains("Checked in part: ")
                || run.stdout.contains("To be verified: "),
            "{words:?}"
        );
        assert!(!says || run.code == Some(0), "{words:?}");
        if says {
            conform.push(words.join(" "));
        }
    }
    conform.dedup();
    for words in &conform {
        assert!(words.contains(" clean.geojson"), "{words}");
        for layer in ["farmland.geojson", "redline.geojson", "boundary.geojson", "park.geojson"] {
            assert!(words.contains(layer), "{words} conforms without {layer}");
        }
    }
    assert!(!conform.is_empty());
}
