//! Caps and floors (约束性指标) before and after the revision.

use sanxian_model::Quantity;

use crate::document::build::builder::section;
use crate::document::{Block, Cell, Column, Kind, Scope, Section, Table};
use crate::quantities;
use crate::revisions::input::Revisions;
use crate::words::pick;

/// What the plan as a whole had and has beside what it may have; none where no cap and no floor was judged.
pub(super) fn section_of<'a>(revisions: &Revisions<'a>, scope: Scope) -> Option<Section<'a>> {
    let lang = scope.lang;
    let say = |zh, en| pick(lang, zh, en);
    let (old, new) = (revisions.old.quantities, revisions.new.quantities);
    let same = |a: &Quantity, b: &Quantity| (&a.rule, &a.role) == (&b.rule, &b.role);
    // One that could be judged in one revision only is told with the other side empty.
    let mut rows: Vec<(Option<&Quantity>, Option<&Quantity>)> =
        new.iter().map(|now| (old.iter().find(|before| same(before, now)), Some(now))).collect();
    let gone = old.iter().filter(|before| !new.iter().any(|now| same(before, now)));
    rows.extend(gone.map(|before| (Some(before), None)));
    rows.sort_by_key(|(before, now)| now.or(*before).map(|of| (&of.code, &of.role)));
    if rows.is_empty() {
        return None;
    }
    let mut table = Table::new(vec![
        Column::new("code", say("规则", "rule"), Kind::Text),
        Column::new("quantity", say("指标", "quantity"), Kind::Text),
        Column::new("before", say("修改前", "before"), Kind::Text),
        Column::new("now", say("修改后", "now"), Kind::Text),
        Column::new("limit", say("限值", "limit"), Kind::Text),
        Column::new("was", say("原结论", "was"), Kind::Text).beside(),
        Column::new("is", say("现结论", "is now"), Kind::Text),
    ]);
    for (before, now) in rows {
        let Some(either) = now.or(before) else { continue };
        let measured = |of: Option<&Quantity>| {
            Cell::text(of.map_or_else(String::new, |of| quantities::measured(&of.measure, lang)))
        };
        let verdict = |of: Option<&Quantity>| Cell::text(of.map_or("", |of| quantities::verdict(of, lang)));
        table.row(vec![
            Cell::Identifier(either.code.to_string()),
            Cell::text(quantities::title(revisions.new.rules, either, lang)),
            measured(before),
            measured(now),
            Cell::text(quantities::limit(&either.measure, lang)),
            verdict(before),
            verdict(now),
        ]);
    }
    Some(section("quantities", say("指标", "Caps and floors"), vec![Block::Table(table)]))
}
