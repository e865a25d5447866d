//! On which lines of text files features begin, so that a platform can show a finding where it is.

use std::collections::BTreeMap;

use sanxian_model::Place;

/// On which lines of text files features begin. Lines are counted from one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeatureLines(BTreeMap<String, BTreeMap<i64, usize>>);

impl FeatureLines {
    /// Adds the lines of a file, by feature id.
    pub fn insert(&mut self, path: &str, lines: BTreeMap<i64, usize>) {
        self.0.insert(path.to_owned(), lines);
    }

    /// The line where a feature begins; none when that is not known.
    #[must_use]
    pub fn of(&self, place: &Place) -> Option<usize> {
        self.0.get(&*place.path)?.get(&place.fid?).copied()
    }
}
