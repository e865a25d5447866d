//! Documents laid out. One layout a file, over one [`Document`](crate::document::Document).

pub(crate) mod markdown;
pub(crate) mod terminal;
