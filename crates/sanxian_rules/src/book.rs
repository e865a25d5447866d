//! All rules and profiles at hand, and how a user names the ones to run.

use std::collections::BTreeSet;

use sanxian_model::SquareMetres;
use sanxian_model::nearest::nearest;

use crate::error::RuleError;
use crate::profile::Profile;
use crate::registry;
use crate::rule::Rule;

/// The rules and profiles of a run: those in the binary, and the user's own.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleBook {
    rules: Vec<Rule>,
    profiles: Vec<Profile>,
    /// Names of the rules that the user brought; they run in every profile.
    own: BTreeSet<String>,
}

impl RuleBook {
    /// Name of the profile that is used when none is named.
    pub const DEFAULT_PROFILE: &'static str = "national-2026";

    /// The rules and profiles in the binary.
    ///
    /// # Panics
    /// When an embedded file is broken, which the tests of this crate rule out.
    #[must_use]
    pub fn embedded() -> Self {
        let rules = registry::RULES.iter().map(|(file, text)| Rule::parse(file, text));
        let profiles = registry::PROFILES.iter().map(|(file, text)| Profile::parse(file, text));
        let mut book = Self {
            rules: rules.collect::<Result<_, _>>().expect("embedded rules are tested"),
            profiles: profiles.collect::<Result<_, _>>().expect("embedded profiles are tested"),
            own: BTreeSet::new(),
        };
        book.rules.sort_by(|a, b| a.code.cmp(&b.code));
        book
    }

    /// The book with the user's own rule files added, given as name and text. A rule with the name of an
    /// embedded one takes its place; all of them run in every profile.
    ///
    /// # Errors
    /// The first file that is not a rule; two files with one name; a code that another rule has.
    pub fn with_rules<N: AsRef<str>, T: AsRef<str>>(
        mut self,
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Self, RuleError> {
        for (file, text) in files {
            let rule = Rule::parse(file.as_ref(), text.as_ref())?;
            let duplicate = |word: &str, first: &Rule| RuleError::Duplicate {
                word: format!("`{word}`"),
                first: first.file.to_string(),
                second: rule.file.to_string(),
            };
            if let Some(index) = self.rules.iter().position(|known| known.name == rule.name) {
                if self.own.contains(&*rule.name) {
                    return Err(duplicate(&rule.name, &self.rules[index]));
                }
                self.rules.remove(index);
            }
            if let Some(other) = self.rules.iter().find(|known| known.code == rule.code) {
                return Err(duplicate(&rule.code, other));
            }
            self.own.insert(rule.name.to_string());
            self.rules.push(rule);
        }
        self.rules.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(self)
    }

    /// Every rule, in the order of the codes.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// Every profile.
    #[must_use]
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The rule of that name or code.
    ///
    /// # Errors
    /// [`RuleError::UnknownRule`] with the nearest name or code.
    pub fn rule(&self, word: &str) -> Result<&Rule, RuleError> {
        self.rules
            .iter()
            .find(|rule| &*rule.name == word || rule.code.eq_ignore_ascii_case(word))
            .ok_or_else(|| self.unknown(word))
    }

    /// The profile of that name.
    ///
    /// # Errors
    /// [`RuleError::UnknownProfile`] with the list of those there are.
    pub fn profile(&self, word: &str) -> Result<&Profile, RuleError> {
        self.profiles.iter().find(|profile| &*profile.name == word).ok_or_else(|| RuleError::UnknownProfile {
            word: word.to_owned(),
            known: self.profiles.iter().map(|profile| profile.name.to_string()).collect(),
        })
    }

    /// Whether a profile has a rule of that name, of its own or of the set that it extends.
    ///
    /// # Errors
    /// [`RuleError::UnknownProfile`].
    pub fn has(&self, profile: &Profile, rule: &str) -> Result<bool, RuleError> {
        if profile.rules.iter().any(|name| name == rule) {
            return Ok(true);
        }
        match &profile.extends {
            Some(base) if !profile.without.iter().any(|name| name == rule) => {
                self.has(self.profile(base)?, rule)
            }
            _ => Ok(false),
        }
    }

    /// The tolerance of a profile: its own, or that of the set that it extends.
    ///
    /// # Errors
    /// [`RuleError::UnknownProfile`].
    pub fn tolerance(&self, profile: &str) -> Result<SquareMetres, RuleError> {
        let profile = self.profile(profile)?;
        match (profile.tolerance, &profile.extends) {
            (Some(tolerance), _) => Ok(tolerance),
            (None, Some(base)) => self.tolerance(base),
            (None, None) => Ok(SquareMetres::ZERO),
        }
    }

    /// The rules to run: those of the profile and the user's own, or those that `select` names, without
    /// those that `ignore` names. A word is a name, a code, or the beginning of a code that holds the whole
    /// family (`BF`, `BF-0`).
    ///
    /// # Errors
    /// An unknown profile, an unknown word, or nothing left to run.
    pub fn pick(&self, profile: &str, select: &[String], ignore: &[String]) -> Result<Vec<&Rule>, RuleError> {
        let profile = self.profile(profile)?;
        let named = |words: &[String]| -> Result<BTreeSet<&str>, RuleError> {
            let mut names = BTreeSet::new();
            for word in words {
                let before = names.len();
                let meant = self.rules.iter().filter(|rule| means(word, rule)).map(|rule| &*rule.name);
                names.extend(meant);
                if names.len() == before && !self.rules.iter().any(|rule| means(word, rule)) {
                    return Err(self.unknown(word));
                }
            }
            Ok(names)
        };
        let (selected, ignored) = (named(select)?, named(ignore)?);
        let mut picked: Vec<&Rule> = Vec::new();
        for rule in &self.rules {
            let is_picked = if select.is_empty() {
                self.own.contains(&*rule.name) || self.has(profile, &rule.name)?
            } else {
                selected.contains(&*rule.name)
            };
            if is_picked && !ignored.contains(&*rule.name) {
                picked.push(rule);
            }
        }
        if picked.is_empty() { Err(RuleError::NothingSelected) } else { Ok(picked) }
    }

    fn unknown(&self, word: &str) -> RuleError {
        let known = self.rules.iter().flat_map(|rule| [&*rule.name, &*rule.code, rule.family()]);
        RuleError::UnknownRule { word: word.to_owned(), nearest: nearest(word, known) }
    }
}

/// Whether a word of `--select` or `--ignore` means a rule.
fn means(word: &str, rule: &Rule) -> bool {
    let begins = rule.code.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    &*rule.name == word || (begins && word.len() >= rule.family().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rule_text;

    const OWN: &str = r#"
        subject.role = "plan"
        test = { predicate = "overlap-forbidden", zone = "park" }"#;

    fn codes(book: &RuleBook, select: &[&str], ignore: &[&str]) -> Result<Vec<String>, RuleError> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let rules = book.pick(RuleBook::DEFAULT_PROFILE, &words(select), &words(ignore))?;
        Ok(rules.iter().map(|rule| rule.code.to_string()).collect())
    }

    #[test]
    fn rules_are_picked_by_name_code_and_family() {
        let book = RuleBook::embedded();
        assert_eq!(codes(&book, &["TL", "ER", "BF", "UB", "IN", "QT"], &[]), codes(&book, &[], &[]));
        assert_eq!(
            codes(&book, &["BF"], &[]).unwrap(),
            ["BF-01", "BF-02", "BF-03", "BF-04", "BF-10", "BF-17"]
        );
        assert_eq!(codes(&book, &["bf-0"], &["BF-02"]).unwrap(), ["BF-01", "BF-03", "BF-04"]);
        assert_eq!(codes(&book, &["redline-occupied", "IN-02"], &[]).unwrap(), ["ER-02", "IN-02"]);
        assert_eq!(codes(&book, &["BF", "BF-01"], &["UB"]).unwrap().len(), 6);
        assert_eq!(codes(&book, &["BF"], &["BF"]), Err(RuleError::NothingSelected));
    }

    #[test]
    fn an_unknown_word_names_the_nearest() {
        let book = RuleBook::embedded();
        for (word, near) in [("redline-ocupied", "redline-occupied"), ("BF-05", "BF-01"), ("TLL", "TL")] {
            let Err(RuleError::UnknownRule { nearest, .. }) = codes(&book, &[], &[word]) else { panic!() };
            assert_eq!(nearest.as_deref(), Some(near));
        }
        // One letter would mean half the book by accident.
        assert!(codes(&book, &["B"], &[]).is_err() && codes(&book, &[""], &[]).is_err());
        let error = book.pick("national-2025", &[], &[]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "no profile is called `national-2025`\n  do:    known: national-2026, henan-2026"
        );
        assert!(book.rule("ER-01").is_ok() && book.rule("er-01").is_ok() && book.rule("ER").is_err());
    }

    #[test]
    fn the_users_rules_join_every_profile_and_may_replace_embedded_ones() {
        let count = RuleBook::embedded().rules().len();
        let text = rule_text(OWN);
        let book = RuleBook::embedded().with_rules([("own.toml", &text)]).unwrap();
        assert_eq!(codes(&book, &[], &[]).unwrap().last().unwrap(), "XX-01");
        assert_eq!(book.rules().len(), count + 1);
        let replaced = text.replace("test-rule", "redline-occupied").replace("XX-01", "ER-02");
        let book = RuleBook::embedded().with_rules([("own.toml", &replaced)]).unwrap();
        assert_eq!(book.rules().len(), count);
        assert_eq!(&*book.rule("ER-02").unwrap().file, "own.toml");
    }

    #[test]
    fn names_and_codes_are_used_once() {
        let text = rule_text(OWN);
        let twice = RuleBook::embedded().with_rules([("a.toml", &text), ("b.toml", &text)]).unwrap_err();
        assert_eq!(
            twice.to_string(),
            "the rule `test-rule` is already defined in a.toml\n  where: b.toml\n  do:    rename one of them"
        );
        let taken = text.replace("XX-01", "BF-01");
        assert!(matches!(
            RuleBook::embedded().with_rules([("own.toml", taken)]),
            Err(RuleError::Duplicate { word, .. }) if word == "`BF-01`"
        ));
    }
}
