//! An activity about to be weighed: what was said, what the workspace knows, what is assumed, input by input.

use offdesk_domain::Currency;
use offdesk_domain::audit::AuditedActivity;
use offdesk_domain::decision::usual::times_of;
use offdesk_domain::decision::{CaseError, INPUTS, Input, Row};
use offdesk_store::Uuid;
use rust_decimal::prelude::ToPrimitive;

use super::offered::offers;
use super::{HandoffOption, KeptOptions, Offer, OptionKind};
use crate::decide::{Figure, Question, Weighed, weigh};
use crate::error::Error;
use crate::hours::Hours;

/// So many options are weighed side by side.
pub const MOST_OPTIONS: usize = 3;

/// An activity with those who could do it.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The activity.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Hours it takes in a week, where they are known.
    pub hours_per_week: Option<f64>,
    /// What the workspace knows.
    pub offers: Vec<Offer>,
    /// What the owner has said of themselves and the work.
    pub own: Vec<Figure>,
    /// What each time brings that would be lost if nobody did it.
    pub value_when_done: Option<[f64; 3]>,
    /// Who could do it.
    pub options: Vec<HandoffOption>,
    /// The owner has typed it; else it is what the workspace offers.
    pub is_kept: bool,
    /// The currency of what was typed, where the workspace has another one now: it does not count any more.
    pub other_currency: Option<Currency>,
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The owner has said it.
    Said,
    /// The workspace knows it.
    Workspace(String),
    /// It is assumed of the kind of person.
    Kind(&'static str),
    /// It is assumed of all.
    Assumed,
}

impl Source {
    /// In words, without a full stop.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Said => "you said so".to_owned(),
            Self::Workspace(from) => from.clone(),
            Self::Kind(why) => (*why).to_owned(),
            Self::Assumed => "assumed, because nobody said".to_owned(),
        }
    }

    /// The word, as in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Workspace(_) => "workspace",
            Self::Kind(_) => "kind",
            Self::Assumed => "assumed",
        }
    }
}

/// An input with its numbers and their source.
#[derive(Debug, Clone, PartialEq)]
pub struct InputLine {
    /// The input.
    pub row: &'static Row,
    /// Low, likely and high.
    pub range: [f64; 3],
    /// Where they come from.
    pub source: Source,
}

/// An activity with what was kept of it, or with a freelancer at the market's price where nothing was.
///
/// # Errors
/// `not_found`.
pub fn subject_of(hours: &Hours, id: Uuid, kept: Option<&KeptOptions>) -> Result<Subject, Error> {
    let judged = hours
        .report
        .iter()
        .flat_map(|report| &report.audit.activities)
        .find(|judged| hours.ids.get(&judged.activity.name) == Some(&id));
    subject_judged(hours, id, kept, judged)
}

/// The same with the activity as it was judged.
pub(crate) fn subject_judged(
    hours: &Hours,
    id: Uuid,
    kept: Option<&KeptOptions>,
    judged: Option<&AuditedActivity>,
) -> Result<Subject, Error> {
    let row = hours
        .rows
        .get(&id)
        .ok_or_else(|| Error::not_found("activity"))?;
    let currency = hours.settings.currency;
    let rhythm = hours.rhythms.activities.get(&id);
    let of_entries = rhythm.map(|it| it.times() * it.hours / hours.rhythms.weeks);
    let hours_per_week = judged
        .and_then(|judged| judged.hours_per_week.to_f64())
        .or(of_entries)
        .filter(|hours| *hours > 0.0);
    let usable = kept.filter(|kept| kept.currency == currency);
    let freelancer = || HandoffOption {
        name: "a freelancer".to_owned(),
        kind: OptionKind::Freelancer,
        figures: Vec::new(),
    };
    Ok(Subject {
        id,
        name: row.name.clone(),
        currency,
        hours_per_week,
        offers: offers(hours, id, judged),
        own: usable.map_or_else(Vec::new, |kept| kept.own.clone()),
        value_when_done: usable.and_then(|kept| kept.value_when_done),
        options: usable.map_or_else(|| vec![freelancer()], |kept| kept.options.clone()),
        is_kept: usable.is_some(),
        other_currency: kept
            .map(|kept| kept.currency)
            .filter(|other| *other != currency),
    })
}

impl Subject {
    /// An input of an option, where anything but the table's default is known of it.
    #[must_use]
    pub fn figure(&self, option: &HandoffOption, input: Input) -> Option<([f64; 3], Source)> {
        let said = |figures: &[Figure]| {
            let found = figures.iter().find(|(known, _)| *known == input);
            found.map(|(_, range)| (*range, Source::Said))
        };
        let of_kind = || {
            let assumed = option.kind.assumed().iter();
            let found = assumed.clone().find(|(known, ..)| *known == input);
            found.map(|(_, number, why)| ([*number; 3], Source::Kind(why)))
        };
        // The market's price is that of a person's hour: not of a firm's, and a program has none.
        let is_offered = input != Input::Rate || option.kind != OptionKind::Agency;
        let offered = || {
            let found = self.offers.iter().find(|offer| offer.figure.0 == input);
            found
                .filter(|_| is_offered)
                .map(|offer| (offer.figure.1, Source::Workspace(offer.from.clone())))
        };
        said(&option.figures)
            // Typed of somebody who was of another kind before.
            .filter(|_| option.kind.has(input))
            .or_else(|| said(&self.own).filter(|_| input.is_of_owner()))
            .or_else(of_kind)
            .or_else(offered)
            .or_else(|| self.times(option, input))
    }

    /// How often it comes up: the hours of a week over the hours of one time, so that both stay in line.
    fn times(&self, option: &HandoffOption, input: Input) -> Option<([f64; 3], Source)> {
        if input != Input::TimesPerWeek {
            return None;
        }
        let week = self.hours_per_week?;
        let ([_, each, _], _) = self.figure(option, Input::OwnerHours)?;
        let from = format!("{week:.1} hours a week in your entries, {each} each time");
        Some(([times_of(week, each); 3], Source::Workspace(from)))
    }

    /// What the owner's own figures come to, the same for all options.
    #[must_use]
    pub fn own_figures(&self) -> Vec<Figure> {
        let Some(option) = self.options.first() else {
            return self.own.clone();
        };
        let of_owner = INPUTS.iter().filter(|row| row.input.is_of_owner());
        of_owner
            .filter_map(|row| Some((row.input, self.figure(option, row.input)?.0)))
            .collect()
    }

    /// All inputs of an option with their sources; without those that nobody knows.
    #[must_use]
    pub fn inputs(&self, option: &HandoffOption) -> Vec<InputLine> {
        let lines = INPUTS.iter().filter_map(|row| {
            let assumed = || {
                let number = row.unsaid(|of| Some(self.figure(option, of)?.0[1]))?;
                Some(([number; 3], Source::Assumed))
            };
            let (range, source) = self.figure(option, row.input).or_else(assumed)?;
            Some(InputLine { row, range, source })
        });
        lines.collect()
    }

    /// The question of an option.
    ///
    /// # Errors
    /// `decide.missing` for the first input that nobody knows, about its field.
    pub fn question(&self, option: &HandoffOption) -> Result<Question, Error> {
        let said: Vec<Figure> = INPUTS
            .iter()
            .filter_map(|row| Some((row.input, self.figure(option, row.input)?.0)))
            .collect();
        let question = Question::of(&said).map_err(|error| of_case(&error, &option.name))?;
        Ok(Question {
            currency: Some(self.currency),
            name: Some(self.name.clone()),
            value_when_done: self.value_when_done,
            ..question
        })
    }

    /// The questions of all options.
    ///
    /// # Errors
    /// Those of [`Subject::question`].
    pub fn questions(&self) -> Result<Vec<Question>, Error> {
        let options = self.options.iter();
        options.map(|option| self.question(option)).collect()
    }

    /// All options, weighed.
    ///
    /// # Errors
    /// Those of [`Subject::question`].
    pub fn weigh(&self) -> Result<Weighed, Error> {
        Ok(weigh(self.questions()?))
    }
}

fn of_case(error: &CaseError, option: &str) -> Error {
    let (key, code, said, hint) = match error {
        CaseError::Missing { key, what } => (
            *key,
            "decide.missing",
            format!("not known yet: {what}"),
            "type it: one number, or low, likely and high",
        ),
        CaseError::Outside { key, .. } | CaseError::NotWhole { key, .. } => {
            (*key, "decide.value", error.to_string(), "")
        }
    };
    let is_own = Input::of_key(key).is_some_and(Input::is_of_owner);
    let message = if is_own {
        said
    } else {
        format!("{option}: {said}")
    };
    Error::invalid(key, code, message).hint(hint)
}
