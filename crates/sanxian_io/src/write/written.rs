//! What a format made the writer change.

use sanxian_model::Crs;

/// What the format made the writer change; empty for formats that keep everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// Columns that had to be renamed: layer, name as it was, name in the file.
    pub renamed: Vec<(String, String, String)>,
    /// Texts that were too long for the format and were cut: layer, column as it was, number of texts.
    pub cut: Vec<(String, String, usize)>,
    /// A Shapefile is in UTF-8 because the encoding asked for does not have all characters.
    pub unwritable: Option<Unwritable>,
    /// CRS of the coordinates in the file, when the format wants another than the layer's.
    pub crs: Option<Crs>,
}

/// Texts that an encoding cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable {
    /// The encoding that was asked for.
    pub encoding: String,
    /// Number of texts with such characters.
    pub texts: usize,
    /// The first of them.
    pub first: String,
}
