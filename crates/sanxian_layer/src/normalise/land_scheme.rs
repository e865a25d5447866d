//! Which scheme the land classes of a layer are of.

use std::borrow::Cow;

use sanxian_model::nearest::nearest;
use sanxian_model::{Fault, FaultKind, Layer, Scheme, Text, trimmed_cell};

use crate::normalise::class_faults::{of_layer, of_row};
use crate::normalise::{class_names, fields};

/// The scheme of each row: what the user says; else what the row itself says; else what the column's name or the
/// uses beside the codes say; else what the values say.
pub(super) fn of_rows(
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
    let (by_use, named) = if class_names::is_boundary_txt(layer) {
        by_use(layer, cells)
    } else {
        (vec![None; cells.len()], Named::Scheme(scheme_of(&layer.fields["land_class"])))
    };
    let told: Vec<Option<Scheme>> = own.into_iter().zip(by_use).map(|(own, by_use)| own.or(by_use)).collect();
    let open = || cells.iter().zip(&told).filter(|(_, told)| told.is_none());
    let open: Vec<&str> = open().filter_map(|(cell, _)| cell.as_deref()).collect();
    let rest = match named {
        _ if open.is_empty() => None,
        Named::Scheme(Some(scheme)) => Some(scheme),
        Named::Scheme(None) => by_values(layer, &open, faults),
        Named::Several(counts) => {
            faults.push(of_layer(layer, FaultKind::UnknownScheme, counts));
            None
        }
    };
    told.into_iter().map(|told| told.or(rest)).collect()
}

/// The scheme of the rows that do not tell their own.
enum Named {
    /// One for all of them; none when nothing names it.
    Scheme(Option<Scheme>),
    /// Other rows are of several, which are counted here in words; so nobody knows.
    Several(Text),
}

/// What the row says of its scheme; a word that is no scheme is told.
fn own_scheme(layer: &Layer, row: usize, faults: &mut Vec<Fault>) -> Option<Scheme> {
    let word = layer.text("land_scheme", row).map(|word| trimmed_cell(&word).into_owned())?;
    if word.is_empty() {
        return None;
    }
    match Scheme::parse(&word) {
        Ok(scheme) => Some(scheme),
        Err(en) => {
            let known = Scheme::ALL.map(Scheme::name);
            let meant = nearest(&word, known)
                .map_or_else(|| "；".to_owned(), |meant| format!("，是否想写 `{meant}`？"));
            let detail = Text::new(format!("`{word}` 不是地类分类标准{meant}可用：{}", known.join("、")), en);
            faults.push(of_row(layer, row, FaultKind::UnknownScheme, detail));
            None
        }
    }
}

/// The scheme that a column's name tells.
fn scheme_of(column: &str) -> Option<Scheme> {
    if fields::is_named(column, &["YDYHFLDM", "GHDLBM", "用地用海分类代码", "规划地类编码", "规划地类代码"])
    {
        Some(Scheme::LandSea2023)
    } else if fields::is_named(column, &class_names::CURRENT_USE) {
        Some(Scheme::Survey2019)
    } else {
        None
    }
}

/// The codes of a boundary TXT are of no fixed scheme, but the use beside them is in words: a parcel is of the scheme
/// in which alone code and words agree. The other parcels are of the one scheme that these are of.
fn by_use(layer: &Layer, cells: &[Option<String>]) -> (Vec<Option<Scheme>>, Named) {
    let Some(column) = class_names::beside_codes(layer) else {
        return (vec![None; cells.len()], Named::Scheme(None));
    };
    let agree = |row: usize, scheme: Scheme| {
        let class = cells[row].as_ref().and_then(|cell| scheme.understand(cell));
        let words = class_names::words(layer, &column, row);
        class.zip(words).is_some_and(|((class, _), words)| class_names::agree(&words, class, scheme))
    };
    let agreeing: Vec<Vec<Scheme>> = (0..cells.len())
        .map(|row| Scheme::GUESSED.into_iter().filter(|scheme| agree(row, *scheme)).collect())
        .collect();
    let counts = Scheme::GUESSED.map(|scheme| agreeing.iter().filter(|of| **of == [scheme]).count());
    let mut found = Scheme::GUESSED.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    let (one, another) = (found.next(), found.next());
    let named = match (one, another) {
        (Some((scheme, _)), None) => Named::Scheme(Some(scheme)),
        // What all schemes say alike is read in the first of them, the present one.
        (None, _) => Named::Scheme(agreeing.iter().find_map(|of| of.first().copied())),
        (Some(_), Some(_)) => Named::Several(counted(Scheme::GUESSED.into_iter().zip(counts))),
    };
    let own = |of: &Vec<Scheme>| of.first().copied().filter(|_| of.len() == 1 || another.is_some());
    (agreeing.iter().map(own).collect(), named)
}

fn counted(counts: impl Iterator<Item = (Scheme, usize)>) -> Text {
    let (zh, en): (Vec<String>, Vec<String>) =
        counts.map(|(scheme, count)| (format!("{scheme} {count} 个"), format!("{scheme} {count}"))).unzip();
    Text::new(
        format!("代码与用途只按一个分类标准一致的地块：{}", zh.join("，")),
        format!("parcels whose code and use agree in one scheme alone: {}", en.join(", ")),
    )
}

/// The only scheme of those that are guessed that knows every cell. Two that do, or none that does, leave the scheme open: a code of another
/// scheme would be taken for another class.
fn by_values(layer: &Layer, cells: &[&str], faults: &mut Vec<Fault>) -> Option<Scheme> {
    let mut distinct: Vec<Cow<'_, str>> = cells.iter().map(|cell| trimmed_cell(cell)).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let count = |scheme: Scheme| distinct.iter().filter(|cell| scheme.understand(cell).is_some()).count();
    let counts: Vec<(Scheme, usize)> =
        Scheme::GUESSED.into_iter().map(|scheme| (scheme, count(scheme))).collect();
    let mut whole = counts.iter().filter(|(_, known)| *known == distinct.len());
    let only = whole.next().filter(|_| whole.next().is_none());
    let zh: Vec<String> =
        counts.iter().map(|(scheme, known)| format!("{scheme} 可识别 {known} 个")).collect();
    let en: Vec<String> = counts.iter().map(|(scheme, known)| format!("{scheme} knows {known}")).collect();
    let detail = Text::new(
        format!("不同的值共 {} 个，{}", distinct.len(), zh.join("，")),
        format!("different values: {}; {}", distinct.len(), en.join(", ")),
    );
    let (kind, scheme) = match only {
        Some((scheme, _)) => (FaultKind::SchemeFromValues, Some(*scheme)),
        None => (FaultKind::UnknownScheme, None),
    };
    faults.push(of_layer(layer, kind, detail));
    scheme
}
