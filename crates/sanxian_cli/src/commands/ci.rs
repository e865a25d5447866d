//! `sanxian ci`: what a change does to a plan, told to the platform that runs this.

use std::path::{Path, PathBuf};
use std::time::Instant;

use sanxian::report::{
    COMMENT_BYTES, CommentMap, Format, Options, Summary, comment, step_summary, step_summary_of_revisions,
    verdict_line,
};
use sanxian::revisions::headline;
use sanxian::{Config, Error, Lang, Outcome, Plan, Severity, is_bare_repository, is_there, merge_base};

use crate::args::{CiArgs, Common, Destination};
use crate::commands::{check, diff};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::output;
use crate::platform::{Base, Change, Platform};
use crate::progress;
use crate::revision_sources;
use crate::settings::Settings;
use crate::step_summary::append;

/// Rows of a table of findings in a summary, which may not be long.
const SUMMARY_ROWS: usize = 50;

pub(crate) fn run(args: &CiArgs, common: &Common, locale: Lang) -> Result<Ending, Failure> {
    let started = Instant::now();
    let lang = common.lang.map_or(locale, Lang::from);
    let change = Change::of(|name| std::env::var(name).ok(), |file| std::fs::read_to_string(file).ok());
    let mut flags = args.revision.clone();
    let mut base = args.base.clone();
    if base.is_none() && change.base == Base::Unknown && is_bare_repository() {
        // There are no files but those of revisions.
        let head = flags.head.get_or_insert_with(|| "HEAD".to_owned());
        let before = format!("{head}~1");
        flags.lines.config.get_or_insert_with(|| PathBuf::from(format!("{head}:{}", Config::FILE_NAME)));
        base = Some(before);
    }
    let base = match base {
        Some(base) => Some(base),
        None => base_of(&change, flags.head.as_deref().unwrap_or("HEAD"))?,
    };
    let destination = Destination::default();
    let sources = diff::Sources {
        plans: revision_sources::plans_beside(args.plan.clone()),
        base: base.as_deref(),
        flags: &flags,
        output: &destination,
    };
    let (old, mut new) = sources.settings(common, locale)?;
    refuse_other_maps(args)?;
    new.options.pieces |= args.map.is_some();
    new.rows = new.rows.or(Some(SUMMARY_ROWS));
    output::make_folder(&args.output_dir)?;
    let page_options = Options { rows: new.rows, ..output::file_options(new.lang) };
    let (told, ending) = if base.is_some() && !is_new(&old, &new) {
        let revision = diff::judge(&old, &new, &flags, common)?;
        let now = revision.now();
        // Code scanning takes what is in the file for what there is, and closes an alert that is not.
        let is_scanned = change.platform == Platform::GitHub;
        let write = |format, path: Option<&Path>| match format {
            Format::Sarif if is_scanned => {
                check::write(now.plan(), now.outcome(), &new, format, path, common)
            }
            _ => diff::write(&revision, &new, format, path, common),
        };
        let headline = headline(&revision.revisions(), lang);
        let revisions = revision.revisions();
        let page = |most| step_summary_of_revisions(&revisions, &page_options, most);
        let mut files = tell(&change, args, write, page)?;
        let path = args.output_dir.join("comment.md");
        let map_file = args.map.as_ref().map(|map| map.display().to_string());
        let shown = |file| args.map_url.as_deref().map_or(CommentMap::File(file), CommentMap::At);
        let text = comment(&revisions, map_file.as_deref().map(shown), &page_options, COMMENT_BYTES);
        output::to_file(&path, |out| out.write_all(text.as_bytes()))?;
        files.push(path);
        (Told { headline, files }, diff::ending(&revision, &flags))
    } else {
        let (plan, outcome) = check::measure(&new, common)?;
        let write = |format, path: Option<&Path>| check::write(&plan, &outcome, &new, format, path, common);
        let report = outcome.report(&plan);
        let headline = verdict_line(&report, lang);
        let page = |most| step_summary(&report, &page_options, most);
        (Told { headline, files: tell(&change, args, write, page)? }, ending(args, &plan, &outcome))
    };
    progress::finish();
    let against = base.as_deref().map_or_else(String::new, |base| match lang {
        Lang::Zh => format!("与 {base} 比对，"),
        Lang::En => format!("against {base}, "),
    });
    let platform = change.platform.name().map_or_else(String::new, |name| match lang {
        Lang::Zh => format!("{name}，"),
        Lang::En => format!("{name}, "),
    });
    let line = format!("sanxian ci: {platform}{against}{}", told.headline);
    // On GitHub a line of plain text is no annotation.
    output::to_stdout(|out| writeln!(out, "{line}"))?;
    output::tell_written(common, lang, &told.files.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    output::tell_seconds(common, lang, started);
    Ok(ending)
}

/// Refuses a map whose name says that it is anything but SVG, before anything is read.
fn refuse_other_maps(args: &CiArgs) -> Result<(), Failure> {
    let Some(map) = &args.map else { return Ok(()) };
    let extension = map.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    if Format::of_extension(extension) == Some(Format::Svg) {
        return Ok(());
    }
    Err(Failure::own("地图只写 SVG", "a map is written as SVG only")
        .at(map.display().to_string())
        .advise("用 --map map.svg 这样的文件名", "give it a name as in --map map.svg")
        .into())
}

/// What was told.
struct Told {
    headline: String,
    files: Vec<PathBuf>,
}

/// The revision to compare with, as the platform says; none where there is nothing to compare with.
fn base_of(change: &Change, head: &str) -> Result<Option<String>, Failure> {
    match &change.base {
        Base::Target(branch) => {
            Ok(Some(merge_base(branch, head).map_err(Error::from)?.unwrap_or_else(|| branch.clone())))
        }
        Base::Commit(commit) => Ok(Some(commit.clone())),
        Base::Nothing => Ok(None),
        Base::Unknown => Err(Failure::own("不知道与哪个版本比对", "nothing says what to compare with")
            .advise("用 --base 指明，如 --base origin/main", "name it with --base, as in --base origin/main")
            .into()),
    }
}

/// Whether the plan was not there yet in the base.
fn is_new(old: &Settings, new: &Settings) -> bool {
    let plan = |settings: &Settings| settings.sources.first().map(|source| source.source.clone());
    let (Some(before), Some(now)) = (plan(old), plan(new)) else { return false };
    // One that git does not keep is the same for both.
    before != now && !is_there(&before)
}

/// Writes what the platform reads and what people do, and says which files there are.
fn tell(
    change: &Change,
    args: &CiArgs,
    write: impl Fn(Format, Option<&Path>) -> Result<(), Failure>,
    page: impl FnOnce(usize) -> String,
) -> Result<Vec<PathBuf>, Failure> {
    let mut wanted = vec![(Format::Markdown, "report.md"), (Format::Json, "report.json")];
    wanted.extend(match change.platform {
        Platform::GitHub => vec![(Format::Sarif, "sanxian.sarif")],
        Platform::GitLab => vec![(Format::GitLab, "gl-code-quality.json"), (Format::Junit, "junit.xml")],
        Platform::Jenkins | Platform::Other => {
            vec![(Format::Sarif, "sanxian.sarif"), (Format::Junit, "junit.xml")]
        }
    });
    let named = wanted.into_iter().map(|(format, name)| (format, Path::new(name)));
    let map = args.map.iter().map(|map| (Format::Svg, map.as_path()));
    let mut files = Vec::new();
    for (format, name) in named.chain(map) {
        let path = args.output_dir.join(name);
        write(format, Some(&path))?;
        files.push(path);
    }
    progress::finish();
    if change.platform == Platform::GitHub {
        write(Format::GitHub, None)?;
    }
    if let Some(summary) = &change.summary {
        append(summary, page)?;
    }
    Ok(files)
}

/// How a run ends in which every finding is new.
fn ending(args: &CiArgs, plan: &Plan, outcome: &Outcome) -> Ending {
    let least: Severity = args.revision.severity.into();
    let fails = Option::<sanxian::revisions::FindingChange>::from(args.revision.fail_on).is_some();
    if !plan.is_complete() || Summary::of(&outcome.report(plan)).unjudged() {
        Ending::Incomplete
    } else if fails && outcome.worst().is_some_and(|worst| worst >= least) {
        Ending::Findings
    } else {
        Ending::Clean
    }
}
