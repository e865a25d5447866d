//! The package of a revision, written and applied.

use std::path::Path;
use std::time::Instant;

use sanxian::revisions::{Package, PackageOptions, Revision, apply, package_of, write_revision};
use sanxian::{CheckReport, Lang, PlanSources, Role, Stage};

use crate::args::{Common, Destination, DiffArgs, PackageFlags};
use crate::day;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::flags::Flags;
use crate::output;
use crate::progress;
use crate::replacing;
use crate::settings::Settings;

/// A package that is to be written.
pub(crate) struct Wanted<'a> {
    path: &'a Path,
    options: PackageOptions,
    overwrite: bool,
}

impl<'a> Wanted<'a> {
    /// The package that the flags ask for, if they do; refuses what cannot be written before anything is read.
    pub(crate) fn of(flags: &'a PackageFlags, output: &Destination) -> Result<Option<Self>, Failure> {
        let Some(path) = flags.package.as_deref() else { return Ok(None) };
        Package::refuse_format(path)?;
        replacing::refuse(&[path], replacing::of_layer(output.overwrite))?;
        let date = match flags.package_date {
            Some(date) => date,
            None => day::today()?,
        };
        let mut options =
            PackageOptions { layer: flags.package_layer.clone(), ..PackageOptions::of_day(date) };
        for (field, text) in &flags.package_field {
            options = options.with(field, text)?;
        }
        Ok(Some(Self { path, options, overwrite: output.overwrite }))
    }

    pub(crate) fn path(&self) -> &'a Path {
        self.path
    }

    /// Writes the package of a revision.
    pub(crate) fn write(&self, revision: &Revision, common: &Common, lang: Lang) -> Result<(), Failure> {
        let [old, new] = [revision.before(), revision.now()].map(CheckReport::plan);
        let package = package_of(old, new, revision.layers(), &self.options)?;
        package.write(self.path, replacing::of_layer(self.overwrite))?;
        let (name, before) = (package.name(), package.before().len());
        let (change, after) = (package.change().len(), package.after().len());
        output::tell(
            common,
            &match lang {
                Lang::Zh => format!(
                    "维护成果：WHQ{name} {before} 个要素，WHC{name} {change} 个，WHH{name} {after} 个；标识码 BSM 和未给出的字段留空"
                ),
                Lang::En => format!(
                    "revision package: {before} features in WHQ{name}, {change} in WHC{name}, {after} in WHH{name}; \
                     BSM of WHC{name} and fields that were not given are empty"
                ),
            },
        );
        output::tell_written(common, lang, &[self.path]);
        Ok(())
    }
}

/// Makes the newer revision of a plan from the older one and a package.
pub(crate) fn run_apply(
    args: &DiffArgs,
    package: &str,
    common: &Common,
    locale: Lang,
) -> Result<Ending, Failure> {
    let started = Instant::now();
    let ([old], [target]) = (&args.plans[..], &args.output.output[..]) else {
        return Err(Failure::own(
            "--apply 需要修改前的一个规划和输出文件",
            "--apply takes the plan before, and a file for the plan as revised",
        )
        .advise(
            "如 sanxian diff --apply 维护成果.gpkg old.gpkg -o new.gpkg",
            "as in sanxian diff --apply package.gpkg old.gpkg -o new.gpkg",
        )
        .into());
    };
    let settings = Settings::of(&Flags {
        named: vec![(Role::PLAN, old.clone())],
        lines: &args.revision.lines,
        reading: &args.revision.reading,
        rules: &args.revision.rules,
        failing: None,
        // What goes there is no report.
        output: &Destination::default(),
        lang: common.lang.map(Lang::from),
        locale,
    })?;
    Package::refuse_format(target)?;
    let existing = replacing::of_layer(args.output.overwrite);
    output::refuse_overwriting(&[target], &[old, package])?;
    replacing::refuse(&[target], existing)?;

    progress::start(common.quiet, settings.lang);
    progress::stage(Stage::Read);
    let of_plan: Vec<_> = settings.sources.iter().filter(|source| source.role == Role::PLAN).collect();
    let [source] = of_plan[..] else {
        return Err(Failure::own("--apply 只用于一个规划图层", "--apply is for one plan layer")
            .advise("每次给出一个规划图层", "give one plan layer at a time")
            .into());
    };
    if source.filter.is_some() {
        return Err(Failure::own(
            "--apply 写出整个规划，不能筛选",
            "--apply writes the whole plan, and takes no filter",
        )
        .at("where")
        .advise(
            "去掉规划的 --where 或配置中的 where",
            "leave --where, or `where` in the config, out for the plan",
        )
        .into());
    }
    let plan = PlanSources::new().with(source.clone()).read()?;
    let package = Package::read(package, args.package.package_layer.as_deref(), &source.options)?;
    let made = apply(&package, &plan.layers()[0])?;
    progress::stage(Stage::Write);
    write_revision(&made, target, existing)?;
    progress::finish();
    output::tell_faults(common, settings.lang, plan.faults());
    let (gone, come, all) = (package.before().len(), package.after().len(), made.len());
    output::tell(
        common,
        &match settings.lang {
            Lang::Zh => format!("替换 {gone} 个要素为 {come} 个，共 {all} 个"),
            Lang::En => format!("{gone} features replaced by {come}, {all} in all"),
        },
    );
    output::tell_written(common, settings.lang, &[target]);
    output::tell_seconds(common, settings.lang, started);
    Ok(if plan.is_complete() { Ending::Clean } else { Ending::Incomplete })
}
