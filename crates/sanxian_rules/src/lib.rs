//! Rules as data, predicates in Rust, profiles and the checker.
