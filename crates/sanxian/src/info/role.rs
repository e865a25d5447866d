//! What a layer may be in a check.

use sanxian_layer::{Delivered, role_of_columns, role_of_name};
use sanxian_model::{Role, RoleGuess, RoleReason};

/// The driver of files of boundary points.
const BOUNDARY_POINTS: &str = "boundary TXT";

/// What a layer may be, by the name of the layer, by that of the file of which it is the only one, or by its columns.
pub(super) fn guess(delivered: &Delivered, file: Option<&str>) -> Option<RoleGuess> {
    if delivered.driver == BOUNDARY_POINTS {
        return Some(RoleGuess { role: Role::PROJECT, reason: RoleReason::BoundaryPoints });
    }
    let by_layer =
        || role_of_name(&delivered.layer).map(|(role, sign)| (role, RoleReason::LayerName(sign.to_owned())));
    let by_file = || role_of_name(file?).map(|(role, sign)| (role, RoleReason::FileName(sign.to_owned())));
    let by_columns = || {
        let schema = delivered.attributes.schema();
        let (role, columns) = role_of_columns(schema.fields().iter().map(|field| field.name().as_str()))?;
        Some((role, RoleReason::Columns(columns.into_iter().map(str::to_owned).collect())))
    };
    let (role, reason) = by_layer().or_else(by_file).or_else(by_columns)?;
    Some(RoleGuess { role, reason })
}
