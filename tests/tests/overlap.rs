//! `sanxian overlap` of the built program on real layers, against the areas that GEOS found, and on the
//! triangle of the national formula.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use gdal::Dataset;
use gdal::vector::{Geometry, LayerAccess};
use sanxian_tests::{Table, data, sanxian};

/// Degrees are far smaller than metres. A power of two changes no digit.
const SCALE: f64 = 131_072.0;

type Pairs = BTreeMap<(String, String, String), f64>;

fn source(path: &str, layer: &str) -> String {
    format!("{}#{layer}", data(path).display())
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or_else(|error| panic!("`{text}`: {error}"))
}

/// The pairs of a table of overlaps, which has each pair once.
fn pairs<const N: usize>(table: &Table, columns: [&str; N]) -> Pairs {
    let mut pairs = Pairs::new();
    for cells in table.select(columns) {
        let key = (cells[0].to_owned(), cells[1].to_owned(), cells[2].to_owned());
        assert!(pairs.insert(key, number(cells[3])).is_none(), "twice: {cells:?}");
    }
    pairs
}

fn expected(path: &str) -> Pairs {
    pairs(&Table::read(&data(path)), ["subject_fid", "zone_layer", "zone_fid", "area"])
}

/// The layers and features that GEOS calls invalid.
fn invalid(path: &str) -> BTreeSet<(String, String)> {
    let table = Table::read(&data(path));
    let pair = |[layer, fid]: [&str; 2]| (layer.to_owned(), fid.to_owned());
    table.select(["layer", "fid"]).map(pair).collect()
}

/// Every pair within 1e-6 m² and 1e-9 of its size, no pair missing above that; features that GEOS calls
/// invalid left out. Returns how many pairs were compared.
#[track_caller]
fn compare(found: &Pairs, subject: &str, expected: &Pairs, invalid: &BTreeSet<(String, String)>) -> usize {
    let tolerance = |area: f64| 1e-6 + 1e-9 * area;
    for (pair, &area) in expected {
        let ours = found.get(pair).copied().unwrap_or(0.0);
        assert!((ours - area).abs() <= tolerance(area), "{pair:?}: {ours} is not {area}");
    }
    for (pair, &area) in found {
        let left_out = invalid.contains(&(subject.to_owned(), pair.0.clone()))
            || invalid.contains(&(pair.1.clone(), pair.2.clone()));
        assert!(left_out || expected.contains_key(pair) || area <= tolerance(0.0), "{pair:?}: {area}");
    }
    expected.len()
}

/// Features by their ids in the file, as the column that identifies them names them.
fn identifiers(path: &str, layer: &str, column: &str) -> BTreeMap<String, String> {
    let dataset = Dataset::open(data(path)).expect("a data set");
    let mut features = dataset.layer_by_name(layer).expect("a layer");
    let pairs = features.features().map(|feature| {
        let number = feature.field_index(column).expect("a column");
        let id = feature.field_as_string(number).expect("a text").expect("an identifier");
        (feature.fid().expect("a feature id").to_string(), id)
    });
    pairs.collect()
}

/// Writes a layer as bare well-known text, its coordinates multiplied, with the feature ids as `id`.
fn scaled(path: &Path, layer: &str, folder: &Path) -> PathBuf {
    let dataset = Dataset::open(path).expect("a data set");
    let mut features = dataset.layer_by_name(layer).expect("a layer");
    let mut text = "id,WKT\n".to_owned();
    for (row, feature) in features.features().enumerate() {
        let geometry = feature.geometry().expect("a geometry");
        let id = if path.extension().is_some_and(|extension| extension == "csv") {
            (row + 1).to_string()
        } else {
            feature.fid().expect("a feature id").to_string()
        };
        writeln!(text, "{id},\"{}\"", well_known(geometry)).expect("text grows");
    }
    let scaled = folder.join(format!("{layer}.csv"));
    fs::write(&scaled, text).expect("a file");
    scaled
}

/// Well-known text with every digit, which GDAL's own has not.
fn well_known(geometry: &Geometry) -> String {
    let polygon = |polygon: &Geometry| {
        let ring = |number| {
            let mut points = Vec::new();
            polygon.get_geometry(number).get_points(&mut points);
            let points: Vec<String> =
                points.iter().map(|(x, y, _)| format!("{:?} {:?}", x * SCALE, y * SCALE)).collect();
            format!("({})", points.join(","))
        };
        let rings: Vec<String> = (0..polygon.geometry_count()).map(ring).collect();
        format!("({})", rings.join(","))
    };
    if geometry.geometry_name() == "POLYGON" {
        return format!("POLYGON{}", polygon(geometry));
    }
    let parts: Vec<String> =
        (0..geometry.geometry_count()).map(|part| polygon(&geometry.get_geometry(part))).collect();
    format!("MULTIPOLYGON({})", parts.join(","))
}

#[test]
fn montpellier_agrees_with_geos() {
    let file = "montpellier/montpellier.gpkg";
    let invalid = invalid("montpellier/geos-invalid.csv");
    let mut compared = 0;
    for subject in ["zac_2014", "limite_commune"] {
        let run = sanxian(["overlap".to_owned(), source(file, subject)])
            .args([source(file, "aoc"), source(file, "sites_classes")])
            .ends(0);
        let found = pairs(&Table::parse(&run.stdout), ["subject_id", "zone_layer", "zone_id", "planar_m2"]);
        let mut expected = expected(&format!("montpellier/geos-overlaps-{subject}.csv"));
        if subject == "limite_commune" {
            // This layer identifies its feature, and the report goes by that.
            let ids = identifiers(file, subject, "ID");
            expected = expected
                .into_iter()
                .map(|((fid, layer, zone), area)| ((ids[&fid].clone(), layer, zone), area))
                .collect();
        }
        compared += compare(&found, subject, &expected, &invalid);
    }
    assert_eq!(compared, 31);
}

#[test]
fn cambridge_agrees_with_geos() {
    let folder = tempfile::tempdir().expect("a folder");
    let scale = |layer| scaled(&data("cambridge/cambridge.gpkg"), layer, folder.path());
    let run = sanxian(["overlap", "--crs", "none", "--id", "id", "--zone-id", "id"])
        .args([scale("parcels_fy2013"), scale("wetlands"), scale("floodplain_100yr")])
        .ends(0);
    let found = pairs(&Table::parse(&run.stdout), ["subject_id", "zone_layer", "zone_id", "planar_m2"]);
    let invalid = invalid("cambridge/geos-invalid.csv");
    let expected = expected("cambridge/geos-overlaps.csv");
    assert_eq!(compare(&found, "parcels_fy2013", &expected, &invalid), 296);
}

#[test]
fn cambridge_in_degrees_has_areas_on_the_ellipsoid_only() {
    let file = "cambridge/cambridge.gpkg";
    let run = sanxian(["overlap".to_owned(), source(file, "parcels_fy2013")])
        .args([source(file, "wetlands"), source(file, "floodplain_100yr")])
        .ends(0);
    let table = Table::parse(&run.stdout);
    assert!(table.select(["planar_m2"]).all(|[planar]| planar.is_empty()), "degrees have no plane");
    let found = pairs(&table, ["subject_id", "zone_layer", "zone_id", "area_m2"]);
    // A square degree at 42.38° N is 82.37 km times 111.08 km, so the areas of GEOS can be told in metres.
    let metres = 82_370.0 * 111_080.0 / (SCALE * SCALE);
    let ids = identifiers(file, "parcels_fy2013", "id");
    for ((parcel, layer, zone), square) in expected("cambridge/geos-overlaps.csv") {
        let area = found.get(&(ids[&parcel].clone(), layer, zone)).copied().unwrap_or(0.0);
        let roughly = square * metres;
        assert!((area - roughly).abs() <= 1e-6 + 1e-3 * roughly, "{parcel}: {area} is not about {roughly}");
    }
}

#[test]
fn dutch_plots_agree_with_geos() {
    let folder = tempfile::tempdir().expect("a folder");
    let scale = |layer: &str| scaled(&data(&format!("nl-plots/{layer}.csv")), layer, folder.path());
    let run = sanxian(["overlap", "--crs", "none"]).args([scale("plots"), scale("zones")]).ends(0);
    let table = Table::parse(&run.stdout);
    let found = pairs(&table, ["subject_id", "zone_layer", "zone_id", "planar_m2"]);
    let expected = expected("nl-plots/geos-overlaps.csv");
    assert_eq!(compare(&found, "plots", &expected, &invalid("nl-plots/geos-invalid.csv")), 886);
    for [area, planar] in table.select(["area_m2", "planar_m2"]) {
        assert_eq!(area, planar, "without a CRS there is one plane and no ellipsoid");
    }
}

/// A ring as GeoJSON in EPSG:4490.
fn ring(folder: &Path, name: &str, points: &[[f64; 2]]) -> PathBuf {
    let points: Vec<String> = points.iter().map(|[x, y]| format!("[{x},{y}]")).collect();
    let text = format!(
        r#"{{"type":"FeatureCollection",
            "crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::4490"}}}},
            "features":[{{"type":"Feature","properties":{{"BSM":"{name}"}},
            "geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}]}}"#,
        points.join(",")
    );
    let path = folder.join(format!("{name}.geojson"));
    fs::write(&path, text).expect("a file");
    path
}

#[test]
fn the_national_formula_gives_its_vectors() {
    let folder = tempfile::tempdir().expect("a folder");
    let (west, east, south, north) = (117.00, 117.01, 31.80, 31.81);
    let square = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    let triangle = [[west, south], [east, south], [west, north], [west, south]];
    let around = [[116.9, 31.7], [117.1, 31.7], [117.1, 31.9], [116.9, 31.9], [116.9, 31.7]];
    let around = ring(folder.path(), "around", &around);
    let area = |name: &str, points: &[[f64; 2]], method: &str| {
        let path = ring(folder.path(), name, points);
        let run = sanxian(["overlap", "--area", method]).args([&path, &around]).ends(0);
        let table = Table::parse(&run.stdout);
        let rows: Vec<_> = table.select(["subject_id", "zone_id", "area_m2", "planar_m2", "share"]).collect();
        assert_eq!(rows.len(), 1, "{}", run.stdout);
        let [subject, zone, area, planar, share] = rows[0];
        assert_eq!((subject, zone, planar), (name, "around", ""));
        assert!((number(share) - 1.0).abs() < 1e-9, "{share}");
        (number(area) * 100.0).round() / 100.0
    };
    assert_eq!(area("square", &square, "national"), 1_049_983.55);
    assert_eq!(area("triangle", &triangle, "national"), 524_991.78);
    // Edges along parallels and meridians are the same to both; a slanted one is not.
    assert_eq!(area("square", &square, "straight"), 1_049_983.55);
    assert_eq!(area("triangle", &triangle, "straight"), 525_001.06);
}

#[test]
fn formats_hold_the_same_rows() {
    let file = "montpellier/montpellier.gpkg";
    let folder = tempfile::tempdir().expect("a folder");
    let overlap = |more: &[&str]| {
        sanxian(["overlap".to_owned(), source(file, "zac_2014"), source(file, "aoc")]).args(more).ends(0)
    };
    let table = Table::parse(&overlap(&[]).stdout);
    let cells: Vec<[&str; 6]> =
        table.select(["subject_id", "zone_layer", "zone_id", "area_m2", "planar_m2", "share"]).collect();
    let document = overlap(&["--output-format", "json"]).json();
    let path = folder.path().join("rows.ndjson");
    let written = overlap(&["-o", path.to_str().expect("a name")]);
    assert_eq!(written.stdout, "");
    let lines = fs::read_to_string(&path).expect("a file");
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a row")).collect();
    assert_eq!(document["overlaps"].as_array(), Some(&lines));
    assert_eq!(lines.len(), cells.len());
    for (row, cells) in lines.iter().zip(&cells) {
        assert_eq!(
            (row["subject_id"].as_str(), row["zone_layer"].as_str()),
            (Some(cells[0]), Some(cells[1]))
        );
        for (key, cell) in [("area_m2", cells[3]), ("planar_m2", cells[4]), ("share", cells[5])] {
            // The digits are the same; the reader of JSON here may miss the last bit.
            let (in_row, in_cell) = (row[key].as_f64().expect("a number"), number(cell));
            assert!((in_row - in_cell).abs() <= 1e-15 * in_cell, "{key}: {in_row} is not {in_cell}");
        }
    }
}
