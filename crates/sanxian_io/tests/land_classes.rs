//! Land classes as people deliver them: numbers, full-width digits, names, columns that name no scheme.

use std::fmt::Write as _;

use sanxian_io::{ReadOptions, read_layer, read_stream};
use sanxian_layer::NormalisedLayer;
use sanxian_model::{FaultKind, Role, Scheme};

/// A plan whose features have these properties, each on its own square.
fn read(properties: &[&str], options: &ReadOptions) -> NormalisedLayer {
    read_as(Role::PLAN, properties, options)
}

fn read_as(role: Role, properties: &[&str], options: &ReadOptions) -> NormalisedLayer {
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
    read_stream("-", text.as_bytes(), role, options).expect("a layer")
}

fn column(read: &NormalisedLayer, name: &str) -> Vec<String> {
    (0..read.layer.len()).map(|row| read.layer.text(name, row).unwrap_or_default()).collect()
}

fn told(read: &NormalisedLayer) -> Vec<(FaultKind, String)> {
    read.faults.iter().map(|fault| (fault.kind, fault.detail.clone().unwrap_or_default().en)).collect()
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
    let expected = [
        "`０７０１` → `0701`, in 1 cell",
        "`70102` → `070102`, in 2 cells",
        "`城镇住宅用地` → `0701`, in 1 cell",
    ];
    assert_eq!(told(&read), expected.map(|detail| (FaultKind::ClassUnderstood, format!("such as {detail}"))));
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
    assert_eq!(
        told(&read),
        [(FaultKind::ClassUnderstood, "such as `70102` → `070102`, in 1 cell".to_owned())]
    );
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
    let reason = "different values: 2; land-sea-2023 knows 2, survey-2019 knows 2".to_owned();
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
    assert_eq!(told(&read), [(FaultKind::UnknownCode, "code `9999`, scheme land-sea-2023".to_owned())]);
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

#[test]
fn row_04_a_plan_that_takes_its_classes_from_a_column_of_current_use_tells_so() {
    let current = read(&[r#""DLBM":"0103""#], &ReadOptions::default());
    assert_eq!(column(&current, "land_nature"), ["farm"]);
    assert_eq!(told(&current), [(FaultKind::CurrentUseColumn, "`DLBM`".to_owned())]);
    // The user said so, or the layer is no plan: nothing to tell.
    let chosen = |column: &str| {
        let fields = [("land_class".to_owned(), column.to_owned())].into();
        ReadOptions { fields, ..ReadOptions::default() }
    };
    assert_eq!(told(&read(&[r#""DLBM":"0103""#], &chosen("DLBM"))), []);
    let survey =
        read_as(Role::SURVEY, &[r#""DLBM":"0103","GHDLMC":"城镇住宅用地""#], &ReadOptions::default());
    assert_eq!(told(&survey), []);
    // Columns of planned classes come before those of current use, in a plan and in a project.
    for role in [Role::PLAN, Role::PROJECT] {
        for planned in ["YDYHFLDM", "GHDLBM", "用地用海分类代码", "规划地类编码", "规划地类代码"]
        {
            let both = format!(r#""DLBM":"0103","{planned}":"0702""#);
            let both = read_as(role.clone(), &[&both], &ReadOptions::default());
            assert_eq!((column(&both, "land_class"), told(&both)), (vec!["0702".to_owned()], vec![]));
        }
    }
}

#[test]
fn row_04_names_of_planned_classes_without_codes_leave_the_class_unknown() {
    for names in ["GHDLMC", "YDYHFLMC", "GHYTMC", "规划地类名称", "规划用途", "规划用地性质"]
    {
        let row = format!(r#""DLBM":"0103","DLMC":"旱地","GHDLDM":"0701","{names}":"城镇住宅用地""#);
        let read = read_as(Role::PROJECT, &[&row], &ReadOptions::default());
        assert_eq!(
            (column(&read, "land_nature"), column(&read, "land_scheme")),
            (vec![String::new()], vec![String::new()])
        );
        assert_eq!(
            told(&read),
            [(FaultKind::PlannedCodeMissing, format!("planned classes in `{names}`, current use in `DLBM`"))]
        );
    }
    let fields = [("land_class".to_owned(), "GHDLDM".to_owned())].into();
    let options = ReadOptions { fields, scheme: Some(Scheme::LandSea2023), ..ReadOptions::default() };
    let named = read(&[r#""DLBM":"0103","GHDLDM":"0701","GHDLMC":"城镇住宅用地""#], &options);
    assert_eq!((column(&named, "land_nature"), told(&named)), (vec!["construction".to_owned()], vec![]));
}

#[test]
fn row_19_a_name_that_is_of_another_class_than_the_code_leaves_the_class_unknown() {
    let pairs = [
        (
            "YDYHFLDM",
            "YDYHFLMC",
            "0103",
            "城镇住宅用地",
            "the code `0103` is `旱地`, the name is `城镇住宅用地`",
        ),
        ("GHDLBM", "GHDLMC", "0601", " 工业用地", "the code `0601` is `农村道路`, the name is `工业用地`"),
        (
            "land_class",
            "land_name",
            "070102",
            "商业用地",
            "the code `070102` is `二类城镇住宅用地`, the name is `商业用地`",
        ),
        ("land_class", "MC", "0601", "工业用地", "the code `0601` is `农村道路`, the name is `工业用地`"),
        (
            "YDYHFLDM",
            "YDYHFLMC",
            "07",
            "城镇住宅用地",
            "the code `07` is `居住用地`, the name is `城镇住宅用地`",
        ),
    ];
    for (code, name, cell, words, detail) in pairs {
        let rows = [format!(r#""{code}":"{cell}","{name}":"{words}""#), format!(r#""{code}":"070102""#)];
        let read = read(&rows.each_ref().map(String::as_str), &ReadOptions::default());
        assert_eq!(column(&read, "land_nature"), ["", "construction"], "{detail}");
        assert_eq!(column(&read, "land_scheme")[0], "");
        assert!(
            told(&read).contains(&(FaultKind::ClassContradicted, detail.to_owned())),
            "{:?}",
            told(&read)
        );
    }
    let survey = read_as(Role::SURVEY, &[r#""DLBM":"0103","DLMC":"工业用地""#], &ReadOptions::default());
    assert_eq!(
        told(&survey),
        [(FaultKind::ClassContradicted, "the code `0103` is `旱地`, the name is `工业用地`".to_owned())]
    );
}

#[test]
fn row_19_names_that_are_no_class_or_a_group_of_the_class_contradict_nothing() {
    let rows = [
        r#""YDYHFLDM":"070102","YDYHFLMC":"城镇住宅用地","DLMC":"旱地","MC":"工业用地""#,
        r#""YDYHFLDM":"070102","YDYHFLMC":"二类城镇住宅用地""#,
        r#""YDYHFLDM":"070102","YDYHFLMC":"沁河小区""#,
        r#""YDYHFLDM":"070102","YDYHFLMC":"""#,
        r#""YDYHFLDM":"070102","YDYHFLMC":null"#,
    ];
    let read = read(&rows, &ReadOptions::default());
    assert_eq!(column(&read, "land_nature"), ["construction"; 5]);
    assert_eq!(told(&read), []);
}

#[test]
fn row_19_the_user_says_which_column_names_the_classes() {
    let row = [r#""GHDM":"0702","MC":"旱地","用途":"城镇社区服务设施用地","地类":"商业用地""#];
    let told_with = |name: &str| {
        let fields = [("land_class", "GHDM"), ("land_name", name)];
        let fields = fields.map(|(field, column)| (field.to_owned(), column.to_owned())).into();
        told(&read(
            &row,
            &ReadOptions { fields, scheme: Some(Scheme::LandSea2023), ..ReadOptions::default() },
        ))
    };
    assert_eq!(told_with("用途"), []);
    assert_eq!(told_with("地类")[0].0, FaultKind::ClassContradicted);
}

/// Parcels of a boundary TXT by their use in words and their code.
fn parcels(uses: &[(&str, &str)], options: &ReadOptions) -> NormalisedLayer {
    let mut text = "[属性描述]\n坐标系=2000国家大地坐标系\n几度分带=3\n投影类型=高斯克吕格\n计量单位=米\n带号=37\n精度=0.001\n转换参数=,,,,,,\n[地块坐标]\n".to_owned();
    for (k, (words, code)) in uses.iter().enumerate() {
        let (west, south) = (37_549_000 + 200 * k, 3_741_000);
        let (east, north) = (west + 100, south + 100);
        let points = [(south, west), (south, east), (north, east), (north, west), (south, west)];
        writeln!(text, "5,1.0000,D{k},地块,面,,{words},{code},@").expect("text grows");
        for (n, (x, y)) in points.into_iter().enumerate() {
            writeln!(text, "J{},1,{x}.000,{y}.000", n % 4 + 1).expect("text grows");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("地块.txt");
    std::fs::write(&path, text).expect("a file");
    read_layer(path.to_str().expect("a path"), Role::PROJECT, options).expect("a layer")
}

#[test]
fn row_07_a_parcel_of_a_boundary_txt_has_the_scheme_in_which_its_code_and_use_agree() {
    let shops = ("商业用地", "0901");
    let mixed = parcels(
        &[("工业用地", "0601"), shops, shops, ("旱地", "0103"), ("", "0601")],
        &ReadOptions::default(),
    );
    assert_eq!(column(&mixed, "land_name"), ["工业用地", "商业用地", "商业用地", "旱地", ""]);
    assert_eq!(
        column(&mixed, "land_scheme"),
        ["survey-2019", "land-sea-2023", "land-sea-2023", "land-sea-2023", ""]
    );
    let counts =
        "parcels whose code and use agree in one scheme alone: land-sea-2023 2, survey-2019 1".to_owned();
    assert_eq!(told(&mixed), [(FaultKind::UnknownScheme, counts)]);
    // Where one scheme alone agrees with words, the parcels that say nothing are of it.
    let one = parcels(&[("工业用地", "0601"), ("", "0601"), ("旱地", "0103")], &ReadOptions::default());
    assert_eq!(column(&one, "land_scheme"), ["survey-2019"; 3]);
    assert_eq!(told(&one), []);
}

#[test]
fn row_07_words_of_another_class_leave_the_class_of_a_parcel_unknown() {
    let read = parcels(&[("商业用地", "0901"), ("城镇住宅用地", "0601")], &ReadOptions::default());
    assert_eq!(column(&read, "land_nature"), ["construction", ""]);
    let detail = "the code `0601` is `农村道路`, the name is `城镇住宅用地`".to_owned();
    assert_eq!(told(&read), [(FaultKind::ClassContradicted, detail.clone())]);
    let options = ReadOptions { scheme: Some(Scheme::LandSea2023), ..ReadOptions::default() };
    let given = parcels(&[("城镇住宅用地", "0601")], &options);
    assert_eq!(told(&given), [(FaultKind::ClassContradicted, detail)]);
}
