//! `sanxian.toml`: layers by role, and settings.
//!
//! A key that is not known is an error with its place and the nearest known key: a mistyped threshold must not silently
//! pass a plan. Relative paths are read from the folder of the file.
//!
//! # Invariant
//! The only place that knows the keys of the file. [`KEYS`] describes them; what is not in it is not read.

#[cfg(feature = "files")]
mod check;
mod error;
mod known_names;
mod layer;
mod program;
mod read;
mod rule_files;
#[cfg(feature = "files")]
mod sources;
mod table;

use std::path::{Path, PathBuf};

use sanxian_geom::OnInvalid;
use sanxian_model::{Metres, Role, SquareMetres};
use sanxian_rules::RuleBook;

pub use error::ConfigError;
pub use known_names::KnownNames;
pub use layer::LayerConfig;
pub use program::{FailOn, ProgramConfig};
pub use rule_files::rule_book;
pub use table::{ConfigKey, KEYS, LAYER_KEYS};

use crate::area_method::AreaMethod;
use crate::check::CheckOptions;

/// What a `sanxian.toml` says; what it does not say is left to defaults.
///
/// ```
/// use std::path::Path;
///
/// use sanxian::{Config, Role, SquareMetres};
///
/// # fn main() -> Result<(), sanxian::ConfigError> {
/// let text = "tolerance = \"1 m2\"\n[layers]\nplan = \"plan.shp\"\nredline = \"lines.gpkg#STBHHX\"\n";
/// let config = Config::parse(Path::new("county/sanxian.toml"), text)?;
/// assert_eq!(config.options().tolerance, Some(SquareMetres(1.0)));
/// let redline = config.layers.iter().find(|layer| layer.role == Role::REDLINE);
/// assert_eq!(redline.map(|layer| &*layer.source), Some("county/lines.gpkg#STBHHX"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Config {
    /// The file; none when there is none.
    pub file: Option<PathBuf>,
    /// The layers, by the names of their roles.
    pub layers: Vec<LayerConfig>,
    /// Roles of the user's own.
    pub roles: Vec<Role>,
    /// Dated rule set.
    pub profile: Option<String>,
    /// Rules to run in place of the profile's.
    pub select: Vec<String>,
    /// Rules to leave out.
    pub ignore: Vec<String>,
    /// Rule files of the user's own, and folders of them.
    pub rules: Vec<PathBuf>,
    /// Largest area that is let pass.
    pub tolerance: Option<SquareMetres>,
    /// Mean width below which an overlap is set aside.
    pub sliver_width: Option<Metres>,
    /// How areas on the ellipsoid are measured.
    pub area: Option<AreaMethod>,
    /// CRS of layers that do not say theirs.
    pub crs: Option<String>,
    /// Text encoding in place of the detected one.
    pub encoding: Option<String>,
    /// What to do with geometry that is invalid.
    pub on_invalid: Option<OnInvalid>,
    /// Whether a layer without features is let pass.
    pub allow_empty: Option<bool>,
    /// What only the program has.
    pub program: ProgramConfig,
}

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

    /// The options of a check.
    #[must_use]
    pub fn options(&self) -> CheckOptions {
        let defaults = CheckOptions::default();
        CheckOptions {
            profile: self.profile.clone().unwrap_or_else(|| defaults.profile.clone()),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            tolerance: self.tolerance,
            sliver_width: self.sliver_width,
            area: self.area.unwrap_or_default(),
            ..defaults
        }
    }
}
