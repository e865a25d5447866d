//! The flags of `sanxian conflicts`, of which many are about one plan or layer by its name.

use std::path::PathBuf;

use clap::Args;
use sanxian::conflicts::{PlanLevel, PlannedClass};
use sanxian::{Filter, Metres, Scheme, SquareMetres};

use super::destination::Destination;
use super::words::OnInvalidArg;

pub(super) const EXAMPLES: &str = "\
Examples:
  # a land-use plan against a city plan, and what each makes of the land as it is; the result opens coloured in QGIS
  sanxian conflicts land=land-use.gpkg#TDLYZTGH city=city.shp --base survey.gpkg#DLTB -o conflicts.gpkg
  # three plans, the lines, and who decides: the master plan before the special one, the newer before the older
  sanxian conflicts master.gpkg special.gpkg old.gpkg --redline red.shp --farmland pbf.shp --unit towns.shp \\
      --level master=master --level special=special --base-year old=2009 --base-year master=2020
  # a city plan of GB 50137 whose column does not tell its scheme
  sanxian conflicts new.gpkg city.shp --scheme city=urban-rural-2011 --field city.land_class=YDXZ
  # anywhere: zones with a table of what they are, against woods, all of which are of one class
  sanxian conflicts zones=zones.gpkg woods=woods.geojson --field zones.land_class=ZONE \\
      --class-table zones=zones.csv --class woods=03 --no-uncovered
  # whether each project of a five-year plan has its place in the spatial plan, and industry lies in a park
  sanxian conflicts spatial.gpkg --project five-year.gpkg --park parks.shp -o projects.csv
  # roads of a special plan that come as lines, 24 m wide
  sanxian conflicts spatial.gpkg --project roads.gpkg --width project=24m --class project=1202
  # the pairs of layers that the config names under [[pairs]], without any plan
  sanxian conflicts --config sanxian.toml -o pairs.gpkg

A plan is called by its NAME, or else by its layer. Kinds: MP-A the first builds and the second does not, MP-B the
reverse, MP-C both build for another use, MP-D neither builds and the classes differ, MP-E covered by some plans only,
MP-F claimed twice by one plan. Areas are square metres on the ellipsoid.
Exit codes: 0 the plans agree, 1 they contradict each other, 2 could not run, 3 something that was given could not be
compared: unknown classes, features left out, a plan without features or far from the first.";

#[derive(Debug, Args)]
pub(crate) struct ConflictsArgs {
    /// The plans to compare, two or more: [NAME=]FILE, [NAME=]FILE#LAYER, [NAME=]PG:..., or - for standard input
    #[arg(value_name = "[NAME=]SRC")]
    pub(crate) plan: Vec<String>,
    /// Ecological protection redline; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) redline: Vec<String>,
    /// Permanent basic farmland; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) farmland: Vec<String>,
    /// Urban development boundary; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) urban_boundary: Vec<String>,
    /// Administrative units, by which patches are counted; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) unit: Vec<String>,
    /// Land as it is, such as survey patches: every plan is held against it; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) base: Vec<String>,
    /// Ground of approvals: a patch in it is put down to an approved change; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) approved: Vec<String>,
    /// Projects of other plans, such as a five-year or a special plan: each has to have a place in the first plan, by its
    /// class, or on construction land without one; one plan is then enough; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) project: Vec<String>,
    /// Industrial parks, outside of which projects of industry and storage are told; may be repeated
    #[arg(long, value_name = "SRC", requires = "project", help_heading = "Layers")]
    pub(crate) park: Vec<String>,
    /// Take lines, other layers and pairs of layers from this file [default: sanxian.toml here or in a folder above]
    #[arg(long, value_name = "FILE", help_heading = "Layers")]
    pub(crate) config: Option<PathBuf>,
    /// Use no config, though there is one here or above
    #[arg(long, conflicts_with = "config", help_heading = "Layers")]
    pub(crate) no_config: bool,
    /// Level of a plan: master, special or detailed
    #[arg(long, value_name = "NAME=LEVEL", value_parser = named_level, help_heading = "Plans")]
    pub(crate) level: Vec<(String, PlanLevel)>,
    /// Year whose land a plan starts from
    #[arg(long, value_name = "NAME=YEAR", value_parser = named_year, help_heading = "Plans")]
    pub(crate) base_year: Vec<(String, u16)>,
    /// Scheme of the land classes of a plan, of base or of project: land-sea-2023, survey-2019, land-sea-2020, urban-rural-2011 or land-use-2006
    #[arg(long, value_name = "NAME=SCHEME", value_parser = named_scheme, help_heading = "Plans")]
    pub(crate) scheme: Vec<(String, Scheme)>,
    /// What the values of a plan's own classification are: CSV with the headings value,class[,scheme]. Which column they
    /// stand in is told by --field, as in `zones.land_class=ZONE`
    #[arg(long, value_name = "NAME=FILE", value_parser = named, help_heading = "Plans")]
    pub(crate) class_table: Vec<(String, String)>,
    /// The one class of every feature of a plan, of land-sea-2023 or as SCHEME:CODE
    #[arg(long, value_name = "NAME=CODE", value_parser = named_class, help_heading = "Plans")]
    pub(crate) class: Vec<(String, PlannedClass)>,
    /// Which column of a plan or of another layer holds what, as in `city.land_class=YDXZ` or `unit.name=MC`
    #[arg(long, value_name = "NAME.WORD=COLUMN", value_parser = named_field, help_heading = "Reading")]
    pub(crate) field: Vec<(String, String, String)>,
    /// CRS of inputs that do not say theirs, as in EPSG:4546. `NAME=CRS` for one plan or layer
    #[arg(long, value_name = "[NAME=]CRS", value_parser = maybe_named, help_heading = "Reading")]
    pub(crate) crs: Vec<(Option<String>, String)>,
    /// Text encoding in place of the detected one, as in GBK. `NAME=ENCODING` for one plan or layer
    #[arg(long, value_name = "[NAME=]ENCODING", value_parser = maybe_named, help_heading = "Reading")]
    pub(crate) encoding: Vec<(Option<String>, String)>,
    /// Width of the lines of a plan or another layer, which are then the ground of that width, and diameter of its points,
    /// as in `project=20m`
    #[arg(long, value_name = "NAME=WIDTH", value_parser = named_width, help_heading = "Reading")]
    pub(crate) width: Vec<(String, Metres)>,
    /// Only features of a plan or another layer that meet a filter take part, as in `city=LAYER = '用地'`; the others are counted.
    /// Filters are those of rules, over columns or canonical names
    #[arg(long = "where", value_name = "NAME=FILTER", value_parser = named_filter, help_heading = "Reading")]
    pub(crate) filter: Vec<(String, Filter)>,
    /// What to do with geometry that is invalid [default: repair]
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Reading")]
    pub(crate) on_invalid: Option<OnInvalidArg>,
    /// Let a layer without features pass; otherwise the run ends with 3
    #[arg(long, help_heading = "Reading")]
    pub(crate) allow_empty: bool,
    #[command(flatten)]
    pub(crate) comparing: Comparing,
    #[command(flatten)]
    pub(crate) output: Destination,
}

/// Which differences are told, and how the run ends.
#[derive(Debug, Args)]
pub(crate) struct Comparing {
    /// Patches below this are errors of digitising, as in "400 m2" [default: 200, 400 or 600 m2, by class]
    #[arg(long, value_name = "AREA", value_parser = SquareMetres::parse, help_heading = "Comparing")]
    pub(crate) least_area: Option<SquareMetres>,
    /// Patches whose mean width is below this are errors of digitising [default: 1 m; 0: none]
    #[arg(long, value_name = "WIDTH", value_parser = Metres::parse, help_heading = "Comparing")]
    pub(crate) least_width: Option<Metres>,
    /// Mean width below which a difference is put down to a shifted boundary [default: 2 m]
    #[arg(long, value_name = "WIDTH", value_parser = Metres::parse, help_heading = "Comparing")]
    pub(crate) shift_width: Option<Metres>,
    /// Leave out ground that only some of the plans cover (MP-E): for plans that are made for different areas
    #[arg(long, help_heading = "Comparing")]
    pub(crate) no_uncovered: bool,
    /// List errors of digitising one by one; they are counted in any case
    #[arg(long, help_heading = "Comparing")]
    pub(crate) list_digitising: bool,
    /// Exit with 0 in place of 1
    #[arg(long, help_heading = "Comparing")]
    pub(crate) exit_zero: bool,
}

/// `NAME=VALUE`.
fn named(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => {
            Ok((name.to_owned(), value.to_owned()))
        }
        _ => Err(format!("`{text}` is not NAME=VALUE, with the name of a plan")),
    }
}

fn named_level(text: &str) -> Result<(String, PlanLevel), String> {
    let (name, word) = named(text)?;
    let level = PlanLevel::ALL.into_iter().find(|level| level.name() == word);
    let known = PlanLevel::ALL.map(PlanLevel::name).join(", ");
    level.map(|level| (name, level)).ok_or_else(|| format!("`{word}` is none of {known}"))
}

fn named_year(text: &str) -> Result<(String, u16), String> {
    let (name, year) = named(text)?;
    match year.parse() {
        Ok(number @ 1900..=2200) => Ok((name, number)),
        _ => Err(format!("`{year}` is not a year")),
    }
}

fn named_scheme(text: &str) -> Result<(String, Scheme), String> {
    let (name, scheme) = named(text)?;
    Ok((name, Scheme::parse(&scheme)?))
}

fn named_width(text: &str) -> Result<(String, Metres), String> {
    let (name, width) = named(text)?;
    match Metres::parse(&width)? {
        Metres::ZERO => Err(format!("`{width}` is no width")),
        width => Ok((name, width)),
    }
}

fn named_filter(text: &str) -> Result<(String, Filter), String> {
    let (name, filter) = named(text)?;
    Ok((name, Filter::parse(&filter, false).map_err(|error| error.to_string())?))
}

fn named_class(text: &str) -> Result<(String, PlannedClass), String> {
    let (name, class) = named(text)?;
    let (scheme, code) = match class.split_once(':') {
        Some((scheme, code)) => (Scheme::parse(scheme)?, code),
        None => (Scheme::LandSea2023, &*class),
    };
    let planned = PlannedClass::of(scheme, code).ok_or_else(|| format!("{scheme} has no class `{code}`"))?;
    Ok((name, planned))
}

fn named_field(text: &str) -> Result<(String, String, String), String> {
    let (word, column) = named(text)?;
    match word.rsplit_once('.') {
        Some((name, word)) if !name.is_empty() && !word.is_empty() => {
            Ok((name.to_owned(), word.to_owned(), column))
        }
        _ => Err(format!("`{text}` is not NAME.WORD=COLUMN, as in `city.land_class=YDXZ`")),
    }
}

/// `NAME=VALUE` or a bare value. A PROJ string has `=` too, but begins with a plus.
fn maybe_named(text: &str) -> Result<(Option<String>, String), String> {
    match named(text) {
        Ok((name, value)) if !name.starts_with('+') => Ok((Some(name), value)),
        _ if text.trim().is_empty() => Err("nothing is given".to_owned()),
        _ => Ok((None, text.to_owned())),
    }
}
