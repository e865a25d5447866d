//! Which column of a layer holds what.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use arrow_array::RecordBatch;
use sanxian_model::{FieldMap, Role};

use crate::{LayerError, LayerOptions};

/// Canonical name to candidates, by section.
type Table = BTreeMap<String, BTreeMap<String, Vec<String>>>;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../data/codes/fields.toml"))
        .expect("the field table is checked by a test")
});

/// The canonical name that the field table gives a column in a layer of that role; none for a column that it does not list.
#[must_use]
pub fn canonical_name_of_column(role: &Role, column: &str) -> Option<&'static str> {
    let sections = [role.name(), "any"].into_iter().filter_map(|section| TABLE.get(section));
    let listed = |names: &[String]| names.iter().any(|name| name.eq_ignore_ascii_case(column));
    sections.flatten().find(|(_, names)| listed(names)).map(|(canonical, _)| canonical.as_str())
}

/// Finds the column of each canonical name: the user's word first, then the section of the role, then what
/// holds for every layer.
pub(crate) fn map(
    attributes: &RecordBatch,
    role: &Role,
    options: &LayerOptions,
    path: &str,
    layer: &str,
) -> Result<FieldMap, LayerError> {
    let schema = attributes.schema_ref();
    let columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let mut map = FieldMap::new();
    for section in [role.name(), "any"] {
        for (canonical, candidates) in TABLE.get(section).into_iter().flatten() {
            if map.contains_key(canonical) {
                continue;
            }
            if let Some(column) = candidates.iter().find_map(|candidate| find(&columns, candidate)) {
                map.insert(canonical.clone(), column.to_owned());
            }
        }
    }
    for (canonical, wanted) in &options.fields {
        let Some(column) = find(&columns, wanted) else {
            return Err(LayerError::NoSuchColumn {
                path: path.to_owned(),
                layer: layer.to_owned(),
                field: canonical.clone(),
                column: wanted.clone(),
                known: columns.iter().map(|&name| name.to_owned()).collect(),
            });
        };
        map.insert(canonical.clone(), column.to_owned());
    }
    Ok(map)
}

/// The column of that name, whatever its case, or the column that a Shapefile made of it.
fn find<'a>(columns: &[&'a str], wanted: &str) -> Option<&'a str> {
    let exact = columns.iter().find(|name| **name == wanted);
    let any_case = || columns.iter().find(|name| name.eq_ignore_ascii_case(wanted));
    let cut = || {
        // Ten bytes, in UTF-8 or in GBK: five characters of three bytes do not fit, of two they do.
        [cut_utf8(wanted), cut_gbk(wanted)]
            .into_iter()
            .flatten()
            .find_map(|short| columns.iter().find(|name| name.eq_ignore_ascii_case(&short)))
    };
    exact.or_else(any_case).or_else(cut).copied()
}

const SHAPEFILE_NAME: usize = 10;

fn cut_utf8(name: &str) -> Option<String> {
    let end = (0..=SHAPEFILE_NAME).rev().find(|&end| name.is_char_boundary(end))?;
    (name.len() > SHAPEFILE_NAME).then(|| name[..end].to_owned())
}

fn cut_gbk(name: &str) -> Option<String> {
    let mut bytes = 0;
    let short: String = name
        .chars()
        .take_while(|c| {
            bytes += if c.is_ascii() { 1 } else { 2 };
            bytes <= SHAPEFILE_NAME
        })
        .collect();
    (short.len() < name.len()).then_some(short)
}

/// The names of a canonical field, the role's own first; for derived columns that read several.
pub(crate) fn is_named(column: &str, names: &[&str]) -> bool {
    names.iter().any(|name| {
        column.eq_ignore_ascii_case(name)
            || cut_utf8(name).is_some_and(|short| short == column)
            || cut_gbk(name).is_some_and(|short| short == column)
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_schema::{DataType, Field, Schema};

    use super::*;

    fn mapped(columns: &[&str], role: &Role) -> FieldMap {
        let fields: Vec<Field> = columns.iter().map(|name| Field::new(*name, DataType::Utf8, true)).collect();
        let batch = RecordBatch::new_empty(Arc::new(Schema::new(fields)));
        map(&batch, role, &LayerOptions::default(), "a.gpkg", "a").expect("a map")
    }

    #[test]
    fn the_table_is_whole() {
        assert!(TABLE.contains_key("any"));
        for section in TABLE.keys() {
            assert!(section == "any" || Role::new(section).is_ok(), "{section}");
        }
    }

    #[test]
    fn the_section_of_the_role_comes_first() {
        let columns = ["XZQDM", "XZQMC", "BSM", "GHFQDM", "GHFQMC"];
        assert_eq!(mapped(&columns, &Role::ADMIN_UNIT)["id"], "XZQDM");
        assert_eq!(mapped(&columns, &Role::URBAN_BOUNDARY)["id"], "BSM");
        assert_eq!(mapped(&columns, &Role::URBAN_BOUNDARY)["zoning_code"], "GHFQDM");
        assert!(!mapped(&columns, &Role::PLAN).contains_key("land_class"));
    }

    #[test]
    fn names_of_a_shapefile_are_found_though_cut() {
        let columns = ["bsm", "project_cl", "不可避让论"];
        let map = mapped(&columns, &Role::PLAN);
        assert_eq!(map["id"], "bsm");
        assert_eq!(map["project_class"], "project_cl");
        assert_eq!(map["non_avoid_id"], "不可避让论");
    }

    #[test]
    fn a_wrong_override_lists_the_columns() {
        let fields = vec![Field::new("编号", DataType::Utf8, true)];
        let batch = RecordBatch::new_empty(Arc::new(Schema::new(fields)));
        let mut options = LayerOptions::default();
        options.fields.insert("id".to_owned(), "编号".to_owned());
        let map_with = |options: &LayerOptions| map(&batch, &Role::PLAN, options, "a.gpkg", "a");
        assert_eq!(map_with(&options).expect("a map")["id"], "编号");
        options.fields.insert("id".to_owned(), "BSM".to_owned());
        assert!(map_with(&options).expect_err("no such column").to_string().contains("编号"));
    }
}
