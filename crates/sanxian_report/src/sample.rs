//! The one list of findings on which every renderer is tested: plain, note with an exemption, several zones,
//! no geometry, a ratio, a value, Chinese names, bad input, and a run without findings.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use arrow_array::{RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use sanxian_model::finding::{Exemption, ZoneShare};
use sanxian_model::place::Place;
use sanxian_model::{
    Bound, Crs, CrsKind, Day, Ellipsoid, Fault, FaultKind, Finding, Layer, LayerId, LayerSource, Ledger,
    LedgerLine, LedgerRow, Measure, PolygonColumn, PolygonColumnBuilder, Projection, Quantity, Role,
    RoleLayers, Severity, Sliver, SquareMetres, Text, TransverseMercator, Treatment,
};

use sanxian_rules::{NotRun, Reason, Rule};

use crate::baseline::{
    Accepted, Amount, Baseline, BaselineEffect, BaselineEntry, Spot, Standing, Unused, WhyStanding,
};
use crate::report::{Input, Pieces, Report, ZoneTotal};

/// What a [`Report`] borrows from.
pub(crate) struct Sample {
    pub(crate) crs: Crs,
    pub(crate) plan: Layer,
    pub(crate) ledger: Ledger,
    pub(crate) findings: Vec<Finding>,
    pub(crate) slivers: Vec<Sliver>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) pieces: PolygonColumn,
    pub(crate) piece_of: Vec<Option<u32>>,
    pub(crate) not_run: Vec<NotRun>,
    pub(crate) left_out: Vec<Arc<str>>,
    pub(crate) replaced: Vec<Arc<str>>,
    pub(crate) tolerance: SquareMetres,
    pub(crate) concerned: BTreeMap<Role, usize>,
    pub(crate) baseline: Option<BaselineEffect>,
    quantities: Vec<Quantity>,
    rules_run: Vec<Arc<str>>,
    rules: &'static [Rule],
}

impl Sample {
    /// A county plan with a finding of each kind.
    pub(crate) fn county() -> Self {
        let crs = gauss_kruger();
        Self {
            plan: plan(&crs),
            ledger: ledger(),
            findings: findings(),
            slivers: Vec::new(),
            faults: faults(),
            pieces: squares(&[437_000.0, 437_500.0]),
            piece_of: vec![Some(0), None, Some(1), None, None, None],
            not_run: vec![NotRun {
                code: "IN-01".into(),
                rule: "industry-outside-park".into(),
                role: None,
                reason: Reason::NoZone(Role::PARK),
            }],
            left_out: Vec::new(),
            replaced: Vec::new(),
            tolerance: SquareMetres(0.5),
            baseline: None,
            concerned: BTreeMap::from([(Role::PLAN, 3), (Role::URBAN_BOUNDARY, 1)]),
            quantities: quantities(),
            rules_run: rules().iter().map(|rule| Arc::clone(&rule.code)).collect(),
            rules: rules(),
            crs,
        }
    }

    /// The same county without a finding or a fault.
    pub(crate) fn clean() -> Self {
        Self {
            findings: vec![],
            faults: vec![],
            piece_of: vec![],
            not_run: vec![],
            quantities: vec![],
            ..Self::county()
        }
    }

    /// The county with a baseline: of two findings one is accepted and one has grown, a ratio is expired, and one entry is of no finding.
    pub(crate) fn accepted() -> Self {
        let mut sample = Self::county();
        let day = Day::parse("2026-01-01");
        let entry = |finding: &Finding, fingerprint: String| BaselineEntry {
            fingerprint,
            code: finding.code.to_string(),
            subject: finding.subject.label(),
            amount: Amount::of(&[finding]).expect("one finding"),
            spot: None,
            reason: Some("现状保留".to_owned()),
            approval: Some("〔2025〕7号".to_owned()),
            expires: None,
            by: None,
        };
        let mut entries: Vec<BaselineEntry> =
            sample.findings.iter().map(|finding| entry(finding, finding.fingerprint())).collect();
        let spot = Spot { crs: "EPSG:4547".to_owned(), extent: [1.0, 2.0, 3.0, 4.0], point: [2.0, 3.0] };
        let fingerprint = "redline-occupied/plan/@2.00,3.00/redline".to_owned();
        entries.push(BaselineEntry { spot: Some(spot), ..entry(&sample.findings[0], fingerprint) });
        entries[1].amount.area = Some(SquareMetres(0.25));
        let grown = WhyStanding::Grown {
            accepted: Box::new(entries[1].amount.clone()),
            now: Box::new(Amount::of(&[&sample.findings[1]]).expect("one finding")),
        };
        let unused = vec![Unused { entry: entries.len() - 1, judged: true }];
        let standing = [(1, grown), (2, WhyStanding::Expired(day.expect("a day")))];
        let standing =
            standing.map(|(entry, why)| (entries[entry].fingerprint.clone(), Standing { entry, why }));
        let baseline = Arc::new(Baseline { profile: "national-2026".to_owned(), entries });
        let accepted = vec![Accepted { finding: sample.findings.remove(0), entry: 0 }];
        sample.piece_of.remove(0);
        sample.baseline = Some(BaselineEffect { baseline, accepted, standing: standing.into(), unused });
        sample
    }

    /// The report on it.
    pub(crate) fn report(&self) -> Report<'_> {
        let skipped = self.faults.iter().filter(|f| f.treatment == Treatment::Skipped).count();
        let mut plan = Input::of(&self.plan);
        plan.features += skipped;
        plan.skipped = skipped;
        let redline = Input {
            role: Role::REDLINE,
            path: "三线/生态保护红线.shp".to_owned(),
            layer: "生态保护红线".to_owned(),
            driver: "ESRI Shapefile".to_owned(),
            crs: Crs {
                name: "EPSG:4490 CGCS2000".to_owned(),
                epsg: Some(4490),
                kind: CrsKind::Geographic { degrees: 1.0 },
                projection: Projection::None,
                ..self.crs.clone()
            },
            pipeline: Some("+proj=tmerc +lon_0=114".to_owned()),
            encoding: "GBK (detected)".to_owned(),
            features: 12,
            used: 12,
            tidied: 0,
            repaired: 1,
            skipped: 0,
            filter: None,
        };
        Report {
            tool_version: "0.1.0",
            profile: "national-2026",
            tolerance: self.tolerance,
            crs: &self.crs,
            inputs: vec![plan, redline],
            zones: vec![ZoneTotal {
                role: Role::REDLINE,
                layer: "生态保护红线".to_owned(),
                pairs: 3,
                patches: 2,
                overlap: SquareMetres(1_200.5),
                planar: Some(SquareMetres(1_200.25)),
            }],
            faults: &self.faults,
            plan: RoleLayers::of(std::slice::from_ref(&self.plan), &self.plan.role),
            layers: std::slice::from_ref(&self.plan),
            ledger: &self.ledger,
            findings: &self.findings,
            slivers: &self.slivers,
            units: &[],
            quantities: &self.quantities,
            rules_run: &self.rules_run,
            not_run: &self.not_run,
            left_out: &self.left_out,
            replaced: &self.replaced,
            usual_tolerance: SquareMetres(0.5),
            concerned: &self.concerned,
            rules: self.rules,
            pieces: Some(Pieces { column: &self.pieces, of_finding: &self.piece_of }),
            lines: None,
            baseline: self.baseline.as_ref(),
        }
    }
}

fn gauss_kruger() -> Crs {
    Crs {
        name: "EPSG:4547 CGCS2000 / 3-degree Gauss-Kruger CM 114E".to_owned(),
        epsg: Some(4547),
        wkt: String::new(),
        kind: CrsKind::Projected { metres: 1.0 },
        ellipsoid: Ellipsoid::CGCS2000,
        projection: Projection::TransverseMercator(TransverseMercator::gauss_kruger(114.0)),
    }
}

/// Squares of 100 m at the given eastings.
fn squares(eastings: &[f64]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for &x in eastings {
        let (y, side) = (3_880_000.0, 100.0);
        let ring = vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
        builder.push_feature([vec![ring]]);
    }
    builder.finish()
}

fn plan(crs: &Crs) -> Layer {
    let ids = ["410881000000000001", "410881000000000002", "410881000000000003"];
    let names = ["沁河新区停车场", "G327 国道改线", "五龙口镇小学"];
    let schema =
        Schema::new(vec![Field::new("BSM", DataType::Utf8, true), Field::new("DKMC", DataType::Utf8, true)]);
    let attributes = RecordBatch::try_new(
        Arc::new(schema),
        vec![Arc::new(StringArray::from(ids.to_vec())), Arc::new(StringArray::from(names.to_vec()))],
    )
    .expect("columns of one length");
    Layer {
        role: Role::PLAN,
        source: LayerSource {
            filter: None,
            path: "规划/济源.gpkg".into(),
            layer: "GHYDYH".into(),
            driver: "GPKG".to_owned(),
            encoding: "UTF-8".to_owned(),
            crs: crs.clone(),
            tidied: 0,
            step: None,
            pipeline: None,
            features: 3,
        },
        crs: crs.clone(),
        polygons: squares(&[437_000.0, 437_500.0, 438_000.0]),
        fids: vec![1, 2, 3],
        attributes,
        fields: BTreeMap::from([("id".to_owned(), "BSM".to_owned()), ("name".to_owned(), "DKMC".to_owned())]),
        derived: RecordBatch::new_empty(Arc::new(Schema::empty())),
        repaired: vec![(1, SquareMetres(-0.25))],
    }
}

fn ledger() -> Ledger {
    let line = |role, gross, net, sliver| LedgerLine {
        role,
        gross: SquareMetres(gross),
        net: SquareMetres(net),
        sliver,
    };
    let row = |subject, repaired, lines: Vec<LedgerLine>| {
        let area = SquareMetres(10_000.0);
        let net = lines.iter().fold(SquareMetres::ZERO, |sum, l| sum + l.net);
        LedgerRow { subject, area, repaired: SquareMetres(repaired), lines, free: area - net }
    };
    Ledger {
        roles: vec![Role::REDLINE, Role::FARMLAND],
        rows: vec![
            row(0, 0.0, vec![line(0, 1_200.125, 1_200.125, false), line(1, 600.0, 350.5, false)]),
            row(1, -0.25, vec![line(0, 0.375, 0.375, true), line(1, 0.500_04, 0.500_04, false)]),
            row(2, 0.0, vec![]),
        ],
        tolerance: SquareMetres(0.5),
    }
}

fn place(row: u32) -> Place {
    let id = format!("41088100000000000{}", row + 1);
    Place {
        path: "规划/济源.gpkg".into(),
        layer: "GHYDYH".into(),
        fid: Some(i64::from(row) + 1),
        id: Some(id),
    }
}

fn zone(row: u32, name: Option<&str>, area: f64) -> ZoneShare {
    ZoneShare {
        place: Place {
            path: "三线/生态保护红线.shp".into(),
            layer: "生态保护红线".into(),
            fid: Some(i64::from(row)),
            id: None,
        },
        layer: LayerId::new(1),
        row,
        name: name.map(str::to_owned),
        area: SquareMetres(area),
    }
}

fn findings() -> Vec<Finding> {
    let overlap = |area: f64, planar: Option<f64>| Measure::Overlap {
        area: SquareMetres(area),
        planar: planar.map(SquareMetres),
        share: area / 10_000.0,
        tolerance: SquareMetres(0.5),
    };
    let several = Finding {
        rule: "redline-core-zone-occupied".into(),
        code: "ER-01".into(),
        severity: Severity::Error,
        preview: false,
        role: Role::PLAN,
        subject: place(0),
        layer: LayerId::default(),
        row: Some(0),
        name: Some("沁河新区停车场".to_owned()),
        zone_role: Some(Role::REDLINE),
        zones: vec![
            zone(3, Some("太行山猕猴国家级自然保护区核心保护区"), 800.125),
            zone(4, None, 300.0),
            zone(7, Some("沁河水源涵养区"), 100.0),
            zone(9, Some("王屋山"), 0.0),
        ],
        measure: overlap(1_200.125, Some(1_199.75)),
        exemption: None,
        key: None,
        point: Some([437_050.0, 3_880_050.0]),
    };
    let plain = Finding {
        rule: "permanent-farmland-occupied".into(),
        code: "BF-01".into(),
        subject: place(1),
        row: Some(1),
        name: Some("G327 国道改线".to_owned()),
        zone_role: Some(Role::FARMLAND),
        zones: vec![zone(1, None, 0.500_04)],
        measure: overlap(0.500_04, None),
        point: None,
        ..several.clone()
    };
    let note = Finding {
        rule: "permanent-farmland-key-project".into(),
        code: "BF-02".into(),
        severity: Severity::Note,
        preview: true,
        exemption: Some(Exemption {
            condition: "project_class IN ('energy', 'transport')".to_owned(),
            evidence: vec![("approval_no".to_owned(), "国函〔2026〕12号".to_owned())],
        }),
        ..plain.clone()
    };
    let outside = Finding {
        rule: "construction-outside-urban-boundary".into(),
        code: "UB-01".into(),
        severity: Severity::Warning,
        preview: false,
        subject: place(2),
        row: Some(2),
        name: None,
        zone_role: Some(Role::URBAN_BOUNDARY),
        zones: vec![],
        measure: Measure::Outside { area: SquareMetres(10_000.0), share: 1.0, tolerance: SquareMetres(0.5) },
        exemption: None,
        key: None,
        ..plain.clone()
    };
    let value = Finding {
        rule: "unknown-zoning".into(),
        code: "UB-06".into(),
        measure: Measure::Value {
            field: "zoning_code".to_owned(),
            found: String::new(),
            accepted: vec!["410".to_owned(), "420".to_owned(), "430".to_owned()],
        },
        zone_role: None,
        ..outside.clone()
    };
    let ratio = Finding {
        rule: "elastic-zone-cap".into(),
        code: "UB-08".into(),
        role: Role::URBAN_BOUNDARY,
        subject: Place {
            path: "三线/城镇开发边界.shp".into(), layer: "CZKFBJ".into(), fid: None, id: None
        },
        layer: LayerId::new(2),
        row: None,
        measure: Measure::Ratio {
            value: 0.1525,
            limit: 0.15,
            numerator: SquareMetres(152_500.0),
            denominator: SquareMetres(1_000_000.0),
        },
        zone_role: None,
        ..outside.clone()
    };
    vec![plain, note, several, outside, value, ratio]
}

/// A cap that is missed by a finding, and a floor that holds.
fn quantities() -> Vec<Quantity> {
    let quantity = |code: &str, rule: &str, role: Role, measure: Measure, holds| Quantity {
        rule: rule.into(),
        code: code.into(),
        role,
        measure,
        holds,
    };
    let ratio = findings().pop().expect("the last is a ratio").measure;
    let floor = Measure::Total {
        area: SquareMetres(1_523_456.789),
        limit: SquareMetres(1_500_000.0),
        bound: Bound::Floor,
    };
    vec![
        quantity("QT-02", "permanent-farmland-below-quota", Role::FARMLAND, floor, true),
        quantity("UB-08", "elastic-zone-cap", Role::URBAN_BOUNDARY, ratio, false),
    ]
}

fn faults() -> Vec<Fault> {
    let fault = |row, kind, near, detail: Option<Text>, treatment| Fault {
        place: place(row),
        kind,
        near,
        detail,
        treatment,
    };
    vec![
        fault(
            1,
            FaultKind::Crossing,
            Some([437_512.345, 3_880_021.5]),
            None,
            Treatment::Repaired { added: SquareMetres::ZERO, taken: SquareMetres(0.25) },
        ),
        fault(
            2,
            FaultKind::UnknownCode,
            None,
            Some(Text::new("代码 `0799`，分类标准 land-sea-2023", "code `0799`, scheme land-sea-2023")),
            Treatment::Kept,
        ),
        fault(3, FaultKind::NotFinite, Some([f64::NAN, 0.0]), None, Treatment::Skipped),
    ]
}

/// Rules with the words of the findings, read once.
fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        include_str!("sample_rules.toml")
            .split("# ---\n")
            .map(|text| Rule::parse("sample_rules.toml", text).expect("a rule that can be read"))
            .collect()
    });
    &RULES
}
