//! Three publications of the zoning of Cambridge, Massachusetts. Identifiers are issued anew with each, and between the second and the third
//! most districts were saved again with coordinates off by less than a millimetre. What changed agrees with GEOS.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, MultiPolygon, Polygon};
use sanxian::revisions::{
    GroundClass, Identifiers, LayerChange, RevisionOptions, ShapeChange, compare_layers,
};
use sanxian::{Crs, Layer, Metres, Plan, ReadOptions, Role};
use sanxian_tests::{data, geos};

const PUBLICATIONS: [&str; 3] = ["zoning_20130815", "zoning_20140206", "zoning_20200203"];
/// A power of two, which changes no digit of a coordinate and brings degrees to the size of metres.
const SCALE: f64 = 131_072.0;

/// A publication as it is, in longitude and latitude.
fn publication(name: &str) -> Plan {
    let source = format!("{}#{name}", data("cambridge/zoning-revisions.gpkg").display());
    let layer = Layer::read(&source, &ReadOptions::default()).expect("a layer");
    Plan::of([(Role::PLAN, layer.field("zoning_code", "ZONE_TYPE"))]).expect("a plan")
}

/// The same in the plane of its scaled coordinates, where areas are those that GEOS gives.
fn in_plane(plan: &Plan) -> Plan {
    let layer = &plan.layers()[0];
    let ring = |ring: &[[f64; 2]]| ring.iter().map(|[x, y]| (x * SCALE, y * SCALE)).collect::<LineString>();
    let shapes: Vec<MultiPolygon> = layer
        .polygons
        .iter()
        .map(|feature| {
            let polygons = feature.polygons().map(|polygon| {
                let mut rings = polygon.rings().map(ring);
                Polygon::new(rings.next().expect("an exterior ring"), rings.collect())
            });
            MultiPolygon(polygons.collect())
        })
        .collect();
    let classes: Vec<Option<String>> = (0..layer.len()).map(|row| layer.text("zoning_code", row)).collect();
    let classes: ArrayRef = Arc::new(StringArray::from(classes));
    let attributes = RecordBatch::try_from_iter([("zoning_code", classes)]).expect("a column");
    let layer = Layer::from_geo_with(&shapes, attributes, Crs::plane()).expect("a layer").named("zoning");
    Plan::of([(Role::PLAN, layer)]).expect("a plan")
}

fn compare(old: &Plan, new: &Plan) -> LayerChange {
    compare_layers(old, new, &RevisionOptions::default()).expect("a comparison").remove(0)
}

/// Features of the newer publication by what became of them.
fn counted(change: &LayerChange) -> BTreeMap<ShapeChange, usize> {
    let mut counts = BTreeMap::new();
    for of in &change.changed {
        *counts.entry(of.shape).or_default() += of.new.len();
    }
    counts
}

#[test]
fn noise_and_change_are_told_apart() {
    use ShapeChange::{Merged, Noise, Reshaped, Split};
    let [first, second, third] = PUBLICATIONS.map(publication);
    let change = compare(&first, &second);
    assert_eq!(counted(&change), BTreeMap::from([(Split, 2), (Merged, 1), (Noise, 3)]));
    assert_eq!((change.unchanged, change.identifiers), (283, Identifiers::None));
    assert_eq!((change.real_ground().count(), change.noise().0), (3, 3));
    let change = compare(&second, &third);
    assert_eq!(counted(&change), BTreeMap::from([(Reshaped, 44), (Split, 10), (Noise, 238)]));
    assert_eq!((change.unchanged, &*change.columns_reissued), (4, &["GlobalID".to_owned()][..]));
    assert_eq!(change.noise_width, Metres(0.001));
    let (strips, area) = change.noise();
    assert!(strips == 129 && area.get() < 1.0, "{strips} {area:?}");
}

#[test]
fn what_each_class_lost_and_gained_is_the_symmetric_difference_of_geos() {
    let plans = PUBLICATIONS.map(|name| in_plane(&publication(name)));
    for revisions in plans.windows(2) {
        let [old, new] = revisions else { continue };
        let change = compare(old, new);
        let corner = old.layers()[0].polygons.coords()[0];
        let dissolved = |plan: &Plan, class: &str| {
            let layer = &plan.layers()[0];
            let of_class =
                (0..layer.len()).filter(|row| layer.text("zoning_code", *row).as_deref() == Some(class));
            let shapes = of_class.map(|row| geos(layer.polygons.feature(row), corner));
            shapes.reduce(|a, b| a.union(&b).expect("GEOS unites"))
        };
        let classes: Vec<&str> =
            change.transitions.iter().filter_map(|of| of.new.code().or(of.old.code())).collect();
        let mut compared = 0;
        for class in classes.iter().copied().collect::<std::collections::BTreeSet<_>>() {
            let (before, now) = (dissolved(old, class), dissolved(new, class));
            let area = |shape: &Option<gdal::vector::Geometry>| {
                shape.as_ref().map_or(0.0, gdal::vector::Geometry::area)
            };
            let difference = match (&before, &now) {
                (Some(a), Some(b)) => {
                    let [lost, gained] =
                        [(a, b), (b, a)].map(|(a, b)| a.difference(b).expect("GEOS cuts").area());
                    lost + gained
                }
                _ => area(&before) + area(&now),
            };
            let is = |of: &GroundClass| of.code() == Some(class);
            let changed = change.transitions.iter().filter(|of| is(&of.old) != is(&of.new));
            let changed: f64 = changed.map(|of| of.area.get()).sum();
            let tolerance = 1e-6 + 1e-9 * area(&before).max(area(&now));
            assert!((changed - difference).abs() < tolerance, "{class}: {changed} {difference}");
            compared += 1;
        }
        assert!(compared > 50, "{compared}");
    }
}
