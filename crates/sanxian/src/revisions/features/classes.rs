//! What the features of both revisions say about their ground.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
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
        let distinct: HashSet<&GroundClass> = said.iter().flatten().collect();
        let mut classes: Vec<GroundClass> = distinct.into_iter().cloned().collect();
        classes.sort_unstable();
        classes.push(GroundClass::Nothing);
        let numbers: HashMap<GroundClass, u32> = classes.iter().cloned().zip(0..).collect();
        let of_rows = said.map(|said| said.iter().map(|class| numbers[class]).collect());
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
    let mut seen: HashSet<(Arc<str>, Option<Arc<str>>)> = HashSet::new();
    for side in [new, old] {
        for said in side.texts("land_class").into_iter().zip(side.texts("land_scheme")) {
            let (Some(code), scheme) = said else { continue };
            let said = (code, scheme);
            if seen.contains(&said) {
                continue;
            }
            let scheme = said.1.as_deref().and_then(|scheme| Scheme::parse(scheme).ok());
            if let Some(class) = scheme.and_then(|scheme| PlannedClass::of(scheme, &said.0)) {
                known.entry(Arc::clone(&said.0)).or_insert(class);
            }
            seen.insert(said);
        }
    }
    known
}
