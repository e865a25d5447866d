//! The ledger of the plan added up: where its area went.

use sanxian_model::{Lang, SquareMetres};

use super::builder::{self, Builder, note};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Total, Unit};
use crate::figures;
use crate::ledger_totals::LedgerTotals;
use crate::words;

/// Number of the column `patches`.
const PATCHES: usize = 1;

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
        build.pick("容差以下细碎图斑", "below tolerance"),
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

    let mut blocks = vec![];
    blocks.extend(precedence(build));
    blocks.extend(not_sums(build, &table));
    if totals.repaired != SquareMetres::ZERO {
        let change = figures::m2(totals.repaired);
        blocks.push(note(
            "repair",
            match lang {
                Lang::Zh => format!("合计中含几何修复引起的面积变化 {change} m²"),
                Lang::En => format!("the plan's area includes {change} m² from repair"),
            },
        ));
    }
    blocks.insert(0, Block::Table(table));
    builder::section("ledger", build.pick("面积台账", "Ledger"), blocks)
}

/// Where the lines, as printed, do not add up to the total, the table says why.
fn not_sums<'a>(build: &Builder<'_, 'a>, table: &Table) -> Vec<Block<'a>> {
    let lang = build.lang();
    let mut notes = Vec::new();
    let unequal: Vec<String> =
        table.unequal_sums().into_iter().map(|column| table.columns[column].heading(lang)).collect();
    if !unequal.is_empty() {
        let columns = words::list(&unequal, lang);
        notes.push(note(
            "rounding",
            match lang {
                Lang::Zh => format!("合计按未取整数值计算，{columns}各行之和与合计的末位可能不一致"),
                Lang::En => {
                    format!("rounded: lines of {columns} may differ from the total in the last digit")
                }
            },
        ));
    }
    let total = table.total.as_ref().map(|total| &total.cells[PATCHES]);
    let counted = |cell: &Cell| if let Cell::Integer(count) = cell { *count } else { 0 };
    if total.map_or(0, counted) != table.rows.iter().map(|row| counted(&row[PATCHES])).sum::<u64>() {
        let text = build.pick(
            "图斑可涉及多条控制线，也可不涉及，图斑数合计中每个图斑只计一次",
            "a patch may lie on several lines or on none; the total counts each once",
        );
        notes.push(note("not-a-sum", text.to_owned()));
    }
    notes
}

/// The order in which net areas are counted; none where no line takes part.
fn precedence<'a>(build: &Builder<'_, 'a>) -> Option<Block<'a>> {
    let lang = build.lang();
    let roles: Vec<String> =
        build.report.ledger.roles.iter().map(|role| role.title().in_lang(lang).to_owned()).collect();
    let order = (!roles.is_empty()).then(|| words::list(&roles, lang))?;
    let text = match lang {
        Lang::Zh => format!("净占用按{order}的次序扣减，同一地面只计一次"),
        Lang::En => format!("net counts each spot once, in the order {order}"),
    };
    Some(note("precedence", text))
}
