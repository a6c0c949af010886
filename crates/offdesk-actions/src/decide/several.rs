//! Several ways of having an activity done, side by side: who is the best, how often, and whether it is worth knowing more.

use offdesk_domain::decision::chance::{DRAWS, Doubt};
use offdesk_domain::decision::choice::{Choice, choose};
use offdesk_domain::decision::comparison::{Chance, Dropped, Way, compare, drop_value, dropping};
use offdesk_domain::decision::{Advice, Input, decide};

use super::step::{Step, review_of, trials};
use super::{Answer, DropDoubt, Next, Question, SEED, Trial, at_likeliest, hour_of};

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
    /// What no longer doing it comes to, where it was said what it brings.
    pub dropped: Option<Dropped>,
    /// What is in doubt of that; `None` where nothing is.
    pub drop_doubt: Option<DropDoubt>,
    /// What to choose: the most at the likeliest figures.
    pub choice: Choice,
    /// Another choice that comes to the same but for an hour of the owner's.
    pub same_as: Option<Choice>,
    /// What knowing everything would bring on average, beside the choice.
    pub value_of_knowing: f64,
    /// How to go on.
    pub next: Next,
    /// The trial to make first and of which way, where that is the next step.
    pub trial: Option<(usize, Trial)>,
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

/// What is gained by no longer doing it, where it was said what it brings.
fn dropped_of(questions: &[Question]) -> Option<f64> {
    let first = questions.first()?;
    let [_, brings, _] = first.value_when_done?;
    Some(drop_value(&first.case, brings))
}

/// Weighs several ways. What is in doubt of the owner is the same for all of them, so it is drawn once.
#[must_use]
pub fn weigh(mut questions: Vec<Question>) -> Weighed {
    let first = questions.first();
    let brings = first.and_then(|question| question.value_when_done);
    let dropped = first.and_then(|first| Some(dropping(&first.case, brings?[1])));
    let hour = first.map_or(0.0, hour_of);
    let has_doubts = questions.iter().any(Question::is_in_doubt);
    let values: Vec<f64> = questions
        .iter()
        .map(|question| decide(&question.case).net_value)
        .collect();
    let (choice, same_as) = choice_of(&questions, &values);
    let (own, ways) = if has_doubts {
        drawn(&questions)
    } else {
        known(&questions)
    };
    let draws = if has_doubts { DRAWS } else { 1 };
    let compared = compare(&own, &ways, brings, draws, SEED);
    let first = questions.first().filter(|_| has_doubts);
    let drop_doubt = first.and_then(|first| DropDoubt::of(first, &compared));
    for question in &mut questions {
        // Dropping it stands beside all of them, and is in the verdict of none.
        question.value_when_done = None;
    }
    let means: Vec<f64> = compared.ways.iter().map(|way| way.chances.mean).collect();
    let chosen_mean = match choice {
        Choice::Way(at) => means.get(at).copied().unwrap_or(0.0),
        Choice::Keep => 0.0,
        Choice::Drop => compared.dropped,
    };
    let mut weighed = Weighed {
        sides: Vec::new(),
        keep_best: compared.keep_best,
        drop_best: compared.drop_best,
        dropped,
        drop_doubt,
        choice,
        same_as,
        value_of_knowing: (compared.best_of_all - chosen_mean).max(0.0),
        next: Next::Unknown,
        trial: None,
    };
    let sides = questions.into_iter().zip(compared.ways).enumerate();
    let sides = sides.map(|(at, (question, way))| {
        // The best of the others: keeping it, and dropping it where that can be.
        let others = means.iter().enumerate().filter(|(other, _)| *other != at);
        let others = others.map(|(_, mean)| *mean).chain([compared.dropped]);
        let instead = others.fold(0.0, f64::max);
        let mut answer = at_likeliest(&question);
        let best = way.best;
        if has_doubts {
            let alone = alone(&mut answer, &way, hour);
            let trials = trials(&question.case, &way, 0.0, alone);
            answer.go_on(alone, trials, review_of(&question.case));
        }
        (
            Side {
                question,
                answer,
                best,
            },
            way,
            instead,
        )
    });
    let sides: Vec<(Side, Chance, f64)> = sides.collect();
    if has_doubts {
        weighed.go_on(&sides, hour);
    }
    weighed.sides = sides.into_iter().map(|(side, ..)| side).collect();
    weighed
}

impl Weighed {
    /// Takes the next step: a trial of that way whose trial is worth the most, where one is worth it.
    fn go_on(&mut self, sides: &[(Side, Chance, f64)], hour: f64) {
        let best = match self.choice {
            Choice::Way(at) => sides.get(at).map_or(0.0, |(side, ..)| side.best),
            Choice::Keep => self.keep_best,
            Choice::Drop => self.drop_best,
        };
        let step = Step {
            best,
            knowing: self.value_of_knowing,
            hour,
        };
        let tried = sides.iter().enumerate().map(|(at, (side, way, instead))| {
            let case = &side.question.case;
            let trials = trials(case, way, *instead, step);
            (at, step.next(&trials, review_of(case)))
        });
        let steps: Vec<(usize, (Next, Option<Trial>))> = tried.collect();
        self.next = steps.first().map_or(Next::Unknown, |(_, (next, _))| *next);
        let trials = steps
            .iter()
            .filter_map(|(at, (_, trial))| Some((*at, (*trial)?)));
        self.trial = trials.max_by(|a, b| a.1.worth.total_cmp(&b.1.worth).then(b.0.cmp(&a.0)));
        if self.trial.is_some() {
            self.next = Next::TryFirst;
        }
    }
}

/// What is in doubt of the owner, and the ways with what is in doubt of each alone.
fn drawn(questions: &[Question]) -> (Vec<(Input, Doubt)>, Vec<Way>) {
    let of_owner = |(input, _): &&(Input, Doubt)| input.is_of_owner();
    let own = questions.first().map_or_else(Vec::new, |question| {
        question.doubts.iter().filter(of_owner).copied().collect()
    });
    let ways = questions.iter().map(|question| {
        let all = question.drawn().into_iter();
        Way {
            case: question.case,
            doubts: all.filter(|doubt| !of_owner(&doubt)).collect(),
        }
    });
    (own, ways.collect())
}

/// The ways where nothing is in doubt.
fn known(questions: &[Question]) -> (Vec<(Input, Doubt)>, Vec<Way>) {
    let ways = questions.iter().map(|question| Way {
        case: question.case,
        doubts: Vec::new(),
    });
    (Vec::new(), ways.collect())
}

/// How sure a way is by itself, beside keeping the work alone, with what its draws gave.
fn alone(answer: &mut Answer, way: &Chance, hour: f64) -> Step {
    let is_handed = matches!(answer.verdict, Advice::Delegate | Advice::Automate);
    let loss = way.chances.chance_of_loss;
    answer.draw(way.clone());
    Step {
        best: if is_handed { 1.0 - loss } else { loss },
        knowing: answer
            .chances
            .as_ref()
            .map_or(0.0, |chances| chances.value_of_knowing),
        hour,
    }
}
