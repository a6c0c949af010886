//! How long something has waited, in words.

use rust_decimal::Decimal;

use crate::worth::grouped;

/// How long something has waited, from microseconds to microseconds: `under a minute`, `20 minutes`, `5 hours`, `3 days`.
///
/// ```
/// use offdesk_domain::age;
/// const HOUR: i64 = 3_600_000_000;
/// assert_eq!(age(0, HOUR / 2), "30 minutes");
/// assert_eq!(age(0, 47 * HOUR), "47 hours");
/// assert_eq!(age(0, 49 * HOUR), "2 days");
/// assert_eq!(age(HOUR, 0), "under a minute");
/// ```
#[must_use]
pub fn age(since: i64, now: i64) -> String {
    const MINUTE: i64 = 60_000_000;
    let minutes = now.saturating_sub(since).max(0) / MINUTE;
    let said = |number: i64, one: &str, many: &str| {
        let word = if number == 1 { one } else { many };
        format!("{} {word}", grouped(Decimal::from(number)))
    };
    match minutes {
        0 => "under a minute".to_owned(),
        1..120 => said(minutes, "minute", "minutes"),
        120..2880 => said(minutes / 60, "hour", "hours"),
        _ => said(minutes / 1440, "day", "days"),
    }
}
