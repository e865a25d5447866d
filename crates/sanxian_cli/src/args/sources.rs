//! The flags that name layers, and say how they are read.

use std::path::PathBuf;

use clap::Args;
use sanxian::{Filter, Role, Scheme};

use super::words::OnInvalidArg;

/// The lines, and any other zones.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct LineSources {
    /// Ecological protection redline; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) redline: Vec<String>,
    /// Permanent basic farmland; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) farmland: Vec<String>,
    /// Urban development boundary with its sub-zones; may be repeated
    #[arg(long, value_name = "SRC", help_heading = "Layers")]
    pub(crate) urban_boundary: Vec<String>,
    /// A layer of any role, as in `admin-unit=units.shp` or, beside the plan, `plan=town2.gpkg`; may be repeated
    #[arg(long, value_name = "ROLE=SRC", value_parser = role_source, help_heading = "Layers")]
    pub(crate) zone: Vec<(Role, String)>,
    /// Declare a role of your own for --zone; those that rules name are known; may be repeated
    #[arg(long, value_name = "ROLE", value_parser = Role::new, help_heading = "Layers")]
    pub(crate) role: Vec<Role>,
    /// Take layers and settings from this file [default: sanxian.toml here or in a folder above]
    #[arg(long, value_name = "FILE", help_heading = "Layers")]
    pub(crate) config: Option<PathBuf>,
    /// Use no config, though there is one here or above
    #[arg(long, conflicts_with = "config", help_heading = "Layers")]
    pub(crate) no_config: bool,
}

/// How inputs are read.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Reading {
    /// CRS of inputs that do not say theirs, as in EPSG:4546; `none` for bare plane metres. `ROLE=CRS` for one layer
    #[arg(long, value_name = "[ROLE=]CRS", value_parser = for_role, help_heading = "Reading")]
    pub(crate) crs: Vec<ForRole>,
    /// Text encoding in place of the detected one, as in GBK. `ROLE=ENCODING` for one layer
    #[arg(long, value_name = "[ROLE=]ENCODING", value_parser = for_role, help_heading = "Reading")]
    pub(crate) encoding: Vec<ForRole>,
    /// Which column holds what, as in `plan.id=BSM`; without a role it is for the plan
    #[arg(long, value_name = "[ROLE.]NAME=COLUMN", value_parser = field, help_heading = "Reading")]
    pub(crate) field: Vec<FieldArg>,
    /// Scheme of the plan's land classes: land-sea-2023, survey-2019, land-sea-2020, urban-rural-2011 or land-use-2006
    #[arg(long, value_name = "SCHEME", value_parser = Scheme::parse, help_heading = "Reading")]
    pub(crate) scheme: Option<Scheme>,
    /// Only features of a role that meet a filter take part, as in `farmland=ZZSXDM = '110'`; the others are counted. Filters are
    /// those of rules, over columns or canonical names
    #[arg(long = "where", value_name = "ROLE=FILTER", value_parser = role_filter, help_heading = "Reading")]
    pub(crate) filter: Vec<(Role, Filter)>,
    /// What to do with geometry that is invalid [default: repair]
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Reading")]
    pub(crate) on_invalid: Option<OnInvalidArg>,
    /// Let a layer without features pass; otherwise the run ends with 3
    #[arg(long, help_heading = "Reading")]
    pub(crate) allow_empty: bool,
}

/// A value for one role, or for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ForRole {
    pub(crate) role: Option<Role>,
    pub(crate) value: String,
}

/// Which column of which layer holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldArg {
    pub(crate) role: Role,
    pub(crate) name: String,
    pub(crate) column: String,
}

pub(super) fn role_source(text: &str) -> Result<(Role, String), String> {
    match text.split_once('=') {
        Some((role, source)) if !source.is_empty() => Ok((Role::new(role)?, source.to_owned())),
        _ => Err(format!("`{text}` is not ROLE=SRC, as in `admin-unit=units.shp`")),
    }
}

fn role_filter(text: &str) -> Result<(Role, Filter), String> {
    let (role, filter) = text
        .split_once('=')
        .ok_or_else(|| format!("`{text}` is not ROLE=FILTER, as in `farmland=DLBM LIKE '01%'`"))?;
    let filter = Filter::parse(filter, false).map_err(|error| error.to_string())?;
    Ok((Role::new(role)?, filter))
}

/// `ROLE=VALUE` or a bare value. A PROJ string has `=` too, but begins with a plus.
fn for_role(text: &str) -> Result<ForRole, String> {
    if text.trim().is_empty() {
        return Err("nothing is given".to_owned());
    }
    Ok(match text.split_once('=') {
        Some((role, value)) if !value.is_empty() => match Role::new(role) {
            Ok(role) => ForRole { role: Some(role), value: value.to_owned() },
            Err(_) => ForRole { role: None, value: text.to_owned() },
        },
        _ => ForRole { role: None, value: text.to_owned() },
    })
}

fn field(text: &str) -> Result<FieldArg, String> {
    let wrong = || format!("`{text}` is not NAME=COLUMN or ROLE.NAME=COLUMN, as in `plan.id=BSM`");
    let (name, column) = text.split_once('=').ok_or_else(wrong)?;
    let (role, name) = match name.split_once('.') {
        Some((role, name)) => (Role::new(role)?, name),
        None => (Role::PLAN, name),
    };
    if name.is_empty() || column.is_empty() {
        return Err(wrong());
    }
    Ok(FieldArg { role, name: name.to_owned(), column: column.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_be_for_one_role() {
        let of = |text| for_role(text).expect("a value");
        assert_eq!(of("EPSG:4546"), ForRole { role: None, value: "EPSG:4546".to_owned() });
        assert_eq!(of("plan=none"), ForRole { role: Some(Role::PLAN), value: "none".to_owned() });
        let proj = "+proj=tmerc +lon_0=111";
        assert_eq!(of(proj), ForRole { role: None, value: proj.to_owned() });
        assert!(for_role(" ").is_err());
    }

    #[test]
    fn a_field_is_for_the_plan_unless_a_role_is_named() {
        let of = |text: &str| field(text).map(|f| (f.role.name().to_owned(), f.name, f.column));
        assert_eq!(of("id=BSM"), Ok(("plan".to_owned(), "id".to_owned(), "BSM".to_owned())));
        assert_eq!(of("redline.name=HXMC"), Ok(("redline".to_owned(), "name".to_owned(), "HXMC".to_owned())));
        assert!(of("BSM").is_err() && of("=BSM").is_err() && of("id=").is_err());
    }
}
