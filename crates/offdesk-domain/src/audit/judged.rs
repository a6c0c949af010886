//! Activities before and after they are judged.

use rust_decimal::Decimal;

use super::HandoffOutlook;
use crate::decision::{Advice, Because};
use crate::price::Price;
use crate::time::{EntryKind, Seconds};
use crate::worth::Worth;

/// Seconds by how they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mix {
    /// Logged.
    pub measured: Seconds,
    /// Inferred from calendars and app logs.
    pub implied: Seconds,
    /// Typed from memory.
    pub remembered: Seconds,
}

impl Mix {
    /// Adds time of a kind.
    pub fn add(&mut self, kind: EntryKind, seconds: Seconds) {
        match kind {
            EntryKind::Measured => self.measured += seconds,
            EntryKind::Implied => self.implied += seconds,
            EntryKind::Remembered => self.remembered += seconds,
        }
    }

    /// Adds another mix.
    pub fn add_all(&mut self, other: Self) {
        self.measured += other.measured;
        self.implied += other.implied;
        self.remembered += other.remembered;
    }

    /// Time of a kind.
    #[must_use]
    pub fn of(&self, kind: EntryKind) -> Seconds {
        match kind {
            EntryKind::Measured => self.measured,
            EntryKind::Implied => self.implied,
            EntryKind::Remembered => self.remembered,
        }
    }

    /// Whether all of it was typed from memory.
    #[must_use]
    pub fn is_remembered(&self) -> bool {
        self.remembered > Seconds::ZERO && self.remembered == self.total()
    }

    /// All of it.
    #[must_use]
    pub fn total(&self) -> Seconds {
        self.measured + self.implied + self.remembered
    }
}

/// An activity as grouped from entries, before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its name.
    pub name: String,
    /// Entries in it.
    pub entries: u64,
    /// Their time.
    pub mix: Mix,
    /// Market price of an hour; `None`: unpriced.
    pub price: Option<Price>,
    /// Why it stays, whatever its price.
    pub stays: Option<Stays>,
    /// It gathers many small kinds of work that fit nowhere else.
    pub is_rest_of_list: bool,
    /// Hours of one time, a day with it; `None` where the days are not known.
    pub hours_each: Option<Decimal>,
    /// What is written down of how it is done.
    pub blueprint: Blueprint,
}

/// What is written down of how an activity is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Blueprint {
    /// Nothing that is known here.
    #[default]
    None,
    /// A draft.
    Draft,
    /// A version is published.
    Published,
}

impl Activity {
    /// The likely price of an hour of it, where it has one.
    #[must_use]
    pub fn likely(&self) -> Option<Decimal> {
        self.price.as_ref().map(|price| price.range.likely)
    }

    /// How often it came back in so many weeks.
    #[must_use]
    pub fn rhythm(&self, weeks: Decimal) -> Rhythm {
        let per_week = Decimal::from(self.entries).checked_div(weeks);
        match per_week.unwrap_or_default() {
            _ if self.mix.is_remembered() => Rhythm::Weekly,
            _ if self.entries < 2 => Rhythm::Once,
            often if often >= Decimal::TWO => Rhythm::SeveralTimesAWeek,
            often if often >= Decimal::ONE => Rhythm::Weekly,
            _ => Rhythm::Rarer,
        }
    }
}

/// How often an activity comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// It was done once, so nobody knows.
    Once,
    /// Twice a week or more.
    SeveralTimesAWeek,
    /// Once a week or more.
    Weekly,
    /// Less than once a week.
    Rarer,
}

/// Why an activity stays with the owner whatever its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// Only the owner can do it, says a rule.
    Mine,
    /// It is rest, not work.
    Rest,
}

/// What to do with an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Keep it.
    Keep(KeepReason),
    /// Hand it to somebody: it frees the owner's hours.
    Delegate,
    /// Unpriced, so not judged.
    Open,
}

/// Why an activity is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepReason {
    /// Only the owner can do it.
    Mine,
    /// Rest.
    Rest,
    /// An hour of it costs as much as the owner's, or more than the ceiling.
    Price,
}

impl Verdict {
    /// The word, as in JSON; `None` where it is not judged.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Keep(_) => Some("keep"),
            Self::Delegate => Some("delegate"),
            Self::Open => None,
        }
    }

    /// The reason, as in JSON.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Keep(KeepReason::Mine) => "mine",
            Self::Keep(KeepReason::Rest) => "rest",
            Self::Keep(KeepReason::Price) => "price",
            Self::Delegate => "focus",
            Self::Open => "unpriced",
        }
    }
}

/// Money of an activity in a year, exact: all in the report's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Yearly {
    /// The hours at the owner's worth.
    pub value: Decimal,
    /// The hours at the likely price.
    pub price: Decimal,
    /// Value minus price.
    pub gap: Decimal,
    /// Price at the low end.
    pub price_low: Decimal,
    /// Price at the high end.
    pub price_high: Decimal,
}

/// An activity, judged.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditedActivity {
    /// The activity.
    pub activity: Activity,
    /// Hours in a week of the period.
    pub hours_per_week: Decimal,
    /// Hours in a year of the weeks worked.
    pub hours_per_year: Decimal,
    /// Hours of one time, to the hundredth.
    pub hours_each: f64,
    /// Whether it counts as below the worth line.
    pub is_below: bool,
    /// Its money, where it has a price.
    pub yearly: Option<Yearly>,
    /// What to do.
    pub verdict: Verdict,
    /// What handing it off would bring, where that is the verdict.
    pub handoff: Option<HandoffOutlook>,
}

impl AuditedActivity {
    /// The verdict in a few words, the same at every door; `handoff` is what handing it off would bring, by whomever it was weighed.
    #[must_use]
    pub fn verdict_in_words(
        &self,
        handoff: Option<&HandoffOutlook>,
        worth: &Worth,
    ) -> &'static str {
        let weighed = handoff.map(|handoff| (handoff.advice, handoff.because));
        let is_too_short = handoff.is_some_and(HandoffOutlook::is_too_short);
        match (self.verdict, weighed) {
            (Verdict::Keep(KeepReason::Mine), _) => "keep: only you",
            (Verdict::Keep(KeepReason::Rest), _) => "rest",
            (Verdict::Open, None) => "no price yet",
            (_, Some((Advice::Delegate, _))) | (Verdict::Delegate, None) => "hand off",
            (_, Some((Advice::Automate, _))) => "automate",
            (_, Some((Advice::Drop, _))) => "drop: not needed",
            (_, Some((Advice::Keep, _))) if is_too_short => "keep: too few weeks",
            (_, Some((Advice::Keep, Because::NoHours))) => "keep: frees nothing",
            (_, Some((Advice::Keep, Because::NoDifference))) => "keep: no difference",
            (_, Some((Advice::Keep, _))) => "keep: brings less",
            (Verdict::Keep(KeepReason::Price), None) => {
                if self.activity.likely().is_some_and(|it| it < worth.hour) {
                    "keep: above ceiling"
                } else {
                    "keep: costs as much"
                }
            }
        }
    }

    /// What says how ready it is: its rhythm, the price of an hour beside the owner's, its blueprint. Without a capital and a full stop.
    #[must_use]
    pub fn readiness_in_words(
        &self,
        price: Option<Decimal>,
        worth: Decimal,
        weeks: Decimal,
    ) -> String {
        let rhythm = match self.activity.rhythm(weeks) {
            Rhythm::Once => "done once",
            Rhythm::SeveralTimesAWeek => "several times a week",
            Rhythm::Weekly => "every week",
            Rhythm::Rarer => "not every week",
        };
        let share =
            price.and_then(|price| price.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(worth));
        let price = share.map_or(String::new(), |share| {
            format!(", at {} % of your hour", share.round())
        });
        let blueprint = match self.activity.blueprint {
            Blueprint::None => "no blueprint yet",
            Blueprint::Draft => "its blueprint is a draft",
            Blueprint::Published => "its blueprint is published",
        };
        format!("{rhythm}{price}, {blueprint}")
    }
}
