//! Plans of a few rectangles, drawn by hand in the tests, and the comparison of two of them.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use sanxian::{ConflictReport, Conflicts, Layer, Scheme, crs};

/// West, south, east, north in whole metres, and a class.
pub type Patch = ([i32; 4], &'static str);

/// A layer of rectangles of EPSG:4546 whose classes stand in a column.
///
/// # Panics
/// When EPSG:4546 is not known.
#[must_use]
pub fn plan(patches: &[Patch], column: &str) -> Layer {
    let at = |x: i32, y: i32| (480_000.0 + f64::from(x), 3_790_000.0 + f64::from(y));
    let shape = |[w, s, e, n]: &[i32; 4]| {
        Polygon::new(LineString::from(vec![at(*w, *s), at(*e, *s), at(*e, *n), at(*w, *n)]), Vec::new())
    };
    let shapes: Vec<Polygon> = patches.iter().map(|(corners, _)| shape(corners)).collect();
    let classes: ArrayRef = Arc::new(patches.iter().map(|(_, class)| Some(*class)).collect::<StringArray>());
    let attributes = RecordBatch::try_from_iter([(column, classes)]).expect("one column");
    Layer::from_geo_with(&shapes, attributes, crs::from_epsg(4546).expect("a CRS")).expect("a layer")
}

/// Compares two plans whose classes are planned ones of 2023.
///
/// # Panics
/// When the plans cannot be compared.
#[must_use]
pub fn compare(first: &[Patch], second: &[Patch]) -> ConflictReport {
    let plans =
        [plan(first, "YDYHFLDM"), plan(second, "YDYHFLDM")].map(|layer| layer.scheme(Scheme::LandSea2023));
    let [first, second] = plans;
    Conflicts::between(("土规", first), ("城规", second)).run().expect("a comparison")
}
