//! The offdesk program: reads the command line, wires the parts, and turns results into output and exit codes.

mod cli;
mod clock;
mod interrupt;

use std::process::ExitCode;

fn main() -> ExitCode {
    interrupt::install();
    cli::run()
}
