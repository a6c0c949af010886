//! Words that do not say what is done: a meeting, a call, a project may be anything.

/// In lower case, in order.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "again",
    "all",
    "and",
    "any",
    "at",
    "besprechung",
    "busy",
    "call",
    "calls",
    "catch",
    "catchup",
    "chat",
    "check",
    "checkin",
    "client",
    "clients",
    "company",
    "conference",
    "conversation",
    "customer",
    "customers",
    "daily",
    "day",
    "discuss",
    "discussion",
    "do",
    "for",
    "from",
    "general",
    "gmbh",
    "hangout",
    "hour",
    "huddle",
    "in",
    "inc",
    "internal",
    "it",
    "kunde",
    "kunden",
    "llc",
    "ltd",
    "meet",
    "meeting",
    "meetings",
    "misc",
    "miscellaneous",
    "month",
    "monthly",
    "more",
    "my",
    "new",
    "next",
    "none",
    "of",
    "office",
    "on",
    "one",
    "or",
    "other",
    "others",
    "our",
    "project",
    "projects",
    "projekt",
    "quick",
    "rest",
    "session",
    "skype",
    "some",
    "standup",
    "status",
    "stuff",
    "sync",
    "syncup",
    "task",
    "tasks",
    "tbd",
    "team",
    "teams",
    "the",
    "thing",
    "things",
    "this",
    "time",
    "to",
    "todo",
    "todos",
    "touchpoint",
    "untitled",
    "up",
    "various",
    "week",
    "weekly",
    "with",
    "work",
    "working",
    "x",
    "zoom",
];

/// Words that are empty only together with those above, as in "follow up".
const EMPTY_BESIDE: &[&str] = &["follow", "followup", "following"];

/// Whether no word of a text says what is done. A name beside an empty word ("meeting with Tom") says nothing, either.
pub(crate) fn says_nothing(text: &str) -> bool {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().any(char::is_alphabetic));
    let mut is_any_empty = false;
    let mut has_other = false;
    for word in words {
        let lower = word.to_lowercase();
        if EMPTY.binary_search(&lower.as_str()).is_ok() || EMPTY_BESIDE.contains(&lower.as_str()) {
            is_any_empty = true;
        } else if !(is_any_empty && is_name(word)) {
            has_other = true;
        }
    }
    is_any_empty && !has_other
}

/// Whether a text is mostly no text: characters that cannot be shown for every few letters.
pub(crate) fn is_binary(text: &str) -> bool {
    let is_noise =
        |c: &char| *c == char::REPLACEMENT_CHARACTER || c.is_control() && !c.is_whitespace();
    let noise = text.chars().filter(is_noise).count();
    noise > 0 && noise * 8 >= text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Written as names are: a capital, then small letters.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_in_order() {
        assert!(EMPTY.is_sorted());
    }

    #[test]
    fn bytes_that_are_no_text_are_told() {
        assert!(is_binary("\u{fffd}\u{fffd}\u{0}binary\u{1}"));
        for text in [
            "invoice\tchasing\r\n",
            "caf\u{e9} books",
            "",
            "one bad \u{fffd} letter in a long text",
        ] {
            assert!(!is_binary(text), "{text:?}");
        }
    }

    #[test]
    fn empty_texts_are_told_from_others() {
        for text in [
            "Sync",
            "catch up",
            "Meeting with Tom",
            "follow up",
            "Project X",
            "call",
            "Team",
            "misc stuff",
            "Zoom call",
        ] {
            assert!(says_nothing(text), "{text}");
        }
        for text in [
            "sync calendars",
            "sales call",
            "follow up unpaid invoices",
            "team payroll",
            "office cleaning",
            "bookkeeping",
            "",
            "4711",
        ] {
            assert!(!says_nothing(text), "{text}");
        }
    }
}
