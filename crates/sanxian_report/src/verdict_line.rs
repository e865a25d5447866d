//! The verdict in one line: the grade, what it rests on, and what was not judged. Every format that people read
//! carries it, so that silence never looks like a pass.

use sanxian_model::{AreaSum, Lang, Metres, Severity, Sliver};

use crate::figures;
use crate::ledger_totals::LedgerTotals;
use crate::report::Report;
use crate::summary::{Counts, Summary};
use crate::words::{self, counted, pick};

/// The verdict of a report in one line, without a full stop.
#[must_use]
pub fn verdict_line(report: &Report<'_>, lang: Lang) -> String {
    of_summary(&Summary::of(report), report, lang)
}

/// The same, when the report is counted already.
pub(crate) fn of_summary(summary: &Summary, report: &Report<'_>, lang: Lang) -> String {
    let mut parts = vec![match counts(summary.subject, lang) {
        Some(counts) => counts,
        None => pick(lang, "没有发现问题", "no findings").to_owned(),
    }];
    if let Some(counts) = counts(summary.lines, lang) {
        parts.push(match (lang, summary.lines_decide) {
            (Lang::Zh, true) => format!("控制线自身{counts}"),
            (Lang::Zh, false) => format!("控制线自身{counts}（不计入结论）"),
            (Lang::En, true) => format!("among the lines {counts}"),
            (Lang::En, false) => format!("among the lines {counts}, not counted in the verdict"),
        });
    }
    parts.extend(words::accepted(summary.accepted, lang));
    parts.extend(not_judged(summary, lang));
    if !report.left_out.is_empty() {
        let count = report.left_out.len();
        parts.push(match lang {
            Lang::Zh => format!("按要求不运行 {count} 条规则"),
            Lang::En => format!("{} left out on request", counted(count, "rule")),
        });
    }
    parts.extend(words::filters(&report.inputs, lang));
    parts.extend(worth_knowing(report, lang));
    let verdict = words::verdict(summary.verdict(), lang);
    format!("{verdict}{}{}", pick(lang, "：", ": "), parts.join(pick(lang, "；", "; ")))
}

/// What does not change the verdict and would surprise a reader who learns of it later.
fn worth_knowing(report: &Report<'_>, lang: Lang) -> Vec<String> {
    let mut parts = Vec::new();
    let totals = LedgerTotals::of(report.ledger);
    if totals.slivers() > report.tolerance {
        let (patches, area) = (totals.sliver_patches(), figures::m2(totals.slivers()));
        parts.push(match lang {
            Lang::Zh => format!("容差以下 {patches} 处共 {area} m²"),
            Lang::En => format!("{} below tolerance, {area} m² together", counted(patches, "overlap")),
        });
    }
    if !report.slivers.is_empty() {
        let count = report.slivers.len();
        let area = figures::m2(report.slivers.iter().filter_map(Sliver::area).sum::<AreaSum>().area());
        let widest = report.slivers.iter().map(|sliver| sliver.limit).fold(Metres::ZERO, Metres::max);
        parts.push(match lang {
            Lang::Zh => format!("平均宽度小于 {widest} 的细碎图斑 {count} 处共 {area} m²，不计入结论"),
            Lang::En => {
                format!("{} set aside, narrower than {widest}, {area} m² together", counted(count, "sliver"))
            }
        });
    }
    if let Some(effect) = report.baseline.filter(|effect| !effect.unused.is_empty()) {
        let count = effect.unused.len();
        parts.push(match lang {
            Lang::Zh => format!("基线中 {count} 条未用到"),
            Lang::En if count == 1 => "1 entry of the baseline unused".to_owned(),
            Lang::En => format!("{count} entries of the baseline unused"),
        });
    }
    if report.tolerance > report.usual_tolerance {
        let tolerance = figures::limit(report.tolerance);
        parts.push(match lang {
            Lang::Zh => format!("容差放宽为 {tolerance}"),
            Lang::En => format!("tolerance raised to {tolerance}"),
        });
    }
    if !report.replaced.is_empty() {
        let codes: Vec<String> = report.replaced.iter().map(ToString::to_string).collect();
        parts.push(match lang {
            Lang::Zh => format!("自定规则代替了 {}", words::list(&codes, lang)),
            Lang::En => format!("rules of your own stand for {}", words::list(&codes, lang)),
        });
    }
    parts
}

/// `2 errors, 1 note`; none when there is nothing to count.
fn counts(counts: Counts, lang: Lang) -> Option<String> {
    let each: Vec<String> = Severity::ALL
        .into_iter()
        .rev()
        .filter(|&severity| counts.of_severity(severity) > 0)
        .map(|severity| words::count_of(severity, counts.of_severity(severity), lang))
        .collect();
    (!each.is_empty()).then(|| words::list(&each, lang))
}

/// What stands between the run and a whole verdict, each in a few words.
fn not_judged(summary: &Summary, lang: Lang) -> Vec<String> {
    let mut parts = Vec::new();
    if !summary.not_given.is_empty() {
        let titles: Vec<String> =
            summary.not_given.iter().map(|role| role.title().in_lang(lang).to_owned()).collect();
        parts.push(match lang {
            Lang::Zh => format!("未提供{}", words::list(&titles, lang)),
            Lang::En => format!("not given: {}", words::list(&titles, lang)),
        });
    }
    if summary.skipped > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{} 个要素未参与检查", summary.skipped),
            Lang::En => format!("{} left out of the check", counted(summary.skipped, "feature")),
        });
    }
    if summary.idle_layers > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{} 个图层为空或远离规划范围", summary.idle_layers),
            Lang::En => format!("{} empty or far from the plan", counted(summary.idle_layers, "layer")),
        });
    }
    if summary.empty_layers > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{} 个图层没有要素", summary.empty_layers),
            Lang::En => format!("{} without features", counted(summary.empty_layers, "layer")),
        });
    }
    if summary.layers_apart > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{} 个图层的范围与规划不相交", summary.layers_apart),
            Lang::En => {
                format!("{} with nothing where the plan is", counted(summary.layers_apart, "layer"))
            }
        });
    }
    if summary.not_judged > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{} 条规则因字段或数值缺失无法全部判断", summary.not_judged),
            Lang::En => format!("{} could not be judged in full", counted(summary.not_judged, "rule")),
        });
    }
    if summary.judged == 0 {
        parts.push(pick(lang, "没有规则所指的要素", "no feature that a rule is about").to_owned());
    }
    parts
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Role, SquareMetres};
    use sanxian_rules::{NotRun, Reason};

    use super::*;
    use crate::sample::Sample;
    use crate::summary::Verdict;

    fn line(sample: &Sample) -> (Verdict, String) {
        let report = sample.report();
        (Summary::of(&report).verdict(), verdict_line(&report, Lang::En))
    }

    fn not_run(code: &str, reason: Reason) -> NotRun {
        NotRun { code: code.into(), rule: "test".into(), role: None, reason }
    }

    #[test]
    fn a_clean_run_conforms_only_when_every_rule_was_judged() {
        assert_eq!(line(&Sample::clean()), (Verdict::Conforms, "Conforms: no findings".to_owned()));
        let mut sample = Sample::clean();
        sample.not_run = vec![
            not_run("BF-01", Reason::NoZone(Role::FARMLAND)),
            not_run("IN-01", Reason::NoZone(Role::PARK)),
            not_run("TL-01", Reason::NoZone(Role::FARMLAND)),
        ];
        let (verdict, text) = line(&sample);
        assert_eq!(verdict, Verdict::InPart);
        assert_eq!(
            text,
            "Checked in part: no findings; not given: permanent basic farmland, industrial park"
        );
        let (role, layer, field) = (Role::PLAN, "plan".to_owned(), "land_class".to_owned());
        sample.not_run.push(not_run("ER-02", Reason::ValueUnknown { role, layer, field, features: 3 }));
        let (verdict, text) = line(&sample);
        assert_eq!(verdict, Verdict::Incomplete);
        assert!(text.ends_with("; 1 rule could not be judged in full"), "{text}");
    }

    #[test]
    fn a_run_whose_rules_are_about_nothing_must_be_looked_at() {
        let mut sample = Sample::clean();
        sample.concerned.clear();
        assert_eq!(line(&sample).0, Verdict::Verify);
        assert!(line(&sample).1.ends_with("no feature that a rule is about"));
    }

    #[test]
    fn the_lines_of_a_project_are_told_and_do_not_decide() {
        let mut sample = Sample::clean();
        sample.findings = Sample::county()
            .findings
            .into_iter()
            .filter(|finding| finding.role == Role::URBAN_BOUNDARY)
            .collect();
        assert!(!sample.findings.is_empty());
        let (of_plan, _) = line(&sample);
        sample.plan.role = Role::PROJECT;
        let (of_project, text) = line(&sample);
        assert_ne!(of_plan, of_project);
        assert_eq!(of_project, Verdict::Conforms);
        assert!(text.contains("among the lines") && text.contains("not counted"), "{text}");
    }

    #[test]
    fn a_feature_that_was_taken_in_part_is_left_out_of_the_verdict() {
        let mut sample = Sample::clean();
        sample.faults = Sample::county().faults;
        sample.faults.retain(|fault| fault.treatment == sanxian_model::Treatment::Skipped);
        sample.faults.truncate(1);
        let report = sample.report();
        // The reader counts the feature as in use.
        let inputs = report.inputs.iter().cloned().map(|input| crate::report::Input { skipped: 0, ..input });
        let report = Report { inputs: inputs.collect(), ..report.clone() };
        assert_eq!(Summary::of(&report).verdict(), Verdict::Incomplete);
    }

    #[test]
    fn settings_that_decide_are_told() {
        let mut sample = Sample::clean();
        sample.tolerance = SquareMetres(5e6);
        sample.replaced = vec!["BF-01".into()];
        let (verdict, text) = line(&sample);
        assert_eq!(verdict, Verdict::Conforms);
        assert!(text.contains("tolerance raised to ") && text.contains("stand for BF-01"), "{text}");
    }

    #[test]
    fn many_slivers_are_told_with_their_sum() {
        let mut sample = Sample::clean();
        sample.ledger.rows[0].lines[0].sliver = true;
        sample.ledger.rows[0].lines[0].net = SquareMetres(0.05);
        assert!(!line(&sample).1.contains("below tolerance"), "{}", line(&sample).1);
        sample.ledger.rows[0].lines[0].net = SquareMetres(9.6);
        assert!(
            line(&sample).1.contains("2 overlaps below tolerance, 9.97 m² together"),
            "{}",
            line(&sample).1
        );
    }

    #[test]
    fn what_is_too_narrow_is_told_with_its_sum_and_decides_nothing() {
        let mut sample = Sample::clean();
        let measure = sanxian_model::Measure::Overlap {
            area: SquareMetres(3.25),
            planar: None,
            share: 0.1,
            tolerance: SquareMetres(0.5),
        };
        let finding = sanxian_model::Finding { measure, ..Sample::county().findings[0].clone() };
        let sliver = Sliver { finding, width: Metres(0.004), limit: Metres(0.0157) };
        sample.slivers = vec![sliver.clone(), sliver];
        let told = "Conforms: no findings; 2 slivers set aside, narrower than 0.016 m, 6.50 m² together";
        assert_eq!(line(&sample), (Verdict::Conforms, told.to_owned()));
    }

    #[test]
    fn what_the_user_left_out_is_told_and_changes_nothing() {
        let mut sample = Sample::clean();
        sample.left_out = vec!["UB-01".into(), "UB-02".into()];
        let told = (Verdict::Conforms, "Conforms: no findings; 2 rules left out on request".to_owned());
        assert_eq!(line(&sample), told);
    }
}
