//! The forms of GeoJSON on a pipe.

mod made_files;

use made_files::*;
use sanxian_io::{CrsChoice, ReadOptions, read_stream};
use sanxian_layer::NormalisedLayer;
use sanxian_model::{FaultKind, Role, Treatment};

fn from(text: &str, options: &ReadOptions) -> NormalisedLayer {
    read_stream("-", text.as_bytes(), Role::PLAN, options).unwrap_or_else(|error| panic!("{error}"))
}

fn feature(id: &str, x: f64) -> String {
    let coordinates = format!("[[[{x},34],[{},34],[{},34.1],[{x},34]]]", x + 0.1, x + 0.1);
    format!(
        r#"{{"type":"Feature","id":{id},"properties":{{"BSM":"{x}","年":2026,"亩":1.5,"是":true}},"geometry":{{"type":"Polygon","coordinates":{coordinates}}}}}"#
    )
}

#[test]
fn every_form_gives_the_same_layer() {
    let (a, b) = (feature("7", 111.0), feature("3", 112.0));
    let forms = [
        format!(r#"{{"type":"FeatureCollection","features":[{a},{b}]}}"#),
        format!("{a}\n{b}\n"),
        format!("{a}\r\n\r\n{b}"),
        format!("\u{1E}{a}\n\u{1E}{b}\n"),
        format!("\u{FEFF}{a}{b}"),
    ];
    for form in forms {
        let read = from(&form, &ReadOptions::default());
        assert_eq!(read.faults, [], "{form}");
        let layer = read.layer;
        assert_eq!(layer.fids, [7, 3]);
        assert_eq!(layer.crs.epsg, Some(4326));
        assert_eq!(&*layer.source.path, "-");
        assert_eq!(texts(&layer, "id"), [Some("111".to_owned()), Some("112".to_owned())]);
        assert_eq!(texts(&layer, "年")[0].as_deref(), Some("2026"));
        assert_eq!(texts(&layer, "亩")[0].as_deref(), Some("1.5"));
        assert_eq!(texts(&layer, "是")[0].as_deref(), Some("true"));
        assert_eq!(layer.polygons.coords()[0], [111.0, 34.0]);
    }
}

#[test]
fn the_crs_is_the_members_the_users_or_wgs84() {
    let square = r#"{"type":"Polygon","coordinates":[[[480000,3790000],[480010,3790000],[480010,3790010],[480000,3790000]]]}"#;
    let feature = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{square}}}"#);
    let member = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let collection = format!(r#"{{"type":"FeatureCollection",{member},"features":[{feature}]}}"#);
    assert_eq!(from(&collection, &ReadOptions::default()).layer.crs.epsg, Some(4546));
    let declared = ReadOptions { crs: Some(CrsChoice::parse("EPSG:4546")), ..ReadOptions::default() };
    assert_eq!(from(&feature, &declared).layer.crs.epsg, Some(4546));
    assert_eq!(from(square, &declared).layer.len(), 1);
    let contradicted = ReadOptions { crs: Some(CrsChoice::parse("EPSG:4547")), ..ReadOptions::default() };
    assert!(read_stream("-", collection.as_bytes(), Role::PLAN, &contradicted).is_err());
}

#[test]
fn mixed_values_and_names_of_their_own_survive() {
    let geometry = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[111,34]},{"type":"Polygon","coordinates":[[[111,34],[112,34],[112,35],[111,34]]]}]}"#;
    let a = format!(
        r#"{{"type":"Feature","id":"甲","properties":{{"v":1,"o":{{"k":[1]}}}},"geometry":{geometry}}}"#
    );
    let b =
        format!(r#"{{"type":"Feature","id":"乙","properties":{{"v":"x","w":null}},"geometry":{geometry}}}"#);
    let read = from(&format!("{a}\n{b}"), &ReadOptions::default());
    assert_eq!(texts(&read.layer, "id"), [Some("甲".to_owned()), Some("乙".to_owned())]);
    assert_eq!(texts(&read.layer, "v"), [Some("1".to_owned()), Some("x".to_owned())]);
    assert_eq!(texts(&read.layer, "o"), [Some(r#"{"k":[1]}"#.to_owned()), None]);
    assert_eq!(read.faults.len(), 2);
    assert!(read.faults.iter().all(|f| f.kind == FaultKind::NotPolygon && f.treatment == Treatment::Kept));
}
