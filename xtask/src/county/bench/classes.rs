//! The land classes of a county for benches, and what its patches say by themselves.

use crate::county::random::Random;

/// Kinds of places in the random streams.
const CLASS: u64 = 21;
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
