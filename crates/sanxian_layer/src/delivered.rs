//! What every reader hands on: a layer as delivered, before anything has been given a meaning.

use arrow_array::RecordBatch;
use sanxian_model::{FaultKind, PolygonColumn, Text};

/// A layer as delivered.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// Layer name inside the input.
    pub layer: String,
    /// Driver that read it.
    pub driver: String,
    /// Encoding in the words of the report.
    pub encoding: String,
    /// Features in the input.
    pub features: usize,
    /// Geometry of the features that have polygons.
    pub polygons: PolygonColumn,
    /// For each of them its row in `fids` and `attributes`; ascending.
    pub rows: Vec<u32>,
    /// Feature id of each feature of the input.
    pub fids: Vec<i64>,
    /// Attributes of each feature of the input.
    pub attributes: RecordBatch,
    /// What has been seen on the way.
    pub seen: Vec<SeenOnReading>,
}

/// Something about one feature that shows on reading its geometry.
#[derive(Debug, Clone, PartialEq)]
pub struct SeenOnReading {
    /// Row of the feature in the input.
    pub row: u32,
    /// What is wrong with it.
    pub kind: FaultKind,
    /// Whether the feature is used all the same, and in full.
    pub kept: bool,
    /// More about it.
    pub detail: Option<Text>,
}

impl SeenOnReading {
    /// A collection whose polygons are used without its other members. A point is no ground; a line may bound some,
    /// so a feature with one is not judged in full.
    #[must_use]
    pub fn other_members(row: u32, others: OtherMembers) -> Self {
        let count = |count: usize, zh: &str, one: &str| {
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| Text::new(format!("{count} {zh}"), format!("{count} {one}{plural}")))
        };
        let left_out = [count(others.lines, "条线", "line"), count(others.points, "个点", "point")];
        let (zh, en): (Vec<String>, Vec<String>) =
            left_out.into_iter().flatten().map(|text| (text.zh, text.en)).unzip();
        let detail = Text::new(
            format!("几何集合，只使用其中的面，{}未使用", zh.join("、")),
            format!("a collection: its polygons are used, without {}", en.join(" and ")),
        );
        Self { row, kind: FaultKind::NotPolygon, kept: others.lines == 0, detail: Some(detail) }
    }

    /// A geometry without polygons, by the name that [`crate::wkb::Shape::NotPolygon`] gives it.
    #[must_use]
    pub fn not_polygon(row: u32, name: &str) -> Self {
        let (zh, en) = match name {
            "point" => ("点", "a point"),
            "line" => ("线", "a line"),
            "arc" => ("圆弧", "an arc"),
            "compound curve" => ("复合曲线", "a compound curve"),
            "surface of a solid" => ("体的表面", "the surface of a solid"),
            _ => ("其他类型的几何", "a geometry of another kind"),
        };
        Self { row, kind: FaultKind::NotPolygon, kept: false, detail: Some(Text::new(zh, en)) }
    }
}

/// How many members of a collection are no polygons.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct OtherMembers {
    /// Points and multipoints, each member counted.
    pub points: usize,
    /// Lines and arcs, and surfaces of solids.
    pub lines: usize,
}
