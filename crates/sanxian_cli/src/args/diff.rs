//! The flags of `sanxian diff`.

use clap::Args;
use sanxian::Metres;

use super::destination::Destination;
use super::judging::RuleChoice;
use super::sources::{LineSources, Reading};
use super::words::{ChangeArg, SeverityArg};

pub(super) const EXAMPLES: &str = "\
Examples:
  # what the plan of this revision newly occupies, or occupies more of; exit 1 when there is a new error
  sanxian diff old.gpkg#GHYDYH new.gpkg#GHYDYH --redline lines.gpkg#STBHHX --farmland lines.gpkg#YJJBNT
  # since the commit before, with the lines of another branch; what is staged, in a hook before a commit
  sanxian diff HEAD~1:plan/plan.gpkg#GHYDYH plan/plan.gpkg#GHYDYH --redline main:lines.gpkg#STBHHX
  sanxian diff HEAD:plan/plan.gpkg :plan/plan.gpkg --config sanxian.toml
  # in a pipeline: the lines from a config, only farmland, and worse findings fail too
  sanxian diff old.gpkg new.gpkg --config sanxian.toml --select BF --fail-on worse -o diff.json

A finding is known again by rule and identifier of its patch, or by ground where identifiers changed. Worse and better
are changes of its area by more than the tolerance, or of its severity.
Exit codes: 0 no finding that --fail-on names, 1 there is one, 2 could not run or no rule could be judged, 3 ran but
something that was given could not be judged in the newer revision.";

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The plan before: FILE, FILE#LAYER, PG:..., REVISION:FILE#LAYER of a Git repository, or - for standard input
    pub(crate) old: String,
    /// The plan as revised
    pub(crate) new: String,
    #[command(flatten)]
    pub(crate) lines: LineSources,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) rules: RuleChoice,
    /// Which changes fail the run
    #[arg(long, value_enum, value_name = "CHANGE", default_value = "new", help_heading = "Rules")]
    pub(crate) fail_on: ChangeArg,
    /// Findings below this severity fail no run
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "error", help_heading = "Rules")]
    pub(crate) severity: SeverityArg,
    /// Count strips of ground between both plans as noise of coordinates up to this mean width, as in "0.02 m" [default: 1 mm, or
    /// what the coordinates can tell]
    #[arg(long, value_name = "WIDTH", value_parser = Metres::parse)]
    pub(crate) noise_width: Option<Metres>,
    #[command(flatten)]
    pub(crate) output: Destination,
}
