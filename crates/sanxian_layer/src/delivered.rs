//! What every reader hands on: a layer as delivered, before anything has been given a meaning.

use arrow_array::RecordBatch;
use sanxian_model::{FaultKind, PolygonColumn};

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
    /// More about it, in figures or in English.
    pub detail: Option<String>,
}

impl SeenOnReading {
    /// A collection whose polygons are used without its other members. A point is no ground; a line may bound some,
    /// so a feature with one is not judged in full.
    #[must_use]
    pub fn other_members(row: u32, others: OtherMembers) -> Self {
        let count = |count: usize, one: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {one}s")),
        };
        let left_out: Vec<String> =
            [count(others.lines, "line"), count(others.points, "point")].into_iter().flatten().collect();
        let detail = format!("a collection: its polygons are used, without {}", left_out.join(" and "));
        Self { row, kind: FaultKind::NotPolygon, kept: others.lines == 0, detail: Some(detail) }
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
