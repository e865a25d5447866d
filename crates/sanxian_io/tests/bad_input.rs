//! What a person hands in when something went wrong, and what they are told.

mod made_files;

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use made_files::*;
use sanxian_io::{
    CrsChoice, OutputLayer, ReadError, ReadOptions, WriteError, WriteOptions, list_layers, read_stream,
    write_layers,
};
use sanxian_layer::LayerError;
use sanxian_layer::OnInvalid;
use sanxian_model::{FaultKind, Role, Treatment};

fn name(path: &Path) -> &str {
    path.to_str().expect("a name")
}

fn with_crs(text: &str) -> ReadOptions {
    ReadOptions { crs: Some(CrsChoice::parse(text)), ..ReadOptions::default() }
}

/// Writes GeoJSON features by hand, in EPSG:4546.
fn geojson(path: &Path, geometries: &[&str]) {
    let features: Vec<String> = geometries
        .iter()
        .enumerate()
        .map(|(k, geometry)| {
            format!(r#"{{"type":"Feature","id":{k},"properties":{{"BSM":"B{k}"}},"geometry":{geometry}}}"#)
        })
        .collect();
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let text = format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","));
    std::fs::write(path, text).expect("a file");
}

fn polygon(points: &[[f64; 2]]) -> String {
    let points: Vec<String> =
        points.iter().map(|[x, y]| format!("[{},{}]", x + CORNER[0], y + CORNER[1])).collect();
    format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, points.join(","))
}

const SQUARE: [[f64; 2]; 5] = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
const BOW_TIE: [[f64; 2]; 5] = [[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0], [0.0, 0.0]];

#[test]
fn no_file_and_no_layer() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("没有.gpkg");
    assert!(matches!(refused(name(&missing), &ReadOptions::default()), ReadError::Missing { .. }));
    let hinted = refused(&format!("{}#DLTB", name(&missing)), &ReadOptions::default()).to_string();
    assert!(hinted.contains("there is no file"), "{hinted}");
    let path = folder.path().join("a.gpkg");
    write_plan(&path);
    let error = refused(&format!("{}#DLTB", name(&path)), &ReadOptions::default());
    assert!(matches!(error, ReadError::NoSuchLayer { .. }));
    assert!(error.to_string().contains("`规划图斑`"), "{error}");
    assert!(list_layers(name(&missing)).is_err());
}

#[test]
fn lines_and_tables_are_no_areas() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("roads.geojson");
    geojson(&path, &[r#"{"type":"LineString","coordinates":[[480000,3790000],[480010,3790000]]}"#]);
    let error = refused(name(&path), &ReadOptions::default());
    assert!(matches!(&error, ReadError::NotPolygons { geometry, .. } if geometry.en == "lines"), "{error}");
    let table = folder.path().join("table.csv");
    std::fs::write(&table, "BSM,名称\n1,a\n").expect("a file");
    let error = refused(name(&table), &ReadOptions::default());
    assert!(matches!(error, ReadError::NoPolygonLayer { .. } | ReadError::NotPolygons { .. }), "{error}");
}

#[test]
fn an_empty_layer_is_an_error_unless_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty.gpkg");
    let no_rows: ArrayRef = Arc::new(StringArray::from(Vec::<&str>::new()));
    write(&path, "empty", &crs("EPSG:4546"), &column(vec![]), &table(vec![("BSM", no_rows)]));
    assert!(matches!(
        refused(name(&path), &ReadOptions::default()),
        ReadError::Layer(LayerError::Empty { .. })
    ));
    let layer = read(name(&path), &ReadOptions { allow_empty: true, ..ReadOptions::default() }).layer;
    assert!(layer.is_empty() && layer.crs.epsg == Some(4546));
    assert!(layer.column("id").is_some());
}

#[test]
fn a_file_of_something_else_is_told_with_the_drivers_words() {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, bytes) in [("a.gpkg", &b"not a database"[..]), ("a.shp", b""), ("a.geojson", b"{\"type\":")] {
        let path = folder.path().join(file);
        std::fs::write(&path, bytes).expect("a file");
        if file == "a.shp" {
            std::fs::write(path.with_extension("shx"), b"").expect("a file");
            std::fs::write(path.with_extension("dbf"), b"").expect("a file");
        }
        let error = refused(name(&path), &ReadOptions::default());
        assert!(matches!(&error, ReadError::NotReadable { .. }), "{file}: {error}");
        assert!(error.to_string().contains('('), "{error}");
    }
}

#[test]
fn a_corrupt_geopackage_is_never_half_a_layer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    let many =
        column((0..3000).map(|k| vec![vec![square([CORNER[0] + f64::from(k), CORNER[1]], 0.5)]]).collect());
    let ids: ArrayRef = Arc::new((0..3000).map(|k| Some(format!("B{k}"))).collect::<StringArray>());
    write(&path, "a", &crs("EPSG:4546"), &many, &table(vec![("BSM", ids)]));
    let whole = std::fs::read(&path).expect("a file");
    for (what, bytes) in [
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("scribbled", {
            let mut bytes = whole.clone();
            let middle = bytes.len() / 2;
            bytes[middle..middle + 20_000].fill(0xA5);
            bytes
        }),
    ] {
        std::fs::write(&path, bytes).expect("a file");
        match sanxian_io::read_layer(name(&path), Role::PLAN, &ReadOptions::default()) {
            Ok(read) => assert_eq!(read.layer.len(), 3000, "{what}"),
            Err(error) => assert!(
                matches!(
                    error,
                    ReadError::Damaged { .. }
                        | ReadError::NotReadable { .. }
                        | ReadError::BrokenGeometry { .. }
                ),
                "{what}: {error}"
            ),
        }
    }
}

#[test]
fn a_cut_shapefile_is_an_error_at_every_length() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.shp");
    write_plan(&path);
    let whole = std::fs::read(&path).expect("a file");
    for part in [2, 3, 5, 8] {
        std::fs::write(&path, &whole[..whole.len() * part / 9]).expect("a file");
        let error = refused(name(&path), &ReadOptions::default());
        assert!(
            matches!(error, ReadError::Damaged { .. } | ReadError::NotReadable { .. }),
            "{part}/9: {error}"
        );
    }
}

#[test]
fn a_cut_table_of_a_shapefile_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.shp");
    write_plan(&path);
    let table = path.with_extension("dbf");
    let whole = std::fs::read(&table).expect("a file");
    std::fs::write(&table, &whole[..whole.len() - 700]).expect("a file");
    let error = refused(name(&path), &ReadOptions::default());
    assert!(matches!(error, ReadError::Damaged { .. } | ReadError::NotReadable { .. }), "{error}");
}

#[test]
fn the_parts_of_a_shapefile_belong_together() {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["shx", "dbf"] {
        let path = folder.path().join(format!("without_{part}.shp"));
        write_plan(&path);
        std::fs::remove_file(path.with_extension(part)).expect("removed");
        let error = refused(name(&path), &ReadOptions::default());
        assert!(
            matches!(&error, ReadError::SidecarMissing { missing, .. } if missing.ends_with(part)),
            "{error}"
        );
    }
    let path = folder.path().join("without_prj.shp");
    write_plan(&path);
    std::fs::remove_file(path.with_extension("prj")).expect("removed");
    assert!(matches!(refused(name(&path), &ReadOptions::default()), ReadError::CrsMissing { .. }));
    assert_eq!(read(name(&path), &with_crs("EPSG:4546")).layer.crs.epsg, Some(4546));
}

#[test]
fn a_crs_that_contradicts_the_file_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    write_plan(&path);
    let error = refused(name(&path), &with_crs("EPSG:4547"));
    assert!(matches!(error, ReadError::CrsContradicted { .. }), "{error}");
    assert!(error.to_string().contains("4546") && error.to_string().contains("4547"), "{error}");
    assert_eq!(read(name(&path), &with_crs("4546")).layer.crs.epsg, Some(4546));
    let error = refused(name(&path), &with_crs("EPSG:999999"));
    assert!(error.to_string().contains("EPSG:999999"), "{error}");
}

#[test]
fn a_zone_number_that_contradicts_the_crs_names_the_code_that_fits() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    write(&path, "a", &crs("EPSG:4526"), &three([38_480_000.0, 3_790_000.0], 100.0), &plan_table());
    for (declared, fits) in [("EPSG:4546", "EPSG:4526"), ("EPSG:4525", "EPSG:4526")] {
        let error = refused(name(&path), &with_crs(declared)).to_string();
        assert!(error.contains(fits) && error.contains("zone number 38"), "{error}");
    }
    let error = refused(name(&path), &ReadOptions::default()).to_string();
    assert!(error.contains("EPSG:4526"), "{error}");
    assert_eq!(read(name(&path), &with_crs("EPSG:4526")).layer.len(), 3);
    let error = refused(name(&path), &with_crs("EPSG:4490")).to_string();
    assert!(error.contains("no degrees"), "{error}");
}

#[test]
fn geojson_without_a_crs_may_be_declared_and_is_degrees_otherwise() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.geojson");
    geojson(&path, &[&polygon(&SQUARE)]);
    let text = std::fs::read_to_string(&path).expect("a file");
    std::fs::write(&path, text.replace("\"crs\":", "\"other\":")).expect("a file");
    let error = refused(name(&path), &ReadOptions::default()).to_string();
    assert!(error.contains("no degrees"), "{error}");
    assert_eq!(read(name(&path), &with_crs("EPSG:4546")).layer.crs.epsg, Some(4546));
}

#[test]
fn features_without_area_are_left_out_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.geojson");
    let line = r#"{"type":"LineString","coordinates":[[480000,3790000],[480010,3790000]]}"#;
    geojson(&path, &[&polygon(&SQUARE), "null", line, &polygon(&SQUARE[..2])]);
    for on_invalid in [OnInvalid::Repair, OnInvalid::Skip] {
        let read = read(name(&path), &ReadOptions { on_invalid, ..ReadOptions::default() });
        assert_eq!(read.layer.fids, [0]);
        assert_eq!(read.layer.attributes.num_rows(), 1);
        assert_eq!(read.layer.source.features, 4);
        let told: Vec<_> = read.faults.iter().map(|fault| (fault.place.id.as_deref(), fault.kind)).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert_eq!(told[0], (Some("B1"), FaultKind::Empty));
        assert_eq!(told[1], (Some("B2"), FaultKind::NotPolygon));
        assert_eq!(told[2].0, Some("B3"));
        assert!(read.faults.iter().all(|fault| fault.treatment == Treatment::Skipped));
    }
    let error = refused(name(&path), &ReadOptions { on_invalid: OnInvalid::Error, ..ReadOptions::default() });
    assert!(
        matches!(error, ReadError::Layer(LayerError::Invalid(_))) && error.to_string().contains("`B1`"),
        "{error}"
    );
}

#[test]
fn a_bow_tie_is_repaired_left_out_or_fatal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.geojson");
    geojson(&path, &[&polygon(&SQUARE), &polygon(&BOW_TIE)]);
    let reading = |on_invalid| ReadOptions { on_invalid, ..ReadOptions::default() };
    let repaired = read(name(&path), &reading(OnInvalid::Repair));
    assert_eq!(repaired.layer.len(), 2);
    assert_eq!(repaired.faults.len(), 1);
    assert_eq!(repaired.faults[0].kind, FaultKind::Crossing);
    assert_eq!(repaired.layer.repaired.len(), 1);
    assert_eq!(repaired.layer.repaired[0].0, 1);
    let skipped = read(name(&path), &reading(OnInvalid::Skip));
    assert_eq!((skipped.layer.len(), skipped.faults[0].treatment), (1, Treatment::Skipped));
    let error = refused(name(&path), &reading(OnInvalid::Error));
    let text = error.to_string();
    assert!(
        matches!(error, ReadError::Layer(LayerError::Invalid(_)))
            && text.contains("`B1`")
            && text.contains("near ("),
        "{text}"
    );
}

#[test]
fn nothing_usable_is_an_error_that_names_the_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.geojson");
    geojson(&path, &[&polygon(&BOW_TIE), "null"]);
    let options = ReadOptions { on_invalid: OnInvalid::Skip, ..ReadOptions::default() };
    let error = refused(name(&path), &options);
    assert!(matches!(error, ReadError::Layer(LayerError::NothingUsable { features: 2, .. })), "{error}");
    assert!(error.to_string().contains("crosses itself"), "{error}");
    let allowed = ReadOptions { allow_empty: true, ..options };
    assert_eq!(read(name(&path), &allowed).faults.len(), 2);
}

#[test]
fn nan_is_told_with_its_feature() {
    let text = r#"{"type":"Feature","properties":{"BSM":"x"},"geometry":{"type":"Polygon","coordinates":[[[1],[2,0],[2,2],[1]]]}}
        {"type":"Feature","properties":{"BSM":"y"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]}}"#;
    let read = read_stream("-", text.as_bytes(), Role::PLAN, &ReadOptions::default()).expect("a layer");
    assert_eq!(read.layer.len(), 1);
    assert_eq!((read.faults[0].kind, read.faults[0].place.id.as_deref()), (FaultKind::NotFinite, Some("x")));
    // The geometry of a GeoPackage can hold a NaN in its bytes.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    let mut rings = square(CORNER, 10.0);
    rings[2][0] = f64::NAN;
    let polygons =
        column(vec![vec![vec![rings]], vec![vec![square(CORNER, 10.0)]], vec![vec![square(CORNER, 5.0)]]]);
    write(&path, "a", &crs("EPSG:4546"), &polygons, &plan_table());
    let read = read_path(&path);
    assert_eq!(read.layer.fids, [2, 3]);
    assert_eq!(read.faults[0].kind, FaultKind::NotFinite);
    assert_eq!(read.faults[0].place.id.as_deref(), Some("411402001"));
}

#[test]
fn twice_the_same_identifier_and_unknown_codes_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    let attributes = table(vec![
        ("BSM", Arc::new(StringArray::from(vec!["1", "2", "1"])) as ArrayRef),
        ("YDYHFLDM", Arc::new(StringArray::from(vec!["0101", "9999", ""])) as ArrayRef),
    ]);
    write(&path, "a", &crs("EPSG:4546"), &three(CORNER, 10.0), &attributes);
    let read = read_path(&path);
    let told: Vec<_> =
        read.faults.iter().map(|fault| (fault.kind, fault.place.fid, fault.treatment)).collect();
    assert_eq!(
        told,
        [
            (FaultKind::UnknownCode, Some(2), Treatment::Kept),
            (FaultKind::DuplicateId, Some(3), Treatment::Kept)
        ]
    );
    assert!(read.faults[0].detail.as_ref().expect("a word").en.contains("9999"));
    assert_eq!(texts(&read.layer, "land_scheme")[0].as_deref(), Some("land-sea-2023"));
    assert_eq!(texts(&read.layer, "land_nature"), [Some("farm".to_owned()), None, None]);
}

#[test]
fn an_output_over_an_input_or_nowhere_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    write_plan(&path);
    assert!(matches!(
        sanxian_io::refuse_overwriting_inputs(&path, &[&format!("{}#规划图斑", name(&path))]),
        Err(WriteError::IsInput { .. })
    ));
    let (crs, polygons, attributes) = (crs("EPSG:4546"), three(CORNER, 10.0), plan_table());
    let layer =
        OutputLayer { name: "a", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
    let to = |path: &Path, layers: &[OutputLayer<'_>]| write_layers(path, layers, &WriteOptions::default());
    assert!(matches!(to(&path.join("b.gpkg"), &[layer]), Err(WriteError::NoFolder { .. })));
    assert!(matches!(to(&folder.path().join("b.xyz"), &[layer]), Err(WriteError::UnknownFormat { .. })));
    assert!(matches!(
        to(&folder.path().join("b.shp"), &[layer, layer]),
        Err(WriteError::OneLayerOnly { layers: 2, .. })
    ));
    let names: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").collect();
    assert_eq!(names.len(), 1);
}

#[test]
fn standard_input_without_data_or_with_something_else() {
    let from = |text: &str| read_stream("-", text.as_bytes(), Role::PLAN, &ReadOptions::default());
    assert!(matches!(from(""), Err(ReadError::NoInput)));
    assert!(matches!(from("\u{FEFF} \n"), Err(ReadError::NoInput)));
    assert!(matches!(from("BSM,WKT\n"), Err(ReadError::GeoJson { line: 1, .. })));
    let good = r#"{"type":"Feature","properties":null,"geometry":null}"#;
    assert!(matches!(from(&format!("{good}\n{good}\nbad")), Err(ReadError::GeoJson { line: 3, .. })));
}

#[test]
fn no_message_shows_a_password() {
    for source in [
        "postgresql://u:geheim@127.0.0.1:1/db",
        "PG:host=127.0.0.1 port=1 user=u password = geheim",
        "PG:host=127.0.0.1 port=1 user=u password='ge heim geheim'#a",
        "PG:host=127.0.0.1 port=1 sslpassword=geheim",
        "MYSQL:plan,user=u,password=geheim,host=127.0.0.1,port=1",
        "MSSQL:server=127.0.0.1,1;uid=u;pwd=geheim;database=d",
        "http://u:geheim@127.0.0.1:1/a.geojson",
        "/vsicurl/http://u:geheim@127.0.0.1:1/a.geojson",
    ] {
        let error = refused(source, &ReadOptions::default());
        assert!(!format!("{error} {error:?}").contains("geheim"), "{error}");
        assert!(error.to_string().contains("***"), "{error}");
    }
}

#[test]
fn a_system_of_heights_is_named_as_it_was_written() {
    for text in ["EPSG:5737", "5737"] {
        let error = sanxian_io::crs_from_user(text).expect_err("heights").to_string();
        assert!(error.contains(text) && error.contains("easting"), "{error}");
    }
}
