//! Makes the ledger: where the area of each patch of the plan went.

use rayon::prelude::*;
use sanxian_geom::{Candidate, any_meet, net_areas};
use sanxian_model::{AreaSum, Ledger, LedgerLine, LedgerRow, Role, SquareMetres};

use super::measured::Measured;
use super::roles::lines_of;

/// The account of every patch. The overlaps of the subject with each line must have been measured.
pub(crate) fn ledger(measured: &Measured<'_>, subject: &Role, tolerance: SquareMetres) -> Ledger {
    let Some(number) = measured.number(subject) else { return Ledger::default() };
    let roles: Vec<Role> = lines_of(measured.plan)
        .into_iter()
        .filter(|role| measured.number(role).is_some_and(|line| measured.overlaps_of(number, line).is_some()))
        .collect();
    let lines: Vec<usize> = roles.iter().filter_map(|role| measured.number(role)).collect();
    let Some(layers) = measured.plan.of_role(subject) else { return Ledger::default() };
    let mut repaired = vec![SquareMetres::ZERO; layers.len()];
    for (_, numbers, layer) in layers.iter() {
        for &(row, change) in &layer.repaired {
            repaired[numbers.start + row as usize] = change;
        }
    }
    let rows = (0..layers.len())
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
    // Within straight edges, so that parts add up; what is told is stated by the method of the run.
    let whole = measured.layers[subject].areas[row];
    let stated = |area: SquareMetres| measured.stated(subject, row, area);
    let mut candidates = Vec::new();
    let mut gross = Vec::new();
    for (k, &line) in lines.iter().enumerate() {
        let pairs =
            measured.straight_overlaps_of(subject, line).map_or(&[][..], |table| table.of_subject(row));
        if pairs.is_empty() {
            continue;
        }
        gross.push((k, pairs.iter().map(|pair| pair.net).sum::<AreaSum>()));
        candidates.extend(pairs.iter().map(|pair| Candidate::of(k, pair)));
    }
    // Within a line the tables know already what each pair nets; only ground that two lines cover is new.
    let indexes: Vec<_> = lines.iter().map(|&line| &measured.layers[line].index).collect();
    let on = (&measured.layers[subject].index, row);
    let share_ground = |earlier: &Candidate, later: &Candidate| {
        measured.share_ground((lines[earlier.layer], earlier.row), (lines[later.layer], later.row))
    };
    let disputed = gross.len() > 1
        && !measured.stop.is_asked()
        && any_meet(on, &indexes, &candidates, |earlier, later| {
            earlier.layer != later.layer && share_ground(earlier, later)
        });
    let nets = if disputed {
        net_areas(on, whole, &indexes, &candidates, share_ground, &measured.scale)
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
                let of_line = candidates.iter().zip(&nets).filter(|(candidate, _)| candidate.layer == k);
                of_line.map(|(_, net)| net.ellipsoidal).sum()
            };
            free = free - net;
            LedgerLine {
                role: k as u16,
                gross: stated(gross.area()),
                net: stated(net.area()),
                sliver: stated(gross.area()) < tolerance,
            }
        })
        .collect();
    // Rounding may leave a trace below nothing on a patch that is wholly taken.
    let free = stated(free.area().max(SquareMetres::ZERO));
    LedgerRow { subject: row as u32, area: stated(whole.ellipsoidal), repaired, lines: entries, free }
}

#[cfg(test)]
mod tests {
    use sanxian_model::Crs;
    use sanxian_rules::ExampleFeature;

    use super::*;
    use crate::measure::Wanted;
    use crate::plan::Plan;

    /// West, south, east, north in whole metres.
    type Box = [i32; 4];

    fn layer(role: Role, boxes: &[Box]) -> sanxian_model::Layer {
        let features: Vec<ExampleFeature> = boxes
            .iter()
            .map(|[w, s, e, n]| ExampleFeature {
                wkt: format!("POLYGON(({w} {s}, {e} {s}, {e} {n}, {w} {n}, {w} {s}))"),
                attributes: Vec::new(),
            })
            .collect();
        crate::examples::layer(role, &features, &Crs::plane()).expect("boxes")
    }

    fn holds([w, s, e, n]: Box, x: i32, y: i32) -> bool {
        (w..e).contains(&x) && (s..n).contains(&y)
    }

    #[test]
    fn ground_that_several_lines_claim_is_counted_once_in_the_order_of_precedence() {
        let plan: [Box; 4] = [[0, 0, 20, 20], [20, 0, 40, 20], [0, 20, 20, 40], [18, 18, 30, 30]];
        let redline: [Box; 3] = [[5, 5, 25, 12], [10, 8, 18, 35], [12, 9, 40, 10]];
        let farmland: [Box; 4] = [[0, 0, 11, 40], [8, 10, 33, 25], [8, 10, 20, 25], [39, 0, 60, 60]];
        let boundary: [Box; 2] = [[-10, -10, 50, 30], [15, 15, 22, 50]];
        let lines =
            [(Role::REDLINE, &redline[..]), (Role::FARMLAND, &farmland), (Role::URBAN_BOUNDARY, &boundary)];
        let mut layers = vec![layer(Role::PLAN, &plan)];
        layers.extend(lines.iter().map(|(role, boxes)| layer(role.clone(), boxes)));
        let plan_of = Plan { layers, faults: Vec::new(), crs: Crs::plane(), read_seconds: 0.0 };
        let mut measured = Measured::index(&plan_of, &sanxian_geom::Stop::default()).expect("plane");
        let roles: Vec<Role> = lines.iter().map(|(role, _)| role.clone()).collect();
        measured.measure(&Wanted {
            tables: roles.iter().map(|line| (Role::PLAN, line.clone())).collect(),
            lines: roles.clone(),
        });
        let ledger = ledger(&measured, &Role::PLAN, SquareMetres(0.5));
        assert_eq!(ledger.roles, roles);
        for (row, patch) in ledger.rows.iter().zip(plan) {
            let mut gross = [0_u32; 3];
            let mut net = [0_u32; 3];
            let mut free = 0_u32;
            for x in patch[0]..patch[2] {
                for y in patch[1]..patch[3] {
                    let on: Vec<usize> =
                        (0..3).filter(|&k| lines[k].1.iter().any(|zone| holds(*zone, x, y))).collect();
                    for &k in &on {
                        gross[k] += 1;
                    }
                    match on.first() {
                        Some(&first) => net[first] += 1,
                        None => free += 1,
                    }
                }
            }
            for line in &row.lines {
                let k = line.role as usize;
                assert!(
                    (line.gross.get() - f64::from(gross[k])).abs() < 1e-5,
                    "{patch:?} {line:?} {gross:?}"
                );
                assert!((line.net.get() - f64::from(net[k])).abs() < 1e-5, "{patch:?} {line:?} {net:?}");
            }
            assert_eq!(row.lines.len(), gross.iter().filter(|count| **count > 0).count());
            assert!((row.free.get() - f64::from(free)).abs() < 1e-5, "{patch:?} {row:?} {free}");
            assert!(row.residual().abs().get() < 1e-5);
        }
    }

    /// A patch of a kilometre that two redlines and a field cover and leave free in parts, all with slanted edges.
    #[test]
    fn a_ledger_by_the_national_formula_closes() {
        let crs = Crs { kind: sanxian_model::CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
        let feature = |wkt: &str| ExampleFeature { wkt: wkt.to_owned(), attributes: Vec::new() };
        let layer = |role: Role, shapes: &[&str]| {
            let features: Vec<_> = shapes.iter().map(|wkt| feature(wkt)).collect();
            crate::examples::layer(role, &features, &crs).expect("shapes")
        };
        let plan = [
            "POLYGON((117.0 31.8, 117.013 31.801, 117.011 31.812, 117.0 31.81, 117.0 31.8))",
            "POLYGON((117.02 31.8, 117.03 31.81, 117.02 31.81, 117.02 31.8))",
        ];
        let redline = [
            "POLYGON((116.99 31.79, 117.007 31.79, 117.003 31.82, 116.99 31.82, 116.99 31.79))",
            "POLYGON((116.99 31.79, 117.005 31.79, 117.006 31.82, 116.99 31.82, 116.99 31.79))",
            "POLYGON((117.01 31.79, 117.025 31.79, 117.025 31.82, 117.01 31.82, 117.01 31.79))",
        ];
        let farmland = [
            "POLYGON((117.004 31.79, 117.04 31.803, 117.04 31.809, 117.004 31.809, 117.004 31.79))",
            "POLYGON((117.0245 31.79, 117.04 31.79, 117.04 31.82, 117.0245 31.82, 117.0245 31.79))",
        ];
        let plan = Plan {
            layers: vec![
                layer(Role::PLAN, &plan),
                layer(Role::REDLINE, &redline),
                layer(Role::FARMLAND, &farmland),
            ],
            faults: Vec::new(),
            crs: crs.clone(),
            read_seconds: 0.0,
        };
        let accounts = |method: crate::AreaMethod| {
            let mut measured = Measured::index(&plan, &sanxian_geom::Stop::default()).expect("degrees");
            let lines = vec![Role::REDLINE, Role::FARMLAND];
            let tables = lines.iter().map(|line| (Role::PLAN, line.clone())).collect();
            measured.measure(&Wanted { tables, lines });
            method.apply(&mut measured).expect("the formula");
            ledger(&measured, &Role::PLAN, SquareMetres(0.5)).rows
        };
        let (formula, straight) =
            (accounts(crate::AreaMethod::National), accounts(crate::AreaMethod::Straight));
        for (row, before) in formula.iter().zip(&straight) {
            let sum: f64 = row.lines.iter().map(|line| line.net.get()).sum();
            let free = row.free.get();
            assert!((sum + free - row.area.get()).abs() < 1e-4, "{row:?}");
            assert!((row.area.get() - before.area.get()).abs() > 0.1, "the two methods differ here");
            for (line, before) in row.lines.iter().zip(&before.lines) {
                let share = |part: SquareMetres, row: &LedgerRow| part.share_of(row.area);
                assert!(line.net.get() <= line.gross.get() + 1e-6, "{row:?}");
                let at = row.subject as usize;
                assert!((share(line.net, row) - share(before.net, &straight[at])).abs() < 1e-12, "{row:?}");
                assert!((share(line.gross, row) - share(before.gross, &straight[at])).abs() < 1e-12);
            }
        }
        // The second patch lies on lines all over.
        assert!(formula[1].free.get() < 1e-4, "{:?}", formula[1]);
    }
}
