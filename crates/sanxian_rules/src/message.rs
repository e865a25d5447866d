//! From a finding to a sentence, in the words of its rule.

use std::fmt::Write as _;

use sanxian_model::{Finding, Lang, Measure, ZoneShare};

use crate::figures::{area_beside, area_text, percent, total_beside};
use crate::rule::Rule;
use crate::template::{Part, parts};

/// The sentence that tells a finding: the message of the exception that applied, or of the rule.
#[must_use]
pub fn render_message(rule: &Rule, finding: &Finding, lang: Lang) -> String {
    let own = rule.exception_of(finding).and_then(|exception| exception.message.as_ref());
    fill(own.unwrap_or(&rule.message).in_lang(lang), finding, lang)
}

/// The sentence that says what to do about a finding.
#[must_use]
pub fn render_help(rule: &Rule, finding: &Finding, lang: Lang) -> String {
    fill(rule.help.in_lang(lang), finding, lang)
}

fn fill(template: &str, finding: &Finding, lang: Lang) -> String {
    // Templates are checked when a rule is read; one that is not a template is printed as it stands.
    let Ok(parts) = parts(template) else { return template.to_owned() };
    let mut sentence = String::new();
    for part in parts {
        match part {
            Part::Words(words) => sentence.push_str(words),
            Part::Placeholder(word) => sentence.push_str(&value(word, finding, lang)),
        }
    }
    sentence
}

/// The words for one placeholder; empty when the finding does not measure it.
fn value(word: &str, finding: &Finding, lang: Lang) -> String {
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    let label = finding.subject.label();
    match (word, &finding.name) {
        ("subject", Some(name)) if *name != label => return format!("{name} ({label})"),
        ("name", Some(name)) => return name.clone(),
        ("subject" | "name", _) => return label,
        ("role", _) => return finding.role.title().in_lang(lang).to_owned(),
        ("zone", _) => return zone_list(finding, 1, lang),
        ("zones", _) => return zone_list(finding, 3, lang),
        _ => {}
    }
    if let Some(exemption) = &finding.exemption {
        match word {
            "condition" => return exemption.condition.clone(),
            "evidence" => {
                let entries = exemption.evidence.iter().map(|(field, value)| format!("{field} = {value}"));
                return entries.collect::<Vec<_>>().join(comma);
            }
            _ => {}
        }
    }
    match (word, &finding.measure) {
        (
            "overlap" | "outside" | "area",
            Measure::Overlap { area, tolerance, .. } | Measure::Outside { area, tolerance, .. },
        ) => area_beside(*area, *tolerance, lang),
        ("share", Measure::Overlap { share, .. } | Measure::Outside { share, .. }) => percent(*share),
        ("tolerance", Measure::Overlap { tolerance, .. } | Measure::Outside { tolerance, .. }) => {
            area_text(*tolerance, lang)
        }
        ("overlap" | "outside" | "area", Measure::Changed { gained, lost, recoded, tolerance }) => {
            area_beside(*gained + *lost + *recoded, *tolerance, lang)
        }
        ("gained", Measure::Changed { gained, .. }) => area_text(*gained, lang),
        ("lost", Measure::Changed { lost, .. }) => area_text(*lost, lang),
        ("recoded", Measure::Changed { recoded, .. }) => area_text(*recoded, lang),
        ("tolerance", Measure::Changed { tolerance, .. }) => area_text(*tolerance, lang),
        ("area", Measure::Total { area, limit, bound }) => total_beside(*area, *limit, *bound, lang),
        ("limit", Measure::Total { limit, .. }) => area_text(*limit, lang),
        ("missed", measure @ Measure::Total { .. }) => area_text(measure.area().unwrap_or_default(), lang),
        ("value", Measure::Ratio { value, .. }) => percent(*value),
        ("limit", Measure::Ratio { limit, .. }) => percent(*limit),
        ("numerator", Measure::Ratio { numerator, .. }) => area_text(*numerator, lang),
        ("denominator", Measure::Ratio { denominator, .. }) => area_text(*denominator, lang),
        ("field", Measure::Value { field, .. }) => field.clone(),
        ("found", Measure::Value { found, .. }) if !found.is_empty() => found.clone(),
        ("found", Measure::Value { .. }) if lang == Lang::Zh => "（空）".to_owned(),
        ("found", Measure::Value { .. }) => "(empty)".to_owned(),
        ("accepted", Measure::Value { accepted, .. }) => accepted.join(comma),
        _ => String::new(),
    }
}

/// Name and identifier of a zone, or what there is of them.
fn zone_label(zone: &ZoneShare) -> String {
    match &zone.name {
        Some(name) => format!("{name} ({})", zone.place.label()),
        None => zone.place.label(),
    }
}

/// The zones that take most, as many as asked for, and how many there are besides; the words for the zone
/// layer when no zone is touched.
fn zone_list(finding: &Finding, shown: usize, lang: Lang) -> String {
    let zones = &finding.zones;
    if zones.is_empty() {
        let title = finding.zone_role.as_ref().map(sanxian_model::Role::title);
        return title.map_or_else(String::new, |title| title.in_lang(lang).to_owned());
    }
    let mut order: Vec<&ZoneShare> = zones.iter().collect();
    order.sort_by(|a, b| b.area.get().total_cmp(&a.area.get()).then(a.row.cmp(&b.row)));
    let labels: Vec<String> = order.iter().take(shown).map(|zone| zone_label(zone)).collect();
    let mut list = labels.join(if lang == Lang::Zh { "、" } else { ", " });
    if zones.len() > shown {
        // Writing to a String cannot fail.
        let _ = match lang {
            Lang::Zh => write!(list, "等 {} 处", zones.len()),
            Lang::En => write!(list, " and {} more", zones.len() - shown),
        };
    }
    list
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use sanxian_model::finding::Exemption;
    use sanxian_model::{LayerId, Place, Role, Severity, SquareMetres};

    use super::*;

    fn place(id: &str) -> Place {
        Place { path: "p".into(), layer: "l".into(), fid: Some(1), id: Some(id.to_owned()) }
    }

    fn finding(area: f64, zones: &[(&str, f64)]) -> Finding {
        let zones = zones.iter().zip(0..).map(|((id, area), row)| ZoneShare {
            place: place(id),
            layer: LayerId::default(),
            row,
            name: None,
            area: SquareMetres(*area),
        });
        Finding {
            rule: Arc::from("r"),
            code: Arc::from("XX-01"),
            severity: Severity::Error,
            preview: false,
            role: Role::PLAN,
            subject: place("P1"),
            layer: LayerId::default(),
            row: Some(0),
            name: Some("厂区".to_owned()),
            zone_role: Some(Role::FARMLAND),
            zones: zones.collect(),
            measure: Measure::Overlap {
                area: SquareMetres(area),
                planar: None,
                share: 0.123_456,
                tolerance: SquareMetres(0.5),
            },
            exemption: None,
            key: None,
            point: None,
        }
    }

    fn both(template: &str, finding: &Finding) -> [String; 2] {
        [Lang::Zh, Lang::En].map(|lang| fill(template, finding, lang))
    }

    #[test]
    fn areas_change_their_unit_at_a_hectare() {
        let area = |area| both("{overlap}", &finding(area, &[]));
        assert_eq!(area(9_999.994), ["9999.99 m²", "9999.99 m²"]);
        assert_eq!(area(10_000.0), ["1.0000 公顷", "1.0000 ha"]);
        assert_eq!(area(123_456.0), ["12.3456 公顷", "12.3456 ha"]);
        // Two decimals would print the limit itself.
        assert_eq!(area(0.500_04), ["0.50004 m²", "0.50004 m²"]);
        assert_eq!(area(0.7), ["0.70 m²", "0.70 m²"]);
    }

    #[test]
    fn zones_are_named_by_what_they_take() {
        let four = finding(9.0, &[("a", 1.0), ("b", 3.0), ("c", 3.0), ("d", 2.0)]);
        assert_eq!(both("{zone}", &four), ["b等 4 处", "b and 3 more"]);
        assert_eq!(both("{zones}", &four), ["b、c、d等 4 处", "b, c, d and 1 more"]);
        assert_eq!(both("{zone}", &finding(9.0, &[("a", 9.0)])), ["a", "a"]);
        assert_eq!(both("{zone}", &finding(9.0, &[])), ["永久基本农田", "permanent basic farmland"]);
    }

    #[test]
    fn subjects_are_named_by_name_and_identifier() {
        let mut finding = finding(9.0, &[]);
        assert_eq!(
            fill("{subject}|{name}|{role}|{share}", &finding, Lang::En),
            "厂区 (P1)|厂区|plan|12.35 %"
        );
        finding.name = Some("P1".to_owned());
        assert_eq!(fill("{subject}", &finding, Lang::En), "P1");
        finding.name = None;
        assert_eq!(fill("{subject}|{name}", &finding, Lang::En), "P1|P1");
        finding.exemption = Some(Exemption {
            condition: "a = '1'".to_owned(),
            evidence: vec![("a".to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())],
        });
        assert_eq!(fill("{condition}: {evidence}", &finding, Lang::Zh), "a = '1': a = 1、b = 2");
    }
}
