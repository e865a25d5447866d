//! The vocabulary of reports in Chinese and English. Every word that a renderer prints and that is not data
//! comes from here or stands beside its twin, so that no report mixes languages.

use std::fmt::Write as _;

use sanxian_model::finding::ZoneShare;
use sanxian_model::layer::RowFilter;
use sanxian_model::{CrsKind, Fault, FaultKind, Finding, Lang, Severity, SquareMetres, Treatment};

use crate::figures;
use crate::report::Input;
use crate::summary::Verdict;

/// The words of one language.
pub(crate) fn pick<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

pub(crate) fn verdict(verdict: Verdict, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Conforms => pick(lang, "符合", "Conforms"),
        Verdict::Verify => pick(lang, "需核实", "To be verified"),
        Verdict::InPart => pick(lang, "部分检查", "Checked in part"),
        Verdict::Incomplete => pick(lang, "未完成", "Incomplete"),
        Verdict::DoesNotConform => pick(lang, "不符合", "Does not conform"),
    }
}

pub(crate) fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => pick(lang, "不符合", "error"),
        Severity::Warning => pick(lang, "需核实", "warning"),
        Severity::Note => pick(lang, "提示", "note"),
    }
}

/// `3 errors`, `1 note`; `不符合 3 项`.
pub(crate) fn count_of(severity: Severity, count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{} {count} 项", self::severity(severity, lang)),
        Lang::En => counted(count, self::severity(severity, lang)),
    }
}

/// `3 accepted by the baseline`; none when there are none.
pub(crate) fn accepted(count: usize, lang: Lang) -> Option<String> {
    (count > 0).then(|| match lang {
        Lang::Zh => format!("基线认可 {count} 项"),
        Lang::En => format!("{count} accepted by the baseline"),
    })
}

/// `1 patch`, `2 patches`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    let plural = match noun {
        _ if count == 1 => "",
        _ if noun.ends_with("ch") => "es",
        _ => "s",
    };
    format!("{count} {noun}{plural}")
}

/// A zone feature by its name, or by its identifier when it has none.
pub(crate) fn zone(zone: &ZoneShare) -> String {
    match &zone.name {
        Some(name) if !name.is_empty() => name.clone(),
        _ => zone.place.label(),
    }
}

/// The zone features of a finding by name, each name once: parts of one zone often share it.
pub(crate) fn zones(finding: &Finding) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(finding.zones.len());
    for name in finding.zones.iter().map(zone) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The fields that speak for the exception that lifted a finding; empty when none did.
pub(crate) fn evidence(finding: &Finding, lang: Lang) -> String {
    let evidence = finding.exemption.iter().flat_map(|exemption| &exemption.evidence);
    list(&evidence.map(|(field, value)| format!("{field} = {value}")).collect::<Vec<_>>(), lang)
}

/// The first names, then how many more there are.
pub(crate) fn some_of(names: &[String], most: usize, lang: Lang) -> String {
    let shown = list(&names[..names.len().min(most)], lang);
    if names.len() <= most {
        return shown;
    }
    match lang {
        Lang::Zh => format!("{shown} 等 {} 处", names.len()),
        Lang::En => format!("{shown} and {} more", names.len() - most),
    }
}

pub(crate) fn list(items: &[String], lang: Lang) -> String {
    items.join(pick(lang, "、", ", "))
}

/// The columns for which a table had no room; none when all are there.
pub(crate) fn not_shown(titles: &[String], lang: Lang) -> Option<String> {
    let titles = (!titles.is_empty()).then(|| list(titles, lang))?;
    Some(match lang {
        Lang::Zh => format!("未显示的列：{titles}"),
        Lang::En => format!("not shown: {titles}"),
    })
}

/// A fault in one line: where, what, and what was done.
#[must_use]
pub fn fault_line(fault: &Fault, lang: Lang) -> String {
    let place = &fault.place;
    let mut line = format!("{}#{}", place.path, place.layer);
    if let Some(fid) = place.fid {
        let _ = write!(line, ":{fid}");
    }
    if let Some(id) = &place.id {
        let _ = write!(line, " ({id})");
    }
    line.push_str(pick(lang, "：", ": "));
    line.push_str(fault.kind.sentence(lang));
    if let Some(detail) = &fault.detail {
        let (open, close) = (pick(lang, "（", " ("), pick(lang, "）", ")"));
        let _ = write!(line, "{open}{}{close}", detail.in_lang(lang));
    }
    line.push_str(pick(lang, "；", "; "));
    line + &outcome(fault, lang)
}

/// What was done about a fault, and for rings that were left out what to do.
pub(crate) fn outcome(fault: &Fault, lang: Lang) -> String {
    match fault.treatment {
        Treatment::Repaired { added, taken } => {
            let mut words = pick(lang, "已修复", "repaired").to_owned();
            if added == SquareMetres::ZERO && taken == SquareMetres::ZERO {
                words += pick(lang, "，面积不变", ", same area");
            }
            if added > SquareMetres::ZERO {
                words += pick(lang, "，增加面积 ", ", ground added ");
                words += &figures::m2(added);
                words += " m²";
            }
            if taken > SquareMetres::ZERO {
                words += pick(lang, "，减去重复面积 ", ", ground counted twice taken away ");
                words += &figures::m2(taken);
                words += " m²";
            }
            words
        }
        Treatment::Skipped if matches!(fault.kind, FaultKind::Crossing | FaultKind::Nesting) => pick(
            lang,
            "未参与检查，请在 GIS 中修复该要素后重新检查",
            "left out; repair it in a GIS and check again",
        )
        .to_owned(),
        Treatment::Skipped => pick(lang, "未参与检查", "left out").to_owned(),
        Treatment::Kept
            if matches!(fault.kind, FaultKind::ClassContradicted | FaultKind::PlannedCodeMissing) =>
        {
            pick(
                lang,
                "地类按未知处理，相关规则不予判断",
                "its class counts as not known, so rules that need it do not judge it",
            )
            .to_owned()
        }
        Treatment::Kept => pick(lang, "按原样使用", "used as it is").to_owned(),
    }
}

/// The CRS of an input by its code.
pub(crate) fn crs(input: &Input, lang: Lang) -> String {
    crs_name(&input.crs, lang, true)
}

pub(crate) fn crs_name(crs: &sanxian_model::Crs, lang: Lang, short: bool) -> String {
    match crs.kind {
        CrsKind::Plane => pick(lang, "无（平面坐标，米）", "none (plane, metres)").to_owned(),
        _ if short => crs.short_name(),
        _ => crs.name.clone(),
    }
}

/// The encoding of an input. How it was known is told by the reader in English in brackets; the few words
/// that it uses have a Chinese twin here.
pub(crate) fn encoding(text: &str, lang: Lang) -> String {
    let Lang::Zh = lang else { return text.to_owned() };
    let mut words = text.to_owned();
    for (en, zh) in [
        (" (detected)", "（自动识别）"),
        (" (declared)", "（文件声明）"),
        (" (given)", "（用户指定）"),
        (" (assumed)", "（默认）"),
    ] {
        words = words.replace(en, zh);
    }
    words
}

/// Which filters the user set, and how many features they left out; none when none was set.
pub(crate) fn filters(inputs: &[Input], lang: Lang) -> Option<String> {
    const SHOWN: usize = 80;
    let set = inputs.iter().filter_map(|input| {
        let RowFilter { text, left_out } = input.filter.as_ref()?;
        let short: String = text.chars().take(SHOWN).collect();
        let more = if short.len() < text.len() { "…" } else { "" };
        Some(match lang {
            Lang::Zh => format!("{} 按 {short}{more} 筛去 {left_out} 个要素", input.layer),
            Lang::En => {
                format!("{} where {short}{more}: {} filtered out", input.layer, counted(*left_out, "feature"))
            }
        })
    });
    let set: Vec<String> = set.collect();
    (!set.is_empty()).then(|| set.join(pick(lang, "；", "; ")))
}

#[cfg(test)]
mod tests {
    use sanxian_model::Place;

    use super::*;

    #[test]
    fn rings_that_are_left_out_are_told_with_what_to_do() {
        let place = Place { path: "a.gpkg".into(), layer: "plan".into(), fid: Some(7), id: None };
        let fault = Fault {
            place,
            kind: FaultKind::Crossing,
            near: None,
            detail: Some("≥ 100000 × (1.000, 2.000) …".into()),
            treatment: Treatment::Skipped,
        };
        assert!(fault_line(&fault, Lang::En).ends_with("left out; repair it in a GIS and check again"));
        assert!(fault_line(&fault, Lang::Zh).ends_with("未参与检查，请在 GIS 中修复该要素后重新检查"));
    }
}
