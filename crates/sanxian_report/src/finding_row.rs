//! A finding as one row of flat columns: the same names and values in CSV, GeoJSON and GeoPackage, whatever the language of the reader.
//! Names are those of the JSON report, with a `_` where that has a level more. Title, message, help and evidence are words for a person.

use sanxian_model::{Finding, Lang, Measure, Role, SquareMetres};
use serde::Serialize;

use crate::message;
use crate::report::Report;
use crate::words;

/// A finding as one row. `severity` is `not-run` or `verdict` in rows that are none.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct FindingRow {
    pub(crate) severity: &'static str,
    pub(crate) code: String,
    pub(crate) rule: String,
    pub(crate) preview: Option<bool>,
    pub(crate) title: Option<String>,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) subject_role: Option<String>,
    pub(crate) subject_path: Option<String>,
    pub(crate) subject_layer: Option<String>,
    pub(crate) subject_fid: Option<i64>,
    pub(crate) subject_id: Option<String>,
    pub(crate) subject_name: Option<String>,
    pub(crate) zone_role: Option<String>,
    /// The zone features, each by name and identifier, with `; ` between them.
    pub(crate) zone: Option<String>,
    pub(crate) area_m2: Option<f64>,
    pub(crate) area_ha: Option<f64>,
    pub(crate) area_mu: Option<f64>,
    pub(crate) planar_m2: Option<f64>,
    pub(crate) share: Option<f64>,
    pub(crate) tolerance_m2: Option<f64>,
    pub(crate) evidence: Option<String>,
    pub(crate) point_x: Option<f64>,
    pub(crate) point_y: Option<f64>,
    /// The document that carries the demand.
    pub(crate) document: Option<String>,
    pub(crate) article: Option<String>,
    pub(crate) grade: Option<&'static str>,
    pub(crate) fingerprint: Option<String>,
}

/// The columns in their order, with their headings for a person in Chinese and English.
pub(crate) const COLUMNS: [(&str, &str, &str); 28] = [
    ("severity", "等级", "severity"),
    ("code", "规则编号", "code"),
    ("rule", "规则", "rule"),
    ("preview", "依据待核", "preview"),
    ("title", "规则名称", "title"),
    ("message", "说明", "message"),
    ("help", "处理建议", "help"),
    ("subject_role", "用途", "role"),
    ("subject_path", "文件", "file"),
    ("subject_layer", "图层", "layer"),
    ("subject_fid", "要素号", "feature"),
    ("subject_id", "标识码", "identifier"),
    ("subject_name", "名称", "name"),
    ("zone_role", "涉及控制线", "zone role"),
    ("zone", "涉及要素", "zone"),
    ("area_m2", "面积（平方米）", "area m²"),
    ("area_ha", "面积（公顷）", "area ha"),
    ("area_mu", "面积（亩）", "area mu"),
    ("planar_m2", "平面面积（平方米）", "planar m²"),
    ("share", "占比", "share"),
    ("tolerance_m2", "容许（平方米）", "tolerance m²"),
    ("evidence", "例外依据", "evidence"),
    ("point_x", "横坐标", "x"),
    ("point_y", "纵坐标", "y"),
    ("document", "依据文件", "document"),
    ("article", "条款", "article"),
    ("grade", "核对程度", "grade"),
    ("fingerprint", "指纹", "fingerprint"),
];

/// The heading of a column for a person.
pub(crate) fn heading(column: &str, lang: Lang) -> &'static str {
    let of = COLUMNS.iter().find(|(name, ..)| *name == column);
    of.map_or("", |(_, zh, en)| words::pick(lang, zh, en))
}

impl FindingRow {
    pub(crate) fn of(report: &Report<'_>, finding: &Finding, lang: Lang) -> Self {
        let Finding { subject, .. } = finding;
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        let source = report.rule(&finding.rule).and_then(|rule| rule.sources.first());
        let area = finding.area();
        let number = |of: fn(SquareMetres) -> f64| area.map(|area| of(area) + 0.0);
        let (planar, tolerance) = match finding.measure {
            Measure::Overlap { planar, tolerance, .. } => (planar, Some(tolerance)),
            Measure::Outside { tolerance, .. } | Measure::Changed { tolerance, .. } => {
                (None, Some(tolerance))
            }
            _ => (None, None),
        };
        Self {
            severity: finding.severity.name(),
            code: finding.code.to_string(),
            rule: finding.rule.to_string(),
            preview: Some(finding.preview),
            title: said(message::title_in(report, finding, lang).to_owned()),
            message: message::sentence_in(report, finding, lang),
            help: said(message::help_in(report, finding, lang)),
            subject_role: Some(finding.role.to_string()),
            subject_path: Some(subject.path.to_string()),
            subject_layer: Some(subject.layer.to_string()),
            subject_fid: subject.fid,
            subject_id: subject.id.clone(),
            subject_name: finding.name.clone(),
            zone_role: finding.zone_role.as_ref().map(Role::to_string),
            zone: said(words::zones(finding).join("; ")),
            area_m2: number(SquareMetres::get),
            area_ha: number(SquareMetres::hectares),
            area_mu: number(SquareMetres::mu),
            planar_m2: planar.map(|area| area.get() + 0.0),
            share: message::measured_share(&finding.measure),
            tolerance_m2: tolerance.map(SquareMetres::get),
            evidence: message::exemption_in(report, finding, lang),
            point_x: finding.point.map(|[x, _]| x),
            point_y: finding.point.map(|[_, y]| y),
            document: source.map(|of| of.document.clone()),
            article: source.map(|of| of.article.clone()),
            grade: source.map(|of| of.grade.name()),
            fingerprint: Some(finding.fingerprint()),
        }
    }
}
