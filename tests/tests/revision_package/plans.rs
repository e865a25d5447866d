//! Plans of a few boxes, one of each kind of change.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use sanxian::{Layer, Plan, Role, Scheme, crs};

/// Identifier, class, remark, and the corners of a box in metres: west, south, east, north.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Patch {
    pub(crate) id: String,
    pub(crate) class: String,
    pub(crate) remark: String,
    pub(crate) corners: [f64; 4],
}

pub(crate) fn patch(id: &str, class: &str, corners: [f64; 4]) -> Patch {
    Patch { id: id.to_owned(), class: class.to_owned(), remark: String::new(), corners }
}

pub(crate) fn remarked(id: &str, class: &str, remark: &str, corners: [f64; 4]) -> Patch {
    Patch { remark: remark.to_owned(), ..patch(id, class, corners) }
}

pub(crate) fn shape([west, south, east, north]: [f64; 4], epsg: u32) -> Polygon {
    let at = |[x, y]: [f64; 2]| match epsg {
        4490 => (117.0 + x * 1e-5, 31.0 + y * 1e-5),
        _ => (480_000.0 + x, 3_790_000.0 + y),
    };
    let corners = [[west, south], [east, south], [east, north], [west, north]];
    Polygon::new(LineString::from(corners.map(at).to_vec()), Vec::new())
}

pub(crate) fn plan_with(patches: &[Patch], epsg: u32, columns: [&str; 3]) -> Plan {
    let shapes: Vec<Polygon> = patches.iter().map(|patch| shape(patch.corners, epsg)).collect();
    let text = |of: fn(&Patch) -> &str| -> ArrayRef {
        Arc::new(StringArray::from(patches.iter().map(of).collect::<Vec<_>>()))
    };
    let values = [text(|patch| &patch.id), text(|patch| &patch.class), text(|patch| &patch.remark)];
    let attributes = RecordBatch::try_from_iter(columns.into_iter().zip(values)).expect("three columns");
    let layer = Layer::from_geo_with(&shapes, attributes, crs::from_epsg(epsg).expect("a CRS"));
    plan_of(layer.expect("a layer").scheme(Scheme::LandSea2023).named("GHYDYH"))
}

pub(crate) fn plan_in(patches: &[Patch], epsg: u32) -> Plan {
    plan_with(patches, epsg, ["BSM", "YDYHFLDM", "备注"])
}

pub(crate) fn plan_of(layer: Layer) -> Plan {
    Plan::of([(Role::PLAN, layer)]).expect("a plan")
}

pub(crate) const HOUSING: &str = "0701";
pub(crate) const FARM: &str = "0101";
pub(crate) const WATER: &str = "1701";

pub(crate) fn at(x: f64) -> [f64; 4] {
    [x, 0.0, x + 100.0, 100.0]
}

pub(crate) fn old_of_each_kind() -> Vec<Patch> {
    vec![
        patch("same", HOUSING, at(0.0)),
        patch("grows", HOUSING, at(1_000.0)),
        patch("is dropped", HOUSING, at(2_000.0)),
        patch("is split", HOUSING, at(3_000.0)),
        patch("one half", HOUSING, at(4_000.0)),
        patch("other half", HOUSING, at(4_100.0)),
        patch("recoded", FARM, at(5_000.0)),
        remarked("remarked", FARM, "旧", at(6_000.0)),
        patch("numbered", FARM, at(7_000.0)),
        patch("noise", FARM, at(8_000.0)),
    ]
}

pub(crate) fn new_of_each_kind() -> Vec<Patch> {
    vec![
        patch("comes", WATER, at(9_000.0)),
        patch("same", HOUSING, at(0.0)),
        patch("grows", HOUSING, [1_000.0, 0.0, 1_150.0, 100.0]),
        patch("is split", HOUSING, [3_000.0, 0.0, 3_030.0, 100.0]),
        patch("a part", HOUSING, [3_030.0, 0.0, 3_100.0, 100.0]),
        patch("one half", HOUSING, [4_000.0, 0.0, 4_200.0, 100.0]),
        patch("recoded", WATER, at(5_000.0)),
        remarked("remarked", FARM, "新", at(6_000.0)),
        patch("numbered anew", FARM, at(7_000.0)),
        patch("noise", FARM, [8_000.0, 0.0, 8_100.000_1, 100.0]),
    ]
}
