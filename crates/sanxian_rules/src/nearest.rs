//! Which known word did the writer mean?

/// The known word that is nearest to `word`, when one is near enough to be a slip of the keyboard.
#[must_use]
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = fold(word);
    // One slip for each three letters: `toleranse` finds `tolerance`, `zone` does not find `note`.
    let allowed = 1 + word.chars().count() / 4;
    known
        .into_iter()
        .map(|candidate| (distance(&folded, &fold(candidate)), candidate))
        .filter(|(steps, _)| *steps <= allowed)
        .min_by_key(|(steps, candidate)| (*steps, (*candidate).to_owned()))
        .map(|(_, candidate)| candidate.to_owned())
}

/// ` (did you mean `x`?)`, or nothing.
#[must_use]
pub(crate) fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |word| format!(" (did you mean `{word}`?)"))
}

/// Case, hyphens and underscores are what people mix up most; they cost nothing.
fn fold(word: &str) -> Vec<char> {
    word.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// Fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1; b.len() + 1];
        for j in 0..b.len() {
            let replaced = above[j] + usize::from(a[i] != b[j]);
            row[j + 1] = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = above;
        above = row;
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["tolerance", "zone", "zone-where", "predicate"];
        assert_eq!(nearest("tolerence", known).as_deref(), Some("tolerance"));
        assert_eq!(nearest("zone_where", known).as_deref(), Some("zone-where"));
        assert_eq!(nearest("zoen", known).as_deref(), Some("zone"));
        assert_eq!(nearest("colour", known), None);
    }
}
