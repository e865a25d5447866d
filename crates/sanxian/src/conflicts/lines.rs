//! What patches have of units, lines and the status layer.

use sanxian_geom::{ArealScale, MeasuredLayer, Stop, ZoneOverlaps, overlaps};
use sanxian_model::conflict::LineShare;
use sanxian_model::{Answer, AreaSum, Role, RoleLayers};

use super::answers::Answers;
use super::patches::Cut;
use crate::measure::{Measured, net_of_zones};

/// What patches tell that they touch: the control lines, and the ground of approvals.
const LINES: [Role; 4] = [Role::REDLINE, Role::FARMLAND, Role::URBAN_BOUNDARY, Role::APPROVED];

/// Tells each patch which units and lines it lies on; `layers` are those after the plans. Gives what the status layer says of
/// more than half of each patch.
pub(super) fn hold_against(
    cut: &mut Cut,
    layers: &[RoleLayers<'_>],
    measured: &Measured,
    answers: &Answers,
    stop: &Stop,
) -> Vec<Answer> {
    let scale = &measured.scale;
    let plans = measured.layers.len() - layers.len();
    let mut at_base = vec![Answer::Nothing; cut.patches.len()];
    for (layers, line) in layers.iter().zip(&measured.layers[plans..]) {
        match layers.role() {
            role if *role == Role::ADMIN_UNIT => {
                let shares = cut.shares_of(line, scale, stop);
                cut.patches.iter_mut().zip(shares).for_each(|(patch, units)| patch.units = units);
            }
            role if *role == Role::SURVEY => {
                for (patch, shares) in cut.shares_of(line, scale, stop).into_iter().enumerate() {
                    let half = cut.patches[patch].area.get() / 2.0;
                    let most = shares.first().filter(|share| share.area.get() > half);
                    at_base[patch] = most.map_or(Answer::Nothing, |share| answers.of_row(plans, share.row));
                }
            }
            role if LINES.contains(role) => add_line(cut, role, line, scale, stop),
            // Projects, parks and layers of pairs are told by themselves.
            _ => {}
        }
    }
    at_base
}

/// Tells each patch what it has of a line, each spot once.
fn add_line(cut: &mut Cut, role: &Role, line: &MeasuredLayer, scale: &ArealScale, stop: &Stop) {
    let within = ZoneOverlaps::within(line, scale, stop);
    let pairs = overlaps(&cut.measured, &line.index, scale, stop);
    let pairs = net_of_zones(pairs, &cut.measured, line, &within, scale, stop);
    for of_patch in pairs.chunk_by(|a, b| a.subject == b.subject) {
        let area = of_patch.iter().map(|pair| pair.net).sum::<AreaSum>().area();
        cut.patches[of_patch[0].subject as usize].lines.push(LineShare { role: role.clone(), area });
    }
}
