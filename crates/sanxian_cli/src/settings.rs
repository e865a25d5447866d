//! What a check is to do: flags over config over defaults.

use std::path::{Path, PathBuf};

use sanxian::config::{FailOn, KnownNames};
use sanxian::{
    CheckOptions, Config, Existing, Lang, PlanSources, Role, RuleBook, Severity, Source, read_text,
};

use crate::baseline::{self, Keeping};
use crate::day;
use crate::failure::Failure;
use crate::flags::Flags;
use crate::outputs::Outputs;
use crate::replacing;

/// Everything that a check needs to know.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) sources: Vec<Source>,
    pub(crate) options: CheckOptions,
    pub(crate) book: RuleBook,
    pub(crate) fail_on: Option<Severity>,
    pub(crate) exit_zero: bool,
    /// Whether a check that is only a part ends with 3.
    pub(crate) require_complete: bool,
    pub(crate) lang: Lang,
    /// Where the report goes.
    pub(crate) outputs: Outputs,
    /// What may happen to files that are already there.
    pub(crate) existing: Existing,
    pub(crate) bom: bool,
    pub(crate) rows: Option<usize>,
    pub(crate) stats: Option<PathBuf>,
    /// The config that was read.
    pub(crate) config: Option<ConfigFile>,
    /// Roles whose source the command line names.
    pub(crate) from_command_line: Vec<Role>,
    /// How the baseline is kept up to date; none when it is not.
    pub(crate) keeping: Option<Keeping>,
    /// Files beside the layers that are read: the config, the baseline, and the user's own rules.
    own_files: Vec<String>,
}

/// The config of a run.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    pub(crate) path: PathBuf,
    /// Whether nobody named it and it lies in a folder above, so that the user may not know of it.
    pub(crate) found_above: bool,
}

impl ConfigFile {
    /// The file of a config, if there is one; `named` says whether the user named it.
    pub(crate) fn of(config: &Config, named: bool) -> Option<Self> {
        let path = config.file.clone()?;
        Some(Self { found_above: !named && path != Path::new(Config::FILE_NAME), path })
    }
}

impl Settings {
    /// Puts flags over the config.
    pub(crate) fn of(flags: &Flags<'_>) -> Result<Self, Failure> {
        let mut config = config_of(flags.lines.config.as_deref(), flags.lines.no_config)?;
        config.rules.extend(flags.rules.rules.iter().cloned());
        config.roles.extend(flags.lines.role.iter().cloned());
        let book = config.book()?;
        flags.check_names(&KnownNames::of(&book, &config.roles))?;
        flags.put_over(&mut config);
        refuse_idle_filters(flags, &config)?;
        let today = config.baseline.as_ref().map(|_| day::today()).transpose()?;
        let accepting = flags.failing.map(|failing| &failing.accepting);
        let keeping = Keeping::of(config.baseline.as_deref(), accepting, today)?;
        let accepted = baseline::read(config.baseline.as_deref(), keeping.as_ref())?;
        let program = &config.program;
        let outputs = Outputs::of(program.output_format, &program.output)?;
        Ok(Self {
            sources: sources(&config)?,
            config: ConfigFile::of(&config, flags.lines.config.is_some()),
            from_command_line: flags.named().into_iter().map(|(role, _)| role).collect(),
            options: CheckOptions {
                pieces: outputs.wants_pieces(),
                watch: crate::progress::watch(),
                baseline: accepted,
                today,
                ..config.options()
            },
            book,
            fail_on: program.fail_on.map_or(Some(Severity::Error), FailOn::severity),
            require_complete: program.require_complete.unwrap_or_default(),
            exit_zero: program.exit_zero.unwrap_or_default(),
            lang: program.lang.unwrap_or(flags.locale),
            outputs,
            existing: replacing::of_report(program.overwrite.unwrap_or_default()),
            bom: program.bom.unwrap_or_default(),
            rows: program.rows,
            stats: program.stats.clone(),
            keeping,
            own_files: own_files(&config),
        })
    }

    /// The sources as the user named them.
    pub(crate) fn inputs(&self) -> Vec<&str> {
        let sources = self.sources.iter().map(|source| source.source.as_str());
        sources.chain(self.own_files.iter().map(String::as_str)).collect()
    }

    /// The sources for the library.
    pub(crate) fn plan_sources(&self) -> PlanSources {
        self.sources.iter().cloned().fold(PlanSources::new(), PlanSources::with)
    }
}

/// The config that was named; or else the one of this folder or of a folder above.
pub(crate) fn config_of(named: Option<&Path>, none: bool) -> Result<Config, Failure> {
    if let Some(source) = named.and_then(Path::to_str).filter(|source| !Path::new(source).exists())
        && let Some((_, file)) = source.split_once(':')
    {
        // A file of a Git revision: its layers are named from the root of the repository.
        return Ok(Config::parse(Path::new(file), &read_text(source).map_err(sanxian::Error::from)?)?);
    }
    let path = match named {
        Some(path) => Some(path.to_owned()),
        None if none => None,
        None => Config::find(Path::new("")),
    };
    path.map_or_else(|| Ok(Config::default()), |path| Ok(Config::read(&path)?))
}

/// Refuses filters of roles of which there is no layer.
fn refuse_idle_filters(flags: &Flags<'_>, config: &Config) -> Result<(), Failure> {
    let is_idle = |role: &Role| config.layers.iter().all(|layer| layer.role != *role);
    let Some((role, filter)) = flags.reading.filter.iter().find(|(role, _)| is_idle(role)) else {
        return Ok(());
    };
    Err(Failure::own(
        format!("--where 给了 {role} 的条件，但没有这类图层"),
        format!("--where has a filter for {role}, of which there is no layer"),
    )
    .at(format!("--where {role}={filter}"))
    .advise(
        format!("同时给出图层，如 --zone {role}=FILE"),
        format!("give the layer, too, as in --zone {role}=FILE"),
    )
    .into())
}

/// Files beside the layers that a run reads: the config, the baseline, and rules of the user's own.
fn own_files(config: &Config) -> Vec<String> {
    config
        .rules
        .iter()
        .chain(&config.file)
        .chain(&config.baseline)
        .map(|path| path.display().to_string())
        .collect()
}

/// The layers and how they are read.
fn sources(config: &Config) -> Result<Vec<Source>, Failure> {
    if config.layers.iter().filter(|layer| layer.source == "-").count() > 1 {
        return Err(Failure::own("标准输入只能读一个图层", "standard input holds one layer")
            .advise("其他图层写成文件", "name files for the other layers")
            .into());
    }
    Ok(config.layers.iter().map(|layer| config.source(layer)).collect())
}
