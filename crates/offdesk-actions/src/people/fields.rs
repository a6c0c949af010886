//! What is known of a person, as it is typed at any door.

use jiff::tz::TimeZone;
use offdesk_domain::Place;
use offdesk_domain::money::typed_number;
use offdesk_domain::person::PersonKind;
use offdesk_domain::text::seen_lines;
use offdesk_store::people::PersonRow;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::accounts::email_of;
use crate::change::name_of;
use crate::error::Error;

pub(super) const LONGEST_NAME: usize = 80;
const LONGEST_LINE: usize = 400;
const LONGEST_NOTES: usize = 4_000;
/// Hours of a week.
const MOST_HOURS: i64 = 168;

/// What is known of a person; an empty text is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonFields {
    /// Kind: `freelancer`, `in_house`, `agency` or `agent`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Where they work: a country, or a region of it.
    pub place: String,
    /// Their zone, such as `Asia/Manila`.
    pub zone: String,
    /// When they work, in words.
    pub working_hours: String,
    /// Languages, in words.
    pub languages: String,
    /// What they can do, in words.
    pub skills: String,
    /// Hours a week they have for this.
    pub capacity: String,
    /// What is paid beside the terms, in words.
    pub fees: String,
    /// What the owner notes.
    pub notes: String,
}

impl PersonFields {
    /// Those of a person.
    #[must_use]
    pub fn of(row: &PersonRow) -> Self {
        let hours = row.capacity_per_week.map(|seconds| {
            offdesk_domain::Seconds(seconds)
                .hours()
                .round_dp(2)
                .normalize()
        });
        Self {
            kind: row.kind.clone(),
            name: row.name.clone(),
            email: row.email.clone(),
            place: row.place.clone(),
            zone: row.zone.clone(),
            working_hours: row.working_hours.clone(),
            languages: row.languages.clone(),
            skills: row.skills.clone(),
            capacity: hours.map_or_else(String::new, |hours| hours.to_string()),
            fees: row.fees.clone(),
            notes: row.notes.clone(),
        }
    }

    /// A person with these in the place of theirs.
    ///
    /// # Errors
    /// About the first field that is not right.
    pub(crate) fn on(&self, row: &PersonRow) -> Result<PersonRow, Error> {
        let kind = PersonKind::of(&self.kind.trim().replace('-', "_")).ok_or_else(|| {
            let shown = offdesk_import::problem::shown(&self.kind);
            Error::invalid("kind", "person.kind", format!("\"{shown}\" is no kind"))
                .hint("use freelancer, in_house, agency or agent")
        })?;
        let email = match self.email.trim() {
            "" => String::new(),
            text => email_of(text)?,
        };
        let place = match self.place.trim() {
            "" => String::new(),
            text => {
                let place: Result<Place, String> = text.parse();
                let refuse = |why| Error::invalid("place", "person.place", why);
                place.map_err(refuse)?.to_string()
            }
        };
        Ok(PersonRow {
            kind: kind.word().to_owned(),
            name: name_of("name", &self.name, LONGEST_NAME)?,
            email,
            place,
            zone: zone_of(&self.zone)?,
            working_hours: line("working_hours", &self.working_hours)?,
            languages: line("languages", &self.languages)?,
            skills: line("skills", &self.skills)?,
            capacity_per_week: capacity_of(&self.capacity)?,
            fees: line("fees", &self.fees)?,
            notes: text_of("notes", &self.notes, LONGEST_NOTES)?,
            ..row.clone()
        })
    }
}

/// A zone by its name; empty where none is said.
pub(crate) fn zone_of(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() || TimeZone::get(text).is_ok() {
        return Ok(text.to_owned());
    }
    let shown = offdesk_import::problem::shown(text);
    Err(
        Error::invalid("zone", "person.zone", format!("\"{shown}\" is no zone"))
            .hint("write it like  Asia/Manila  or  Europe/Berlin"),
    )
}

/// A text on one line; empty where there is none.
pub(crate) fn line(field: &'static str, text: &str) -> Result<String, Error> {
    match text.trim() {
        "" => Ok(String::new()),
        text => name_of(field, text, LONGEST_LINE),
    }
}

/// A text of several lines, without what cannot be seen.
pub(crate) fn text_of(field: &'static str, text: &str, most: usize) -> Result<String, Error> {
    let clean = seen_lines(text).trim().to_owned();
    let length = clean.chars().count();
    if length > most {
        return Err(Error::invalid(
            field,
            "text.long",
            format!("this text has {length} letters; {most} are allowed"),
        ));
    }
    Ok(clean)
}

/// Hours a week in seconds; nothing where none are said.
fn capacity_of(text: &str) -> Result<Option<i64>, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let refuse = |why: &str| {
        let shown = offdesk_import::problem::shown(text);
        Error::invalid(
            "capacity",
            "person.capacity",
            format!("\"{shown}\" are no hours of a week: {why}"),
        )
        .hint("write a number between 0 and 168, such as 20 or 7.5")
    };
    let hours = typed_number(text).map_err(|why| refuse(&why))?;
    if hours < Decimal::ZERO || hours > Decimal::from(MOST_HOURS) {
        return Err(refuse("a week has 168"));
    }
    let seconds = (hours * Decimal::from(3600)).round().to_i64();
    seconds.map(Some).ok_or_else(|| refuse("it is too large"))
}
