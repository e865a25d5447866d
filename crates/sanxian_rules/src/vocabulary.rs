//! The words that rule filters may use, whatever the columns of the data are called.
//!
//! `data/codes/fields.toml` maps columns to these words when a layer is read. A word that a layer lacks is
//! NULL in every row.

/// What a word stands for, which decides what its absence means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A description that every feature must carry for a rule to be judged (land class, zoning code). A feature
    /// without it is not judged by rules that depend on it.
    Required,
    /// A description that the layer must carry, though not each feature: a redline outside of reserves has no
    /// protection zone. A layer without the column is not judged by rules that depend on it.
    Described,
    /// A declaration that a feature may carry (a project class, an approval). Absent means not declared.
    Declared,
}

/// Every canonical name, with its kind.
pub(crate) const CANONICAL: &[(&str, Kind)] = &[
    ("id", Kind::Described),
    ("name", Kind::Described),
    ("land_class", Kind::Required),
    ("land_scheme", Kind::Required),
    ("land_nature", Kind::Required),
    ("land_space", Kind::Required),
    ("land_name", Kind::Required),
    ("zoning_code", Kind::Required),
    ("protection_zone", Kind::Described),
    ("unit_code", Kind::Described),
    ("unit_name", Kind::Described),
    ("recorded_area", Kind::Described),
    ("use_year", Kind::Described),
    ("redline_type", Kind::Described),
    ("protected_area", Kind::Described),
    ("slope_class", Kind::Described),
    ("grade", Kind::Described),
    ("park_level", Kind::Described),
    ("park_status", Kind::Declared),
    ("discharge", Kind::Declared),
    ("is_flagged", Kind::Declared),
    ("remark", Kind::Declared),
    ("project_class", Kind::Declared),
    ("project_type", Kind::Declared),
    ("activity_class", Kind::Declared),
    ("crossing_mode", Kind::Declared),
    ("approval_no", Kind::Declared),
    ("approval_level", Kind::Declared),
    ("preexam_by", Kind::Declared),
    ("non_avoid_id", Kind::Declared),
    ("prov_opinion_id", Kind::Declared),
    ("siting_reason", Kind::Declared),
    ("temporary", Kind::Declared),
];

/// The role of the layer that is being filtered, in every filter: `role = 'project'`.
pub(crate) const ROLE: &str = "role";

/// Facts of one overlap, in the conditions of exceptions only.
pub(crate) const FACTS: [&str; 4] = ["overlap_m2", "overlap_share", "outside_m2", "zone_count"];

/// What the words about land are read from: the land class and its scheme.
pub(crate) const LAND: [&str; 5] = ["land_class", "land_scheme", "land_nature", "land_space", "land_name"];

/// The kind of a canonical name; none for any other word.
pub(crate) fn kind(name: &str) -> Option<Kind> {
    CANONICAL.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// Every canonical name, as rule filters spell it.
pub fn canonical_names() -> impl Iterator<Item = &'static str> {
    CANONICAL.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_that_reading_gives_is_a_word_of_filters() {
        let table: toml::Table = include_str!("../../../data/codes/fields.toml").parse().unwrap();
        let names = table.values().filter_map(toml::Value::as_table).flat_map(toml::Table::keys);
        for name in names {
            assert!(kind(name).is_some(), "`{name}` of fields.toml is no word of rule filters");
        }
        let mut words: Vec<_> = canonical_names().chain(FACTS).chain([ROLE]).collect();
        words.sort_unstable();
        let count = words.len();
        words.dedup();
        assert_eq!(words.len(), count, "a word has two meanings");
    }
}
