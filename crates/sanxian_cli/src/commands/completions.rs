//! `sanxian completions`: words for a shell.

use crate::Ending;
use crate::args::CompletionsArgs;
use crate::failure::Failure;
use crate::output;

pub(crate) fn run(args: &CompletionsArgs) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::command(), "sanxian", &mut script);
    output::to_stdout(|out| out.write_all(&script))?;
    Ok(Ending::Clean)
}
