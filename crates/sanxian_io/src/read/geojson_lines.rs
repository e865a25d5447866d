//! On which lines of a GeoJSON text features begin, by its tokens: a feature may stand anywhere on a line and go over several.
//!
//! Features are named as they are read: by their `id` where each has a whole number of its own, and by their places in the file where none
//! has a whole number. Of a file in which some have one, or several the same, nothing is told: GDAL chooses then, and a wrong line is worse
//! than none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::long_integers::end_of_text;

/// Bytes of a text that is read a second time for its lines.
const LONGEST: u64 = 1 << 28;

/// On which lines of a GeoJSON file features begin, counted from one, by the id that the reader gives them. Empty for a file that is
/// too long, is not there, is in an encoding that does not extend ASCII, or in which ids cannot be foreseen.
#[must_use]
pub fn lines_of_features(file: &Path) -> BTreeMap<i64, usize> {
    let is_short = fs::metadata(file).is_ok_and(|metadata| metadata.len() <= LONGEST);
    let json = if is_short { fs::read(file).unwrap_or_default() } else { Vec::new() };
    lines_of(&json)
}

/// A feature of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begin {
    line: usize,
    id: Id,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Id {
    None,
    Number(i64),
    /// A text, or a number with a fraction.
    Other,
}

fn lines_of(json: &[u8]) -> BTreeMap<i64, usize> {
    if json.starts_with(b"\xFF\xFE") || json.starts_with(b"\xFE\xFF") {
        return BTreeMap::new();
    }
    let features = features(json);
    let numbered = features.iter().filter(|feature| matches!(feature.id, Id::Number(_))).count();
    if numbered == 0 {
        return features.iter().zip(0..).map(|(feature, place)| (place, feature.line)).collect();
    }
    if numbered < features.len() {
        return BTreeMap::new();
    }
    let mut lines = BTreeMap::new();
    for feature in &features {
        if let Id::Number(id) = feature.id
            && lines.insert(id, feature.line).is_some()
        {
            // GDAL gives all but the first of equal ids another one.
            return BTreeMap::new();
        }
    }
    lines
}

/// The features of a text in their order: the members of `features` of a collection, and any other object at the top.
fn features(json: &[u8]) -> Vec<Begin> {
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        let end = match byte {
            b'"' => end_of_text(json, at + 1),
            b'{' | b'}' | b'[' | b']' | b':' | b',' => at + 1,
            b'\n' => {
                scan.lines += 1;
                at += 1;
                continue;
            }
            byte if byte.is_ascii_whitespace() || matches!(byte, 0x1E | 0xEF | 0xBB | 0xBF) => {
                at += 1;
                continue;
            }
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"{}[]:,\x1E".contains(byte);
                at + json[at..].iter().position(ends).unwrap_or(json.len() - at).max(1)
            }
        };
        scan.token(&json[at..end]);
        at = end;
    }
    scan.features
}

#[derive(Default)]
struct Scan<'a> {
    features: Vec<Begin>,
    lines: usize,
    depth: usize,
    /// The object at the top, which is a feature unless it has a list `features`.
    document: Option<Begin>,
    /// The member of `features` that is being read.
    member: Option<Begin>,
    in_features: bool,
    /// The last text, and the key before the colon that came last, of the object whose members are being read.
    text: &'a [u8],
    key: &'a [u8],
}

impl<'a> Scan<'a> {
    fn token(&mut self, token: &'a [u8]) {
        let begin = Begin { line: self.lines + 1, id: Id::None };
        // Members of the document stand at depth 1, those of a member of `features` at depth 3.
        let is_member = self.depth == 1 || (self.depth == 3 && self.member.is_some());
        match token[0] {
            b'{' | b'[' => {
                if self.depth == 0 && token[0] == b'{' {
                    self.document = Some(begin);
                } else if self.depth == 1 && token[0] == b'[' && self.key == b"\"features\"" {
                    self.in_features = true;
                    self.document = None;
                } else if self.depth == 2 && self.in_features && token[0] == b'{' {
                    self.member = Some(begin);
                }
                self.depth += 1;
                self.key = b"";
            }
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                match self.depth {
                    0 => self.features.extend(self.document.take()),
                    1 => self.in_features = false,
                    2 => self.features.extend(self.member.take()),
                    _ => {}
                }
                self.key = b"";
            }
            b':' if is_member => self.key = self.text,
            b',' if is_member => self.key = b"",
            b'"' if is_member && self.key.is_empty() => self.text = token,
            b':' | b',' => {}
            _ if is_member && self.key == b"\"id\"" && token != b"null" => {
                let number = std::str::from_utf8(token).ok().and_then(|token| token.parse().ok());
                let feature = if self.depth == 1 { &mut self.document } else { &mut self.member };
                if let Some(feature) = feature {
                    feature.id = number.map_or(Id::Other, Id::Number);
                }
            }
            _ => {}
        }
        self.lines += token.split(|byte| *byte == b'\n').skip(1).count();
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::Role;

    use super::*;
    use crate::{ReadOptions, read_layer};

    fn lines(json: &str) -> Vec<(i64, usize)> {
        lines_of(json.as_bytes()).into_iter().collect()
    }

    #[test]
    fn a_feature_begins_where_its_object_does() {
        for (json, wanted) in [
            ("", vec![]),
            ("{\"features\":[]}", vec![]),
            (
                "{\"type\":\"FeatureCollection\",\n\"features\":[\n{},{},\n{}\n]}",
                vec![(0, 3), (1, 3), (2, 4)],
            ),
            (
                "{\"features\":[\n{\"id\":7,\"a\":{\"id\":1}},\n{\"a\":[{\"id\":2}],\"id\":3}]}",
                vec![(3, 3), (7, 2)],
            ),
            ("{\"features\":[\n{\"id\":\"7\"},\n{\"id\":null}]}", vec![(0, 2), (1, 3)]),
            ("{\"features\":[\n{\"id\":7},\n{}]}", vec![]),
            ("{\"features\":[\n{\"id\":7},\n{\"id\":7}]}", vec![]),
            ("{\"x\":\"\\\"features\\\":[{\",\n\"features\":[{\"p\":\"}\\\\\"},\n{}]}", vec![(0, 2), (1, 3)]),
            ("{\"a\":{\"features\":[{}]},\n\"features\":[\n{\"features\":[{},{}]}]}", vec![(0, 3)]),
            ("{\"features\":[\r\n{},\r\n{}]}", vec![(0, 2), (1, 3)]),
            ("{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}\n", vec![(0, 1), (1, 2)]),
            ("\u{1E}{\"id\":5}\n\u{1E}{\"id\":6,\n\"id2\":8}\n", vec![(5, 1), (6, 2)]),
            ("\u{FEFF}\n{\"type\":\"Feature\"}", vec![(0, 2)]),
            ("{\"features\":[{},\n\"{},{\",null,\n{}]}", vec![(0, 1), (1, 3)]),
        ] {
            assert_eq!(lines(json), wanted, "{json}");
        }
    }

    /// The lines of the features in their order, where features are known by the reader and by the lines under one id.
    fn as_read(ids: &[&str], is_collection: bool) -> Vec<Option<usize>> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.geojson");
        let feature = |(number, id): (usize, &&str)| {
            let ring = "[[[0,0],[1,0],[1,1],[0,0]]]";
            format!(
                "{{\"type\":\"Feature\",{id}\n\"properties\":{{\"BSM\":\"F{number}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{ring}}}}}"
            )
        };
        let features: Vec<String> = ids.iter().enumerate().map(feature).collect();
        let text = if is_collection {
            format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}", features.join(",\n"))
        } else {
            format!("\u{1e}{}\n", features.join("\n\u{1e}"))
        };
        fs::write(&path, text).expect("a file");
        let source = path.display().to_string();
        let layer = read_layer(&source, Role::PLAN, &ReadOptions::default()).expect("a layer").layer;
        let lines = lines_of_features(&path);
        let places = (0..layer.len()).map(|row| layer.place(row));
        let line_of = |name: String| {
            let place = places.clone().find(|place| place.id.as_deref() == Some(&name)).expect("the feature");
            place.fid.and_then(|fid| lines.get(&fid)).copied()
        };
        (0..ids.len()).map(|number| line_of(format!("F{number}"))).collect()
    }

    #[test]
    fn features_have_the_ids_that_reading_gives_or_no_line() {
        let (known, unknown) = ([Some(2), Some(4), Some(6)], [None; 3]);
        for (ids, wanted) in [
            (["", "", ""], known),
            (["\"id\":7,", "\"id\":3,", "\"id\":9,"], known),
            (["\"id\":\"b\",", "\"id\":\"1\",", "\"id\":\"a\","], known),
            (["\"id\":\"2\",", "\"id\":\"1\",", "\"id\":\"0\","], known),
            (["\"id\":1.5,", "\"id\":2.5,", "\"id\":0.5,"], known),
            (["\"id\":1,", "", ""], unknown),
            (["", "\"id\":0,", "\"id\":1,"], unknown),
            (["\"id\":1,", "\"id\":1,", "\"id\":1,"], unknown),
            (["\"id\":1,", "\"id\":\"a\",", "\"id\":0,"], unknown),
        ] {
            assert_eq!(as_read(&ids, true), wanted, "{ids:?}");
        }
        for ids in [
            ["", "", ""],
            ["\"id\":7,", "\"id\":3,", "\"id\":9,"],
            ["\"id\":\"2\",", "\"id\":\"1\",", "\"id\":\"0\","],
        ] {
            assert_eq!(as_read(&ids, false), [Some(1), Some(3), Some(5)], "{ids:?}");
        }
        assert!(lines_of_features(Path::new("nowhere")).is_empty());
    }
}
