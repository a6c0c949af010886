//! The iceberg of an audit: its finding in words, and its bars.

use offdesk_domain::audit::{Audit, AuditedActivity, KeepReason, Verdict};
use rust_decimal::Decimal;

use crate::chart::iceberg::{Bar, Group, Iceberg, Levels};
use crate::words;

fn group_of(activity: &AuditedActivity) -> Group {
    match activity.verdict {
        Verdict::Delegate => Group::Below,
        Verdict::Keep(KeepReason::Price) => Group::Above,
        Verdict::Keep(KeepReason::Mine) => Group::Mine,
        Verdict::Keep(KeepReason::Rest) => Group::Rest,
        Verdict::Open => Group::Unpriced,
    }
}

/// `Your week: 20 h above your worth, 24 h below it`; rest is not counted.
pub fn finding(audit: &Audit) -> String {
    let line = if audit.worth.ceiling < audit.worth.hour {
        "the most you would pay"
    } else {
        "your worth"
    };
    let (above, below) = (hours_of(audit, Group::Above), hours_of(audit, Group::Below));
    let week = match (above.is_zero(), below.is_zero()) {
        (false, false) => format!(
            "{} h above {line}, {} h below it",
            words::hours_about(above),
            words::hours_about(below)
        ),
        (true, false) => format!(
            "{} h below {line}, none above it",
            words::hours_about(below)
        ),
        (false, true) => format!(
            "{} h above {line}, none below it",
            words::hours_about(above)
        ),
        (true, true) => match besides(audit) {
            words if words.is_empty() => "rest only".to_owned(),
            words => words,
        },
    };
    format!("Your week: {week}")
}

/// What is on neither side of the line: `4 h only you can do and 3 h without a price`.
pub fn besides(audit: &Audit) -> String {
    let parts: Vec<String> = [
        (Group::Mine, "only you can do"),
        (Group::Unpriced, "without a price"),
    ]
    .into_iter()
    .map(|(group, words)| (hours_of(audit, group), words))
    .filter(|(hours, _)| !hours.is_zero())
    .map(|(hours, what)| format!("{} h {what}", words::hours_about(hours)))
    .collect();
    words::listed(&parts)
}

fn hours_of(audit: &Audit, group: Group) -> Decimal {
    let of = audit
        .activities
        .iter()
        .filter(|activity| group_of(activity) == group);
    of.map(|activity| activity.hours_per_week).sum()
}

/// The picture of an audit.
pub fn picture(audit: &Audit) -> Iceberg {
    let worth = &audit.worth;
    let named = |at: usize| audit.start_with == Some(at);
    let bars: Vec<Bar> = audit
        .activities
        .iter()
        .enumerate()
        .map(|(at, activity)| bar(activity, named(at)))
        .collect();
    let number = |group: Group| bars.iter().filter(|bar| bar.group == group).count();
    let rate = |amount: Decimal| words::rate(amount, worth.currency);
    let ceiling = if worth.ceiling == worth.hour {
        String::new()
    } else {
        format!(
            "; the most you would pay, {}, is a dotted one",
            rate(worth.ceiling)
        )
    };
    let mut groups = vec![
        format!("{} above", number(Group::Above)),
        format!("{} below", number(Group::Below)),
    ];
    for (group, words) in [
        (Group::Unpriced, "without a price"),
        (Group::Mine, "only you can do"),
        (Group::Rest, "of rest"),
    ] {
        if number(group) > 0 {
            groups.push(format!("{} {words}", number(group)));
        }
    }
    Iceberg {
        id: "iceberg",
        title: finding(audit),
        description: format!(
            "A bar for each activity, as wide as its hours a week, ordered by the price of an hour with the dearest on top. \
             Your worth, {}, is a solid line between the bars; your target, {}, a dashed one{ceiling}. \
             Activities: {}. The same numbers are in the table that follows.",
            rate(worth.hour),
            rate(worth.target),
            words::listed(&groups),
        ),
        currency: worth.currency,
        levels: Levels {
            worth: worth.hour,
            target: worth.target,
            ceiling: worth.ceiling,
        },
        bars,
    }
}

fn bar(activity: &AuditedActivity, is_named: bool) -> Bar {
    Bar {
        name: activity.activity.name.clone(),
        hours: activity.hours_per_week,
        price: activity
            .activity
            .price
            .as_ref()
            .map(|price| price.range.likely),
        group: group_of(activity),
        is_named,
    }
}
