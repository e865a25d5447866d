//! From a violation to a finding: places, names and words in place of numbers.

use std::sync::Arc;

use sanxian_model::{Finding, RoleLayers, SquareMetres, ZoneShare};

use super::exemption::{exemption, given};
use super::violation::Violation;
use crate::exception::Exception;
use crate::rule::Rule;

pub(super) fn finding(
    rule: &Rule,
    layers: RoleLayers<'_>,
    zone_layers: Option<RoleLayers<'_>>,
    violation: Violation,
    exception: Option<&Exception>,
) -> Finding {
    let share = |zones: &RoleLayers<'_>, number: u32, area: SquareMetres| {
        let (id, layer, row) = zones.at(number as usize);
        let (place, name) = (layer.place(row), given(layer, "name", row));
        ZoneShare { place, layer: id, row: row as u32, name, area }
    };
    let zones = zone_layers.map_or_else(Vec::new, |zones| {
        violation.zones.iter().map(|(number, area)| share(&zones, *number, *area)).collect()
    });
    let severity = exception.map_or(rule.severity, |exception| exception.severity);
    let of_row = violation.row.map(|number| layers.at(number as usize));
    let first = layers.iter().next().map(|(id, ..)| id).unwrap_or_default();
    Finding {
        rule: Arc::clone(&rule.name),
        code: Arc::clone(&rule.code),
        severity,
        preview: rule.is_preview(),
        role: layers.role().clone(),
        subject: of_row.map_or_else(|| layers.whole(), |(_, layer, row)| layer.place(row)),
        layer: of_row.map_or(first, |(id, ..)| id),
        row: of_row.map(|(.., row)| row as u32),
        name: of_row.and_then(|(_, layer, row)| given(layer, "name", row)),
        zone_role: rule.zone().cloned(),
        zones,
        measure: violation.measure,
        exemption: exception
            .map(|exception| exemption(exception, of_row.map(|(_, layer, row)| (layer, row)))),
        point: None,
        key: None,
    }
}
