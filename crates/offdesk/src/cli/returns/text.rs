//! A return and the answers of weeks as text for people.

use offdesk_actions::Error;
use offdesk_actions::returns::stress::StressDials;
use offdesk_actions::returns::tables::BY_NONE;
use offdesk_actions::returns::weekly::{AnsweredWeek, Weekly};
use offdesk_actions::returns::{Audience, HandoffReturn, ReturnReport};
use offdesk_domain::Seconds;
use offdesk_domain::activity::capital;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::returns::{BreakEven, Dials, Reading, Return, reasons};
use offdesk_import::problem::shown;
use rust_decimal::Decimal;

use crate::cli::desk::{day_in_words, hours_in_words};
use crate::cli::output::counted;

/// The whole of a return.
///
/// # Errors
/// `pay.too_large`.
pub fn text(report: &ReturnReport, stress: Option<&StressDials>) -> Result<String, Error> {
    let when = match report.month {
        Some(month) => month.in_words(),
        None => format!("since {}", day_in_words(report.period.from)),
    };
    if report.is_empty() {
        return Ok(format!(
            "Nothing was handed off {}.\nHand something off:  offdesk handoff new --help\n",
            match report.month {
                Some(month) => format!("in {}", month.in_words()),
                None => "yet".to_owned(),
            }
        ));
    }
    let found = &report.found;
    let mut out = format!("Return, {when}\n{}\n\n", report.headline_of(found)?);
    out += &lines(report, found, report.planned);
    if report.worth.is_none() && report.audience == Audience::Own {
        out += "\nWhat the hours were worth needs your worth:  offdesk worth --help\n";
    }
    for one in &report.handoffs {
        out += &handoff(report, one)?;
    }
    if let Some(found) = &report.by_none {
        out += &format!("\n{}\n{}", capital(BY_NONE), cash(report, found));
    }
    if found.opportunity.unknown > Seconds::ZERO && report.worth.is_some() {
        out += &format!(
            "\nOf {} h nobody has said what they became:  offdesk return week --help\n",
            signed(found.opportunity.unknown)
        );
    }
    out += &stress.map_or_else(String::new, dials);
    Ok(out)
}

/// The raw dials of stress, each beside what was usual.
fn dials(stress: &StressDials) -> String {
    let mut out = String::new();
    let value = |reading: &Reading, value: Option<Decimal>| {
        value.map_or_else(|| "-".to_owned(), |it| reading.dial.shown(it))
    };
    for reading in stress.known() {
        out += &format!(
            "  {:<38}{:<10}{:<10}{}{}\n",
            reading.dial.name(),
            value(reading, reading.now),
            value(reading, reading.usual),
            value(reading, reading.before),
            if reading.is_high() {
                "   55 hours and more"
            } else {
                ""
            }
        );
    }
    if out.is_empty() {
        return out;
    }
    format!(
        "\nStress, the week of {}; usual is the median of the eight weeks before\n  {:<38}{:<10}{:<10}Before the first handoff\n{out}",
        day_in_words(stress.monday),
        "",
        "Week",
        "Usual"
    )
}

/// Hours for people, which may be below nothing.
fn signed(time: Seconds) -> String {
    match time.0 {
        ..0 => format!("-{}", hours_in_words(time.0.saturating_neg())),
        seconds => hours_in_words(seconds),
    }
}

fn line(name: &str, said: &str) -> String {
    format!("  {name:<22}{said}\n")
}

fn lines(report: &ReturnReport, found: &Return, planned: Option<Seconds>) -> String {
    let currency = report.currency();
    let hours = &found.hours;
    let back = hours.bought_back();
    let mut out = line(
        "hours bought back",
        &format!(
            "{} h measured, {} h claimed",
            signed(back.measured),
            signed(back.claimed)
        ),
    );
    if let Some(planned) = planned {
        out += &line("planned so far", &format!("{} h", signed(planned)));
    }
    out += &line(
        "reckoned from",
        &format!(
            "{} h before, {} h you still do, {} h looking after it",
            signed(hours.baseline.total()),
            signed(hours.residual.total()),
            signed(hours.supervision.total())
        ),
    );
    out += &cash(report, found);
    for rate in &report.rates {
        out += &line(
            "",
            &format!("costs of agents in {}", rate.in_words(currency)),
        );
    }
    if let (Some(_), Ok(total)) = (&report.worth, found.opportunity.total()) {
        let said = format!(
            "{} {currency}, of {} h whose use is known",
            to_minor_text(total.amount, currency),
            signed(found.opportunity.known)
        );
        out += &line("what they became", &said);
    }
    out
}

/// What went out and came in, with what is in no sum.
fn cash(report: &ReturnReport, found: &Return) -> String {
    let currency = report.currency();
    let mut cash = format!("{} {currency} out", to_minor_text(found.cash.out, currency));
    if !found.cash.into.is_zero() {
        cash += &format!(
            ", {} {currency} in",
            to_minor_text(found.cash.into, currency)
        );
    }
    let mut out = line("cash", &cash);
    for (other, amount) in found.cash.apart.iter().filter(|(_, it)| !it.is_zero()) {
        let way = if amount.is_sign_negative() {
            "in"
        } else {
            "out"
        };
        let said = format!(
            "{} {other} {way}, in no sum: no rate was recorded",
            to_minor_text(amount.abs(), *other)
        );
        out += &line("", &said);
    }
    out
}

fn handoff(report: &ReturnReport, one: &HandoffReturn) -> Result<String, Error> {
    let mut out = format!(
        "\n{}, {} ({}), {}, {}\n",
        shown(&one.activity.1),
        shown(&one.person.1),
        one.reason.word(),
        counted(one.weeks.into(), "week", "weeks"),
        counted(one.accepted.into(), "accepted", "accepted"),
    );
    out += &format!("  {}\n", report.headline_of(&one.found)?);
    match &one.verdict {
        Some(verdict) => {
            for reason in reasons(verdict) {
                out += &format!("  {reason}\n");
            }
        }
        None if one.baseline.is_none() => {
            out += "  It is not known what it took you before, so nothing is said of it.\n";
        }
        None => {}
    }
    if let Some(at) = one.break_even {
        out += &format!("  {}\n", break_even(at, one.is_over()));
    }
    if let (Some(forecast), Some(course)) = (&one.forecast, one.on_course_for) {
        let course = match one.is_over() {
            true => String::new(),
            false => format!(", on course for {}", signed(course)),
        };
        let planned = signed(forecast.planned());
        out += &format!("  Planned {planned} h in all{course}.\n");
    }
    Ok(out)
}

/// Where a break-even is, or was, in a sentence.
fn break_even(at: BreakEven, is_over: bool) -> String {
    let planned = |week: Option<u32>| match week {
        Some(week) => format!(" (planned: week {week})"),
        None => String::new(),
    };
    match at {
        BreakEven::Reached { week, planned: it } => {
            format!("Its set-up was paid for in week {week}{}.", planned(it))
        }
        BreakEven::Ahead { planned: it, .. } | BreakEven::OutOfSight { planned: it } if is_over => {
            format!("Its set-up was never paid for{}.", planned(it))
        }
        BreakEven::Ahead { week, planned: it } => format!(
            "If it goes on like this, its set-up is paid for in week {week}{}.",
            planned(it)
        ),
        BreakEven::OutOfSight { planned: it } => format!(
            "If it goes on like this, its set-up is not paid for within two years{}.",
            planned(it)
        ),
    }
}

/// The answers of the last weeks.
pub fn weeks(weekly: &Weekly) -> String {
    let mut out = String::new();
    if weekly.is_at_risk {
        out += "Stress was 4 or 5 of 5 two weeks in a row.\n\n";
    }
    out += "Week of       Freed hours became                Stress   Hours (usual)  Evening  Switches a day\n";
    for week in &weekly.weeks {
        out += &row(week);
    }
    if weekly
        .asked_week()
        .is_some_and(|week| week.became.is_none())
        && weekly.is_handed_off
    {
        out += "\nNobody has said what last week's became:  offdesk return week --help\n";
    }
    out
}

fn row(week: &AnsweredWeek) -> String {
    let none = || "-".to_owned();
    let became = week.became.map_or_else(
        || "-".to_owned(),
        |it| {
            format!(
                "{} work, {} rest, {} vanished",
                signed(it.work),
                signed(it.rest),
                signed(it.vanished)
            )
        },
    );
    let stress = week
        .stress
        .map_or_else(|| "-".to_owned(), |it| format!("{} of 5", it.number()));
    let usual = week.usual_hours.map_or_else(String::new, |it| {
        format!(" ({})", it.round_dp(1).normalize())
    });
    let hours = format!("{}{usual}", signed(week.hours));
    let evening = week.dials.map_or_else(none, |it| signed(it.evening));
    let switches = week.dials.and_then(Dials::switches_per_day);
    let switches = switches.map_or_else(none, |it| it.round_dp(1).normalize().to_string());
    format!(
        "{:<14}{became:<34}{stress:<9}{hours:<15}{evening:<9}{switches}\n",
        day_in_words(week.monday),
    )
}
