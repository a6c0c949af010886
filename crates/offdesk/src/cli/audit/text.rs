//! The audit as text for people: the answer, the one to start with, what the number rests on. At most 80 columns.

mod basis;
mod words;

use anstyle::Style;
use offdesk_actions::audit::AuditReport;
use offdesk_domain::audit::{Audit, AuditedActivity, KeepReason, Verdict};
use offdesk_domain::{Currency, Seconds};
use rust_decimal::Decimal;

use self::basis::basis;
use self::words::{about, cut, exact, hours, sign, with_unit};

/// So many activities are listed, or as many as make up four fifths of the hours.
const LISTED: usize = 15;
const NAME_WIDTH: usize = 29;
const BOLD: Style = Style::new().bold();

/// Writes a line; writing to a string does not fail.
macro_rules! line {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($arg:tt)*) => {{ use std::fmt::Write as _; let _ = writeln!($out, $($arg)*); }};
}
use line;

/// The report as text.
pub fn to_text(report: &AuditReport, shows_all: bool) -> String {
    let mut out = String::new();
    let audit = &report.audit;
    headline(&mut out, audit);
    table(&mut out, audit, shows_all);
    start(&mut out, audit);
    basis(&mut out, report);
    out
}

fn headline(out: &mut String, audit: &Audit) {
    let currency = audit.worth.currency;
    let worth = exact(audit.worth.hour, currency);
    let summary = &audit.summary;
    if summary.gap <= Decimal::ZERO {
        line!(
            out,
            "{BOLD}Nothing here is to be gained by handing it off.{BOLD:#}"
        );
        line!(out);
        match summary.unpriced {
            Seconds(0) => line!(
                out,
                "No priced work in these hours costs less than an hour of yours ({worth})."
            ),
            unpriced => {
                line!(
                    out,
                    "No priced work in these hours costs less than an hour of yours ({worth}),"
                );
                line!(
                    out,
                    "and {} h of it have no price yet. Give one:  --price \"Name=15..25\"",
                    hours(unpriced.hours())
                );
            }
        }
        line!(out);
        return;
    }
    let about = |amount: Decimal| about(amount, currency);
    if let Some(range) = &summary.range {
        let both = |(low, high): (Decimal, Decimal)| format!("{} to {}", about(low), about(high));
        line!(
            out,
            "{BOLD}Between {} a year of your work is below your worth.{BOLD:#}",
            both(range.gap).replace(" to ", " and ")
        );
        line!(out, "Less than four weeks of data, so these are ranges:");
        line!(out);
        let (low, high) = range.hours_below_per_week;
        line!(
            out,
            "  {:<34}{} to {} hours a week",
            "could be bought for less:",
            hours(low),
            hours(high)
        );
        line!(
            out,
            "  {:<34}{} a year",
            format!("worth at your rate ({worth}):"),
            both(range.value)
        );
        line!(
            out,
            "  {:<34}{} a year",
            "to buy them would cost:",
            both(range.price)
        );
    } else {
        line!(
            out,
            "{BOLD}About {} a year of your work is below your worth.{BOLD:#}",
            about(summary.gap)
        );
        line!(out);
        line!(
            out,
            "  {:<34}{} a week",
            "could be bought for less:",
            with_unit(summary.hours_below_per_week)
        );
        line!(
            out,
            "  {:<34}about {} a year",
            format!("worth at your rate ({worth}):"),
            about(summary.value)
        );
        line!(
            out,
            "  {:<34}about {} a year",
            "to buy them would cost:",
            about(summary.price)
        );
    }
    line!(out, "  Real only if you use the hours.");
    line!(out);
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
        row(out, index + 1, judged, audit.worth.currency);
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

fn row(out: &mut String, number: usize, judged: &AuditedActivity, currency: Currency) {
    let price = judged.activity.price.as_ref();
    let price = price.map_or("-".to_owned(), |p| {
        format!("{}{}", sign(currency), p.range.likely.round().normalize())
    });
    let gap = match judged.yearly {
        Some(yearly) if judged.is_below => about(yearly.gap, currency),
        _ => "-".to_owned(),
    };
    let verdict = match judged.verdict {
        Verdict::Delegate => match judged.handoff.and_then(|handoff| handoff.payback_week) {
            Some(week) => format!("hand off, week {week}"),
            None => "small, over a year".to_owned(),
        },
        Verdict::Keep(KeepReason::Mine) => "keep: only you".to_owned(),
        Verdict::Keep(KeepReason::Rest) => "rest".to_owned(),
        Verdict::Keep(KeepReason::Price) => "keep: above line".to_owned(),
        Verdict::Open => "no price yet".to_owned(),
    };
    let name = cut(&judged.activity.name, NAME_WIDTH);
    let pad = " ".repeat(NAME_WIDTH.saturating_sub(name.chars().count()));
    let line = format!(
        "{number:>3} {name}{pad} {:>6} {price:>7} {gap:>10}  {verdict}",
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
    let price = judged
        .activity
        .price
        .as_ref()
        .map_or(Decimal::ZERO, |price| price.range.likely);
    line!(
        out,
        "  {} a week, about {}{} an hour.",
        with_unit(judged.hours_per_week),
        sign(currency),
        price.round()
    );
    if let Some(handoff) = judged.handoff {
        let weekly = Decimal::from(judged.activity.entries) / audit.weeks;
        let rhythm = if weekly >= Decimal::ONE {
            "It comes back every week"
        } else {
            "It does not come every week"
        };
        let simple = if price * Decimal::from(4) <= audit.worth.hour {
            ", and its price is a quarter of yours or less."
        } else if price * Decimal::TWO <= audit.worth.hour {
            ", and its price is less than half of yours."
        } else {
            "."
        };
        line!(out, "  {rhythm}{simple}");
        if let Some(week) = handoff.payback_week {
            line!(out, "  Six hours of set-up are paid back in week {week}.");
        }
        line!(
            out,
            "  First-year gain about {}, after set-up, ramp and review.",
            about(handoff.first_year_gain, currency)
        );
    }
    line!(out);
}
