//! Facts for tests: shapes with edges along the axes, measured by counting the cells of a grid through all
//! their corners. Nothing is shared with the geometry engine, so the two can be held against each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{Field, Schema};
use sanxian_model::{
    Crs, Layer, LayerSource, OverlapPair, OverlapTable, PolygonColumnBuilder, Position, Role, RoleLayers,
    SquareMetres,
};

use crate::attribute::Attribute;
use crate::error::RuleError;
use crate::example::ExampleFeature;
use crate::facts::Facts;

/// Layers and all overlaps between them.
pub(crate) struct Ground {
    /// Those of one role side by side.
    layers: Vec<Layer>,
    tables: BTreeMap<(Role, Role), OverlapTable>,
}

/// A box as WKT.
pub(crate) fn rect(x: f64, y: f64, width: f64, height: f64) -> String {
    let (e, n) = (x + width, y + height);
    format!("POLYGON(({x} {y}, {e} {y}, {e} {n}, {x} {n}, {x} {y}))")
}

/// A feature with text attributes.
pub(crate) fn feature(wkt: String, attributes: &[(&str, &str)]) -> ExampleFeature {
    let attributes =
        attributes.iter().map(|(name, text)| ((*name).to_owned(), Attribute::Text((*text).to_owned())));
    ExampleFeature { wkt, attributes: attributes.collect() }
}

/// A layer in plane metres.
pub(crate) fn layer(role: &Role, features: &[ExampleFeature]) -> Layer {
    let mut polygons = PolygonColumnBuilder::new();
    for feature in features {
        for ring in rings(&feature.wkt) {
            polygons.extend(&ring);
            polygons.end_ring();
        }
        polygons.end_polygon();
        polygons.end_feature();
    }
    let empty = || {
        let options = RecordBatchOptions::new().with_row_count(Some(features.len()));
        RecordBatch::try_new_with_options(Arc::new(Schema::empty()), vec![], &options).unwrap()
    };
    let columns = columns(features);
    let attributes = if columns.is_empty() {
        empty()
    } else {
        let fields: Vec<_> =
            columns.iter().map(|(name, array)| Field::new(name, array.data_type().clone(), true)).collect();
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).unwrap()
    };
    Layer {
        role: role.clone(),
        source: LayerSource {
            filter: None,
            path: Arc::from("test.gpkg"),
            layer: Arc::from(role.name()),
            driver: "test".to_owned(),
            encoding: "UTF-8".to_owned(),
            crs: Crs::plane(),
            tidied: 0,
            step: None,
            pipeline: None,
            features: features.len(),
        },
        crs: Crs::plane(),
        polygons: polygons.finish(),
        fids: (1..=features.len() as i64).collect(),
        attributes,
        fields: BTreeMap::new(),
        derived: empty(),
        repaired: Vec::new(),
    }
}

fn columns(features: &[ExampleFeature]) -> Vec<(String, ArrayRef)> {
    let names: std::collections::BTreeSet<&String> =
        features.iter().flat_map(|f| f.attributes.iter().map(|(name, _)| name)).collect();
    names
        .into_iter()
        .map(|name| {
            let values: Vec<Option<&Attribute>> = features.iter().map(|f| f.attribute(name)).collect();
            let array: ArrayRef = match values.iter().flatten().next() {
                Some(Attribute::Number(_)) => Arc::new(
                    values
                        .iter()
                        .map(|v| if let Some(Attribute::Number(n)) = v { Some(*n) } else { None })
                        .collect::<Float64Array>(),
                ),
                Some(Attribute::Flag(_)) => Arc::new(
                    values
                        .iter()
                        .map(|v| if let Some(Attribute::Flag(b)) = v { Some(*b) } else { None })
                        .collect::<BooleanArray>(),
                ),
                _ => Arc::new(
                    values
                        .iter()
                        .map(|v| if let Some(Attribute::Text(t)) = v { Some(t.as_str()) } else { None })
                        .collect::<StringArray>(),
                ),
            };
            (name.clone(), array)
        })
        .collect()
}

/// The rings of a WKT polygon or multi-polygon: every pair of innermost parentheses.
fn rings(wkt: &str) -> Vec<Vec<Position>> {
    wkt.split(')')
        .filter_map(|part| part.rsplit_once('(').map(|(_, ring)| ring))
        .filter(|ring| !ring.trim().is_empty())
        .map(|ring| {
            ring.split(',')
                .map(|position| {
                    let numbers: Vec<f64> =
                        position.split_whitespace().map(|number| number.parse().unwrap()).collect();
                    [numbers[0], numbers[1]]
                })
                .collect()
        })
        .collect()
}

impl Ground {
    pub(crate) fn new(layers: impl IntoIterator<Item = Layer>) -> Self {
        let mut layers: Vec<Layer> = layers.into_iter().collect();
        layers.sort_by(|a, b| a.role.cmp(&b.role));
        let mut tables = BTreeMap::new();
        for subject in RoleLayers::all(&layers) {
            for zone in RoleLayers::all(&layers) {
                let pairs = (0..subject.len()).flat_map(|row| pairs(subject, row, zone)).collect();
                let table = OverlapTable::from_ordered(pairs, subject.len());
                tables.insert((subject.role().clone(), zone.role().clone()), table);
            }
        }
        Self { layers, tables }
    }

    fn of(&self, role: &Role) -> RoleLayers<'_> {
        RoleLayers::of(&self.layers, role).expect("a layer of the role")
    }

    /// Takes a table away, as a careless caller would.
    pub(crate) fn forget(&mut self, subject: &Role, zone: &Role) {
        self.tables.remove(&(subject.clone(), zone.clone()));
    }
}

impl Facts for Ground {
    fn layers(&self, role: &Role) -> Option<RoleLayers<'_>> {
        RoleLayers::of(&self.layers, role)
    }

    fn area(&self, role: &Role, row: usize) -> SquareMetres {
        let shape = shape(self.of(role), row);
        SquareMetres(
            cells(&[&shape]).filter(|(centre, _)| inside(&shape, *centre)).map(|(_, area)| area).sum(),
        )
    }

    fn area_twice(&self, role: &Role) -> SquareMetres {
        let layer = self.of(role);
        let of_row =
            |row| pairs(layer, row, layer).into_iter().filter(move |pair| (pair.zone as usize) < row);
        (0..layer.len()).flat_map(of_row).map(|pair| pair.area).sum::<sanxian_model::AreaSum>().area()
    }

    fn overlaps(&self, subject: &Role, zone: &Role) -> Option<&OverlapTable> {
        self.tables.get(&(subject.clone(), zone.clone()))
    }

    fn union(&self, subject: &Role, row: usize, zone: &Role, zones: &[u32]) -> (SquareMetres, SquareMetres) {
        let pairs = self.tables[&(subject.clone(), zone.clone())].of_subject(row);
        let chosen: Vec<_> = pairs.iter().filter(|pair| zones.contains(&pair.zone)).collect();
        assert!(chosen.len() < pairs.len(), "asked for a union that the net areas already give");
        assert!(chosen.iter().any(|pair| pair.net < pair.area), "asked for a union of separate zones");
        let own = shape(self.of(subject), row);
        let others: Vec<_> = zones.iter().map(|zone_row| shape(self.of(zone), *zone_row as usize)).collect();
        let all: Vec<&Shape> = others.iter().chain([&own]).collect();
        let area = cells(&all)
            .filter(|(centre, _)| inside(&own, *centre) && others.iter().any(|other| inside(other, *centre)))
            .map(|(_, area)| area)
            .sum();
        (SquareMetres(area), SquareMetres(area))
    }
}

type Shape = Vec<Vec<Position>>;

fn shape(layers: RoleLayers<'_>, number: usize) -> Shape {
    let (_, layer, row) = layers.at(number);
    layer.polygons.feature(row).rings().map(<[Position]>::to_vec).collect()
}

fn pairs(subject: RoleLayers<'_>, row: usize, zone: RoleLayers<'_>) -> Vec<OverlapPair> {
    let own = shape(subject, row);
    let others: Vec<Shape> = (0..zone.len()).map(|zone_row| shape(zone, zone_row)).collect();
    let all: Vec<&Shape> = others.iter().chain([&own]).collect();
    let mut sums = vec![(0.0, 0.0); others.len()];
    for (centre, area) in cells(&all).filter(|(centre, _)| inside(&own, *centre)) {
        let mut first = true;
        for (other, sum) in others.iter().zip(&mut sums) {
            if inside(other, centre) {
                sum.0 += area;
                sum.1 += if first { area } else { 0.0 };
                first = false;
            }
        }
    }
    sums.into_iter()
        .enumerate()
        .filter(|(_, (area, _))| *area > 0.0)
        .map(|(zone_row, (area, net))| OverlapPair {
            subject: row as u32,
            zone: zone_row as u32,
            area: SquareMetres(area),
            planar: SquareMetres(area),
            net: SquareMetres(net),
            net_planar: SquareMetres(net),
        })
        .collect()
}

/// Centre and area of each cell of the grid through all corners.
fn cells(shapes: &[&Shape]) -> impl Iterator<Item = (Position, f64)> + use<> {
    let axis = |which: usize| {
        let mut values: Vec<f64> =
            shapes.iter().flat_map(|s| s.iter().flatten()).map(|position| position[which]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    };
    let (xs, ys) = (axis(0), axis(1));
    let columns: Vec<[f64; 2]> = xs.windows(2).map(|w| [w[0], w[1]]).collect();
    let rows: Vec<[f64; 2]> = ys.windows(2).map(|w| [w[0], w[1]]).collect();
    columns.into_iter().flat_map(move |x| {
        rows.clone().into_iter().map(move |y| {
            ([f64::midpoint(x[0], x[1]), f64::midpoint(y[0], y[1])], (x[1] - x[0]) * (y[1] - y[0]))
        })
    })
}

/// Whether a position lies inside an odd number of rings.
fn inside(shape: &Shape, [x, y]: Position) -> bool {
    shape
        .iter()
        .flat_map(|ring| ring.windows(2))
        .filter(|edge| (edge[0][1] > y) != (edge[1][1] > y) && edge[0][0] > x)
        .inspect(|edge| assert!((edge[0][0] - edge[1][0]).abs() < 1e-12, "edges must follow the axes"))
        .count()
        % 2
        == 1
}

/// A rule file around the parts that a test cares about: `[subject]`, `[test]` and what follows.
pub(crate) fn rule_text(parts: &str) -> String {
    format!(
        r#"
name = "test-rule"
code = "XX-01"
status = "preview"
severity = "error"
title = {{ zh = "规则", en = "rule" }}
department = {{ zh = "部门", en = "department" }}
message = {{ zh = "{{subject}} {{overlap}}", en = "{{subject}} {{overlap}}" }}
help = {{ zh = "办法", en = "help" }}
card.why = {{ zh = "为什么", en = "why" }}
card.measured = {{ zh = "面积计算口径", en = "how" }}
card.blind-spots = {{ zh = "适用局限", en = "blind" }}
{parts}"#
    )
}

/// The rule around those parts.
pub(crate) fn rule(parts: &str) -> crate::rule::Rule {
    crate::rule::Rule::parse("test.toml", &rule_text(parts)).unwrap()
}

/// Runs one rule over some layers with the usual options.
pub(crate) fn run(rule: &crate::rule::Rule, layers: Vec<Layer>) -> crate::judge::Checked {
    crate::judge::check(&[rule], &Ground::new(layers), &crate::judge::Limits::default()).unwrap()
}

/// An error in one line: `where: what; do`.
pub(crate) fn told(error: &RuleError) -> String {
    let told = error.to_string();
    let (what, rest) = told.split_once("\n  where: ").expect("a place");
    format!(
        "{}: {what}{}",
        rest.lines().next().expect("a line"),
        rest.split_once("\n  do:    ").map_or_else(String::new, |(_, advice)| format!("; {advice}"))
    )
}
