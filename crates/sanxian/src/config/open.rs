//! Finds a config and reads it.

use std::path::{Path, PathBuf};

use sanxian_rules::RuleBook;

use super::error::ConfigError;
use super::known_names::KnownNames;
use super::read;
use super::rule_files::rule_book;
use super::settings::Config;

impl Config {
    /// The name that is looked for.
    pub const FILE_NAME: &str = "sanxian.toml";

    /// The config of a folder, or of the nearest folder above it that has one.
    #[must_use]
    pub fn find(folder: &Path) -> Option<PathBuf> {
        let here = folder.join(Self::FILE_NAME);
        if here.is_file() {
            return Some(here);
        }
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let folder = folder.canonicalize().ok()?;
        folder.ancestors().skip(1).map(|above| above.join(Self::FILE_NAME)).find(|path| path.is_file())
    }

    /// Reads a config.
    ///
    /// # Errors
    /// [`ConfigError::Unreadable`], and [`ConfigError::Toml`] with the place of the first mistake.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        Self::parse(path, &text)
    }

    /// Reads the text of a config. `file` names it in errors, and its folder is what relative paths are read from.
    ///
    /// # Errors
    /// [`ConfigError::Toml`] with the place of the first mistake.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        Ok(read::config(file, text)?)
    }

    /// The rules: those of the library, and the user's own. Roles and words of field maps that none of them knows are
    /// refused.
    ///
    /// # Errors
    /// As [`rule_book`]; [`ConfigError::UnknownRole`] and [`ConfigError::UnknownField`] with their place.
    pub fn book(&self) -> Result<RuleBook, ConfigError> {
        let book = rule_book(&self.rules)?;
        KnownNames::of(&book, &self.roles).check_config(self)?;
        Ok(book)
    }
}
