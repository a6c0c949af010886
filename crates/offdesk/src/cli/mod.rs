//! The commands and what they have in common: options, output, errors, exit codes.

mod activity;
mod agent;
mod amounts;
mod assignment;
mod audit;
mod backup;
mod bill;
mod blueprint;
mod budget;
mod bytes;
mod column;
mod completions;
mod config;
mod data;
mod decide;
mod demo;
mod desk;
mod doctor;
mod error;
mod facts;
mod find;
mod formats;
mod handoff;
mod import;
mod licences;
mod log;
mod mail;
mod member;
mod migrate;
mod next;
mod notices;
mod output;
mod passphrase;
mod pay;
mod people;
mod plan;
mod price;
mod progress;
mod reach;
mod returns;
mod review;
mod serve;
mod session;
mod setup;
mod source;
mod token;
mod usage;
mod values;
mod verify;
mod waits;
mod workspace;
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
    /// Signing in is needed, or is not enough.
    pub const SIGN_IN: u8 = 4;
    /// The input was not understood.
    pub const INPUT: u8 = 5;
    /// Done in part; the output says which.
    pub const PARTLY: u8 = 6;
    /// Something is in the way.
    pub const CONFLICT: u8 = 7;
}

const EXAMPLES: &str = "\
Examples:
  offdesk                                            your desk, in the browser
  offdesk demo                                       an example owner, audited
  offdesk worth --income 150000 --days 250 --hours 8
  offdesk price \"reconcile Stripe payouts\"          what an hour of it costs
  offdesk decide inbox.json                          whether a handoff pays
  offdesk plan problem.json                          who should do what
  offdesk audit report.csv --income 150000           what to hand off first
  offdesk audit calendar.ics toggl.csv --rate 90 --html audit.html

Exit codes: 0 ok, 1 failed, 2 usage, 3 nothing found, 4 sign-in needed,
5 input not understood, 6 partly done, 7 conflict, 130 interrupted.";

/// Get work off your desk: what your hour is worth, where your hours go, what to hand off first.
#[derive(Parser)]
#[command(name = "offdesk", version, before_help = EXAMPLES, max_term_width = 80)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Colour: auto, always or never (NO_COLOR is respected)
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Never ask; fail and name the option instead
    #[arg(long, global = true)]
    no_input: bool,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::ServeCommand),
    Worth(worth::WorthCommand),
    Audit(audit::AuditCommand),
    Price(price::PriceCommand),
    Decide(decide::DecideCommand),
    Plan(plan::PlanCommand),
    Facts(facts::FactsCommand),
    Setup(setup::SetupCommand),
    Config(config::ConfigCommand),
    Member(member::MemberCommand),
    Token(token::TokenCommand),
    Session(session::SessionCommand),
    Import(import::ImportCommand),
    Source(source::SourceCommand),
    Log(log::LogCommand),
    Activity(activity::ActivityCommand),
    Desk(waits::DeskCommand),
    Notices(notices::NoticesCommand),
    Next(next::NextCommand),
    Blueprint(blueprint::BlueprintCommand),
    People(people::PeopleCommand),
    Handoff(handoff::HandoffCommand),
    Assignment(assignment::AssignmentCommand),
    Review(review::ReviewCommand),
    Return(returns::ReturnCommand),
    Workspace(workspace::WorkspaceCommand),
    Pay(pay::PayCommand),
    Budget(budget::BudgetCommand),
    Bill(bill::BillCommand),
    Agent(agent::AgentCommand),
    Backup(backup::BackupCommand),
    Restore(backup::RestoreCommand),
    Verify(verify::VerifyCommand),
    Doctor(doctor::DoctorCommand),
    #[command(name = "migrate-store")]
    MigrateStore(migrate::MigrateCommand),
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
    let (command, opens_browser) = match cli.command {
        Some(command) => (command, false),
        // `offdesk` alone is the web app, opened in the browser where there is one.
        None => match Cli::try_parse_from(["offdesk", "serve"]).map(|cli| cli.command) {
            Ok(Some(command)) => (command, true),
            _ => return ExitCode::from(exit::USAGE),
        },
    };
    let done = match command {
        Command::Serve(command) => command.run(opens_browser),
        Command::Worth(command) => command.run(),
        Command::Audit(command) => command.run(session),
        Command::Price(command) => command.run(),
        Command::Plan(command) => command.run(),
        Command::Decide(command) => command.run(session),
        Command::Facts(command) => command.run(),
        Command::Setup(command) => command.run(session),
        Command::Config(command) => command.run(),
        Command::Member(command) => command.run(),
        Command::Token(command) => command.run(),
        Command::Session(command) => command.run(),
        Command::Import(command) => command.run(session),
        Command::Source(command) => command.run(session),
        Command::Log(command) => command.run(),
        Command::Activity(command) => command.run(),
        Command::Desk(command) => command.run(),
        Command::Notices(command) => command.run(),
        Command::Next(command) => command.run(),
        Command::Blueprint(command) => command.run(),
        Command::People(command) => command.run(),
        Command::Handoff(command) => command.run(),
        Command::Assignment(command) => command.run(),
        Command::Review(command) => command.run(),
        Command::Return(command) => command.run(),
        Command::Workspace(command) => command.run(),
        Command::Pay(command) => command.run(),
        Command::Budget(command) => command.run(),
        Command::Bill(command) => command.run(),
        Command::Agent(command) => command.run(),
        Command::Backup(command) => command.run(session),
        Command::Restore(command) => command.run(session),
        Command::Verify(command) => command.run(session),
        Command::Doctor(command) => command.run(),
        Command::MigrateStore(command) => command.run(),
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

/// Ends the program at once, where going on would do harm.
pub fn stop(why: &str) -> ! {
    output::say(&format!("error: {why}\n"));
    std::process::exit(i32::from(exit::FAILED));
}

/// What a command returns: its exit code, or why there is no result.
pub type Done = Result<u8, CliError>;
