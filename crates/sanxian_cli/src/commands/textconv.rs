//! `sanxian textconv`: the features of a file as lines of text, for `git diff`.

use sanxian::{Lang, write_feature_text};

use crate::args::TextconvArgs;
use crate::ending::Ending;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: &TextconvArgs, lang: Lang) -> Result<Ending, Failure> {
    let mut lines = Vec::new();
    write_feature_text(&args.file, lang, &mut lines)?;
    output::to_stdout(|out| out.write_all(&lines))?;
    Ok(Ending::Clean)
}
