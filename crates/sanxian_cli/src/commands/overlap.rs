//! `sanxian overlap`: who shares how much area with whom.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use sanxian::fault::FaultKind;
use sanxian::report::{OverlapFormat, OverlapRow, write_overlaps};
use sanxian::{CrsChoice, Lang, OnInvalid, Plan, PlanSources, ReadOptions, Role, Source, Stage};

use crate::args::{Common, OverlapArgs};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::output;
use crate::progress;
use crate::replacing;
use crate::stats;

pub(crate) fn run(args: &OverlapArgs, common: &Common, lang: Lang) -> Result<Ending, Failure> {
    let started = Instant::now();
    let output = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let inputs: Vec<&str> = [&args.subject].into_iter().chain(&args.zone).map(String::as_str).collect();
    let files: Vec<&Path> = output.into_iter().chain(args.stats.as_deref()).collect();
    output::refuse_overwriting(&files, &inputs)?;
    replacing::refuse(&files, replacing::of_report(args.overwrite))?;
    let format = format(args, output)?;

    progress::start(common.quiet, lang);
    progress::stage(Stage::Read);
    let plan = sources(args).read()?;
    let area = args.area.map(Into::into).unwrap_or_default();
    let overlaps = sanxian::overlap(&plan, area, &progress::watch())?;
    progress::finish();

    let writing = Instant::now();
    let shared = shared_identifiers(&plan);
    let shared_by = |path: &str, layer: &str, id: &str| shared.contains(&(path, layer, id));
    let rows = overlaps.rows(&plan).map(|row| OverlapRow {
        subject_id: identifier(row.subject.id.as_deref(), row.subject.fid, |id| {
            shared_by(&row.subject.path, &row.subject.layer, id)
        })
        .into(),
        zone_layer: row.zone.layer.to_string().into(),
        zone_id: identifier(row.zone.id.as_deref(), row.zone.fid, |id| {
            shared_by(&row.zone.path, &row.zone.layer, id)
        })
        .into(),
        area: row.area,
        planar: row.planar,
        share: row.share,
    });
    match output {
        Some(path) => output::to_file(path, |out| write_overlaps(rows, format, args.bom, out))?,
        None => output::to_stdout(|out| write_overlaps(rows, format, args.bom, out))?,
    }
    if let Some(path) = &args.stats {
        stats::write(path, &overlaps.stats, started, writing.elapsed().as_secs_f64())?;
    }
    output::tell_faults(common, lang, plan.faults());
    if let Some(path) = output {
        output::tell_written(common, lang, &[path]);
    }
    output::tell_seconds(common, lang, started);
    Ok(if plan.is_complete() { Ending::Clean } else { Ending::Incomplete })
}

fn format(args: &OverlapArgs, output: Option<&Path>) -> Result<OverlapFormat, Failure> {
    if let Some(format) = args.output_format {
        return Ok(format.into());
    }
    let Some(path) = output else { return Ok(OverlapFormat::Csv) };
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    OverlapFormat::of_extension(extension).ok_or_else(|| {
        Failure::own("无法由扩展名判断格式", "the extension tells no format")
            .at(path.display().to_string())
            .advise(
                "使用扩展名 csv、json、ndjson，或用 --output-format 指定",
                "use one of csv, json, ndjson, or say --output-format",
            )
            .into()
    })
}

fn sources(args: &OverlapArgs) -> PlanSources {
    let options = |id: &Option<String>| ReadOptions {
        crs: args.crs.as_deref().map(CrsChoice::parse),
        encoding: args.encoding.clone(),
        fields: id.iter().map(|column| ("id".to_owned(), column.clone())).collect(),
        on_invalid: args.on_invalid.map_or_else(OnInvalid::default, Into::into),
        allow_empty: args.allow_empty,
        ..ReadOptions::default()
    };
    let subject =
        Source { role: Role::PLAN, source: args.subject.clone(), options: options(&args.id), filter: None };
    args.zone.iter().enumerate().fold(PlanSources::new().with(subject), |sources, (number, zone)| {
        let role = Role::new(&format!("zone-{}", number + 1)).expect("a role of letters and digits");
        sources.with(Source { role, source: zone.clone(), options: options(&args.zone_id), filter: None })
    })
}

/// Path, layer and identifier of features that are not the only ones with it.
type Shared<'a> = BTreeSet<(&'a str, &'a str, &'a str)>;

fn shared_identifiers(plan: &Plan) -> Shared<'_> {
    let duplicates = plan.faults().iter().filter(|fault| fault.kind == FaultKind::DuplicateId);
    duplicates
        .filter_map(|fault| Some((&*fault.place.path, &*fault.place.layer, fault.place.id.as_deref()?)))
        .collect()
}

/// The feature's own identifier, with its number in the file when others carry it too, or else that number.
fn identifier(id: Option<&str>, fid: Option<i64>, is_shared: impl Fn(&str) -> bool) -> String {
    match (id, fid) {
        (Some(id), Some(fid)) if is_shared(id) => format!("{id}#{fid}"),
        (Some(id), _) if !id.is_empty() => id.to_owned(),
        (_, Some(fid)) => fid.to_string(),
        _ => String::new(),
    }
}
