//! The flags of one command, as far as they are about a check.

use sanxian::{Lang, Role};

use crate::args::{Destination, Judging, LineSources, Reading};

/// The flags of one command, as far as they are about a check.
pub(crate) struct Flags<'a> {
    /// Sources named on the command line, by role.
    pub(crate) named: Vec<(Role, String)>,
    pub(crate) lines: &'a LineSources,
    pub(crate) reading: &'a Reading,
    pub(crate) judging: &'a Judging,
    pub(crate) output: &'a Destination,
    /// `--lang`, if it was given.
    pub(crate) lang: Option<Lang>,
    /// Language of the locale.
    pub(crate) locale: Lang,
}

impl Flags<'_> {
    /// Every source on the command line.
    pub(crate) fn named(&self) -> Vec<(Role, String)> {
        let lines = self.lines;
        let of = |role, source: &Option<String>| source.clone().map(|source| (role, source));
        let mut named = self.named.clone();
        named.extend(of(Role::REDLINE, &lines.redline));
        named.extend(of(Role::FARMLAND, &lines.farmland));
        named.extend(of(Role::URBAN_BOUNDARY, &lines.urban_boundary));
        named.extend(lines.zone.iter().cloned());
        named
    }
}
