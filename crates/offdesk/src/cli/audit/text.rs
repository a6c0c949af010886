//! The audit as text for people: the answer, the one to start with, what the number rests on. At most 80 columns.

use std::fmt::Write as _;

use anstyle::Style;
use offdesk_actions::audit::AuditReport;
use offdesk_domain::audit::{Audit, AuditedActivity, KeepReason, Verdict};
use offdesk_domain::money::two_significant;
use offdesk_domain::worth::grouped;
use offdesk_domain::{Currency, EntryKind, Seconds};
use offdesk_import::{Report, Severity};
use rust_decimal::Decimal;

use crate::cli::output::counted;

/// So many activities are listed, or as many as make up four fifths of the hours.
const LISTED: usize = 15;
const NAME_WIDTH: usize = 29;
const BOLD: Style = Style::new().bold();

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

/// Writes a line; writing to a string does not fail.
macro_rules! line {
    ($out:expr) => { $out.push('\n') };
    ($out:expr, $($arg:tt)*) => {{ let _ = writeln!($out, $($arg)*); }};
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

fn basis(out: &mut String, report: &AuditReport) {
    let audit = &report.audit;
    let currency = audit.worth.currency;
    line!(out, "{BOLD}What this rests on{BOLD:#}");
    let worth = format!(
        "{} an hour: {}; target {}",
        exact(audit.worth.hour, currency),
        audit.worth.basis.reckoning(),
        exact(audit.worth.target, currency)
    );
    labelled(out, "Worth", &worth);
    let quality = if audit.weeks < Decimal::from(4) {
        "a guess"
    } else if audit.weeks < Decimal::from(8) {
        "rough"
    } else {
        "good"
    };
    let period = audit
        .period
        .map_or("no dates in the data".to_owned(), |period| {
            format!(
                "{} to {}",
                period.from.date().strftime("%-d %b %Y"),
                period.to.date().strftime("%-d %b %Y")
            )
        });
    let data = format!(
        "{} ({period}): {quality}; a year has {}",
        weeks(audit.weeks),
        weeks(audit.weeks_per_year)
    );
    labelled(out, "Data", &data);
    let mix: Vec<String> = EntryKind::ALL
        .into_iter()
        .filter(|kind| audit.summary.mix.of(*kind) > Seconds::ZERO)
        .map(|kind| {
            format!(
                "{} h {}",
                hours(audit.summary.mix.of(kind).hours()),
                kind.word()
            )
        })
        .collect();
    line!(out, "  Hours   {}", mix.join(", "));
    for source in &report.sources {
        of_source(out, source);
    }
    if audit.summary.unpriced > Seconds::ZERO {
        line!(
            out,
            "  Open    {} h have no price and are in no sum.",
            hours(audit.summary.unpriced.hours())
        );
        line!(out, "          Give them one:  --price \"Name=15..25\"");
    }
    line!(
        out,
        "          Only you can do it? Say so in a rules file:  --rules rules.toml"
    );
    let mut word = "Prices";
    for part in wrapped(report.price_basis, 68) {
        line!(out, "  {word:<7} {part}");
        word = "";
    }
}

fn of_source(out: &mut String, source: &Report) {
    let skipped = if source.skipped > 0 {
        format!(", {} left out", source.skipped)
    } else {
        String::new()
    };
    line!(out, "  File    {}", cut(&source.file, 70));
    line!(
        out,
        "          {}: {}, {} h{skipped}",
        cut(&source.label, 36),
        counted(source.entries, "entry", "entries"),
        hours(source.seconds.hours())
    );
    for decision in &source.decisions {
        for part in wrapped(decision, 68) {
            line!(out, "          {part}");
        }
    }
    let mut counts: Vec<_> = source.counts.iter().collect();
    counts.sort_by_key(|((severity, _), count)| {
        (std::cmp::Reverse(*severity), std::cmp::Reverse(**count))
    });
    for ((severity, code), count) in counts {
        let first = source.problems.iter().find(|problem| problem.code == *code);
        let word = match severity {
            Severity::Note => "noted",
            Severity::LeftOut => "left out",
            Severity::Bad | Severity::Fatal => "not understood",
        };
        let example = first.map_or((*code).to_owned(), ToString::to_string);
        let text = if *count == 1 {
            format!("{word}: {example}")
        } else {
            format!("{count} {word}, the first: {example}")
        };
        for part in wrapped(&text, 68) {
            line!(out, "          {part}");
        }
    }
    for question in &source.questions {
        for part in wrapped(&format!("? {question}"), 68) {
            line!(out, "          {part}");
        }
    }
}

/// A text behind a word, its further lines under its first.
fn labelled(out: &mut String, mut label: &str, text: &str) {
    for part in wrapped(text, 70) {
        line!(out, "  {label:<7} {part}");
        label = "";
    }
}

/// A text in lines of at most so many characters.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let length = lines.last().map_or(0, |line| line.chars().count());
        if length > 0 && length + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            if length > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A foreign text on one line: control characters out, cut to a width with an ellipsis.
fn cut(text: &str, width: usize) -> String {
    let clean: String = offdesk_import::problem::shown(text);
    if clean.chars().count() <= width {
        return clean;
    }
    clean
        .chars()
        .take(width.saturating_sub(1))
        .chain(['…'])
        .collect()
}

/// The currency's sign or code before an amount.
fn sign(currency: Currency) -> String {
    let sign = currency.sign();
    if sign.len() == 3 && sign.is_ascii() {
        format!("{sign} ")
    } else {
        sign.to_owned()
    }
}

/// An estimate: two significant figures.
fn about(amount: Decimal, currency: Currency) -> String {
    let amount = two_significant(amount);
    if amount < Decimal::ZERO {
        return format!("-{}{}", sign(currency), grouped(-amount));
    }
    format!("{}{}", sign(currency), grouped(amount))
}

fn exact(amount: Decimal, currency: Currency) -> String {
    format!(
        "{}{}",
        sign(currency),
        offdesk_domain::money::to_minor_text(amount, currency)
    )
}

/// Weeks for people, to a tenth.
fn weeks(weeks: Decimal) -> String {
    let weeks = weeks.round_dp(1).normalize();
    let unit = if weeks == Decimal::ONE {
        "week"
    } else {
        "weeks"
    };
    format!("{weeks} {unit}")
}

/// Hours for people with their word.
fn with_unit(number: Decimal) -> String {
    let text = hours(number);
    let unit = if text == "1" { "hour" } else { "hours" };
    format!("{text} {unit}")
}

/// Hours for people: one digit below 100, none above.
fn hours(hours: Decimal) -> String {
    let digits = u32::from(hours < Decimal::ONE_HUNDRED);
    grouped(hours.round_dp(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_and_cannot_disturb_the_terminal() {
        assert_eq!(cut("a\u{1b}[31mb", 40), "a\\u{1b}[31mb");
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(wrapped("aa bb cc", 5), ["aa bb", "cc"]);
    }
}
