//! Days that can be meant: a year that was mistyped is asked about, where it would count for centuries.

use offdesk_domain::Day;

use crate::error::Error;

/// A day that can be meant: from the first that counts until twenty years from now.
pub(crate) fn near(field: &'static str, day: Day, today: Day) -> Result<Day, Error> {
    within(field, day, today.ahead(Day::AHEAD))
}

/// A day from the first that counts until another.
pub(crate) fn within(field: &'static str, day: Day, last: Day) -> Result<Day, Error> {
    if (Day::FIRST..=last).contains(&day) {
        return Ok(day);
    }
    let (message, hint) = match day < Day::FIRST {
        true => (
            format!("{day} is too long ago to be meant"),
            format!("look at the year: days count from {} on", Day::FIRST),
        ),
        false => (
            format!("{day} is too far away to be meant"),
            format!("look at the year: name a day up to {last}"),
        ),
    };
    Err(Error::invalid(field, "day.far", message).hint(hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_that_were_mistyped_are_refused() {
        let day = |text: &str| Day::from_date(text.parse().unwrap());
        let today = day("2026-11-29");
        let check = |text: &str, is_fit: bool| {
            let found = near("day", day(text), today);
            assert_eq!(found.is_ok(), is_fit, "{text}");
            let code = found.map_or_else(|error| error.code, |_| "day.far");
            assert_eq!(code, "day.far", "{text}");
        };
        check("1999-12-31", false);
        check("2000-01-01", true);
        check("2026-11-29", true);
        check("2046-11-29", true);
        check("2046-11-30", false);
        check("2206-11-29", false);
        check("9999-12-31", false);
    }
}
