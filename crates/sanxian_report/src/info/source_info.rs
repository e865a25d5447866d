//! Sources that were looked at.

use sanxian_model::Explanation;

use crate::info::{CommandLine, LayerInfo};

/// Everything that was looked at.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// The sources, in the order in which they were named.
    pub sources: Vec<SourceInfo>,
    /// The check that the guessed roles make; none when no layer has one.
    pub command: Option<CommandLine>,
    /// Version of the program.
    pub tool_version: &'static str,
}

impl Inspection {
    /// Every layer of every source.
    pub fn layers(&self) -> impl Iterator<Item = &LayerInfo> + '_ {
        self.sources.iter().flat_map(|source| &source.layers)
    }

    /// Why sources and layers cannot be read, in the order of the sources; what is the matter with several of them alike, once.
    #[must_use]
    pub fn errors(&self) -> Vec<&Explanation> {
        let mut errors: Vec<&Explanation> = Vec::new();
        for source in &self.sources {
            for error in source.error.iter().chain(source.layers.iter().filter_map(LayerInfo::error)) {
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }
        }
        errors
    }
}

/// A file, a folder, a connection or standard input, and what is in it.
#[derive(Debug, Clone)]
pub struct SourceInfo {
    /// As the user named it; passwords are hidden.
    pub source: String,
    /// Its layers, or the one that was named, in the order of the input.
    pub layers: Vec<LayerInfo>,
    /// Why nothing of it can be read.
    pub error: Option<Explanation>,
}
