//! Days on the command line: as flags give them, and the one on which the run is.

use sanxian::Day;

use crate::failure::Failure;

/// Where builds and tests that are made again have the time from, in seconds.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// The day on which the run is: that of `SOURCE_DATE_EPOCH`, or else of the clock in China.
pub(crate) fn today() -> Result<Day, Failure> {
    let Ok(given) = std::env::var(EPOCH) else { return Ok(sanxian::baseline::today()) };
    let seconds = given.trim().parse().ok();
    seconds.and_then(Day::of_unix_seconds).ok_or_else(|| {
        Failure::own(format!("{EPOCH} 不是秒数"), format!("{EPOCH} is no number of seconds"))
            .at(given)
            .advise("改正或去掉该环境变量", "mend it, or take it out of the environment")
            .into()
    })
}

/// The day that a flag gives: `2026-03-01` or `20260301`.
pub(crate) fn parse(text: &str) -> Result<Day, String> {
    let text = text.trim();
    let hyphens = |text: &str| Some(format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?));
    Day::parse(text)
        .or_else(|| Day::parse(&hyphens(text)?))
        .ok_or_else(|| "expected a day, as in 2026-12-31 or 20261231 应为日期".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn days_are_read_with_and_without_hyphens() {
        for text in ["2026-03-01", "20260301", " 20260301 "] {
            assert_eq!(parse(text).map(|day| day.to_string()).as_deref(), Ok("2026-03-01"), "{text}");
        }
        for text in ["", "2026", "2026-3-1", "202-60-301", "2026030", "202603011", "20260229", "二〇二六年"]
        {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
