//! The ranked list for people, as in a terminal of 80 columns.

use anstyle::Style;
use offdesk_actions::next::crowded::CrowdedOut;
use offdesk_actions::next::{NextActivity, NextList};
use offdesk_domain::audit::Audit;

use super::around;
use crate::cli::amounts::sign;
use crate::cli::audit::{about, cut, hours};
use crate::cli::column::padded;
use crate::cli::output::{self, counted};

/// So many are listed.
const LISTED: usize = 10;
const NAME_WIDTH: usize = 22;
const BOLD: Style = Style::new().bold();
/// Readiness has so many steps.
const STEPS: u8 = 4;

/// In words.
pub fn to_text(list: &NextList<'_>, crowded: Option<&CrowdedOut>, shows_all: bool) -> String {
    let mut out = around::headline(list, BOLD);
    let shown = if shows_all { list.open.len() } else { LISTED };
    if list.open.is_empty() {
        out += "  Nothing here is to be gained by handing it off now.\n";
    } else {
        out += &format!(
            "     {:<NAME_WIDTH$} {:>5}  {:>6}  {:>8}  {:>8}  {:<9}  READY\n",
            "ACTIVITY", "H/WK", "PRICE", "GAP/YR", "NET/YR", "PAYS BACK"
        );
        for (place, next) in (1..).zip(list.open.iter().take(shown)) {
            out += &row(place, next, list.audit);
        }
    }
    let more = list.open.len().saturating_sub(shown);
    if more > 0 {
        out += &format!("     and {more} more:  offdesk next --all\n");
    }
    out += &if shows_all {
        around::left_out(list)
    } else {
        counts(list)
    };
    out += &back(list);
    if let Some(crowded) = crowded {
        out += &around::pushed_back(crowded);
    }
    if let Some(first) = list.start_with() {
        out += &format!(
            "  Start with 1:  {}\n",
            cut(&first.judged.activity.name, 60)
        );
    }
    out
}

/// How many are not on the list, and why.
fn counts(list: &NextList<'_>) -> String {
    let lists = [
        (list.better_kept.len(), "better kept"),
        (list.handed_off.len(), "handed off"),
        (list.put_off.len(), "put off"),
        (list.never.len(), "never"),
    ];
    let all: usize = lists.iter().map(|(number, _)| number).sum();
    if all == 0 {
        return String::new();
    }
    let number = u64::try_from(all).unwrap_or(u64::MAX);
    let whys: Vec<String> = lists
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, why)| format!("{number} {why}"))
        .collect();
    format!(
        "     {} left out: {}. Which:  offdesk next --all\n",
        counted(number, "activity", "activities"),
        whys.join(", ")
    )
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

/// An activity with its figures, and under it by whom and what says how ready it is.
fn row(place: usize, next: &NextActivity<'_>, audit: &Audit) -> String {
    let currency = audit.worth.currency;
    let price = next.price().map_or_else(
        || "-".to_owned(),
        |price| format!("{}{}", sign(currency), price.likely.round().normalize()),
    );
    let gap = next
        .judged
        .yearly
        .map_or_else(|| "-".to_owned(), |yearly| about(yearly.gap, currency));
    let net = about(next.handoff.first_year_gain, currency);
    let back = next
        .handoff
        .payback_week
        .map_or_else(|| "later".to_owned(), |week| format!("week {week}"));
    let ready = readiness(next.handoff.steps());
    let name = padded(&cut(&next.judged.activity.name, NAME_WIDTH), NAME_WIDTH);
    let who = next.option.map_or(String::new(), |option| {
        format!("with {}; ", cut(&option.name, 20))
    });
    let why = next.readiness_in_words(audit);
    format!(
        "{place:>3}  {name} {:>5}  {price:>6}  {gap:>8}  {net:>8}  {back:<9}  {ready}\n     {}\n",
        hours(next.judged.hours_per_week),
        cut(&format!("{who}{why}"), 75)
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
