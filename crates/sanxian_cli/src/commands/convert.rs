//! `sanxian convert`: a layer from any format into any other.

use std::time::Instant;

use sanxian::{CrsChoice, Lang, OnInvalid, ReadOptions, WriteOptions};

use sanxian::Converted;

use crate::args::{Common, ConvertArgs};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::output;
use crate::replacing;

pub(crate) fn run(args: &ConvertArgs, common: &Common, lang: Lang) -> Result<Ending, Failure> {
    let started = Instant::now();
    output::refuse_overwriting(&[&args.target], &[&args.source])?;
    let existing = replacing::of_layer(args.overwrite);
    replacing::refuse(&[&args.target], existing)?;
    let read = ReadOptions {
        crs: args.crs.as_deref().map(CrsChoice::parse),
        encoding: args.encoding.clone(),
        on_invalid: args.on_invalid.map_or_else(OnInvalid::default, Into::into),
        allow_empty: args.allow_empty,
        ..ReadOptions::default()
    };
    let write = WriteOptions { encoding: args.to_encoding.clone(), existing, ..WriteOptions::default() };
    let converted = sanxian::convert(&args.source, &args.target, args.to_crs.as_deref(), &read, &write)?;

    output::tell_faults(common, lang, &converted.faults);
    let (from, to) = (converted.from.short_name(), converted.to.short_name());
    let mut told = match lang {
        Lang::Zh => format!("写出 {} 个要素，{from}", converted.features),
        Lang::En => format!("{} features written, {from}", converted.features),
    };
    if let Some(pipeline) = &converted.pipeline {
        told = match lang {
            Lang::Zh => format!("{told} → {to}：{pipeline}"),
            Lang::En => format!("{told} -> {to} by {pipeline}"),
        };
    }
    if converted.pipeline.is_none() && from != to {
        told = format!("{told} -> {to}");
    }
    output::tell(common, &told);
    tell_changes(common, lang, &converted);
    output::tell_written(common, lang, &[&args.target]);
    output::tell_seconds(common, lang, started);
    let skipped = converted.faults.iter().any(|fault| fault.treatment == sanxian::fault::Treatment::Skipped);
    Ok(if skipped { Ending::Incomplete } else { Ending::Clean })
}

/// Says what is not in the file as it was in the source.
fn tell_changes(common: &Common, lang: Lang, converted: &Converted) {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |zh: String, en: String| lines.push(if lang == Lang::Zh { zh } else { en });
    if converted.added > 0 {
        add(
            format!("坐标转换增加了 {} 个界址点，使边线偏差不超过 1 毫米", converted.added),
            format!("{} vertices were added, so that no edge moves by more than 1 mm", converted.added),
        );
    }
    if let Some(lost) = &converted.written.unwritable {
        let (encoding, texts, first) = (&lost.encoding, lost.texts, &lost.first);
        add(
            format!("{encoding} 不能表示 {texts} 处文字（首处“{first}”），改用 UTF-8 并附 .cpg"),
            format!(
                "{encoding} cannot hold {texts} texts, the first `{first}`: written in UTF-8, with a .cpg"
            ),
        );
    }
    for (_, column, texts) in &converted.written.cut {
        add(
            format!("字段“{column}”有 {texts} 处文字超过 254 字节，已截断"),
            format!("{texts} texts of column `{column}` were longer than 254 bytes and are cut"),
        );
    }
    for (_, was, is) in &converted.written.renamed {
        add(format!("字段“{was}”改名为“{is}”"), format!("column `{was}` is called `{is}`"));
    }
    for line in lines {
        output::tell(common, &line);
    }
}
