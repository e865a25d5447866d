//! `sanxian rule`: the cards of rules and of kinds of difference patches, and the list of rules.

use sanxian::config::rule_book;
use sanxian::conflicts::{self, Guide, KindCard};
use sanxian::report::{CardFormat, write_cards, write_rule_list};
use sanxian::{Lang, Rule, RuleBook};

use crate::args::{CardFormatArg, Common, RuleArgs};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: &RuleArgs, common: &Common, lang: Lang) -> Result<Ending, Failure> {
    let book = rule_book(&args.rules)?;
    let options = output::terminal_options(common, lang);
    let format: CardFormat = args.output_format.into();
    let profile = args.profile.as_deref().unwrap_or(RuleBook::DEFAULT_PROFILE);
    match &args.rule {
        Some(word) => {
            if let Some(kind) = kind(word) {
                output::to_stdout(|out| conflicts::write_kind_card(kind, format, &options, out))?;
            } else {
                let rule = book.rule(word).map_err(sanxian::Error::from)?;
                output::to_stdout(|out| write_cards(&[rule], format, &options, out))?;
            }
        }
        None if args.all => {
            let rules: Vec<&Rule> = book.rules().iter().collect();
            output::to_stdout(|out| write_cards(&rules, format, &options, out))?;
        }
        None => {
            let rules = book.pick(profile, &[], &[]).map_err(sanxian::Error::from)?;
            if args.output_format == CardFormatArg::Text {
                output::to_stdout(|out| write_rule_list(&rules, &options, out))?;
            } else {
                output::to_stdout(|out| write_cards(&rules, format, &options, out))?;
            }
        }
    }
    Ok(Ending::Clean)
}

/// The kind of difference patches with that code, in any case.
fn kind(word: &str) -> Option<&'static KindCard> {
    Guide::embedded().kinds.iter().find(|kind| kind.code.eq_ignore_ascii_case(word))
}
