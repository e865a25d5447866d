//! Land classes as people deliver them: numbers, full-width digits, names, columns that name no scheme.

use sanxian_io::{ReadLayer, ReadOptions, read_stream};
use sanxian_model::{FaultKind, Role, Scheme};

/// A plan whose features have these properties, each on its own square.
fn read(properties: &[&str], options: &ReadOptions) -> ReadLayer {
    let features: Vec<String> = properties
        .iter()
        .enumerate()
        .map(|(k, properties)| {
            let (w, e) = (111.0 + k as f64 * 0.01, 111.001 + k as f64 * 0.01);
            format!(
                r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[[{w},34],[{e},34],[{e},34.001],[{w},34.001],[{w},34]]]}}}}"#
            )
        })
        .collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    read_stream("-", text.as_bytes(), Role::PLAN, options).expect("a layer")
}

fn column(read: &ReadLayer, name: &str) -> Vec<String> {
    (0..read.layer.len()).map(|row| read.layer.text(name, row).unwrap_or_default()).collect()
}

fn told(read: &ReadLayer) -> Vec<(FaultKind, String)> {
    read.faults.iter().map(|fault| (fault.kind, fault.detail.clone().unwrap_or_default())).collect()
}

#[test]
fn codes_as_integers_full_width_digits_and_names_are_understood_and_told() {
    let cells = [
        r#""YDYHFLDM":"070102""#,
        r#""YDYHFLDM":"70102""#,
        r#""YDYHFLDM":"０７０１""#,
        r#""YDYHFLDM":"城镇住宅用地""#,
        r#""YDYHFLDM":"70103""#,
    ];
    let read = read(&cells, &ReadOptions::default());
    assert_eq!(column(&read, "land_class"), ["070102", "070102", "0701", "0701", "070103"]);
    assert_eq!(column(&read, "land_nature"), ["construction"; 5]);
    let expected = ["`０７０１` → `0701` (1)", "`70102` → `070102` (2)", "`城镇住宅用地` → `0701` (1)"];
    assert_eq!(told(&read), expected.map(|detail| (FaultKind::ClassUnderstood, detail.to_owned())));
    // What was delivered travels on as it was.
    assert_eq!(column(&read, "YDYHFLDM")[1], "70102");
}

#[test]
fn row_01_blanks_and_invisible_characters_around_a_code_do_not_hide_it_from_filters() {
    let code = |cell: &str| format!(r#""YDYHFLDM":"{cell}""#);
    let cells = [
        "0901 ",
        "\u{3000}0901",
        "\\t0901",
        "\u{a0}0901",
        "0901\\n",
        "\u{feff}0901",
        "09\u{200b}01",
        "\u{200b}",
    ];
    let cells: Vec<String> = cells.into_iter().map(code).collect();
    let read = read(&cells.iter().map(String::as_str).collect::<Vec<_>>(), &ReadOptions::default());
    let (codes, natures) = (column(&read, "land_class"), column(&read, "land_nature"));
    assert_eq!(codes[..7], ["0901"; 7]);
    assert_eq!(natures, [["construction"; 7].as_slice(), &[""]].concat());
    assert_eq!(told(&read), []);
}

#[test]
fn a_column_of_numbers_has_land_classes() {
    let read = read(&[r#""YDYHFLDM":70102"#, r#""YDYHFLDM":1001"#], &ReadOptions::default());
    assert_eq!(column(&read, "land_class"), ["070102", "1001"]);
    assert_eq!(told(&read), [(FaultKind::ClassUnderstood, "`70102` → `070102` (1)".to_owned())]);
}

#[test]
fn a_column_that_names_no_scheme_has_the_only_scheme_that_knows_its_values() {
    let unnamed = |cells: &[&str]| {
        let cells: Vec<String> = cells.iter().map(|cell| format!(r#""land_class":"{cell}""#)).collect();
        read(&cells.iter().map(String::as_str).collect::<Vec<_>>(), &ReadOptions::default())
    };
    let plan = unnamed(&["0701", "070102"]);
    assert_eq!(column(&plan, "land_scheme"), ["land-sea-2023"; 2]);
    assert_eq!(told(&plan)[0].0, FaultKind::SchemeFromValues);
    let survey = unnamed(&["0701", "05H1"]);
    assert_eq!(column(&survey, "land_scheme"), ["survey-2019"; 2]);
    // 0701 and 0601 are in both, and mean different things: nobody can tell, so nobody guesses.
    let open = unnamed(&["0701", "0601"]);
    assert_eq!(column(&open, "land_nature"), ["", ""]);
    let reason = "land-sea-2023 2/2, survey-2019 2/2".to_owned();
    assert_eq!(told(&open), [(FaultKind::UnknownScheme, reason)]);
    let strange = unnamed(&["0701", "070102", "X9"]);
    assert_eq!(told(&strange)[0].0, FaultKind::UnknownScheme);
    assert_eq!(column(&strange, "land_nature"), ["", "", ""]);
}

#[test]
fn a_scheme_that_is_given_needs_no_telling_and_unknown_codes_stay_unknown() {
    let options = ReadOptions { scheme: Some(Scheme::LandSea2023), ..ReadOptions::default() };
    let read = read(&[r#""land_class":"0601""#, r#""land_class":"9999""#, r#""land_class":"""#], &options);
    assert_eq!(column(&read, "land_nature"), ["farm", "", ""]);
    assert_eq!(told(&read), [(FaultKind::UnknownCode, "`9999`, land-sea-2023".to_owned())]);
}

#[test]
fn a_scheme_of_the_row_is_read_and_a_word_that_is_none_is_told() {
    let rows = [
        r#""land_class":"0601","land_scheme":"survey-2019""#,
        r#""land_class":"070102","land_scheme":"land-sea-2032""#,
    ];
    let read = read(&rows, &ReadOptions::default());
    assert_eq!(column(&read, "land_nature"), ["construction", "construction"]);
    let kinds: Vec<_> = told(&read).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [FaultKind::UnknownScheme, FaultKind::SchemeFromValues]);
    assert!(told(&read)[0].1.contains("land-sea-2023"), "the nearest is named: {}", told(&read)[0].1);
}
