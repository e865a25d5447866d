//! A comparison as people and programs read it: one comparison with every kind of difference, in every format and in both
//! languages.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use sanxian::conflicts::{
    Comparison, ConflictKind, Contradiction, LayerPair, PairSide, PlanAbout, PlanLevel, Statistics,
    map_layers, write,
};
use sanxian::model::Text;
use sanxian::report::{Format, Options};
use sanxian::{ConflictReport, Conflicts, Lang, Layer, Role, Scheme, crs};
use sanxian_tests::rectangles::plan;
use serde_json::Value;

/// A land-use plan of 2009, a spatial plan of 2020, two towns, a redline, farmland, and the land as it is.
fn county() -> ConflictReport {
    let land = [
        ([0, 0, 100, 100], "111"),
        ([100, 0, 200, 100], "211"),
        ([200, 0, 300, 100], "13"),
        // Twice claimed, and a class that nobody knows.
        ([200, 0, 240, 40], "111"),
        ([300, 0, 340, 40], "X9"),
        ([0, 100, 100, 200], "111"),
    ];
    let spatial = [
        // Housing on paddy fields, and a corner of it below the smallest patch.
        ([0, 0, 60, 50], "0701"),
        ([90, 90, 100, 100], "0701"),
        ([60, 0, 100, 50], "0101"),
        ([0, 50, 90, 100], "0101"),
        ([90, 50, 100, 90], "0101"),
        // A park in town is still construction land; a field in town is not.
        ([100, 0, 200, 50], "1401"),
        ([100, 50, 200, 100], "0103"),
        ([200, 0, 300, 100], "0403"),
        ([300, 0, 340, 40], "0403"),
        // Half of the last field is not covered.
        ([0, 100, 50, 200], "0101"),
    ];
    let status = [([0, 0, 100, 200], "0101"), ([100, 0, 300, 100], "0701")];
    let layer = |patches: &[_], scheme| plan(patches, "DM").field("land_class", "DM").scheme(scheme);
    let about = |level, base_year| PlanAbout { level, base_year: Some(base_year) };
    Conflicts::new()
        .plan_about("土规", layer(&land, Scheme::LandUse2006).named("TDLYZTGH"), about(None, 2009))
        .plan_about(
            "spatial",
            layer(&spatial, Scheme::LandSea2023).named("GHYDYH"),
            about(Some(PlanLevel::Master), 2020),
        )
        .status(layer(&status, Scheme::Survey2019).named("DLTB"))
        .redline(plan(&[([150, 0, 250, 30], "")], "BZ").named("STBHHX"))
        .farmland(plan(&[([0, 0, 40, 40], "")], "BZ").named("YJJBNT"))
        .pair(woods_in_redline())
        // A mill on farmland of the land-use plan, half of it; and a house on its place.
        .projects(
            layer(&[([60, 20, 140, 60], "211"), ([110, 10, 150, 40], "211")], Scheme::LandUse2006)
                .named("XM"),
        )
        .units(units(&[([0, -10, 220, 300], "河东镇"), ([220, -10, 330, 300], "河西乡")]))
        .run()
        .expect("a comparison")
}

/// Land that is built, on the redline.
fn woods_in_redline() -> LayerPair {
    let side = |role, classes: &[&str]| PairSide {
        role,
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
    };
    LayerPair {
        code: "LR-1".to_owned(),
        title: Text::new("生态保护红线内的现状建设用地", "built land on the redline"),
        department: Text::new("自然资源", "natural resources"),
        advice: Text::new("逐宗核实，列入退出清单", "verify one by one, and list for withdrawal"),
        sides: [side(Role::REDLINE, &[]), side(Role::SURVEY, &["construction"])],
    }
}

fn units(units: &[([i32; 4], &str)]) -> Layer {
    let at = |x: i32, y: i32| (480_000.0 + f64::from(x), 3_790_000.0 + f64::from(y));
    let shape = |[w, s, e, n]: [i32; 4]| {
        Polygon::new(LineString::from(vec![at(w, s), at(e, s), at(e, n), at(w, n)]), Vec::new())
    };
    let shapes: Vec<Polygon> = units.iter().map(|(corners, _)| shape(*corners)).collect();
    let names: ArrayRef = Arc::new(units.iter().map(|(_, name)| Some(*name)).collect::<StringArray>());
    let attributes = RecordBatch::try_from_iter([("XZQMC", names)]).expect("one column");
    let gauss_kruger = crs::from_epsg(4546).expect("a CRS");
    Layer::from_geo_with(&shapes, attributes, gauss_kruger).expect("a layer").named("XZQ")
}

fn text(comparison: &Comparison<'_>, format: Format, lang: Lang) -> String {
    let mut bytes = Vec::new();
    let options = Options { lang, width: 120, ..Options::default() };
    write(comparison, format, &options, &mut bytes).expect("memory");
    let text = String::from_utf8(bytes).expect("UTF-8");
    // The version changes with every release.
    text.replace(&format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION")), "\"version\":\"…\"")
}

fn json(comparison: &Comparison<'_>) -> Value {
    serde_json::from_str(&text(comparison, Format::Json, Lang::En)).expect("JSON")
}

#[test]
fn in_the_forms_in_which_people_read_it() {
    let report = county();
    let comparison = report.comparison();
    insta::assert_snapshot!("full_en", text(&comparison, Format::Full, Lang::En));
    insta::assert_snapshot!("full_zh", text(&comparison, Format::Full, Lang::Zh));
    insta::assert_snapshot!("markdown_zh", text(&comparison, Format::Markdown, Lang::Zh));
    insta::assert_snapshot!("csv_en", text(&comparison, Format::Csv, Lang::En));
    insta::assert_snapshot!("csv_zh", text(&comparison, Format::Csv, Lang::Zh));
    insta::assert_snapshot!("concise_en", text(&comparison, Format::Concise, Lang::En));
    insta::assert_snapshot!("concise_zh", text(&comparison, Format::Concise, Lang::Zh));
}

#[test]
fn in_the_forms_in_which_programs_read_it() {
    let report = county();
    let comparison = Comparison { list_digitising: true, ..report.comparison() };
    insta::assert_snapshot!("json", text(&comparison, Format::Json, Lang::En));
    assert_eq!(text(&comparison, Format::Json, Lang::En), text(&comparison, Format::Json, Lang::Zh));
    insta::assert_snapshot!("geojson", text(&comparison, Format::GeoJson, Lang::En));
}

#[test]
fn every_format_has_the_same_patches_and_the_same_areas() {
    let report = county();
    for list_digitising in [false, true] {
        let comparison = Comparison { list_digitising, ..report.comparison() };
        let json = json(&comparison);
        let [patches, in_pairs] =
            ["patches", "pair_patches"].map(|key| json[key].as_array().expect("patches").clone());
        let projects = json["projects"].as_array().expect("projects");
        let verdicts: Vec<_> =
            projects.iter().map(|project| project["verdict"].as_str().unwrap_or_default()).collect();
        assert_eq!(verdicts, ["in-part", "placed"]);
        assert_eq!((in_pairs.len(), &in_pairs[0]["pair"]), (1, &"LR-1".into()));
        let patches: Vec<Value> = patches.into_iter().chain(in_pairs).collect();
        let of = |patch: &Value| (patch["id"].as_str().map(str::to_owned), patch["area_m2"].as_f64());
        let expected: Vec<_> = patches.iter().map(of).collect();
        assert_eq!(expected.len(), comparison.listed().count() + comparison.listed_in_pairs().count());

        let ndjson = text(&comparison, Format::Ndjson, Lang::Zh);
        let lines: Vec<Value> =
            ndjson.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        let (last, lines) = lines.split_last().expect("a summary");
        let (of_patches, of_projects) = lines.split_at(patches.len());
        assert_eq!((of_patches, of_projects), (&patches[..], &projects[..]));
        assert_eq!(last["summary"], json["summary"]);

        let collection = text(&comparison, Format::GeoJson, Lang::En);
        let collection: Value = serde_json::from_str(&collection).expect("JSON");
        let features = collection["features"].as_array().expect("features");
        let (features, of_projects) = features.split_at(patches.len());
        let found: Vec<_> = features.iter().map(|feature| of(&feature["properties"])).collect();
        assert_eq!((found, &collection["summary"]), (expected.clone(), &json["summary"]));
        assert!(of_projects.iter().map(|feature| &feature["properties"]).eq(projects));

        let sheet = text(&comparison, Format::Csv, Lang::En);
        let mut sheet = csv::Reader::from_reader(sheet.as_bytes());
        let headings = sheet.headers().expect("headings").clone();
        let column = |name| headings.iter().position(|heading| heading == name).expect("a column");
        let (id, area) = (column("patch_id"), column("area_m2"));
        let rows: Vec<csv::StringRecord> = sheet.records().collect::<Result<_, _>>().expect("rows");
        let (verdict, rows) = rows.split_last().expect("a verdict");
        let (rows, of_projects) = rows.split_at(patches.len());
        assert_eq!(of_projects.iter().map(|row| &row[0]).collect::<Vec<_>>(), verdicts);
        let found: Vec<_> =
            rows.iter().map(|row| (Some(row[id].to_owned()), row[area].parse::<f64>().ok())).collect();
        assert_eq!((found, &verdict[0]), (expected.clone(), "verdict"));

        let layers = map_layers(&comparison, Lang::Zh);
        let rows =
            |name: &str| layers.iter().find(|layer| layer.name == name).map(|layer| layer.shapes.len());
        let drawn: usize = ["patches", "digitising", "pairs"].into_iter().filter_map(rows).sum();
        assert_eq!((drawn, rows("digitising").is_some()), (expected.len(), list_digitising));
        assert_eq!((rows("redline"), rows("urban_boundary"), rows("projects")), (Some(1), None, Some(2)));

        let concise = text(&comparison, Format::Concise, Lang::En);
        // The project that has its place is no matter for a line.
        assert_eq!(concise.lines().count(), expected.len() + 1 + 1);
    }
}

#[test]
fn sums_close() {
    let report = county();
    let comparison = report.comparison();
    let statistics = Statistics::of(&comparison);
    let near = |a: f64, b: f64| (a - b).abs() < 1e-4;
    let all = statistics.all.area().get();
    // Ground that a plan claims twice lies over other patches, and is in no sum but that of its kind.
    let of_kinds = |wanted: fn(ConflictKind) -> bool| -> f64 {
        comparison.standing().filter(|patch| wanted(patch.kind)).map(|patch| patch.area.get()).sum()
    };
    assert!(all > 0.0 && near(all, of_kinds(|kind| kind != ConflictKind::ClaimedTwice)));
    let decided = of_kinds(|kind| !matches!(kind, ConflictKind::ClaimedTwice | ConflictKind::Uncovered));
    let kinds: f64 = statistics.kinds.values().map(|total| total.area().get()).sum();
    let twice = statistics.kinds[&ConflictKind::ClaimedTwice].area().get();
    let causes: f64 = statistics.causes.values().map(|total| total.area().get()).sum();
    let ranks: f64 = statistics.ranks.values().map(|total| total.area().get()).sum();
    let units: f64 = statistics.units.iter().map(|(_, total)| total.area().get()).sum();
    assert!([kinds - twice, units].into_iter().all(|sum| near(sum, all)), "{statistics:?}");
    assert!([causes, ranks].into_iter().all(|sum| near(sum, decided)) && decided < all, "{statistics:?}");
    // A patch that lies in both towns is counted in each; nothing but the far field lies outside.
    let towns: Vec<_> = statistics.units.iter().map(|(unit, total)| (*unit, total.patches)).collect();
    assert_eq!(towns.iter().map(|(unit, _)| *unit).collect::<Vec<_>>(), [Some(0), Some(1)]);
    assert!(towns.iter().map(|(_, patches)| patches).sum::<usize>() > statistics.all.patches);
    let table_of = |key: &str| {
        let document = report.document(Lang::En);
        let section = document.section(key).unwrap_or_else(|| panic!("{key}"));
        let tables: Vec<_> = section.tables().cloned().collect();
        tables
    };
    // The status layer and each plan: ground by change, and by class before and after.
    for key in ["status.0-1", "status.0-2"] {
        let tables = table_of(key);
        assert_eq!(tables.len(), 3, "{key}");
        assert!(tables.iter().all(|table| table.total.is_some()), "{key}");
    }
}

#[test]
fn what_it_amounts_to_is_told_by_what_was_found() {
    let field = [([0, 0, 100, 100], "0101")];
    let houses = [([0, 0, 100, 100], "0701")];
    let unknown = [([0, 0, 100, 100], "X9")];
    let named = |patches: &[_]| plan(patches, "YDYHFLDM").scheme(Scheme::LandSea2023);
    let of = |other: &[_]| {
        let report =
            Conflicts::between(("a", named(&field)), ("b", named(other))).run().expect("a comparison");
        let comparison = report.comparison();
        let json = json(&comparison);
        let verdict = json["summary"]["verdict"].as_str().unwrap_or_default().to_owned();
        (comparison.contradiction(), verdict, text(&comparison, Format::Concise, Lang::En))
    };
    let agree = (Contradiction::None, "agree".to_owned(), "The plans agree\n".to_owned());
    assert_eq!(of(&field), agree);
    let (contradiction, verdict, told) = of(&houses);
    assert_eq!((contradiction, &*verdict), (Contradiction::Found, "contradict"));
    assert!(told.ends_with("The plans contradict each other: 1 difference patch, 1.0000 ha\n"), "{told}");
    let (contradiction, verdict, told) = of(&unknown);
    assert_eq!((contradiction, &*verdict), (Contradiction::Incomplete, "incomplete"));
    assert_eq!(told, "Incomplete, no contradiction found: 1 feature of unknown class\n");
    // 23 is other land, which may be idle land in a settlement or a bare rock: against a field nobody knows.
    let (contradiction, _, told) = of(&[([0, 0, 100, 100], "23")]);
    assert_eq!(contradiction, Contradiction::Incomplete);
    assert_eq!(told, "Incomplete, no contradiction found: 1.0000 ha of classes that may agree or not\n");
    // Plans that share no ground have nothing to agree on.
    let beside = [([200, 0, 300, 100], "0101")];
    let apart = Conflicts::between(("a", named(&field)), ("b", named(&beside))).without_uncovered().run();
    let apart = apart.expect("a comparison");
    let told = text(&apart.comparison(), Format::Concise, Lang::Zh);
    assert_eq!(apart.comparison().contradiction(), Contradiction::Incomplete);
    assert_eq!(told, "未完成，未发现矛盾：有规划之间没有共同覆盖的范围\n");
    // A project whose class nobody knows has no place that anybody knows.
    let project = Conflicts::new().plan("a", named(&houses)).projects(named(&unknown).named("p")).run();
    let project = project.expect("a comparison");
    assert_eq!((project.placements()[0].verdict().name(), project.is_complete()), ("unknown", false));
}

#[test]
fn no_report_mixes_languages() {
    // Names of data, which are in the language of whoever made them, are left out of this one.
    let field = [([0, 0, 100, 100], "0101"), ([100, 0, 110, 1], "0101"), ([200, 0, 300, 50], "X9")];
    let other = [([0, 0, 50, 100], "0701"), ([100, 0, 110, 1], "0301"), ([50, 0, 60, 100], "0101")];
    let named = |patches: &[_], name: &str| plan(patches, "YDYHFLDM").scheme(Scheme::LandSea2023).named(name);
    let of = |lang: Lang, [a, b]: [&str; 2]| {
        let report = Conflicts::between((a, named(&field, a)), (b, named(&other, b)))
            .status(named(&field, "S"))
            .run()
            .expect("a comparison");
        let comparison = Comparison { list_digitising: true, ..report.comparison() };
        // Names of columns and codes are the same in every language.
        let sheet = text(&comparison, Format::Csv, lang);
        let rows = sheet.split_once('\n').expect("headings").1.replace("verdict", "");
        [text(&comparison, Format::Full, lang), rows, text(&comparison, Format::Concise, lang)].concat()
    };
    let english = of(Lang::En, ["1", "2"]);
    let chinese: String = english.chars().filter(|c| ('\u{4e00}'..'\u{9fff}').contains(c)).collect();
    assert_eq!(chinese, "", "{english}");
    let chinese = of(Lang::Zh, ["1", "2"]);
    // A run of Latin letters in small print is a word, unless it names a scheme, a CRS, an encoding or an identifier.
    let names = ["land", "sea", "memory", "degree", "scheme", "field", "class", "table"];
    for word in chinese.split(|c: char| !c.is_ascii_alphabetic()) {
        let is_word = word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase());
        let in_identifier = word.chars().all(|c| c.is_ascii_hexdigit());
        assert!(!is_word || in_identifier || names.contains(&word), "`{word}` in\n{chinese}");
    }
}
