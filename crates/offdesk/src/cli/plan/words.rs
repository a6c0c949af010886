//! A plan in words.

use offdesk_actions::plan::{Changes, Clash, Excluded, Planned, Status};
use offdesk_domain::worth::grouped;
use offdesk_import::problem::shown;
use rust_decimal::{Decimal, RoundingStrategy};

use super::explained;
use super::report::gap;

/// Of a list so many lines are shown.
pub(super) const MOST_SHOWN: usize = 20;

/// Of what rules options out so much is told in a line.
const MOST_REASONS: usize = 5;

pub(super) fn amount(amount: f64) -> String {
    let amount = Decimal::try_from(amount).unwrap_or_default().round_dp(2);
    let minus = if amount < Decimal::ZERO { "-" } else { "" };
    format!("{minus}{}", grouped(amount.abs().normalize()))
}

/// An amount that is enough: rounded up.
fn at_least(least: f64) -> String {
    let least = Decimal::try_from(least).unwrap_or_default().round_dp(6);
    let least = least.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero);
    grouped(least.normalize())
}

pub(super) fn words(plan: &Planned, excluded: &[Excluded], changes: &Changes) -> String {
    let mut out = headline(plan);
    out += &clashes(plan);
    if matches!(plan.status, Status::Optimal | Status::Feasible) {
        out += &choices(plan);
    }
    let not_considered = excluded
        .iter()
        .map(|one| row(&one.activity, &shown(&one.reason)));
    out += &list("Not considered:", not_considered.collect());
    out + &explained::explained(plan, changes)
}

fn headline(plan: &Planned) -> String {
    match plan.status {
        Status::Optimal => format!(
            "The best plan brings {} a week. No other brings more.\n",
            amount(plan.value_per_week)
        ),
        Status::Feasible if gap(plan) >= 1.0 => format!(
            "This plan brings {} a week. A better one may exist: none brings more than {}.\n",
            amount(plan.value_per_week),
            amount(plan.bound)
        ),
        Status::Feasible => format!(
            "This plan brings {} a week. A better one may exist, by {:.2} % at most.\n",
            amount(plan.value_per_week),
            gap(plan) * 100.0
        ),
        Status::Unknown => {
            "The time was up before a plan was found. Try more of it:  --seconds 60\n".to_owned()
        }
        Status::Infeasible => "No plan does all that is required.\n".to_owned(),
    }
}

/// Who does what, and what stays with the owner.
fn choices(plan: &Planned) -> String {
    let handed = plan.choices.iter().zip(&plan.options);
    let handed: Vec<String> = handed
        .map(|((what, who), option)| {
            let which = option.map_or(String::new(), |at| format!(" (options[{at}])"));
            row(what, &format!("{}{which}", shown(who)))
        })
        .collect();
    let mut out = String::new();
    if !handed.is_empty() {
        out.push('\n');
    }
    for line in handed {
        out += &line;
    }
    let kept = plan.kept.iter();
    out + &list(
        "Stays with you:",
        kept.map(|what| format!("  {}\n", shown(what))).collect(),
    )
}

/// The limits that are in the way.
fn clashes(plan: &Planned) -> String {
    let mut out = String::new();
    out += &as_many_as_shown(&plan.clash, in_the_way);
    if let Some(first) = plan.smallest_change.first() {
        out += if first.is_known {
            "The smallest change that would do:\n"
        } else {
            "A change that would do, not proven to be the smallest:\n"
        };
    }
    out + &as_many_as_shown(&plan.smallest_change, instead)
}

fn as_many_as_shown(clashes: &[Clash], words: fn(&Clash) -> String) -> String {
    let shown = clashes.iter().take(MOST_SHOWN);
    let mut out: String = shown.map(|clash| format!("  {}\n", words(clash))).collect();
    let more = clashes.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        out += &format!("  and {more} more; all of them with --json\n");
    }
    out
}

/// A limit as it would have to be.
pub(super) fn instead(clash: &Clash) -> String {
    if let Some(change) = &clash.change {
        return shown(change);
    }
    let [has, needs] = [clash.has, clash.needs].map(Option::unwrap_or_default);
    format!(
        "{} {} instead of {}",
        shown(&clash.limit),
        at_least(needs),
        amount(has)
    )
}

/// A limit that is in the way, and what would do.
pub(super) fn in_the_way(clash: &Clash) -> String {
    let limit = shown(&clash.limit);
    match (clash.has, clash.needs) {
        (Some(has), Some(needs)) => format!(
            "{limit} is {}; with {} there would be one",
            amount(has),
            at_least(needs)
        ),
        (Some(has), None) if clash.is_known => {
            format!("{limit} is {}; more of it alone is not enough", amount(has))
        }
        (Some(has), None) => format!(
            "{limit} is {}; the time was up before what would do was known",
            amount(has)
        ),
        _ if clash.reasons.is_empty() => format!("{limit}: there are none"),
        _ => {
            let all = clash.reasons.len();
            let told = clash.reasons.iter().take(MOST_REASONS);
            let told: Vec<String> = told.map(|reason| shown(reason)).collect();
            let more = all.saturating_sub(MOST_REASONS);
            let more = if more > 0 {
                format!("; and {more} more")
            } else {
                String::new()
            };
            format!(
                "{limit}: none is left; {all} ruled out: {}{more}",
                told.join("; ")
            )
        }
    }
}

/// A line of two columns.
pub(super) fn row(left: &str, right: &str) -> String {
    row_of(32, left, right)
}

/// A line of two columns, the first of some width.
pub(super) fn row_of(width: usize, left: &str, right: &str) -> String {
    format!("  {:<width$} {}\n", shown(left), right)
}

/// Lines below a heading, as many as are shown; nothing where there is none.
pub(super) fn list(heading: &str, lines: Vec<String>) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{heading}\n");
    let more = lines.len().saturating_sub(MOST_SHOWN);
    out.extend(lines.into_iter().take(MOST_SHOWN));
    if more > 0 {
        out += &format!("  and {more} more; all of them with --json\n");
    }
    out
}
