//! The day on which a run is.

use std::time::{SystemTime, UNIX_EPOCH};

use sanxian_model::Day;

/// Seconds by which China is ahead of universal time.
const CHINA: i64 = 8 * 3_600;

/// The day in China by the clock. When the clock says no day of the calendar, everything that can expire is expired.
#[must_use]
pub fn today() -> Day {
    let passed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    Day::of_unix_seconds(passed.cast_signed().saturating_add(CHINA)).unwrap_or(Day::LAST)
}
