//! What the features of both revisions say about their ground.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sanxian_model::conflict::PlannedClass;
use sanxian_model::revision::GroundClass;
use sanxian_model::{Role, Scheme};

use super::side::Side;

/// What the features of both revisions say, each class by a number that is the same in both.
pub(super) struct Classes {
    /// Canonical name of the column; none where neither revision has one.
    pub(super) field: Option<&'static str>,
    /// The classes that are known, by their codes.
    pub(super) known: BTreeMap<Arc<str>, PlannedClass>,
    /// In order, last that nothing is there.
    all: Vec<GroundClass>,
    /// Number of the class of each feature, of both revisions.
    of_rows: [Vec<u32>; 2],
}

impl Classes {
    pub(super) fn of(sides: [Side<'_>; 2], role: &Role) -> Self {
        let fields: &[&'static str] = if *role == Role::PLAN {
            &["land_class", "zoning_code"]
        } else {
            &["zoning_code", "protection_zone"]
        };
        // One that only one revision has would turn all of its ground into another class.
        let in_both = |field: &&str| {
            let given = || sides.iter().filter(|side| side.len() > 0);
            given().next().is_some() && given().all(|side| side.has(field))
        };
        let field = fields.iter().copied().find(in_both);
        let said = sides.map(|side| match field {
            Some(field) => side.texts(field).into_iter().map(class).collect(),
            None => vec![GroundClass::Covered; side.len()],
        });
        let classes: BTreeSet<&GroundClass> = said.iter().flatten().collect();
        let classes: Vec<GroundClass> = classes.into_iter().cloned().chain([GroundClass::Nothing]).collect();
        let number =
            |class: &GroundClass| classes.iter().position(|other| other == class).unwrap_or_default() as u32;
        let of_rows = said.map(|said| {
            let mut last: Option<(&GroundClass, u32)> = None;
            let mut numbers = Vec::with_capacity(said.len());
            for class in &said {
                let known = last.filter(|(of, _)| *of == class).map(|(_, number)| number);
                let number = known.unwrap_or_else(|| number(class));
                last = Some((class, number));
                numbers.push(number);
            }
            numbers
        });
        let known = if field == Some("land_class") { known(sides) } else { BTreeMap::new() };
        Self { field, known, all: classes, of_rows }
    }

    /// Number of the class of a feature of a side, or of nothing.
    pub(super) fn number(&self, side: usize, row: Option<u32>) -> u32 {
        row.map_or(self.all.len() as u32 - 1, |row| self.of_rows[side][row as usize])
    }

    /// The class of that number.
    pub(super) fn at(&self, number: u32) -> GroundClass {
        self.all[number as usize].clone()
    }

    /// The classes of features of a side.
    pub(super) fn among(&self, side: usize, rows: &[u32]) -> BTreeSet<u32> {
        rows.iter().map(|&row| self.number(side, Some(row))).collect()
    }
}

fn class(text: Option<Arc<str>>) -> GroundClass {
    text.map_or(GroundClass::Covered, GroundClass::Class)
}

/// The land classes of both revisions that their schemes know; where these say different things of a code, the newer one counts.
fn known([old, new]: [Side<'_>; 2]) -> BTreeMap<Arc<str>, PlannedClass> {
    let mut known = BTreeMap::new();
    let mut unknown: BTreeSet<(Arc<str>, Option<Arc<str>>)> = BTreeSet::new();
    for side in [new, old] {
        for (code, scheme) in side.texts("land_class").into_iter().zip(side.texts("land_scheme")) {
            let Some(code) = code.filter(|code| !known.contains_key(code)) else { continue };
            let said = (code, scheme);
            if unknown.contains(&said) {
                continue;
            }
            let scheme = said.1.as_deref().and_then(|scheme| Scheme::parse(scheme).ok());
            match scheme.and_then(|scheme| PlannedClass::of(scheme, &said.0)) {
                Some(class) => {
                    known.insert(said.0, class);
                }
                None => {
                    unknown.insert(said);
                }
            }
        }
    }
    known
}
