//! The small cases inside a rule file: a subject, zones, and what the rule must say.
//!
//! This crate knows no geometry; whoever runs the examples parses the WKT and measures.

use sanxian_model::{Role, Severity, SquareMetres, Text};

use crate::attribute::Attribute;
use crate::quota::Quotas;
use crate::toml_reader::{Reader, TomlError, Value};

/// One case, with its expected outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What the case shows.
    pub about: Text,
    /// Coordinate system of the WKT: `local-metres` for plane metres, or an EPSG code.
    pub crs: String,
    /// Role of the subjects.
    pub role: Role,
    /// The features that are judged.
    pub subjects: Vec<ExampleFeature>,
    /// The features of the zone layer; empty when the rule has no zone.
    pub zones: Vec<ExampleFeature>,
    /// The subjects in the revision before; empty where the rule does not ask what changed.
    pub before: Vec<ExampleFeature>,
    /// Another layer of the revision and of the one before, for rules that ask whether lines changed together.
    pub beside: Option<Beside>,
    /// What the place is given.
    pub quotas: Quotas,
    /// What the rule must find.
    pub expect: Expected,
}

/// Another layer of both revisions.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// Its role.
    pub role: Role,
    /// Its features in the revision before.
    pub before: Vec<ExampleFeature>,
    /// Its features now.
    pub now: Vec<ExampleFeature>,
}

/// A feature of an example.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleFeature {
    /// Geometry as WKT (POLYGON or MULTIPOLYGON), x east, y north.
    pub wkt: String,
    /// Attributes under their canonical names.
    pub attributes: Vec<(String, Attribute)>,
}

/// What the rule must find in an example. With several subjects, exactly one finding is meant.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Expected {
    /// Severity of the one finding; none when nothing may be found.
    pub severity: Option<Severity>,
    /// Overlap that must be measured.
    pub overlap: Option<SquareMetres>,
    /// Area outside that must be measured.
    pub outside: Option<SquareMetres>,
    /// Ratio that must be measured, 0.15 for 15 %.
    pub ratio: Option<f64>,
    /// Area that must have changed.
    pub changed: Option<SquareMetres>,
    /// Area by which a total must miss its floor or cap.
    pub missed: Option<SquareMetres>,
}

impl Example {
    pub(crate) fn read(mut table: Reader<'_>, roles: &[Role]) -> Result<Self, TomlError> {
        let crs = table.string("crs")?;
        let role = table.optional("role", |value| {
            let name = value.clone().string()?;
            roles.iter().find(|role| role.name() == name).cloned().ok_or_else(|| {
                value.bad(
                    format!("`{name}` 不是此规则所判断的图层用途"),
                    format!("`{name}` is not a role that this rule judges"),
                )
            })
        })?;
        let about = table.text("about")?;
        let subjects: Vec<_> = features(table.need("subject")?)?;
        let zones = table.optional("zones", features)?.unwrap_or_default();
        let before = table.optional("before", features)?.unwrap_or_default();
        let beside = table.optional("beside", |value| Beside::read(value.table()?))?;
        let quotas = table.optional("quotas", Quotas::read)?.unwrap_or_default();
        let expect = Expected::read(table.table("expect")?)?;
        table.finish()?;
        let role = role.or_else(|| roles.first().cloned()).expect("a rule has at least one role");
        Ok(Self { about, crs, role, subjects, zones, before, beside, quotas, expect })
    }
}

impl Beside {
    fn read(mut table: Reader<'_>) -> Result<Self, TomlError> {
        let beside = Self {
            role: table.need("role")?.role()?,
            before: features(table.need("before")?)?,
            now: features(table.need("now")?)?,
        };
        table.finish()?;
        Ok(beside)
    }
}

fn features(value: Value<'_>) -> Result<Vec<ExampleFeature>, TomlError> {
    value.one_or_more()?.into_iter().map(|value| ExampleFeature::read(value.table()?)).collect()
}

impl ExampleFeature {
    fn read(mut table: Reader<'_>) -> Result<Self, TomlError> {
        let wkt = table.string("wkt")?;
        let attributes = table
            .rest()
            .into_iter()
            .map(|(key, value)| Ok((key, value.scalar()?)))
            .collect::<Result<_, TomlError>>()?;
        Ok(Self { wkt, attributes })
    }

    /// The value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

impl Expected {
    fn read(mut table: Reader<'_>) -> Result<Self, TomlError> {
        let severities = Severity::ALL.into_iter().rev().map(|severity| (severity.name(), Some(severity)));
        let expected = Self {
            severity: table.need("severity")?.one_of(severities.chain([("none", None)]))?,
            overlap: table.optional("overlap", Value::area)?,
            outside: table.optional("outside", Value::area)?,
            ratio: table.optional("ratio", Value::percentage)?,
            changed: table.optional("changed", Value::area)?,
            missed: table.optional("missed", Value::area)?,
        };
        table.finish()?;
        Ok(expected)
    }
}
