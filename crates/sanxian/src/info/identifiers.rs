//! By what the features of a layer are told apart.

use sanxian_model::{Fault, FaultKind, Layer};
use sanxian_report::info::IdentifierInfo;

/// The column of identifiers, unless reading has found that it tells no feature apart.
pub(super) fn of(layer: &Layer, faults: &[Fault]) -> IdentifierInfo {
    let Some(column) = layer.fields.get("id") else { return IdentifierInfo::default() };
    let is_empty = |row: &usize| layer.text("id", *row).is_none_or(|id| id.trim().is_empty());
    let repeats = |fault: &&Fault| fault.kind == FaultKind::DuplicateId && fault.place.fid.is_some();
    IdentifierInfo {
        column: Some(column.clone()),
        missing: (0..layer.len()).filter(is_empty).count(),
        repeated: faults.iter().filter(repeats).count(),
    }
}
