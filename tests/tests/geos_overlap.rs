//! Every overlap against GEOS, on real layers and on a generated county: each pair within 1e-6 m² and 1e-9
//! of its size, and no pair missing above that.
//!
//! Both sides measure in the plane of the layers' CRS, where both mean the same by "area".

use std::collections::BTreeMap;

use sanxian_geom::{ArealScale, Extent, LayerIndex, MeasuredLayer, Stop, overlaps};
use sanxian_io::{ReadOptions, read_layer};
use sanxian_model::{Crs, Layer, Role};
use sanxian_tests::{data, geos, xtask};

fn layer(source: &str) -> Layer {
    let read = read_layer(source, Role::PLAN, &ReadOptions::default());
    read.unwrap_or_else(|error| panic!("{source}: {error}")).layer
}

/// Compares all pairs and returns how many there are. Features that GEOS calls invalid are left out.
fn compare(subject: &Layer, zones: &Layer) -> usize {
    let plane = ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("plane");
    let measured = MeasuredLayer::new(LayerIndex::build(&subject.polygons), &plane);
    let index = LayerIndex::build(&zones.polygons);
    let mut ours: BTreeMap<(u32, u32), f64> = overlaps(&measured, &index, &plane, &Stop::default())
        .into_iter()
        .map(|pair| ((pair.subject, pair.zone), pair.planar.get()))
        .collect();

    let origin = measured.index.whole_extent().min.map(f64::floor);
    let shapes = |layer: &Layer| layer.polygons.iter().map(|f| geos(f, origin)).collect::<Vec<_>>();
    let (subjects, zone_shapes) = (shapes(subject), shapes(zones));
    let valid = |shapes: &[gdal::vector::Geometry]| {
        shapes.iter().map(gdal::vector::Geometry::is_valid).collect::<Vec<_>>()
    };
    let (subject_valid, zone_valid) = (valid(&subjects), valid(&zone_shapes));

    let (mut pairs, mut near) = (0, Vec::new());
    for (row, shape) in subjects.iter().enumerate() {
        if !subject_valid[row] {
            continue;
        }
        let extent: Extent = measured.index.extent(row);
        near.clear();
        index.features_near(&extent, &mut near);
        for &zone in near.iter().filter(|zone| zone_valid[**zone as usize]) {
            let expected = shape.intersection(&zone_shapes[zone as usize]).map_or(0.0, |both| both.area());
            let found = ours.remove(&(row as u32, zone)).unwrap_or(0.0);
            let tolerance = 1e-6 + 1e-9 * expected;
            assert!(
                (found - expected).abs() <= tolerance,
                "{} row {row} and {} row {zone}: {found} is not {expected}",
                subject.source.layer,
                zones.source.layer
            );
            pairs += usize::from(expected > tolerance);
        }
    }
    ours.retain(|&(row, zone), _| subject_valid[row as usize] && zone_valid[zone as usize]);
    assert!(ours.is_empty(), "pairs whose boxes do not even touch: {ours:?}");
    pairs
}

fn source(path: &str, layer: &str) -> String {
    format!("{}#{layer}", data(path).display())
}

#[test]
fn montpellier_zones_against_vineyards_and_sites() {
    let plan = layer(&source("montpellier/montpellier.gpkg", "zac_2014"));
    let vineyards = layer(&source("montpellier/montpellier.gpkg", "aoc"));
    let sites = layer(&source("montpellier/montpellier.gpkg", "sites_classes"));
    assert!(compare(&plan, &vineyards) + compare(&plan, &sites) > 5);
}

#[test]
fn cambridge_parcels_against_wetland_and_floodplain() {
    let parcels = layer(&source("cambridge/cambridge.gpkg", "parcels_fy2013"));
    let wetlands = layer(&source("cambridge/cambridge.gpkg", "wetlands"));
    let floodplain = layer(&source("cambridge/cambridge.gpkg", "floodplain_100yr"));
    // Degrees are far smaller than metres: the unit of the plane is made 100 km long.
    let widen = |mut layer: Layer| {
        let mut builder = sanxian_model::PolygonColumnBuilder::new();
        for feature in layer.polygons.iter() {
            builder.push_feature(feature.polygons().map(|polygon| {
                polygon
                    .rings()
                    .map(|ring| ring.iter().map(|p| [p[0] * 1e5, p[1] * 1e5]).collect::<Vec<_>>())
                    .collect::<Vec<_>>()
            }));
        }
        layer.polygons = builder.finish();
        layer
    };
    let parcels = widen(parcels);
    assert!(compare(&parcels, &widen(wetlands)) + compare(&parcels, &widen(floodplain)) > 50);
}

#[test]
fn a_county_of_twenty_thousand_patches() {
    let folder = tempfile::tempdir().expect("folder");
    let made = xtask(["demo-county", "--patches", "20000", "--out"])
        .arg(folder.path())
        .status()
        .expect("the generator starts");
    assert!(made.success());
    let path = folder.path().join("county-20000.gpkg");
    let of = |name: &str| layer(&format!("{}#{name}", path.display()));
    let plan = of("GHYDYH");
    let pairs: usize =
        ["STBHHX", "YJJBNTBHTB", "CZKFBJ", "GHYDYH2"].into_iter().map(|zone| compare(&plan, &of(zone))).sum();
    assert!(pairs > 60_000, "{pairs} pairs");
}
