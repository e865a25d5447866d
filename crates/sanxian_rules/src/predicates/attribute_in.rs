//! Is a value among those accepted?

use sanxian_model::{Measure, SquareMetres};

use crate::checker::Reason;
use crate::columns::View;
use crate::error::RuleError;
use crate::filter::{Filter, evaluate};
use crate::scene::{Hit, Scene, Stop};
use crate::toml_reader::Reader;

/// `attribute-in`: a field must hold one of the accepted values.
///
/// # Question
/// Is the value of `field` in the list `accepted`?
///
/// # Parameters
/// `field`, `accepted` (a list of texts), `missing` (`"found"`, the default, or `"passes"`).
///
/// # Edge cases
/// Numbers are compared as they are written: 6 and 6.0 are `6`. Empty text is missing. A layer without the
/// field cannot be judged.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AttributeIn {
    /// Canonical name or column (`field`).
    pub field: String,
    /// The values accepted (`accepted`).
    pub accepted: Vec<String>,
    /// Whether a missing value passes (`missing`).
    pub missing_passes: bool,
    in_list: Filter,
}

impl AttributeIn {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, RuleError> {
        let field = table.need("field")?;
        let bad_field = field.bad("expected the name of a field");
        let field = field.string()?;
        let accepted = table.need("accepted")?;
        let bad_list = accepted.bad("expected at least one text that is not empty");
        let accepted = accepted.strings()?;
        let missing_passes = table
            .optional("missing", |value| {
                let bad = value.bad("accepted: found, passes");
                match value.string()?.as_str() {
                    "found" => Ok(false),
                    "passes" => Ok(true),
                    _ => Err(bad),
                }
            })?
            .unwrap_or(false);
        if field.trim().is_empty() {
            return Err(bad_field);
        }
        let quoted =
            |mark: char, text: &str| format!("{mark}{}{mark}", text.replace(mark, &format!("{mark}{mark}")));
        let list: Vec<_> = accepted.iter().map(|text| quoted('\'', text)).collect();
        let in_list = Filter::parse(&format!("{} IN ({})", quoted('"', &field), list.join(", ")), false)
            .map_err(|_| bad_list)?;
        Ok(Self { field, accepted, missing_passes, in_list })
    }

    pub(super) fn check(&self, scene: &Scene<'_>) -> Result<Vec<Hit>, Stop> {
        let layer = scene.layer();
        let truth = evaluate(&self.in_list, &View::whole(&scene.rule.name, scene.columns))?;
        if layer.column(&self.field).is_none() && !layer.is_empty() {
            return Err(Stop::NotRun(Reason::FieldMissing {
                role: scene.role.clone(),
                layer: layer.source.layer.to_string(),
                field: self.field.clone(),
            }));
        }
        let found = if self.missing_passes { truth.no } else { !&truth.yes };
        let hits = (&found & &scene.rows)
            .set_indices()
            .map(|row| Hit {
                row: Some(row as u32),
                zones: Vec::new(),
                measure: Measure::Value {
                    field: self.field.clone(),
                    found: layer.text(&self.field, row).unwrap_or_default(),
                    accepted: self.accepted.clone(),
                },
                overlap: SquareMetres::ZERO,
                area: scene.area(row),
            })
            .collect();
        Ok(hits)
    }
}
