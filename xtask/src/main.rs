//! The developer's commands: `cargo xtask ci` is what CI runs, the others are its parts and the bench.

mod bench;
mod browser;
mod ci;
mod examples;
mod fuzz;
mod install;
mod kills;
mod machine;
mod pay;
mod postgres;
mod pricing;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What a command gives: nothing, or what went wrong in words.
type Outcome<T = ()> = Result<T, Box<dyn Error>>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Commands for working on offdesk")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything CI checks, in CI's order
    Ci,
    /// Fuzz everything that reads foreign bytes, guided by coverage
    Fuzz {
        /// Seconds of fuzzing in all, shared out evenly; every target gets at least one
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        /// Only this target, such as toggl; a name that is none lists them
        #[arg(long)]
        target: Option<String>,
    },
    /// Compare offdesk with its peers and hold it to its goals
    Bench {
        /// Fewer runs, and no file of ten million rows
        #[arg(long)]
        quick: bool,
        /// Only one part of it
        #[arg(long)]
        only: Option<bench::Part>,
    },
    /// Kill a desk again and again while it imports and edits, on SQLite and PostgreSQL, and look whether anything is lost
    Kills {
        /// How often, on each database
        #[arg(long, default_value_t = 200)]
        times: u64,
    },
    /// Train the model that reads a text as occupations, and write it into the pricing crate
    TrainPricing {
        /// The folder with the files of an O*NET release
        #[arg(long)]
        onet: PathBuf,
    },
    /// Write the table of occupations with their wages into the pricing crate
    Occupations {
        /// The folder with the wages and crosswalks
        #[arg(long)]
        data: PathBuf,
    },
    /// Write the tables of pay by place, of countries and of exchange rates into the pricing crate
    Places {
        /// The folder with the wages
        #[arg(long)]
        data: PathBuf,
    },
    /// Judge that model by the texts that are held out
    EvalPricing {
        /// The folder with the files of an O*NET release
        #[arg(long)]
        onet: PathBuf,
    },
    /// Write the examples in README.md and docs/src anew from what the program prints
    Examples {
        /// Change nothing, and fail where an example differs
        #[arg(long)]
        check: bool,
    },
    /// Open a page in Chromium and check it: accessibility, no network, no overflow
    Browser {
        /// The page
        file: PathBuf,
    },
    /// Put texts that would run into every form of the release build's desk, in Chromium, and look whether one does
    Corpus {
        /// Each so-manieth group of texts goes into each form; 1 takes all of them
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        every: u32,
    },
    /// Have pay files and journals read by hledger, ledger, beancount and the schema of a credit transfer
    Pay,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Ci => ci::run_steps(),
        Command::Fuzz { seconds, target } => fuzz::run_targets(seconds, target.as_deref()),
        Command::Bench { quick, only } => bench::run_all(quick, only),
        Command::Kills { times } => kills::run_all(times),
        Command::TrainPricing { onet } => pricing::train(&onet),
        Command::Occupations { data } => pricing::write_occupations(&data),
        Command::Places { data } => pricing::write_places(&data),
        Command::EvalPricing { onet } => pricing::evaluate(&onet),
        Command::Examples { check } => examples::refresh(check),
        Command::Browser { file } => browser::check(&file),
        Command::Corpus { every } => browser::check_corpus(every),
        Command::Pay => pay::check(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let text = error.to_string();
            if !text.is_empty() {
                eprintln!("error: {text}");
            }
            ExitCode::FAILURE
        }
    }
}
