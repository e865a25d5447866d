//! What a `sanxian.toml` says.

use std::path::PathBuf;

use sanxian_geom::OnInvalid;
use sanxian_model::conflict::LayerPair;
use sanxian_model::{Metres, Role, SquareMetres};
use sanxian_rules::Quotas;

use super::layer::LayerConfig;
use super::program::ProgramConfig;
use crate::check::CheckOptions;
use crate::measure::AreaMethod;

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
/// assert_eq!(redline.map(|layer| Path::new(&*layer.source)), Some(Path::new("county/lines.gpkg#STBHHX")));
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
    /// The list of accepted findings.
    pub baseline: Option<PathBuf>,
    /// Largest area that is let pass.
    pub tolerance: Option<SquareMetres>,
    /// What the place is given: floors and caps of rules, by name.
    pub quotas: Quotas,
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
    /// Pairs of layers that must not lie on each other, for comparisons.
    pub pairs: Vec<LayerPair>,
    /// What only the program has.
    pub program: ProgramConfig,
}

impl Config {
    /// The options of a check, but for the baseline, which is a file of its own.
    #[must_use]
    pub fn options(&self) -> CheckOptions {
        let defaults = CheckOptions::default();
        CheckOptions {
            profile: self.profile.clone().unwrap_or_else(|| defaults.profile.clone()),
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            tolerance: self.tolerance,
            quotas: self.quotas.clone(),
            sliver_width: self.sliver_width,
            area: self.area.unwrap_or_default(),
            ..defaults
        }
    }
}
