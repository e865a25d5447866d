//! Columns of identifiers that name no feature, and feature ids in their place.

mod made_files;

use std::sync::Arc;

use arrow_array::{ArrayRef, Int32Array, StringArray};
use made_files::*;
use sanxian_io::ReadOptions;
use sanxian_layer::NormalisedLayer;
use sanxian_model::{FaultKind, Treatment};

fn read_with(column: &str, values: ArrayRef, id: Option<&str>) -> NormalisedLayer {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    write(&path, "plan", &crs("EPSG:4546"), &three(CORNER, 100.0), &table(vec![(column, values)]));
    let mut options = ReadOptions::default();
    if let Some(id) = id {
        options.fields.insert("id".to_owned(), id.to_owned());
    }
    read(path.to_str().expect("a name"), &options)
}

fn ids(read: &NormalisedLayer) -> Vec<(Option<String>, Option<i64>)> {
    (0..read.layer.len()).map(|row| read.layer.place(row)).map(|place| (place.id, place.fid)).collect()
}

#[test]
fn an_id_column_of_one_value_is_told_and_feature_ids_stand_in_its_place() {
    let values: [(ArrayRef, &str); 3] = [
        (Arc::new(Int32Array::from(vec![0, 0, 0])), "`0`"),
        (Arc::new(Int32Array::from(vec![None, None, None])), "empty"),
        (Arc::new(StringArray::from(vec!["", "", ""])), "empty"),
    ];
    for (values, word) in values {
        for (column, asked) in [("Id", None), ("BSM", None), ("编号", Some("编号"))] {
            let read = read_with(column, Arc::clone(&values), asked);
            assert_eq!(ids(&read), [(None, Some(1)), (None, Some(2)), (None, Some(3))], "{column}");
            assert_eq!(read.faults.len(), 1, "{column}: {:?}", read.faults);
            let fault = &read.faults[0];
            let detail = fault.detail.clone().unwrap_or_default().en;
            assert!(detail.contains(word) && detail.contains(column), "{detail}");
            assert_eq!((fault.kind, fault.treatment), (FaultKind::DuplicateId, Treatment::Kept));
            assert_eq!(fault.place.fid, None);
        }
    }
    let some = read_with("Id", Arc::new(Int32Array::from(vec![0, 0, 7])), None);
    assert_eq!(some.layer.place(2).id.as_deref(), Some("7"), "a column that tells some apart is used");
}

#[test]
fn the_feature_id_can_be_asked_for() {
    let values: ArrayRef = Arc::new(StringArray::from(vec!["A", "B", "C"]));
    let read = read_with("BSM", Arc::clone(&values), Some("fid"));
    assert_eq!(ids(&read), [(None, Some(1)), (None, Some(2)), (None, Some(3))]);
    assert_eq!(read.faults, []);
    let read = read_with("BSM", values, None);
    assert_eq!(ids(&read)[0], (Some("A".to_owned()), Some(1)));
}
