//! What was measured, in every machine format.

use sanxian_model::{Measure, Quantity};
use serde::Serialize;

use crate::area_record::M2;

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum MeasureRecord<'a> {
    Overlap { area_m2: M2, planar_m2: Option<M2>, share: f64, tolerance_m2: M2 },
    Outside { area_m2: M2, share: f64, tolerance_m2: M2 },
    Ratio { value: f64, limit: f64, numerator_m2: M2, denominator_m2: M2 },
    Total { area_m2: M2, limit_m2: M2, bound: &'static str },
    Changed { gained_m2: M2, lost_m2: M2, recoded_m2: M2, tolerance_m2: M2 },
    Value { field: &'a str, found: Option<&'a str>, accepted: &'a [String] },
    Other,
}

impl<'a> From<&'a Measure> for MeasureRecord<'a> {
    fn from(measure: &'a Measure) -> Self {
        match measure {
            Measure::Overlap { area, planar, share, tolerance } => Self::Overlap {
                area_m2: M2(*area),
                planar_m2: planar.map(M2),
                share: *share,
                tolerance_m2: M2(*tolerance),
            },
            Measure::Outside { area, share, tolerance } => {
                Self::Outside { area_m2: M2(*area), share: *share, tolerance_m2: M2(*tolerance) }
            }
            Measure::Ratio { value, limit, numerator, denominator } => Self::Ratio {
                value: *value,
                limit: *limit,
                numerator_m2: M2(*numerator),
                denominator_m2: M2(*denominator),
            },
            Measure::Total { area, limit, bound } => {
                Self::Total { area_m2: M2(*area), limit_m2: M2(*limit), bound: bound.name() }
            }
            Measure::Changed { gained, lost, recoded, tolerance } => Self::Changed {
                gained_m2: M2(*gained),
                lost_m2: M2(*lost),
                recoded_m2: M2(*recoded),
                tolerance_m2: M2(*tolerance),
            },
            Measure::Value { field, found, accepted } => {
                let found = Some(found.as_str()).filter(|text| !text.is_empty());
                Self::Value { field, found, accepted }
            }
            _ => Self::Other,
        }
    }
}

/// A cap or floor.
#[derive(Debug, Serialize)]
pub(crate) struct QuantityRecord<'a> {
    code: &'a str,
    rule: &'a str,
    role: &'a str,
    measure: MeasureRecord<'a>,
    holds: bool,
}

impl<'a> From<&'a Quantity> for QuantityRecord<'a> {
    fn from(quantity: &'a Quantity) -> Self {
        Self {
            code: &quantity.code,
            rule: &quantity.rule,
            role: quantity.role.name(),
            measure: (&quantity.measure).into(),
            holds: quantity.holds,
        }
    }
}
