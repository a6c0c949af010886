//! The commands and what they have in common: options, output, errors, exit codes.

mod amounts;
mod audit;
mod completions;
mod data;
mod decide;
mod demo;
mod error;
mod facts;
mod formats;
mod licences;
mod output;
mod plan;
mod price;
mod progress;
mod usage;
mod values;
mod worth;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use error::CliError;

/// Exit codes, the same for every command.
pub mod exit {
    /// Something failed.
    pub const FAILED: u8 = 1;
    /// The command line was not understood.
    pub const USAGE: u8 = 2;
    /// Nothing was found.
    pub const NOTHING: u8 = 3;
    /// The input was not understood.
    pub const INPUT: u8 = 5;
    /// Done in part; the output says which.
    pub const PARTLY: u8 = 6;
    /// Something is in the way.
    pub const CONFLICT: u8 = 7;
}

const EXAMPLES: &str = "\
Examples:
  offdesk demo                                       an example owner, audited
  offdesk worth --income 150000 --days 250 --hours 8
  offdesk price \"reconcile Stripe payouts\"          what an hour of it costs
  offdesk decide inbox.json                          whether a handoff pays
  offdesk plan problem.json                          who should do what
  offdesk audit report.csv --income 150000           what to hand off first
  offdesk audit calendar.ics toggl.csv --rate 90 --html audit.html

Exit codes: 0 ok, 1 failed, 2 usage, 3 nothing found, 5 input not understood,
6 partly done, 7 conflict, 130 interrupted.";

/// Get work off your desk: what your hour is worth, where your hours go, what to hand off first.
#[derive(Parser)]
#[command(name = "offdesk", version, before_help = EXAMPLES, max_term_width = 80, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Colour: auto, always or never (NO_COLOR is respected)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Never ask; fail and name the option instead
    #[arg(long, global = true)]
    no_input: bool,
}

#[derive(Subcommand)]
enum Command {
    Worth(worth::WorthCommand),
    Audit(audit::AuditCommand),
    Price(price::PriceCommand),
    Decide(decide::DecideCommand),
    Plan(plan::PlanCommand),
    Facts(facts::FactsCommand),
    Demo(demo::DemoCommand),
    Formats(formats::FormatsCommand),
    Licences(licences::LicencesCommand),
    Completions(completions::CompletionsCommand),
}

/// What every command may need to know.
#[derive(Debug, Clone, Copy)]
pub struct Session {
    /// Prompts are allowed: a terminal on both sides, and no `--no-input`.
    pub may_ask: bool,
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    output::set_colour(cli.color);
    let session = Session {
        may_ask: !cli.no_input && output::is_interactive(),
    };
    let done = match cli.command {
        Command::Worth(command) => command.run(),
        Command::Audit(command) => command.run(session),
        Command::Price(command) => command.run(),
        Command::Plan(command) => command.run(),
        Command::Decide(command) => command.run(),
        Command::Facts(command) => command.run(),
        Command::Demo(command) => command.run(session),
        Command::Formats(command) => command.run(),
        Command::Licences(command) => command.run(),
        Command::Completions(command) => command.run(&mut Cli::command()),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            error.print();
            ExitCode::from(error.exit)
        }
    }
}

/// Help and the version go to standard output; a mistake becomes an error.
fn refuse(error: &clap::Error) -> ExitCode {
    let help = error.render();
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        output::say(&help.ansi().to_string());
        return ExitCode::from(exit::USAGE);
    }
    let failed = if error.use_stderr() {
        usage::error(error, &Cli::command())
    } else {
        match output::print(&help.ansi().to_string()) {
            Ok(()) => return ExitCode::SUCCESS,
            Err(failed) => failed,
        }
    };
    failed.print();
    ExitCode::from(failed.exit)
}

/// What a command returns: its exit code, or why there is no result.
pub type Done = Result<u8, CliError>;
