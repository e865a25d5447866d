//! What is written is read back: geometry to the last bit where the format keeps it, names, types, nulls.

mod made_files;

use made_files::*;
use sanxian_io::{LayerStyle, OutputLayer, ReadOptions, WriteOptions, list_layers, write_layers};
use sanxian_model::{CrsKind, Role};

#[test]
fn formats_that_keep_everything_give_everything_back() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["规划.gpkg", "plan.gdb", "plan.fgb"] {
        let path = folder.path().join(name);
        write_plan(&path);
        let read = read_path(&path);
        let layer = &read.layer;
        assert_eq!(read.faults, [], "{name}");
        assert_eq!(layer.len(), 3, "{name}");
        assert_eq!(layer.crs.epsg, Some(4546), "{name}");
        assert_eq!(layer.source.encoding, "UTF-8", "{name}");
        // FlatGeobuf orders features along a curve, so they are compared by identifier.
        let order: Vec<usize> = ["411402001", "411402002", "411402003"]
            .iter()
            .map(|id| (0..3).find(|&row| layer.text("id", row).as_deref() == Some(id)).expect("a feature"))
            .collect();
        let delivered = three(CORNER, 100.0);
        for (wanted, row) in order.iter().copied().enumerate() {
            let rings = |polygons: &sanxian_model::PolygonColumn, row| -> Vec<Vec<[f64; 2]>> {
                let mut rings: Vec<Vec<[f64; 2]>> =
                    polygons.feature(row).rings().map(<[[f64; 2]]>::to_vec).collect();
                for ring in &mut rings {
                    // A File Geodatabase turns rings round and starts them elsewhere.
                    ring.pop();
                    let first =
                        (0..ring.len()).min_by(|&a, &b| ring[a].partial_cmp(&ring[b]).expect("numbers"));
                    ring.rotate_left(first.expect("a point"));
                }
                rings.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
                rings
            };
            let (found, wanted_rings) = (rings(&layer.polygons, row), rings(&delivered, wanted));
            for (found, wanted) in found.iter().flatten().zip(wanted_rings.iter().flatten()) {
                // A File Geodatabase keeps coordinates on a grid of a tenth of a millimetre.
                let off = (found[0] - wanted[0]).hypot(found[1] - wanted[1]);
                assert!(off <= if name.ends_with("gdb") { 1e-4 } else { 0.0 }, "{name}: {off}");
            }
            assert_eq!(found.len(), wanted_rings.len(), "{name}");
        }
        let at = |column: &str, k: usize| layer.text(column, order[k]);
        assert_eq!(at("项目名称", 0).as_deref(), Some("示例工业园"), "{name}");
        assert_eq!(at("name", 2).as_deref(), Some("堃宇村宅基地"), "{name}");
        assert_eq!(at("项目名称", 1), None, "{name}");
        assert_eq!(at("recorded_area", 0).as_deref(), Some("1234.56"), "{name}");
        assert_eq!(at("TBMJ", 2), None, "{name}");
        assert_eq!(at("SJNF", 1).as_deref(), Some("2025"), "{name}");
        assert_eq!(at("land_scheme", 0).as_deref(), Some("land-sea-2023"), "{name}");
        assert_eq!(at("land_name", 0).as_deref(), Some("工业用地"), "{name}");
        assert_eq!(at("land_nature", 1).as_deref(), Some("farm"), "{name}");
    }
}

#[test]
fn a_shapefile_cuts_names_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("图斑.shp");
    let (polygons, attributes) = (three(CORNER, 100.0), plan_table());
    let crs = crs("EPSG:4546");
    let layer =
        OutputLayer { name: "图斑", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
    let written = write_layers(&path, &[layer], &WriteOptions::default()).expect("written");
    assert_eq!(written.renamed, [("图斑".to_owned(), "项目名称".to_owned(), "项目名".to_owned())]);
    let layer = read_path(&path).layer;
    assert_eq!(layer.crs.epsg, Some(4546));
    assert_eq!(layer.source.encoding, "UTF-8 (declared)");
    assert_eq!(texts(&layer, "name")[0].as_deref(), Some("示例工业园"));
    assert_eq!(layer.polygons.coords().len(), polygons.coords().len());
}

#[test]
fn a_gbk_shapefile_is_written_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tb.shp");
    let (polygons, attributes) = (three(CORNER, 100.0), plan_table());
    let crs = crs("EPSG:4546");
    let layer =
        OutputLayer { name: "tb", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
    let options = WriteOptions { encoding: Some("GBK".to_owned()), ..WriteOptions::default() };
    assert_eq!(write_layers(&path, &[layer], &options).expect("written").renamed, []);
    let layer = read_path(&path).layer;
    assert_eq!(layer.source.encoding, "GBK (declared)");
    assert_eq!(texts(&layer, "项目名称")[2].as_deref(), Some("堃宇村宅基地"));
}

#[test]
fn texts_that_a_shapefile_cuts_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tb.shp");
    let long = "资".repeat(90);
    let texts: arrow_array::ArrayRef =
        std::sync::Arc::new(arrow_array::StringArray::from(vec![long.as_str(), "短", &long[..240]]));
    let (crs, polygons, attributes) =
        (crs("EPSG:4546"), three(CORNER, 100.0), table(vec![("说明文字", texts)]));
    let layer =
        OutputLayer { name: "tb", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
    let written = write_layers(&path, &[layer], &WriteOptions::default()).expect("written");
    assert_eq!(written.cut, [("tb".to_owned(), "说明文字".to_owned(), 1)]);
    let options = WriteOptions { encoding: Some("GBK".to_owned()), ..WriteOptions::default() };
    assert_eq!(write_layers(&path, &[layer], &options).expect("written").cut, []);
}

#[test]
fn geojson_is_on_wgs84_unless_told_otherwise() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.geojson", "a.geojsonl"] {
        let path = folder.path().join(name);
        write_plan(&path);
        let layer = read_path(&path).layer;
        assert!(matches!(layer.crs.kind, CrsKind::Geographic { .. }), "{name}");
        assert_eq!(layer.crs.epsg, Some(4326), "{name}");
        let [lon, lat] = layer.polygons.coords()[0];
        assert!((110.7..110.8).contains(&lon) && (34.2..34.3).contains(&lat), "{name}: {lon} {lat}");
        assert_eq!(texts(&layer, "name")[0].as_deref(), Some("示例工业园"), "{name}");
    }
    let path = folder.path().join("own.geojson");
    let (polygons, attributes) = (three(CORNER, 100.0), plan_table());
    let crs = crs("EPSG:4546");
    let layer =
        OutputLayer { name: "own", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
    let options = WriteOptions { keep_crs: true, ..WriteOptions::default() };
    write_layers(&path, &[layer], &options).expect("written");
    let layer = read_path(&path).layer;
    assert_eq!(layer.crs.epsg, Some(4546));
    assert_eq!(layer.polygons, polygons);
}

#[test]
fn csv_keeps_every_digit_and_wants_a_crs() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    let polygons = three([480_000.123_456_789, 3_790_000.1], 33.3);
    write(&path, "a", &crs("EPSG:4546"), &polygons, &plan_table());
    let first = std::fs::read(&path).expect("a file");
    write(&path, "a", &crs("EPSG:4546"), &polygons, &plan_table());
    assert_eq!(std::fs::read(&path).expect("a file"), first);
    let source = path.to_str().expect("a name");
    let error = refused(source, &ReadOptions::default()).to_string();
    assert!(error.contains("--crs EPSG:4546") && error.contains("layers.plan.crs"), "{error}");
    let options =
        ReadOptions { crs: Some(sanxian_io::CrsChoice::parse("EPSG:4546")), ..ReadOptions::default() };
    let layer = read(source, &options).layer;
    assert_eq!(layer.polygons, polygons);
    // Codes keep their leading zero: the columns of a CSV are text.
    assert_eq!(texts(&layer, "land_class")[1].as_deref(), Some("0101"));
}

#[test]
fn kml_is_written_in_longitude_and_latitude() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.kml");
    write_plan(&path);
    let layer = read_path(&path).layer;
    assert_eq!(layer.len(), 3);
    let [lon, lat] = layer.polygons.coords()[0];
    assert!((110.7..110.8).contains(&lon) && (34.2..34.3).contains(&lat), "{lon} {lat}");
}

#[test]
fn a_geopackage_holds_layers_and_their_styles() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("result.gpkg");
    let (polygons, attributes) = (three(CORNER, 100.0), plan_table());
    let crs = crs("EPSG:4546");
    let style = LayerStyle {
        name: "findings".to_owned(),
        qml: "<qgis note='it''s red'/>".to_owned(),
        sld: String::new(),
    };
    let layers = ["findings", "pieces"].map(|name| OutputLayer {
        name,
        crs: &crs,
        polygons: &polygons,
        attributes: &attributes,
        style: Some(&style),
    });
    write_layers(&path, &layers, &WriteOptions::default()).expect("written");
    let source = path.to_str().expect("a name");
    let listed = list_layers(source).expect("layers");
    let names: Vec<&str> = listed.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["findings", "pieces", "layer_styles"]);
    assert_eq!(listed[0].features, Some(3));
    assert_eq!(listed[0].crs.as_deref(), Some("EPSG:4546"));
    assert!(!listed[2].polygons);
    let error = refused(source, &ReadOptions::default()).to_string();
    assert!(
        error.contains("#findings") && error.contains("#pieces") && !error.contains("layer_styles"),
        "{error}"
    );
    let chosen = sanxian_io::read_layer(&format!("{source}#pieces"), Role::PLAN, &ReadOptions::default());
    assert_eq!(chosen.expect("a layer").layer.len(), 3);
}

#[test]
fn columns_called_like_the_formats_own_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.gpkg");
    let ids: arrow_array::ArrayRef = std::sync::Arc::new(arrow_array::StringArray::from(vec!["x", "y", "z"]));
    let attributes = table(vec![("fid", ids.clone()), ("geom", ids)]);
    write(&path, "own", &crs("EPSG:4546"), &three(CORNER, 10.0), &attributes);
    let layer = read_path(&path).layer;
    assert_eq!(layer.fids, [1, 2, 3]);
    assert_eq!(texts(&layer, "fid")[1].as_deref(), Some("y"));
    assert_eq!(texts(&layer, "geom")[2].as_deref(), Some("z"));
}

#[test]
fn the_plane_stays_a_plane() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("plane.gpkg");
    write(&path, "plane", &crs("none"), &three([0.0, 0.0], 10.0), &plan_table());
    let source = path.to_str().expect("a name");
    assert!(matches!(refused(source, &ReadOptions::default()), sanxian_io::ReadError::CrsMissing { .. }));
    let options = ReadOptions { crs: Some(sanxian_io::CrsChoice::Plane), ..ReadOptions::default() };
    assert_eq!(read(source, &options).layer.crs.kind, CrsKind::Plane);
}

#[test]
fn the_writer_says_which_crs_is_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (crs, polygons, attributes) = (crs("EPSG:4546"), three(CORNER, 100.0), plan_table());
    let layer =
        OutputLayer { name: "a", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
    for (name, keep_crs, told) in [
        ("a.geojson", false, Some(4326)),
        ("a.geojson", true, None),
        ("a.kml", false, Some(4326)),
        ("a.gpkg", false, None),
    ] {
        let options = WriteOptions { keep_crs, ..WriteOptions::default() };
        let written = write_layers(&folder.path().join(name), &[layer], &options).expect("written");
        assert_eq!(written.crs.and_then(|crs| crs.epsg), told, "{name}");
    }
}
