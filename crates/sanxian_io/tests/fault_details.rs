//! What faults say beside their kind, in both languages: each detail that a reader or normalising makes is told in
//! Chinese to who reads Chinese and in English to who reads English.

mod made_files;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, Float64Array};
use gdal::DriverManager;
use gdal::vector::{Feature, Geometry, LayerAccess, LayerOptions as GdalLayerOptions, OGRwkbGeometryType};
use made_files::{CORNER, crs, read_path, table, three, write};
use sanxian_io::{ReadOptions, read_layer, read_stream};
use sanxian_layer::memory::from_arrow;
use sanxian_layer::{LayerOptions, NormalisedLayer, normalise};
use sanxian_model::{Fault, FaultKind, Role, Scheme, Text};

const SQUARE: &str =
    r#""type":"Polygon","coordinates":[[[111,34],[111.001,34],[111.001,34.001],[111,34.001],[111,34]]]"#;
const POINT: &str = r#""type":"Point","coordinates":[111,34]"#;
const LINE: &str = r#""type":"LineString","coordinates":[[111,34],[112,34]]"#;

fn feature(geometry: &str, properties: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{{geometry}}}}}"#)
}

/// A plan of these features on standard input; the last is a square without a land class, so that one can be used.
fn stream(features: &[String], options: &ReadOptions) -> NormalisedLayer {
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    read_stream("-", text.as_bytes(), Role::PLAN, options).expect("a layer")
}

/// A plan of squares with these properties.
fn squares(properties: &[&str]) -> NormalisedLayer {
    let features: Vec<String> = properties.iter().map(|properties| feature(SQUARE, properties)).collect();
    stream(&features, &ReadOptions::default())
}

fn collection(members: &[&str]) -> String {
    let members: Vec<String> = members.iter().map(|member| format!("{{{member}}}")).collect();
    format!(r#""type":"GeometryCollection","geometries":[{}]"#, members.join(","))
}

/// A parcel: its kind of shape, its use and code, and its rings by number and place.
type Parcel<'a> = (&'a str, &'a str, &'a str, &'a [(u32, f64)]);

/// A detail in Chinese and in English.
type Told<'a> = (&'a str, &'a str);

/// Parcels of a boundary TXT.
fn parcels(folder: &Path, parcels: &[Parcel<'_>]) -> NormalisedLayer {
    let mut text =
        "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n投影类型=高斯克吕格\n计量单位=米\n带号=37\n[地块坐标]\n"
            .to_owned();
    for (row, (kind, words, code, rings)) in parcels.iter().enumerate() {
        writeln!(text, "{},1.0,D{row},地块,{kind},,{words},{code},@", 5 * rings.len()).expect("text grows");
        for (ring, east) in *rings {
            let (x, y) = (3_741_000.0 + 200.0 * row as f64, 37_549_000.0 + east);
            let corners = [[x, y], [x + 50.0, y], [x + 50.0, y + 50.0], [x, y + 50.0], [x, y]];
            for (n, [x, y]) in corners.into_iter().enumerate() {
                writeln!(text, "J{ring}{},{ring},{x:.3},{y:.3}", n % 4).expect("text grows");
            }
        }
    }
    let path = folder.join("地块.txt");
    std::fs::write(&path, text).expect("a file");
    read_layer(path.to_str().expect("a path"), Role::PROJECT, &ReadOptions::default()).expect("a layer")
}

/// A layer of a GeoPackage with these geometries in WKT.
fn geopackage(path: &Path, geometries: &[&str]) -> NormalisedLayer {
    let driver = DriverManager::get_driver_by_name("GPKG").expect("a driver");
    let mut dataset = driver.create_vector_only(path).expect("a data set");
    let srs = gdal::spatial_ref::SpatialRef::from_epsg(4546).expect("a CRS");
    let options = GdalLayerOptions {
        name: "plan",
        srs: Some(&srs),
        ty: OGRwkbGeometryType::wkbUnknown,
        ..GdalLayerOptions::default()
    };
    let layer = dataset.create_layer(options).expect("a layer");
    for wkt in geometries {
        let mut feature = Feature::new(layer.defn()).expect("a feature");
        feature.set_geometry(Geometry::from_wkt(wkt).expect("WKT")).expect("a geometry");
        feature.create(&layer).expect("a feature");
    }
    drop(dataset);
    read_path(path)
}

/// Well-known binary of this kind without members or points; a point has its two numbers.
fn wkb_of(kind: u32) -> Vec<u8> {
    let mut bytes = vec![1];
    bytes.extend(kind.to_le_bytes());
    bytes.extend(if kind == 1 { vec![0; 16] } else { vec![0; 4] });
    bytes
}

/// A layer from memory, of these geometries in well-known binary.
fn from_memory(geometries: &[Vec<u8>]) -> Vec<Fault> {
    let values: ArrayRef = Arc::new(BinaryArray::from_iter_values(geometries));
    let made = from_arrow("图层", vec![table(vec![("几何", values)])], "几何").expect("a layer");
    let options = LayerOptions { allow_empty: true, ..LayerOptions::default() };
    normalise(made.delivered, crs("EPSG:4546"), "memory", Role::PLAN, &options).expect("a layer").faults
}

fn details(faults: &[Fault]) -> Vec<(FaultKind, Text)> {
    faults.iter().filter_map(|fault| Some((fault.kind, fault.detail.clone()?))).collect()
}

/// The details, each of which is held to its language, as pairs.
fn told(faults: &[Fault]) -> Vec<(String, String)> {
    let details = details(faults);
    for (kind, detail) in &details {
        assert_eq!(fault_of_languages(detail), None, "{kind:?}: {detail:?}");
    }
    details.into_iter().map(|(_, detail)| (detail.zh, detail.en)).collect()
}

/// What stands outside of backticks, without the names of the schemes.
fn own_words(text: &str) -> String {
    let own: String = text.split('`').step_by(2).collect();
    Scheme::ALL.iter().fold(own, |own, scheme| own.replace(scheme.name(), ""))
}

/// What is wrong with the languages of a detail. Without any letter it needs no language.
fn fault_of_languages(detail: &Text) -> Option<&'static str> {
    let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let english = |text: &str| text.chars().any(|c| c.is_ascii_alphabetic());
    let (zh, en) = (own_words(&detail.zh), own_words(&detail.en));
    match () {
        () if chinese(&en) => Some("Chinese in English"),
        () if english(&zh) => Some("English in Chinese"),
        () if chinese(&zh) != english(&en) => Some("words in one language only"),
        () if detail.is_empty() => Some("nothing is said"),
        () => None,
    }
}

#[test]
fn a_detail_in_the_wrong_language_is_found() {
    let wrong = |zh: &str, en: &str| fault_of_languages(&Text::new(zh, en));
    assert_eq!(wrong("a point", "a point"), Some("English in Chinese"));
    assert_eq!(wrong("点", "点"), Some("Chinese in English"));
    assert_eq!(wrong("3", "3 points"), Some("words in one language only"));
    assert_eq!(wrong("", ""), Some("nothing is said"));
    assert_eq!(wrong("字段 `a b`，land-sea-2023", "column `编号`, land-sea-2023"), None);
    assert_eq!(wrong("≥ 2 × (1.0, 2.0) …", "≥ 2 × (1.0, 2.0) …"), None);
}

fn is_told(faults: &[Fault], expected: &[Told<'_>]) {
    let told = told(faults);
    let told: Vec<Told<'_>> = told.iter().map(|(zh, en)| (zh.as_str(), en.as_str())).collect();
    assert_eq!(told, expected);
}

#[test]
fn geometries_that_are_no_polygons_are_told_by_what_they_are() {
    let features = [
        feature(SQUARE, ""),
        feature(POINT, ""),
        feature(LINE, ""),
        feature(&collection(&[SQUARE, LINE, POINT, POINT]), ""),
        feature(&collection(&[SQUARE, POINT]), ""),
    ];
    is_told(
        &stream(&features, &ReadOptions::default()).faults,
        &[
            ("点", "a point"),
            ("线", "a line"),
            (
                "几何集合，只使用其中的面，1 条线、2 个点未使用",
                "a collection: its polygons are used, without 1 line and 2 points",
            ),
            (
                "几何集合，只使用其中的面，1 个点未使用",
                "a collection: its polygons are used, without 1 point",
            ),
        ],
    );
    let arcs = "含有圆弧，请改用折线，或从文件读取";
    is_told(
        &from_memory(&[1, 2, 8, 9, 15, 10].map(wkb_of)),
        &[
            ("点", "a point"),
            ("线", "a line"),
            ("圆弧", "an arc"),
            ("复合曲线", "a compound curve"),
            ("体的表面", "the surface of a solid"),
            (arcs, "it has arcs; give it with chords, or read it from a file"),
        ],
    );
    let folder = tempfile::tempdir().expect("a folder");
    let disc = "CURVEPOLYGON (CIRCULARSTRING (480000 3790000, 480100 3790000, 480000 3790000))";
    is_told(
        &geopackage(&folder.path().join("a.gpkg"), &[disc, disc, "POINT (480000 3790000)"]).faults,
        &[
            (
                "含有圆弧，按每段 1° 的弦代替，此类要素共 2 个",
                "it has arcs, which are used as chords of one degree; so have 2 features in all",
            ),
            ("点", "a point"),
        ],
    );
}

#[test]
fn rings_that_cross_often_are_told_in_figures() {
    let star = r#""type":"Polygon","coordinates":[[[111,34],[111.003,34.001],[111,34.001],[111.003,34],[111.001,34.002],[111,34]]]"#;
    let read = stream(&[feature(star, "")], &ReadOptions::default());
    let told = told(&read.faults);
    assert!(told.len() == 1 && told[0].0 == told[0].1 && told[0].0.contains(" × ("), "{told:?}");
}

#[test]
fn parcels_of_a_boundary_txt_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let read =
        parcels(folder.path(), &[("面", "", "", &[(1, 0.0), (2, 100.0)]), ("线", "", "", &[(1, 0.0)])]);
    is_told(
        &read.faults,
        &[
            (
                "圈号 2 的界址线在圈号 1 之外，作为地块的另一部分使用，不作为洞",
                "ring 2 lies outside ring 1: it is used as a further part, not as a hole",
            ),
            ("图形属性为 `线`", "its kind of shape is `线`"),
        ],
    );
    let one: &[(u32, f64)] = &[(1, 0.0)];
    let read = parcels(
        folder.path(),
        &[("面", "工业用地", "0601", one), ("面", "商业用地", "0901", one), ("面", "", "0601", one)],
    );
    is_told(
        &read.faults,
        &[(
            "代码与用途只按一个分类标准一致的地块：land-sea-2023 1 个，survey-2019 1 个",
            "parcels whose code and use agree in one scheme alone: land-sea-2023 1, survey-2019 1",
        )],
    );
}

#[test]
fn identifiers_are_told() {
    is_told(
        &squares(&[r#""BSM":"a""#, r#""BSM":"b""#, r#""BSM":"a""#]).faults,
        &[("与要素号 0 的要素相同", "feature 0 carries it too")],
    );
    is_told(
        &squares(&[r#""BSM":"0""#, r#""BSM":"0""#]).faults,
        &[(
            "字段 `BSM` 的值全部为 `0`，改以要素号标识要素",
            "column `BSM` is `0` everywhere; features are named by feature id",
        )],
    );
    is_told(
        &squares(&[r#""BSM":"""#, r#""BSM":"""#]).faults,
        &[(
            "字段 `BSM` 的值全部为空，改以要素号标识要素",
            "column `BSM` is empty everywhere; features are named by feature id",
        )],
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    let column: ArrayRef = Arc::new(Float64Array::from(vec![1.234_567_890_123_456_8e19, 2.0, 3.0]));
    write(&path, "plan", &crs("EPSG:4546"), &three(CORNER, 100.0), &table(vec![("BSM", column)]));
    is_told(
        &read_path(&path).faults,
        &[(
            "字段 `BSM` 以浮点数存储超过 15 位的数字，末几位已丢失，改以要素号标识要素",
            "column `BSM` has numbers of more than 15 digits as floating point, whose last digits are lost; features \
             are named by feature id",
        )],
    );
}

#[test]
fn land_classes_are_told() {
    let cases: [(&[&str], &[Told<'_>]); 6] = [
        (
            &[r#""YDYHFLDM":"70102""#, r#""YDYHFLDM":"9999""#],
            &[
                ("代码 `9999`，分类标准 land-sea-2023", "code `9999`, scheme land-sea-2023"),
                ("如 `70102` → `070102`，共 1 处", "such as `70102` → `070102`, in 1 cell"),
            ],
        ),
        (
            &[r#""YDYHFLDM":"0601","YDYHFLMC":"工业用地""#],
            &[(
                "代码 `0601` 为 `农村道路`，名称为 `工业用地`",
                "the code `0601` is `农村道路`, the name is `工业用地`",
            )],
        ),
        (&[r#""DLBM":"0103""#], &[("`DLBM`", "`DLBM`")]),
        (
            &[r#""DLBM":"0103","GHDLMC":"旱地""#],
            &[(
                "规划地类字段 `GHDLMC`，现状地类字段 `DLBM`",
                "planned classes in `GHDLMC`, current use in `DLBM`",
            )],
        ),
        (
            &[r#""land_class":"0701""#, r#""land_class":"0601""#],
            &[(
                "不同的值共 2 个，land-sea-2023 可识别 2 个，survey-2019 可识别 2 个",
                "different values: 2; land-sea-2023 knows 2, survey-2019 knows 2",
            )],
        ),
        (
            &[
                r#""YDYHFLDM":"0701","land_scheme":"land-sea-2032""#,
                r#""YDYHFLDM":"0701","land_scheme":"国标""#,
            ],
            &[
                (
                    "`land-sea-2032` 不是地类分类标准，是否想写 `land-sea-2023`？可用：land-sea-2023、survey-2019、\
                     land-sea-2020、urban-rural-2011、land-use-2006",
                    "`land-sea-2032` is not a land-class scheme (did you mean `land-sea-2023`?); known: land-sea-2023, \
                     survey-2019, land-sea-2020, urban-rural-2011, land-use-2006",
                ),
                (
                    "`国标` 不是地类分类标准；可用：land-sea-2023、survey-2019、\
                     land-sea-2020、urban-rural-2011、land-use-2006",
                    "`国标` is not a land-class scheme; known: land-sea-2023, survey-2019, land-sea-2020, \
                     urban-rural-2011, land-use-2006",
                ),
            ],
        ),
    ];
    for (properties, expected) in cases {
        is_told(&squares(properties).faults, expected);
    }
}
