//! The land classes of a county for benches, and what its patches say by themselves.

use crate::county::random::Random;

/// Kinds of places in the random streams.
const CLASS: u64 = 21;
const BLOCKS: u64 = 23;
const FOLLOWS: u64 = 24;
pub(super) const ANOTHER: u64 = 22;

/// A land class: its code and its name.
pub(super) type Class = (&'static str, &'static str);

/// What an island is.
pub(super) const POND: Class = ("1704", "坑塘水面");
pub(super) const URBAN: [Class; 5] = [
    ("070102", "二类城镇住宅用地"),
    ("090101", "零售商业用地"),
    ("100101", "一类工业用地"),
    ("1207", "城镇村道路用地"),
    ("1401", "公园绿地"),
];
pub(super) const RURAL: [Class; 8] = [
    ("0101", "水田"),
    ("0102", "水浇地"),
    ("0103", "旱地"),
    ("0201", "果园"),
    ("0301", "乔木林地"),
    ("0403", "其他草地"),
    ("0703", "农村宅基地"),
    POND,
];

/// The class of a cell that has one of its own; about one in thirty is one that its place does not allow.
pub(super) fn own_class(seed: u64, i: i64, j: i64, is_urban: bool) -> Class {
    let mut random = Random::at(seed, CLASS, i, j);
    let urban = is_urban != (random.below(30) == 0);
    if urban { *random.pick(&URBAN) } else { *random.pick(&RURAL) }
}

/// Cells along a side of the ground that has one class in the first plan: fields and quarters of a kilometre.
const BLOCK: i64 = 10;

/// The class of a cell of the first plan: nineteen in twenty have that of the block that they are in, as land has, the rest their
/// own.
pub(super) fn class_of_block(seed: u64, i: i64, j: i64, is_urban: bool) -> Class {
    let follows = Random::at(seed, FOLLOWS, i, j).below(20) != 0;
    let mut random = Random::at(seed, BLOCKS, i.div_euclid(BLOCK), j.div_euclid(BLOCK));
    match (follows, is_urban) {
        (true, true) => *random.pick(&URBAN),
        (true, false) => *random.pick(&RURAL),
        (false, _) => own_class(seed, i, j, is_urban),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_cells_have_the_class_of_their_block() {
        let cells = || (0..BLOCK).flat_map(|j| (0..BLOCK).map(move |i| (i, j)));
        let mut counts: std::collections::BTreeMap<Class, usize> = std::collections::BTreeMap::new();
        for (i, j) in cells() {
            *counts.entry(class_of_block(7, i, j, false)).or_default() += 1;
        }
        let most = counts.values().max().copied().unwrap_or_default();
        assert!((88..=100).contains(&most), "{counts:?}");
        // The next block is drawn by itself: of many some differ.
        let classes: std::collections::BTreeSet<Class> =
            (0..40).map(|block| class_of_block(7, block * BLOCK + 1, 1, false)).collect();
        assert!(classes.len() > 4, "{classes:?}");
    }
}
