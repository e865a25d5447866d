//! The parcels of projects as a 勘测定界 boundary text: GBK, CRLF, eastings with the zone number in front.
//!
//! Written here and not by the writer of `sanxian_io`, so that its reader is held against a file that it had
//! no hand in.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sanxian_model::Position;

use super::planting::{Parcel, Planting, Shape};
use super::record::recorded_area;

/// Zone 37 has its central meridian at 111° E, as EPSG:4546 has.
const ZONE: f64 = 37.0;

const HEADER: [&str; 11] = [
    "[属性描述]",
    "格式版本号=1.01",
    "数据产生单位=示例县自然资源局",
    "数据产生日期=2026-03-01",
    "坐标系=2000国家大地坐标系",
    "几度分带=3",
    "投影类型=高斯克吕格",
    "计量单位=米",
    "带号=37",
    "精度=0.001",
    "转换参数=,,,,,,",
];

/// Writes the text.
pub(super) fn write(path: &Path, planting: &Planting) -> Result<()> {
    let mut lines: Vec<String> = HEADER.iter().map(|line| (*line).to_owned()).collect();
    lines.push("[地块坐标]".to_owned());
    let mut shapes: Vec<_> = planting.parcels.iter().collect();
    shapes.sort_by_key(|shape| shape.case);
    for shape in shapes {
        parcel(shape, &mut lines)?;
    }
    let mut text = String::new();
    for line in lines {
        write!(text, "{line}\r\n")?;
    }
    let (bytes, _, lost) = encoding_rs::GBK.encode(&text);
    ensure!(!lost, "GBK cannot hold the text");
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn parcel(shape: &Shape<Parcel>, lines: &mut Vec<String>) -> Result<()> {
    let points: usize = shape.rings.iter().map(Vec::len).sum();
    let hectares = recorded_area(&shape.rings) / 10_000.0;
    let (case, Parcel { name, class, .. }) = (shape.case, &shape.what);
    let (code, word) = survey_class(class)?;
    // The count has the closing rows in it; the map sheet stays empty.
    lines.push(format!("{points},{hectares:.4},D{case:03},{name},面,,{word},{code},@"));
    let mut first = 1;
    for (ring, positions) in shape.rings.iter().enumerate() {
        let corners = positions.len() - 1;
        for (corner, &[east, north]) in positions.iter().enumerate() {
            // The last row repeats the number of the first.
            let number = first + corner % corners;
            lines.push(format!("J{number},{},{}", ring + 1, survey_order([east, north])));
        }
        first += corners;
    }
    Ok(())
}

/// Surveyors call the northing X and write it first.
fn survey_order([east, north]: Position) -> String {
    format!("{north:.3},{:.3}", ZONE * 1_000_000.0 + east)
}

/// Boundary texts carry the class of the survey, not that of the plan.
fn survey_class(plan: &str) -> Result<(&'static str, &'static str)> {
    Ok(match plan {
        "1202" => ("1003", "公路用地"),
        "1205" => ("1009", "管道运输用地"),
        "1311" => ("1109", "水工建筑用地"),
        "100101" => ("0601", "工业用地"),
        other => anyhow::bail!("no survey class is set down for {other}"),
    })
}
