//! Where in the input something is.

use std::fmt;
use std::sync::Arc;

use crate::text::Lang;

/// The place of one feature, or of a whole layer: file, layer, feature id, and the plan's own identifier.
///
/// Filled in once, where the feature is read, and carried from there; never put together again from text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The input as the user named it (a path, a connection, or `-`).
    pub path: Arc<str>,
    /// Layer name inside the input.
    pub layer: Arc<str>,
    /// Feature id of the driver; none when the whole layer is meant.
    pub fid: Option<i64>,
    /// The plan's own identifier (标识码 BSM or what the field map names); none when the layer has none.
    pub id: Option<String>,
}

impl Place {
    /// How a person would name the feature: its own identifier, or `#` and the feature id.
    #[must_use]
    pub fn label(&self) -> String {
        match (&self.id, self.fid) {
            (Some(id), _) if !id.is_empty() => id.clone(),
            (_, Some(fid)) => format!("#{fid}"),
            _ => self.layer.to_string(),
        }
    }

    /// The feature and its layer, for a sentence.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> String {
        if let Lang::En = lang {
            return self.to_string();
        }
        match (self.fid, &self.id) {
            (Some(fid), Some(id)) => format!("图层 `{}` 的要素 {fid}（`{id}`）", self.layer),
            (Some(fid), None) => format!("图层 `{}` 的要素 {fid}", self.layer),
            _ => format!("图层 `{}`", self.layer),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.fid, &self.id) {
            (Some(fid), Some(id)) => write!(f, "feature {fid} (`{id}`) of layer `{}`", self.layer),
            (Some(fid), None) => write!(f, "feature {fid} of layer `{}`", self.layer),
            _ => write!(f, "layer `{}`", self.layer),
        }
    }
}
