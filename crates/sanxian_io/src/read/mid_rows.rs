//! How many rows the table of a `MapInfo` interchange file (`.mid`) has.
//!
//! GDAL counts the objects of the `.mif`, and ends at the first word that is none, such as a misspelt `Region`.

use std::ops::RangeInclusive;

/// The fewest and the most rows that the bytes can be: a line break in quotes is part of a text for some programs, and
/// the end of a row for others.
pub(crate) fn rows(mid: &[u8]) -> RangeInclusive<u64> {
    let (mut fewest, mut most, mut in_quotes) = (0, 0, false);
    for line in mid.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_empty()) {
        most += 1;
        in_quotes ^= line.split(|byte| *byte == b'"').count() % 2 == 0;
        fewest += u64::from(!in_quotes);
    }
    fewest..=most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_lines_outside_of_quotes() {
        for (mid, wanted) in [
            ("", 0..=0),
            ("\"A\",1\r\n\"B\",2\r\n", 2..=2),
            ("\"A\"\r\"B\"", 2..=2),
            ("\"A\nA\"\n\"B\"\"B\"\n\n", 2..=3),
        ] {
            assert_eq!(rows(mid.as_bytes()), wanted, "{mid}");
        }
    }
}
