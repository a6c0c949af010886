//! What a rule must not say together, by RFC 5545: calendars of others are read as they are, a rule that is made here says one thing.

/// What is read off a rule.
struct Parts<'r>(Vec<(String, &'r str)>);

impl Parts<'_> {
    fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(known, _)| known == key)
    }

    fn is(&self, frequencies: &[&str]) -> bool {
        let mut all = self.0.iter().filter(|(key, _)| key == "FREQ");
        all.any(|(_, value)| frequencies.iter().any(|it| it.eq_ignore_ascii_case(value)))
    }

    /// Whether `BYDAY` counts its days, as in `1MO`.
    fn counts_days(&self) -> bool {
        let mut days = self.0.iter().filter(|(key, _)| key == "BYDAY");
        days.any(|(_, value)| value.contains(|letter: char| letter.is_ascii_digit()))
    }
}

/// What contradicts itself in a rule, in words without a full stop; `None` where nothing does.
///
/// ```
/// use offdesk_domain::recurrence::contradiction;
/// assert_eq!(contradiction("FREQ=WEEKLY;FREQ=DAILY").as_deref(), Some("FREQ is said twice"));
/// assert_eq!(contradiction("FREQ=WEEKLY;BYDAY=MO"), None);
/// ```
#[must_use]
pub fn contradiction(rule: &str) -> Option<String> {
    let parts = rule.split(';').filter_map(|part| part.split_once('='));
    let parts = parts.map(|(key, value)| {
        let key = key.trim().to_ascii_uppercase();
        let key = key.strip_prefix("RRULE:").unwrap_or(&key);
        (key.trim().to_owned(), value.trim())
    });
    let parts = Parts(parts.collect());
    let again = |at: usize, key: &String| parts.0.iter().take(at).any(|(other, _)| other == key);
    let mut all = parts.0.iter().enumerate();
    if let Some((_, (key, _))) = all.find(|(at, (key, _))| again(*at, key)) {
        return Some(format!("{key} is said twice"));
    }
    let is_set = |key: &str| key.starts_with("BY") && key != "BYSETPOS";
    let counts = parts.counts_days();
    let found = [
        (
            parts.has("COUNT") && parts.has("UNTIL"),
            "COUNT and UNTIL both say when it ends",
        ),
        (
            counts && !parts.is(&["MONTHLY", "YEARLY"]),
            "a counted day such as 1MO is one of a month or a year",
        ),
        (
            counts && parts.has("BYWEEKNO"),
            "a counted day such as 1MO does not go with BYWEEKNO",
        ),
        (
            parts.has("BYMONTHDAY") && parts.is(&["WEEKLY"]),
            "BYMONTHDAY does not go with FREQ=WEEKLY",
        ),
        (
            parts.has("BYYEARDAY") && parts.is(&["DAILY", "WEEKLY", "MONTHLY"]),
            "BYYEARDAY does not go with days, weeks or months",
        ),
        (
            parts.has("BYWEEKNO") && !parts.is(&["YEARLY"]),
            "BYWEEKNO goes with FREQ=YEARLY only",
        ),
        (
            parts.has("BYSETPOS") && !parts.0.iter().any(|(key, _)| is_set(key)),
            "BYSETPOS picks from another part, and there is none",
        ),
    ];
    let found = found.into_iter().find(|(is_there, _)| *is_there);
    found.map(|(_, why)| why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_contradict_themselves() {
        for (rule, expected) in [
            ("FREQ=WEEKLY;FREQ=DAILY", "FREQ is said"),
            ("freq=weekly;Freq=weekly", "FREQ is said"),
            ("FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z", "COUNT and"),
            ("FREQ=WEEKLY;BYDAY=1MO", "a counted day"),
            ("FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO", "a counted day"),
            ("FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY"),
            ("FREQ=MONTHLY;BYYEARDAY=3", "BYYEARDAY"),
            ("FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO"),
            ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ] {
            let found = contradiction(rule).unwrap_or_default();
            assert!(found.starts_with(expected), "{rule}: {found}");
        }
        for rule in [
            "FREQ=MONTHLY;BYDAY=1MO",
            "RRULE:FREQ=MONTHLY;BYDAY=1MO",
            "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
            "FREQ=YEARLY;BYWEEKNO=3;BYDAY=MO",
            "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
            "FREQ=DAILY;BYMONTHDAY=1;COUNT=3",
            "FREQ=HOURLY;BYYEARDAY=1",
            "every Monday",
        ] {
            assert_eq!(contradiction(rule), None, "{rule}");
        }
    }
}
