//! What the parts of a redline and of an urban boundary are called: the words of deliveries in those of rules.
//!
//! A word that is not understood stays as it is, so that a filter of the user's own can name it; rules that need to know
//! it say that they could not judge.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, StringArray};
use sanxian_model::{Layer, half_width};

/// Names of the zones within an urban boundary, with their codes.
const ZONES: [(&str, &str); 5] = [
    ("城镇集中建设区", "410"),
    ("集中建设区", "410"),
    ("城镇弹性发展区", "420"),
    ("弹性发展区", "420"),
    ("特别用途区", "430"),
];

/// `core` and `general` from what deliveries write into 自然保护地分区. The older division has three parts, of
/// which the first two are the core of today.
pub(super) fn protection_zone(layer: &Layer) -> Option<ArrayRef> {
    words(layer, "protection_zone", |text| {
        let plain = text.to_ascii_lowercase();
        match plain.as_str() {
            "core" => "core".to_owned(),
            "general" => "general".to_owned(),
            _ if plain.contains("核心") || plain.contains("缓冲") => "core".to_owned(),
            _ if plain.contains("一般") || plain.contains("实验") => "general".to_owned(),
            _ => text.to_owned(),
        }
    })
}

/// Zoning codes (规划分区代码) without blanks and in ASCII digits, and for the names of zones their codes.
pub(super) fn zoning_code(layer: &Layer) -> Option<ArrayRef> {
    words(layer, "zoning_code", |text| {
        let plain: String = text.chars().map(half_width).collect();
        let named = ZONES.iter().find(|(name, _)| *name == plain);
        named.map_or(plain, |(_, code)| (*code).to_owned())
    })
}

/// A column with each text that is not empty put into other words.
fn words(layer: &Layer, name: &str, other: impl Fn(&str) -> String) -> Option<ArrayRef> {
    let column = layer.column(name)?;
    let words: StringArray = (0..column.len())
        .map(|row| {
            let text = layer.text(name, row)?;
            let text = text.trim();
            (!text.is_empty()).then(|| other(text))
        })
        .collect();
    Some(Arc::new(words))
}
