//! An entry of a baseline as JSON: in its file and in reports.

use sanxian_model::Position;
use serde::{Serialize, Serializer};

use super::entry::BaselineEntry;

/// What an entry looks like. Fields stand in this order.
#[derive(Debug, Serialize)]
pub(crate) struct EntryRecord<'a> {
    fingerprint: &'a str,
    code: &'a str,
    subject: &'a str,
    #[serde(skip_serializing_if = "is_one")]
    count: usize,
    severity: &'static str,
    area_m2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crs: Option<&'a str>,
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    extent: Option<[f64; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<Position>,
    reason: Option<&'a str>,
    approval: Option<&'a str>,
    expires: Option<String>,
    by: Option<&'a str>,
}

/// One value, or several.
#[derive(Debug)]
struct ValueRecord<'a>(&'a [String]);

impl Serialize for ValueRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [one] => one.serialize(serializer),
            several => several.serialize(serializer),
        }
    }
}

// Serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_one(count: &usize) -> bool {
    *count == 1
}

impl<'a> From<&'a BaselineEntry> for EntryRecord<'a> {
    fn from(entry: &'a BaselineEntry) -> Self {
        let BaselineEntry { fingerprint, code, subject, amount, spot, reason, approval, expires, by } = entry;
        Self {
            fingerprint,
            code,
            subject,
            count: amount.count,
            severity: amount.severity.name(),
            area_m2: amount.area.map(|area| rounded(area.get(), 1e2)),
            ratio: amount.ratio.map(|ratio| rounded(ratio, 1e7)),
            value: (!amount.values.is_empty()).then_some(ValueRecord(&amount.values)),
            crs: spot.as_ref().map(|spot| &*spot.crs),
            extent: spot.as_ref().map(|spot| spot.extent),
            point: spot.as_ref().map(|spot| spot.point),
            reason: reason.as_deref(),
            approval: approval.as_deref(),
            expires: expires.map(|day| day.to_string()),
            by: by.as_deref(),
        }
    }
}

/// A number to a part of one, and no negative zero.
fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts + 0.0
}
