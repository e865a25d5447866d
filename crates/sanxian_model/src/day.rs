//! A day of the calendar.

use std::fmt;

/// A day of the calendar, in the years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    of_month: u8,
}

/// Seconds of a day.
const SECONDS: i64 = 86_400;
/// Days from the first of January of the year 1 to that of 1970.
const TO_1970: i64 = 719_162;
/// Days of the years 1 to 9999.
const DAYS: i64 = 3_652_059;
/// Days of the 400 years in which the calendar repeats itself.
const CYCLE: i64 = 146_097;

impl Day {
    /// The last day.
    pub const LAST: Self = Self { year: 9_999, month: 12, of_month: 31 };

    /// Reads `2026-03-01`; none for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { return None };
        let number = |text: &str, digits: usize| {
            let plain = text.len() == digits && text.bytes().all(|digit| digit.is_ascii_digit());
            if plain { text.parse::<u16>().ok() } else { None }
        };
        let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let exists = year > 0 && (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
        exists.then_some(Self { year, month, of_month: day })
    }

    /// Its eight digits: `20260301`.
    #[must_use]
    pub fn digits(self) -> String {
        let Self { year, month, of_month } = self;
        format!("{year:04}{month:02}{of_month:02}")
    }

    /// The day on which so many seconds have passed since the beginning of 1970, in universal time.
    #[must_use]
    pub fn of_unix_seconds(seconds: i64) -> Option<Self> {
        let days = seconds.div_euclid(SECONDS) + TO_1970;
        if !(0..DAYS).contains(&days) {
            return None;
        }
        let mut year = u16::try_from(days / CYCLE * 400 + 1).ok()?;
        let mut left = days % CYCLE;
        loop {
            let of_year = if is_leap(year) { 366 } else { 365 };
            if left < of_year {
                break;
            }
            left -= of_year;
            year += 1;
        }
        let mut month = 1;
        while left >= i64::from(days_of(year, month)) {
            left -= i64::from(days_of(year, month));
            month += 1;
        }
        Some(Self { year, month, of_month: u8::try_from(left).ok()? + 1 })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, of_month } = self;
        write!(f, "{year:04}-{month:02}-{of_month:02}")
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_counted() {
        for text in ["2026-03-01", "0001-01-01", "2028-02-29"] {
            assert_eq!(Day::parse(text).map(|day| day.to_string()).as_deref(), Some(text));
        }
        for text in
            ["", "2026", "20260301", "2026-3-1", "2026-02-29", "2026-13-01", "2026-00-01", "+026-01-01"]
        {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        let digits = |text| Day::parse(text).map(Day::digits);
        assert_eq!(digits("0001-02-03").as_deref(), Some("00010203"));
        let of = |seconds| Day::of_unix_seconds(seconds).map(|day| day.to_string());
        let told = [of(0), of(-1), of(951_782_400), of(1_772_323_200), of(1_772_323_199)];
        let days = ["1970-01-01", "1969-12-31", "2000-02-29", "2026-03-01", "2026-02-28"];
        assert_eq!(told, days.map(|day| Some(day.to_owned())));
        assert_eq!(of(253_402_300_799), Some("9999-12-31".to_owned()));
        assert_eq!([of(253_402_300_800), of(i64::MAX)], [None, None]);
        assert!(Day::parse("2026-01-31") < Day::parse("2026-02-01"));
    }
}
