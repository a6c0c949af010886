//! The months that a return is looked at by.

use offdesk_domain::Day;
use offdesk_domain::time::Period;

use crate::error::Error;

/// A month, such as October 2026.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(jiff::civil::Date);

impl Month {
    /// The month of a text such as `2026-10`.
    ///
    /// # Errors
    /// `return.month`.
    pub fn typed(text: &str) -> Result<Self, Error> {
        let date = format!("{}-01", text.trim()).parse();
        let is_month = text.trim().len() == "2026-10".len();
        date.ok().filter(|_| is_month).map(Self).ok_or_else(|| {
            Error::invalid(
                "month",
                "return.month",
                format!("\"{}\" is not a month", text.trim()),
            )
            .hint("write it as 2026-10")
        })
    }

    /// The month of a day.
    #[must_use]
    pub fn of(day: Day) -> Self {
        Self(day.date().first_of_month())
    }

    /// Its days.
    #[must_use]
    pub fn period(self) -> Period {
        Period {
            from: Day::from_date(self.0),
            to: Day::from_date(self.0.last_of_month()),
        }
    }

    /// For people: `October 2026`.
    #[must_use]
    pub fn in_words(self) -> String {
        self.0.strftime("%B %Y").to_string()
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.strftime("%Y-%m").to_string())
    }
}
