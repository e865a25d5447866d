//! The columns of one layer as the filters of a run see them: each is prepared once, then shared by all rules.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use arrow_array::UInt32Array;
use arrow_buffer::BooleanBuffer;
use sanxian_model::nearest::nearest;
use sanxian_model::{Layer, Role, Text};

use crate::error::{FilterAt, RuleError};
use crate::filter::{Column, Filter, Lookup};
use crate::known_values::{has_list, is_known};
use crate::vocabulary::{self, Kind, LAND};

/// The columns of one layer.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    role: &'a Role,
    layer: &'a Layer,
    prepared: RefCell<BTreeMap<String, Column>>,
    unknown: RefCell<BTreeMap<String, Option<BooleanBuffer>>>,
    /// Rows with a land class of two digits, which is a group of classes.
    groups: OnceCell<Vec<(usize, String)>>,
}

/// Digits of a code that stands for a group of land classes.
const GROUP_DIGITS: usize = 2;

impl<'a> Columns<'a> {
    pub(super) fn new(role: &'a Role, layer: &'a Layer) -> Self {
        Self {
            role,
            layer,
            prepared: RefCell::default(),
            unknown: RefCell::default(),
            groups: OnceCell::new(),
        }
    }

    pub(super) fn layer(&self) -> &'a Layer {
        self.layer
    }

    /// A column by name; none when the name means nothing here.
    pub(super) fn get(&self, name: &str) -> Option<Column> {
        if let Some(column) = self.prepared.borrow().get(name) {
            return Some(column.clone());
        }
        let rows = self.layer.len();
        let column = if name == vocabulary::ROLE {
            Column::constant(self.role.name(), rows)
        } else if let Some(array) = self.layer.column(name) {
            Column::of(array)
        } else if vocabulary::kind(name).is_some() {
            Column::Null(rows)
        } else {
            return None;
        };
        self.prepared.borrow_mut().insert(name.to_owned(), column.clone());
        Some(column)
    }

    /// The rows in which what a word stands for is not known: every row when the layer has no column for a
    /// description, rows without a value for one that every feature must carry; none when all is known.
    ///
    /// A land class counts as known only when its scheme has it: whoever reads the layer leaves the words derived
    /// from it empty otherwise.
    pub(super) fn unknown(&self, name: &str) -> Option<BooleanBuffer> {
        if let Some(known) = self.unknown.borrow().get(name) {
            return known.clone();
        }
        let rows = self.layer.len();
        let missing = |name: &str| self.get(name).map(|column| column.missing());
        let unknown = match vocabulary::kind(name) {
            Some(Kind::Described | Kind::Required) if self.layer.column(name).is_none() => {
                Some(BooleanBuffer::new_set(rows))
            }
            Some(Kind::Required) if name == "land_class" && self.layer.column("land_nature").is_some() => {
                missing(name).zip(missing("land_nature")).map(|(own, derived)| &own | &derived)
            }
            Some(Kind::Required) => missing(name),
            // A null beside the name of a reserve is no redline outside of reserves.
            Some(_) if name == "protection_zone" && self.layer.column("protected_area").is_some() => {
                missing(name).zip(missing("protected_area")).map(|(own, reserve)| &own & &!&reserve)
            }
            _ => None,
        };
        // Rules ask for classes by the codes of schemes that they name; a code of another scheme answers none of them.
        let of_other_scheme = if name == LAND[0] { self.unlisted(LAND[1]) } else { None };
        let unknown =
            [unknown, self.unlisted(name), of_other_scheme].into_iter().flatten().reduce(|a, b| &a | &b);
        let unknown = unknown.filter(|rows| rows.count_set_bits() > 0);
        self.unknown.borrow_mut().insert(name.to_owned(), unknown.clone());
        unknown
    }

    /// The rows whose value is not in the list of a word that has one. What the reader computed is from the list.
    fn unlisted(&self, name: &str) -> Option<BooleanBuffer> {
        let computed = name == "land_nature" && self.layer.derived.column_by_name(name).is_some();
        if computed || !has_list(name, self.role) || self.layer.column(name).is_none() {
            return None;
        }
        let unlisted = |row| {
            let value = self.layer.text(name, row).filter(|value| !value.trim().is_empty());
            value.is_some_and(|value| !is_known(name, self.role, value.trim()))
        };
        Some(BooleanBuffer::collect_bool(self.layer.len(), unlisted))
    }

    /// The rows whose land class is a group of one of the codes that a condition asks for (`07` of `0701`), so that it
    /// may be that code or another of the group; none for other words.
    pub(super) fn groups_of(&self, name: &str, codes: &[&str]) -> Option<BooleanBuffer> {
        if name != LAND[0] {
            return None;
        }
        let groups = self.groups.get_or_init(|| {
            let cell = |row| self.layer.text(name, row).filter(|code| code.trim().len() == GROUP_DIGITS);
            (0..self.layer.len()).filter_map(|row| Some((row, cell(row)?.trim().to_owned()))).collect()
        });
        if groups.is_empty() {
            return None;
        }
        let mut rows = vec![false; self.layer.len()];
        for (row, group) in groups {
            rows[*row] =
                codes.iter().any(|code| code.len() > group.len() && code.starts_with(group.as_str()));
        }
        Some(BooleanBuffer::from(rows))
    }

    /// The word to blame for rows that could not be judged: the first of a filter that is unknown in one of them.
    /// Words derived from a land class lead back to it.
    pub(super) fn blame(&self, filter: &Filter, rows: &BooleanBuffer) -> String {
        let concerned =
            |name: &&str| self.unknown(name).is_some_and(|unknown| (&unknown & rows).count_set_bits() > 0);
        let missing = |name: &&str| {
            self.get(name).is_some_and(|column| (&column.missing() & rows).count_set_bits() > 0)
        };
        let group = |name: &&str| {
            let of_rows = |groups: &Vec<(usize, String)>| groups.iter().any(|(row, _)| rows.value(*row));
            *name == LAND[0] && self.groups.get().is_some_and(of_rows)
        };
        let find = |blamed: &dyn Fn(&&str) -> bool| filter.names().find(|name| blamed(name));
        let name = find(&concerned).or_else(|| find(&group)).or_else(|| find(&missing));
        let name = name.unwrap_or_default();
        let derived = LAND.contains(&name)
            && (self.layer.column(LAND[0]).is_some() || self.layer.column(name).is_none());
        if derived { LAND[0].to_owned() } else { name.to_owned() }
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let schema = self.layer.attributes.schema_ref();
        let mut words: Vec<&str> = vec![vocabulary::ROLE];
        words.extend(vocabulary::CANONICAL.iter().map(|(known, _)| *known));
        words.extend(schema.fields().iter().map(|field| field.name().as_str()));
        nearest(name, words)
    }
}

/// What one evaluation of a filter sees: all rows of a layer, or some of them with what was measured there.
#[derive(Debug)]
pub(super) struct View<'a> {
    pub(super) rule: &'a str,
    pub(super) columns: &'a Columns<'a>,
    pub(super) rows: Option<&'a UInt32Array>,
    /// Computed facts, one value for each of `rows`.
    pub(super) facts: BTreeMap<&'static str, Column>,
}

impl<'a> View<'a> {
    /// All rows of a layer.
    pub(super) fn whole(rule: &'a str, columns: &'a Columns<'a>) -> Self {
        Self { rule, columns, rows: None, facts: BTreeMap::new() }
    }

    fn at(&self, filter: &Filter) -> FilterAt {
        FilterAt {
            rule: self.rule.to_owned(),
            filter: filter.text().to_owned(),
            layer: self.columns.layer.source.layer.to_string(),
        }
    }
}

impl Lookup for View<'_> {
    type Error = RuleError;

    fn rows(&self) -> usize {
        self.rows.map_or(self.columns.layer.len(), |rows| rows.values().len())
    }

    fn column(&self, name: &str, filter: &Filter) -> Result<Column, RuleError> {
        if let Some(fact) = self.facts.get(name) {
            return Ok(fact.clone());
        }
        let column = self.columns.get(name).ok_or_else(|| RuleError::UnknownName {
            at: Box::new(self.at(filter)),
            name: name.to_owned(),
            column: filter.column_of(name),
            nearest: self.columns.nearest(name),
        })?;
        Ok(self.rows.map_or_else(|| column.clone(), |rows| column.rows(rows)))
    }

    fn wrong_kind(&self, name: &str, filter: &Filter, reason: Text) -> RuleError {
        RuleError::WrongKind { at: Box::new(self.at(filter)), name: name.to_owned(), reason }
    }
}
