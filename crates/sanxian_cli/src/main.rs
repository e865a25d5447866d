//! The binary `sanxian`. Everything it does is in the library beside it.

use std::process::ExitCode;

fn main() -> ExitCode {
    sanxian_cli::run(std::env::args_os())
}
