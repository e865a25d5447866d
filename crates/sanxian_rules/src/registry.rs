//! Every file of `data/rules`, embedded in the binary. A test compares this list with the folder.

/// Path below `data/rules` and text of one file.
pub(crate) type Embedded = (&'static str, &'static str);

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../../data/rules/", $path)))),+]
    };
}

/// The rules, in the order of their codes.
pub(crate) const RULES: &[Embedded] = files!["national-2026/farmland/permanent-farmland-occupied.toml",];

/// The profiles.
pub(crate) const PROFILES: &[Embedded] = files!["profiles/national-2026.toml"];
