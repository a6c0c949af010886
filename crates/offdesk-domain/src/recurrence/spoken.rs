//! Rules in the words of people.

use super::rule::WEEKDAYS;

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A rule in words where it is one of the usual ones: "every Monday and Thursday", "on the last day of every month"; `None` where it takes
/// the rule itself to say it.
///
/// ```
/// use offdesk_domain::recurrence::in_words;
/// assert_eq!(in_words("FREQ=WEEKLY;BYDAY=MO").as_deref(), Some("every Monday"));
/// assert_eq!(in_words("FREQ=MONTHLY;BYMONTHDAY=-1").as_deref(), Some("on the last day of every month"));
/// assert_eq!(in_words("FREQ=YEARLY;BYWEEKNO=20"), None);
/// ```
#[must_use]
pub fn in_words(rule: &str) -> Option<String> {
    let rule = rule.trim().to_ascii_uppercase();
    let rule = rule.strip_prefix("RRULE:").unwrap_or(&rule);
    let (mut freq, mut interval, mut days, mut month_day) = ("", 1_u32, None, None);
    for part in rule.split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        match name {
            "FREQ" => freq = value,
            "INTERVAL" => interval = value.parse().ok()?,
            "BYDAY" => days = Some(value),
            "BYMONTHDAY" => month_day = Some(value.parse::<i32>().ok()?),
            "WKST" => {}
            _ => return None,
        }
    }
    match (freq, days, month_day) {
        ("DAILY", None, None) => Some(every(interval, "day")),
        ("WEEKLY", None, None) => Some(every(interval, "week")),
        ("WEEKLY", Some(days), None) => weekly(interval, days),
        ("MONTHLY", None, Some(-1)) => {
            Some(format!("on the last day of {}", every(interval, "month")))
        }
        ("MONTHLY", None, Some(day)) if (1..=31).contains(&day) => {
            Some(format!("on day {day} of {}", every(interval, "month")))
        }
        _ => None,
    }
}

/// What a rule leaves out without saying so: months that have no such day. `None` where it leaves nothing out.
///
/// ```
/// use offdesk_domain::recurrence::left_out;
/// assert!(left_out("FREQ=MONTHLY;BYMONTHDAY=31").is_some());
/// assert_eq!(left_out("FREQ=MONTHLY;BYMONTHDAY=28"), None);
/// assert_eq!(left_out("FREQ=MONTHLY;BYMONTHDAY=-1"), None);
/// ```
#[must_use]
pub fn left_out(rule: &str) -> Option<String> {
    let rule = rule.trim().to_ascii_uppercase();
    let rule = rule.strip_prefix("RRULE:").unwrap_or(&rule);
    let value = |name: &str| {
        let mut parts = rule.split(';').filter_map(|part| part.split_once('='));
        parts.find(|(known, _)| *known == name).map(|(_, it)| it)
    };
    if value("FREQ") != Some("MONTHLY") {
        return None;
    }
    let days: Vec<i32> = value("BYMONTHDAY")?
        .split(',')
        .filter_map(|day| day.parse().ok())
        .collect();
    let first = days.iter().min().filter(|day| (29..=31).contains(*day))?;
    Some(format!(
        "months without a day {first} are left out; BYMONTHDAY=-1 is the last day of every month"
    ))
}

fn every(interval: u32, unit: &str) -> String {
    match interval {
        1 => format!("every {unit}"),
        2 => format!("every second {unit}"),
        count => format!("every {count} {unit}s"),
    }
}

fn weekly(interval: u32, days: &str) -> Option<String> {
    let place = |day: &str| WEEKDAYS.iter().position(|it| *it == day);
    let mut places: Vec<usize> = days.split(',').map(place).collect::<Option<_>>()?;
    places.sort_unstable();
    places.dedup();
    let names: Vec<&str> = places
        .iter()
        .filter_map(|at| DAYS.get(*at).copied())
        .collect();
    let listed = match names.as_slice() {
        [] => return None,
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] => "weekday".to_owned(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    };
    Some(match interval {
        1 => format!("every {listed}"),
        _ => format!(
            "{}, on {}",
            every(interval, "week"),
            if listed == "weekday" {
                "weekdays"
            } else {
                &listed
            }
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn usual_rules_are_said_and_others_are_not_guessed() {
        let cases = [
            ("FREQ=DAILY", Some("every day")),
            ("FREQ=WEEKLY;INTERVAL=2", Some("every second week")),
            ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", Some("every weekday")),
            ("FREQ=WEEKLY;BYDAY=TH,MO", Some("every Monday and Thursday")),
            (
                "freq=weekly;byday=mo;interval=3",
                Some("every 3 weeks, on Monday"),
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=31",
                Some("on day 31 of every month"),
            ),
            ("FREQ=MONTHLY;BYDAY=1MO", None),
            ("FREQ=WEEKLY;BYDAY=XX", None),
            ("FREQ=DAILY;COUNT=3", None),
            ("", None),
        ];
        for (rule, words) in cases {
            assert_eq!(in_words(rule).as_deref(), words, "{rule}");
        }
    }
}
