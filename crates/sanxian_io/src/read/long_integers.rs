//! Integers of JSON that no 64-bit integer holds, such as identifiers of twenty digits.
//!
//! Every reader of JSON here would change them: GDAL makes each of them 9223372036854775807, and others a floating
//! point number of sixteen digits. In quotes they are text, which nobody changes.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::temporary_folder::TemporaryFolder;

/// A document with such integers in quotes, where they are the value of a key; those in lists, as coordinates are,
/// stay.
pub(crate) fn in_quotes(json: &str) -> Cow<'_, str> {
    let found = long_integers(json.as_bytes());
    if found.is_empty() {
        return Cow::Borrowed(json);
    }
    // Quotes among whole characters leave whole characters.
    String::from_utf8(quoted(json.as_bytes(), &found)).map_or(Cow::Borrowed(json), Cow::Owned)
}

/// A copy of a file with such integers in quotes, and the folder that goes with it; none when the file has none, or
/// is none of the system.
pub(crate) fn copy_in_quotes(path: &Path) -> io::Result<Option<(TemporaryFolder, PathBuf)>> {
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(path)?;
    let found = long_integers(&bytes);
    if found.is_empty() {
        return Ok(None);
    }
    let folder = TemporaryFolder::of_system()?;
    let copy = folder.path().join(path.file_name().unwrap_or_default());
    fs::write(&copy, quoted(&bytes, &found))?;
    Ok(Some((folder, copy)))
}

/// The bytes with quotes around these numbers.
fn quoted(json: &[u8], numbers: &[Range<usize>]) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(json.len() + 2 * numbers.len());
    let mut done = 0;
    for number in numbers {
        quoted.extend_from_slice(&json[done..number.start]);
        quoted.push(b'"');
        quoted.extend_from_slice(&json[number.clone()]);
        quoted.push(b'"');
        done = number.end;
    }
    quoted.extend_from_slice(&json[done..]);
    quoted
}

/// Where such integers are.
fn long_integers(json: &[u8]) -> Vec<Range<usize>> {
    /// An integer of 64 bits has up to 19.
    const DIGITS: usize = 19;
    let mut found = Vec::new();
    let (mut at, mut before) = (0, b' ');
    while let Some(&byte) = json.get(at) {
        match byte {
            b'"' => at = end_of_text(json, at + 1),
            b'-' | b'0'..=b'9' => {
                let of_number = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                let length = json[at..].iter().take_while(|byte| of_number(byte)).count();
                let number = &json[at..at + length];
                let digits = number.strip_prefix(b"-").unwrap_or(number);
                let is_long = digits.len() >= DIGITS
                    && digits.iter().all(u8::is_ascii_digit)
                    && std::str::from_utf8(number).is_ok_and(|number| number.parse::<i64>().is_err());
                if is_long && before == b':' {
                    found.push(at..at + length);
                }
                at += length;
            }
            _ => at += 1,
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    found
}

/// The place behind the quote that ends a text, which begins at `at`.
pub(super) fn end_of_text(json: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_beyond_64_bits_become_text_and_nothing_else_changes() {
        for (json, quoted) in [
            (r#"{"BSM":12345678901234567890}"#, r#"{"BSM":"12345678901234567890"}"#),
            (r#"{"a" : -9223372036854775809 ,"b":1}"#, r#"{"a" : "-9223372036854775809" ,"b":1}"#),
            ("{\"id\":\n 9223372036854775808}", "{\"id\":\n \"9223372036854775808\"}"),
            (r#"{"甲":"\\\"","乙":99999999999999999999}"#, r#"{"甲":"\\\"","乙":"99999999999999999999"}"#),
        ] {
            assert_eq!(in_quotes(json), quoted);
        }
        for same in [
            r#"{"a":9223372036854775807,"b":-9223372036854775808}"#,
            r#"{"a":"x:12345678901234567890","b":"\":12345678901234567890"}"#,
            r#"{"coordinates":[12345678901234567890,1]}"#,
            r#"{"a":12345678901234567890.5,"b":1e300,"c":0.12345678901234567890}"#,
            r#"{"a":"never closed 12345678901234567890"#,
            "{\"a\":\"\\",
            "",
        ] {
            assert!(matches!(in_quotes(same), Cow::Borrowed(_)), "{same}");
        }
    }
}
