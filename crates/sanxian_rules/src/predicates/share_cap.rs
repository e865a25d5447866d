//! Is one part of a layer too large beside another?

use sanxian_model::{AreaSum, Measure, SquareMetres};

use crate::checker::Reason;
use crate::error::RuleError;
use crate::filter::Filter;
use crate::scene::{Hit, Scene, Stop, select};
use crate::toml_reader::Reader;

/// `share-cap`: one part of a layer must stay below a share of another part.
///
/// # Question
/// Is the area of the features that meet `zone-where`, over the area of those that meet `of-where`, above
/// `cap`?
///
/// # Parameters
/// `zone-where`, `of-where`, `cap` (a percentage).
///
/// # Units and edge cases
/// Areas on the ellipsoid, feature by feature, of the subjects that the rule selects; features that lie on
/// top of each other count twice. Exactly the cap passes. A layer in which nothing meets `of-where` cannot
/// be judged.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ShareCap {
    /// The part above the bar (`zone-where`).
    pub part: Filter,
    /// The part below the bar (`of-where`).
    pub whole: Filter,
    /// Largest ratio that is let pass, 0.15 for 15 %.
    pub cap: f64,
}

impl ShareCap {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, RuleError> {
        Ok(Self {
            part: table.need("zone-where")?.filter(false)?,
            whole: table.need("of-where")?.filter(false)?,
            cap: table.need("cap")?.percentage()?,
        })
    }

    pub(super) fn check(&self, scene: &Scene<'_>) -> Result<Vec<Hit>, Stop> {
        let area = |filter: &Filter| -> Result<SquareMetres, Stop> {
            let rows = &select(scene.rule, scene.role, scene.columns, filter)? & &scene.rows;
            Ok(rows.set_indices().map(|row| scene.area(row)).sum::<AreaSum>().area())
        };
        let (numerator, denominator) = (area(&self.part)?, area(&self.whole)?);
        if denominator <= SquareMetres::ZERO {
            let role = scene.role.clone();
            return Err(Stop::NotRun(Reason::NothingToCompare {
                role,
                filter: self.whole.text().to_owned(),
            }));
        }
        let value = numerator.share_of(denominator);
        // Both sides times the area below the bar: a cap of 15 % of exactly 100 ha is not missed by the
        // rounding of the quotient.
        let over = numerator.get() > self.cap * denominator.get();
        Ok(Vec::from_iter(over.then(|| Hit {
            row: None,
            zones: Vec::new(),
            measure: Measure::Ratio { value, limit: self.cap, numerator, denominator },
            overlap: SquareMetres::ZERO,
            area: SquareMetres::ZERO,
        })))
    }
}
