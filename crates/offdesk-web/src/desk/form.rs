//! Fields that were sent, by their names.

use offdesk_actions::Error;
use offdesk_domain::Day;
use offdesk_domain::money::{typed_amount, typed_number};
use rust_decimal::Decimal;

/// Fields in the order they were sent; a name may come several times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads fields as a browser sends them.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let fields = form_urlencoded::parse(bytes);
        Self(fields.into_owned().collect())
    }

    /// Fields given one by one.
    #[must_use]
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// A day; none where the field is empty.
    ///
    /// # Errors
    /// `form.day`, about the field.
    pub fn day(&self, name: &'static str) -> Result<Option<Day>, Error> {
        day_of(name, Some(self.text(name)).filter(|text| !text.is_empty()))
    }

    /// The version a form was made of; what is no version is one that nobody has.
    #[must_use]
    pub fn version(&self) -> Option<i64> {
        Some(self.text("version").parse().unwrap_or(-1))
    }

    /// The field of a name, without blanks around it; empty where it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The same, or what stands there until something is typed.
    #[must_use]
    pub fn text_or(&self, name: &str, now: &str) -> String {
        match self.text(name) {
            "" => now.to_owned(),
            text => text.to_owned(),
        }
    }

    /// The field of a name as it was sent, such as a password.
    #[must_use]
    pub fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// All fields of a name.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        let of = self.0.iter().filter(move |(known, _)| known == name);
        of.map(|(_, value)| value.trim())
    }

    /// All fields.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a box was ticked.
    #[must_use]
    pub fn is_ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// An amount: `150000`, `150,000`, `$90`, `90k`; none where the field is empty.
    ///
    /// # Errors
    /// `form.amount`, about the field.
    pub fn amount(&self, name: &'static str) -> Result<Option<Decimal>, Error> {
        self.figure(name, |text| typed_amount(text, None))
    }

    /// A number that is no money, such as weeks or minutes; none where the field is empty.
    ///
    /// # Errors
    /// `form.amount`, about the field.
    pub fn number(&self, name: &'static str) -> Result<Option<Decimal>, Error> {
        self.figure(name, typed_number)
    }

    fn figure(
        &self,
        name: &'static str,
        read: impl Fn(&str) -> Result<Decimal, String>,
    ) -> Result<Option<Decimal>, Error> {
        let text = self.text(name);
        if text.is_empty() {
            return Ok(None);
        }
        read(&bare(text))
            .map(Some)
            .map_err(|why| Error::invalid(name, "form.amount", format!("\"{text}\": {why}")))
    }
}

impl Form {
    /// Hours as people type them; they may be left out.
    ///
    /// # Errors
    /// `form.hours`, about the field.
    pub fn hours(&self, name: &'static str) -> Result<Option<Decimal>, Error> {
        match self.text(name) {
            "" => Ok(None),
            text => hours(name, text).map(Some),
        }
    }
}

/// Hours as people type them.
///
/// # Errors
/// `form.hours`, about the field.
pub fn hours(name: &'static str, text: &str) -> Result<Decimal, Error> {
    offdesk_actions::assignments::hours_typed(text)
        .map_err(|why| Error::invalid(name, "form.hours", format!("\"{text}\": {why}")))
}

/// A number that is no money as people type it.
///
/// # Errors
/// What is wrong with it, in words.
pub fn number(text: &str) -> Result<Decimal, String> {
    typed_number(&bare(text))
}

/// A figure without signs of currencies and blanks.
fn bare(text: &str) -> String {
    text.trim()
        .trim_start_matches(['$', '€', '£'])
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '_' && *c != '\u{a0}')
        .collect()
}

/// A day as it is typed or sent; it may be left out.
///
/// # Errors
/// `form.day`, about the field.
pub fn day_of(field: &'static str, text: Option<&str>) -> Result<Option<Day>, Error> {
    let Some(text) = text else {
        return Ok(None);
    };
    let date: jiff::civil::Date = text.parse().map_err(|_| {
        Error::invalid(field, "form.day", format!("\"{text}\" is not a day"))
            .hint("write it as 2026-02-12")
    })?;
    Ok(Some(Day::from_date(date)))
}
