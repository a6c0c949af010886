//! The audit as text for people: the answer, the one to start with, what the number rests on. At most 80 columns.

use std::fmt::Write as _;

use anstyle::Style;
use offdesk_actions::audit::AuditReport;
use offdesk_domain::Currency;
use offdesk_domain::audit::{Audit, AuditedActivity, HandoffOutlook};
use offdesk_domain::worth::grouped;
use offdesk_web::words;
use rust_decimal::Decimal;
use textwrap::Options;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::amounts::{self, sign};
use crate::cli::column::padded;

/// Writes a line; writing to a string does not fail.
macro_rules! line {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($arg:tt)*) => {{ let _ = writeln!($out, $($arg)*); }};
}

// Below the macro, which they use.
mod basis;
mod headline;

/// So many activities are listed, or as many as make up four fifths of the hours.
const LISTED: usize = 15;
const NAME_WIDTH: usize = 29;
const BOLD: Style = Style::new().bold();

/// The report as text.
pub fn to_text(report: &AuditReport, shows_all: bool) -> String {
    let mut out = String::new();
    let audit = &report.audit;
    headline::write(&mut out, audit);
    table(&mut out, audit, shows_all);
    start(&mut out, audit);
    basis::write(&mut out, report);
    out
}

fn table(out: &mut String, audit: &Audit, shows_all: bool) {
    let shown = if shows_all {
        audit.activities.len()
    } else {
        listed(audit)
    };
    line!(
        out,
        "    {:<NAME_WIDTH$} {:>6} {:>7} {:>10}  {}",
        "ACTIVITY",
        "H/WEEK",
        "PRICE/H",
        "GAP/YEAR",
        "VERDICT, PAID BACK"
    );
    for (index, judged) in audit.activities.iter().take(shown).enumerate() {
        row(out, index + 1, judged, audit);
    }
    let rest = audit.activities.get(shown..).unwrap_or_default();
    if !rest.is_empty() {
        let time: Decimal = rest.iter().map(|judged| judged.hours_per_week).sum();
        let name = format!("{} more (see them with --all)", rest.len());
        line!(out, "    {name:<NAME_WIDTH$} {:>6}", hours(time));
    }
    line!(out);
}

/// As many as make up four fifths of the hours, at least what there is to gain most from, at most 15.
fn listed(audit: &Audit) -> usize {
    let total = audit.summary.mix.total().0;
    let mut sum = 0;
    for (index, judged) in audit.activities.iter().enumerate() {
        sum += judged.activity.mix.total().0;
        if index + 1 >= LISTED || (sum * 5 >= total * 4 && index + 1 >= 8) {
            return index + 1;
        }
    }
    audit.activities.len()
}

fn row(out: &mut String, number: usize, judged: &AuditedActivity, audit: &Audit) {
    let currency = audit.worth.currency;
    let price = judged.activity.price.as_ref();
    let price = price.map_or("-".to_owned(), |p| {
        format!("{}{}", sign(currency), p.range.likely.round().normalize())
    });
    let gap = match judged.yearly {
        Some(yearly) if judged.is_below => about(yearly.gap, currency),
        _ => "-".to_owned(),
    };
    let mut verdict = judged
        .verdict_in_words(judged.handoff.as_ref(), &audit.worth)
        .to_owned();
    let handoff = judged.handoff.filter(HandoffOutlook::pays);
    if let Some(week) = handoff.and_then(|handoff| handoff.payback_week) {
        verdict += &format!(", week {week}");
    }
    let name = padded(&cut(&judged.activity.name, NAME_WIDTH), NAME_WIDTH);
    let line = format!(
        "{number:>3} {name} {:>6} {price:>7} {gap:>10}  {verdict}",
        hours(judged.hours_per_week)
    );
    line!(out, "{}", line.trim_end());
}

fn start(out: &mut String, audit: &Audit) {
    let Some(judged) = audit.start_with.and_then(|at| audit.activities.get(at)) else {
        return;
    };
    let currency = audit.worth.currency;
    line!(
        out,
        "{BOLD}Start with: {}{BOLD:#}",
        cut(&judged.activity.name, 60)
    );
    let price = judged.activity.likely().unwrap_or_default();
    line!(
        out,
        "  {} a week, about {}{} an hour.",
        with_unit(judged.hours_per_week),
        sign(currency),
        price.round()
    );
    if let Some(handoff) = judged.handoff {
        line!(
            out,
            "  {}.",
            words::capital(&judged.readiness_in_words(
                judged.activity.likely(),
                audit.worth.hour,
                audit.weeks
            ))
        );
        if let Some(week) = handoff.payback_week {
            let setup = Decimal::try_from(handoff.case.setup_hours()).unwrap_or_default();
            line!(
                out,
                "  {} of set-up are paid back in week {week}.",
                words::capital(&with_unit(setup))
            );
        }
        line!(
            out,
            "  First-year gain about {}, after everything.",
            about(handoff.first_year_gain, currency)
        );
    }
    line!(out);
}

/// A text behind a word, its further lines under its first.
fn labelled(out: &mut String, mut label: &str, text: &str) {
    for part in wrapped(text, 70) {
        line!(out, "  {label:<7} {part}");
        label = "";
    }
}

/// A text in lines of at most so many places; a longer word stays whole.
fn wrapped(text: &str, width: usize) -> Vec<std::borrow::Cow<'_, str>> {
    textwrap::wrap(text, Options::new(width).break_words(false))
}

/// A foreign text on one line: control characters out, cut to so many places of a terminal with an ellipsis.
pub fn cut(text: &str, width: usize) -> String {
    let clean: String = offdesk_import::problem::shown(text);
    if clean.width() <= width {
        return clean;
    }
    let mut kept = String::new();
    let mut taken = 1;
    for c in clean.chars() {
        taken += c.width().unwrap_or(0);
        if taken > width {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// An estimate: two significant figures.
pub fn about(amount: Decimal, currency: Currency) -> String {
    amounts::about(amount, Some(currency))
}

/// An amount to the smallest coin.
pub fn exact(amount: Decimal, currency: Currency) -> String {
    format!(
        "{}{}",
        sign(currency),
        offdesk_domain::money::to_minor_text(amount, currency)
    )
}

/// An amount as it stands, in whole units.
fn whole(amount: Decimal, currency: Currency) -> String {
    format!("{}{}", sign(currency), grouped(amount.round()))
}

/// Hours for people with their word.
fn with_unit(number: Decimal) -> String {
    words::hours_long(number)
}

/// Hours for people, as on the pages: one digit below 100, none above; a few minutes take no more room than others.
pub fn hours(hours: Decimal) -> String {
    if hours > Decimal::ZERO && hours < Decimal::new(5, 2) {
        return "<0.1".to_owned();
    }
    words::hours(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_and_cannot_disturb_the_terminal() {
        assert_eq!(cut("a\u{1b}[31mb", 40), "a\\u{1b}[31mb");
        assert_eq!(cut("abcdef", 4), "abc…");
        // Wide letters take two places each.
        assert_eq!(cut("請求書を作成する", 8), "請求書…");
        assert_eq!(cut("請求書", 6), "請求書");
    }
}
