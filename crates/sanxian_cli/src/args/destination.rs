//! The flags that say where a report goes.

use std::path::PathBuf;

use clap::Args;

use super::words::FormatArg;

/// Where the report goes.
#[derive(Debug, Default, Args)]
pub(crate) struct Destination {
    /// Format of the report [default: by the extension of the output, else full]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<FormatArg>,
    /// Write the report to this file; - is standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Option<PathBuf>,
    /// Replace an output that is a database with other data in it, all of it; the report of an earlier run is
    /// replaced without
    #[arg(long, help_heading = "Output")]
    pub(crate) overwrite: bool,
    /// Begin a CSV with a byte-order mark, so that Excel opens Chinese
    #[arg(long, help_heading = "Output")]
    pub(crate) bom: bool,
    /// Show at most this many rows for each rule [default: 20 on a terminal, all elsewhere]
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub(crate) rows: Option<usize>,
    /// Write times, counts and peak memory to this file, as JSON
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(crate) stats: Option<PathBuf>,
}
