//! Makes the ledger: where the area of each patch of the plan went.

use rayon::prelude::*;
use sanxian_geom::{Area, Claim, net_areas};
use sanxian_model::{AreaSum, Ledger, LedgerLine, LedgerRow, Role, SquareMetres};

use crate::measured::Measured;

/// Whether a role is a line that takes ground, as opposed to a layer that only says where things are.
pub(crate) fn is_line(role: &Role) -> bool {
    ![Role::PLAN, Role::PROJECT, Role::PARK, Role::ADMIN_UNIT, Role::SURVEY].contains(role)
}

/// The lines of a run in the order of precedence.
pub(crate) fn lines_of<'r>(roles: impl Iterator<Item = &'r Role>) -> Vec<Role> {
    let mut lines: Vec<Role> = roles.filter(|role| is_line(role)).cloned().collect();
    lines.sort_by_key(Role::precedence);
    lines
}

/// The account of every patch. The overlaps of the subject with each line must have been measured.
pub(crate) fn ledger(measured: &Measured<'_>, subject: &Role, tolerance: SquareMetres) -> Ledger {
    let Some(number) = measured.number(subject) else { return Ledger::default() };
    let roles: Vec<Role> = lines_of(measured.plan.layers.iter().map(|layer| &layer.role))
        .into_iter()
        .filter(|role| measured.number(role).is_some_and(|line| measured.overlaps_of(number, line).is_some()))
        .collect();
    let lines: Vec<usize> = roles.iter().filter_map(|role| measured.number(role)).collect();
    let layer = &measured.plan.layers[number];
    let mut repaired = vec![SquareMetres::ZERO; layer.len()];
    for &(row, change) in &layer.repaired {
        repaired[row as usize] = change;
    }
    let rows = (0..layer.len())
        .into_par_iter()
        .with_min_len(256)
        .map(|row| account(measured, number, row, &lines, tolerance, repaired[row]))
        .collect();
    Ledger { roles, rows, tolerance }
}

fn account(
    measured: &Measured<'_>,
    subject: usize,
    row: usize,
    lines: &[usize],
    tolerance: SquareMetres,
    repaired: SquareMetres,
) -> LedgerRow {
    let whole = measured.layers[subject].areas[row];
    let mut claims = Vec::new();
    let mut gross = Vec::new();
    for (k, &line) in lines.iter().enumerate() {
        let pairs = measured.overlaps_of(subject, line).map_or(&[][..], |table| table.of_subject(row));
        if pairs.is_empty() {
            continue;
        }
        gross.push((k, pairs.iter().map(|pair| pair.net).sum::<AreaSum>()));
        claims.extend(pairs.iter().map(|pair| Claim {
            layer: k,
            row: pair.zone,
            area: Area { ellipsoidal: pair.area, planar: pair.planar },
        }));
    }
    // Within a line the tables know already what each pair nets; only ground that two lines claim is new.
    let disputed = gross.len() > 1
        && claims.iter().enumerate().any(|(k, later)| {
            claims[..k].iter().any(|earlier| {
                earlier.layer != later.layer
                    && measured.clash((lines[earlier.layer], earlier.row), (lines[later.layer], later.row))
            })
        });
    let nets = if disputed {
        let indexes: Vec<_> = lines.iter().map(|&line| &measured.layers[line].index).collect();
        net_areas(
            (&measured.layers[subject].index, row),
            whole,
            &indexes,
            &claims,
            |earlier, later| {
                measured.clash((lines[earlier.layer], earlier.row), (lines[later.layer], later.row))
            },
            (&measured.scale, &measured.plan.crs),
        )
    } else {
        Vec::new()
    };
    let mut free = AreaSum::from(whole.ellipsoidal);
    let entries = gross
        .into_iter()
        .map(|(k, gross)| {
            let net = if nets.is_empty() {
                gross
            } else {
                let of_line = claims.iter().zip(&nets).filter(|(claim, _)| claim.layer == k);
                of_line.map(|(_, net)| net.ellipsoidal).sum()
            };
            free = free - net;
            LedgerLine {
                role: k as u16,
                gross: gross.area(),
                net: net.area(),
                sliver: gross.area() < tolerance,
            }
        })
        .collect();
    // Rounding may leave a trace below nothing on a patch that is wholly taken.
    let free = free.area().max(SquareMetres::ZERO);
    LedgerRow { subject: row as u32, area: whole.ellipsoidal, repaired, lines: entries, free }
}
