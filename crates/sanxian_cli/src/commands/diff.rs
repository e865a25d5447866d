//! `sanxian diff`: a revision of a plan beside the one before.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Instant;

use sanxian::report::{self, Format};
use sanxian::revisions::{ChangeCounts, FORMATS, FindingChange, Revision, RevisionOptions, headline};
use sanxian::{CheckReport, Lang, Role, Severity, Stage, feature_lines};

use crate::args::{Common, DiffArgs};
use crate::commands::check::measure;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::flags::Flags;
use crate::origins;
use crate::output;
use crate::progress;
use crate::replacing;
use crate::revision_sources;
use crate::settings::Settings;
use crate::stats;

pub(crate) fn run(args: &DiffArgs, common: &Common, locale: Lang) -> Result<Ending, Failure> {
    let started = Instant::now();
    let settings_of = |plan: Option<String>| {
        Settings::of(&Flags {
            named: plan.into_iter().map(|plan| (Role::PLAN, plan)).collect(),
            lines: &args.lines,
            reading: &args.reading,
            rules: &args.rules,
            // Severities of their own decide nothing: what changed does.
            failing: None,
            output: &args.output,
            lang: common.lang.map(Lang::from),
            locale,
        })
    };
    let [old, new] = revision_sources::plans(args)?;
    let standard_inputs = [&old, &new].into_iter().filter(|plan| plan.as_deref() == Some("-")).count();
    if standard_inputs > 1 {
        return Err(Failure::own("标准输入只能读一个图层", "standard input holds one layer")
            .advise("另一个图层写成文件", "name a file for the other layer")
            .into());
    }
    let (mut old, mut new) = (settings_of(old)?, settings_of(new)?);
    revision_sources::place(args, &mut old, &mut new)?;
    // The rules may all be about what changed since.
    old.options.may_judge_nothing = true;
    output::refuse_format(new.format, &FORMATS, "修改比对", "revisions")?;
    let (output, stats_file) = (new.output.as_deref(), new.stats.as_deref());
    let inputs: Vec<&str> = old.inputs().into_iter().chain(new.inputs()).collect();
    output::refuse_overwriting(&[output, stats_file], &inputs)?;
    replacing::refuse(&[output, stats_file], new.existing)?;
    origins::tell_sources(common, &new);

    let (plan, outcome) = measure(&old, common)?;
    let before = CheckReport::new(plan, outcome);
    progress::stage(Stage::Read);
    let plan = new.plan_sources().read()?;
    origins::tell_layers(common, &plan);
    let options = RevisionOptions { noise_width: args.noise_width, watch: progress::watch() };
    let revision = Revision::judge(before, plan, &new.book, &new.options, &options)?;
    let stats = revision.now().outcome().stats;
    progress::stage(Stage::Write);
    let writing = Instant::now();
    if output.is_none() {
        progress::finish();
    }
    let written = write(&revision, &new, output, common);
    progress::finish();
    if let Err(failure) = written
        && !failure.is_broken_pipe()
    {
        return Err(failure);
    }
    if let Some(path) = stats_file {
        stats::write(path, &stats, started, writing.elapsed().as_secs_f64())?;
    }
    if !matches!(new.format, Format::Full | Format::Json) {
        output::tell_faults(common, new.lang, revision.now().plan().faults());
    }
    let on_screen = output.is_none() && new.format == Format::Full && std::io::stdout().is_terminal();
    if !on_screen {
        output::tell(common, &headline(&revision.revisions(), new.lang));
    }
    if let Some(path) = output {
        output::tell_written(common, new.lang, &[path]);
    }
    output::tell_seconds(common, new.lang, started);
    Ok(ending(&revision, args))
}

fn write(
    revision: &Revision,
    settings: &Settings,
    path: Option<&Path>,
    common: &Common,
) -> Result<(), Failure> {
    let mut options = match path {
        Some(_) => output::file_options(settings.lang),
        None => output::terminal_options(common, settings.lang),
    };
    options.rows = settings.rows.or(options.rows);
    let format = settings.format;
    let lines = format.wants_lines().then(|| feature_lines(revision.now().plan()));
    let mut revisions = revision.revisions();
    revisions.new.lines = lines.as_ref();
    match path {
        Some(path) => {
            output::to_file(path, |out| report::revisions::write(&revisions, format, &options, out))
        }
        None => output::to_stdout(|out| report::revisions::write(&revisions, format, &options, out)),
    }
}

fn ending(revision: &Revision, args: &DiffArgs) -> Ending {
    let counts = ChangeCounts::of(&revision.revisions());
    let least: Severity = args.severity.into();
    let failing = Option::<FindingChange>::from(args.fail_on).is_some_and(|fails| {
        let graver = FindingChange::ALL.into_iter().filter(|change| *change <= fails);
        graver.map(|change| counts.count(change, least)).sum::<usize>() > 0
    });
    let new = revision.now();
    let judged = !new.outcome().rules_run.is_empty();
    if !new.plan().is_complete() || (judged && new.summary().unjudged()) {
        Ending::Incomplete
    } else if failing {
        Ending::Findings
    } else {
        Ending::Clean
    }
}
