//! Several ways of having an activity done, side by side: who is the best, how often, and whether it is worth knowing more.

use offdesk_domain::decision::chance::{DRAWS, Doubt};
use offdesk_domain::decision::choice::{Choice, choose};
use offdesk_domain::decision::comparison::{Way, compare, drop_value};
use offdesk_domain::decision::{Advice, Input, decide};

use super::{Answer, Next, Question, SEED, answer_with, go_or_try};

/// One of the ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// What is known of it.
    pub question: Question,
    /// What comes of it by itself.
    pub answer: Answer,
    /// Share of draws in which it is the best of all; 1 or 0 where nothing is in doubt.
    pub best: f64,
}

/// All of them, weighed.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The ways in their order.
    pub sides: Vec<Side>,
    /// Share of draws in which keeping it is the best.
    pub keep_best: f64,
    /// Share of draws in which dropping it is the best.
    pub drop_best: f64,
    /// What is gained by no longer doing it, where it was said what it brings.
    pub dropped: Option<f64>,
    /// What to choose: the most at the likeliest figures.
    pub choice: Choice,
    /// Another choice that comes to the same but for an hour of the owner's.
    pub same_as: Option<Choice>,
    /// What knowing everything would bring on average, beside the choice.
    pub value_of_knowing: f64,
    /// How to go on.
    pub next: Next,
    /// How many assignments to try first, where that is the next step.
    pub trial: Option<u32>,
}

impl Weighed {
    /// The way that is chosen.
    #[must_use]
    pub fn chosen(&self) -> Option<&Side> {
        match self.choice {
            Choice::Way(at) => self.sides.get(at),
            Choice::Keep | Choice::Drop => None,
        }
    }

    /// Share of draws in which the choice is the best.
    #[must_use]
    pub fn best(&self) -> f64 {
        match self.choice {
            Choice::Way(at) => self.sides.get(at).map_or(0.0, |side| side.best),
            Choice::Keep => self.keep_best,
            Choice::Drop => self.drop_best,
        }
    }
}

/// The choice among several ways by their net values at the likeliest figures, and another one that comes to the same: what every door
/// goes by.
#[must_use]
pub fn choice_of(questions: &[Question], net_values: &[f64]) -> (Choice, Option<Choice>) {
    let hour = questions.first().map_or(0.0, hour_of);
    choose(net_values, dropped_of(questions), hour)
}

fn hour_of(question: &Question) -> f64 {
    question.case.get(Input::ValueOfWorkHour)
}

/// What is gained by no longer doing it, where it was said what it brings.
fn dropped_of(questions: &[Question]) -> Option<f64> {
    let first = questions.first()?;
    let brings = first.value_when_done?;
    Some(drop_value(&first.case, brings))
}

/// Weighs several ways. What is in doubt of the owner is the same for all of them, so it is drawn once.
#[must_use]
pub fn weigh(mut questions: Vec<Question>) -> Weighed {
    let first = questions.first();
    let brings = first.and_then(|question| question.value_when_done);
    let dropped = dropped_of(&questions);
    let hour = first.map_or(0.0, hour_of);
    let values: Vec<f64> = questions
        .iter()
        .map(|question| decide(&question.case).net_value)
        .collect();
    let (choice, same_as) = choice_of(&questions, &values);
    let (own, ways) = drawn(&questions);
    for question in &mut questions {
        // Dropping it stands beside all of them, and is in the verdict of none.
        question.value_when_done = None;
    }
    let has_doubts = questions.iter().any(|question| !question.doubts.is_empty());
    let draws = if has_doubts { DRAWS } else { 1 };
    let compared = compare(&own, &ways, brings, draws, SEED);
    let means: Vec<f64> = compared.ways.iter().map(|way| way.chances.mean).collect();
    let chosen_mean = match choice {
        Choice::Way(at) => means.get(at).copied().unwrap_or(0.0),
        Choice::Keep => 0.0,
        Choice::Drop => compared.dropped,
    };
    let sides = questions.into_iter().zip(compared.ways).enumerate();
    let sides = sides.map(|(at, (question, way))| {
        // The best of the others, keeping it included.
        let others = means.iter().enumerate().filter(|(other, _)| *other != at);
        let instead = others.map(|(_, mean)| *mean).fold(0.0, f64::max);
        let chances = has_doubts.then_some(way.chances);
        let mut answer = answer_with(&question, chances, instead);
        answer.next = alone(&answer, hour);
        Side {
            answer,
            question,
            best: way.best,
        }
    });
    let mut weighed = Weighed {
        sides: sides.collect(),
        keep_best: compared.keep_best,
        drop_best: compared.drop_best,
        dropped,
        choice,
        same_as,
        value_of_knowing: compared.best_of_all - chosen_mean,
        next: Next::Unknown,
        trial: None,
    };
    if has_doubts {
        weighed.next = go_or_try(weighed.best(), weighed.value_of_knowing, hour);
    }
    if weighed.next == Next::TryFirst {
        weighed.trial = weighed.chosen().and_then(|side| side.answer.trial);
    }
    weighed
}

/// What is in doubt of the owner, and the ways with what is in doubt of each alone.
fn drawn(questions: &[Question]) -> (Vec<(Input, Doubt)>, Vec<Way>) {
    let of_owner = |(input, _): &&(Input, Doubt)| input.is_of_owner();
    let own = questions.first().map_or_else(Vec::new, |question| {
        question.doubts.iter().filter(of_owner).copied().collect()
    });
    let ways = questions.iter().map(|question| {
        let single = question.doubts.iter().filter(|doubt| !of_owner(doubt));
        Way {
            case: question.case,
            doubts: single.copied().collect(),
        }
    });
    (own, ways.collect())
}

/// How to go on with a way by itself, beside keeping the work alone.
fn alone(answer: &Answer, hour: f64) -> Next {
    answer.chances.as_ref().map_or(Next::Unknown, |chances| {
        let is_handed = matches!(answer.verdict, Advice::Delegate | Advice::Automate);
        let loss = chances.chance_of_loss;
        let sure = if is_handed { 1.0 - loss } else { loss };
        go_or_try(sure, chances.value_of_knowing, hour)
    })
}
