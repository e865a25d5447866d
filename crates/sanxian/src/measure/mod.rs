//! What is measured of a plan: areas, overlaps, accounts, and the ground that findings are about.

mod accounts;
mod area_method;
mod facts;
mod first_claims;
mod ground;
mod lon_lat;
mod measured;
mod pieces;
mod roles;
mod slivers;
mod some_of;
mod unit_totals;
mod wanted;
mod width;

pub(crate) use accounts::ledger;
pub use area_method::AreaMethod;
pub(crate) use first_claims::first_claims;
pub(crate) use ground::Ground;
pub(crate) use lon_lat::LonLat;
pub(crate) use measured::{Known, Measured, MeasuredLines, net_of_zones};
pub use pieces::FindingPieces;
pub(crate) use roles::lines_of;
pub(crate) use slivers::{mark, set_aside, told_apart};
pub(crate) use some_of::some_of;
pub(crate) use unit_totals::unit_totals;
pub(crate) use wanted::Wanted;
pub(crate) use width::mean_width;
