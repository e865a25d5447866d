//! On which lines of a GeoJSON text features begin.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// A longer text is not read a second time for its lines.
const LONGEST: u64 = 1 << 28;

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow)]
    features: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Feature {
    id: Option<Value>,
}

/// On which lines of a GeoJSON file features begin, by the id that the reader gives them; empty for a file that is too long, cannot be
/// read or holds something else. A feature has the number that is its `id`, or else its place in the file.
#[must_use]
pub fn lines_of_features(file: &Path) -> BTreeMap<i64, usize> {
    let is_short = fs::metadata(file).is_ok_and(|metadata| metadata.len() <= LONGEST);
    let text = if is_short { fs::read_to_string(file).unwrap_or_default() } else { String::new() };
    let text = text.trim_start_matches('\u{feff}');
    match serde_json::from_str::<Collection<'_>>(text) {
        Ok(collection) => of_collection(text, &collection.features),
        Err(_) => of_sequence(text),
    }
}

fn of_collection(text: &str, features: &[&RawValue]) -> BTreeMap<i64, usize> {
    let (mut line, mut from) = (1, 0);
    let starts = features.iter().map(|feature| {
        let start = feature.get().as_ptr() as usize - text.as_ptr() as usize;
        line += text[from..start].bytes().filter(|byte| *byte == b'\n').count();
        from = start;
        (feature.get(), line)
    });
    numbered(starts)
}

/// Features on a line each, as in a GeoJSON sequence.
fn of_sequence(text: &str) -> BTreeMap<i64, usize> {
    let features =
        text.lines().zip(1..).map(|(line, number)| (line.trim_matches(['\u{1e}', ' ', '\t']), number));
    numbered(features.filter(|(line, _)| line.starts_with('{')))
}

fn numbered<'t>(features: impl Iterator<Item = (&'t str, usize)>) -> BTreeMap<i64, usize> {
    let number = |(place, (text, line)): (usize, (&str, usize))| {
        let id = serde_json::from_str::<Feature>(text).ok().and_then(|feature| feature.id);
        let id = id.and_then(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok()));
        (id.unwrap_or(place as i64), line)
    };
    features.enumerate().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(i64, usize)> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.geojson");
        fs::write(&file, text).expect("a file");
        lines_of_features(&file).into_iter().collect()
    }

    #[test]
    fn features_are_found_on_their_lines() {
        let collection = "{\"type\":\"FeatureCollection\",\n\"name\":\"}{\",\"features\":[\n{\"a\":\n1},{\"b\":2},\n\n{\"id\":70}]}";
        assert_eq!(lines(collection), [(0, 3), (1, 4), (70, 6)]);
        assert_eq!(lines("\u{1e}{\"a\":1}\n\n\u{1e}{\"b\":2}\n"), [(0, 1), (1, 3)]);
        assert!(lines("no JSON").is_empty() && lines_of_features(Path::new("nowhere")).is_empty());
    }
}
