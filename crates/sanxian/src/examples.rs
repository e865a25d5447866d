//! Runs the examples inside rule files: small shapes, and what the rule must say about them.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use sanxian_geom::OnInvalid;
use sanxian_model::layer::LayerSource;
use sanxian_model::{
    Crs, Explain, Explanation, FieldMap, Finding, Layer, Measure, PolygonColumnBuilder, Position, Role, Text,
};
use sanxian_rules::{Attribute, Example, ExampleFeature, Limits, Rule};
use wkt::Wkt;

use crate::error::Error;
use crate::measure::{Measured, Wanted};
use crate::plan::Plan;
use crate::revisions::{RevisionOptions, compare_layers};

/// Why an example does not hold.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum ExampleError {
    /// A shape cannot be read.
    Wkt {
        /// The text.
        wkt: String,
        /// What is wrong with it.
        cause: Text,
    },
    /// The run failed.
    #[error(transparent)]
    Run(#[from] Box<Error>),
    /// The rule said something else than expected.
    Differs {
        /// What the example expects.
        expected: String,
        /// What came out.
        found: String,
    },
}

impl Explain for ExampleError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Wkt { wkt, cause } => Explanation::new(
                "example-not-a-polygon",
                format!("示例的几何 `{wkt}` 不是 WKT 格式的面"),
                format!("the shape `{wkt}` of the example is not a polygon in WKT"),
            )
            .because(cause.clone())
            .advise("写成 POLYGON 或 MULTIPOLYGON", "write it as POLYGON or MULTIPOLYGON"),
            Self::Run(error) => error.explain(),
            Self::Differs { expected, found } => Explanation::new(
                "example-differs",
                format!("规则对示例的判断与预期不一致：预期 `{expected}`，实际 `{found}`"),
                format!("the rule does not say what the example expects: `{expected}` is expected, `{found}` is found"),
            )
            .advise("改正规则，或改正示例的 expect", "correct the rule, or `expect` of the example"),
        }
    }
}

/// Runs one example of a rule.
///
/// # Errors
/// [`ExampleError::Differs`] when the rule says something else than the example expects.
pub fn run_example(rule: &Rule, example: &Example) -> Result<(), ExampleError> {
    let crs = match example.crs.as_str() {
        "local-metres" => Crs::plane(),
        other => sanxian_layer::crs::from_text(other).map_err(|e| Box::new(Error::from(e)))?,
    };
    let mut layers = vec![layer(example.role.clone(), &example.subjects, &crs)?];
    if let Some(zone) = rule.zone()
        && *zone != example.role
    {
        layers.push(layer(zone.clone(), &example.zones, &crs)?);
    }
    let mut before = vec![layer(example.role.clone(), &example.before, &crs)?];
    if let Some(beside) = &example.beside {
        layers.push(layer(beside.role.clone(), &beside.now, &crs)?);
        before.push(layer(beside.role.clone(), &beside.before, &crs)?);
    }
    let plan_of = |layers| Plan { layers, faults: Vec::new(), crs: crs.clone(), read_seconds: 0.0 };
    let plan = plan_of(layers);
    let since = if example.before.is_empty() {
        None
    } else {
        let since = compare_layers(&plan_of(before), &plan, &RevisionOptions::default()).map_err(Box::new)?;
        Some(since.into())
    };
    let mut measured = Measured::index(&plan, &sanxian_geom::Stop::default()).map_err(Box::new)?;
    measured.since = since;
    let zone = rule.zone().map(|zone| (example.role.clone(), zone.clone()));
    measured.measure(&Wanted { tables: zone.into_iter().collect(), lines: Vec::new() });
    let limits = Limits { quotas: example.quotas.clone(), ..Limits::default() };
    let checked = sanxian_rules::check(&[rule], &measured, &limits).map_err(|e| Box::new(Error::from(e)))?;

    let expect = &example.expect;
    let found = checked.findings.first();
    let measure = found.map(|finding| &finding.measure);
    let close = |found: f64, wanted: f64| (found - wanted).abs() <= 0.005;
    let as_expected = checked.findings.len() == usize::from(expect.severity.is_some())
        && found.map(|finding| finding.severity) == expect.severity
        && expect.overlap.is_none_or(|wanted| {
            matches!(measure, Some(Measure::Overlap { area, .. }) if close(area.get(), wanted.get()))
        })
        && expect.outside.is_none_or(|wanted| {
            matches!(measure, Some(Measure::Outside { area, .. }) if close(area.get(), wanted.get()))
        })
        && expect.ratio.is_none_or(|wanted| {
            matches!(measure, Some(Measure::Ratio { value, .. }) if (value - wanted).abs() < 1e-6)
        })
        && expect.changed.is_none_or(|wanted| {
            let changed = found.filter(|finding| matches!(finding.measure, Measure::Changed { .. }));
            changed.and_then(Finding::area).is_some_and(|area| close(area.get(), wanted.get()))
        })
        && expect.missed.is_none_or(|wanted| {
            let missed = found.filter(|finding| matches!(finding.measure, Measure::Total { .. }));
            missed.and_then(Finding::area).is_some_and(|area| close(area.get(), wanted.get()))
        });
    if as_expected {
        return Ok(());
    }
    Err(ExampleError::Differs {
        expected: format!("{expect:?}"),
        found: format!(
            "{:?}, not judged: {:?}",
            checked.findings.iter().map(|f| (f.severity, &f.measure)).collect::<Vec<_>>(),
            checked.not_run
        ),
    })
}

pub(crate) fn layer(role: Role, features: &[ExampleFeature], crs: &Crs) -> Result<Layer, ExampleError> {
    let mut builder = PolygonColumnBuilder::new();
    for feature in features {
        builder.push_feature(shapes(&feature.wkt)?);
    }
    let normalised = sanxian_geom::normalise_rings(
        builder.finish(),
        crs,
        OnInvalid::Repair,
        &sanxian_geom::Stop::default(),
    );
    let attributes = attributes(features);
    Ok(Layer {
        source: LayerSource {
            filter: None,
            path: Arc::from("example"),
            layer: Arc::from(role.name()),
            driver: "example".to_owned(),
            encoding: "UTF-8".to_owned(),
            crs: crs.clone(),
            tidied: 0,
            step: None,
            pipeline: None,
            features: features.len(),
        },
        role,
        crs: crs.clone(),
        fids: (1..=normalised.polygons.len() as i64).collect(),
        polygons: normalised.polygons,
        derived: RecordBatch::new_empty(Arc::new(Schema::empty())),
        attributes,
        fields: FieldMap::new(),
        repaired: Vec::new(),
    })
}

fn shapes(text: &str) -> Result<Vec<Vec<Vec<Position>>>, ExampleError> {
    let failed = |cause: Text| ExampleError::Wkt { wkt: text.to_owned(), cause };
    let rings = |polygon: wkt::types::Polygon<f64>| {
        polygon
            .rings()
            .iter()
            .map(|ring| ring.coords().iter().map(|c| [c.x, c.y]).collect())
            .collect::<Vec<Vec<Position>>>()
    };
    match text.parse::<Wkt<f64>>() {
        Ok(Wkt::Polygon(polygon)) => Ok(vec![rings(polygon)]),
        Ok(Wkt::MultiPolygon(parts)) => Ok(parts.polygons().iter().cloned().map(rings).collect()),
        Ok(_) => Err(failed(Text::new("是其他类型的几何", "it is another kind of geometry"))),
        Err(cause) => Err(failed(Text::from(cause))),
    }
}

/// One column for each attribute that any feature names; text unless all its values are of one other kind.
fn attributes(features: &[ExampleFeature]) -> RecordBatch {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in features.iter().flat_map(|feature| &feature.attributes) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let columns = names.iter().map(|name| {
        let values: Vec<Option<&Attribute>> = features.iter().map(|f| f.attribute(name)).collect();
        let column: ArrayRef = if values.iter().flatten().all(|v| matches!(v, Attribute::Number(_))) {
            let number = |v: Option<&Attribute>| match v {
                Some(Attribute::Number(n)) => Some(*n),
                _ => None,
            };
            Arc::new(values.iter().copied().map(number).collect::<Float64Array>())
        } else if values.iter().flatten().all(|v| matches!(v, Attribute::Flag(_))) {
            let flag = |v: Option<&Attribute>| match v {
                Some(Attribute::Flag(b)) => Some(*b),
                _ => None,
            };
            Arc::new(values.iter().copied().map(flag).collect::<BooleanArray>())
        } else {
            let text = |v: Option<&Attribute>| match v {
                Some(Attribute::Text(t)) => Some(t.clone()),
                Some(Attribute::Number(n)) => Some(n.to_string()),
                Some(Attribute::Flag(b)) => Some(b.to_string()),
                None => None,
            };
            Arc::new(values.iter().copied().map(text).collect::<StringArray>())
        };
        (Field::new(*name, column.data_type().clone(), true), column)
    });
    let (fields, columns): (Vec<Field>, Vec<ArrayRef>) = columns.unzip();
    if fields.is_empty() {
        // A batch without columns cannot say how many rows it has, so it gets one that nobody asks for.
        let nothing = arrow_array::new_null_array(&DataType::Utf8, features.len());
        let schema = Schema::new(vec![Field::new("nothing", DataType::Utf8, true)]);
        return RecordBatch::try_new(Arc::new(schema), vec![nothing]).expect("one column of that length");
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).expect("columns of one length")
}

#[cfg(test)]
mod tests {
    use sanxian_rules::RuleBook;

    #[test]
    fn every_example_of_every_rule_holds() {
        let book = RuleBook::embedded();
        let mut wrong = Vec::new();
        let mut run = 0;
        for rule in book.rules() {
            for example in &rule.examples {
                run += 1;
                if let Err(error) = super::run_example(rule, example) {
                    wrong.push(format!("{} {}: {}: {error}", rule.code, rule.name, example.about.en));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {run} examples fail:\n{}", wrong.len(), wrong.join("\n"));
        assert!(run >= 3 * book.rules().len(), "{run} examples for {} rules", book.rules().len());
    }
}
