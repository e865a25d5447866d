//! What the land classes of a layer mean: which class each cell names in its scheme.
//!
//! A class is a scheme and a code, never a bare code, because the same digits mean different things in different
//! schemes. What is not known stays empty, so that no rule takes it for an answer, and is told as a fault.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use sanxian_model::{Fault, FaultKind, LandClass, Layer, Scheme, Spelling, Text, trimmed_cell};

use crate::LayerOptions;
use crate::normalise::class_faults::{of_layer, of_row};
use crate::normalise::{class_names, land_scheme};

/// What one cell means in one scheme.
type Meaning = Option<(&'static LandClass, Spelling)>;

/// What is derived from a land class.
const DERIVED: [&str; 4] = ["land_scheme", "land_nature", "land_space", "land_name"];

/// The columns `land_scheme`, `land_nature`, `land_space` and `land_name`, empty where the class is not known; and
/// `land_class` in the codes of the scheme, when a cell differs from its code, be it by blanks alone.
pub(super) fn columns(
    layer: &Layer,
    options: &LayerOptions,
    faults: &mut Vec<Fault>,
) -> Vec<(&'static str, ArrayRef)> {
    let cells: Vec<Option<String>> = (0..layer.len())
        .map(|row| layer.text("land_class", row).filter(|cell| !trimmed_cell(cell).is_empty()))
        .collect();
    if !options.fields.contains_key("land_class")
        && let Some(codes) = class_names::current_use(layer)
    {
        if let Some(names) = class_names::planned(layer) {
            let detail = Text::new(
                format!("规划地类字段 `{names}`，现状地类字段 `{codes}`"),
                format!("planned classes in `{names}`, current use in `{codes}`"),
            );
            faults.push(of_layer(layer, FaultKind::PlannedCodeMissing, detail));
            return unknown(layer.len());
        }
        faults.push(of_layer(layer, FaultKind::CurrentUseColumn, format!("`{codes}`").into()));
    }
    let names = class_names::beside_codes(layer);
    let mut schemes = land_scheme::of_rows(layer, options.scheme, &cells, faults);
    let mut known: HashMap<(Scheme, &str), Meaning> = HashMap::new();
    let mut classes: Vec<Option<&'static LandClass>> = Vec::with_capacity(cells.len());
    let mut spelled: BTreeMap<Spelling, (usize, String)> = BTreeMap::new();
    for (row, (cell, scheme)) in cells.iter().zip(&mut schemes).enumerate() {
        let (Some(cell), Some(of)) = (cell, *scheme) else {
            classes.push(None);
            continue;
        };
        let meaning = *known.entry((of, cell)).or_insert_with(|| of.understand(cell));
        let words = names.as_ref().and_then(|names| class_names::words(layer, names, row));
        let contradicted = |class: &LandClass| {
            words
                .as_ref()
                .filter(|words| class_names::contradict(words, class, of))
                .map(|words| contradiction(class, words))
        };
        if let Some(detail) = meaning.and_then(|(class, _)| contradicted(class)) {
            classes.push(None);
            *scheme = None;
            faults.push(of_row(layer, row, FaultKind::ClassContradicted, detail));
            continue;
        }
        match meaning {
            Some((class, Spelling::AsPrinted)) => classes.push(Some(class)),
            Some((class, spelling)) => {
                classes.push(Some(class));
                let first = || (0, format!("`{}` → `{}`", trimmed_cell(cell), class.code));
                spelled.entry(spelling).or_insert_with(first).0 += 1;
            }
            None => {
                classes.push(None);
                let code = trimmed_cell(cell);
                let detail =
                    Text::new(format!("代码 `{code}`，分类标准 {of}"), format!("code `{code}`, scheme {of}"));
                faults.push(of_row(layer, row, FaultKind::UnknownCode, detail));
            }
        }
    }
    for (count, first) in spelled.values() {
        let cells = if *count == 1 { "cell" } else { "cells" };
        let detail =
            Text::new(format!("如 {first}，共 {count} 处"), format!("such as {first}, in {count} {cells}"));
        faults.push(of_layer(layer, FaultKind::ClassUnderstood, detail));
    }
    let text = |of: fn(&LandClass) -> &str| -> ArrayRef {
        Arc::new(classes.iter().map(|class| class.map(of)).collect::<StringArray>())
    };
    let names: StringArray = schemes.iter().map(|scheme| scheme.map(Scheme::name)).collect();
    let derived: [ArrayRef; 4] = [
        Arc::new(names),
        Arc::new(natures(&schemes, &classes)),
        text(|class| &class.space),
        text(|class| &class.name),
    ];
    let mut columns: Vec<_> = DERIVED.into_iter().zip(derived).collect();
    let differs = |row: usize| classes[row].is_some_and(|class| cells[row].as_deref() != Some(&class.code));
    if (0..cells.len()).any(differs) {
        let codes = cells.iter().zip(&classes);
        let codes: StringArray =
            codes.map(|(cell, class)| class.map(|class| class.code.as_str()).or(cell.as_deref())).collect();
        columns.push(("land_class", Arc::new(codes)));
    }
    columns
}

/// The nature of each class, empty for a group that may be construction land or not: a rule of construction land must not
/// pass it.
fn natures(schemes: &[Option<Scheme>], classes: &[Option<&'static LandClass>]) -> StringArray {
    let mut known: HashMap<(Scheme, &str), Option<&str>> = HashMap::new();
    let rows = schemes.iter().zip(classes);
    rows.map(|(scheme, class)| {
        let (scheme, class) = (*scheme).zip(*class)?;
        let nature = || scheme.builds(class).map(|_| class.nature.name());
        *known.entry((scheme, class.code.as_str())).or_insert_with(nature)
    })
    .collect()
}

/// The columns of a layer of which no class is known.
fn unknown(rows: usize) -> Vec<(&'static str, ArrayRef)> {
    let empty: ArrayRef = Arc::new(StringArray::new_null(rows));
    DERIVED.map(|name| (name, Arc::clone(&empty))).to_vec()
}

/// What a code says, and what the words beside it.
fn contradiction(class: &LandClass, words: &str) -> Text {
    let LandClass { code, name, .. } = class;
    Text::new(
        format!("代码 `{code}` 为 `{name}`，名称为 `{words}`"),
        format!("the code `{code}` is `{name}`, the name is `{words}`"),
    )
}
