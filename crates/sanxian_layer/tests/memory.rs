//! Every encoding of geometry that an Arrow table may have, and what is refused.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{FixedSizeListBuilder, Float64Builder, LargeListBuilder, ListBuilder};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, DictionaryArray, Int32Array, LargeBinaryArray,
    LargeStringArray, RecordBatch, StringArray, StringViewArray, StructArray, types::Int32Type,
};
use arrow_schema::{DataType, Field, Schema};
use sanxian_layer::memory::{Table, check_position, from_arrow};
use sanxian_layer::{LayerError, LayerOptions, crs, normalise};
use sanxian_model::{Crs, FaultKind, PolygonColumnBuilder, Position, Role};

const SQUARE: [Position; 5] = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];

/// A polygon as well-known binary of either byte order.
fn wkb(little: bool) -> Vec<u8> {
    let word = |n: u32| if little { n.to_le_bytes() } else { n.to_be_bytes() };
    let mut bytes = vec![u8::from(little)];
    for number in [3, 1, 5] {
        bytes.extend(word(number));
    }
    for value in SQUARE.iter().flatten() {
        bytes.extend(if little { value.to_le_bytes() } else { value.to_be_bytes() });
    }
    bytes
}

fn table(geometry: ArrayRef, extension: Option<&str>) -> RecordBatch {
    let names: ArrayRef =
        Arc::new((0..geometry.len()).map(|row| Some(format!("地块{row}"))).collect::<StringArray>());
    let mut field = Field::new("几何", geometry.data_type().clone(), true);
    if let Some(name) = extension {
        let metadata = HashMap::from([("ARROW:extension:name".to_owned(), name.to_owned())]);
        field = field.with_metadata(metadata);
    }
    let schema = Schema::new(vec![field, Field::new("名称", DataType::Utf8, true)]);
    RecordBatch::try_new(Arc::new(schema), vec![geometry, names]).expect("a table")
}

fn read(batches: Vec<RecordBatch>) -> Table {
    from_arrow("图层", batches, "几何").expect("a layer")
}

#[test]
fn well_known_binary_of_every_kind_is_the_same_ground() {
    let (little, big) = (wkb(true), wkb(false));
    let values = || [Some(little.as_slice()), None, Some(big.as_slice())];
    let binary: ArrayRef = Arc::new(BinaryArray::from_iter(values()));
    let beside = Arc::new(Int32Array::from(vec![4546; 3])) as ArrayRef;
    let in_struct: ArrayRef = Arc::new(StructArray::from(vec![
        (Arc::new(Field::new("srid", DataType::Int32, true)), beside),
        (Arc::new(Field::new("wkb", DataType::Binary, true)), Arc::clone(&binary)),
    ]));
    let columns: [(ArrayRef, Option<&str>); 5] = [
        (Arc::clone(&binary), None),
        (binary, Some("ogc.wkb")),
        (Arc::new(LargeBinaryArray::from_iter(values())), Some("geoarrow.wkb")),
        (Arc::new(BinaryViewArray::from_iter(values())), None),
        (in_struct, None),
    ];
    for (column, extension) in columns {
        let kind = column.data_type().clone();
        let Table { delivered, crs } = read(vec![table(column, extension)]);
        assert_eq!((delivered.features, &delivered.rows[..]), (3, &[0, 2][..]), "{kind}");
        assert!(delivered.polygons.iter().all(|f| f.rings().next() == Some(&SQUARE[..])), "{kind}");
        assert_eq!((delivered.seen[0].row, delivered.seen[0].kind), (1, FaultKind::Empty), "{kind}");
        assert_eq!(delivered.attributes.schema().field(0).name(), "名称");
        assert!(crs.is_none());
    }
}

#[test]
fn interleaved_coordinates_with_heights_are_read_in_slices() {
    let coordinates = FixedSizeListBuilder::new(Float64Builder::new(), 3);
    let mut builder = LargeListBuilder::new(ListBuilder::new(coordinates));
    for east in [0.0, 100.0, 200.0] {
        for [x, y] in SQUARE {
            let coordinates = builder.values().values();
            coordinates.values().append_slice(&[east + x, y, 7.0]);
            coordinates.append(true);
        }
        builder.values().append(true);
        builder.append(true);
    }
    builder.append(true);
    let whole = table(Arc::new(builder.finish()), Some("geoarrow.polygon"));
    let Table { delivered, .. } = read(vec![whole.slice(1, 1), whole.slice(2, 2)]);
    let first = |feature: usize| delivered.polygons.feature(feature).rings().next().expect("a ring")[0];
    assert_eq!((first(0), first(1)), ([100.0, 0.0], [200.0, 0.0]));
    assert_eq!((delivered.features, delivered.polygons.len()), (3, 2), "a list without rings is no ground");
}

#[test]
fn text_of_every_kind_means_the_same() {
    let classes = || ["0701", "0701", "0101"].into_iter().map(Some);
    let columns: [ArrayRef; 4] = [
        Arc::new(classes().collect::<StringArray>()),
        Arc::new(classes().collect::<LargeStringArray>()),
        Arc::new(classes().collect::<StringViewArray>()),
        Arc::new(classes().collect::<DictionaryArray<Int32Type>>()),
    ];
    let bytes = wkb(true);
    let natures = columns.map(|classes| {
        let geometry: ArrayRef = Arc::new(BinaryArray::from_vec(vec![&bytes; 3]));
        let table = RecordBatch::try_from_iter([("几何", geometry), ("YDYHFLDM", classes)]).expect("a table");
        let Table { delivered, .. } = from_arrow("图层", [table], "几何").expect("a layer");
        let options = LayerOptions::default();
        let layer = normalise(delivered, Crs::plane(), "图层", Role::PLAN, &options).expect("a plan").layer;
        (0..3).map(|row| layer.text("land_nature", row)).collect::<Vec<_>>()
    });
    assert!(natures[0].iter().all(Option::is_some), "{natures:?}");
    assert!(natures.iter().all(|own| *own == natures[0]), "{natures:?}");
}

#[test]
fn what_is_no_table_of_areas_is_refused() {
    let column = |array: ArrayRef, extension| from_arrow("图层", [table(array, extension)], "几何").err();
    let numbers = column(Arc::new(Int32Array::from(vec![1])), None);
    assert!(matches!(numbers, Some(LayerError::NotAreas { .. })), "{numbers:?}");
    let points = column(Arc::new(BinaryArray::from_vec(vec![b"x"])), Some("geoarrow.point"));
    assert!(matches!(points, Some(LayerError::NotAreas { .. })), "{points:?}");
    let broken = column(Arc::new(BinaryArray::from_vec(vec![b"x"])), None);
    assert!(matches!(broken, Some(LayerError::BrokenGeometry { row: 0, .. })), "{broken:?}");
    let bytes = wkb(true);
    let good = table(Arc::new(BinaryArray::from_vec(vec![&bytes])), None);
    let missing = from_arrow("图层", [good.clone()], "geom").err();
    assert!(matches!(missing, Some(LayerError::NoGeometryColumn { .. })), "{missing:?}");
    let other = table(Arc::new(LargeBinaryArray::from_vec(vec![&bytes])), None);
    let differ = from_arrow("图层", [good, other], "几何").err();
    assert!(matches!(differ, Some(LayerError::SchemasDiffer { .. })), "{differ:?}");
    assert!(from_arrow("图层", [], "几何").is_err(), "no batch has no column");
}

#[test]
fn swapped_axes_and_another_crs_are_refused() {
    let lies = |code: u32, x: f64, y: f64| {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[SQUARE.map(|[dx, dy]| [x + dx * 1e-4, y + dy * 1e-4])]]);
        check_position("图层", &builder.finish(), &crs::from_epsg(code).expect("a code")).is_ok()
    };
    assert!(
        lies(4546, 480_000.0, 3_790_000.0)
            && lies(4525, 37_480_000.0, 3_790_000.0)
            && lies(4490, 111.0, 34.0)
    );
    for (code, x, y) in [
        (4546, 3_790_000.0, 480_000.0),
        (4546, 37_480_000.0, 3_790_000.0),
        (4525, 480_000.0, 3_790_000.0),
        (4490, 34.0, 111.0),
        (4490, 480_000.0, 3_790_000.0),
    ] {
        assert!(!lies(code, x, y), "EPSG:{code} ({x}, {y})");
    }
    let mut empty = PolygonColumnBuilder::new();
    empty.end_feature();
    assert!(check_position("图层", &empty.finish(), &crs::from_epsg(4546).expect("a code")).is_ok());
}
