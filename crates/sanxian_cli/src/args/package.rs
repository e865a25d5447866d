//! The flags about packages of revisions.

use std::path::PathBuf;

use clap::Args;
use sanxian::Day;

use crate::day;

/// The package of a revision: written, or applied.
#[derive(Debug, Args)]
#[command(next_help_heading = "Revision package")]
pub(crate) struct PackageFlags {
    /// Write what changed of the plan layer L as a revision package, a new .gpkg or .gdb with the layers WHQL (features before), WHCL
    /// (changed ground) and WHHL (features after)
    #[arg(long, value_name = "FILE")]
    pub(crate) package: Option<PathBuf>,
    /// Name of the plan layer in the package [default: that of the plan; with --apply the only one of the package]
    #[arg(long, value_name = "NAME")]
    pub(crate) package_layer: Option<String>,
    /// Day with which numbers of changes begin, as in 2026-03-01 [default: that of `SOURCE_DATE_EPOCH`, or today in China]
    #[arg(long, value_name = "DATE", requires = "package", value_parser = day::parse)]
    pub(crate) package_date: Option<Day>,
    /// Text of a field of all changes, as in XZQDM=330106: YSDM, XZQDM, XZQMC, WHLY, JDZBLY, KZBSHSLX or BZ; others stay empty. May be
    /// repeated
    #[arg(long, value_name = "FIELD=TEXT", requires = "package", value_parser = field_text)]
    pub(crate) package_field: Vec<(String, String)>,
    /// Make the newer revision from the older one: give the plan before alone, and with -o the .gpkg or .gdb for the plan as revised
    #[arg(long, value_name = "PACKAGE", requires = "output", conflicts_with_all = ["package", "base", "head", "before"])]
    pub(crate) apply: Option<String>,
}

fn field_text(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((field, text)) if !field.is_empty() => Ok((field.to_owned(), text.to_owned())),
        _ => Err(format!("`{text}` is not FIELD=TEXT, as in `XZQDM=330106`")),
    }
}
