//! Errors are told by what, where and what to do, in the language of the reader, and have keys that stay.

mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error as StdError;
use std::fs;
use std::path::{Path, PathBuf};

use folder::{Folder, bow_tie, collection, square};
use sanxian::conflicts::PlansError;
use sanxian::revisions::{NotFound, PackageError};
use sanxian::{
    ClassTableError, Error, ExampleError, LayerFilterError, PartError, ReadError, Scheme, WriteError,
};
use sanxian_geom::{OutOfReach, ScaleError};
use sanxian_io::{CrsError, GitError};
use sanxian_layer::LayerError;
use sanxian_layer::crs::DefinitionError;
use sanxian_model::{Explain, Explanation, Fault, FaultKind, Lang, Place, Role, Text, Treatment};
use sanxian_tests::data;

/// The same mistake, met by two crates.
const SHARED: &[&str] = &[
    "crs-missing",
    "crs-contradicted",
    "crs-not-horizontal",
    "geometry-broken",
    "unknown-crs",
    "unknown-encoding",
];

/// Causes that stand behind another error, which says what to do.
const WITHOUT_ADVICE: &[&str] =
    &["position-far-from-meridian", "position-beyond-pole", "position-not-finite"];

/// One of each variant, with all its parts, as what it displays and what it explains.
fn samples() -> Vec<(String, Explanation)> {
    fn told(error: &(impl Explain + ?Sized)) -> (String, Explanation) {
        (error.to_string(), error.explain())
    }
    let mut all = Vec::new();
    all.extend(read_errors().iter().map(told));
    all.extend(git_errors().iter().map(told));
    all.extend(write_errors().iter().map(told));
    all.extend(crs_errors().iter().map(told));
    all.extend(layer_errors().iter().map(told));
    all.extend(definition_errors().iter().map(told));
    all.extend([OutOfReach::Meridian, OutOfReach::Pole, OutOfReach::NotFinite].iter().map(told));
    all.extend(library_errors().iter().map(told));
    all.extend(example_errors().iter().map(told));
    all.extend(package_errors().iter().map(told));
    all
}

fn git_errors() -> Vec<GitError> {
    let near = || vec!["b".to_owned()];
    vec![
        GitError::NotInstalled { input: word() },
        GitError::NotRepository { input: word(), cause: word() },
        GitError::NoSuchRevision { input: word(), revision: word(), shallow: false, near: Some(word()) },
        GitError::NoSuchRevision { input: word(), revision: word(), shallow: true, near: None },
        GitError::NoSuchPath { input: word(), revision: word(), path: word(), near: near() },
        GitError::NoSuchPath { input: word(), revision: word(), path: word(), near: Vec::new() },
        GitError::Link { input: word(), path: word() },
        GitError::Submodule { input: word(), path: word() },
        GitError::LfsPointer { input: word(), path: word() },
        GitError::UnsafeName { input: word(), path: word() },
        GitError::Failed { input: word(), cause: word() },
    ]
}

fn word() -> String {
    "a".to_owned()
}

fn text() -> Text {
    Text::new("有误", "is wrong")
}

fn refused() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::PermissionDenied)
}

fn fault() -> Box<Fault> {
    let place = Place { path: "a".into(), layer: "b".into(), fid: Some(1), id: Some(word()) };
    let near = Some([1.5, 2.5]);
    Box::new(Fault { place, kind: FaultKind::Crossing, near, detail: None, treatment: Treatment::Skipped })
}

fn read_errors() -> Vec<ReadError> {
    let path = word;
    let layer = word;
    let layers = || {
        let info = |name: &str| sanxian_io::LayerInfo {
            name: name.to_owned(),
            geometry: "Line String".to_owned(),
            polygons: false,
            features: None,
            crs: None,
        };
        vec![info("b"), info("c")]
    };
    vec![
        ReadError::Missing { path: path() },
        ReadError::Missing { path: "a#b".to_owned() },
        ReadError::NotReadable { path: path(), cause: sanxian_io::Cause::default() },
        ReadError::NotAllowed { path: path() },
        ReadError::ZipNotReadable { path: path() },
        ReadError::SidecarMissing { path: path(), missing: word() },
        ReadError::NoSuchLayer { path: path(), layer: layer(), known: layers() },
        ReadError::SeveralLayers { path: path(), layers: layers() },
        ReadError::NoPolygonLayer { path: path(), layers: layers() },
        ReadError::NoPolygonLayer { path: path(), layers: Vec::new() },
        ReadError::NotPolygons { path: path(), layer: layer(), geometry: Text::new("线", "lines") },
        ReadError::WidthInDegrees { path: path(), layer: layer(), crs: word() },
        ReadError::Damaged {
            path: path(),
            layer: layer(),
            announced: 2,
            read: 1,
            cause: sanxian_io::Cause::default(),
        },
        ReadError::CrsMissing { path: path(), layer: layer(), role: word(), hint: Some(text().into()) },
        ReadError::CrsContradicted { path: path(), layer: layer(), own: word(), declared: word() },
        ReadError::Crs { path: path(), layer: layer(), source: Box::new(CrsError::Unknown { text: word() }) },
        ReadError::UnknownEncoding { name: word() },
        ReadError::BrokenGeometry { path: path(), layer: layer(), row: 0 },
        ReadError::NoInput,
        ReadError::KartDiff { path: path(), line: 1, reason: text() },
        ReadError::GeoJson { path: path(), line: 1, reason: word() },
        ReadError::BoundaryTxt { path: path(), line: 1, reason: text(), advice: text().into() },
        ReadError::Csv { path: path(), line: 1, reason: text() },
        ReadError::LongIntegers { path: path(), layer: layer(), column: word() },
        ReadError::BeingWritten { path: path() },
        ReadError::Io { path: path(), source: refused() },
        ReadError::Layer(LayerError::Empty { path: path(), layer: layer() }),
    ]
}

fn write_errors() -> Vec<WriteError> {
    let path = || PathBuf::from("a");
    vec![
        WriteError::UnknownFormat { path: path() },
        WriteError::NoFolder { path: path() },
        WriteError::Io { path: path(), source: refused() },
        WriteError::Driver { path: path(), cause: sanxian_io::Cause::default() },
        WriteError::IsInput { path: path(), input: word() },
        WriteError::Exists { path: path() },
        WriteError::HoldsOtherData { path: path(), layers: vec![word()] },
        WriteError::NoResult { path: path(), line: Some(word()) },
        WriteError::PendingChanges { path: path(), pending: path() },
        WriteError::OneLayerOnly { path: path(), layers: 2 },
        WriteError::UnknownEncoding { name: word() },
        WriteError::Crs {
            path: path(),
            layer: word(),
            source: CrsError::NotHorizontal { name: word() }.into(),
        },
        WriteError::NotInThisFormat { path: path(), layer: word(), reason: text(), advice: text().into() },
    ]
}

fn crs_errors() -> Vec<CrsError> {
    let (from, to, declared) = (word, word, word);
    let (easting, prefix, near) = (38_500_000.0, 38, [1.5, 2.5]);
    vec![
        CrsError::Unknown { text: word() },
        CrsError::NotHorizontal { name: word() },
        CrsError::PlaneAndEarth { from: from(), to: to() },
        CrsError::NoExactTransform { from: from(), to: to() },
        CrsError::Failed { from: from(), to: to().into(), reason: text() },
        CrsError::ZonePrefix { easting, prefix, declared: declared(), fits: Some(4526) },
        CrsError::ZonePrefix { easting, prefix, declared: declared(), fits: None },
        CrsError::ZonePrefixMissing { easting, prefix, declared: declared(), fits: None },
        CrsError::SeveralZones { from: 37, to: 38 },
        CrsError::DegreesAsMetres { near, declared: declared() },
        CrsError::MetresAsDegrees { near, declared: declared(), hint: Some(text()) },
        CrsError::Swapped { near, declared: declared() },
        CrsError::FarOutside { near, declared: declared(), area: text() },
    ]
}

fn layer_errors() -> Vec<LayerError> {
    let (path, layer, column) = (word, word, word);
    vec![
        LayerError::Empty { path: path(), layer: layer() },
        LayerError::NothingUsable { path: path(), layer: layer(), features: 1, first: Some(fault()) },
        LayerError::NothingUsable { path: path(), layer: layer(), features: 1, first: None },
        LayerError::NoSuchColumn {
            path: path(),
            layer: layer(),
            field: word(),
            column: column(),
            known: vec![word()],
        },
        LayerError::Invalid(fault()),
        LayerError::CrsMissing { layer: layer() },
        LayerError::OutOfPlace { layer: layer(), crs: word(), x: 1.0, y: 2.0 },
        LayerError::CrsContradicted { layer: layer(), own: word(), declared: word() },
        LayerError::Crs { layer: layer(), source: Box::new(DefinitionError::NotUnderstood { text: word() }) },
        LayerError::NoGeometryColumn { layer: layer(), column: column(), known: vec![word()] },
        LayerError::NotAreas { layer: layer(), column: column(), kind: word() },
        LayerError::SchemasDiffer { layer: layer() },
        LayerError::RowsDiffer { layer: layer(), shapes: 1, rows: 2 },
        LayerError::NoFeatureIds { layer: layer(), column: column() },
        LayerError::BrokenGeometry { layer: layer(), row: 0 },
        LayerError::Columns { path: path(), layer: layer(), reason: word() },
    ]
}

fn definition_errors() -> Vec<DefinitionError> {
    vec![
        DefinitionError::NotUnderstood { text: word() },
        DefinitionError::UnknownCode { code: 2334 },
        DefinitionError::Malformed { name: word(), what: text() },
        DefinitionError::NotHorizontal { name: word() },
        DefinitionError::Contradictory { name: word(), code: 4546 },
    ]
}

fn library_errors() -> Vec<Error> {
    let scale = ScaleError { x: 1.5, y: 2.5, layer: 0, row: 0, cause: text() };
    let book = sanxian::RuleBook::embedded();
    vec![
        Error::from(ReadError::NoInput),
        Error::from(LayerError::SchemasDiffer { layer: word() }),
        Error::from(CrsError::NotHorizontal { name: word() }),
        Error::from(DefinitionError::UnknownCode { code: 2334 }),
        Error::from(book.rule("none").expect_err("no such rule")),
        Error::from(WriteError::Exists { path: PathBuf::from("a") }),
        Error::from(refused()),
        Error::CrsDiffers { layer: word(), own: word(), run: word() },
        Error::OtherProjection { crs: word() },
        Error::NoLonLat { crs: word(), cause: text() },
        Error::Scale { place: Box::new(fault().place), source: scale },
        Error::LayerTwice { role: Role::PLAN, path: word(), layer: word() },
        Error::SubjectAmongLines { role: Role::PLAN, layer: word() },
        Error::from(PartError::Missing { rows: 2, first: 7 }),
        Error::from(PartError::Twice { row: 7 }),
        Error::from(PartError::NoSuchRow { row: 7 }),
        Error::from(PartError::Rest { times: 0 }),
        Error::Stopped,
        Error::NothingToCheck,
        LayerFilterError::NoColumn {
            filter: word(),
            layer: word(),
            name: word(),
            nearest: None,
            known: vec![word()],
        }
        .into(),
        LayerFilterError::WrongKind { filter: word(), layer: word(), name: word(), reason: text() }.into(),
        ClassTableError::Line { table: word(), line: 2, found: word() }.into(),
        ClassTableError::NoClass { table: word(), line: 2, scheme: Scheme::LandSea2023, class: word() }
            .into(),
        ClassTableError::Twice { table: word(), line: 3, value: word() }.into(),
        ClassTableError::NoColumn { layer: word(), column: word() }.into(),
        PlansError::TooFew { given: 1 }.into(),
        PlansError::SameName { name: word() }.into(),
        PlansError::NoLayer { pair: word(), role: Role::REDLINE }.into(),
        PlansError::SameLayer { pair: word(), role: Role::REDLINE }.into(),
        Error::NothingJudged { not_run: Vec::new() },
        Error::RoleMissing { role: Role::PLAN },
    ]
}

fn package_errors() -> Vec<PackageError> {
    let place = || Box::new(fault().place);
    let missing = |why| PackageError::NotFound { feature: place(), why };
    vec![
        PackageError::NotOneLayer { before: 1, now: 2 },
        PackageError::CrsDiffers { before: word(), now: word() },
        PackageError::NoSuchField { field: word(), known: vec!["BZ"] },
        PackageError::TextTooLong { field: word(), width: 3, length: 4 },
        PackageError::TooMany { changes: 2, most: 1 },
        PackageError::NotADatabase { path: PathBuf::from("a") },
        PackageError::NameInGeodatabase { name: word() },
        PackageError::NoPackage { path: word(), layer: word() },
        PackageError::SeveralPackages { path: word(), layers: vec![word()] },
        PackageError::Incomplete { fault: fault() },
        PackageError::CrsOfPackage { package: word(), plan: word() },
        missing(NotFound::OtherIdentifier { is: Some(word()) }),
        missing(NotFound::OtherIdentifier { is: None }),
        missing(NotFound::OtherShape),
        missing(NotFound::Nowhere),
        missing(NotFound::NotSoOften),
        PackageError::FoundAgain { feature: place(), plan: place() },
        PackageError::ValueDiffers { feature: place(), column: word(), package: Some(word()), plan: None },
        PackageError::AlreadyThere { feature: place(), plan: place() },
        PackageError::ColumnType { column: word() },
    ]
}

fn example_errors() -> Vec<ExampleError> {
    vec![
        ExampleError::Wkt { wkt: "POINT (1 2)".to_owned(), cause: text() },
        ExampleError::Run(Box::new(Error::Stopped)),
        ExampleError::Differs { expected: word(), found: word() },
    ]
}

/// Without what stands in backticks or in brackets: names, values, and the words of libraries below.
fn own_words(text: &str) -> String {
    let mut kept = String::new();
    let (mut depth, mut quoted) = (0_usize, false);
    for c in text.chars() {
        match c {
            '`' => quoted = !quoted,
            '(' | '（' if !quoted => depth += 1,
            ')' | '）' if !quoted => depth = depth.saturating_sub(1),
            _ if !quoted && depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// Four English words in a row, as no name of a format or a flag has.
fn english_in(text: &str) -> Option<String> {
    let mut run: Vec<&str> = Vec::new();
    let own = own_words(text);
    for token in own.split(' ') {
        let is_word = !token.is_empty()
            && token.trim_end_matches([',', ';', ':', '.']).chars().all(|c| c.is_ascii_alphabetic());
        if is_word {
            run.push(token);
        } else {
            run.clear();
        }
        if run.len() == 4 {
            return Some(run.join(" "));
        }
    }
    None
}

fn has_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn english_is_found_in_chinese_and_names_are_none() {
    assert_eq!(english_in("图层 the file is damaged"), Some("the file is damaged".to_owned()));
    assert_eq!(english_in("无法打开（no such file here）"), None);
    assert_eq!(english_in("GeoPackage、File Geodatabase、`a b c d e`，用 --crs EPSG:4546"), None);
}

#[test]
fn every_error_is_told_in_both_languages() {
    for (displayed, told) in samples() {
        let (zh, en) = (told.lines(Lang::Zh), told.lines(Lang::En));
        assert_eq!(displayed, en);
        assert!(has_chinese(&told.what.zh) && english_in(&zh).is_none(), "{zh}");
        assert!(!has_chinese(&en), "{en}");
        let advised = !WITHOUT_ADVICE.contains(&told.key);
        assert_eq!(has_chinese(&told.advice.zh), advised, "{zh}");
        assert_eq!(!told.advice.en.is_empty(), advised, "{en}");
        assert!(
            !en.contains("..\n") && !told.what.en.ends_with('.') && !told.what.zh.ends_with('。'),
            "{en}"
        );
        let parts = told.key.split('-');
        assert!(
            parts.clone().all(|part| !part.is_empty())
                && told.key.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
            "{}",
            told.key
        );
    }
}

#[test]
fn the_same_key_means_the_same() {
    let mut by_key: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (_, told) in samples() {
        // Errors that differ in a hint or in a value are one.
        by_key.entry(told.key).or_default().insert(own_words(&told.what.en));
    }
    let variants = |key: &str| matches!(key, "layer-unusable" | "no-polygon-layer" | "boundary-txt-invalid");
    for (key, whats) in by_key {
        assert!(whats.len() == 1 || SHARED.contains(&key) || variants(key), "{key}: {whats:?}");
    }
}

/// The keys in the source of a crate: each stands once, so that one key is one error.
fn keys_in(folder: &Path, keys: &mut Vec<(String, PathBuf)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            keys_in(&path, keys);
            continue;
        }
        let source = fs::read_to_string(&path).unwrap_or_default();
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        for call in ["Explanation::new(", "told(", "cannot_be_written("] {
            for (at, _) in source.match_indices(call) {
                let rest = source[at + call.len()..].trim_start();
                if let Some((key, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                    keys.push((key.to_owned(), path.clone()));
                }
            }
        }
    }
}

#[test]
fn every_key_in_the_source_stands_once_and_has_a_sample() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut keys = Vec::new();
    for name in ["sanxian", "sanxian_geom", "sanxian_io", "sanxian_layer", "sanxian_rules"] {
        keys_in(&crates.join(name).join("src"), &mut keys);
    }
    assert!(keys.len() > 80, "{} keys were found", keys.len());
    let mut seen: BTreeMap<&str, &Path> = BTreeMap::new();
    for (key, path) in &keys {
        if let Some(before) = seen.insert(key, path) {
            assert!(
                SHARED.contains(&key.as_str()),
                "{key} is in {} and {}",
                before.display(),
                path.display()
            );
        }
    }
    let with_sample: BTreeSet<&str> = samples().iter().map(|(_, told)| told.key).collect();
    // Rules, configs and parts of a check have tests of their own beside them.
    let elsewhere = ["sanxian_rules", "config"];
    for (key, path) in &keys {
        let own = elsewhere.iter().any(|name| path.components().any(|part| part.as_os_str() == *name));
        assert!(own || with_sample.contains(key.as_str()), "{key} of {} has no sample", path.display());
    }
}

#[test]
fn the_cause_is_still_there_for_programs() {
    let error = ReadError::Io { path: word(), source: refused() };
    assert!(error.source().is_some_and(<dyn StdError>::is::<std::io::Error>));
    let error = Error::from(WriteError::Io { path: PathBuf::from("a"), source: refused() });
    assert!(error.source().is_some());
}

/// What a person hands in when something went wrong, and the words that the answer has to hold.
fn wrong_runs(folder: &Folder) -> Vec<(Vec<String>, &'static str)> {
    let county = data("demo/county.gpkg").display().to_string();
    folder.write("table.csv", "BSM,名称\n1,a\n");
    folder.write("bare.csv", "BSM,WKT\nA1,\"POLYGON((0 0,10 0,10 10,0 10,0 0))\"\n");
    folder.write("twice.csv", "BSM,WKT\nA1,\"POLYGON((0 0,1 0,1 1,0 0)) POLYGON((0 0,1 0,1 1,0 0))\"\n");
    folder.write(
        "zone.csv",
        "BSM,WKT\nA1,\"POLYGON((38480000 3790000,38480010 3790000,38480010 3790010,38480000 3790000))\"\n",
    );
    folder.write("noise.gpkg", "noise");
    folder.write("noise.zip", "noise");
    folder.write("metres.geojson", collection(&[square(0.0)], None));
    folder.write("line.geojson", r#"{"type":"LineString","coordinates":[[111,34],[112,35]]}"#);
    folder.write("half.shp", "half");
    folder.features("bow.geojson", &[bow_tie(0.0)]);
    folder.write(
        "cut.txt",
        "[属性描述]\n坐标系=2000国家大地坐标系\n[地块坐标]\n9,1,A1,甲,面,,,,@\nJ1,1,3790000,38480000\n",
    );
    folder.write("lost.txt", "[属性描述]\n[地块坐标]\nJ1,1,3790000,38480000\n");
    folder.write("broken.geojsonl", "{\"type\":\"Feature\"\n");
    let several = format!("{county}#GHYDYH2");
    let check = |plan: &str, more: &[&str]| {
        let mut words = vec!["check", plan, "--redline", "redline.geojson"];
        words.extend(more);
        words.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    vec![
        (check("没有.gpkg", &[]), "不存在"),
        (check("gone.gpkg#A", &[]), "`gone.gpkg` 不存在"),
        (check(&several, &[]), "没有图层"),
        (check(&county, &[]), "多个面图层"),
        (check("table.csv", &[]), "面"),
        (check("line.geojson", &[]), "面"),
        (check("noise.gpkg", &[]), "无法按空间数据打开"),
        (check("noise.zip", &[]), "压缩包"),
        (check("half.shp", &[]), ".shx"),
        (check("bare.csv", &[]), "没有坐标系"),
        (check("bare.csv", &["--crs", "plan=EPSG:999999"]), "不是坐标系"),
        (check("zone.csv", &["--crs", "plan=EPSG:4546"]), "带号 38"),
        (check("metres.geojson", &[]), "不是度"),
        (check("plan.geojson", &["--crs", "plan=EPSG:4547"]), "不一致"),
        (check("twice.csv", &["--crs", "plan=EPSG:4546"]), "不能完整读取"),
        (check("cut.txt", &[]), "界址点"),
        (check("lost.txt", &[]), "地块行"),
        (check("broken.geojsonl", &[]), "broken.geojsonl"),
        (check("bow.geojson", &["--on-invalid", "error"]), "环自相交"),
        (check("plan.geojson", &["--encoding", "KLINGON"]), "字符编码"),
        (check("plan.geojson", &["--field", "id=没有"]), "没有该字段"),
        (check("plan.geojson", &["--select", "BF"]), "没有一条规则可以判断"),
        (check("plan.geojson", &["-o", "redline.geojson"]), "同时是输入"),
        (check("plan.geojson", &["-o", "gone/a.json"]), "文件夹不存在"),
        (words(&["convert", "plan.geojson", "a.xyz"]), "扩展名"),
        (words(&["convert", "plan.geojson", "redline.geojson"]), "已存在"),
        (words(&["convert", "plan.geojson", "a.gpkg", "--to-crs", "EPSG:999999"]), "不是坐标系"),
        (words(&["rule", "redline-ocupied"]), "没有规则"),
        (words(&["overlap", "plan.geojson", "gone.shp"]), "不存在"),
    ]
}

#[test]
fn what_is_said_in_chinese_is_in_chinese() {
    let folder = Folder::new();
    let mut wrong = Vec::new();
    for (words, expected) in wrong_runs(&folder) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let run = folder.sanxian(&words).args(["--lang", "zh"]).run();
        let said = &run.stderr;
        let is_label =
            |line: &str| ["error:", "where:", "do:"].iter().any(|label| line.trim().starts_with(label));
        let right = run.code == Some(2)
            && run.stdout.is_empty()
            && ["错误: ", "  处理建议: ", expected].iter().all(|part| said.contains(part))
            && said.lines().all(|line| english_in(line).is_none())
            && !said.lines().any(is_label);
        if !right {
            wrong.push(format!("{words:?} has no `{expected}`, or English ({:?}):\n{said}", run.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
