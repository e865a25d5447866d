//! The kinds of difference patches on maps and in documents: colour and tone.

use sanxian_model::{ConflictKind, DifferencePatch, Lang};

use crate::conflicts::comparison::Comparison;
use crate::document::Tone;
use crate::map_style::Category;

/// Whether plans say different things of a patch, so that it has a cause and somebody decides. Ground that a plan leaves out or claims
/// twice has to be mended first.
pub(super) fn is_decided(patch: &DifferencePatch) -> bool {
    !matches!(patch.kind, ConflictKind::Uncovered | ConflictKind::ClaimedTwice)
}

/// How grave a kind is said.
pub(super) fn tone(kind: ConflictKind) -> Tone {
    match kind {
        ConflictKind::FirstBuilds | ConflictKind::SecondBuilds => Tone::Error,
        ConflictKind::OtherUse | ConflictKind::OtherLand => Tone::Warning,
        _ => Tone::Note,
    }
}

/// The kinds as a legend lists them.
pub(super) fn categories(comparison: &Comparison<'_>, lang: Lang) -> Vec<Category> {
    let category = |kind: ConflictKind| {
        let code = kind.code()?;
        let title = comparison.guide.kind(kind).map_or("", |card| card.title.in_lang(lang));
        Some(Category { value: code.to_owned(), label: format!("{code} {title}"), colour: colour(kind) })
    };
    ConflictKind::CONFLICTS.into_iter().filter_map(category).collect()
}

/// Red, green and blue: warm where building is disputed, green where it is not, grey where a plan says nothing.
fn colour(kind: ConflictKind) -> [u8; 3] {
    match kind {
        ConflictKind::FirstBuilds => [215, 25, 28],
        ConflictKind::SecondBuilds => [244, 109, 67],
        ConflictKind::OtherUse => [117, 112, 179],
        ConflictKind::OtherLand => [27, 158, 119],
        ConflictKind::Uncovered => [115, 115, 115],
        _ => [230, 171, 2],
    }
}
