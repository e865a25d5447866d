//! Which roles of a plan are lines.

use sanxian_model::Role;

use crate::plan::Plan;

/// Whether a role is a line that takes ground, as opposed to a layer that only says where things are.
fn is_line(role: &Role) -> bool {
    ![Role::PLAN, Role::PROJECT, Role::PARK, Role::ADMIN_UNIT, Role::SURVEY, Role::FARMLAND_RESERVE]
        .contains(role)
}

/// The roles of a plan that are lines, in the order of precedence.
pub(crate) fn lines_of(plan: &Plan) -> Vec<Role> {
    let roles = plan.roles().map(|layers| layers.role());
    let mut lines: Vec<Role> = roles.filter(|role| is_line(role)).cloned().collect();
    lines.sort_by_key(Role::precedence);
    lines
}
