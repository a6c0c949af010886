//! The ranked list for people, as in a terminal of 80 columns.

use anstyle::Style;
use offdesk_domain::audit::AuditedActivity;
use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::Ranked;
use crate::cli::audit::{about, cut, exact, hours, sign};
use crate::cli::output::{self, counted};

/// So many are listed.
const LISTED: usize = 10;
const NAME_WIDTH: usize = 26;
const BOLD: Style = Style::new().bold();
/// Readiness has so many steps.
const STEPS: u8 = 4;

/// In words.
pub fn to_text(ranked: &Ranked<'_>, shows_all: bool) -> String {
    let mut out = headline(ranked);
    let shown = if shows_all { ranked.open.len() } else { LISTED };
    if ranked.open.is_empty() {
        out += "  Nothing here is to be gained by handing it off now.\n";
    } else {
        out += &format!(
            "     {:<NAME_WIDTH$} {:>5}  {:>6}  {:>9}  {:<9}  READY\n",
            "ACTIVITY", "H/WK", "PRICE", "GAP/YR", "PAYS BACK"
        );
        for (place, judged) in (1..).zip(ranked.open.iter().take(shown)) {
            out += &row(place, judged, ranked);
        }
    }
    let more = ranked.open.len().saturating_sub(shown);
    if more > 0 {
        out += &format!("     and {more} more:  offdesk next --all\n");
    }
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    if ranked.put_off + ranked.never > 0 {
        let left_out = counted(
            number(ranked.put_off + ranked.never),
            "activity",
            "activities",
        );
        out += &format!(
            "     {left_out} left out: {} put off, {} never.\n",
            ranked.put_off, ranked.never
        );
    }
    if let Some(first) = ranked.open.first() {
        out += &format!("  Start with 1:  {}\n", cut(&first.activity.name, 60));
    }
    out
}

fn headline(ranked: &Ranked<'_>) -> String {
    let audit = ranked.audit;
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

fn row(place: usize, judged: &AuditedActivity, ranked: &Ranked<'_>) -> String {
    let currency = ranked.audit.worth.currency;
    let price = judged.activity.price.as_ref();
    let price = price.map_or_else(
        || "-".to_owned(),
        |price| {
            format!(
                "{}{}",
                sign(currency),
                price.range.likely.round().normalize()
            )
        },
    );
    let gap = judged
        .yearly
        .map_or_else(|| "-".to_owned(), |yearly| about(yearly.gap, currency));
    let (back, ready) = match judged.handoff {
        Some(handoff) => (
            handoff
                .payback_week
                .map_or_else(|| "over a year".to_owned(), |week| format!("week {week}")),
            readiness(handoff.readiness),
        ),
        None => ("-".to_owned(), "-".to_owned()),
    };
    let name = cut(&judged.activity.name, NAME_WIDTH);
    let pad = " ".repeat(NAME_WIDTH.saturating_sub(name.width()));
    format!(
        "{place:>3}  {name}{pad} {:>5}  {price:>6}  {gap:>9}  {back:<9}  {ready}\n",
        hours(judged.hours_per_week)
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
