//! Findings as layers of a map: the pieces of overlap, and the patches they lie on, each with a style.
//!
//! The layers are plain columns. Whoever writes them (the facade, through `sanxian_io`) chooses the file.

use std::collections::BTreeMap;

use sanxian_model::{Lang, Layer, LayerId, LedgerRow, PolygonColumnBuilder, Severity, SquareMetres};

use crate::columns::Columns;
use crate::finding_row::{FindingRow, heading};
use crate::line_layers::line_layers;
use crate::map_layer::MapLayer;
use crate::map_style::{by_severity, outline};
use crate::report::Report;
use crate::summary::Summary;
use crate::verdict_line::verdict_line;
use crate::words::pick;

/// Red, green and blue of the outlines of patches.
const PATCH_COLOUR: [u8; 3] = [170, 170, 170];

/// The layers of a report: `findings`, one row for each finding with its piece of overlap, and `patches`,
/// one row for each feature that a finding is about, with its shares in the ledger; the lines; `ledger`, one row for each patch that lies on a line,
/// when there is a plan; and `verdict`.
#[must_use]
pub fn map_layers(report: &Report<'_>, lang: Lang) -> Vec<MapLayer> {
    let mut layers = vec![findings(report, lang), patches(report, lang)];
    layers.extend(line_layers(report.layers, lang));
    layers.extend(ledger(report, lang));
    layers.push(verdict(report, lang));
    layers
}

/// The verdict and the rules that could not be judged, one row each, without shapes: whoever opens the file sees
/// what it does not hold.
fn verdict(report: &Report<'_>, lang: Lang) -> MapLayer {
    let say = |zh, en| pick(lang, zh, en);
    let name = Summary::of(report).verdict().name();
    let mut rows = vec![("verdict", name.to_owned(), verdict_line(report, lang))];
    rows.extend(
        report.not_run.iter().map(|rule| ("not-run", rule.code.to_string(), rule.reason.sentence(lang))),
    );
    let mut columns = Columns::default();
    columns.text("severity", say("等级", "severity"), rows.iter().map(|row| Some(row.0.to_owned())));
    columns.text("code", say("规则编号", "code"), rows.iter().map(|row| Some(row.1.clone())));
    columns.text("message", say("说明", "message"), rows.iter().map(|row| Some(row.2.clone())));
    let (attributes, aliases) = columns.batch();
    let mut shapes = PolygonColumnBuilder::new();
    for _ in &rows {
        shapes.end_feature();
    }
    MapLayer {
        name: "verdict".to_owned(),
        description: say("检查结论和未运行的规则", "The verdict, and the rules that did not run").to_owned(),
        shapes: shapes.finish(),
        attributes,
        style: by_severity(lang, &aliases, 150, ""),
    }
}

fn findings(report: &Report<'_>, lang: Lang) -> MapLayer {
    let rows: Vec<FindingRow> =
        report.findings.iter().map(|finding| FindingRow::of(report, finding, lang)).collect();
    let say = |zh, en| pick(lang, zh, en);
    let mut columns = Columns::default();
    let mut text = |name: &str, cell: fn(&FindingRow) -> Option<String>| {
        columns.text(name, heading(name, lang), rows.iter().map(cell));
    };
    text("severity", |row| Some(row.severity.to_owned()));
    text("code", |row| Some(row.code.clone()));
    text("rule", |row| Some(row.rule.clone()));
    text("title", |row| row.title.clone());
    columns.flag("preview", heading("preview", lang), rows.iter().map(|row| row.preview == Some(true)));
    let mut text = |name: &str, cell: fn(&FindingRow) -> Option<String>| {
        columns.text(name, heading(name, lang), rows.iter().map(cell));
    };
    text("message", |row| Some(row.message.clone()));
    text("help", |row| row.help.clone());
    text("subject_role", |row| row.subject_role.clone());
    text("subject_path", |row| row.subject_path.clone());
    text("subject_layer", |row| row.subject_layer.clone());
    columns.whole("subject_fid", heading("subject_fid", lang), rows.iter().map(|row| row.subject_fid));
    let mut text = |name: &str, cell: fn(&FindingRow) -> Option<String>| {
        columns.text(name, heading(name, lang), rows.iter().map(cell));
    };
    text("subject_id", |row| row.subject_id.clone());
    text("subject_name", |row| row.subject_name.clone());
    text("zone_role", |row| row.zone_role.clone());
    text("zone", |row| row.zone.clone());
    let mut number = |name: &str, cell: fn(&FindingRow) -> Option<f64>| {
        columns.number(name, heading(name, lang), rows.iter().map(cell));
    };
    number("area_m2", |row| row.area_m2);
    number("area_ha", |row| row.area_ha);
    number("area_mu", |row| row.area_mu);
    number("planar_m2", |row| row.planar_m2);
    number("share", |row| row.share);
    number("tolerance_m2", |row| row.tolerance_m2);
    number("point_x", |row| row.point_x);
    number("point_y", |row| row.point_y);
    let mut text = |name: &str, cell: fn(&FindingRow) -> Option<String>| {
        columns.text(name, heading(name, lang), rows.iter().map(cell));
    };
    text("evidence", |row| row.evidence.clone());
    text("document", |row| row.document.clone());
    text("article", |row| row.article.clone());
    text("grade", |row| row.grade.map(str::to_owned));
    text("fingerprint", |row| row.fingerprint.clone());

    let mut shapes = PolygonColumnBuilder::new();
    for index in 0..report.findings.len() {
        match (report.pieces, report.piece_of(index)) {
            (Some(pieces), Some(row)) => shapes.push_view(pieces.column.feature(row)),
            _ => shapes.end_feature(),
        }
    }
    let (attributes, aliases) = columns.batch();
    MapLayer {
        name: "findings".to_owned(),
        description: say(
            "检查发现的问题，图形为重叠部分",
            "Findings of the check; the shape is the piece of overlap",
        )
        .to_owned(),
        shapes: shapes.finish(),
        attributes,
        style: by_severity(lang, &aliases, 150, "code"),
    }
}

/// What the findings say about one feature.
struct Patch<'a> {
    id: LayerId,
    layer: &'a Layer,
    row: u32,
    name: Option<&'a str>,
    worst: Severity,
    count: usize,
    codes: Vec<&'a str>,
}

fn patches(report: &Report<'_>, lang: Lang) -> MapLayer {
    let patches = concerned(report);
    let all = || patches.iter();
    let say = |zh, en| pick(lang, zh, en);
    let mut columns = Columns::default();
    columns.text("severity", say("等级", "severity"), all().map(|p| Some(p.worst.name().to_owned())));
    columns.whole("findings", say("问题数", "findings"), all().map(|p| i64::try_from(p.count).ok()));
    columns.text(
        "codes",
        say("规则编号", "codes"),
        all().map(|p| Some(p.codes.join(pick(lang, "、", ", ")))),
    );
    columns.text("layer", say("图层", "layer"), all().map(|p| Some(p.layer.source.layer.to_string())));
    columns.whole("subject_fid", say("要素号", "feature"), all().map(|p| Some(p.layer.fids[p.row as usize])));
    columns.text(
        "subject_id",
        say("标识码", "identifier"),
        all().map(|p| p.layer.text("id", p.row as usize)),
    );
    columns.text("subject_name", say("名称", "name"), all().map(|p| p.name.map(str::to_owned)));

    // Ledger rows stand in the order of the plan's patches, one for each.
    let row_of = |p: &Patch<'_>| -> Option<&LedgerRow> {
        let plan = report.plan.filter(|plan| *plan.role() == p.layer.role)?;
        let number = plan.number(p.id, p.row as usize);
        report.ledger.rows.get(number).filter(|row| row.subject as usize == number)
    };
    let rows: Vec<Option<&LedgerRow>> = all().map(row_of).collect();
    ledger_columns(&mut columns, report, &rows, lang);

    let (attributes, aliases) = columns.batch();
    let mut shapes = PolygonColumnBuilder::new();
    for patch in &patches {
        shapes.push_view(patch.layer.polygons.feature(patch.row as usize));
    }
    MapLayer {
        name: "patches".to_owned(),
        description: say("有问题的图斑及其面积台账", "Features with findings, and their ledger").to_owned(),
        shapes: shapes.finish(),
        attributes,
        style: by_severity(lang, &aliases, 40, ""),
    }
}

/// The patches that lie on a line, with where their area went; none where there is no plan.
fn ledger(report: &Report<'_>, lang: Lang) -> Option<MapLayer> {
    let plan = report.plan?;
    let rows: Vec<&LedgerRow> = report.ledger.rows.iter().filter(|row| !row.lines.is_empty()).collect();
    let places: Vec<(LayerId, &Layer, usize)> =
        rows.iter().map(|row| plan.at(row.subject as usize)).collect();
    let all = || places.iter();
    let say = |zh, en| pick(lang, zh, en);
    let mut columns = Columns::default();
    columns.text(
        "layer",
        say("图层", "layer"),
        all().map(|(_, layer, _)| Some(layer.source.layer.to_string())),
    );
    columns.whole(
        "subject_fid",
        say("要素号", "feature"),
        all().map(|(_, layer, row)| Some(layer.fids[*row])),
    );
    columns.text(
        "subject_id",
        say("标识码", "identifier"),
        all().map(|(_, layer, row)| layer.text("id", *row)),
    );
    columns.text("subject_name", say("名称", "name"), all().map(|(_, layer, row)| layer.text("name", *row)));
    columns.text(
        "land_class",
        say("地类", "class"),
        all().map(|(_, layer, row)| layer.text("land_class", *row)),
    );
    ledger_columns(&mut columns, report, &rows.iter().copied().map(Some).collect::<Vec<_>>(), lang);
    let (attributes, aliases) = columns.batch();
    let mut shapes = PolygonColumnBuilder::new();
    for (_, layer, row) in &places {
        shapes.push_view(layer.polygons.feature(*row));
    }
    let title = say("面积台账", "ledger");
    Some(MapLayer {
        name: "ledger".to_owned(),
        description: say("位于控制线上的图斑及其面积去向", "Patches on lines, and where their area went")
            .to_owned(),
        shapes: shapes.finish(),
        attributes,
        style: outline(title, PATCH_COLOUR, "", &aliases),
    })
}

/// Area, and what of it lies on each line: all that does, and each spot once.
fn ledger_columns(columns: &mut Columns, report: &Report<'_>, rows: &[Option<&LedgerRow>], lang: Lang) {
    let say = |zh, en| pick(lang, zh, en);
    let of_rows = |value: &dyn Fn(&LedgerRow) -> SquareMetres| -> Vec<Option<f64>> {
        rows.iter().map(|row| row.map(|row| value(row).get() + 0.0)).collect()
    };
    columns.number("area_m2", say("面积（平方米）", "area m²"), of_rows(&|row| row.area).into_iter());
    for (index, role) in report.ledger.roles.iter().enumerate() {
        let name = role.name().replace('-', "_");
        let title = role.title().in_lang(lang).to_owned();
        let on = |row: &LedgerRow| row.lines.iter().find(|line| usize::from(line.role) == index).copied();
        let gross = of_rows(&|row| on(row).map_or(SquareMetres::ZERO, |line| line.gross));
        let net = of_rows(&|row| on(row).map_or(SquareMetres::ZERO, |line| line.net));
        let alias = format!("{title}{}", say("占用（平方米）", ": gross m²"));
        columns.number(&format!("{name}_gross_m2"), &alias, gross.into_iter());
        let alias = format!("{title}{}", say("净占用（平方米）", ": net m²"));
        columns.number(&format!("{name}_net_m2"), &alias, net.into_iter());
    }
    columns.number(
        "free_m2",
        say("不涉及控制线（平方米）", "on no line m²"),
        of_rows(&|row| row.free).into_iter(),
    );
}

/// The features that findings are about, by layer in the order of the run, then by row.
fn concerned<'a>(report: &'a Report<'_>) -> Vec<Patch<'a>> {
    let mut found: BTreeMap<(LayerId, u32), Patch<'a>> = BTreeMap::new();
    for finding in report.findings {
        let Some(row) = finding.row else { continue };
        let Some(layer) = report.layer(finding.layer) else { continue };
        let patch = found.entry((finding.layer, row)).or_insert_with(|| Patch {
            id: finding.layer,
            layer,
            row,
            name: finding.name.as_deref(),
            worst: finding.severity,
            count: 0,
            codes: Vec::new(),
        });
        patch.worst = patch.worst.max(finding.severity);
        patch.count += 1;
        if !patch.codes.contains(&&*finding.code) {
            patch.codes.push(&finding.code);
        }
    }
    found.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use arrow_array::{Array, cast::AsArray};

    #[test]
    fn each_finding_is_a_row_and_each_patch_is_one_row() {
        let sample = Sample::county();
        let layers = map_layers(&sample.report(), Lang::Zh);
        assert_eq!(layers[0].attributes.num_rows(), sample.findings.len());
        let parts: Vec<usize> = layers[0].shapes.iter().map(|shape| shape.polygons().len()).collect();
        assert_eq!(parts, [1, 0, 1, 0, 0, 0]);
        // Row 1 has a BF-01 error and a BF-02 note, row 0 one error, row 2 two warnings.
        let patches = &layers[1].attributes;
        let severity = patches.column_by_name("severity").expect("a column").as_string::<i32>();
        assert_eq!(severity.iter().flatten().collect::<Vec<_>>(), ["error", "error", "warning"]);
        let codes = patches.column_by_name("codes").expect("a column").as_string::<i32>();
        assert_eq!(codes.value(1), "BF-01、BF-02");
        assert_eq!(layers[1].shapes.len(), 3);
    }

    #[test]
    fn the_ledger_stands_beside_the_patch() {
        let sample = Sample::county();
        let layers = map_layers(&sample.report(), Lang::En);
        let number = |name: &str, row: usize| {
            let column = layers[1].attributes.column_by_name(name).expect("a column");
            column.as_primitive::<arrow_array::types::Float64Type>().value(row)
        };
        let sum = number("redline_net_m2", 0) + number("farmland_net_m2", 0) + number("free_m2", 0);
        assert!((sum - number("area_m2", 0)).abs() < 1e-9);
        assert!((number("farmland_gross_m2", 0) - 600.0).abs() < 1e-9);
    }

    #[test]
    fn a_clean_run_has_layers_without_rows() {
        let layers = map_layers(&Sample::clean().report(), Lang::En);
        let verdict = layers
            .last()
            .expect("the verdict")
            .attributes
            .column_by_name("code")
            .expect("a column")
            .as_string::<i32>();
        assert_eq!(verdict.iter().flatten().collect::<Vec<_>>(), ["conforms"]);
        for layer in &layers[..2] {
            assert_eq!(layer.attributes.num_rows(), 0);
            assert!(layer.attributes.column(0).is_empty());
        }
    }
}
