//! Several options side by side, in words and as JSON.

use std::fmt::Write as _;

use offdesk_actions::decide::json::ComparisonJson;
use offdesk_actions::decide::{Choice, Next, PaysFrom, Side, Weighed};
use offdesk_actions::options::Subject;

use super::words::about;
use crate::cli::audit::json::to_text;
use crate::cli::{Done, desk, output};

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

/// Prints them.
pub fn give(subject: &Subject, weighed: &Weighed, is_json: bool) -> Done {
    let out = if is_json {
        to_text(&ComparisonJson::of(subject, weighed))?
    } else {
        words(subject, weighed)
    };
    output::print(&out)?;
    Ok(0)
}

fn words(subject: &Subject, weighed: &Weighed) -> String {
    let mut out = match weighed.choice {
        Choice::Way(_) => format!(
            "{}: hand it to {}.\n",
            subject.name,
            name(subject, weighed.choice)
        ),
        Choice::Keep => format!("{}: keep it.\n", subject.name),
        Choice::Drop => format!("{}: drop it.\n", subject.name),
    };
    if let Some(other) = weighed.same_as {
        out += &format!(
            "  It makes no difference beside {}: less than an hour's worth either way.\n",
            name(subject, other)
        );
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
    if weighed.next != Next::Unknown {
        out += &next_step(subject, weighed);
    }
    out
}

fn name(subject: &Subject, choice: Choice) -> String {
    match choice {
        Choice::Way(at) => {
            let option = subject.options.get(at);
            option.map_or(String::new(), |option| option.name.clone())
        }
        Choice::Keep => "you".to_owned(),
        Choice::Drop => "nobody".to_owned(),
    }
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

fn next_step(subject: &Subject, weighed: &Weighed) -> String {
    let dropped = weighed.dropped.map_or(String::new(), |_| {
        format!(", dropping it in {:.0} %", weighed.drop_best * 100.0)
    });
    let amount = |figure| {
        let side = weighed.sides.first();
        side.map_or(String::new(), |side| about(&side.question, figure))
    };
    let knowing = amount(weighed.value_of_knowing);
    let next = match (weighed.next, weighed.trial) {
        (_, Some((at, trial))) => format!(
            "Try {} with {} first, all of them reviewed: that is worth about {}.",
            trial.assignments,
            name(subject, Choice::Way(at)),
            amount(trial.worth)
        ),
        (Next::FindOut, None) => {
            format!("It is not clear yet: knowing more is worth about {knowing}.")
        }
        _ => format!("It is sure enough: knowing more is worth about {knowing}."),
    };
    format!(
        "  Keeping it is the best in {:.0} % of what may come{dropped}.\n  {next}\n",
        weighed.keep_best * 100.0
    )
}
