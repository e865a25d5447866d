//! Every file of `data/rules`, embedded in the binary. A test compares this list with the folder.

/// Path below `data/rules` and text of one file.
pub(crate) type Embedded = (&'static str, &'static str);

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../../data/rules/", $path)))),+]
    };
}

/// The rules, in the order of their codes.
pub(crate) const RULES: &[Embedded] = files![
    "national-2026/three-lines/farmland-in-redline.toml",
    "national-2026/three-lines/redline-in-urban-boundary.toml",
    "national-2026/three-lines/farmland-in-urban-boundary.toml",
    "national-2026/three-lines/farmland-in-core-zone.toml",
    "national-2026/three-lines/line-changed-without-approval.toml",
    "national-2026/redline/core-zone-occupied.toml",
    "national-2026/redline/redline-occupied.toml",
    "national-2026/redline/redline-occupied-by-project.toml",
    "national-2026/farmland/permanent-farmland-occupied.toml",
    "national-2026/farmland/permanent-farmland-occupied-by-project.toml",
    "national-2026/farmland/permanent-farmland-not-replaced.toml",
    "national-2026/farmland/permanent-farmland-not-from-reserve.toml",
    "national-2026/farmland/permanent-farmland-in-tract-development.toml",
    "national-2026/farmland/permanent-farmland-changed-along.toml",
    "national-2026/urban-boundary/urban-land-outside-boundary.toml",
    "national-2026/urban-boundary/urban-housing-or-park-outside-boundary.toml",
    "national-2026/urban-boundary/scattered-construction-outside-boundary.toml",
    "national-2026/urban-boundary/special-use-zone-built.toml",
    "national-2026/urban-boundary/concentrated-zone-grown.toml",
    "national-2026/urban-boundary/elastic-zone-over-cap.toml",
    "national-2026/urban-boundary/expansion-multiple-over-cap.toml",
    "national-2026/urban-boundary/growth-used-before-2026.toml",
    "national-2026/urban-boundary/urban-boundary-grown.toml",
    "national-2026/urban-boundary/growth-used-before-2031.toml",
    "national-2026/siting/industry-outside-park.toml",
    "national-2026/siting/park-outside-boundary.toml",
    "national-2026/quantity/cultivated-land-below-quota.toml",
    "national-2026/quantity/permanent-farmland-below-quota.toml",
    "national-2026/quantity/redline-below-quota.toml",
    "national-2026/quantity/construction-land-over-quota.toml",
    "henan-2026/siting/water-polluting-industry-outside-park.toml",
];

/// The profiles.
pub(crate) const PROFILES: &[Embedded] = files!["profiles/national-2026.toml", "profiles/henan-2026.toml"];
