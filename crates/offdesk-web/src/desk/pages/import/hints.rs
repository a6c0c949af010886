//! What to do about a problem of a file, as it is done on the page: readers speak of options of the command line.

use offdesk_actions::Error;

/// By code, where the reader names an option: what does the same on the page.
const ON_PAGE: [(&str, &str); 8] = [
    (
        "import.date_ambiguous",
        "say below whether the day or the month comes first",
    ),
    (
        "import.no_period",
        "say below from which day to which they are, or bring the detailed report",
    ),
    (
        "import.no_text",
        "name the column of the text under \u{201c}How it is read\u{201d}",
    ),
    (
        "import.too_long",
        "correct it in the file, or let such entries count under \u{201c}How it is read\u{201d}",
    ),
    (
        "import.outside_period",
        "ask for another period under \u{201c}How it is read\u{201d}",
    ),
    (
        "import.rrule_limit",
        "ask for a shorter period under \u{201c}How it is read\u{201d}",
    ),
    (
        "import.otherwise",
        "look at it again: importing it takes the place of that import",
    ),
    (
        "import.clock_change",
        "with a zone under \u{201c}How it is read\u{201d} it can be checked",
    ),
];

/// What to do, in the words of the page: what the reader says of the file stays, what it says of options does not.
pub(super) fn said_on_page(code: &str, hint: &str) -> String {
    if !hint.contains("--") {
        return hint.to_owned();
    }
    let known = ON_PAGE.iter().find(|(known, _)| *known == code);
    let words = known.map_or(
        "say it under \u{201c}How it is read\u{201d}",
        |(_, words)| *words,
    );
    let of_file = hint.lines().filter(|line| !line.contains("--"));
    let said: Vec<&str> = of_file.chain([words]).collect();
    said.join(": ")
}

/// The same error, with what to do on the page.
pub(super) fn on_page(error: &Error) -> Error {
    Error {
        hint: said_on_page(error.code, &error.hint),
        ..error.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::said_on_page;

    #[test]
    fn no_option_of_the_command_line_is_named_on_the_page() {
        let order = said_on_page("import.date_ambiguous", "say which:  --date-order dmy");
        assert_eq!(order, "say below whether the day or the month comes first");
        let column = "I read 3 columns\ntell me which one:  offdesk audit a.csv --map date=Day";
        assert_eq!(
            said_on_page("import.no_date", column),
            "I read 3 columns: say it under \u{201c}How it is read\u{201d}"
        );
        let period = said_on_page("import.no_period", "say which:  --from 2026-01-05");
        assert!(period.starts_with("say below"), "{period}");
        assert_eq!(said_on_page("import.running", "stop it"), "stop it");
    }
}
