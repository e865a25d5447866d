//! What the benches measure on: shapes made in code, the same on every machine and in every run.

pub mod giants;
pub mod shapes;
