//! Generators and checks of this repository: `cargo xtask COMMAND`.

mod bare_read;
mod county;
mod generate;
mod root;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Generators and checks of this repository")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Time a bare GDAL Arrow read of layers, the floor under every run.
    BareRead(bare_read::BareRead),
    /// Make the sample county of `data/demo`, or a county of any size for benches.
    DemoCounty(county::DemoCounty),
    /// Make the pages under `docs/` from the rules and the flags.
    Generate(generate::Generate),
    /// Say what in the repository breaks its house rules.
    Tidy(tidy::Tidy),
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "what was made, and what is wrong")]
fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::BareRead(command) => command.run(),
        Command::DemoCounty(command) => command.run(),
        Command::Generate(command) => command.run(),
        Command::Tidy(command) => command.run(),
    };
    match done {
        Ok(told) => {
            print!("{told}");
            ExitCode::SUCCESS
        }
        // Without the trace that `anyhow` adds on machines that ask for one: a list of places has no use for it.
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
