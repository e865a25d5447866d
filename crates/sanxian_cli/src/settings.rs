//! What a check is to do: flags over config over defaults.

use std::path::{Path, PathBuf};

use sanxian::report::Format;
use sanxian::{
    CheckOptions, CrsChoice, Existing, Lang, OnInvalid, PlanSources, ReadOptions, Role, RuleBook, Severity,
    Source,
};

use crate::args::{ForRole, Judging};
use crate::config::{self, Config, LayerConfig};
use crate::failure::Failure;
use crate::flags::Flags;
use crate::replacing;
use crate::roles;

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
    pub(crate) format: Format,
    /// None is standard output.
    pub(crate) output: Option<PathBuf>,
    /// What may happen to a file that is already where the report goes.
    pub(crate) existing: Existing,
    pub(crate) bom: bool,
    pub(crate) rows: Option<usize>,
    pub(crate) stats: Option<PathBuf>,
    /// The config that was read.
    pub(crate) config: Option<ConfigFile>,
    /// Roles whose source the command line names.
    pub(crate) from_command_line: Vec<Role>,
    /// Files beside the layers that are read: the config, and the user's own rules.
    own_files: Vec<String>,
}

/// The config of a run.
#[derive(Debug)]
pub(crate) struct ConfigFile {
    pub(crate) path: PathBuf,
    /// Whether nobody named it and it lies in a folder above, so that the user may not know of it.
    pub(crate) found_above: bool,
}

impl Settings {
    /// Puts flags over the config.
    pub(crate) fn of(flags: &Flags<'_>) -> Result<Self, Failure> {
        let config = config_of(flags)?;
        let Judging {
            profile,
            select,
            ignore,
            rules,
            tolerance,
            sliver_width,
            area,
            fail_on,
            exit_zero,
            require_complete,
        } = flags.judging;
        let some = |flag: &Vec<String>, config: &Vec<String>| {
            if flag.is_empty() { config.clone() } else { flag.clone() }
        };
        let output = flags
            .output
            .output
            .clone()
            .or_else(|| config.output.clone())
            .filter(|path| *path != Path::new("-"));
        let format = match flags.output.output_format.or(config.output_format) {
            Some(format) => format.into(),
            None => format_of(output.as_deref())?,
        };
        if format == Format::Gpkg && output.is_none() {
            return Err(Failure::own(
                "GeoPackage 不能写到标准输出",
                "a GeoPackage cannot go to standard output",
            )
            .advise("用 -o 指定文件，如 -o findings.gpkg", "name a file, as in -o findings.gpkg")
            .into());
        }
        let mut own_rules = config.rules.clone();
        own_rules.extend(rules.iter().cloned());
        let named = flags.lines.config.is_some();
        let defaults = CheckOptions::default();
        let book = rule_book(&own_rules)?;
        roles::refuse_unknown(flags, &config, &book)?;
        Ok(Self {
            sources: sources(flags, &config)?,
            config: config
                .file
                .clone()
                .map(|path| ConfigFile { found_above: !named && path != Path::new(config::FILE_NAME), path }),
            from_command_line: flags.named().into_iter().map(|(role, _)| role).collect(),
            options: CheckOptions {
                profile: profile.clone().or_else(|| config.profile.clone()).unwrap_or(defaults.profile),
                select: some(select, &config.select),
                ignore: some(ignore, &config.ignore),
                tolerance: tolerance.or(config.tolerance),
                sliver_width: sliver_width.or(config.sliver_width),
                area: area.or(config.area).map(Into::into).unwrap_or_default(),
                pieces: format.wants_pieces(),
                watch: crate::progress::watch(),
            },
            book,
            fail_on: match fail_on.or(config.fail_on) {
                Some(word) => word.into(),
                None => Some(Severity::Error),
            },
            require_complete: *require_complete || config.require_complete.unwrap_or_default(),
            exit_zero: *exit_zero || config.exit_zero.unwrap_or_default(),
            lang: flags.lang.or(config.lang.map(Into::into)).unwrap_or(flags.locale),
            format,
            output,
            existing: replacing::of_report(flags.output.overwrite || config.overwrite.unwrap_or_default()),
            bom: flags.output.bom || config.bom.unwrap_or_default(),
            rows: flags.output.rows.or(config.rows),
            stats: flags.output.stats.clone().or_else(|| config.stats.clone()),
            own_files: own_files(&config, &own_rules),
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
fn config_of(flags: &Flags<'_>) -> Result<Config, Failure> {
    match &flags.lines.config {
        Some(path) => Config::read(path),
        None if flags.lines.no_config => Ok(Config::default()),
        None => Config::find().map_or_else(|| Ok(Config::default()), |path| Config::read(&path)),
    }
}

/// Files beside the layers that a run reads: the config, and rules of the user's own.
fn own_files(config: &Config, rules: &[PathBuf]) -> Vec<String> {
    rules.iter().chain(&config.file).map(|path| path.display().to_string()).collect()
}

/// The layers of the config, each replaced by one of the same role on the command line, then the others.
fn sources(flags: &Flags<'_>, config: &Config) -> Result<Vec<Source>, Failure> {
    let mut named = flags.named();
    let mut sources = Vec::new();
    // What the command line asks about is what is judged: a project is not asked about because a config names it.
    let subjects = [Role::PLAN, Role::PROJECT];
    let asked: Vec<Role> =
        named.iter().map(|(role, _)| role).filter(|role| subjects.contains(role)).cloned().collect();
    let not_asked = |role: &Role| !asked.is_empty() && subjects.contains(role) && !asked.contains(role);
    for layer in config.layers.iter().filter(|layer| !not_asked(&layer.role)) {
        let at = named.iter().position(|(role, _)| *role == layer.role);
        let source = at.map_or_else(|| layer.source.clone(), |at| named.remove(at).1);
        sources.push(Source {
            role: layer.role.clone(),
            source,
            options: read_options(flags, config, Some(layer), &layer.role),
        });
    }
    for (role, source) in named {
        let options = read_options(flags, config, None, &role);
        sources.push(Source { role, source, options });
    }
    // Reports list layers in this order: the plan, the project, the lines in the order of precedence, the rest.
    sources.sort_by_key(|source| {
        (source.role != Role::PLAN, source.role != Role::PROJECT, source.role.precedence())
    });
    if sources.iter().filter(|source| source.source == "-").count() > 1 {
        return Err(Failure::own("标准输入只能读一个图层", "standard input holds one layer")
            .advise("其他图层写成文件", "name files for the other layers")
            .into());
    }
    Ok(sources)
}

fn read_options(flags: &Flags<'_>, config: &Config, layer: Option<&LayerConfig>, role: &Role) -> ReadOptions {
    let reading = flags.reading;
    let crs = of_role(&reading.crs, role)
        .or_else(|| layer.and_then(|layer| layer.crs.clone()))
        .or_else(|| config.crs.clone());
    let mut fields = layer.map(|layer| layer.fields.clone()).unwrap_or_default();
    let given = reading.field.iter().filter(|field| field.role == *role);
    fields.extend(given.map(|field| (field.name.clone(), field.column.clone())));
    ReadOptions {
        crs: crs.map(|text| CrsChoice::parse(&text)),
        encoding: of_role(&reading.encoding, role)
            .or_else(|| layer.and_then(|layer| layer.encoding.clone()))
            .or_else(|| config.encoding.clone()),
        fields,
        scheme: reading
            .scheme
            .filter(|_| *role == Role::PLAN)
            .or_else(|| layer.and_then(|layer| layer.scheme)),
        on_invalid: reading.on_invalid.or(config.on_invalid).map_or_else(OnInvalid::default, Into::into),
        allow_empty: reading.allow_empty || config.allow_empty.unwrap_or_default(),
    }
}

/// What is given for the role; what is given for it by name wins over what is given for all.
fn of_role(given: &[ForRole], role: &Role) -> Option<String> {
    let named = given.iter().rev().find(|value| value.role.as_ref() == Some(role));
    let all = || given.iter().rev().find(|value| value.role.is_none());
    named.or_else(all).map(|value| value.value.clone())
}

/// The format that a file's extension asks for.
fn format_of(output: Option<&Path>) -> Result<Format, Failure> {
    let Some(path) = output else { return Ok(Format::Full) };
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    Format::of_extension(extension).ok_or_else(|| {
        let known = "txt, md, json, ndjson, geojson, gpkg, csv";
        Failure::own("无法由扩展名判断格式", "the extension tells no format")
            .at(path.display().to_string())
            .advise(
                format!("使用扩展名 {known}，或用 --output-format 指定"),
                format!("use one of {known}, or say --output-format"),
            )
            .into()
    })
}

/// The embedded rules and the user's own.
pub(crate) fn rule_book(paths: &[PathBuf]) -> Result<RuleBook, Failure> {
    let mut files = Vec::new();
    for path in paths {
        let before = files.len();
        collect_rules(path, &mut files)?;
        if files.len() == before {
            return Err(Failure::own("文件夹中没有规则文件", "the folder holds no rule file")
                .at(path.display().to_string())
                .advise("规则文件以 .toml 结尾", "rule files end in .toml")
                .into());
        }
    }
    RuleBook::embedded().with_rules(files).map_err(|error| sanxian::Error::from(error).into())
}

fn collect_rules(path: &Path, files: &mut Vec<(String, String)>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::own(format!("规则无法读取：{error}"), format!("the rules cannot be read: {error}"))
            .at(path.display().to_string())
            .advise("检查 --rules 后的路径", "check the path after --rules")
    };
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(failed)?;
        let mut inside: Vec<PathBuf> =
            entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>().map_err(failed)?;
        inside.sort();
        for entry in inside {
            if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "toml") {
                collect_rules(&entry, files)?;
            }
        }
        return Ok(());
    }
    files.push((path.display().to_string(), std::fs::read_to_string(path).map_err(failed)?));
    Ok(())
}
