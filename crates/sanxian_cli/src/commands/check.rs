//! `sanxian check`: a plan against the lines.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Instant;

use sanxian::report::{self, Format, Options};
use sanxian::{Lang, Outcome, Plan, Role, Severity, Stage, check_with, feature_lines, write_geopackage};

use crate::args::{CheckArgs, Common};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::flags::Flags;
use crate::origins;
use crate::output;
use crate::progress;
use crate::replacing;
use crate::settings::Settings;
use crate::stats;
use crate::step_summary;

pub(crate) fn run(args: &CheckArgs, common: &Common, locale: Lang) -> Result<Ending, Failure> {
    let role = if args.plan.as_deref().is_some_and(is_boundary_txt) { Role::PROJECT } else { Role::PLAN };
    let mut named: Vec<(Role, String)> = args.plan.clone().map(|plan| (role, plan)).into_iter().collect();
    for (role, sources) in [(Role::PROJECT, &args.project), (Role::PARK, &args.park)] {
        named.extend(sources.iter().map(|source| (role.clone(), source.clone())));
    }
    let settings = Settings::of(&Flags {
        named,
        lines: &args.lines,
        reading: &args.reading,
        rules: &args.rules,
        failing: Some(&args.failing),
        output: &args.output,
        lang: common.lang.map(Lang::from),
        locale,
    })?;
    if !settings.sources.iter().any(|source| [Role::PLAN, Role::PROJECT].contains(&source.role)) {
        return Err(Failure::own("没有要检查的规划或项目红线", "there is no plan and no project to check")
            .advise(
                "写明规划，如 sanxian check plan.gpkg；只检查三线本身用 sanxian lines",
                "name a plan, as in sanxian check plan.gpkg; to check the lines alone, say sanxian lines",
            )
            .into());
    }
    perform(&settings, common)
}

/// Whether a source is boundary points (勘测定界 TXT), which are the red line of a project and never a plan.
fn is_boundary_txt(source: &str) -> bool {
    let file = source.split('#').next().unwrap_or(source);
    Path::new(file).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"))
}

/// Reads, checks, and writes the report.
pub(crate) fn perform(settings: &Settings, common: &Common) -> Result<Ending, Failure> {
    let started = Instant::now();
    let outputs = &settings.outputs;
    let files = outputs.files_and(&[settings.stats.as_deref()]);
    output::refuse_overwriting(&files, &settings.inputs())?;
    replacing::refuse(&files, settings.existing)?;

    origins::tell_sources(common, settings);
    let (plan, mut outcome) = measure(settings, common)?;
    if let Some(keeping) = &settings.keeping {
        keeping.keep(&plan, &mut outcome, common, settings.lang)?;
    }
    origins::tell_layers(common, &plan);
    progress::stage(Stage::Write);
    let writing = Instant::now();
    outputs.write(|format, path| write(&plan, &outcome, settings, format, path, common))?;
    if let Some(path) = &settings.stats {
        stats::write(path, &outcome.stats, started, writing.elapsed().as_secs_f64())?;
    }
    if !outputs.has(&[Format::Full, Format::Json]) {
        output::tell_faults(common, settings.lang, plan.faults());
    }
    let report = outcome.report(&plan);
    if let Some(file) = step_summary::file().filter(|_| outputs.has(&[Format::GitHub])) {
        let options = Options { rows: settings.rows, ..output::file_options(settings.lang) };
        step_summary::append(&file, |most| report::step_summary(&report, &options, most))?;
    }
    let summary = report::Summary::of(&report);
    // On a terminal the report says it already, a few lines above.
    let in_report = outputs.is_read_on_stdout();
    let on_screen = in_report && std::io::stdout().is_terminal();
    if !in_report || (!summary.complete() && !on_screen) {
        output::tell(common, &report::verdict_line(&report, settings.lang));
        output::tell_not_run(common, settings.lang, &outcome.not_run);
    }
    outputs.tell_written(common, settings.lang);
    output::tell_seconds(common, settings.lang, started);
    Ok(ending(&plan, &summary, settings))
}

/// Reads and checks.
pub(crate) fn measure(settings: &Settings, common: &Common) -> Result<(Plan, Outcome), Failure> {
    progress::start(common.quiet, settings.lang);
    progress::stage(Stage::Read);
    let plan = settings.plan_sources().read()?;
    let outcome = check_with(&plan, &settings.book, &settings.options)?;
    Ok((plan, outcome))
}

/// Writes the report in one format.
pub(crate) fn write(
    plan: &Plan,
    outcome: &Outcome,
    settings: &Settings,
    format: Format,
    path: Option<&Path>,
    common: &Common,
) -> Result<(), Failure> {
    let mut report = outcome.report(plan);
    let lines = format.wants_lines().then(|| feature_lines(plan));
    report.lines = lines.as_ref();
    let mut options = match path {
        Some(_) => output::file_options(settings.lang),
        None => output::terminal_options(common, settings.lang),
    };
    options.bom = settings.bom;
    options.rows = settings.rows.or(options.rows);
    match path {
        Some(path) if format == Format::Gpkg => {
            Ok(write_geopackage(&report, settings.lang, path, settings.existing)?)
        }
        Some(path) => output::to_file(path, |out| report::write(&report, format, &options, out)),
        None => output::to_stdout(|out| report::write(&report, format, &options, out)),
    }
}

fn ending(plan: &Plan, summary: &report::Summary, settings: &Settings) -> Ending {
    let fails = |worst: Severity| settings.fail_on.is_some_and(|fail_on| worst >= fail_on);
    if !plan.is_complete() || summary.unjudged() || (settings.require_complete && !summary.complete()) {
        Ending::Incomplete
    } else if summary.deciding().worst().is_some_and(fails) && !settings.exit_zero {
        Ending::Findings
    } else {
        Ending::Clean
    }
}
