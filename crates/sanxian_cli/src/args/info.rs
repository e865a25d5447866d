//! The flags of `sanxian info`.

use clap::Args;

use super::words::InfoFormatArg;

pub(super) const EXAMPLES: &str = "\
Examples:
  # every layer of a GeoPackage, and the check that they make
  sanxian info county.gpkg
  # a project of unknown make beside the lines
  sanxian info project.shp lines.gpkg#STBHHX lines.gpkg#YJJBNT
  # for a program
  sanxian info survey.gdb --output-format json | jq '.sources[].layers[] | {name, role}'

Of each layer: driver, geometry, features, CRS, extent, text encoding and how both were known, the role that it may have and
why, identifiers, land classes with their scheme, what reading would tell, and its fields with what they are taken for.
Roles are guesses by names and columns of the standards; nothing is judged.
Exit codes: 0 everything can be read, 2 something cannot; the rest is told all the same.";

#[derive(Debug, Args)]
pub(crate) struct InfoArgs {
    /// What to look at: FILE, FILE#LAYER, a folder, PG:..., or - for standard input; without a layer all layers are told
    #[arg(required = true, value_name = "SRC")]
    pub(crate) source: Vec<String>,
    /// CRS of inputs that do not say theirs; `none` for bare plane metres
    #[arg(long, value_name = "CRS", help_heading = "Reading")]
    pub(crate) crs: Option<String>,
    /// Text encoding in place of the detected one
    #[arg(long, value_name = "ENCODING", help_heading = "Reading")]
    pub(crate) encoding: Option<String>,
    /// Format of what is told
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "full", help_heading = "Output")]
    pub(crate) output_format: InfoFormatArg,
}
