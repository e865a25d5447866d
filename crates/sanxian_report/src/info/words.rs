//! The vocabulary of what sources hold, in Chinese and English.

use sanxian_model::{CrsOrigin, Fault, Lang, RoleGuess, RoleReason, Treatment};

use crate::figures;
use crate::info::{ClassInfo, FieldKind, IdentifierInfo, Inspection, LayerContents, LayerInfo, SchemeReason};
use crate::words::{self, counted, list, pick};

/// What was looked at, in one line.
pub(super) fn headline(inspection: &Inspection, lang: Lang) -> String {
    let (sources, layers) = (inspection.sources.len(), inspection.layers().count());
    let guessed = inspection.layers().filter(|layer| layer.role.is_some()).count();
    let errors = inspection.errors().len();
    match lang {
        Lang::Zh => {
            let told = format!("{sources} 个来源，{layers} 个图层，{guessed} 个已推测用途");
            if errors == 0 { told } else { format!("{told}，{errors} 处无法读取") }
        }
        Lang::En => {
            let told = format!(
                "{}, {}, {guessed} with a guessed role",
                counted(sources, "source"),
                counted(layers, "layer")
            );
            if errors == 0 { told } else { format!("{told}; {errors} cannot be read") }
        }
    }
}

/// The role that a layer may have.
pub(super) fn role(guess: Option<&RoleGuess>, lang: Lang) -> String {
    guess.map_or_else(
        || pick(lang, "未知", "unknown").to_owned(),
        |guess| guess.role.title().in_lang(lang).to_owned(),
    )
}

/// The role that a layer may have, and what speaks for it.
pub(super) fn role_with_reason(guess: Option<&RoleGuess>, lang: Lang) -> String {
    let title = role(guess, lang);
    let Some(guess) = guess else {
        return title + pick(lang, "，图层名和字段都不能确定", ": neither its name nor its columns tell");
    };
    let names =
        |names: &[String]| list(&names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>(), lang);
    let reason = match (&guess.reason, lang) {
        (RoleReason::LayerName(sign), Lang::Zh) => format!("图层名含 `{sign}`"),
        (RoleReason::LayerName(sign), Lang::En) => format!("the layer's name has `{sign}`"),
        (RoleReason::FileName(sign), Lang::Zh) => format!("文件名含 `{sign}`"),
        (RoleReason::FileName(sign), Lang::En) => format!("the file's name has `{sign}`"),
        (RoleReason::Columns(columns), Lang::Zh) => format!("有字段 {}", names(columns)),
        (RoleReason::Columns(columns), Lang::En) => format!("it has {}", names(columns)),
        (RoleReason::BoundaryPoints, Lang::Zh) => "界址点文件".to_owned(),
        (RoleReason::BoundaryPoints, Lang::En) => "boundary points".to_owned(),
    };
    format!("{title}{}", in_brackets(&reason, lang))
}

fn in_brackets(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("（{text}）"),
        Lang::En => format!(" ({text})"),
    }
}

/// The CRS and how it was known.
pub(super) fn crs(contents: &LayerContents, lang: Lang) -> String {
    let Ok((crs, origin)) = &contents.crs else {
        return pick(lang, "无法确定", "not known").to_owned();
    };
    let known = match origin {
        CrsOrigin::Stated => pick(lang, "数据声明", "declared"),
        CrsOrigin::Assumed => pick(lang, "格式默认", "assumed by the format"),
        CrsOrigin::Given => pick(lang, "用户指定", "given"),
    };
    words::crs_name(crs, lang, false) + &in_brackets(known, lang)
}

/// The CRS by its code.
pub(super) fn short_crs(contents: &LayerContents, lang: Lang) -> String {
    contents.crs.as_ref().map_or_else(
        |_| pick(lang, "无法确定", "not known").to_owned(),
        |(crs, _)| words::crs_name(crs, lang, true),
    )
}

/// The corners of a layer.
pub(super) fn extent(contents: &LayerContents) -> Option<String> {
    let [low, high] = contents.extent?;
    let geographic = contents.crs.as_ref().is_ok_and(|(crs, _)| !crs.has_plane());
    Some(format!("{} – {}", figures::position(low, geographic), figures::position(high, geographic)))
}

/// An encoding and how it was known, taken apart: `GBK (detected)`. What says nothing was known by the format.
pub(super) fn encoding_parts(encoding: &str) -> (&str, &str) {
    encoding.strip_suffix(')').and_then(|text| text.split_once(" (")).unwrap_or((encoding, "format"))
}

/// How features are told apart.
pub(super) fn identifiers(identifiers: &IdentifierInfo, lang: Lang) -> String {
    let Some(column) = &identifiers.column else {
        return pick(lang, "无，以要素号标识", "none: features are named by feature id").to_owned();
    };
    let mut told = Vec::new();
    if identifiers.is_unique() {
        told.push(pick(lang, "唯一", "unique").to_owned());
    }
    if identifiers.repeated > 0 {
        told.push(match lang {
            Lang::Zh => format!("{} 个要素重复", identifiers.repeated),
            Lang::En => format!("{} repeated", identifiers.repeated),
        });
    }
    if identifiers.missing > 0 {
        told.push(match lang {
            Lang::Zh => format!("{} 个要素为空", identifiers.missing),
            Lang::En => format!("{} empty", identifiers.missing),
        });
    }
    format!("`{column}`{}{}", pick(lang, "，", ", "), list(&told, lang))
}

/// The land classes, their scheme and by what it is known.
pub(super) fn classes(classes: &ClassInfo, lang: Lang) -> String {
    let many = classes.schemes.len() > 1;
    let schemes: Vec<String> = classes
        .schemes
        .iter()
        .map(|(scheme, features)| match (many, lang) {
            (false, _) => scheme.to_string(),
            (true, Lang::Zh) => format!("{scheme} {features} 个要素"),
            (true, Lang::En) => format!("{scheme} for {}", counted(*features, "feature")),
        })
        .collect();
    let reason = match (&classes.reason, lang) {
        (SchemeReason::SchemeColumn(column), Lang::Zh) => format!("由字段 `{column}` 确定"),
        (SchemeReason::SchemeColumn(column), Lang::En) => format!("by the column `{column}`"),
        (SchemeReason::ColumnName, _) => pick(lang, "由字段名确定", "by the name of the column").to_owned(),
        (SchemeReason::UseInWords, _) => {
            pick(lang, "代码与用途文字一致", "codes and uses in words agree").to_owned()
        }
        // The counts stand among the faults.
        (SchemeReason::Values(_), _) => pick(lang, "由代码值确定", "by the values").to_owned(),
        (SchemeReason::Unknown(Some(_)), _) => {
            pick(lang, "用 --scheme 指定", "say it with --scheme").to_owned()
        }
        (SchemeReason::Unknown(None), _) => String::new(),
    };
    let scheme = if schemes.is_empty() {
        pick(lang, "分类标准未知", "scheme not known").to_owned()
    } else {
        list(&schemes, lang)
    };
    let reason = if reason.is_empty() { reason } else { in_brackets(&reason, lang) };
    let unknown = match (classes.unknown, lang) {
        (0, _) => String::new(),
        (unknown, Lang::Zh) => format!("，{unknown} 个要素的地类未知"),
        (unknown, Lang::En) => format!("; {} of a class that is not known", counted(unknown, "feature")),
    };
    format!("`{}`{}{scheme}{reason}{unknown}", classes.column, pick(lang, "，", ", "))
}

/// How many features there are, and how many of them a check would use.
pub(super) fn features(layer: &LayerInfo, lang: Lang) -> String {
    let Some(features) = layer.features else { return String::new() };
    let used = layer.contents().map_or(features, |contents| contents.used as u64);
    match lang {
        _ if used == features => features.to_string(),
        Lang::Zh => format!("{features}，可用 {used}"),
        Lang::En => format!("{features}, of which {used} can be used"),
    }
}

pub(super) fn field_kind(kind: FieldKind, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        FieldKind::Text => ("文本", "text"),
        FieldKind::Integer => ("整数", "integer"),
        FieldKind::Real => ("小数", "real"),
        FieldKind::Boolean => ("是否", "boolean"),
        FieldKind::Date => ("日期", "date"),
        FieldKind::Time => ("时间", "time"),
        FieldKind::DateTime => ("日期时间", "date and time"),
        FieldKind::Binary => ("二进制", "bytes"),
        FieldKind::List => ("列表", "list"),
        FieldKind::Other => ("其他", "other"),
    };
    pick(lang, zh, en)
}

/// What was done about faults that are told together.
pub(super) fn outcome(first: &Fault, lang: Lang) -> String {
    match first.treatment {
        // The areas are those of one feature.
        Treatment::Repaired { .. } => pick(lang, "已修复", "repaired").to_owned(),
        _ => words::outcome(first, lang),
    }
}
