//! The flags of `sanxian ci`.

use std::path::PathBuf;

use clap::Args;

use super::diff::RevisionFlags;

pub(super) const EXAMPLES: &str = "\
Examples:
  # in a workflow of GitHub, a pipeline of GitLab or Jenkins: what to compare with is known from its variables
  sanxian ci
  # anywhere else, with a report of everything in a folder
  sanxian ci --base origin/main --output-dir report
  # with a map that the comment shows, from where the reports are published
  sanxian ci --map map.svg --map-url https://reports.example.org/17/map.svg

What is compared: on GitHub a pull request with the branch it goes to and a push with what was there before; on GitLab a
merge request with its base and a push with what was there before; on Jenkins a change with its target and a build with
the last one that succeeded; in a bare repository, as in a hook of a server, HEAD with the commit before. A branch is
compared where it left its target. Where there is nothing to compare with, every finding counts as new.
Written into the folder: report.md, report.json, comment.md (what is new, the rest folded, short enough for a comment),
and what the platform reads: sanxian.sarif (all but GitLab; on GitHub every finding of the newer revision, as code
scanning expects), junit.xml (all but GitHub), gl-code-quality.json (GitLab). On GitHub also annotations, and the summary
of the step. With --map a map, which comment.md shows from --map-url or names.
Exit codes: 0 no finding that --fail-on names, 1 there is one, 2 could not run or no rule could be judged, 3 ran but
something that was given could not be judged in the newer revision.";

#[derive(Debug, Args)]
pub(crate) struct CiArgs {
    /// The plan as revised [default: that of the config]
    pub(crate) plan: Option<String>,
    /// Compare with this revision of the Git repository [default: by the platform]
    #[arg(long, value_name = "REVISION")]
    pub(crate) base: Option<String>,
    #[command(flatten)]
    pub(crate) revision: RevisionFlags,
    /// Folder for the reports; it is made when it is missing
    #[arg(long, value_name = "FOLDER", default_value = "sanxian-report", help_heading = "Output")]
    pub(crate) output_dir: PathBuf,
    /// Write a map as SVG into the folder, too: what changed, with the findings that are new or worse
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) map: Option<PathBuf>,
    /// Address where the map will be found, so that comment.md shows it
    #[arg(long, value_name = "URL", requires = "map", help_heading = "Output")]
    pub(crate) map_url: Option<String>,
}
