//! The sentences of a decision that every door says alike.

use offdesk_domain::decision::{Advice, Because, Decision, Input};

use super::{Answer, Next, Question};

/// From which worth of a freed hour on a handoff pays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PaysFrom {
    /// It frees no hour, so that what one is worth says nothing.
    NoHour,
    /// Whatever an hour is worth: it saves money or faults by itself.
    Any,
    /// From this on, in the currency of the case.
    Hour(f64),
}

impl PaysFrom {
    /// That of a decision.
    #[must_use]
    pub fn of(decision: &Decision) -> Self {
        match decision.break_even_hour {
            None => Self::NoHour,
            Some(hour) if hour <= 0.0 => Self::Any,
            Some(hour) => Self::Hour(hour),
        }
    }
}

impl Answer {
    /// When it is square, in one sentence without a full stop.
    #[must_use]
    pub fn square_in_words(&self) -> String {
        let decision = &self.decision;
        match (decision.break_even_times, decision.break_even_week) {
            (Some(1), Some(week)) => {
                format!("You are square after the first time, in week {week}")
            }
            (Some(times), Some(week)) => {
                format!("You are square after {times} times, in week {week}")
            }
            _ => match self.course.len().saturating_sub(1) {
                1 => "You are not square within 1 week".to_owned(),
                weeks => format!("You are not square within {weeks} weeks"),
            },
        }
    }

    /// The verdict in one sentence, without a full stop.
    #[must_use]
    pub fn verdict_in_words(&self) -> &'static str {
        let frees = self.decision.hours_freed > 0.0;
        match (self.verdict, self.because) {
            (Advice::Delegate, Because::Better) if frees => "Hand it off: they do it better",
            (Advice::Delegate, Because::Better) => {
                "Hand it off: they do it better, though it frees no hour of yours"
            }
            (Advice::Delegate, _) => "Hand it off: your hour is worth more than it costs",
            (Advice::Automate, _) => "Let a machine do it: nobody's time is in it",
            (Advice::Keep, Because::NoDifference) => {
                "It makes no difference: less than an hour's worth either way"
            }
            (Advice::Keep, Because::NoHours) => {
                "Keep it: talk, review and set-up take back the hours it would free"
            }
            (Advice::Keep, _) => "Keep it: it costs more than it gives",
            (Advice::Drop, _) if matches!(self.next, Next::FindOut | Next::TryFirst) => {
                "Drop it at the likeliest figures, though it is not clear yet"
            }
            (Advice::Drop, _) => "Drop it: it brings less than the cheapest way of having it done",
        }
    }
}

impl Question {
    /// Whether what a freed hour is worth hangs on what nobody said: how many of them are used, or what an hour off is worth.
    #[must_use]
    pub fn is_worth_assumed(&self) -> bool {
        let is_assumed = |input| self.assumed.iter().any(|row| row.input == input);
        self.is_use_assumed()
            || self.case.get(Input::ShareRedeployed) < 1.0 && is_assumed(Input::ValueOfRestHour)
    }

    /// Whether nobody said what share of the freed hours is used.
    #[must_use]
    pub fn is_use_assumed(&self) -> bool {
        let mut assumed = self.assumed.iter();
        assumed.any(|row| row.input == Input::ShareRedeployed)
    }
}
