//! Layers brought to another CRS: where they end up, which way they took, and what no way leads to.

mod made_files;

use made_files::*;
use sanxian_io::{CrsError, Geodetic, ReadOptions, transform_layer};
use sanxian_model::{Layer, Position};

fn layer_in(code: &str, corner: Position, unit: f64) -> Layer {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    write(&path, "a", &crs(code), &three(corner, unit), &plan_table());
    read(path.to_str().expect("a name"), &ReadOptions::default()).layer
}

#[test]
fn the_next_zone_and_back_is_the_same_place() {
    let layer = layer_in("EPSG:4546", CORNER, 100.0);
    let there = transform_layer(layer.clone(), &crs("EPSG:4547")).expect("a way");
    assert_eq!(there.crs.epsg, Some(4547));
    assert_eq!(there.source.crs.epsg, Some(4546));
    let pipeline = there.source.pipeline.clone().expect("a pipeline");
    assert!(pipeline.contains("tmerc") && pipeline.contains("lon_0=114"), "{pipeline}");
    let back = transform_layer(there, &crs("EPSG:4546")).expect("a way");
    assert_eq!(back.polygons.coords().len(), layer.polygons.coords().len());
    for (a, b) in back.polygons.coords().iter().zip(layer.polygons.coords()) {
        assert!((a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6, "{a:?} {b:?}");
    }
}

#[test]
fn the_zone_number_in_front_only_moves_the_origin() {
    let layer = layer_in("EPSG:4546", CORNER, 100.0);
    let there = transform_layer(layer.clone(), &crs("EPSG:4525")).expect("a way");
    for (a, b) in there.polygons.coords().iter().zip(layer.polygons.coords()) {
        assert!((a[0] - 37_000_000.0 - b[0]).abs() < 1e-6 && (a[1] - b[1]).abs() < 1e-6, "{a:?} {b:?}");
    }
}

#[test]
fn the_same_system_under_another_name_is_not_moved() {
    let layer = layer_in("EPSG:4546", CORNER, 100.0);
    let same = transform_layer(layer.clone(), &crs("EPSG:4546")).expect("the same");
    assert_eq!((same.source.pipeline.clone(), &same.polygons), (None, &layer.polygons));
}

#[test]
fn long_edges_get_points_and_stay_where_they_were() {
    // Two squares of ten kilometres that share an edge in opposite directions.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    let (left, right) = (square([111.0, 34.0], 0.1), square([111.1, 34.0], 0.1));
    let one: arrow_array::ArrayRef = std::sync::Arc::new(arrow_array::StringArray::from(vec!["1", "2"]));
    write(
        &path,
        "a",
        &crs("EPSG:4490"),
        &column(vec![vec![vec![left]], vec![vec![right]]]),
        &table(vec![("BSM", one)]),
    );
    let layer = transform_layer(read_path(&path).layer, &crs("EPSG:4546")).expect("a way");
    let on_shared = |row: usize| -> Vec<Position> {
        let back = Geodetic::of(&layer.crs).expect("a way");
        let mut points: Vec<Position> = layer.polygons.feature(row).rings().flatten().copied().collect();
        points.pop();
        points.retain(|point| {
            let mut degrees = [*point];
            back.lon_lat(&mut degrees).expect("in reach");
            (degrees[0][0] - 111.1).abs() < 1e-10
        });
        points.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
        points
    };
    let (a, b) = (on_shared(0), on_shared(1));
    assert!(a.len() > 2, "{}", a.len());
    assert_eq!(a, b);
}

#[test]
fn satellite_datums_are_taken_for_one_another_and_it_is_told() {
    let layer = layer_in("EPSG:4490", [111.0, 34.0], 0.001);
    let there = transform_layer(layer.clone(), &crs("EPSG:4326")).expect("a way");
    assert!(there.source.pipeline.expect("a way").contains("taken as equal"));
    for (a, b) in there.polygons.coords().iter().zip(layer.polygons.coords()) {
        assert!((a[0] - b[0]).abs() < 1e-12 && (a[1] - b[1]).abs() < 1e-12);
    }
}

#[test]
fn an_older_datum_without_parameters_is_refused() {
    let layer = layer_in("EPSG:2382", CORNER, 100.0);
    let error = transform_layer(layer, &crs("EPSG:4546")).expect_err("only a guess");
    assert!(matches!(error, CrsError::NoExactTransform { .. }), "{error}");
    assert!(error.to_string().contains("Xian 1980"), "{error}");
}

#[test]
fn the_plane_and_the_earth_do_not_meet() {
    let layer = layer_in("EPSG:4546", CORNER, 100.0);
    assert!(matches!(transform_layer(layer, &crs("none")), Err(CrsError::PlaneAndEarth { .. })));
}
