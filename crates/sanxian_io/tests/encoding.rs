//! Text encodings: declared, detected, given, and what is told about them.

mod made_files;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use made_files::*;
use sanxian_io::{CrsChoice, OutputLayer, ReadOptions, WriteOptions, write_layers};

/// A Shapefile in an encoding, without the files that would tell it.
fn shapefile(folder: &Path, encoding: &str, table: &RecordBatch) -> PathBuf {
    let path = folder.join("tb.shp");
    let (crs, polygons) = (crs("EPSG:4546"), three(CORNER, 100.0));
    let layer = OutputLayer { name: "tb", crs: &crs, polygons: &polygons, attributes: table, style: None };
    let options = WriteOptions { encoding: Some(encoding.to_owned()), ..WriteOptions::default() };
    write_layers(&path, &[layer], &options).expect("written");
    let _ = std::fs::remove_file(path.with_extension("cpg"));
    let table = path.with_extension("dbf");
    let mut bytes = std::fs::read(&table).expect("a table");
    // 0x57 is what most programs write whatever the text is in.
    bytes[29] = 0x57;
    std::fs::write(&table, bytes).expect("a table");
    path
}

fn names(name: &str, values: [&str; 3]) -> RecordBatch {
    table(vec![(name, Arc::new(StringArray::from(values.to_vec())) as ArrayRef)])
}

#[test]
fn gbk_without_a_cpg_is_detected_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let values = ["示例县自然资源局", "水浇地", "堃宇村宅基地"];
    let path = shapefile(folder.path(), "GBK", &names("项目名称", values));
    let layer = read_path(&path).layer;
    assert_eq!(layer.source.encoding, "GBK (detected)");
    assert_eq!(layer.fields["name"], "项目名称");
    assert_eq!(texts(&layer, "name"), values.map(|text| Some(text.to_owned())));
}

#[test]
fn utf8_without_a_cpg_is_detected_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = shapefile(folder.path(), "UTF-8", &names("名称", ["示例县", "plain", "村"]));
    let layer = read_path(&path).layer;
    assert_eq!(texts(&layer, "name")[0].as_deref(), Some("示例县"));
    assert_eq!(layer.source.encoding, "UTF-8");
}

#[test]
fn french_latin1_is_not_taken_for_gbk() {
    let folder = tempfile::tempdir().expect("a folder");
    let values = ["création du 2 août 1993", "Site Classé", "Hôtel de Région"];
    let path = shapefile(folder.path(), "ISO-8859-1", &names("NOM", values));
    let layer = read_path(&path).layer;
    assert_eq!(layer.source.encoding, "windows-1252 (detected)");
    assert_eq!(texts(&layer, "NOM"), values.map(|text| Some(text.to_owned())));
}

#[test]
fn the_user_wins_and_a_cpg_comes_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = shapefile(folder.path(), "GBK", &names("名称", ["示例县", "水田", "村"]));
    let source = path.to_str().expect("a name");
    let given = |name: &str| ReadOptions { encoding: Some(name.to_owned()), ..ReadOptions::default() };
    let latin = read(source, &given("latin1")).layer;
    assert_eq!(latin.source.encoding, "windows-1252 (given)");
    assert_ne!(latin.attributes.schema_ref().field(0).name(), "名称");
    assert!(refused(source, &given("klingon")).to_string().contains("klingon"));
    std::fs::write(path.with_extension("cpg"), "CP936").expect("a cpg");
    assert_eq!(read_path(&path).layer.source.encoding, "GBK (declared)");
    // A .cpg that the bytes contradict does not make garbage of the names.
    std::fs::write(path.with_extension("cpg"), "UTF-8").expect("a cpg");
    let layer = read_path(&path).layer;
    assert_eq!(layer.source.encoding, "GBK (detected)");
    assert_eq!(texts(&layer, "name")[0].as_deref(), Some("示例县"));
}

#[test]
fn a_name_cut_in_the_middle_of_a_character_is_whole_up_to_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "资".repeat(128);
    let path = shapefile(folder.path(), "GBK", &names("名称", [&format!("x{long}"), "水田", "村"]));
    let layer = read_path(&path).layer;
    // 254 bytes: one letter, 126 characters, and half of the next.
    let read = texts(&layer, "name")[0].clone().expect("a text");
    assert_eq!(read, format!("x{}", "资".repeat(126)));
}

#[test]
fn a_csv_in_gbk_or_with_a_byte_order_mark_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("地块.csv");
    write(&path, "a", &crs("EPSG:4546"), &three(CORNER, 100.0), &names("名称", ["示例县", "水田", "村"]));
    let text = std::fs::read_to_string(&path).expect("a file");
    let options = ReadOptions { crs: Some(CrsChoice::parse("4546")), ..ReadOptions::default() };
    let source = path.to_str().expect("a name");

    std::fs::write(&path, encoding_rs::GBK.encode(&text).0).expect("a file");
    let layer = read(source, &options).layer;
    assert_eq!(layer.source.encoding, "GBK (detected)");
    assert_eq!(texts(&layer, "name")[0].as_deref(), Some("示例县"));

    std::fs::write(&path, format!("\u{FEFF}{text}")).expect("a file");
    let layer = read(source, &options).layer;
    assert_eq!(layer.len(), 3);
    assert_eq!(texts(&layer, "name")[1].as_deref(), Some("水田"));
}

#[test]
fn bytes_of_another_encoding_in_a_geopackage_do_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    write(&path, "a", &crs("EPSG:4546"), &three(CORNER, 100.0), &names("名称", ["QWQWQW", "水田", "村"]));
    let mut bytes = std::fs::read(&path).expect("a file");
    let at = bytes.windows(6).position(|six| six == b"QWQWQW").expect("the text");
    bytes[at..at + 6].copy_from_slice(&encoding_rs::GBK.encode("示例县").0);
    std::fs::write(&path, bytes).expect("a file");
    let layer = read_path(&path).layer;
    assert_eq!(layer.len(), 3);
    assert!(layer.source.encoding.contains("detected"), "{}", layer.source.encoding);
}

#[test]
fn a_shapefile_in_gbk_that_cannot_hold_a_text_is_in_utf_8_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.shp");
    let names =
        std::sync::Arc::new(arrow_array::StringArray::from(vec!["甲", "𠀀村", "ﷲ"])) as arrow_array::ArrayRef;
    let (crs, polygons, attributes) = (crs("EPSG:4546"), three(CORNER, 100.0), table(vec![("MC", names)]));
    let layer =
        OutputLayer { name: "a", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
    let options = WriteOptions { encoding: Some("GBK".to_owned()), ..WriteOptions::default() };
    let lost = write_layers(&path, &[layer], &options).expect("written").unwritable.expect("two texts");
    assert_eq!((lost.texts, lost.first.as_str()), (2, "𠀀村"));
    let back: Vec<_> = texts(&read_path(&path).layer, "MC").into_iter().flatten().collect();
    assert_eq!(back, ["甲", "𠀀村", "ﷲ"]);
}
