//! The land classes of a layer, and by what their scheme is known.

use std::collections::BTreeMap;

use sanxian_model::{Fault, FaultKind, Layer, Scheme, Text};
use sanxian_report::info::{ClassInfo, SchemeReason};

/// The land classes of a layer, from what reading derived and told.
pub(super) fn of(layer: &Layer, faults: &[Fault]) -> Option<ClassInfo> {
    let column = layer.fields.get("land_class")?.clone();
    let mut schemes: BTreeMap<Scheme, usize> = BTreeMap::new();
    let mut unknown = 0;
    for row in 0..layer.len() {
        let scheme = layer.text("land_scheme", row).and_then(|name| Scheme::parse(&name).ok());
        let class = layer.derived.column_by_name("land_name").is_some_and(|names| !names.is_null(row));
        unknown += usize::from(!class);
        // Rows whose class is not known may have the scheme of the others.
        if let Some(scheme) = scheme.filter(|_| class) {
            *schemes.entry(scheme).or_default() += 1;
        }
    }
    let reason = reason(layer, faults, schemes.is_empty());
    Some(ClassInfo { column, schemes: schemes.into_iter().collect(), reason, unknown })
}

/// By what the scheme is known; reading asks in this order too.
fn reason(layer: &Layer, faults: &[Fault], none_known: bool) -> SchemeReason {
    let told = |kind: FaultKind| faults.iter().find(|fault| fault.kind == kind && fault.place.fid.is_none());
    let detail = |fault: &Fault| -> Option<Text> { fault.detail.clone() };
    if let Some(fault) = told(FaultKind::UnknownScheme) {
        return SchemeReason::Unknown(detail(fault));
    }
    if let Some(fault) = told(FaultKind::SchemeFromValues) {
        return SchemeReason::Values(detail(fault));
    }
    if none_known {
        return SchemeReason::Unknown(None);
    }
    if let Some(column) = layer.fields.get("land_scheme") {
        return SchemeReason::SchemeColumn(column.clone());
    }
    if layer.source.driver == "boundary TXT" { SchemeReason::UseInWords } else { SchemeReason::ColumnName }
}
