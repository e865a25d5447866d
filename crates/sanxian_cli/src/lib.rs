//! The command line of sanxian (三线): flags, config, progress and exit codes over the library `sanxian`.
//!
//! # Invariant
//! Nothing here that a user of the library would want. Results go to standard output or to a file;
//! everything else goes to standard error.

mod args;
mod baseline;
mod commands;
mod day;
mod ending;
mod failure;
mod flags;
mod interrupt;
mod locale;
mod origins;
mod output;
mod outputs;
mod platform;
mod progress;
mod replacing;
mod revision_sources;
mod settings;
mod stats;
mod step_summary;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::FromArgMatches;
use sanxian::Lang;

use crate::args::{Cli, Command};
use crate::ending::Ending;
use crate::failure::Failure;

pub use args::command;

/// More threads than any machine has cores; each of them costs memory and a moment to begin.
const MOST_THREADS: usize = 1024;

/// Runs the program with the given words, the name of the program first, and says how it ended.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match command().try_get_matches_from(words).and_then(|matches| Cli::from_arg_matches(&matches))
    {
        Ok(cli) => cli,
        // Help and version come as errors too, with a code of their own.
        Err(usage) => {
            let code = u8::try_from(usage.exit_code()).unwrap_or(2);
            let words = usage.to_string();
            // A word that does not fit is repeated, and it may be a connection.
            if let Cow::Owned(shown) = sanxian::model::redact(&words) {
                // When even standard error is gone, the exit code has to do.
                let _ = std::io::stderr().lock().write_all(shown.as_bytes());
                return ExitCode::from(code);
            }
            return if usage.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(2) };
        }
    };
    let lang = cli.common.lang.map_or_else(locale::from_environment, Lang::from);
    let ended = dispatch(&cli, lang);
    // After a failure the line of progress is still there.
    progress::finish();
    match ended {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        Ok(Ending::Incomplete) => ExitCode::from(3),
        Err(_) if interrupt::asked() => ExitCode::from(interrupt::INTERRUPTED),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print(lang);
            ExitCode::from(2)
        }
    }
}

fn dispatch(cli: &Cli, lang: Lang) -> Result<Ending, Failure> {
    interrupt::watch();
    if let Some(threads) = cli.common.threads {
        if threads.get() > MOST_THREADS {
            return Err(Failure::own(
                format!("线程数 {threads} 超过上限 {MOST_THREADS}"),
                format!("{threads} threads are more than {MOST_THREADS}"),
            )
            .at("--threads")
            .advise("不写 --threads，每个核用一个线程", "leave --threads out: one for each core is used")
            .into());
        }
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads.get())
            .build_global()
            .map_err(|error| Failure::system("--threads", &error))?;
    }
    match &cli.command {
        Command::Check(args) => commands::check::run(args, &cli.common, lang),
        Command::Lines(args) => commands::lines::run(args, &cli.common, lang),
        Command::Conflicts(args) => commands::conflicts::run(args, &cli.common, lang),
        Command::Textconv(args) => commands::textconv::run(args, lang),
        Command::Diff(args) => commands::diff::run(args, &cli.common, lang),
        Command::Ci(args) => commands::ci::run(args, &cli.common, lang),
        Command::Info(args) => commands::info::run(args, &cli.common, lang),
        Command::Overlap(args) => commands::overlap::run(args, &cli.common, lang),
        Command::Rule(args) => commands::rule::run(args, &cli.common, lang),
        Command::Demo(args) => commands::demo::run(args, &cli.common, lang),
        Command::Convert(args) => commands::convert::run(args, &cli.common, lang),
        Command::Completions(args) => commands::completions::run(args),
    }
}
