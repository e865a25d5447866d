//! Parcels of projects: their red lines, for the Shapefile and the boundary TXT alike.

use anyhow::Result;
use sanxian_model::PolygonColumnBuilder;

use super::super::table::{Cell, Table};
use super::super::write::MadeLayer;
use super::planting::Planting;
use super::record::{planted_identifier, recorded_area, remark};

/// Evidence, in order, and the columns that hold it: a dBASE table has room for ten bytes of a name, five
/// Chinese characters in GBK, and offices just cut the rest.
const EVIDENCE: [(&str, &str); 5] = [
    ("项目类别", "项目类别"),
    ("项目类型", "项目类型"),
    ("穿越方式", "穿越方式"),
    ("预审机关级别", "预审机关级"),
    ("省级意见文号", "省级意见文"),
];

/// The parcels.
pub(super) fn parcels(planting: &Planting) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut names = vec!["BSM", "XMMC", "DKBH", "DKMC", "DKMJ#", "YDYHFLDM"];
    names.extend(EVIDENCE.map(|(_, column)| column));
    names.push("BZ");
    let mut table = Table::new(&names);
    let mut shapes: Vec<_> = planting.parcels.iter().collect();
    shapes.sort_by_key(|shape| shape.case);
    for shape in shapes {
        let mut cells: Vec<Cell<'_>> = vec![
            planted_identifier("7010", shape.case, shape.number).into(),
            shape.what.project.into(),
            format!("D{:03}", shape.case).into(),
            shape.what.name.into(),
            recorded_area(&shape.rings).into(),
            shape.what.class.into(),
        ];
        for (evidence, _) in EVIDENCE {
            let entry = shape.what.evidence.iter().find(|(name, _)| *name == evidence);
            cells.push(entry.map_or(Cell::Empty, |(_, value)| Cell::from(*value)));
        }
        cells.push(remark(shape.case));
        table.row(&cells)?;
        polygons.push_feature([&shape.rings]);
    }
    MadeLayer::new("项目红线", polygons.finish(), table)
}
