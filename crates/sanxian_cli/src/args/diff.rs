//! The flags of `sanxian diff`.

use clap::Args;
use sanxian::{Metres, Role};

use super::destination::Destination;
use super::judging::RuleChoice;
use super::package::PackageFlags;
use super::sources::{LineSources, Reading, role_source};
use super::words::{ChangeArg, SeverityArg};

pub(super) const EXAMPLES: &str = "\
Examples:
  # what the plan of this revision newly occupies, or occupies more of; exit 1 when there is a new error
  sanxian diff old.gpkg#GHYDYH new.gpkg#GHYDYH --redline lines.gpkg#STBHHX --farmland lines.gpkg#YJJBNT
  # since the commit before, with the lines of another branch; what is staged, in a hook before a commit
  sanxian diff HEAD~1:plan/plan.gpkg#GHYDYH plan/plan.gpkg#GHYDYH --redline main:lines.gpkg#STBHHX
  sanxian diff HEAD:plan/plan.gpkg :plan/plan.gpkg --config sanxian.toml
  # what a branch changes, of plan and lines, by the config of the project
  sanxian diff --base main
  # in a pipeline: the lines from a config, only farmland, and worse findings fail too
  sanxian diff old.gpkg new.gpkg --config sanxian.toml --select BF --fail-on worse -o diff.json
  # what changed, as the package in which maintained plans are handed in; and the plan as revised, from it and the one before
  sanxian diff old.gdb#GHYDYH new.gdb#GHYDYH --package package.gdb --package-field XZQDM=330106
  sanxian diff --apply package.gdb old.gdb#GHYDYH -o new.gpkg

A finding is known again by rule and identifier of its patch, or by ground where identifiers changed. Worse and better
are changes of its area by more than the tolerance, or of its severity.
Exit codes: 0 no finding that --fail-on names, 1 there is one, 2 could not run or no rule could be judged, 3 ran but
something that was given could not be judged in the newer revision.";

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The plan before, and the plan as revised: FILE, FILE#LAYER, PG:..., REVISION:FILE#LAYER of a Git repository, or - for standard
    /// input. With --base the plan as revised alone, or none for that of the config
    #[arg(value_names = ["OLD", "NEW"], num_args = 0..=2)]
    pub(crate) plans: Vec<String>,
    /// Compare with a revision of the Git repository: each file that it keeps, of the plan and of lines, as it was there
    #[arg(long, value_name = "REVISION")]
    pub(crate) base: Option<String>,
    #[command(flatten)]
    pub(crate) revision: RevisionFlags,
    #[command(flatten)]
    pub(crate) package: PackageFlags,
    #[command(flatten)]
    pub(crate) output: Destination,
}

/// What is compared, by which rules, and what fails.
#[derive(Debug, Clone, Args)]
pub(crate) struct RevisionFlags {
    /// With --base: read the files as they are in this revision [default: those of the working folder]
    #[arg(long, value_name = "REVISION")]
    pub(crate) head: Option<String>,
    /// A layer as it was before the revision, where the lines were revised, too; may be repeated
    #[arg(long, value_name = "ROLE=SRC", value_parser = role_source)]
    pub(crate) before: Vec<(Role, String)>,
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
}
