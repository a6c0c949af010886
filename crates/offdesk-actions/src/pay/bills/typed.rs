//! Lines of a bill as they are typed, each on a line of its own.

use offdesk_domain::Day;
use offdesk_domain::money::typed_number;

use super::NewBillLine;
use crate::error::Error;

/// Lines as they are typed into one text, each on its own: a day, `#` and the number of an assignment, words, and the amount at the end.
///
/// # Errors
/// `bill.lines` for a line without an amount.
pub fn lines_of(text: &str) -> Result<Vec<NewBillLine>, Error> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(line_of).collect()
}

fn line_of(line: &str) -> Result<NewBillLine, Error> {
    let (words, amount) = line.rsplit_once(char::is_whitespace).unwrap_or(("", line));
    if typed_number(amount).is_err() {
        let shown = offdesk_import::problem::shown(line);
        return Err(Error::invalid(
            "lines",
            "bill.lines",
            format!("\"{shown}\" does not end with an amount"),
        )
        .hint("write a line such as: 2026-10-05 #12 Inbox 72.00"));
    }
    let mut new = NewBillLine {
        amount: amount.to_owned(),
        ..NewBillLine::default()
    };
    let mut kept = Vec::new();
    for word in words.split_whitespace() {
        let day = word.parse::<jiff::civil::Date>().ok();
        let number = word.strip_prefix('#').and_then(|it| it.parse().ok());
        match (day, number) {
            (Some(day), _) if new.day.is_none() => new.day = Some(Day::from_date(day)),
            (_, Some(number)) if new.assignment.is_none() => new.assignment = Some(number),
            _ => kept.push(word),
        }
    }
    new.text = kept.join(" ");
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_their_amounts() {
        let lines =
            lines_of("2026-10-05 #12 Inbox, two hours 72.00\n\n  #3 40\nBooking 1.5 h 54.00\n18\n")
                .unwrap();
        let said: Vec<String> = lines
            .iter()
            .map(|it| {
                let day = it.day.map(|day| day.to_string()).unwrap_or_default();
                format!("{day}|{:?}|{}|{}", it.assignment, it.text, it.amount)
            })
            .collect();
        assert_eq!(
            said,
            [
                "2026-10-05|Some(12)|Inbox, two hours|72.00",
                "|Some(3)||40",
                "|None|Booking 1.5 h|54.00",
                "|None||18",
            ]
        );
        let error = lines_of("72.00 Inbox").unwrap_err();
        assert_eq!(error.code, "bill.lines");
    }
}
