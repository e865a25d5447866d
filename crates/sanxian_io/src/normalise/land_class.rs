//! What the land classes of a layer mean: which scheme they are of, and which class each cell names.
//!
//! A class is a scheme and a code, never a bare code, because the same digits mean different things in different
//! schemes. What is not known stays empty, so that no rule takes it for an answer, and is told as a fault.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use sanxian_model::{Fault, FaultKind, LandClass, Layer, Outcome, Scheme, Spelling, trimmed_cell};

use crate::normalise::fields;

/// What one cell means in one scheme.
type Meaning = Option<(&'static LandClass, Spelling)>;

/// The columns `land_scheme`, `land_nature`, `land_space` and `land_name`, empty where the class is not known; and
/// `land_class` in the codes of the scheme, when a cell differs from its code, be it by blanks alone.
pub(super) fn columns(
    layer: &Layer,
    given: Option<Scheme>,
    faults: &mut Vec<Fault>,
) -> Vec<(&'static str, ArrayRef)> {
    let cells: Vec<Option<String>> = (0..layer.len())
        .map(|row| layer.text("land_class", row).filter(|cell| !trimmed_cell(cell).is_empty()))
        .collect();
    let schemes = schemes(layer, given, &cells, faults);
    let mut known: HashMap<(Scheme, &str), Meaning> = HashMap::new();
    let mut classes: Vec<Option<&'static LandClass>> = Vec::with_capacity(cells.len());
    let mut spelled: BTreeMap<Spelling, (usize, String)> = BTreeMap::new();
    for (row, (cell, scheme)) in cells.iter().zip(&schemes).enumerate() {
        let (Some(cell), Some(scheme)) = (cell, *scheme) else {
            classes.push(None);
            continue;
        };
        let meaning = *known.entry((scheme, cell)).or_insert_with(|| scheme.understand(cell));
        match meaning {
            Some((class, Spelling::AsPrinted)) => classes.push(Some(class)),
            Some((class, spelling)) => {
                classes.push(Some(class));
                let first = || (0, format!("`{}` → `{}`", trimmed_cell(cell), class.code));
                spelled.entry(spelling).or_insert_with(first).0 += 1;
            }
            None => {
                classes.push(None);
                faults.push(Fault {
                    place: layer.place(row),
                    kind: FaultKind::UnknownCode,
                    near: None,
                    detail: Some(format!("`{}`, {scheme}", trimmed_cell(cell))),
                    outcome: Outcome::Kept,
                });
            }
        }
    }
    for (count, first) in spelled.values() {
        faults.push(of_layer(layer, FaultKind::ClassUnderstood, format!("{first} ({count})")));
    }
    let text = |of: fn(&LandClass) -> &str| -> ArrayRef {
        Arc::new(classes.iter().map(|class| class.map(of)).collect::<StringArray>())
    };
    let names: StringArray = schemes.iter().map(|scheme| scheme.map(Scheme::name)).collect();
    let mut columns = vec![
        ("land_scheme", Arc::new(names) as ArrayRef),
        ("land_nature", text(|class| class.nature.name())),
        ("land_space", text(|class| &class.space)),
        ("land_name", text(|class| &class.name)),
    ];
    let differs = |row: usize| classes[row].is_some_and(|class| cells[row].as_deref() != Some(&class.code));
    if (0..cells.len()).any(differs) {
        let codes = cells.iter().zip(&classes);
        let codes: StringArray =
            codes.map(|(cell, class)| class.map(|class| class.code.as_str()).or(cell.as_deref())).collect();
        columns.push(("land_class", Arc::new(codes)));
    }
    columns
}

/// The scheme of each row: what the user says; else what the row itself says; else what the column's name or the
/// uses beside the codes say; else what the values say.
fn schemes(
    layer: &Layer,
    given: Option<Scheme>,
    cells: &[Option<String>],
    faults: &mut Vec<Fault>,
) -> Vec<Option<Scheme>> {
    if given.is_some() {
        return vec![given; cells.len()];
    }
    let own: Vec<Option<Scheme>> = if layer.fields.contains_key("land_scheme") {
        (0..cells.len()).map(|row| own_scheme(layer, row, faults)).collect()
    } else {
        vec![None; cells.len()]
    };
    let named = if layer.source.driver == "boundary TXT" {
        scheme_by_use(layer)
    } else {
        scheme_of(&layer.fields["land_class"])
    };
    let open: Vec<&str> = cells
        .iter()
        .zip(&own)
        .filter(|(_, own)| own.is_none())
        .filter_map(|(cell, _)| cell.as_deref())
        .collect();
    let fallback =
        named.or_else(|| if open.is_empty() { None } else { scheme_by_values(layer, &open, faults) });
    own.into_iter().map(|own| own.or(fallback)).collect()
}

/// What the row says of its scheme; a word that is no scheme is told.
fn own_scheme(layer: &Layer, row: usize, faults: &mut Vec<Fault>) -> Option<Scheme> {
    let word = layer.text("land_scheme", row).map(|word| trimmed_cell(&word).into_owned())?;
    if word.is_empty() {
        return None;
    }
    match Scheme::parse(&word) {
        Ok(scheme) => Some(scheme),
        Err(detail) => {
            faults.push(Fault {
                place: layer.place(row),
                kind: FaultKind::UnknownScheme,
                near: None,
                detail: Some(detail),
                outcome: Outcome::Kept,
            });
            None
        }
    }
}

/// The scheme that a column's name tells.
fn scheme_of(column: &str) -> Option<Scheme> {
    if fields::is_named(column, &["YDYHFLDM", "GHDLBM", "用地用海分类代码", "规划地类编码"]) {
        Some(Scheme::LandSea2023)
    } else if fields::is_named(column, &["DLBM", "地类编码", "地类代码"]) {
        Some(Scheme::Survey2019)
    } else {
        None
    }
}

/// The codes of a boundary TXT are of no fixed scheme, but the use beside them is in words: the scheme in which
/// code and words agree most often is the one; none when they never do.
fn scheme_by_use(layer: &Layer) -> Option<Scheme> {
    let agree = |scheme: &Scheme| {
        (0..layer.len())
            .filter(|&row| {
                let class = layer.text("land_class", row).and_then(|code| scheme.class(&code));
                let words = layer.text("地块用途", row);
                class.is_some_and(|class| words.is_some_and(|words| trimmed_cell(&words) == class.name))
            })
            .count()
    };
    // The last of equals is taken, so the present scheme wins a tie.
    Scheme::ALL.into_iter().rev().max_by_key(agree).filter(|best| agree(best) > 0)
}

/// The only scheme that knows every cell. Two that do, or none that does, leave the scheme open: a code of another
/// scheme would be taken for another class.
fn scheme_by_values(layer: &Layer, cells: &[&str], faults: &mut Vec<Fault>) -> Option<Scheme> {
    let mut distinct: Vec<Cow<'_, str>> = cells.iter().map(|cell| trimmed_cell(cell)).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let count = |scheme: Scheme| distinct.iter().filter(|cell| scheme.understand(cell).is_some()).count();
    let counts: Vec<(Scheme, usize)> =
        Scheme::ALL.into_iter().map(|scheme| (scheme, count(scheme))).collect();
    let mut whole = counts.iter().filter(|(_, known)| *known == distinct.len());
    let only = whole.next().filter(|_| whole.next().is_none());
    let each: Vec<String> =
        counts.iter().map(|(scheme, known)| format!("{scheme} {known}/{}", distinct.len())).collect();
    let (kind, scheme) = match only {
        Some((scheme, _)) => (FaultKind::SchemeFromValues, Some(*scheme)),
        None => (FaultKind::UnknownScheme, None),
    };
    faults.push(of_layer(layer, kind, each.join(", ")));
    scheme
}

fn of_layer(layer: &Layer, kind: FaultKind, detail: String) -> Fault {
    Fault { place: layer.whole(), kind, near: None, detail: Some(detail), outcome: Outcome::Kept }
}
