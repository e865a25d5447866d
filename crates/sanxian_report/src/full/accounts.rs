//! Everything around the findings: what was read, where the area of the plan went, what was wrong with the
//! data, and which rules could not run.

use sanxian_model::{Lang, Role, SquareMetres};

use super::Page;
use crate::figures;
use crate::grid::{Grid, Kind};
use crate::ledger_totals::LedgerTotals;
use crate::report::Report;
use crate::words;

pub(super) fn inputs(page: &mut Page, report: &Report<'_>) {
    if report.inputs.is_empty() {
        return;
    }
    let lang = page.lang;
    page.heading("数据", "Read");
    let mut grid = Grid::new(&[
        (page.pick("用途", "role"), Kind::Words),
        (page.pick("来源", "source"), Kind::Words),
        (page.pick("要素", "features"), Kind::Figure),
        (page.pick("修复", "repaired"), Kind::Figure),
        (page.pick("未用", "left out"), Kind::Figure),
        (page.pick("坐标系", "CRS"), Kind::Aside),
        (page.pick("编码", "encoding"), Kind::Aside),
    ]);
    let some = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    for input in &report.inputs {
        grid.row(vec![
            input.role.title().in_lang(lang).to_owned(),
            source(&input.path, &input.layer),
            input.features.to_string(),
            some(input.repaired),
            some(input.skipped),
            words::crs(input, lang),
            words::encoding(&input.encoding, lang),
        ]);
    }
    page.grid(grid.without_empty_columns());
    let paint = page.paint;
    for input in &report.inputs {
        if let Some(pipeline) = &input.pipeline {
            let role = input.role.title().in_lang(lang).to_owned();
            let text = match lang {
                Lang::Zh => format!("{role}已由 {} 转换：{pipeline}", words::crs(input, lang)),
                Lang::En => format!("{role}: transformed from {} by {pipeline}", words::crs(input, lang)),
            };
            page.sentence(&text, |line| paint.dim(line));
        }
    }
}

/// `folder/file.gpkg#LAYER`, or the file alone when the layer has the file's name, as in a Shapefile.
fn source(path: &str, layer: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if layer.is_empty() || stem == layer { path.to_owned() } else { format!("{path}#{layer}") }
}

/// The ledger of the plan; where there is no plan, how much the lines share.
pub(super) fn lines(page: &mut Page, report: &Report<'_>) {
    if report.ledger.rows.is_empty() { zones(page, report) } else { ledger(page, report) }
}

fn ledger(page: &mut Page, report: &Report<'_>) {
    let lang = page.lang;
    let totals = LedgerTotals::of(report.ledger);
    page.heading("面积台账", "Ledger");
    let mut grid = Grid::new(&[
        (page.pick("控制线", "line"), Kind::Words),
        (page.pick("图斑", "patches"), Kind::Figure),
        (page.pick("占用 m²", "gross m²"), Kind::Convenience),
        (page.pick("净占用 m²", "net m²"), Kind::Figure),
        (page.pick("净占用公顷", "net ha"), Kind::Convenience),
        (page.pick("亩", "mu"), Kind::Convenience),
    ]);
    let mut row = |title: &str, patches: String, gross: Option<SquareMetres>, net: SquareMetres| {
        grid.row(vec![
            title.to_owned(),
            patches,
            gross.map_or_else(String::new, figures::m2),
            figures::m2(net),
            figures::hectares(net),
            figures::mu(net),
        ]);
    };
    for line in &totals.lines {
        row(line.role.title().in_lang(lang), line.patches.to_string(), Some(line.gross), line.net);
    }
    row(
        words::pick(lang, "容差以下碎屑", "below tolerance"),
        totals.sliver_patches().to_string(),
        None,
        totals.slivers(),
    );
    row(words::pick(lang, "不涉及控制线", "on no line"), String::new(), None, totals.free);
    row(words::pick(lang, "合计", "plan"), totals.patches.to_string(), None, totals.area);
    page.grid(grid);
    let paint = page.paint;
    let mut notes = vec![match lang {
        Lang::Zh => format!("净占用按{}的次序扣减，同一地面只计一次", precedence(report, lang)),
        Lang::En => format!("net counts each spot once, in the order {}", precedence(report, lang)),
    }];
    if totals.repaired != SquareMetres::ZERO {
        let change = figures::m2(totals.repaired);
        notes.push(match lang {
            Lang::Zh => format!("合计中含几何修复引起的面积变化 {change} m²"),
            Lang::En => format!("the plan's area includes {change} m² from repair"),
        });
    }
    for note in notes {
        page.sentence(&note, |line| paint.dim(line));
    }
}

fn precedence(report: &Report<'_>, lang: Lang) -> String {
    let roles: Vec<String> =
        report.ledger.roles.iter().map(|role| role.title().in_lang(lang).to_owned()).collect();
    words::list(&roles, lang)
}

fn zones(page: &mut Page, report: &Report<'_>) {
    if report.zones.is_empty() {
        return;
    }
    let lang = page.lang;
    page.heading("重叠", "Overlaps");
    let mut grid = Grid::new(&[
        (page.pick("控制线", "line"), Kind::Words),
        (page.pick("图层", "layer"), Kind::Words),
        (page.pick("重叠对", "pairs"), Kind::Figure),
        (page.pick("要素", "features"), Kind::Figure),
        ("m²", Kind::Figure),
        (page.pick("公顷", "ha"), Kind::Convenience),
        (page.pick("亩", "mu"), Kind::Convenience),
    ]);
    for zone in &report.zones {
        grid.row(vec![
            Role::title(&zone.role).in_lang(lang).to_owned(),
            zone.layer.clone(),
            zone.pairs.to_string(),
            zone.patches.to_string(),
            figures::m2(zone.overlap),
            figures::hectares(zone.overlap),
            figures::mu(zone.overlap),
        ]);
    }
    page.grid(grid);
}

/// Faults are data problems, so each is shown with its place; skipped features must not be overlooked.
pub(super) fn faults(page: &mut Page, report: &Report<'_>) {
    if report.faults.is_empty() {
        return;
    }
    let lang = page.lang;
    page.heading("数据问题", "Faults in the data");
    let mut grid = Grid::new(&[
        (page.pick("图层", "layer"), Kind::Words),
        (page.pick("要素", "feature"), Kind::Key),
        (page.pick("问题", "fault"), Kind::Words),
        (page.pick("位置", "near"), Kind::Aside),
        (page.pick("处理", "outcome"), Kind::Words),
    ]);
    let shown = page.shown(report.faults.len());
    for fault in &report.faults[..shown] {
        let geographic = report.inputs.iter().any(|input| {
            input.layer == *fault.place.layer && input.path == *fault.place.path && !input.crs.has_plane()
        });
        let near = fault.near.filter(|near| near.iter().all(|v| v.is_finite()));
        let mut words_of_fault = words::fault(fault.kind, lang).to_owned();
        if let Some(detail) = &fault.detail {
            words_of_fault.push_str(page.pick("：", ": "));
            words_of_fault.push_str(detail);
        }
        grid.row(vec![
            fault.place.layer.to_string(),
            feature(fault.place.fid, fault.place.id.as_deref()),
            words_of_fault,
            near.map_or_else(String::new, |near| figures::position(near, geographic)),
            words::outcome(fault, lang),
        ]);
    }
    page.grid(grid.without_empty_columns());
    page.left_off(report.faults.len() - shown);
}

/// A faulty feature by its number and its identifier: the identifier alone may be the very thing that is wrong.
fn feature(fid: Option<i64>, id: Option<&str>) -> String {
    match (fid, id) {
        (Some(fid), Some(id)) => format!("#{fid} {id}"),
        (Some(fid), None) => format!("#{fid}"),
        (None, id) => id.unwrap_or_default().to_owned(),
    }
}

/// Rules that were not judged, or not for every feature, and why; then those that the user left out.
pub(super) fn not_run(page: &mut Page, report: &Report<'_>) {
    let lang = page.lang;
    if !report.not_run.is_empty() {
        page.heading("未运行或未判断完的规则", "Rules that did not run, or not for every feature");
        let mut grid = Grid::new(&[
            (page.pick("编号", "code"), Kind::Key),
            (page.pick("规则", "rule"), Kind::Words),
            (page.pick("原因", "reason"), Kind::Words),
        ]);
        for rule in report.not_run {
            grid.row(vec![rule.code.to_string(), rule.rule.to_string(), rule.reason.sentence(lang)]);
        }
        page.grid(grid);
    }
    if !report.left_out.is_empty() {
        let codes: Vec<String> = report.left_out.iter().map(ToString::to_string).collect();
        let text = match lang {
            Lang::Zh => format!("按 --select、--ignore 不运行的规则：{}", words::list(&codes, lang)),
            Lang::En => format!("left out by --select and --ignore: {}", words::list(&codes, lang)),
        };
        let paint = page.paint;
        page.line("");
        page.sentence(&text, |line| paint.dim(line));
    }
}
