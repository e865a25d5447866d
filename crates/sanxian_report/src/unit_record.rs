//! What of a plan lies in each administrative unit, in machine formats.

use std::collections::BTreeMap;

use sanxian_model::{Role, RoleLayers, UnitTotal};
use serde::Serialize;

use crate::area_record::M2;
use crate::report::Report;

/// A unit by identifier and name; both null for what lies in no unit.
#[derive(Debug, Serialize)]
pub(crate) struct UnitRecord {
    id: Option<String>,
    name: Option<String>,
    area_m2: M2,
    /// What of it lies on each line.
    on_m2: BTreeMap<String, M2>,
}

impl UnitRecord {
    pub(crate) fn of(report: &Report<'_>, total: &UnitTotal) -> Self {
        let units = RoleLayers::of(report.layers, &Role::ADMIN_UNIT);
        let unit = total.unit.zip(units).map(|(row, units)| units.at(row as usize));
        let text = |name: &str| unit.and_then(|(_, layer, row)| layer.text(name, row));
        let lines = total.lines.iter().map(|(role, area)| (role.to_string(), M2(*area)));
        Self { id: text("id"), name: text("name"), area_m2: M2(total.area), on_m2: lines.collect() }
    }
}
