//! `sanxian info`: what sources hold and how a check would read them.

use sanxian::info::{inspect, write};
use sanxian::{CrsChoice, Lang, ReadOptions};

use crate::args::{Common, InfoArgs};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: &InfoArgs, common: &Common, lang: Lang) -> Result<Ending, Failure> {
    let options = ReadOptions {
        crs: args.crs.as_deref().map(CrsChoice::parse),
        encoding: args.encoding.clone(),
        ..ReadOptions::default()
    };
    let inspection = inspect(&args.source, &options);
    let shown = output::terminal_options(common, lang);
    output::to_stdout(|out| write(&inspection, args.output_format.into(), &shown, out))?;
    let mut failures = inspection.errors().into_iter().cloned().map(Failure::explained);
    let Some(last) = failures.next_back() else { return Ok(Ending::Clean) };
    for failure in failures {
        failure.print(lang);
    }
    Err(last)
}
