//! The day of a change, with which its number begins.

use std::fmt;

use super::error::PackageError;

/// The day of a change. Numbers of changes (WHBH) begin with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeDate {
    year: u16,
    month: u8,
    day: u8,
}

/// Seconds of a day.
const DAY: i64 = 86_400;

impl ChangeDate {
    /// Reads `2026-03-01` or `20260301`.
    ///
    /// # Errors
    /// [`PackageError::Date`] for anything else.
    pub fn parse(text: &str) -> Result<Self, PackageError> {
        let failed = || PackageError::Date { given: text.to_owned() };
        let digits = match text.trim().split('-').collect::<Vec<_>>()[..] {
            [whole] if whole.len() == 8 => whole.to_owned(),
            [year, month, day] if [year.len(), month.len(), day.len()] == [4, 2, 2] => {
                format!("{year}{month}{day}")
            }
            _ => return Err(failed()),
        };
        if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(failed());
        }
        let number: u32 = digits.parse().ok().ok_or_else(failed)?;
        let (year, month, day) = ((number / 10_000) as u16, (number / 100 % 100) as u8, (number % 100) as u8);
        if year == 0 || !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
            return Err(failed());
        }
        Ok(Self { year, month, day })
    }

    /// The day on which so many seconds have passed since the beginning of 1970, in universal time.
    ///
    /// # Errors
    /// [`PackageError::Date`] for a day that is not in the years 1 to 9999.
    pub fn of_unix_seconds(seconds: i64) -> Result<Self, PackageError> {
        let failed = || PackageError::Date { given: seconds.to_string() };
        let mut days = seconds.div_euclid(DAY);
        if !(-719_162..=2_932_896).contains(&days) {
            return Err(failed());
        }
        // From the first of January of the year 1 on, in whole cycles of the calendar and what is left.
        days += 719_162;
        let mut year = (days / 146_097 * 400 + 1) as u16;
        let mut left = days % 146_097;
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
        Ok(Self { year, month, day: left as u8 + 1 })
    }
}

impl fmt::Display for ChangeDate {
    /// Eight digits: `20260301`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day } = self;
        write!(f, "{year:04}{month:02}{day:02}")
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
        for text in ["2026-03-01", "20260301"] {
            assert_eq!(ChangeDate::parse(text).expect("a day").to_string(), "20260301");
        }
        for text in ["", "2026", "2026-3-1", "20260229", "20261301", "2026-03-1a", "00000101", "+2026-01-01"]
        {
            assert!(ChangeDate::parse(text).is_err(), "{text}");
        }
        let of = |seconds| ChangeDate::of_unix_seconds(seconds).expect("a day").to_string();
        assert_eq!([of(0), of(-1), of(951_782_400)], ["19700101", "19691231", "20000229"]);
        assert_eq!([of(1_772_323_200), of(1_772_323_199)], ["20260301", "20260228"]);
        assert!(ChangeDate::of_unix_seconds(i64::MAX).is_err());
    }
}
