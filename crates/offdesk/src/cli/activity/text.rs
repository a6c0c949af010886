//! Activities as text.

use offdesk_actions::activities::ActivityDetail;
use offdesk_actions::hours::Hours;
use offdesk_actions::store::activities::{ActivityRow, PriceRow};
use offdesk_domain::Day;
use offdesk_domain::audit::AuditedActivity;
use offdesk_import::problem::shown;
use rust_decimal::Decimal;

use crate::cli::amounts::about;
use crate::cli::audit::hours as with_digits;
use crate::cli::column::Column;
use crate::cli::desk::{day_in_words, hours_in_words};
use crate::cli::output::counted;

/// Names stand in a column of at most so many places, wordings in a wider one.
const NAME_WIDTH: usize = 34;
const WORDING_WIDTH: usize = 56;

/// All of them, the most hours first.
pub fn list(hours: &Hours) -> String {
    let Some(report) = &hours.report else {
        let mut rows: Vec<&ActivityRow> = hours.rows.values().collect();
        rows.sort_by_key(|row| row.id);
        let mut out = String::new();
        for row in rows {
            out += &format!("  {}\n", shown(&row.name));
        }
        return out + "Their figures need your worth:  offdesk worth --income 150000 --save\n";
    };
    let currency = hours.settings.currency;
    let mut judged: Vec<&AuditedActivity> = report.audit.activities.iter().collect();
    judged.sort_by_key(|one| std::cmp::Reverse(one.activity.mix.total().0));
    let names = judged.iter().map(|one| one.activity.name.as_str());
    let column = Column::of("ACTIVITY", NAME_WIDTH, names);
    let mut out = format!(
        "  {}  {:>6}  {:>9}  {:>10}  VERDICT\n",
        column.heading(),
        "H/WEEK",
        "AN HOUR",
        "GAP A YEAR"
    );
    for one in judged {
        let price = one.activity.likely();
        let price = price.map_or("-".to_owned(), |price| about(price, Some(currency)));
        let gap = one.yearly.filter(|_| one.is_below);
        let gap = gap.map_or("-".to_owned(), |yearly| about(yearly.gap, Some(currency)));
        let said = hours.row_of(one).map(said_of).unwrap_or_default();
        let verdict = if said.is_empty() {
            one.verdict_in_words(one.handoff.as_ref(), &report.audit.worth)
                .to_owned()
        } else {
            said
        };
        out += &format!(
            "  {}  {:>6}  {price:>9}  {gap:>10}  {verdict}\n",
            column.cell(&one.activity.name),
            with_digits(one.hours_per_week)
        );
    }
    out
}

/// What the owner said of an activity; empty where nothing was said.
fn said_of(row: &ActivityRow) -> String {
    let back = row.back_day.and_then(Day::from_number);
    match (row.judgement.as_deref(), back, row.stays.as_deref()) {
        (Some("not_now"), Some(day), _) => format!("put off until {}", day_in_words(day)),
        (Some("never"), ..) => "never".to_owned(),
        (_, _, Some("mine")) => "only you".to_owned(),
        (_, _, Some("rest")) => "rest".to_owned(),
        _ => String::new(),
    }
}

/// One of them, with its wordings.
pub fn one(detail: &ActivityDetail) -> String {
    let row = &detail.row;
    let mut out = format!("{}\n", shown(&row.name));
    if let Some(price) = &row.price {
        out += &format!("  An hour of it   {}\n", price_in_words(price));
    }
    let said = said_of(row);
    if !said.is_empty() {
        out += &format!("  You said        {said}\n");
    }
    if !row.judgement_reason.is_empty() {
        out += &format!("  Because         {}\n", shown(&row.judgement_reason));
    }
    let count = u64::try_from(detail.wordings.len()).unwrap_or(u64::MAX);
    out += &format!("  {} in it\n", counted(count, "wording", "wordings"));
    let texts: Vec<String> = detail
        .wordings
        .iter()
        .map(|(wording, ..)| {
            let parts = [&wording.project, &wording.task, &wording.description];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            parts
                .map(|part| shown(part).to_string())
                .collect::<Vec<_>>()
                .join(" · ")
        })
        .collect();
    let column = Column::of("", WORDING_WIDTH, texts.iter().map(String::as_str));
    for (number, (text, (_, entries, seconds))) in (1..).zip(texts.iter().zip(&detail.wordings)) {
        out += &format!(
            "  {number:>3}  {}  {:>7} h  {}\n",
            column.cell(text),
            hours_in_words(seconds.0),
            counted(*entries, "entry", "entries")
        );
    }
    out
}

fn price_in_words(price: &PriceRow) -> String {
    let amount = |text: &str| {
        let value = text.parse::<Decimal>().unwrap_or_default();
        value.round_dp(2).normalize().to_string()
    };
    let (low, high) = (amount(&price.low), amount(&price.high));
    let range = if low == high {
        low
    } else {
        format!("{low} to {high}, likely {}", amount(&price.likely))
    };
    let whose = if price.is_own {
        "your own figure"
    } else {
        "the market's"
    };
    format!("{} {range} ({whose})", price.currency)
}
