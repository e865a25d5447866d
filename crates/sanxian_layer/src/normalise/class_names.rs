//! Names of land classes that stand beside their codes, and what the columns of both say of their use.
//!
//! A code that was typed, shifted or taken from another scheme is often a code all the same; the name beside it tells.

use sanxian_model::{LandClass, Layer, Role, Scheme, trimmed_cell};

use crate::normalise::fields;

/// Columns of codes, each with the column of names that plan databases put beside it.
const PAIRS: [(&str, &str); 8] = [
    ("YDYHFLDM", "YDYHFLMC"),
    ("GHDLBM", "GHDLMC"),
    ("用地用海分类代码", "用地用海分类名称"),
    ("规划地类编码", "规划地类名称"),
    ("规划地类代码", "规划地类名称"),
    ("DLBM", "DLMC"),
    ("地类编码", "地类名称"),
    ("地类代码", "地类名称"),
];

/// Columns of names for codes that stand in a column of any other name. Those of parcels are among them: few parcels
/// are called by the very name of a class.
const NAMES_OF_ANY: [&str; 6] = ["land_name", "YDYHFLMC", "GHDLMC", "MC", "name", "名称"];

/// Columns of codes of current use (现状地类).
pub(super) const CURRENT_USE: [&str; 3] = ["DLBM", "地类编码", "地类代码"];

/// Columns of the names of planned classes.
const PLANNED_NAMES: [&str; 5] = ["YDYHFLMC", "GHDLMC", "GHYTMC", "用地用海分类名称", "规划地类名称"];

/// How other columns of planned classes begin.
const PLANNED: [&str; 6] = ["规划地类", "规划用途", "规划用地性", "规划用地类", "规划用地分", "规划用地用"];

/// The column of a boundary TXT that says the use of a parcel in words.
const USE_IN_WORDS: &str = "地块用途";

/// Whether a layer is a boundary TXT, whose codes are of no fixed scheme and of no fixed time.
pub(super) fn is_boundary_txt(layer: &Layer) -> bool {
    layer.source.driver == "boundary TXT"
}

/// The column that names the classes whose codes the layer has; none when there is none.
pub(super) fn beside_codes(layer: &Layer) -> Option<String> {
    if let Some(column) = layer.fields.get("land_name") {
        return Some(column.clone());
    }
    if is_boundary_txt(layer) {
        return Some(USE_IN_WORDS.to_owned());
    }
    let codes = &layer.fields["land_class"];
    let pairs = || PAIRS.iter().filter(|(code, _)| fields::is_named(codes, &[code]));
    if pairs().next().is_none() {
        return column(layer, &NAMES_OF_ANY);
    }
    pairs().find_map(|(_, name)| column(layer, &[name]))
}

/// The column of current use that a plan or a project takes its classes from, because it has none of planned codes.
pub(super) fn current_use(layer: &Layer) -> Option<&str> {
    let codes = layer.fields["land_class"].as_str();
    let is_plan = layer.role == Role::PLAN || layer.role == Role::PROJECT;
    (is_plan && !is_boundary_txt(layer) && fields::is_named(codes, &CURRENT_USE)).then_some(codes)
}

/// The column that tells planned classes in another way than by the codes that the layer has.
pub(super) fn planned(layer: &Layer) -> Option<String> {
    column(layer, &PLANNED_NAMES).or_else(|| {
        let schema = layer.attributes.schema_ref();
        let mut columns = schema.fields().iter().map(|field| field.name());
        columns.find(|column| PLANNED.iter().any(|start| column.starts_with(start))).cloned()
    })
}

/// The words of one cell; none when it is blank.
pub(super) fn words(layer: &Layer, column: &str, row: usize) -> Option<String> {
    let words = layer.text(column, row)?;
    Some(trimmed_cell(&words).into_owned()).filter(|words| !words.is_empty())
}

/// The first column of the layer with one of these names, other than that of the codes.
fn column(layer: &Layer, names: &[&str]) -> Option<String> {
    let codes = &layer.fields["land_class"];
    let schema = layer.attributes.schema_ref();
    let columns = || schema.fields().iter().map(|field| field.name()).filter(|name| *name != codes);
    names.iter().find_map(|name| columns().find(|column| fields::is_named(column, &[name]))).cloned()
}

/// Whether words name a class, or a group that it is in.
pub(super) fn agree(words: &str, class: &LandClass, scheme: Scheme) -> bool {
    words == class.name || scheme.class_named(words).is_some_and(|named| class.code.starts_with(&named.code))
}

/// Whether words are the name of another class than the code's, in its scheme or in one that is guessed. Words that name
/// no class say nothing.
pub(super) fn contradict(words: &str, class: &LandClass, scheme: Scheme) -> bool {
    let mut schemes = Scheme::GUESSED.into_iter().chain([scheme]);
    !agree(words, class, scheme) && schemes.any(|scheme| scheme.class_named(words).is_some())
}
