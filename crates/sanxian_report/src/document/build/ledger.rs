//! The ledger of the plan added up: where its area went.

use sanxian_model::{Lang, SquareMetres};

use super::{Builder, note};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Total, Unit};
use crate::figures;
use crate::ledger_totals::LedgerTotals;
use crate::words;

pub(super) fn section<'a>(build: &Builder<'_, 'a>) -> Section<'a> {
    let lang = build.lang();
    let totals = LedgerTotals::of(build.report.ledger);
    let (gross, net) = (build.pick("占用面积", "gross area"), build.pick("净占用面积", "net area"));
    let mut table = Table::new(vec![
        Column::new("line", build.pick("控制线", "line"), Kind::Text),
        Column::new("patches", build.pick("图斑", "patches"), Kind::Integer),
        Column::area("gross_m2", gross, Unit::SquareMetre).brief(build.pick("占用 m²", "gross m²")).beside(),
        Column::area("net_m2", net, Unit::SquareMetre).brief(build.pick("净占用 m²", "net m²")),
        Column::area("net_ha", net, Unit::Hectare).brief(build.pick("净占用公顷", "net ha")).beside(),
        Column::area("net_mu", net, Unit::Mu).brief(build.pick("亩", "mu")).beside(),
    ]);
    let cells = |title: &str, patches: Cell, gross: Cell, net: SquareMetres| {
        vec![Cell::text(title), patches, gross, Cell::area(net), Cell::area(net), Cell::area(net)]
    };
    for line in &totals.lines {
        let title = line.role.title();
        table.row(cells(title.in_lang(lang), Cell::count(line.patches), Cell::area(line.gross), line.net));
    }
    table.row(cells(
        build.pick("容差以下碎屑", "below tolerance"),
        Cell::count(totals.sliver_patches()),
        Cell::Empty,
        totals.slivers(),
    ));
    table.row(cells(build.pick("不涉及控制线", "on no line"), Cell::Empty, Cell::Empty, totals.free));
    table.total = Some(Total {
        cells: cells(build.pick("合计", "plan"), Cell::count(totals.patches), Cell::Empty, totals.area),
        // A patch may lie on several lines, or on none.
        sums: vec![false, false, false, true, true, true],
    });

    let mut notes = vec![precedence(build)];
    if totals.repaired != SquareMetres::ZERO {
        let change = figures::m2(totals.repaired);
        notes.push(note(
            "repair",
            match lang {
                Lang::Zh => format!("合计中含几何修复引起的面积变化 {change} m²"),
                Lang::En => format!("the plan's area includes {change} m² from repair"),
            },
        ));
    }
    let mut blocks = vec![Block::Table(table)];
    blocks.append(&mut notes);
    super::section("ledger", build.pick("面积台账", "Ledger"), blocks)
}

fn precedence<'a>(build: &Builder<'_, 'a>) -> Block<'a> {
    let lang = build.lang();
    let roles: Vec<String> =
        build.report.ledger.roles.iter().map(|role| role.title().in_lang(lang).to_owned()).collect();
    let order = words::list(&roles, lang);
    note(
        "precedence",
        match lang {
            Lang::Zh => format!("净占用按{order}的次序扣减，同一地面只计一次"),
            Lang::En => format!("net counts each spot once, in the order {order}"),
        },
    )
}
