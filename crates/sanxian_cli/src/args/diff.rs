//! The flags of `sanxian diff`.

use std::path::PathBuf;

use clap::Args;
use sanxian::{Metres, SquareMetres};

use super::destination::Destination;
use super::sources::{LineSources, Reading};
use super::words::{AreaArg, ChangeArg, SeverityArg};

pub(super) const EXAMPLES: &str = "\
Examples:
  # what the plan of this revision newly occupies, or occupies more of; exit 1 when there is a new error
  sanxian diff old.gpkg#GHYDYH new.gpkg#GHYDYH --redline lines.gpkg#STBHHX --farmland lines.gpkg#YJJBNT
  # in a pipeline: the lines from a config, only farmland, and worse findings fail too
  sanxian diff old.gpkg new.gpkg --config sanxian.toml --select BF --fail-on worse -o diff.json

A finding is known again by rule and identifier of its patch, or by ground where identifiers changed. Worse and better
are changes of its area by more than the tolerance, or of its severity.
Exit codes: 0 no finding that --fail-on names, 1 there is one, 2 could not run or no rule could be judged, 3 ran but
something that was given could not be judged in the newer revision.";

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The plan before: FILE, FILE#LAYER, PG:..., or - for standard input
    pub(crate) old: String,
    /// The plan as revised
    pub(crate) new: String,
    #[command(flatten)]
    pub(crate) lines: LineSources,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Dated rule set [default: national-2026]
    #[arg(long, value_name = "NAME", help_heading = "Rules")]
    pub(crate) profile: Option<String>,
    /// Run these rules in place of the profile's: names, codes, or the letters of a family
    #[arg(long, value_name = "RULE,..", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) select: Vec<String>,
    /// Leave these rules out
    #[arg(long, value_name = "RULE,..", value_delimiter = ',', help_heading = "Rules")]
    pub(crate) ignore: Vec<String>,
    /// Add rules of your own: a rule file or a folder of them; may be repeated
    #[arg(long, value_name = "PATH", help_heading = "Rules")]
    pub(crate) rules: Vec<PathBuf>,
    /// Areas below this are slivers, as in "0.5 m2" [default: that of the profile]
    #[arg(long, value_name = "AREA", value_parser = SquareMetres::parse, help_heading = "Rules")]
    pub(crate) tolerance: Option<SquareMetres>,
    /// Set overlaps aside whose mean width is below this, as in "0.05 m" [default: what the coordinates can tell; 0: none]
    #[arg(long, value_name = "WIDTH", value_parser = Metres::parse, help_heading = "Rules")]
    pub(crate) sliver_width: Option<Metres>,
    /// How areas on the ellipsoid are measured [default: straight]
    #[arg(long, value_enum, value_name = "METHOD", help_heading = "Rules")]
    pub(crate) area: Option<AreaArg>,
    /// Which changes fail the run
    #[arg(long, value_enum, value_name = "CHANGE", default_value = "new", help_heading = "Rules")]
    pub(crate) fail_on: ChangeArg,
    /// Findings below this severity fail no run
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error", help_heading = "Rules")]
    pub(crate) severity: SeverityArg,
    #[command(flatten)]
    pub(crate) output: Destination,
}
