//! Rules that were not judged, or not for every feature, and why; then those that the user left out.

use sanxian_model::Lang;

use super::builder::{self, Builder, note, without_heading};
use crate::document::{Block, Cell, Column, Kind, Section, Table};
use crate::words;

pub(super) fn sections<'a>(build: &Builder<'_, 'a>) -> Vec<Section<'a>> {
    let (report, lang) = (build.report, build.lang());
    let mut sections = Vec::new();
    if !report.not_run.is_empty() {
        let mut table = Table::new(vec![
            Column::new("code", build.pick("编号", "code"), Kind::Identifier),
            Column::new("rule", build.pick("规则", "rule"), Kind::Text),
            Column::new("reason", build.pick("原因", "reason"), Kind::Text),
        ]);
        for rule in report.not_run {
            table.row(vec![
                Cell::identifier(&*rule.code),
                Cell::text(&*rule.rule),
                Cell::text(rule.reason.sentence(lang)),
            ]);
        }
        let heading =
            build.pick("未运行或未判断完的规则", "Rules that did not run, or not for every feature");
        sections.push(builder::section("not-run", heading, vec![Block::Table(table)]));
    }
    if !report.left_out.is_empty() {
        let codes: Vec<String> = report.left_out.iter().map(ToString::to_string).collect();
        let codes = words::list(&codes, lang);
        let text = match lang {
            Lang::Zh => format!("按 --select、--ignore 不运行的规则：{codes}"),
            Lang::En => format!("left out by --select and --ignore: {codes}"),
        };
        sections.push(without_heading("left-out", note("left-out", text)));
    }
    sections
}
