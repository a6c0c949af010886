//! Several options side by side, in words and as JSON.

use std::fmt::Write as _;
use std::path::Path;

use offdesk_actions::decide::json::ComparisonJson;
use offdesk_actions::decide::{PaysFrom, Side, Weighed};
use offdesk_actions::options::Subject;
use offdesk_domain::Day;
use offdesk_web::decision::compared::comparison_page;

use super::words::{about, wrapped};
use crate::cli::audit::json::to_text;
use crate::cli::{Done, desk, output};
use crate::clock;

const NAME: usize = 15;

/// A line of the table: what it is, and how an option has it.
type Line = (&'static str, fn(&Side) -> String);

const LINES: [Line; 7] = [
    ("net value", |side| {
        about(&side.question, side.answer.decision.net_value)
    }),
    ("low, 1 in 20", |side| {
        let chances = side.answer.chances.as_ref();
        chances.map_or("-".to_owned(), |it| about(&side.question, it.p5))
    }),
    ("high, 1 in 20", |side| {
        let chances = side.answer.chances.as_ref();
        chances.map_or("-".to_owned(), |it| about(&side.question, it.p95))
    }),
    ("the best in", |side| format!("{:.0} %", side.best * 100.0)),
    ("an hour bought back", |side| {
        let price = side.answer.decision.price_per_hour_bought_back;
        price.map_or("-".to_owned(), |price| about(&side.question, price))
    }),
    ("pays from an hour of", |side| {
        match PaysFrom::of(&side.answer.decision) {
            PaysFrom::NoHour => "-".to_owned(),
            PaysFrom::Any => "any".to_owned(),
            PaysFrom::Hour(hour) => about(&side.question, hour),
        }
    }),
    ("square in week", |side| {
        let week = side.answer.decision.break_even_week;
        week.map_or("-".to_owned(), |week| week.to_string())
    }),
];

/// Prints them, and writes their page where one is wanted.
pub fn give(subject: &Subject, weighed: &Weighed, is_json: bool, html: Option<&Path>) -> Done {
    let out = if is_json {
        to_text(&ComparisonJson::of(subject, weighed))?
    } else {
        words(subject, weighed)
    };
    if let Some(path) = html {
        let today = Day::from_epoch_seconds(clock::now().as_second());
        let page = comparison_page(subject, weighed, today);
        output::write_file(path, page.as_bytes())?;
        output::say(&format!("The page is in {}.\n", path.display()));
    }
    output::print(&out)?;
    Ok(0)
}

fn words(subject: &Subject, weighed: &Weighed) -> String {
    let named = |at| name(subject, at);
    let mut out = format!("{}: {}.\n", subject.name, weighed.choice_in_words(&named));
    if let Some(same) = weighed.same_in_words() {
        out += &lines(same);
    }
    out += &table(subject, weighed);
    if let (Some(dropped), Some(side)) = (&weighed.dropped, weighed.sides.first()) {
        let amount = |amount| about(&side.question, amount);
        out += &format!(
            "  If nobody does it: {}. {} of hours and faults come back, {} is lost.\n",
            amount(dropped.net_value),
            amount(dropped.hours_value + dropped.faults_value),
            amount(dropped.lost)
        );
    }
    if let (Some(doubt), Some(side)) = (&weighed.drop_doubt, weighed.sides.first()) {
        let [low, high] =
            [doubt.chances.p5, doubt.chances.p95].map(|end| about(&side.question, end));
        out += &format!("  Dropping it comes to {low} to {high} in nine of ten cases.\n");
    }
    if let Some(shares) = weighed.shares_in_words(&named) {
        out += &lines(&shares);
    }
    if let Some(side) = weighed.sides.first() {
        let said = weighed.going_on(&named, &|figure| about(&side.question, figure));
        out += &said.map_or(String::new(), |said| lines(&said.whole()));
    }
    out
}

fn lines(text: &str) -> String {
    wrapped(text).join("\n") + "\n"
}

fn name(subject: &Subject, at: usize) -> String {
    let option = subject.options.get(at);
    option.map_or(String::new(), |option| option.name.clone())
}

fn table(subject: &Subject, weighed: &Weighed) -> String {
    let mut out = format!("\n  {:<22}", "");
    for option in &subject.options {
        // Writing to a string does not fail.
        let _ = write!(out, "{:>NAME$}", desk::cut(&option.name, NAME - 1));
    }
    for (what, show) in LINES {
        let _ = write!(out, "\n  {what:<22}");
        for side in &weighed.sides {
            let _ = write!(out, "{:>NAME$}", show(side));
        }
    }
    out + "\n\n"
}
