//! The options that say what is known of a person, and what they are paid.

use clap::Args;
use offdesk_actions::people::{NewTerms, PersonFields};
use offdesk_domain::Day;

use super::super::error::CliError;
use super::super::exit;
use super::super::values::day;

/// What is known of a person.
#[derive(Args, Debug, Clone)]
pub struct FieldArgs {
    /// What they are: freelancer, in-house, agency or agent
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// E-mail address
    #[arg(long, value_name = "EMAIL")]
    email: Option<String>,
    /// Country, or a region of it: PH, US-WA
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// Time zone: Asia/Manila
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// When they work, in words
    #[arg(long, value_name = "TEXT")]
    working_hours: Option<String>,
    /// Languages
    #[arg(long, value_name = "TEXT")]
    languages: Option<String>,
    /// What they can do
    #[arg(long, value_name = "TEXT")]
    skills: Option<String>,
    /// Hours a week they have for this
    #[arg(long, value_name = "N")]
    hours_a_week: Option<String>,
    /// What is paid beside their terms, in words
    #[arg(long, value_name = "TEXT")]
    fees: Option<String>,
    /// Notes; they can read them once they have joined
    #[arg(long, value_name = "TEXT")]
    notes: Option<String>,
}

impl FieldArgs {
    /// These in the place of others; what was not named stays.
    pub fn over(self, now: PersonFields) -> PersonFields {
        PersonFields {
            kind: self.kind.unwrap_or(now.kind),
            name: now.name,
            email: self.email.unwrap_or(now.email),
            place: self.place.unwrap_or(now.place),
            zone: self.zone.unwrap_or(now.zone),
            working_hours: self.working_hours.unwrap_or(now.working_hours),
            languages: self.languages.unwrap_or(now.languages),
            skills: self.skills.unwrap_or(now.skills),
            capacity: self.hours_a_week.unwrap_or(now.capacity),
            fees: self.fees.unwrap_or(now.fees),
            notes: self.notes.unwrap_or(now.notes),
        }
    }
}

/// What is paid.
#[derive(Args, Debug, Clone)]
pub struct TermsArgs {
    /// What they are paid
    #[arg(long, value_name = "N")]
    amount: Option<String>,
    /// Currency; the workspace's where none is named
    #[arg(long, value_name = "CODE", requires = "amount")]
    currency: Option<String>,
    /// What it is paid for: hour, assignment, milestone or retainer (a month)
    #[arg(long, value_name = "UNIT", requires = "amount")]
    per: Option<String>,
    /// From which day on; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Day>,
}

impl TermsArgs {
    /// The terms, where an amount was named.
    ///
    /// # Errors
    /// `terms.unit` where it was not said what it is paid for.
    pub fn read(&self) -> Result<Option<NewTerms>, CliError> {
        let Some(amount) = &self.amount else {
            return Ok(None);
        };
        let unit = self.per.clone().ok_or_else(|| {
            CliError::new(
                exit::USAGE,
                "terms.unit",
                "what the amount is paid for is missing",
            )
            .line("say it:  --per hour, assignment, milestone or retainer")
        })?;
        Ok(Some(NewTerms {
            unit,
            amount: amount.clone(),
            currency: self.currency.clone().unwrap_or_default(),
            from: self.from,
            note: String::new(),
        }))
    }

    /// From which day on, where it was said.
    pub fn from(&self) -> Option<Day> {
        self.from
    }
}
