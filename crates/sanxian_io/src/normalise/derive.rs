//! Columns computed on reading: what a land class means, and in which part of a protected area a redline lies.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{DataType, Field, Schema};
use sanxian_model::{Fault, FaultKind, LandClass, Layer, Outcome, Scheme};

use crate::normalise::fields;

/// Adds `land_scheme`, `land_nature`, `land_space`, `land_name` where there is a land class, and
/// `protection_zone` where there is a zone of a protected area.
pub(crate) fn fill(layer: &mut Layer, given: Option<Scheme>, faults: &mut Vec<Fault>) {
    let mut columns: Vec<(&'static str, ArrayRef)> = Vec::new();
    if layer.fields.contains_key("land_class") {
        columns.extend(land(layer, given, faults));
    }
    if let Some(zone) = protection_zone(layer) {
        columns.push(("protection_zone", zone));
    }
    let fields: Vec<Field> =
        columns.iter().map(|(name, _)| Field::new(*name, DataType::Utf8, true)).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(layer.len()));
    layer.derived = RecordBatch::try_new_with_options(
        Arc::new(Schema::new(fields)),
        columns.into_iter().map(|(_, column)| column).collect(),
        &options,
    )
    .expect("derived columns have a row for each feature");
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
                class.is_some_and(|class| words.is_some_and(|words| words.trim() == class.name))
            })
            .count()
    };
    // The last of equals is taken, so the present scheme wins a tie.
    Scheme::ALL.into_iter().rev().max_by_key(agree).filter(|best| agree(best) > 0)
}

fn land(layer: &Layer, given: Option<Scheme>, faults: &mut Vec<Fault>) -> Vec<(&'static str, ArrayRef)> {
    let by_column = given.or_else(|| {
        if layer.source.driver == "boundary TXT" {
            scheme_by_use(layer)
        } else {
            scheme_of(&layer.fields["land_class"])
        }
    });
    let has_own_scheme = layer.fields.contains_key("land_scheme");
    let rows = layer.len();
    let mut schemes: Vec<Option<&'static str>> = Vec::with_capacity(rows);
    let mut classes: Vec<Option<&'static LandClass>> = Vec::with_capacity(rows);
    let mut known: HashMap<(Scheme, String), Option<&'static LandClass>> = HashMap::new();
    for row in 0..rows {
        let own = if given.is_none() && has_own_scheme { layer.text("land_scheme", row) } else { None };
        let scheme = own.and_then(|name| Scheme::parse(name.trim()).ok()).or(by_column);
        schemes.push(scheme.map(Scheme::name));
        let code = layer.text("land_class", row).filter(|code| !code.trim().is_empty());
        let (Some(scheme), Some(code)) = (scheme, code) else {
            classes.push(None);
            continue;
        };
        let class = *known.entry((scheme, code.clone())).or_insert_with(|| scheme.class(&code));
        if class.is_none() {
            faults.push(Fault {
                place: layer.place(row),
                kind: FaultKind::UnknownCode,
                near: None,
                detail: Some(format!("`{}` is not a class of {scheme}", code.trim())),
                outcome: Outcome::Kept,
            });
        }
        classes.push(class);
    }
    let text = |of: fn(&LandClass) -> &str| -> ArrayRef {
        Arc::new(classes.iter().map(|class| class.map(of)).collect::<StringArray>())
    };
    vec![
        ("land_scheme", Arc::new(StringArray::from(schemes)) as ArrayRef),
        ("land_nature", text(|class| class.nature.name())),
        ("land_space", text(|class| &class.space)),
        ("land_name", text(|class| &class.name)),
    ]
}

/// `core` and `general` from what deliveries write into 自然保护地分区. The older division has three parts, of
/// which the first two are the core of today.
fn protection_zone(layer: &Layer) -> Option<ArrayRef> {
    let column = layer.column("protection_zone")?;
    let words: StringArray = (0..column.len())
        .map(|row| {
            let text = layer.text("protection_zone", row)?;
            let plain = text.trim().to_ascii_lowercase();
            match plain.as_str() {
                "core" => Some("core".to_owned()),
                "general" => Some("general".to_owned()),
                "" => None,
                _ if plain.contains("核心") || plain.contains("缓冲") => Some("core".to_owned()),
                _ if plain.contains("一般") || plain.contains("实验") => Some("general".to_owned()),
                // Unknown words stay, so that a filter of the user's own can name them.
                _ => Some(text.trim().to_owned()),
            }
        })
        .collect();
    Some(Arc::new(words))
}
