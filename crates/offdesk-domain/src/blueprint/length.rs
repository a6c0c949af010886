//! How long something takes, as people write it: `20 min`, `1 h 30 min`, `1.5 hours`.

/// The longest time that is taken for one: a year of working days.
const MOST_MINUTES: u32 = 250 * 8 * 60;

/// The minutes of a text; `None` where it is no length of time.
///
/// ```
/// use offdesk_domain::blueprint::{length_text, minutes_of};
/// assert_eq!(minutes_of("1 h 30 min"), Some(90));
/// assert_eq!(minutes_of("1.5 hours"), Some(90));
/// assert_eq!(minutes_of("soon"), None);
/// assert_eq!(length_text(90), "1 h 30 min");
/// ```
#[must_use]
pub fn minutes_of(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase().replace(',', ".");
    let mut rest = text.trim_start_matches(['~', ' ']);
    rest = rest.strip_prefix("about ").unwrap_or(rest).trim_start();
    let mut total = 0_u32;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.');
        let (number, behind) = rest.split_at(end.unwrap_or(rest.len()));
        let behind = behind.trim_start();
        let end = behind.find(|c: char| !c.is_alphabetic());
        let (unit, behind) = behind.split_at(end.unwrap_or(behind.len()));
        let each = match unit {
            "" | "m" | "min" | "mins" | "minute" | "minutes" | "minuten" => 1,
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" => 60,
            _ => return None,
        };
        total = total.checked_add(times(number, each)?)?;
        rest = behind.trim_start_matches(['.', ' ']);
        if unit.is_empty() && !rest.is_empty() {
            return None;
        }
    }
    (1..=MOST_MINUTES).contains(&total).then_some(total)
}

/// A decimal number of units, in whole minutes, rounded up.
fn times(number: &str, each: u32) -> Option<u32> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() || part.len() > 4 || part.contains('.') {
        return None;
    }
    let whole: u32 = whole.parse().ok()?;
    let scale = 10_u32.checked_pow(u32::try_from(part.len()).ok()?)?;
    let part: u32 = if part.is_empty() {
        0
    } else {
        part.parse().ok()?
    };
    let parts = whole.checked_mul(scale)?.checked_add(part)?;
    Some(parts.checked_mul(each)?.div_ceil(scale))
}

/// Minutes as a text.
#[must_use]
pub fn length_text(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
