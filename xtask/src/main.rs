//! Generators and checks of this repository: `cargo xtask COMMAND`.

mod county;
mod generate;
mod root;
mod tidy;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Generators and checks of this repository")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the sample county of `data/demo`, or a county of any size for benches.
    DemoCounty(county::DemoCounty),
    /// Make the pages under `docs/` from the rules and the flags.
    Generate(generate::Generate),
    /// Say what in the repository breaks its house rules.
    Tidy(tidy::Tidy),
}

#[expect(clippy::print_stdout, reason = "what was made is this program's output")]
fn main() -> Result<()> {
    let told = match Arguments::parse().command {
        Command::DemoCounty(command) => command.run()?,
        Command::Generate(command) => command.run()?,
        Command::Tidy(command) => command.run()?,
    };
    print!("{told}");
    Ok(())
}
