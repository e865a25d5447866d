//! `sanxian convert`: a layer from any format into any other.

use std::time::Instant;

use sanxian::{CrsChoice, Lang, OnInvalid, ReadOptions, WriteOptions};

use crate::Ending;
use crate::args::{Common, ConvertArgs};
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: &ConvertArgs, common: &Common, lang: Lang) -> Result<Ending, Failure> {
    let started = Instant::now();
    output::refuse_overwriting(&[Some(&args.target)], &[&args.source])?;
    let read = ReadOptions {
        crs: args.crs.as_deref().map(CrsChoice::parse),
        encoding: args.encoding.clone(),
        on_invalid: args.on_invalid.map_or_else(OnInvalid::default, Into::into),
        allow_empty: args.allow_empty,
        ..ReadOptions::default()
    };
    let write = WriteOptions { encoding: args.to_encoding.clone(), ..WriteOptions::default() };
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
    output::tell(common, &told);
    output::tell_written(common, lang, &[&args.target]);
    output::tell_seconds(common, lang, started);
    let skipped = converted.faults.iter().any(|fault| fault.outcome == sanxian::fault::Outcome::Skipped);
    Ok(if skipped { Ending::Incomplete } else { Ending::Clean })
}
