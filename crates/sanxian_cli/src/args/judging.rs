//! The flags that say by which rules findings are made, and which of them fail a run.

use std::path::PathBuf;

use clap::Args;
use sanxian::{Day, Metres, Quota, SquareMetres};

use super::words::{AreaArg, FailOn};
use crate::day;

/// The rules, and how areas are measured.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct RuleChoice {
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
    /// What the place is given, for caps and floors, as in `permanent-farmland=12000ha`, `expansion-multiple=130%`; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = quota, help_heading = "Rules")]
    pub(crate) quota: Vec<(String, Quota)>,
    /// Set overlaps aside whose mean width is below this, as in "0.05 m" [default: what the coordinates can tell; 0: none]
    #[arg(long, value_name = "WIDTH", value_parser = Metres::parse, help_heading = "Rules")]
    pub(crate) sliver_width: Option<Metres>,
    /// How areas on the ellipsoid are measured [default: straight]
    #[arg(long, value_enum, value_name = "METHOD", help_heading = "Rules")]
    pub(crate) area: Option<AreaArg>,
    /// Findings that are accepted: they are told apart and fail nothing, as long as they do not grow and are not expired
    #[arg(long, value_name = "FILE", help_heading = "Baseline")]
    pub(crate) baseline: Option<PathBuf>,
}

/// `NAME=VALUE`, as in `permanent-farmland=12000 ha`.
fn quota(text: &str) -> Result<(String, Quota), String> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not NAME=VALUE, as in `permanent-farmland=12000ha`"))?;
    Ok((name.trim().to_owned(), Quota::parse(value)?))
}

/// What fails a run that judges one state of a plan or of the lines.
#[derive(Debug, Default, Args)]
pub(crate) struct Failing {
    /// Exit with 1 from findings of this severity up [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "Rules")]
    pub(crate) fail_on: Option<FailOn>,
    /// Exit with 0 in place of 1
    #[arg(long, help_heading = "Rules")]
    pub(crate) exit_zero: bool,
    /// Exit with 3 when a layer of a rule was not given, so that the check is only a part
    #[arg(long, help_heading = "Rules")]
    pub(crate) require_complete: bool,
    #[command(flatten)]
    pub(crate) accepting: Accepting,
}

/// How the baseline is kept up to date.
#[derive(Debug, Default, Args)]
pub(crate) struct Accepting {
    /// Accept what this run finds: write new findings, and those that have grown, to the baseline
    #[arg(long, help_heading = "Baseline")]
    pub(crate) update_baseline: bool,
    /// Remove entries from the baseline whose findings are gone, as far as this run judged everything that they are about
    #[arg(long, help_heading = "Baseline")]
    pub(crate) prune_baseline: bool,
    /// Why what is added is accepted
    #[arg(long, value_name = "TEXT", requires = "update_baseline", help_heading = "Baseline")]
    pub(crate) reason: Option<String>,
    /// Number of the approval of what is added
    #[arg(long, value_name = "NO", requires = "update_baseline", help_heading = "Baseline")]
    pub(crate) approval: Option<String>,
    /// Last day on which what is added is accepted, as in 2026-12-31; renews what is expired
    #[arg(long, value_name = "DATE", value_parser = day::parse, requires = "update_baseline", help_heading = "Baseline")]
    pub(crate) expires: Option<Day>,
    /// Who accepts what is added
    #[arg(long, value_name = "NAME", requires = "update_baseline", help_heading = "Baseline")]
    pub(crate) by: Option<String>,
}
