//! 勘测定界 TXT: every variant that is met, and the way back to the same bytes.

mod made_files;

use std::path::{Path, PathBuf};

use made_files::*;
use sanxian_io::{CrsChoice, OutputLayer, ReadError, ReadOptions, WriteOptions, list_layers, write_layers};
use sanxian_model::{FaultKind, Layer, Role};

const HEADER: &str = "[属性描述]
格式版本号=1.01
数据产生单位=示例县自然资源局
数据产生日期=2026-03-01
坐标系=2000国家大地坐标系
几度分带=3
投影类型=高斯克吕格
计量单位=米
带号=39
精度=0.001
转换参数=,,,,,,
";

const PARCEL: &str = "[地块坐标]
10,0.9600,D001,示例地块,面,,工业用地,1001,@
J1,1,3520000.000,39500100.000
J2,1,3520100.000,39500100.000
J3,1,3520100.000,39500200.000
J4,1,3520000.000,39500200.000
J1,1,3520000.000,39500100.000
J5,2,3520040.000,39500140.000
J6,2,3520060.000,39500140.000
J7,2,3520060.000,39500160.000
J8,2,3520040.000,39500160.000
J5,2,3520040.000,39500140.000
";

fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

fn file(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("勘测定界.txt");
    std::fs::write(&path, text).expect("a file");
    path
}

fn read_text(text: &str) -> Layer {
    let folder = tempfile::tempdir().expect("a folder");
    read_path(&file(folder.path(), text)).layer
}

fn error_of(text: &str) -> ReadError {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(folder.path(), text);
    refused(path.to_str().expect("a name"), &ReadOptions::default())
}

fn write_txt(path: &Path, layer: &Layer, encoding: Option<&str>) {
    let output = OutputLayer {
        name: "a",
        crs: &layer.crs,
        polygons: &layer.polygons,
        attributes: &layer.attributes,
        style: None,
    };
    let options = WriteOptions { encoding: encoding.map(str::to_owned), ..WriteOptions::default() };
    write_layers(path, &[output], &options).expect("written");
}

/// Area by the shoelace rule, holes taken off.
fn area(layer: &Layer, row: usize) -> f64 {
    let doubled = |ring: &[[f64; 2]]| -> f64 {
        let [x, y] = ring[0];
        ring.windows(2).map(|e| (e[0][0] - x) * (e[1][1] - y) - (e[1][0] - x) * (e[0][1] - y)).sum()
    };
    layer.polygons.feature(row).rings().map(doubled).sum::<f64>() / 2.0
}

#[test]
fn the_sample_is_read_and_written_back_to_the_byte() {
    let text = crlf(&format!("{HEADER}{PARCEL}"));
    let folder = tempfile::tempdir().expect("a folder");
    for encoding in ["GBK", "UTF-8"] {
        let (bytes, _, _) =
            encoding_rs::Encoding::for_label(encoding.as_bytes()).expect("a label").encode(&text);
        let path = folder.path().join("原.txt");
        std::fs::write(&path, &bytes).expect("a file");
        let read = read_path(&path);
        assert_eq!(read.faults, []);
        let layer = read.layer;
        assert_eq!(layer.crs.epsg, Some(4527));
        assert_eq!(layer.source.driver, "boundary TXT");
        assert!(layer.source.encoding.starts_with(encoding), "{}", layer.source.encoding);
        assert_eq!(area(&layer, 0), 9600.0);
        assert_eq!(layer.text("id", 0).as_deref(), Some("D001"));
        assert_eq!(layer.text("name", 0).as_deref(), Some("示例地块"));
        assert_eq!(layer.text("land_scheme", 0).as_deref(), Some("land-sea-2023"));
        assert_eq!(layer.text("land_nature", 0).as_deref(), Some("construction"));
        let back = folder.path().join("回.txt");
        write_txt(&back, &layer, Some(encoding));
        assert_eq!(std::fs::read(&back).expect("a file"), &bytes[..], "{encoding}");
    }
    let listed = list_layers(folder.path().join("原.txt").to_str().expect("a name")).expect("layers");
    assert_eq!((listed[0].name.as_str(), listed[0].features), ("原", Some(1)));
    assert_eq!(listed[0].crs.as_deref(), Some("EPSG:4527"));
}

#[test]
fn every_variant_gives_the_same_ground() {
    let without_closing: Vec<&str> =
        PARCEL.lines().enumerate().filter_map(|(k, line)| (![6, 11].contains(&k)).then_some(line)).collect();
    let without_closing = without_closing.join("\n");
    let east_first: String = PARCEL
        .lines()
        .map(|line| match line.split(',').collect::<Vec<_>>()[..] {
            [name, ring, x, y] => format!("{name},{ring},{y},{x}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let turned: String = {
        let mut lines: Vec<&str> = PARCEL.lines().collect();
        lines[2..7].reverse();
        lines.join("\n")
    };
    let variants = [
        format!("\u{FEFF}{HEADER}{PARCEL}"),
        format!("{HEADER}{without_closing}"),
        format!("{HEADER}{east_first}"),
        format!("{HEADER}{turned}"),
        format!("[项目信息]\n项目名称=示例\n{HEADER}{PARCEL}"),
        format!("{HEADER}{}", PARCEL.replace(',', ", ").replace("D001", "D001 ")),
        format!("{HEADER}{}", PARCEL.replace('J', "")),
        format!("{HEADER}{}", PARCEL.replace("10,0.9600", "8,0.9600")),
        format!("{}{PARCEL}", HEADER.replace("带号=39", "带号=")),
        format!("{}{PARCEL}", HEADER.replace("几度分带=3", "分带=3度带")),
        PARCEL.to_owned(),
        format!("{HEADER}{}", PARCEL.replace(",39500", ",500")),
        format!("{}{}", HEADER.replace("带号=39", "中央子午线=117"), PARCEL.replace(",39500", ",500")),
    ];
    for (number, text) in variants.iter().enumerate() {
        let layer = read_text(text);
        assert_eq!(area(&layer, 0), 9600.0, "variant {number}");
        let bare = text.contains(",500100.000");
        assert_eq!(layer.crs.epsg, Some(if bare { 4548 } else { 4527 }), "variant {number}");
        let [x, y] = layer.polygons.coords()[0];
        assert_eq!((x % 1e6, y), (500_100.0, 3_520_000.0), "variant {number}");
        assert_eq!(layer.text("id", 0).as_deref(), Some("D001"), "variant {number}");
    }
}

#[test]
fn six_degree_zones_and_older_datums_have_codes_of_their_own() {
    let six = HEADER.replace("几度分带=3", "几度分带=6").replace("带号=39", "带号=20");
    let layer = read_text(&format!("{six}{}", PARCEL.replace(",39500", ",20500")));
    assert_eq!(layer.crs.epsg, Some(4498));
    let older = HEADER.replace("2000国家大地坐标系", "1980西安坐标系");
    assert_eq!(read_text(&format!("{older}{PARCEL}")).crs.epsg, Some(2363));
}

#[test]
fn further_parts_and_further_parcels() {
    let parts = "[地块坐标]
8,,A,,面,,,,@
J1,1,3520000,39500000
J2,1,3520010,39500000
J3,1,3520010,39500010
J1,1,3520000,39500000
J4,1,3520100,39500000
J5,1,3520110,39500000
J6,1,3520110,39500010
J4,1,3520100,39500000
4,,B,,面,,,,@
J1,1,3520200,39500000
J2,1,3520210,39500000
J3,1,3520210,39500010
J1,1,3520200,39500000
3,,C,,线,,,,@
J1,1,3520300,39500000
J2,1,3520310,39500000
J3,1,3520310,39500010
";
    let folder = tempfile::tempdir().expect("a folder");
    let read = read_path(&file(folder.path(), &format!("{HEADER}{parts}")));
    assert_eq!(read.layer.len(), 2);
    assert_eq!(read.layer.polygons.polygons_of(0).len(), 2);
    assert_eq!((area(&read.layer, 0), area(&read.layer, 1)), (100.0, 50.0));
    assert_eq!(read.faults.len(), 1);
    assert_eq!((read.faults[0].kind, read.faults[0].place.fid), (FaultKind::NotPolygon, Some(3)));
    assert_eq!(read.layer.attributes.num_rows(), 2);
}

#[test]
fn degrees_are_read_as_longitude_and_latitude() {
    let text = "[属性描述]\n坐标系=2000国家大地坐标系\n计量单位=度\n[地块坐标]\n4,,A,,面,,,,@\nJ1,1,34.1,111.1\nJ2,1,34.2,111.1\nJ3,1,34.2,111.2\nJ1,1,34.1,111.1\n";
    let layer = read_text(text);
    assert_eq!(layer.crs.epsg, Some(4490));
    assert_eq!(layer.polygons.coords()[0], [111.1, 34.1]);
}

#[test]
fn longer_parcel_lines_keep_their_fields() {
    let long = PARCEL.replace("工业用地,1001,@", "工业用地,1001,图斑,0601,10,11,备注,@");
    let text = crlf(&format!("{HEADER}{long}"));
    let layer = read_text(&text);
    assert_eq!(layer.text("字段13", 0).as_deref(), Some("备注"));
    let folder = tempfile::tempdir().expect("a folder");
    let back = folder.path().join("b.txt");
    write_txt(&back, &layer, Some("UTF-8"));
    assert_eq!(std::fs::read_to_string(&back).expect("a file"), text);
    let short = crlf(&format!("{HEADER}{}", PARCEL.replace(",工业用地,1001,@", ",@")));
    write_txt(&back, &read_text(&short), Some("UTF-8"));
    assert_eq!(std::fs::read_to_string(&back).expect("a file"), short);
}

#[test]
fn what_contradicts_itself_names_its_line() {
    let zone = error_of(&format!("{}{PARCEL}", HEADER.replace("带号=39", "带号=38")));
    assert!(zone.to_string().contains("EPSG:4527"), "{zone}");
    let whole = format!("{HEADER}{PARCEL}");
    let cut = whole.lines().take(17).collect::<Vec<_>>().join("\n");
    assert!(
        matches!(&error_of(&cut), ReadError::BoundaryTxt { line: 13, reason, .. } if reason.en.contains("10"))
    );
    let garbled = format!("{HEADER}{}", PARCEL.replace("J3,1,3520100.000", "J3,1,?"));
    assert!(matches!(error_of(&garbled), ReadError::BoundaryTxt { line: 16, .. }));
    let mixed = format!("{HEADER}{}", PARCEL.replace("3520060.000,39500140.000", "39500140.000,3520060.000"));
    assert!(error_of(&mixed).to_string().contains("J6"));
    let nowhere = format!("{HEADER}{}", PARCEL.replace("39500160.000", "99500160.000"));
    assert!(error_of(&nowhere).to_string().contains("nowhere in China"));
    let orphan = "[地块坐标]\nJ1,1,3520000,39500000\n";
    assert!(matches!(error_of(orphan), ReadError::BoundaryTxt { line: 2, .. }));
    assert!(matches!(error_of(HEADER), ReadError::NotReadable { .. }));
    assert!(matches!(
        error_of(&format!("{HEADER}[地块坐标]\n")),
        ReadError::Layer(sanxian_layer::LayerError::Empty { .. })
    ));
    let unknown = format!("{}{}", HEADER.replace("带号=39", "带号="), PARCEL.replace(",39500", ",500"));
    assert!(matches!(error_of(&unknown), ReadError::CrsMissing { .. }));
}

#[test]
fn a_stated_system_is_not_overridden_and_a_guessed_one_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let declared = ReadOptions { crs: Some(CrsChoice::parse("EPSG:2363")), ..ReadOptions::default() };
    let path = file(folder.path(), &format!("{HEADER}{PARCEL}"));
    let source = path.to_str().expect("a name");
    assert!(matches!(refused(source, &declared), ReadError::CrsContradicted { .. }));
    file(folder.path(), PARCEL);
    assert_eq!(read(source, &declared).layer.crs.epsg, Some(2363));
}

#[test]
fn any_layer_of_a_zone_can_be_written_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.txt");
    for code in ["EPSG:4525", "EPSG:4546", "EPSG:4497", "EPSG:4490"] {
        let crs = crs(code);
        let corner = match code {
            "EPSG:4525" => [37_480_000.0, 3_790_000.0],
            "EPSG:4497" => [19_480_000.0, 3_790_000.0],
            "EPSG:4490" => [111.0, 34.0],
            _ => CORNER,
        };
        let unit = if code == "EPSG:4490" { 0.001 } else { 100.0 };
        let (polygons, attributes) = (three(corner, unit), plan_table());
        let layer =
            OutputLayer { name: "a", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
        write_layers(&path, &[layer], &WriteOptions::default()).expect("written");
        let first = std::fs::read(&path).expect("a file");
        let layer = read_path(&path).layer;
        // 带号 and eastings agree: the zone number goes in front of eastings that come without.
        let (back, shift) = if code == "EPSG:4546" { (Some(4525), 37e6) } else { (crs.epsg, 0.0) };
        assert_eq!(layer.crs.epsg, back, "{code}");
        assert_eq!(layer.polygons.len(), 3, "{code}");
        for (found, wanted) in layer.polygons.coords().iter().zip(polygons.coords()) {
            assert!(
                (found[0] - shift - wanted[0]).abs() < 1e-9 && (found[1] - wanted[1]).abs() < 1e-9,
                "{code}"
            );
        }
        assert_eq!(layer.text("id", 0).as_deref(), Some("411402001"), "{code}");
        assert_eq!(layer.text("name", 2).as_deref(), Some("堃宇村宅基地"), "{code}");
        write_txt(&path, &layer, None);
        assert_eq!(std::fs::read(&path).expect("a file"), first, "{code}");
    }
    let text = encoding_rs::GBK.decode(&std::fs::read(&path).expect("a file")).0.into_owned();
    assert!(text.contains("计量单位=度"), "{text}");
    let (lambert, polygons, attributes) =
        (crs("EPSG:2154"), three([770_000.0, 6_280_000.0], 10.0), plan_table());
    let layer =
        OutputLayer { name: "a", crs: &lambert, polygons: &polygons, attributes: &attributes, style: None };
    let error = write_layers(&path, &[layer], &WriteOptions::default()).expect_err("no zone of China");
    assert!(error.to_string().contains("Gauss-Kruger"), "{error}");
}

#[test]
fn the_zone_number_of_the_header_stands_in_front_of_the_eastings() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("out.txt");
    let (crs, polygons, attributes) = (crs("EPSG:4546"), three(CORNER, 100.0), plan_table());
    let layer =
        OutputLayer { name: "a", crs: &crs, polygons: &polygons, attributes: &attributes, style: None };
    let written = write_layers(&path, &[layer], &WriteOptions::default()).expect("written");
    assert_eq!(written.crs.and_then(|crs| crs.epsg), Some(4525), "that they were changed is told");
    let text = encoding_rs::GBK.decode(&std::fs::read(&path).expect("a file")).0.into_owned();
    assert!(text.contains("带号=37\r\n"), "{text}");
    assert!(text.contains("J1,1,3790000.000,37480000.000\r\n"), "{text}");
    assert!(!text.contains(",480000.000"), "{text}");

    // A file that came with six digits goes out as it came.
    let bare = format!("{HEADER}{}", PARCEL.replace(",39500", ",500"));
    let layer = read_text(&bare);
    assert_eq!(layer.crs.epsg, Some(4548));
    let again = folder.path().join("b.txt");
    write_txt(&again, &layer, Some("UTF-8"));
    assert_eq!(std::fs::read_to_string(&again).expect("a file"), crlf(&bare));
    assert_eq!(read_path(&again).layer.crs.epsg, Some(4548));
}

#[test]
fn the_header_follows_the_layer_when_it_is_transformed() {
    let layer = read_text(&format!("{HEADER}{PARCEL}"));
    let moved = sanxian_io::transform_layer(layer, &crs("EPSG:4548")).expect("moved");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("b.txt");
    write_txt(&path, &moved, Some("UTF-8"));
    let again = read_path(&path).layer;
    assert_eq!(again.crs.epsg, Some(4527), "zone 39 with its number in front, as the file had it before");
    assert!(std::fs::read_to_string(&path).expect("a file").contains("数据产生单位=示例县自然资源局"));
    assert_eq!(
        sanxian_io::read_layer(path.to_str().expect("a name"), Role::PROJECT, &ReadOptions::default())
            .expect("read")
            .layer
            .text("id", 0)
            .as_deref(),
        Some("D001")
    );
}

/// A square parcel of 10 m, so many metres north of the first.
fn parcel_line_and_points(id: &str, north: f64) -> String {
    let (south, top) = (3_520_000.0 + north, 3_520_010.0 + north);
    let corners = [(south, 39_500_000.0), (top, 39_500_000.0), (top, 39_500_010.0), (south, 39_500_010.0)];
    let rows = corners.iter().enumerate().map(|(k, (x, y))| {
        format!(
            "J{},1,{x:.3},{y:.3}
",
            k + 1
        )
    });
    format!(
        "4,0.0100,{id},,面,,,,@
{}",
        rows.collect::<Vec<_>>().concat()
    )
}

#[test]
fn every_parcel_section_is_read() {
    let (first, second) = (parcel_line_and_points("A", 0.0), parcel_line_and_points("B", 50.0));
    let other_header = HEADER.replace("示例县", "邻县");
    for text in [
        format!("{HEADER}[地块坐标]\n{first}[地块坐标]\n{second}"),
        // A key whose value looks like a row of numbers, as most files have it.
        format!("{HEADER}转换参数=0,0,0,0,0,0,0\n[地块坐标]\n{first}[地块坐标]\n{second}"),
        format!("{HEADER}[地块坐标]\n{first}{HEADER}[地块坐标]\n{second}"),
        format!("{HEADER}[地块坐标]\n{first}\u{FEFF}{other_header}[地块坐标]\n{second}"),
        // The header of the second part is found by its own zone number, and its points are the other way round.
        format!("{HEADER}[地块坐标]\n{first}[属性描述]\n坐标系=2000国家大地坐标系\n[地块坐标]\n{second}"),
    ] {
        let layer = read_text(&text);
        let ids: Vec<_> = texts(&layer, "id").into_iter().flatten().collect();
        assert_eq!(ids, ["A", "B"], "{text}");
        assert_eq!((area(&layer, 0), area(&layer, 1)), (100.0, 100.0));
        assert_eq!((layer.crs.epsg, layer.fids.as_slice()), (Some(4527), [1, 2].as_slice()));
    }
}

#[test]
fn a_second_header_that_contradicts_the_first_is_refused_with_its_line() {
    let (first, second) = (parcel_line_and_points("A", 0.0), parcel_line_and_points("B", 50.0));
    let begins = HEADER.lines().count() + 1 + 5 + 1;
    for (was, is) in [
        ("2000国家大地坐标系", "1980西安坐标系"),
        ("带号=39", "带号=38"),
        ("几度分带=3", "几度分带=6"),
        ("计量单位=米", "计量单位=度"),
    ] {
        let text = format!("{HEADER}[地块坐标]\n{first}{}[地块坐标]\n{second}", HEADER.replace(was, is));
        let error = error_of(&text);
        assert!(matches!(&error, ReadError::BoundaryTxt { line, .. } if *line == begins), "{is}: {error}");
    }
}

#[test]
fn what_is_not_understood_is_an_error_with_its_line() {
    let first = parcel_line_and_points("A", 0.0);
    let section = HEADER.lines().count() + 1;
    for (text, wanted) in [
        // A section that is not about parcels, points under a name that is not known, a file that goes on behind
        // the end of a line, points before the section.
        (format!("{HEADER}[地块坐标]\n{first}[附注]\n无\n"), section + 6),
        (format!("{HEADER}[地块坐标]\n{first}[界址点坐标]\n{first}"), section + 7),
        (format!("{HEADER}[地块坐标]\n{}[地块坐标]\n{first}", first.trim_end()), section + 5),
        (format!("{HEADER}{first}[地块坐标]\n{first}"), section),
        (format!("{HEADER}[地块坐标]\n{first}备注：到此为止\n"), section + 6),
    ] {
        let error = error_of(&text);
        assert!(matches!(&error, ReadError::BoundaryTxt { line, .. } if *line == wanted), "{text}{error}");
    }
    let kilometres = format!("{}[地块坐标]\n{first}", HEADER.replace("计量单位=米", "计量单位=公里"));
    assert!(matches!(error_of(&kilometres), ReadError::BoundaryTxt { line: 8, .. }));
}

#[test]
fn a_second_ring_outside_the_first_is_ground_and_is_told() {
    let ring = |number: u32, x: f64, y: f64, size: f64| -> String {
        let corners = [(0.0, 0.0), (size, 0.0), (size, size), (0.0, size), (0.0, 0.0)];
        let rows = corners.map(|(dx, dy)| {
            let (north, east) = (3_520_000.0 + x + dx, 39_500_000.0 + y + dy);
            format!("J{number}{dx}{dy},{number},{north:.3},{east:.3}\n")
        });
        rows.concat()
    };
    let file_of =
        |second: String| format!("{HEADER}[地块坐标]\n10,,A,,面,,,,@\n{}{second}", ring(1, 0.0, 0.0, 100.0));
    let folder = tempfile::tempdir().expect("a folder");
    // Apart, beside the first with a common side, touching in a corner.
    for (x, y) in [(0.0, 300.0), (0.0, 100.0), (100.0, 100.0)] {
        let read = read_path(&file(folder.path(), &file_of(ring(2, x, y, 50.0))));
        assert_eq!(area(&read.layer, 0), 12_500.0, "{x} {y}");
        let detail = read.faults[0].detail.clone().unwrap_or_default().en;
        assert!(read.faults[0].kind == FaultKind::Nesting && detail.contains("ring 2"), "{:?}", read.faults);
        assert_eq!(read.faults[0].treatment, sanxian_model::Treatment::Kept);
    }
    // Inside, inside along a side, with its corners on the sides only.
    for (x, y) in [(10.0, 10.0), (0.0, 10.0), (50.0, 50.0)] {
        let read = read_path(&file(folder.path(), &file_of(ring(2, x, y, 50.0))));
        assert_eq!((area(&read.layer, 0), read.faults.len()), (7_500.0, 0), "{x} {y}");
    }
}
