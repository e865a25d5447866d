//! The flags that say where a report goes.

use std::path::PathBuf;

use clap::Args;

use super::words::FormatArg;

/// Where the report goes.
#[derive(Debug, Default, Args)]
pub(crate) struct Destination {
    /// Format of the report [default: by the extension of the output, else full]; of several outputs, that of those whose
    /// extension tells none
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<FormatArg>,
    /// Write the report to this file; - is standard output. May be repeated: each output is in the format of its extension
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub(crate) output: Vec<PathBuf>,
    /// Replace a file that is no report of sanxian, or a database with other data in it, all of it; the report of an
    /// earlier run is replaced without, unless it is concise, github or in another format that does not say who wrote it
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
