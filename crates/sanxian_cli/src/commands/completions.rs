//! `sanxian completions`: words for a shell.

use crate::args::{CompletionsArgs, command};
use crate::ending::Ending;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: &CompletionsArgs) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "sanxian", &mut script);
    output::to_stdout(|out| out.write_all(&script))?;
    Ok(Ending::Clean)
}
