//! What stands around the ranked list: the gap that is on it and what was taken out, who is left out and why, and what is crowded out.

use anstyle::Style;
use offdesk_actions::next::crowded::CrowdedOut;
use offdesk_actions::next::{NextActivity, NextList};
use offdesk_domain::Currency;
use offdesk_web::words::{hours_about, hours_long, trust_in_weeks};
use rust_decimal::Decimal;

use crate::cli::audit::{about, cut, exact, hours};
use crate::cli::desk::day_in_words;
use crate::cli::output::counted;

const NAME_WIDTH: usize = 30;

/// The gap of what is on the list, with what was taken out of it.
pub fn headline(list: &NextList<'_>, bold: Style) -> String {
    let audit = list.audit;
    let currency = audit.worth.currency;
    let worth = exact(audit.worth.hour, currency);
    let summary = list.summary();
    let amount = match &summary.range {
        _ if summary.gap <= Decimal::ZERO => "Nothing on the list".to_owned(),
        Some(range) => format!(
            "Between {} and {} a year",
            about(range.gap.0, currency),
            about(range.gap.1, currency)
        ),
        None => format!("About {} a year", about(summary.gap, currency)),
    };
    let weeks = hours(audit.weeks);
    let unit = if weeks == "1" { "week" } else { "weeks" };
    let quality = trust_in_weeks(audit.weeks);
    let mut out = format!(
        "{bold}{amount} is below your worth ({worth}/h).{bold:#}\n  {weeks} {unit} of data: {quality}\n"
    );
    out += &taken_out(list, currency);
    let net: Decimal = list
        .open
        .iter()
        .map(|next| next.handoff.first_year_gain)
        .sum();
    if !list.open.is_empty() {
        out += &format!(
            "  Handed off, the list brings about {} a year after everything.\n",
            about(net, currency)
        );
    }
    out
}

fn taken_out(list: &NextList<'_>, currency: Currency) -> String {
    let all: Vec<String> = list
        .taken_out()
        .iter()
        .map(|out| {
            let (gap, why) = (about(out.gap, currency), out.why.words());
            format!("{gap} {why} ({})", out.activities)
        })
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let text = format!("Not in it: {}.", all.join(", "));
    let lines = textwrap::wrap(&text, 76);
    lines.iter().map(|line| format!("  {line}\n")).collect()
}

/// Those that are left out, by name, and why.
pub fn left_out(list: &NextList<'_>) -> String {
    let currency = list.audit.worth.currency;
    let mut out = String::new();
    let mut part =
        |title: &str, list: &[NextActivity<'_>], why: &dyn Fn(&NextActivity<'_>) -> String| {
            if list.is_empty() {
                return;
            }
            out += &format!("  {title}:\n");
            for next in list {
                let name = cut(&next.judged.activity.name, NAME_WIDTH);
                out += &format!("     {name}: {}\n", cut(&why(next), 74 - NAME_WIDTH));
            }
        };
    part("Better kept", &list.better_kept, &|next| {
        let words = next
            .judged
            .verdict_in_words(Some(&next.handoff), &list.audit.worth);
        let net = about(next.handoff.first_year_gain, currency);
        format!("{words}, {net} a year")
    });
    part("Handed off", &list.handed_off, &|_| {
        "see offdesk handoff list".to_owned()
    });
    part("Put off", &list.put_off, &|next| {
        let until = next.back().map_or(String::new(), day_in_words);
        reason(format!("until {until}"), next)
    });
    part("Never", &list.never, &|next| {
        reason("never".to_owned(), next)
    });
    out
}

fn reason(said: String, next: &NextActivity<'_>) -> String {
    match next.row.judgement_reason.as_str() {
        "" => said,
        why => format!("{said}, {}", offdesk_import::problem::shown(why)),
    }
}

/// What small jobs push back.
pub fn pushed_back(crowded: &CrowdedOut) -> String {
    let wait = |hours: f64| hours_about(Decimal::try_from(hours).unwrap_or_default());
    let long = |hours: f64| hours_long(Decimal::try_from(hours).unwrap_or_default());
    let crowding = &crowded.crowding;
    let now = long(crowding.now.small_first);
    let now = if crowding.is_at_least {
        format!("at least {now}")
    } else {
        let [low, high] = crowding.between;
        format!("about {now} ({} to {})", wait(low), wait(high))
    };
    let number = u64::try_from(crowded.handed_off.len()).unwrap_or(0);
    let text = format!(
        "Your important work waits {now} behind small jobs; with the first {} handed off it could wait {}.",
        counted(number, "activity", "activities"),
        wait(crowding.then.small_first)
    );
    let lines = textwrap::wrap(&text, 76);
    lines.iter().map(|line| format!("  {line}\n")).collect()
}
