//! Pictures as a whole: well-formed, of what they are of, within their size, and there when there is nothing to draw.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;
use sanxian_model::revision::{
    FindingChange, FindingPair, GroundChange, GroundClass, Identifiers, LayerChange, Transition,
};
use sanxian_model::{
    Crs, Lang, Metres, PolygonColumn, PolygonColumnBuilder, Role, SquareMetres, polygons::Position,
};

use super::{write, write_revisions};
use crate::revisions::Revisions;
use crate::sample::Sample;

fn of_check(sample: &Sample, lang: Lang) -> String {
    let mut bytes = Vec::new();
    write(&sample.report(), lang, &mut bytes).expect("writing to memory works");
    well_formed(String::from_utf8(bytes).expect("pictures are UTF-8"))
}

fn of_revisions(old: &Sample, new: &Sample, pairs: &[FindingPair], layers: &[LayerChange]) -> String {
    let revisions = Revisions { old: old.report(), new: new.report(), pairs, layers };
    let mut bytes = Vec::new();
    write_revisions(&revisions, Lang::En, &mut bytes).expect("writing to memory works");
    well_formed(String::from_utf8(bytes).expect("pictures are UTF-8"))
}

/// The picture, after every element was closed, every entity known, and no script and no address of elsewhere found.
fn well_formed(svg: String) -> String {
    let mut reader = Reader::from_str(&svg);
    let mut depth = 0;
    loop {
        match reader.read_event().expect("XML") {
            Event::Start(element) => {
                depth += 1;
                element.attributes().for_each(|attribute| {
                    attribute
                        .expect("an attribute")
                        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                        .expect("entities");
                });
            }
            Event::Empty(element) => element.attributes().for_each(|attribute| {
                attribute
                    .expect("an attribute")
                    .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                    .expect("entities");
            }),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
    assert!(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"700\""),
        "{svg}"
    );
    assert!(!svg.contains("<script") && !svg.contains("href") && svg.matches("http").count() == 1);
    assert!(!svg.contains("NaN") && !svg.contains("inf "));
    svg
}

fn squares(corners: impl IntoIterator<Item = Position>, side: f64) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for [x, y] in corners {
        builder.push_feature([vec![vec![
            [x, y],
            [x + side, y],
            [x + side, y + side],
            [x, y + side],
            [x, y],
        ]]]);
    }
    builder.finish()
}

#[test]
fn of_a_county() {
    insta::assert_snapshot!("check_zh", of_check(&Sample::county(), Lang::Zh));
    insta::assert_snapshot!("check_en", of_check(&Sample::county(), Lang::En));
}

#[test]
fn of_a_revision() {
    let (old, mut new) = (Sample::county(), Sample::county());
    new.findings.remove(4);
    let pair =
        |old, new, change| FindingPair { old, new, change, more: Some(SquareMetres(20.5)), paired_by: None };
    let pairs = [
        pair(Some(2), Some(2), FindingChange::Worse),
        pair(Some(1), Some(1), FindingChange::Unchanged),
        pair(None, Some(0), FindingChange::New),
        pair(Some(4), None, FindingChange::Healed),
    ];
    let class = |code: &str| GroundClass::Class(code.into());
    let changes = [
        (GroundClass::Nothing, class("0701"), 437_000.0, false),
        (class("0701"), GroundClass::Nothing, 437_200.0, false),
        (class("0101"), class("0701"), 437_400.0, false),
        (class("0101"), class("0701"), 499_000.0, true),
    ];
    let ground = changes.iter().map(|(old, new, x, is_noise)| GroundChange {
        old: old.clone(),
        new: new.clone(),
        area: SquareMetres(10_000.0),
        mean_width: Metres(100.0),
        is_noise: *is_noise,
        point: [*x, 3_880_000.0],
        of_old: vec![],
        of_new: vec![],
    });
    let layer = LayerChange {
        role: Role::PLAN,
        features: [3, 3],
        areas: [SquareMetres(30_000.0); 2],
        claimed_again: [SquareMetres::ZERO; 2],
        class_field: Some("land_class"),
        known_classes: BTreeMap::new(),
        identifiers: Identifiers::Stable,
        noise_width: Metres(0.001),
        unchanged: 0,
        kept: vec![],
        changed: vec![],
        ground: ground.collect(),
        shapes: squares(changes.iter().map(|(_, _, x, _)| [*x, 3_880_000.0]), 100.0),
        balances: Vec::new(),
        transitions: vec![Transition {
            old: class("0101"),
            new: class("0701"),
            area: SquareMetres(10_000.0),
        }],
        columns_dropped: vec![],
        columns_added: vec![],
        columns_reissued: vec![],
        renamed: vec![],
    };
    let svg = of_revisions(&old, &new, &pairs, &[layer]);
    // What is new comes first, and noise does not widen the map.
    let at = |text: &str| svg.find(text).unwrap_or_else(|| panic!("no {text} in {svg}"));
    assert!(
        at("1. BF-01 410881000000000002 G327 国道改线, new")
            < at("2. ER-01 410881000000000001 沁河新区停车场, worse, 1200.12 m² (+20.50)"),
        "{svg}"
    );
    assert!(
        svg.contains(">lost (plan)<") && svg.contains(">gained (plan)<") && svg.contains(">recoded (plan)<")
    );
    insta::assert_snapshot!("diff_en", svg);
}

#[test]
fn names_are_escaped_and_too_long_ones_cut() {
    let mut sample = Sample::county();
    sample.findings[0].name = Some("A<b> & \"c\" 'd'\u{1}".to_owned());
    sample.findings[1].name = Some("很长的名称".repeat(40));
    let svg = of_check(&sample, Lang::Zh);
    assert!(svg.contains("A&lt;b&gt; &amp; ") && !svg.contains("<b>") && !svg.contains('\u{1}'), "{svg}");
    assert!(svg.contains(">BF-02 410881000000000002 很…</text>"), "{svg}");
}

#[test]
fn without_findings_the_whole_plan_is_shown() {
    let svg = of_check(&Sample::clean(), Lang::En);
    assert!(svg.contains("Conforms: no findings") && svg.contains("this is the whole"), "{svg}");
    assert!(!svg.contains("<circle"));
    let svg = of_revisions(&Sample::clean(), &Sample::clean(), &[], &[]);
    assert!(svg.contains("no new and no worse finding") && svg.contains("this is the whole"), "{svg}");
}

#[test]
fn an_empty_plan_has_a_picture_that_says_so() {
    let mut sample = Sample::clean();
    sample.plan = sample.plan.take(&[]);
    sample.ledger.rows.clear();
    for (lang, words) in [(Lang::Zh, "没有可画的图形"), (Lang::En, "There is no shape to draw")] {
        let svg = of_check(&sample, lang);
        assert!(svg.contains(words) && !svg.contains("<path"), "{svg}");
    }
}

#[test]
fn a_feature_as_small_as_a_point_is_drawn_as_one_with_its_surroundings() {
    let mut sample = Sample::county();
    sample.plan.polygons = squares([[437_000.0, 3_880_000.0]; 3], 1e-4);
    sample.pieces = squares([[437_000.0, 3_880_000.0]; 2], 1e-5);
    sample.findings.truncate(1);
    sample.findings[0].point = Some([437_000.0, 3_880_000.0]);
    sample.piece_of = vec![Some(0)];
    let svg = of_check(&sample, Lang::En);
    assert!(svg.contains("1 shape is too small and drawn as a point"), "{svg}");
    assert!(svg.contains("v4h-4Z") && svg.contains(">50 m<"), "{svg}");
}

#[test]
fn degrees_are_drawn_too() {
    let mut sample = Sample::county();
    sample.crs = Crs { kind: sanxian_model::CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
    sample.plan.polygons = squares([[112.0, 35.0], [112.01, 35.0], [112.02, 35.01]], 0.002);
    sample.pieces = squares([[112.0, 35.0], [112.01, 35.0]], 0.002);
    sample.findings.iter_mut().for_each(|finding| finding.point = None);
    let svg = of_check(&sample, Lang::En);
    assert!(svg.contains("SW (111.9") && svg.contains(" m<"), "{svg}");
}

#[test]
fn a_large_plan_stays_within_a_megabyte() {
    let mut sample = Sample::county();
    // Spirals of many vertices that cover all of the map, and crumbs between them.
    let mut builder = PolygonColumnBuilder::new();
    let (x, y) = (437_000.0, 3_880_000.0);
    for spiral in 0..300 {
        let at = |k: u32, radius: f64| {
            let angle = f64::from(k) * 0.01;
            [x + radius * angle.cos() + f64::from(spiral), y + radius * angle.sin()]
        };
        let mut ring: Vec<Position> = (0..628).map(|k| at(k, 20_000.0)).collect();
        ring.push(ring[0]);
        builder.push_feature([vec![ring]]);
    }
    for crumb in 0..5_000 {
        let (east, north) = (f64::from(crumb % 100), f64::from(crumb / 100));
        let [x, y] = [x + 50.0 * east, y + 50.0 * north];
        builder.push_feature([vec![vec![[x, y], [x + 1.0, y], [x + 1.0, y + 1.0], [x, y]]]]);
    }
    sample.plan.polygons = builder.finish();
    let rows: u32 = 5_300;
    sample.plan.fids = (0..i64::from(rows)).collect();
    sample.findings.truncate(1);
    sample.findings[0].row = Some(0);
    sample.piece_of = vec![None];
    let svg = of_check(&sample, Lang::En);
    assert!((100_000..1_000_000).contains(&svg.len()), "{}", svg.len());
    assert!(svg.contains("features are too small and left off"), "no note");
    assert_eq!(svg, of_check(&sample, Lang::En));
}
