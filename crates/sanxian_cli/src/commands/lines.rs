//! `sanxian lines`: the three lines held against each other.

use sanxian::{Lang, Role};

use crate::args::{Common, LinesArgs};
use crate::commands::check::perform;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::flags::Flags;
use crate::settings::Settings;

pub(crate) fn run(args: &LinesArgs, common: &Common, locale: Lang) -> Result<Ending, Failure> {
    let mut settings = Settings::of(&Flags {
        named: Vec::new(),
        lines: &args.lines,
        reading: &args.reading,
        rules: &args.rules,
        failing: Some(&args.failing),
        output: &args.output,
        lang: common.lang.map(Lang::from),
        locale,
    })?;
    // A config may name the plan too; this question is not about it.
    let plans = [Role::PLAN, Role::PROJECT];
    settings.sources.retain(|source| !plans.contains(&source.role));
    if settings.sources.is_empty() {
        return Err(Failure::own("没有给出任何控制线", "no line is given")
            .advise(
                "写明图层，如 --redline redline.shp --farmland farmland.shp",
                "name the layers, as in --redline redline.shp --farmland farmland.shp",
            )
            .into());
    }
    if settings.options.select.is_empty() {
        let options = &settings.options;
        let rules =
            settings.book.pick(&options.profile, &[], &options.ignore).map_err(sanxian::Error::from)?;
        settings.options.select = rules
            .into_iter()
            .filter(|rule| {
                !rule.predicate.is_about_changes() && !rule.roles.iter().any(|role| plans.contains(role))
            })
            .map(|rule| rule.name.to_string())
            .collect();
    }
    perform(&settings, common)
}
