//! What the number rests on: the worth, the data, every file with what was left out of it, the prices.

use std::cmp::Reverse;
use std::fmt::Write as _;

use anstyle::Style;
use offdesk_actions::audit::AuditReport;
use offdesk_actions::rules::OWN_PRICE;
use offdesk_domain::{EntryKind, Seconds};
use offdesk_import::{Report, Severity};
use offdesk_web::words::trust_in_weeks;
use rust_decimal::Decimal;

use super::{cut, exact, hours, labelled, wrapped};
use crate::cli::desk::day_in_words;
use crate::cli::output::counted;

const BOLD: Style = Style::new().bold();

/// The part about what the number rests on.
pub fn write(out: &mut String, report: &AuditReport) {
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
    let quality = trust_in_weeks(audit.weeks);
    let period = audit
        .period
        .map_or("no dates in the data".to_owned(), |period| {
            format!(
                "{} to {}",
                day_in_words(period.from),
                day_in_words(period.to)
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
        "  Yours   Only you can do it? Say so in a rules file:  --rules rules.toml"
    );
    labelled(out, "Prices", &prices(report));
}

/// Where the prices are from: the market, the owner, or both.
fn prices(report: &AuditReport) -> String {
    let priced = || {
        let activities = report.audit.activities.iter();
        activities.filter_map(|judged| judged.activity.price.as_ref())
    };
    let has_market = priced().any(|price| price.source != OWN_PRICE);
    let has_own = priced().any(|price| price.source == OWN_PRICE);
    match (has_market, has_own) {
        (true, true) => format!("your own where you gave one; else {}", report.price_basis),
        (false, true) => "your own".to_owned(),
        _ => report.price_basis.clone(),
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
    counts.sort_by_key(|((severity, code), count)| {
        let first = source.problems.iter().find(|problem| problem.code == *code);
        let line = first.and_then(|problem| problem.line);
        (Reverse(*severity), Reverse(**count), line)
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
