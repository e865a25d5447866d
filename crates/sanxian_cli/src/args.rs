//! Every command and every flag, once. Help, completions and man page are made from here.

mod ci;
mod conflicts;
mod destination;
mod diff;
mod info;
mod judging;
mod package;
mod sources;
mod words;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand};

pub(crate) use ci::CiArgs;
pub(crate) use conflicts::ConflictsArgs;
pub(crate) use destination::Destination;
pub(crate) use diff::{DiffArgs, RevisionFlags};
pub(crate) use info::InfoArgs;
pub(crate) use judging::{Accepting, Failing, RuleChoice};
pub(crate) use package::PackageFlags;
pub(crate) use sources::{ForRole, LineSources, Reading};
pub(crate) use words::{AreaArg, CardFormatArg, LangArg, OnInvalidArg, OverlapFormatArg};

const EXAMPLES: &str = "\
Examples:
  sanxian check plan.gpkg#GHYDYH --redline lines.gpkg#STBHHX --farmland lines.gpkg#YJJBNT
  sanxian check project.txt --config sanxian.toml -o findings.gpkg
  sanxian lines --redline redline.shp --farmland farmland.shp --urban-boundary boundary.shp
  sanxian conflicts land=land-use.gpkg city=city.shp --base survey.gpkg#DLTB -o conflicts.gpkg
  sanxian diff old.gpkg#GHYDYH new.gpkg#GHYDYH --config sanxian.toml --fail-on new
  sanxian ci --base origin/main
  sanxian info county.gpkg
  sanxian overlap parcels.shp flood.gpkg -o overlaps.csv
  sanxian rule BF-01
  sanxian demo

Exit codes: 0 nothing found, 1 findings, 2 could not run or no rule could be judged, 3 ran but something that was
given could not be judged (with --require-complete: or a line was not given).";

const CHECK_EXAMPLES: &str = "\
Examples:
  # a plan against the three lines, all in one GeoPackage
  sanxian check county.gpkg#GHYDYH --redline county.gpkg#STBHHX --farmland county.gpkg#YJJBNT \\
      --urban-boundary county.gpkg#CZKFBJ
  # a project's boundary points, with the layers named in a config; the result opens coloured in QGIS
  sanxian check project.txt --config sanxian.toml -o findings.gpkg
  # in a pipeline: only the farmland rules, fail on warnings too
  sanxian check plan.gpkg --farmland pbf.gpkg --select BF --fail-on warning --output-format concise

Sources: FILE, FILE#LAYER, PG:connection#table, - for GeoJSON on standard input, or a file of a Git revision:
HEAD~1:FILE#LAYER from the root of the repository, HEAD~1:./FILE from this folder, :FILE for what is staged.
Areas are square metres on the ellipsoid, within edges that are straight in the plan's own CRS.
Exit codes: 0 nothing found, 1 findings, 2 could not run or no rule could be judged, 3 ran but something that was
given could not be judged (with --require-complete: or a line was not given).";

const LINES_EXAMPLES: &str = "\
Examples:
  sanxian lines --redline redline.shp --farmland farmland.shp --urban-boundary boundary.shp
  sanxian lines --config sanxian.toml -o lines.geojson";

const OVERLAP_EXAMPLES: &str = "\
Examples:
  sanxian overlap parcels.shp flood.gpkg wetlands.geojson -o overlaps.csv
  sanxian overlap parcels.gpkg#plots zones.gpkg#zones --id BSM --output-format ndjson | head

Columns: subject_id, zone_layer, zone_id, area_m2 (ellipsoid), planar_m2 (plane of the subject's CRS, empty in
longitude and latitude), share (area_m2 over the area of the subject). One row for each pair with area above zero.";

const RULE_EXAMPLES: &str = "\
Examples:
  sanxian rule                      # the rules of the profile
  sanxian rule BF-01
  sanxian rule MP-A                 # a kind of difference patch, as sanxian conflicts finds them
  sanxian rule --all --output-format markdown > rules.md";

const DEMO_EXAMPLES: &str = "\
Example:
  sanxian demo --output-dir sanxian-demo";

const CONVERT_EXAMPLES: &str = "\
Examples:
  sanxian convert project.txt project.gpkg
  sanxian convert plan.shp plan.geojson --to-crs EPSG:4490
  sanxian convert parcel.gpkg parcel.txt --crs EPSG:4546";

const TEXTCONV_EXAMPLES: &str = "\
Example:
  # once for a repository; then git diff and git log -p show features of GeoPackages
  git config diff.sanxian.textconv 'sanxian textconv'
  echo '*.gpkg diff=sanxian' >> .gitattributes

Each feature is a line: layer, identifier, area on the ellipsoid, west, south, east and north, and its columns. Lines are
in order, whatever the order of features in the file.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  sanxian completions bash > ~/.local/share/bash-completion/completions/sanxian
  sanxian completions fish > ~/.config/fish/completions/sanxian.fish";

/// The command with all its flags, for help, completions and man pages.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Check land-use plans against the three lines (三线): redline, farmland, urban boundary.
#[derive(Debug, Parser)]
#[command(name = "sanxian", version, after_help = EXAMPLES, max_term_width = 110, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Flags of every command.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// Language of reports and messages [default: that of the locale]
    #[arg(long, global = true, value_enum, value_name = "LANG", help_heading = "General")]
    pub(crate) lang: Option<LangArg>,
    /// Threads to use [default: one for each core]; results are the same with any number
    #[arg(long, global = true, value_name = "N", help_heading = "General")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Say nothing on standard error but errors
    #[arg(short, long, global = true, help_heading = "General")]
    pub(crate) quiet: bool,
    /// Say on standard error where layers and settings come from
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = "General")]
    pub(crate) verbose: bool,
    /// No colour, on a terminal too (`NO_COLOR` does the same)
    #[arg(long, global = true, help_heading = "General")]
    pub(crate) no_color: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Which patches break which rule against redline, farmland, urban boundary and other zones
    #[command(after_help = CHECK_EXAMPLES)]
    Check(CheckArgs),
    /// Whether the three lines themselves are consistent
    #[command(after_help = LINES_EXAMPLES)]
    Lines(LinesArgs),
    /// Where plans contradict each other, why, and who decides
    #[command(after_help = conflicts::EXAMPLES)]
    Conflicts(conflicts::ConflictsArgs),
    /// What a revision of a plan makes new, worse, better or heals, by the same rules
    #[command(after_help = diff::EXAMPLES)]
    Diff(DiffArgs),
    /// What a change does to a plan, told to the platform of continuous integration that runs this
    #[command(after_help = ci::EXAMPLES)]
    Ci(ci::CiArgs),
    /// What files hold and how they would be read, before anything is judged
    #[command(after_help = info::EXAMPLES)]
    Info(info::InfoArgs),
    /// Which feature shares how much area with which, without any rule
    #[command(after_help = OVERLAP_EXAMPLES)]
    Overlap(OverlapArgs),
    /// The card of a rule: what, why, legal sources, how it is measured
    #[command(after_help = RULE_EXAMPLES)]
    Rule(RuleArgs),
    /// The main job on the sample county that is built in
    #[command(after_help = DEMO_EXAMPLES)]
    Demo(DemoArgs),
    /// Read a layer in any format and write it in any other
    #[command(after_help = CONVERT_EXAMPLES)]
    Convert(ConvertArgs),
    /// The features of a file as lines of text, by which `git diff` shows what changed in it
    #[command(after_help = TEXTCONV_EXAMPLES)]
    Textconv(TextconvArgs),
    /// Completions for a shell, on standard output
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    /// The plan patches or parcels to check: FILE, FILE#LAYER, PG:..., or - for standard input; boundary points
    /// in a .txt are a project
    pub(crate) plan: Option<String>,
    /// A project's red line, checked like the plan; the plan of a config is then left alone; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) project: Vec<String>,
    /// Approved industrial parks and development zones; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) park: Vec<String>,
    #[command(flatten)]
    pub(crate) lines: LineSources,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) rules: RuleChoice,
    #[command(flatten)]
    pub(crate) failing: Failing,
    #[command(flatten)]
    pub(crate) output: Destination,
}

#[derive(Debug, Args)]
pub(crate) struct LinesArgs {
    #[command(flatten)]
    pub(crate) lines: LineSources,
    #[command(flatten)]
    pub(crate) reading: Reading,
    #[command(flatten)]
    pub(crate) rules: RuleChoice,
    #[command(flatten)]
    pub(crate) failing: Failing,
    #[command(flatten)]
    pub(crate) output: Destination,
}

#[derive(Debug, Args)]
pub(crate) struct OverlapArgs {
    /// The features to measure: FILE, FILE#LAYER, PG:..., or - for standard input
    pub(crate) subject: String,
    /// What they are measured against
    #[arg(required = true)]
    pub(crate) zone: Vec<String>,
    /// Column of the subject that names its features; `fid` for the feature id [default: its identifier, else the
    /// feature id]
    #[arg(long, value_name = "FIELD", help_heading = "Reading")]
    pub(crate) id: Option<String>,
    /// The same for the zones; `fid` for the feature id
    #[arg(long, value_name = "FIELD", help_heading = "Reading")]
    pub(crate) zone_id: Option<String>,
    /// CRS of inputs that do not say theirs; `none` for bare plane metres
    #[arg(long, value_name = "CRS", help_heading = "Reading")]
    pub(crate) crs: Option<String>,
    /// Text encoding in place of the detected one
    #[arg(long, value_name = "ENCODING", help_heading = "Reading")]
    pub(crate) encoding: Option<String>,
    /// What to do with geometry that is invalid [default: repair]
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Reading")]
    pub(crate) on_invalid: Option<OnInvalidArg>,
    /// Let a layer without features pass; otherwise the run ends with 3
    #[arg(long, help_heading = "Reading")]
    pub(crate) allow_empty: bool,
    /// How areas on the ellipsoid are measured [default: straight]
    #[arg(long, value_enum, value_name = "METHOD", help_heading = "Reading")]
    pub(crate) area: Option<AreaArg>,
    /// Format of the table [default: by the extension of the output, else csv]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<OverlapFormatArg>,
    /// Write the table to this file; - is standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
    /// Replace a file that is no table of sanxian; a table of an earlier run is replaced without
    #[arg(long, help_heading = "Output")]
    pub(crate) overwrite: bool,
    /// Begin a CSV with a byte-order mark, so that Excel opens Chinese
    #[arg(long, help_heading = "Output")]
    pub(crate) bom: bool,
    /// Write times, counts and peak memory to this file, as JSON
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) stats: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RuleArgs {
    /// Name or code of a rule, or code of a kind of difference patch; without it, the rules of the profile are listed
    pub(crate) rule: Option<String>,
    /// The cards of all rules
    #[arg(long, conflicts_with = "rule")]
    pub(crate) all: bool,
    /// The dated rule set to list
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Add rules of your own: a rule file or a folder of them; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
    /// Format of the cards
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub(crate) output_format: CardFormatArg,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where the sample county and the results are put
    #[arg(long, value_name = "DIR", default_value = "sanxian-demo")]
    pub(crate) output_dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct TextconvArgs {
    /// The file
    pub(crate) file: String,
}

#[derive(Debug, Args)]
pub(crate) struct ConvertArgs {
    /// The layer to read: FILE, FILE#LAYER, PG:..., or - for standard input
    pub(crate) source: String,
    /// The file to write; its extension says the format
    pub(crate) target: PathBuf,
    /// Bring the coordinates to this CRS
    #[arg(long, value_name = "CRS")]
    pub(crate) to_crs: Option<String>,
    /// CRS of the source, when it does not say its own
    #[arg(long, value_name = "CRS")]
    pub(crate) crs: Option<String>,
    /// Text encoding of the source, in place of the detected one
    #[arg(long, value_name = "ENCODING")]
    pub(crate) encoding: Option<String>,
    /// Text encoding of a Shapefile that is written [default: UTF-8]
    #[arg(long, value_name = "ENCODING")]
    pub(crate) to_encoding: Option<String>,
    /// What to do with geometry that is invalid [default: repair]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(crate) on_invalid: Option<OnInvalidArg>,
    /// Replace the file when it is already there, with every layer in it; otherwise the run ends with 2
    #[arg(long)]
    pub(crate) overwrite: bool,
    /// Let a source without features pass
    #[arg(long)]
    pub(crate) allow_empty: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_flags_fit_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains(&format!("sanxian {}", command.get_name())), "{}", command.get_name());
        }
    }
}
