//! `sanxian conflicts`: plans against each other.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Instant;

use encoding_rs::GB18030;
use rayon::prelude::*;
use sanxian::conflicts::{self, Comparison, ConflictOptions, Contradiction, PlanAbout};
use sanxian::report::Format;
use sanxian::{
    ClassTable, Config, ConflictReport, Conflicts, CrsChoice, Existing, Filter, Lang, Layer, ReadOptions,
    Role, Source, Stage,
};

use crate::args::{Common, ConflictsArgs};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::origins;
use crate::output;
use crate::outputs::Outputs;
use crate::progress;
use crate::replacing;
use crate::settings::{ConfigFile, config_of};
use crate::stats;

/// A layer before it is read.
struct Given {
    /// What the user calls it: the name of a plan, or the word of the flag or of the config.
    name: String,
    source: String,
    /// None for a plan.
    role: Option<Role>,
    /// How the config says that it is read; flags go over it.
    options: ReadOptions,
    /// The filter that the config sets; flags go over it.
    filter: Option<Filter>,
}

pub(crate) fn run(args: &ConflictsArgs, common: &Common, locale: Lang) -> Result<Ending, Failure> {
    let started = Instant::now();
    let config = config_of(args.config.as_deref(), args.no_config)?;
    // Roles that nobody knows or declared are refused.
    config.book()?;
    let lang = common.lang.map(Lang::from).or(config.program.lang).unwrap_or(locale);
    let destination = &args.output;
    let outputs = Outputs::of(destination.output_format.map(Into::into), &destination.output)?;
    outputs.refuse_formats(&conflicts::FORMATS, "规划对比", "comparisons of plans")?;
    let given = layers(args, &config);
    refuse_unknown_names(args, &given)?;
    let own_file = config.file.as_ref().map(|path| path.display().to_string());
    let own_files = args.class_table.iter().map(|(_, file)| &**file).chain(own_file.as_deref());
    let inputs: Vec<&str> = given.iter().map(|layer| &*layer.source).chain(own_files).collect();
    if inputs.iter().filter(|source| **source == "-").count() > 1 {
        return Err(Failure::own("标准输入只能读一个图层", "standard input holds one layer")
            .advise("其他图层写成文件", "name files for the other layers")
            .into());
    }
    let files = outputs.files_and(&[destination.stats.as_deref()]);
    output::refuse_overwriting(&files, &inputs)?;
    let existing = replacing::of_report(destination.overwrite);
    replacing::refuse(&files, existing)?;

    origins::tell_config(common, ConfigFile::of(&config, args.config.is_some()).as_ref(), lang);
    progress::start(common.quiet, lang);
    progress::stage(Stage::Read);
    let pairs = config.pairs.iter().cloned();
    let report = pairs.fold(compared(args, given)?, Conflicts::pair).run()?;
    origins::tell_layers(common, report.plan());
    progress::stage(Stage::Write);
    let writing = Instant::now();
    let comparison = Comparison { list_digitising: args.comparing.list_digitising, ..report.comparison() };
    outputs.write(|format, path| write(&comparison, args, format, path, existing, (common, lang)))?;
    if let Some(path) = &destination.stats {
        stats::write(path, report.stats(), started, writing.elapsed().as_secs_f64())?;
    }
    if !outputs.has(&[Format::Full, Format::Json, Format::Markdown]) {
        output::tell_faults(common, lang, report.faults());
    }
    if !(outputs.is_read_on_stdout() && std::io::stdout().is_terminal()) {
        output::tell(common, &conflicts::headline(&comparison, lang));
    }
    outputs.tell_written(common, lang);
    output::tell_seconds(common, lang, started);
    Ok(ending(&report, &comparison, args))
}

/// The layers in the order of the command line, the plans first; then those of the config that a comparison uses and the command
/// line does not name.
fn layers(args: &ConflictsArgs, config: &Config) -> Vec<Given> {
    let options = ReadOptions {
        crs: config.crs.as_deref().map(CrsChoice::parse),
        encoding: config.encoding.clone(),
        on_invalid: config.on_invalid.unwrap_or_default(),
        allow_empty: config.allow_empty.unwrap_or_default(),
        ..ReadOptions::default()
    };
    let mut given: Vec<Given> = Vec::new();
    for text in &args.plan {
        let (name, source) = named_source(text);
        given.push(Given {
            name,
            source: source.to_owned(),
            role: None,
            options: options.clone(),
            filter: None,
        });
    }
    let lines = [
        ("redline", Role::REDLINE, &args.redline),
        ("farmland", Role::FARMLAND, &args.farmland),
        ("urban-boundary", Role::URBAN_BOUNDARY, &args.urban_boundary),
        ("unit", Role::ADMIN_UNIT, &args.unit),
        ("base", Role::SURVEY, &args.base),
        ("approved", Role::APPROVED, &args.approved),
        ("park", Role::PARK, &args.park),
        ("project", Role::PROJECT, &args.project),
    ];
    let named: Vec<Role> =
        lines.iter().filter(|(.., sources)| !sources.is_empty()).map(|(_, role, _)| role.clone()).collect();
    let of_pairs = config.pairs.iter().flat_map(|pair| &pair.sides).map(|side| &side.role);
    // Projects are asked about on the command line; those of a config are the matter of a check.
    let used = lines.iter().map(|(_, role, _)| role).filter(|role| **role != Role::PROJECT);
    let used: Vec<&Role> = used.chain(of_pairs).collect();
    for (word, role, sources) in &lines {
        given.extend(sources.iter().map(|source| Given {
            name: (*word).to_owned(),
            source: source.clone(),
            role: Some(role.clone()),
            options: options.clone(),
            filter: None,
        }));
    }
    for layer in &config.layers {
        if used.contains(&&layer.role) && !named.contains(&layer.role) {
            let word = lines.iter().find(|(_, role, _)| *role == layer.role).map(|(word, ..)| *word);
            let Source { role, source, options, filter } = config.source(layer);
            let name = word.unwrap_or(role.name()).to_owned();
            given.push(Given { name, source, role: Some(role), options, filter });
        }
    }
    given
}

/// A source and what its plan is called: the name that is given, or that of the layer, or that of the file. What stands before
/// `=` is a name, unless it can only be of a path or of a connection, or there is a file of the whole name.
fn named_source(text: &str) -> (String, &str) {
    if let Some((name, source)) = text.split_once('=')
        && !name.is_empty()
        && !source.is_empty()
        && !name.contains(['/', '\\', ':', '#'])
        && !Path::new(text.split('#').next().unwrap_or(text)).exists()
    {
        return (name.to_owned(), source);
    }
    let (file, layer) = text.rsplit_once('#').unwrap_or((text, ""));
    let name = if layer.is_empty() {
        Path::new(file)
            .file_stem()
            .map_or_else(|| file.to_owned(), |stem| stem.to_string_lossy().into_owned())
    } else {
        layer.to_owned()
    };
    (name, text)
}

/// Refuses names that are those of no plan and of no layer: what is told of them would be ignored.
fn refuse_unknown_names(args: &ConflictsArgs, given: &[Given]) -> Result<(), Failure> {
    let of_plans = (args.level.iter().map(|(name, _)| ("--level", name)))
        .chain(args.base_year.iter().map(|(name, _)| ("--base-year", name)));
    let of_layers = (args.field.iter().map(|(name, ..)| ("--field", name)))
        .chain(args.scheme.iter().map(|(name, _)| ("--scheme", name)))
        .chain(args.class_table.iter().map(|(name, _)| ("--class-table", name)))
        .chain(args.class.iter().map(|(name, _)| ("--class", name)))
        .chain(args.filter.iter().map(|(name, _)| ("--where", name)))
        .chain(args.width.iter().map(|(name, _)| ("--width", name)))
        .chain(args.crs.iter().filter_map(|(name, _)| Some(("--crs", name.as_ref()?))))
        .chain(args.encoding.iter().filter_map(|(name, _)| Some(("--encoding", name.as_ref()?))));
    let all = of_plans.map(|told| (told, true)).chain(of_layers.map(|told| (told, false)));
    for ((flag, name), of_plan) in all {
        let known = given.iter().filter(|layer| !of_plan || layer.role.is_none());
        let known: Vec<&str> = known.map(|layer| &*layer.name).collect();
        if !known.contains(&&**name) {
            let known = known.join(", ");
            return Err(Failure::own(
                format!("没有名为 `{name}` 的规划或图层"),
                format!("no plan or layer is called `{name}`"),
            )
            .at(format!("{flag} {name}=…"))
            .advise(format!("现有名称：{known}"), format!("there are: {known}"))
            .into());
        }
    }
    Ok(())
}

/// The comparison that was asked for, with its layers read.
fn compared(args: &ConflictsArgs, given: Vec<Given>) -> Result<Conflicts, Failure> {
    let read: Vec<Result<(Given, Layer), Failure>> = given
        .into_par_iter()
        .map(|given| {
            let layer = Layer::read(&given.source, &reading(args, &given))?;
            let layer = classified(args, &given.name, layer)?;
            let layer = match told(&args.filter, &given.name).or_else(|| given.filter.clone()) {
                Some(filter) => layer.only(filter),
                None => layer,
            };
            Ok((given, layer))
        })
        .collect();
    let defaults = ConflictOptions::default();
    let options = ConflictOptions {
        least_area: args.comparing.least_area,
        least_width: args.comparing.least_width.unwrap_or(defaults.least_width),
        shift_width: args.comparing.shift_width.unwrap_or(defaults.shift_width),
        uncovered: !args.comparing.no_uncovered,
        watch: progress::watch(),
    };
    let mut plans = Conflicts::new().options(options);
    for layer in read {
        let (Given { name, role, .. }, layer) = layer?;
        plans = if let Some(role) = role {
            plans.line(role, layer)
        } else {
            let (level, base_year) = (told(&args.level, &name), told(&args.base_year, &name));
            plans.plan_about(&name, layer, PlanAbout { level, base_year })
        };
    }
    Ok(plans)
}

/// A layer with the classes that a table gives its values, or with the one class of all of its features.
fn classified(args: &ConflictsArgs, name: &str, layer: Layer) -> Result<Layer, Failure> {
    if let Some(class) = told(&args.class, name) {
        return Ok(layer.class(class));
    }
    let Some(file) = told(&args.class_table, name) else { return Ok(layer) };
    let column = args.field.iter().rev().find(|(of, word, _)| of == name && word == "land_class");
    let Some((_, _, column)) = column else {
        return Err(Failure::own(
            format!("没有说明规划 `{name}` 的地类在哪个字段"),
            format!("nothing says which column of `{name}` the table of classes is about"),
        )
        .at(format!("--class-table {name}={file}"))
        .advise(
            format!("加上 --field {name}.land_class=字段名"),
            format!("add --field {name}.land_class=COLUMN"),
        )
        .into());
    };
    let bytes = std::fs::read(&file).map_err(|error| Failure::system(&file, &error))?;
    // Excel in China writes GBK.
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|not_utf8| GB18030.decode(not_utf8.as_bytes()).0.into_owned());
    let title =
        Path::new(&file).file_name().map_or_else(|| file.clone(), |name| name.to_string_lossy().into_owned());
    Ok(layer.classes(column, &ClassTable::parse(&title, &text)?)?)
}

/// What was told last of that name.
fn told<T: Clone>(told: &[(String, T)], name: &str) -> Option<T> {
    told.iter().rev().find(|(of, _)| of == name).map(|(_, value)| value.clone())
}

/// How a layer is read.
fn reading(args: &ConflictsArgs, layer: &Given) -> ReadOptions {
    let maybe = |told: &[(Option<String>, String)]| {
        let own = told.iter().rev().find(|(name, _)| name.as_deref() == Some(&*layer.name));
        own.or_else(|| told.iter().rev().find(|(name, _)| name.is_none())).map(|(_, value)| value.clone())
    };
    // The values that a table is about are classes only through the table.
    let by_table = told(&args.class_table, &layer.name).is_some() || told(&args.class, &layer.name).is_some();
    let fields = args
        .field
        .iter()
        .filter(|(name, word, _)| *name == layer.name && !(by_table && word == "land_class"));
    let own = layer.options.clone();
    ReadOptions {
        crs: maybe(&args.crs).as_deref().map(CrsChoice::parse).or(own.crs),
        encoding: maybe(&args.encoding).or(own.encoding),
        fields: own
            .fields
            .into_iter()
            .chain(fields.map(|(_, word, column)| (word.clone(), column.clone())))
            .collect(),
        scheme: told(&args.scheme, &layer.name).or(own.scheme),
        on_invalid: args.on_invalid.map_or(own.on_invalid, Into::into),
        allow_empty: args.allow_empty || own.allow_empty,
        width: told(&args.width, &layer.name),
        drivers: own.drivers,
    }
}

fn write(
    comparison: &Comparison<'_>,
    args: &ConflictsArgs,
    format: Format,
    path: Option<&Path>,
    existing: Existing,
    (common, lang): (&Common, Lang),
) -> Result<(), Failure> {
    let mut options = match path {
        Some(_) => output::file_options(lang),
        None => output::terminal_options(common, lang),
    };
    options.bom = args.output.bom;
    options.rows = args.output.rows.or(options.rows);
    match path {
        Some(path) if format == Format::Gpkg => {
            Ok(conflicts::write_geopackage(comparison, lang, path, existing)?)
        }
        Some(path) => output::to_file(path, |out| conflicts::write(comparison, format, &options, out)),
        None => output::to_stdout(|out| conflicts::write(comparison, format, &options, out)),
    }
}

fn ending(report: &ConflictReport, comparison: &Comparison<'_>, args: &ConflictsArgs) -> Ending {
    if !report.is_complete() || comparison.contradiction() == Contradiction::Incomplete {
        Ending::Incomplete
    } else if comparison.contradiction() == Contradiction::Found && !args.comparing.exit_zero {
        Ending::Findings
    } else {
        Ending::Clean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_called_by_its_name_or_its_layer_or_its_file() {
        for (text, name, source) in [
            ("土规=a.gpkg#TDLYZTGH", "土规", "a.gpkg#TDLYZTGH"),
            ("a.gpkg#TDLYZTGH", "TDLYZTGH", "a.gpkg#TDLYZTGH"),
            ("folder/城规.shp", "城规", "folder/城规.shp"),
            // A connection has equals signs of its own.
            ("PG:dbname=plans#city", "city", "PG:dbname=plans#city"),
            ("city=PG:dbname=plans#t", "city", "PG:dbname=plans#t"),
            ("folder/a=b.shp", "a=b", "folder/a=b.shp"),
            ("city=", "city=", "city="),
        ] {
            assert_eq!(named_source(text), (name.to_owned(), source), "{text}");
        }
    }
}
