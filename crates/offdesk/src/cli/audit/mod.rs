//! `offdesk audit`: the main job.

pub mod args;
pub mod json;
mod own;
mod text;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use offdesk_actions::audit::{AuditError, AuditReport, AuditRequest, run_audit};
use offdesk_domain::Day;
use offdesk_domain::audit::{LEAST_WEEKS, MOST_WEEKS};
use offdesk_import::{DateOrder, Input, Options, Problem};

use self::args::{FileArgs, MarketArgs, OutputArgs};
use self::own::read_prices;
pub use self::own::{in_file, read_figures, read_rules, read_rules_text};
pub use self::text::{about, cut, exact, hours};
use super::error::{CliError, of_file};
use super::progress::Shown;
use super::worth::WorthArgs;
use super::{Done, Session, exit, output, values};
use crate::clock;

/// What your hours cost, what they could be bought for, and what to hand off first
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk audit toggl.csv --income 150000
  offdesk audit calendar.ics clockify.csv --rate 90 --html audit.html
  offdesk audit hours.xlsx --income 90000 --map date=Day,hours=Std
  offdesk audit q1.csv --rate 75 --price \"Inbox=15..25\" --rules rules.toml --json")]
pub struct AuditCommand {
    /// Exports of trackers, calendars, tables; - reads standard input
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    worth: WorthArgs,
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    market: MarketArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl AuditCommand {
    /// Runs it.
    pub fn run(self, session: Session) -> Done {
        run(
            &self.files,
            self.worth,
            &self.file,
            &self.market,
            &self.output,
            session,
        )
    }
}

/// Audits files and prints the answer; also for the demo.
pub fn run(
    files: &[PathBuf],
    worth: WorthArgs,
    file: &FileArgs,
    market: &MarketArgs,
    out: &OutputArgs,
    session: Session,
) -> Done {
    let worth = asked_worth(worth, session)?;
    if !(LEAST_WEEKS..=MOST_WEEKS).contains(&market.weeks_per_year) {
        return Err(CliError::new(
            exit::USAGE,
            "audit.weeks",
            format!(
                "--weeks-per-year must be at least 1 and at most 53, and is {}",
                market.weeks_per_year
            ),
        )
        .line("the weeks you work in a year, such as:  --weeks-per-year 48"));
    }
    if let (Some(from), Some(to)) = (file.from, file.to)
        && from > to
    {
        return Err(CliError::new(
            exit::USAGE,
            "audit.period",
            format!("--from {from} is after --to {to}"),
        )
        .line("the earlier day goes first:  --from 2026-01-01 --to 2026-03-31"));
    }
    output::check_page(out.html.as_deref(), "--html audit.html")?;
    let rules = read_rules(market.rules.as_deref())?;
    let prices = read_prices(market)?;
    let figures = read_figures(&market.data, market.rates.as_deref())?;
    // What comes through standard input cannot be read a second time.
    let may_ask = session.may_ask && !files.iter().any(|path| path == Path::new("-"));
    let mut date_order = file.date_order;
    loop {
        let progress = Shown::new(length_of(files));
        let worth = worth.worth()?;
        let request = AuditRequest {
            worth,
            place: market.place,
            weeks_per_year: market.weeks_per_year,
            figures: figures.clone(),
            import: options(file, date_order, &progress)?,
            rules: rules.clone(),
            prices: prices.clone(),
            // Only the page shows it.
            explains: out.html.is_some(),
        };
        let answer = run_audit(request, files.iter().map(|path| open(path)).collect());
        progress.finish();
        match answer {
            Ok(report) => {
                if date_order.is_none()
                    && may_ask
                    && let Some(order) = report
                        .failed
                        .iter()
                        .find_map(|(file, problem)| ask_order(file, problem))
                {
                    date_order = Some(order);
                    continue;
                }
                return give(&report, out, today_of(file));
            }
            Err(AuditError::Unread { file, problem })
                if may_ask && date_order.is_none() && ask_order_of(&problem) =>
            {
                match ask_order(&file, &problem) {
                    Some(order) => date_order = Some(order),
                    None => return Err(of_file(&file, &problem)),
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
}

fn ask_order_of(problem: &Problem) -> bool {
    problem.code == "import.date_ambiguous"
}

/// Asks for the order of an ambiguous date on the terminal.
fn ask_order(file: &str, problem: &Problem) -> Option<DateOrder> {
    if !ask_order_of(problem) {
        return None;
    }
    output::say(&format!(
        "{file}: {}\nDay first (d) or month first (m)? ",
        problem.message
    ));
    let mut line = String::new();
    io::stdin().read_line(&mut line).ok()?;
    match line.trim().to_ascii_lowercase().as_str() {
        "d" | "dmy" => Some(DateOrder::Dmy),
        "m" | "mdy" => Some(DateOrder::Mdy),
        _ => None,
    }
}

/// The worth as given; on a terminal the yearly income is asked for where nothing was.
fn asked_worth(mut worth: WorthArgs, session: Session) -> Result<WorthArgs, CliError> {
    if worth.is_missing() && session.may_ask {
        output::say(&format!(
            "What do you want to make in a year ({})? ",
            worth.currency
        ));
        let mut line = String::new();
        if io::stdin().read_line(&mut line).is_ok() && !line.trim().is_empty() {
            let income = values::amount(&line).map_err(|why| {
                let typed = offdesk_import::problem::shown(line.trim());
                let message = format!("\"{typed}\" is not an income: {why}");
                CliError::new(exit::USAGE, "worth.amount", message)
                    .line("answer again, or give it as an option:  --income 150000")
            })?;
            worth.income = Some(income);
        }
    }
    // Refused before any file is read.
    worth.worth()?;
    Ok(worth)
}

fn length_of(files: &[PathBuf]) -> u64 {
    files
        .iter()
        .filter_map(|path| fs::metadata(path).ok())
        .map(|meta| meta.len())
        .sum()
}

fn open(path: &Path) -> Result<Input, (String, Problem)> {
    let opened = if path == Path::new("-") {
        Input::spool("standard input", io::stdin().lock())
    } else {
        Input::open(path)
    };
    opened.map_err(|problem| (path.display().to_string(), problem))
}

fn options<'p>(
    file: &FileArgs,
    date_order: Option<DateOrder>,
    progress: &'p Shown,
) -> Result<Options<'p>, CliError> {
    let now = match file.as_of {
        None => clock::now(),
        // The end of the day, so that all of it counts.
        Some(day) => Timestamp::from_second(i64::from(day.0) * 86_400 + 86_399)
            .map_err(|error| CliError::new(exit::USAGE, "audit.as_of", error.to_string()))?,
    };
    Ok(Options {
        zone: file.tz.clone(),
        date_order,
        format: file.format.clone(),
        map: file.map.clone(),
        person: file.person.clone(),
        from: file.from,
        to: file.to,
        allow_long: file.allow_long,
        threads: std::thread::available_parallelism()
            .map_or(2, usize::from)
            .min(4),
        progress,
        ..Options::new(now)
    })
}

/// Writes the page, prints the answer; 6 where a part could not be read.
fn give(report: &AuditReport, out: &OutputArgs, today: Day) -> Done {
    if let Some(path) = &out.html {
        let page = offdesk_web::audit::page::audit_page(report, today);
        output::write_file(path, page.as_bytes())?;
    }
    let text = if out.json {
        json::to_text(&json::AuditJson::of(report))?
    } else if out.csv {
        offdesk_actions::audit::csv::to_text(report)
    } else {
        text::to_text(report, out.all)
    };
    output::print(&text).map_err(|error| match &out.html {
        Some(path) => error.outcome(format!("The page is in {}.", path.display())),
        None => error,
    })?;
    if let Some(path) = &out.html {
        output::say(&format!("The page is in {}.\n", path.display()));
    }
    for (file, problem) in &report.failed {
        of_file(file, problem)
            .outcome("The answer is without this file.")
            .print();
    }
    for name in &report.unused_prices {
        output::say(&format!(
            "warning: the price of \"{name}\" was not used: no activity has this name\n"
        ));
    }
    if !report.is_partial() {
        return Ok(0);
    }
    let bad = report.bad_rows();
    if bad > 0 {
        let (rows, are) = (
            output::counted(bad, "row", "rows"),
            if bad == 1 { "was" } else { "were" },
        );
        output::say(&format!(
            "warning: {rows} {are} not understood and not counted (code: import.partly)\n"
        ));
    }
    Ok(exit::PARTLY)
}

/// The day that is taken for today.
pub fn today_of(file: &FileArgs) -> Day {
    file.as_of
        .unwrap_or_else(|| Day::from_epoch_seconds(clock::now().as_second()))
}
