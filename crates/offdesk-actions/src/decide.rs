//! Whether handing an activity over pays: one handoff from a case as people write it, or several ways side by side. Numbers, or
//! ranges where a number is not known.

pub mod json;
mod question;
mod several;
mod typed;
mod words;

use offdesk_domain::decision::chance::{Chances, DRAWS, band, tornado};
pub use offdesk_domain::decision::choice::Choice;
use offdesk_domain::decision::choice::choose;
use offdesk_domain::decision::comparison::{Compared, Way, compare, drop_value};
use offdesk_domain::decision::trial::{Belief, Payoff, value_of_trial};
use offdesk_domain::decision::{Advice, Because, Case, Decision, Input, course, decide};

pub(crate) use self::question::numbers;
pub use self::question::{Question, QuestionError, VALUE_WHEN_DONE};
pub use self::several::{Side, Weighed, choice_of, weigh};
pub use self::typed::{Figure, typed_figure};
pub use self::words::PaysFrom;

/// Draws begin here, so that the same case gives the same figures.
const SEED: u64 = 2026;
/// The band of the course is drawn so often.
const BAND_DRAWS: usize = 2_000;
/// A fault rate is believed as if so many deliverables had been seen.
const SEEN: f64 = 10.0;
/// Trials that are weighed.
const TRIALS: [u32; 3] = [5, 10, 20];
/// A choice that is the better one this often needs no trial.
const SURE: f64 = 0.8;

/// What comes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The figures at the likeliest numbers.
    pub decision: Decision,
    /// What to do.
    pub verdict: Advice,
    /// Why.
    pub because: Because,
    /// What the ranges give; `None` where nothing is in doubt.
    pub chances: Option<Chances>,
    /// What each range does by itself, the widest first.
    pub tornado: Vec<(Input, [f64; 2])>,
    /// The next step.
    pub next: Next,
    /// What trials of so many assignments are worth, as far as they are worth an hour of the owner's.
    pub trials: Vec<(u32, f64)>,
    /// How many of them to try, where one of the trials is worth more than its reviews take.
    pub trial: Option<u32>,
    /// What is gained by no longer doing it, where it was said what it brings.
    pub dropped: Option<f64>,
    /// The sum since the beginning at the end of each week from 0.
    pub course: Vec<f64>,
    /// For each of these the sums that one in twenty draws lies below, and above; empty where nothing is in doubt.
    pub band: Vec<(f64, f64)>,
}

/// How to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is sure enough: more thinking is not worth it.
    Go,
    /// Try a few assignments first.
    TryFirst,
    /// Nothing is known of the doubt: no ranges were given.
    Unknown,
}

/// Weighs a handoff.
#[must_use]
pub fn answer(question: &Question) -> Answer {
    let compared = (!question.doubts.is_empty()).then(|| {
        let way = Way {
            case: question.case,
            doubts: question.doubts.clone(),
        };
        compare(&[], &[way], question.value_when_done, DRAWS, SEED)
    });
    let chances = compared
        .as_ref()
        .and_then(|compared| compared.ways.first())
        .map(|way| way.chances.clone());
    let mut found = answer_with(question, chances, 0.0);
    if let Some(compared) = &compared {
        go_on(&mut found, compared, &question.case);
    }
    found
}

/// How to go on with a verdict: how often it is the best, and what knowing everything would bring beside it.
fn go_on(found: &mut Answer, compared: &Compared, case: &Case) {
    let way = compared.ways.first();
    let (best, mean) = match found.verdict {
        Advice::Delegate | Advice::Automate => {
            way.map_or((0.0, 0.0), |way| (way.best, way.chances.mean))
        }
        Advice::Keep => (compared.keep_best, 0.0),
        Advice::Drop => (compared.drop_best, compared.dropped),
    };
    let knowing = compared.best_of_all - mean;
    if let Some(chances) = &mut found.chances {
        chances.value_of_knowing = knowing;
    }
    found.next = go_or_try(best, knowing, case.get(Input::ValueOfWorkHour));
}

/// A choice that is sure enough is made, and so is one of which knowing more is worth less than an hour.
fn go_or_try(best: f64, value_of_knowing: f64, hour: f64) -> Next {
    if best >= SURE || value_of_knowing < hour {
        Next::Go
    } else {
        Next::TryFirst
    }
}

/// All of the answer but the next step; `instead` is what the best other choice brings, which a trial would have to change.
fn answer_with(question: &Question, chances: Option<Chances>, instead: f64) -> Answer {
    let case = &question.case;
    let decision = decide(case);
    let (mut verdict, mut because) = decision.verdict(case);
    let hour = case.get(Input::ValueOfWorkHour);
    let dropped = question
        .value_when_done
        .map(|brings| drop_value(case, brings));
    if choose(&[decision.net_value], dropped, hour).0 == Choice::Drop {
        (verdict, because) = (Advice::Drop, Because::NotNeeded);
    }
    let trials = trials(case, instead);
    // A trial reviews everything, which takes the owner's time.
    let review = case.get(Input::ReviewHours) * case.worth();
    let worth_it = |(assignments, worth): &(u32, f64)| worth - f64::from(*assignments) * review;
    let best = trials
        .iter()
        .max_by(|a, b| worth_it(a).total_cmp(&worth_it(b)));
    let chances = chances.map(|chances| beside_keeping(chances, verdict));
    Answer {
        decision,
        verdict,
        because,
        tornado: tornado(case, &question.ranges),
        next: Next::Unknown,
        trial: best
            .filter(|trial| worth_it(trial) > 0.0)
            .map(|(assignments, _)| *assignments),
        trials: trials
            .iter()
            .filter(|(_, worth)| *worth > hour)
            .copied()
            .collect(),
        dropped,
        course: course(case),
        band: if chances.is_some() {
            band(case, &question.doubts, BAND_DRAWS, SEED)
        } else {
            Vec::new()
        },
        chances,
    }
}

/// The chances, with what knowing everything would bring beside the verdict where handing it over and keeping it are all there is.
fn beside_keeping(chances: Chances, verdict: Advice) -> Chances {
    let is_handed = matches!(verdict, Advice::Delegate | Advice::Automate);
    let chosen = if is_handed { chances.mean } else { 0.0 };
    let best = chances.value_of_knowing + chances.mean.max(0.0);
    Chances {
        value_of_knowing: best - chosen,
        ..chances
    }
}

/// What it is worth to see a few assignments before deciding, as far as the fault rate goes: the net value is a line in
/// it.
fn trials(case: &Case, instead: f64) -> [(u32, f64); TRIALS.len()] {
    let at = |rate: f64| decide(&case.with(Input::FaultRate, rate)).net_value;
    let constant = at(0.0);
    let payoff = Payoff {
        constant: constant - instead,
        slope: at(1.0) - constant,
    };
    let rate = case.get(Input::FaultRate).clamp(0.01, 0.99);
    let belief = Belief {
        faults: rate * SEEN,
        clean: (1.0 - rate) * SEEN,
    };
    TRIALS.map(|assignments| (assignments, value_of_trial(payoff, belief, assignments)))
}

#[cfg(test)]
mod tests {
    use offdesk_domain::decision::INPUTS;

    use super::*;

    const LEAST: &str =
        r#"{"value_of_work_hour": 75, "owner_hours": 1.5, "times_per_week": 4, "rate": 14}"#;

    #[test]
    fn a_case_with_what_has_to_be_said() {
        let question = Question::parse(LEAST).unwrap();
        assert_eq!(question.assumed.len(), INPUTS.len() - 4);
        let found = answer(&question);
        assert_eq!(
            (found.verdict, found.next),
            (Advice::Delegate, Next::Unknown)
        );
        assert!(found.chances.is_none() && found.tornado.is_empty());
        assert_eq!(found.course.len(), 53);
    }

    #[test]
    fn ranges_give_chances() {
        let text = LEAST.replace(
            "\"rate\": 14",
            "\"rate\": [8, 14, 25], \"share_redeployed\": [0.2, 0.7, 1], \"currency\": \"EUR\"",
        );
        let question = Question::parse(&text).unwrap();
        assert_eq!(
            question.currency.map(|it| it.to_string()).as_deref(),
            Some("EUR")
        );
        let found = answer(&question);
        let chances = found.chances.unwrap();
        assert!(chances.p5 < chances.p50 && chances.p50 < chances.p95);
        assert_eq!(found.tornado.len(), 2);
        assert_eq!(found.next, Next::Go);
    }

    #[test]
    fn a_doubtful_handoff_is_worth_a_trial() {
        let text = r#"{"value_of_work_hour": 60, "owner_hours": 1, "times_per_week": 4, "rate": [10, 20, 50],
            "share_redeployed": [0.1, 0.7, 1], "fault_rate": 0.08, "escape_cost": 60}"#;
        let found = answer(&Question::parse(text).unwrap());
        assert_eq!(found.next, Next::TryFirst, "{found:?}");
    }

    #[test]
    fn cases_that_are_not_understood() {
        for (text, code, line) in [
            ("", "decide.json", Some(1)),
            ("[]", "decide.json", Some(1)),
            ("{\n\"rate\": NaN}", "decide.json", Some(2)),
            ("{\"rate\": 1e999}", "decide.json", Some(1)),
            ("{} {}", "decide.json", Some(1)),
            ("{\n\"rats\": 14}", "decide.unknown", Some(2)),
            (
                "{\"rate\": 14,\n \"rate\": 15}",
                "decide.duplicate",
                Some(1),
            ),
            ("{\"rate\": -1}", "decide.value", Some(1)),
            ("{\"rate\": \"14\"}", "decide.value", Some(1)),
            ("{\"rate\": [25, 14, 8]}", "decide.value", Some(1)),
            ("{\"rate\": [8, 14]}", "decide.value", Some(1)),
            ("{\"share_redeployed\": 70}", "decide.value", Some(1)),
            ("{\"weeks\": 1.5}", "decide.value", Some(1)),
            ("{\"currency\": \"dollars\"}", "decide.value", Some(1)),
            ("{\"currency\": 5}", "decide.value", Some(1)),
            ("{\"value_of_work_hour\": 75}", "decide.missing", None),
        ] {
            let error = Question::parse(text).unwrap_err();
            assert_eq!((error.code, error.line), (code, line), "{text}: {error:?}");
        }
        let error = Question::parse("{\"rats\": 14}").unwrap_err();
        assert_eq!(error.hint, "did you mean \"rate\"?");
        let deep = "[".repeat(100_000);
        assert_eq!(Question::parse(&deep).unwrap_err().code, "decide.json");
    }
}
