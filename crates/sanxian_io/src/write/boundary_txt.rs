//! Boundary points of surveyed parcels as text (勘测定界 TXT), in the form that land offices take: north before
//! east, closing rows, CRLF, GBK unless told otherwise.

use std::fmt::Write as _;
use std::path::Path;

use arrow_array::RecordBatch;
use gdal::spatial_ref::SpatialRef;
use sanxian_model::{CellValue, Crs, CrsKind, FeatureView, Position, Text};

use crate::crs::{boundary_header, spatial_ref, with_number_in_front};
use crate::read::boundary_rings::doubled_area;
use crate::read::boundary_sections::PARCELS;
use crate::read::boundary_txt::{BARE_EASTINGS, COLUMNS, HEADER, POINT_NAMES};
use crate::read::encoding_named;
use crate::write::{OutputLayer, WriteError, WriteOptions, Written};

/// Columns that stand for a field of the parcel line when the layer does not come from such a file.
const STANDS_FOR: [&[&str]; 8] = [
    &[],
    &[],
    &["DKBH", "TBBH", "BSM", "标识码", "id"],
    &["DKMC", "XMMC", "项目名称", "名称", "MC", "name"],
    &[],
    &["TFH"],
    &["用途", "YDYHFLMC", "GHDLMC", "DLMC"],
    &["YDYHFLDM", "GHDLBM", "DLBM"],
];

/// Writes one layer.
pub(crate) fn write(
    unfinished: &Path,
    path: &Path,
    layer: &OutputLayer<'_>,
    options: &WriteOptions,
) -> Result<Written, WriteError> {
    let name = options.encoding.as_deref().unwrap_or("GBK");
    let encoding =
        encoding_named(name).ok_or_else(|| WriteError::UnknownEncoding { name: name.to_owned() })?;
    let header = header(path, layer)?;
    let decimals = decimals(&header);
    let mut text = String::new();
    for line in header.lines() {
        let _ = write!(text, "{line}\r\n");
    }
    let _ = write!(text, "{PARCELS}\r\n");
    let in_degrees = matches!(layer.crs.kind, CrsKind::Geographic { .. });
    let moved = number_in_front(layer);
    let form =
        Form { decimals, in_degrees, east: moved.as_ref().map_or(0.0, |(zone, _)| f64::from(*zone) * 1e6) };
    for feature in layer.polygons.iter() {
        parcel(&mut text, layer.attributes, feature, form);
    }
    let (bytes, _, unwritable) = encoding.encode(&text);
    if unwritable {
        return Err(WriteError::NotInThisFormat {
            path: path.to_owned(),
            layer: layer.name.to_owned(),
            reason: Text::new(
                format!("文字中有 {name} 没有的字符"),
                format!("its text has characters that {name} does not have"),
            ),
            advice: Text::new("用 UTF-8 编码写出", "write it in UTF-8").into(),
        });
    }
    std::fs::write(unfinished, bytes).map_err(WriteError::io(path))?;
    Ok(Written { crs: moved.map(|(_, crs)| crs), ..Written::default() })
}

/// How coordinates are written.
#[derive(Debug, Clone, Copy)]
struct Form {
    decimals: usize,
    in_degrees: bool,
    /// What is added to eastings.
    east: f64,
}

/// The zone number that is put in front of the eastings, so that they agree with 带号, and the CRS that they have then.
/// None when they have it, and when the layer came from such a file without it.
fn number_in_front(layer: &OutputLayer<'_>) -> Option<(u32, Crs)> {
    if layer.attributes.schema_ref().metadata().contains_key(BARE_EASTINGS) {
        return None;
    }
    with_number_in_front(layer.crs, spatial_ref(layer.crs).as_ref()?)
}

/// The header that came with the layer, brought in line with its CRS; a new one for any other layer.
fn header(path: &Path, layer: &OutputLayer<'_>) -> Result<String, WriteError> {
    let delivered = layer.attributes.schema_ref().metadata().get(HEADER);
    if layer.crs.kind == CrsKind::Plane {
        return Ok(delivered.cloned().unwrap_or_default());
    }
    let stated = spatial_ref(layer.crs).as_ref().and_then(|srs: &SpatialRef| boundary_header(layer.crs, srs));
    let Some(stated) = stated else {
        return Err(WriteError::NotInThisFormat {
            path: path.to_owned(),
            layer: layer.name.to_owned(),
            reason: Text::new(
                format!("{} 不是高斯-克吕格投影带", layer.crs.name),
                format!("{} is no Gauss-Kruger zone", layer.crs.name),
            ),
            advice: Text::new(
                "先转换坐标系，如 --to-crs EPSG:4546",
                "transform it first, as with --to-crs EPSG:4546",
            )
            .into(),
        });
    };
    let Some(delivered) = delivered else { return Ok(new_header(&stated)) };
    let mut lines: Vec<String> = Vec::new();
    for line in delivered.lines() {
        let key = line.split_once('=').map(|(key, _)| key.trim());
        let value = stated.iter().find(|(name, _)| Some(*name) == key);
        // A value that says the same in other words stays.
        let same = |value: &str| line.split_once('=').is_some_and(|(_, was)| says(was, value));
        lines.push(match value {
            Some((name, value)) if !same(value) => format!("{name}={value}"),
            _ => line.to_owned(),
        });
    }
    Ok(lines.join("\n"))
}

/// Whether a header value means the same: an empty one means nothing else, `3度带` is `3`, and any name with
/// 2000 in it is the national system.
fn says(was: &str, value: &str) -> bool {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    was.trim().is_empty() || digits(was) == digits(value)
}

fn new_header(stated: &[(&'static str, String)]) -> String {
    let value =
        |key: &str| stated.iter().find(|(name, _)| *name == key).map_or("", |(_, value)| value.as_str());
    let degrees = value("几度分带").is_empty();
    [
        "[属性描述]".to_owned(),
        "格式版本号=1.01".to_owned(),
        "数据产生单位=".to_owned(),
        "数据产生日期=".to_owned(),
        format!("坐标系={}", value("坐标系")),
        format!("几度分带={}", value("几度分带")),
        format!("投影类型={}", if degrees { "" } else { "高斯克吕格" }),
        format!("计量单位={}", if degrees { "度" } else { "米" }),
        format!("带号={}", value("带号")),
        format!("精度={}", if degrees { "0.000000001" } else { "0.001" }),
        "转换参数=,,,,,,".to_owned(),
    ]
    .join("\n")
}

/// Decimals by the 精度 of the header: `0.001`, or a count of them.
fn decimals(header: &str) -> usize {
    let value = header
        .lines()
        .find_map(|line| line.split_once('=').filter(|(key, _)| key.trim() == "精度"))
        .map_or("", |(_, value)| value.trim());
    match value.split_once('.') {
        Some((_, fraction)) => fraction.len().min(9),
        None => value.parse().unwrap_or(3_usize).min(9),
    }
}

fn parcel(text: &mut String, attributes: &RecordBatch, feature: FeatureView<'_>, form: Form) {
    let row = feature.row();
    let of_file = |name: &str| value(attributes, &[name], row);
    let delivered = attributes.column_by_name(POINT_NAMES).map(|column| CellValue::of(column, row));
    let names = point_names(feature, delivered.map(|names| names.into_text().unwrap_or_default()).as_deref());
    let rows: usize = feature.rings().map(<[Position]>::len).sum();
    let own_count = of_file(COLUMNS[0]).filter(|count| {
        // Both ways of counting are met; the delivered one stays while it is true.
        count.parse() == Ok(rows) || count.parse() == Ok(rows - names.len())
    });
    let own_area = of_file(COLUMNS[1]).or_else(|| (!form.in_degrees).then(|| hectares(feature)));
    let mut fields: Vec<Option<String>> = vec![Some(own_count.unwrap_or_else(|| rows.to_string())), own_area];
    for index in 2..COLUMNS.len() {
        fields.push(of_file(COLUMNS[index]).or_else(|| value(attributes, STANDS_FOR[index], row)));
    }
    fields[4].get_or_insert_with(|| "面".to_owned());
    let further = (COLUMNS.len() + 1..).map(|number| format!("字段{number}"));
    let further = further.take_while(|name| attributes.column_by_name(name).is_some());
    fields.extend(further.map(|name| of_file(&name)));
    // A line that came with fewer fields goes out with as many.
    if attributes.column_by_name(COLUMNS[0]).is_some() {
        while fields.last().is_some_and(Option::is_none) {
            fields.pop();
        }
    }
    let fields: Vec<String> = fields.into_iter().map(Option::unwrap_or_default).collect();
    let _ = write!(text, "{},@\r\n", fields.join(","));
    for ((number, ring), names) in ring_numbers(feature).zip(&names) {
        write_ring(text, number, ring, names, form);
    }
}

/// Each ring with its number: 1 for an outer ring, 2, 3, … for the holes of the parcel.
fn ring_numbers(feature: FeatureView<'_>) -> impl Iterator<Item = (usize, &[Position])> {
    let mut hole = 1;
    feature.polygons().flat_map(move |polygon| {
        polygon
            .rings()
            .enumerate()
            .map(|(k, ring)| {
                if k == 0 {
                    return (1, ring);
                }
                hole += 1;
                (hole, ring)
            })
            .collect::<Vec<_>>()
    })
}

/// The names of the points of each ring, without the closing one: those that came with the layer while they
/// fit, else J1, J2, … through all rings, outer rings clockwise and holes counter-clockwise.
fn point_names(feature: FeatureView<'_>, delivered: Option<&str>) -> Vec<Vec<String>> {
    let own: Vec<Vec<String>> = delivered
        .map(|names| names.split(';').map(|ring| ring.split(',').map(str::to_owned).collect()).collect())
        .unwrap_or_default();
    let fit = own.len() == feature.rings().len()
        && own.iter().zip(feature.rings()).all(|(names, ring)| names.len() + 1 == ring.len());
    if fit {
        return own;
    }
    let mut number = 0;
    feature
        .polygons()
        .flat_map(|polygon| polygon.rings().enumerate().collect::<Vec<_>>())
        .map(|(k, ring)| {
            let mut names: Vec<String> = (1..ring.len()).map(|n| format!("J{}", number + n)).collect();
            number += ring.len() - 1;
            let clockwise = doubled_area(ring) < 0.0;
            // Names ascend in the direction in which the ring is to be written.
            if clockwise != (k == 0) && !names.is_empty() {
                names[1..].reverse();
            }
            names
        })
        .collect()
}

/// Writes a ring in the direction in which its point names ascend.
fn write_ring(text: &mut String, number: usize, ring: &[Position], names: &[String], form: Form) {
    let Form { decimals, east, .. } = form;
    let count = ring.len().saturating_sub(1);
    let value = |name: &String| -> Option<u64> {
        let digits: String = name.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let steps =
        |a: usize, b: usize| matches!((value(&names[a]), value(&names[b])), (Some(a), Some(b)) if a > b);
    let backward = count > 2 && steps(1, count - 1);
    for k in 0..=count {
        let at = if backward { (count - k) % count } else { k % count };
        let [x, y] = [ring[at][0] + east, ring[at][1]];
        let _ = write!(text, "{},{number},{y:.decimals$},{x:.decimals$}\r\n", names[at]);
    }
}

fn hectares(feature: FeatureView<'_>) -> String {
    let doubled: f64 = feature.rings().map(doubled_area).sum();
    format!("{:.4}", doubled / 2.0 / sanxian_model::area::M2_PER_HECTARE)
}

fn value(attributes: &RecordBatch, names: &[&str], row: usize) -> Option<String> {
    let column = names.iter().find_map(|name| attributes.column_by_name(name))?;
    CellValue::of(column, row).into_text().map(|text| one_field(&text))
}

/// A comma would end the field and a line break the line.
fn one_field(text: &str) -> String {
    text.replace(',', "，").replace(['\r', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_follow_the_header() {
        for (value, count) in [("0.001", 3), ("0.01", 2), ("3", 3), ("", 3), ("0.0001", 4)] {
            assert_eq!(decimals(&format!("[属性描述]\n精度={value}\n")), count, "{value}");
        }
        assert_eq!(decimals(""), 3);
    }

    #[test]
    fn a_comma_cannot_break_the_line() {
        assert_eq!(one_field("甲,乙\n丙"), "甲，乙 丙");
    }
}
