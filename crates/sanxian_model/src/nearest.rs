//! Which known word did the writer mean?

/// The known word that is nearest to `word`, when one is near enough to be a slip of the keyboard.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = fold(word);
    // One slip for each three letters: `toleranse` finds `tolerance`, `zone` does not find `note`.
    let allowed = 1 + word.chars().count() / 4;
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(steps, _)| *steps <= allowed)
        .min_by_key(|(steps, candidate)| (*steps, (*candidate).to_owned()))
        .map(|(_, candidate)| candidate.to_owned())
}

/// ` (did you mean `x`?)`, or nothing.
#[must_use]
pub fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |word| format!(" (did you mean `{word}`?)"))
}

/// Case, hyphens and underscores are what people mix up most; they cost nothing.
fn fold(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
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
        assert_eq!(nearest("farmlands", ["redline", "farmland"]).as_deref(), Some("farmland"));
    }
}
