//! Properties of the readers: whatever bytes come in, they end and do not panic; and what was written is what is read,
//! no more and no less.

use std::fmt::Write as _;

use proptest::prelude::*;
use sanxian_layer::wkb::{self, feature_to_wkb};
use sanxian_model::redact;
use sanxian_model::{PolygonColumn, PolygonColumnBuilder, Position, Role};

use crate::read::{FromFile, ReadOptions, SourceRef, boundary_txt, geojson_stream, read_stream};

/// Polygons as rings of positions: squares, each with at most one hole.
fn squares() -> impl Strategy<Value = Vec<Vec<Vec<Position>>>> {
    let square = (0_u32..1_000, 0_u32..1_000, any::<bool>()).prop_map(|(column, row, with_hole)| {
        let at = [400_000.0 + f64::from(column) * 20.0, 3_800_000.0 + f64::from(row) * 20.0];
        let ring = |inset: f64| {
            let ([low_x, low_y], size) = ([at[0] + inset, at[1] + inset], 10.0 - 2.0 * inset);
            let (high_x, high_y) = (low_x + size, low_y + size);
            vec![[low_x, low_y], [high_x, low_y], [high_x, high_y], [low_x, high_y], [low_x, low_y]]
        };
        if with_hole { vec![ring(0.0), ring(3.0)] } else { vec![ring(0.0)] }
    });
    proptest::collection::vec(square, 1..6)
}

fn one_feature(polygons: &[Vec<Vec<Position>>]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature(polygons.iter().map(|rings| rings.iter()));
    builder.finish()
}

/// A change of a few bytes: replaced, taken out, or put twice.
fn mutated(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    for &(at, byte, how) in changes {
        if bytes.is_empty() {
            break;
        }
        let at = at % bytes.len();
        match how % 4 {
            0 => bytes[at] = byte,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, byte),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(usize, u8, u8)>> {
    proptest::collection::vec((any::<usize>(), any::<u8>(), any::<u8>()), 1..5)
}

fn read_wkb(bytes: &[u8]) -> Option<PolygonColumn> {
    let mut builder = PolygonColumnBuilder::new();
    matches!(wkb::shape_of(bytes), wkb::Shape::Polygons | wkb::Shape::Mixed(_)).then(|| {
        wkb::push_feature(bytes, &mut builder);
        builder.finish()
    })
}

fn geojson_of(polygons: &[Vec<Vec<Position>>]) -> String {
    let features: Vec<String> = polygons
        .iter()
        .enumerate()
        .map(|(row, rings)| {
            format!(
                r#"{{"type":"Feature","properties":{{"BSM":"甲{row}"}},"geometry":{{"type":"Polygon","coordinates":{rings:?}}}}}"#
            )
        })
        .collect();
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","))
}

fn boundary_txt_of(polygons: &[Vec<Vec<Position>>]) -> String {
    let mut text =
        "[属性描述]\r\n坐标系=2000国家大地坐标系\r\n几度分带=3\r\n带号=37\r\n[地块坐标]\r\n".to_owned();
    for (row, rings) in polygons.iter().enumerate() {
        let points: usize = rings.iter().map(Vec::len).sum();
        let _ = write!(text, "{points},0.0100,D{row},地块,面,,,0701,@\r\n");
        let mut number = 0;
        for (ring, positions) in rings.iter().enumerate() {
            let first = number + 1;
            for (at, [x, y]) in positions.iter().enumerate() {
                let name = if at + 1 == positions.len() { first } else { first + at };
                let _ = write!(text, "J{name},{},{y:.3},{:.3}\r\n", ring + 1, x + 37e6);
            }
            number += positions.len() - 1;
        }
    }
    text
}

/// Positions without regard to their order, since readers may turn rings round.
fn sorted(positions: impl IntoIterator<Item = Position>) -> Vec<Position> {
    let mut sorted: Vec<Position> = positions.into_iter().collect();
    sorted.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    sorted
}

fn flat(polygons: &[Vec<Vec<Position>>]) -> Vec<Position> {
    sorted(polygons.iter().flatten().flatten().copied())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wkb_is_read_as_it_was_written(polygons in squares(), changes in changes()) {
        let column = one_feature(&polygons);
        let mut bytes = Vec::new();
        feature_to_wkb(column.feature(0), true, &mut bytes);
        prop_assert_eq!(read_wkb(&bytes), Some(column));
        let length = bytes.len();
        if let Some(read) = read_wkb(&mutated(bytes, &changes)) {
            prop_assert!(read.coords().len() * 16 <= length + changes.len(), "no more than the bytes hold");
        }
    }

    #[test]
    fn any_bytes_are_wkb_or_broken(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read_wkb(&bytes);
        drop(wkb::polygon_of_closed_line(&bytes));
    }

    #[test]
    fn geojson_is_read_as_it_was_written(polygons in squares(), changes in changes()) {
        let text = geojson_of(&polygons);
        let read = geojson_stream::read_stream("-", text.as_bytes()).expect("valid GeoJSON").delivered;
        prop_assert_eq!((read.features, read.seen.len()), (polygons.len(), 0));
        let coords: Vec<Position> = polygons.iter().flatten().flatten().copied().collect();
        prop_assert_eq!(read.polygons.coords(), &coords[..]);
        let bytes = mutated(text.into_bytes(), &changes);
        if let Ok(FromFile { delivered: read, .. }) = geojson_stream::read_stream("-", &bytes[..]) {
            prop_assert_eq!(read.polygons.len() + read.seen.iter().filter(|seen| !read.rows.contains(&seen.row)).count(), read.features);
        }
        drop(read_stream("-", &bytes[..], Role::PLAN, &ReadOptions::default()));
    }

    #[test]
    fn a_boundary_txt_is_read_as_it_was_written(polygons in squares(), changes in changes()) {
        let text = boundary_txt_of(&polygons);
        let read = boundary_txt::read("a.txt", "a", text.as_bytes(), None).expect("a valid file").delivered;
        prop_assert_eq!((read.features, read.seen.len()), (polygons.len(), 0));
        let back = read.polygons.coords().iter().map(|[x, y]| [x - 37e6, *y]);
        prop_assert_eq!(sorted(back), flat(&polygons));
        let bytes = mutated(text.into_bytes(), &changes);
        if let Ok(FromFile { delivered: read, .. }) = boundary_txt::read("a.txt", "a", &bytes, None) {
            prop_assert_eq!(read.polygons.len() + read.seen.iter().filter(|seen| !read.rows.contains(&seen.row)).count(), read.features);
        }
    }

    #[test]
    fn any_text_is_a_boundary_txt_or_an_error(lines in proptest::collection::vec(
        prop_oneof![
            Just("[地块坐标]".to_owned()), Just("[属性描述]".to_owned()), Just("4,1,D,名,面,,,,@".to_owned()),
            "J[0-9]{1,2},[0-9]{1,10},3[0-9]{6},[0-9]{6}", "带号=[0-9]{0,12}", "[,@=\\[\\]J0-9.e+-]{0,20}", any::<String>(),
        ], 0..20)) {
        drop(boundary_txt::read("a.txt", "a", lines.join("\n").as_bytes(), None));
    }

    #[test]
    fn file_and_layer_are_parted_without_loss(file in "[a-z甲# ]{1,12}\\.gpkg", layer in "[A-Za-z乙_]{1,10}", any in any::<String>()) {
        let source = SourceRef::parse(&format!("{file}#{layer}"));
        prop_assert_eq!((source.path.as_str(), source.layer.as_deref()), (file.as_str(), Some(layer.as_str())));
        let source = SourceRef::parse(&any);
        let whole = source.layer.as_ref().map_or(source.connection().to_owned(), |layer| format!("{}#{layer}", source.connection()));
        prop_assert!(whole == any || any.to_ascii_uppercase().starts_with("GPKG:"), "{} is not {}", whole, any);
        source.shown_layer();
    }

    #[test]
    fn no_password_is_shown_and_other_text_stays(
        secret in "[Q-Z][a-z0-9#%,;:&!?*()^/+-]{1,10}[Q-Z]{2}", plain in "[a-z0-9/_. ]{0,40}", any in any::<String>()
    ) {
        for text in [
            format!("PG:host=h password={secret} user=u"),
            format!("PG:host=h password={secret}"),
            format!("cannot open 'PG:host=h PWD = {secret}'"),
            format!("PG:password='{secret} {secret}' host=h"),
            format!("MSSQL:server=h;pwd={secret};database=d"),
        ] {
            prop_assert!(!redact(&text).contains(&secret), "{} shows it", redact(&text));
        }
        prop_assert_eq!(redact(&plain), plain.as_str());
        let once = redact(&any).into_owned();
        prop_assert_eq!(redact(&once), once.as_str());
    }
}
