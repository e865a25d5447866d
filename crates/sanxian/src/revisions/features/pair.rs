//! A feature of the older revision and one of the newer.

/// A feature of the older revision and one of the newer, by number.
pub(super) type Pair = (u32, u32);
