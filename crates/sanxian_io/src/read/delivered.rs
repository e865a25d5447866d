//! What every reader hands on: a layer as delivered, before anything has been given a meaning.

use arrow_array::RecordBatch;
use sanxian_model::{FaultKind, PolygonColumn};

use crate::crs::OwnCrs;

/// A layer as delivered.
pub(crate) struct Delivered {
    /// Layer name inside the input.
    pub(crate) layer: String,
    /// Driver that read it.
    pub(crate) driver: String,
    /// Encoding in the words of the report.
    pub(crate) encoding: String,
    /// CRS that the file carries.
    pub(crate) crs: OwnCrs,
    /// Features in the input.
    pub(crate) features: usize,
    /// Geometry of the features that have polygons.
    pub(crate) polygons: PolygonColumn,
    /// For each of them its row in `fids` and `attributes`; ascending.
    pub(crate) rows: Vec<u32>,
    /// Feature id of each feature of the input.
    pub(crate) fids: Vec<i64>,
    /// Attributes of each feature of the input.
    pub(crate) attributes: RecordBatch,
    /// What has been seen on the way.
    pub(crate) seen: Vec<SeenOnReading>,
}

/// Something about one feature that shows on reading its geometry.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SeenOnReading {
    pub(crate) row: u32,
    pub(crate) kind: FaultKind,
    /// Whether the feature is used all the same, and in full.
    pub(crate) kept: bool,
    pub(crate) detail: Option<String>,
}

impl SeenOnReading {
    /// A collection whose polygons are used without its other members. A point is no ground; a line may bound some,
    /// so a feature with one is not judged in full.
    pub(crate) fn other_members(row: u32, others: OtherMembers) -> Self {
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
pub(crate) struct OtherMembers {
    pub(crate) points: usize,
    /// Lines and arcs, and surfaces of solids.
    pub(crate) lines: usize,
}
