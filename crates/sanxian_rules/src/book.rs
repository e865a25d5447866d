//! All rules and profiles at hand, and how a user names the ones to run.

use std::collections::BTreeSet;

use crate::error::RuleError;
use crate::nearest::nearest;
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
        let picked: Vec<&Rule> = self
            .rules
            .iter()
            .filter(|rule| {
                if select.is_empty() {
                    profile.rules.iter().any(|name| **name == *rule.name) || self.own.contains(&*rule.name)
                } else {
                    selected.contains(&*rule.name)
                }
            })
            .filter(|rule| !ignored.contains(&*rule.name))
            .collect();
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
