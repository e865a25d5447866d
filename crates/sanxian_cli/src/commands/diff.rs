//! `sanxian diff`: a revision of a plan beside the one before.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Instant;

use sanxian::report::{self, Format, Options};
use sanxian::revisions::{ChangeCounts, FORMATS, FindingChange, Revision, RevisionOptions, headline};
use sanxian::{Lang, PlanSources, Role, Severity, Stage, feature_lines};

use crate::args::{Common, Destination, DiffArgs, RevisionFlags};
use crate::commands::package;
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
use crate::step_summary;

pub(crate) fn run(args: &DiffArgs, common: &Common, locale: Lang) -> Result<Ending, Failure> {
    if let Some(applied) = &args.package.apply {
        return package::run_apply(args, applied, common, locale);
    }
    let started = Instant::now();
    let sources = Sources {
        plans: revision_sources::plans(&args.plans, args.base.as_deref())?,
        base: args.base.as_deref(),
        flags: &args.revision,
        output: &args.output,
    };
    let (old, new) = sources.settings(common, locale)?;
    let outputs = &new.outputs;
    outputs.refuse_formats(&FORMATS, "修改比对", "revisions")?;
    let inputs: Vec<&str> = old.inputs().into_iter().chain(new.inputs()).collect();
    let package = package::Wanted::of(&args.package, &args.output)?;
    let package_file = package.as_ref().map(package::Wanted::path);
    let stats_file = new.stats.as_deref();
    output::refuse_overwriting(&outputs.files_and(&[stats_file, package_file]), &inputs)?;
    replacing::refuse(&outputs.files_and(&[stats_file]), new.existing)?;
    origins::tell_sources(common, &new);

    let revision = judge(&old, &new, &args.revision, common)?;
    let stats = revision.now().outcome().stats;
    progress::stage(Stage::Write);
    let writing = Instant::now();
    outputs.write(|format, path| write(&revision, &new, format, path, common))?;
    if let Some(package) = &package {
        package.write(&revision, common, new.lang)?;
    }
    if let Some(path) = stats_file {
        stats::write(path, &stats, started, writing.elapsed().as_secs_f64())?;
    }
    if !outputs.has(&[Format::Full, Format::Json]) {
        output::tell_faults(common, new.lang, revision.now().plan().faults());
    }
    if let Some(file) = step_summary::file().filter(|_| outputs.has(&[Format::GitHub])) {
        let options = Options { rows: new.rows, ..output::file_options(new.lang) };
        let revisions = revision.revisions();
        step_summary::append(&file, |most| report::step_summary_of_revisions(&revisions, &options, most))?;
    }
    let on_screen = outputs.is_read_on_stdout() && std::io::stdout().is_terminal();
    if !on_screen {
        output::tell(common, &headline(&revision.revisions(), new.lang));
    }
    outputs.tell_written(common, new.lang);
    output::tell_seconds(common, new.lang, started);
    Ok(ending(&revision, &args.revision))
}

/// Where both revisions come from.
pub(crate) struct Sources<'a> {
    /// The plans, the older one first; none where the config has it.
    pub(crate) plans: [Option<String>; 2],
    /// What is compared with, of a Git repository.
    pub(crate) base: Option<&'a str>,
    pub(crate) flags: &'a RevisionFlags,
    pub(crate) output: &'a Destination,
}

impl Sources<'_> {
    /// What to do with both revisions, the older one first.
    pub(crate) fn settings(self, common: &Common, locale: Lang) -> Result<(Settings, Settings), Failure> {
        let Self { plans: [old, new], base, flags, output } = self;
        let standard_inputs = [&old, &new].into_iter().filter(|plan| plan.as_deref() == Some("-")).count();
        if standard_inputs > 1 {
            return Err(Failure::own("标准输入只能读一个图层", "standard input holds one layer")
                .advise("另一个图层写成文件", "name a file for the other layer")
                .into());
        }
        if flags.head.is_some() && base.is_none() {
            return Err(Failure::own("--head 要和 --base 一起用", "--head goes with --base")
                .advise("加上 --base 版本", "add --base REVISION")
                .into());
        }
        let settings_of = |plan: Option<String>| {
            Settings::of(&Flags {
                named: plan.into_iter().map(|plan| (Role::PLAN, plan)).collect(),
                lines: &flags.lines,
                reading: &flags.reading,
                rules: &flags.rules,
                // Severities of their own decide nothing: what changed does.
                failing: None,
                output,
                lang: common.lang.map(Lang::from),
                locale,
            })
        };
        let (mut old, mut new) = (settings_of(old)?, settings_of(new)?);
        revision_sources::place(flags, base, &mut old, &mut new)?;
        Ok((old, new))
    }
}

/// Reads and judges both revisions.
pub(crate) fn judge(
    old: &Settings,
    new: &Settings,
    flags: &RevisionFlags,
    common: &Common,
) -> Result<Revision, Failure> {
    progress::start(common.quiet, new.lang);
    progress::stage(Stage::Read);
    let [before, now] = PlanSources::read_both(old.plan_sources(), new.plan_sources())?;
    origins::tell_layers(common, &now);
    let options = RevisionOptions { noise_width: flags.noise_width, watch: progress::watch() };
    Ok(Revision::judge(before, now, &new.book, &new.options, &options)?)
}

/// Writes both revisions in one format.
pub(crate) fn write(
    revision: &Revision,
    settings: &Settings,
    format: Format,
    path: Option<&Path>,
    common: &Common,
) -> Result<(), Failure> {
    let mut options = match path {
        Some(_) => output::file_options(settings.lang),
        None => output::terminal_options(common, settings.lang),
    };
    options.rows = settings.rows.or(options.rows);
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

/// How a run ends by what became of findings.
pub(crate) fn ending(revision: &Revision, flags: &RevisionFlags) -> Ending {
    let counts = ChangeCounts::of(&revision.revisions());
    let least: Severity = flags.severity.into();
    let failing = Option::<FindingChange>::from(flags.fail_on).is_some_and(|fails| {
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
