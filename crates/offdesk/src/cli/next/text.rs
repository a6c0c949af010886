//! The ranked list for people, as in a terminal of 80 columns.

use anstyle::Style;
use offdesk_actions::next::crowded::CrowdedOut;
use offdesk_actions::next::{NextActivity, NextList};
use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use crate::cli::amounts::sign;
use crate::cli::audit::{about, cut, exact, hours};
use crate::cli::output::{self, counted};

/// So many are listed.
const LISTED: usize = 10;
const NAME_WIDTH: usize = 26;
const BOLD: Style = Style::new().bold();
/// Readiness has so many steps.
const STEPS: u8 = 4;

/// In words.
pub fn to_text(list: &NextList<'_>, crowded: Option<&CrowdedOut>, shows_all: bool) -> String {
    let mut out = headline(list);
    let shown = if shows_all { list.open.len() } else { LISTED };
    if list.open.is_empty() {
        out += "  Nothing here is to be gained by handing it off now.\n";
    } else {
        out += &format!(
            "     {:<NAME_WIDTH$} {:>5}  {:>6}  {:>9}  {:<9}  READY\n",
            "ACTIVITY", "H/WK", "PRICE", "GAP/YR", "PAYS BACK"
        );
        for (place, next) in (1..).zip(list.open.iter().take(shown)) {
            out += &row(place, next, list);
        }
    }
    let more = list.open.len().saturating_sub(shown);
    if more > 0 {
        out += &format!("     and {more} more:  offdesk next --all\n");
    }
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    if !(list.put_off.is_empty() && list.never.is_empty()) {
        let left_out = counted(
            number(list.put_off.len() + list.never.len()),
            "activity",
            "activities",
        );
        out += &format!(
            "     {left_out} left out: {} put off, {} never.\n",
            list.put_off.len(),
            list.never.len()
        );
    }
    out += &back(list);
    if let Some(crowded) = crowded {
        out += &pushed_back(crowded);
    }
    if let Some(first) = list.start_with() {
        out += &format!(
            "  Start with 1:  {}\n",
            cut(&first.judged.activity.name, 60)
        );
    }
    out
}

/// What was put off and is back, and what was ruled out though its numbers have grown.
fn back(list: &NextList<'_>) -> String {
    let currency = list.audit.worth.currency;
    let gains = |next: &NextActivity<'_>| {
        let now = about(next.handoff.first_year_gain, currency);
        let then = next.judged_gain.map(|then| about(then, currency));
        then.map_or(now.clone(), |then| format!("{then} then, {now} now"))
    };
    let mut out = String::new();
    let is_back = list.open.iter().filter(|next| next.back_for.is_some());
    for next in is_back {
        let name = cut(&next.judged.activity.name, NAME_WIDTH);
        out += &format!("     {name} is back: {}.\n", gains(next));
    }
    for next in list.never.iter().filter(|next| next.has_grown()) {
        let name = cut(&next.judged.activity.name, NAME_WIDTH);
        out += &format!("     {name}, which never goes: {}.\n", gains(next));
    }
    out
}

/// What small jobs push back.
fn pushed_back(crowded: &CrowdedOut) -> String {
    let hours = |wait: f64| {
        let wait = Decimal::try_from(wait).unwrap_or_default();
        let digits = u32::from(wait < Decimal::TEN);
        wait.round_dp(digits).normalize()
    };
    format!(
        "  Important work waits about {} hours behind small jobs: with the first\n  {} handed off about {}.\n",
        hours(crowded.crowding.now.small_first),
        crowded.handed_off.len(),
        hours(crowded.crowding.then.small_first)
    )
}

fn headline(list: &NextList<'_>) -> String {
    let audit = list.audit;
    let currency = audit.worth.currency;
    let worth = exact(audit.worth.hour, currency);
    let amount = match &audit.summary.range {
        Some(range) => format!(
            "Between {} and {}",
            about(range.gap.0, currency),
            about(range.gap.1, currency)
        ),
        None => format!("About {}", about(audit.summary.gap, currency)),
    };
    let weeks = hours(audit.weeks);
    let unit = if weeks == "1" { "week" } else { "weeks" };
    let quality = if audit.weeks < Decimal::from(4) {
        "a guess"
    } else if audit.weeks < Decimal::from(8) {
        "rough"
    } else {
        "good"
    };
    format!(
        "{BOLD}{amount} a year is below your worth ({worth}/h).{BOLD:#}\n  {weeks} {unit} of data: {quality}\n"
    )
}

fn row(place: usize, next: &NextActivity<'_>, list: &NextList<'_>) -> String {
    let currency = list.audit.worth.currency;
    let likely = next.price().likely;
    let price = format!("{}{}", sign(currency), likely.round().normalize());
    let gap = next
        .judged
        .yearly
        .map_or_else(|| "-".to_owned(), |yearly| about(yearly.gap, currency));
    let back = next
        .handoff
        .payback_week
        .map_or_else(|| "over a year".to_owned(), |week| format!("week {week}"));
    let ready = readiness(next.steps());
    let name = cut(&next.judged.activity.name, NAME_WIDTH);
    let pad = " ".repeat(NAME_WIDTH.saturating_sub(name.width()));
    format!(
        "{place:>3}  {name}{pad} {:>5}  {price:>6}  {gap:>9}  {back:<9}  {ready}\n",
        hours(next.judged.hours_per_week)
    )
}

/// Dots, or a figure for those who listen.
fn readiness(steps: u8) -> String {
    if output::prefers_words() {
        return format!("{steps}/{STEPS}");
    }
    let full = usize::from(steps.min(STEPS));
    let empty = usize::from(STEPS).saturating_sub(full);
    format!("{}{}", "●".repeat(full), "○".repeat(empty))
}
