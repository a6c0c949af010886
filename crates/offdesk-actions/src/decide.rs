//! Whether handing an activity over pays: one handoff from a case as people write it, or several ways side by side. Numbers, or
//! ranges where a number is not known.

mod currencies;
mod going_on;
pub mod json;
mod mistake;
mod question;
mod several;
mod step;
pub mod tables;
mod typed;
mod words;

use offdesk_domain::decision::chance::{Chances, DRAWS, tornado};
pub use offdesk_domain::decision::choice::Choice;
use offdesk_domain::decision::choice::choose;
use offdesk_domain::decision::comparison::{
    Chance, Compared, Dropped, Way, compare, drop_tornado, dropping,
};
use offdesk_domain::decision::{Advice, Because, Decision, Input, course, decide};

pub use self::going_on::{BRINGS, Saying};
pub use self::mistake::QuestionError;
pub(crate) use self::question::numbers;
pub use self::question::{NO_AMOUNT, Question, VALUE_WHEN_DONE, brings};
pub use self::several::{Side, Weighed, choice_of, weigh};
pub use self::step::{Next, Trial};
use self::step::{Step, review_of, trials};
pub use self::typed::{Figure, typed_figure};
pub use self::words::PaysFrom;

/// Draws begin here, so that the same case gives the same figures.
const SEED: u64 = 2026;

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
    /// The trials that are worth more than their reviews take, and an hour of the owner's; none unless a trial is the next step.
    pub trials: Vec<Trial>,
    /// The one of them to make.
    pub trial: Option<Trial>,
    /// What no longer doing it comes to, where it was said what it brings.
    pub dropped: Option<Dropped>,
    /// What is in doubt of that; `None` where nothing is.
    pub drop_doubt: Option<DropDoubt>,
    /// The sum since the beginning at the end of each week from 0.
    pub course: Vec<f64>,
    /// For each of these the sums that one in twenty draws lies below, and above; empty where nothing is in doubt.
    pub band: Vec<(f64, f64)>,
}

/// What is in doubt of no longer doing it.
#[derive(Debug, Clone, PartialEq)]
pub struct DropDoubt {
    /// What the ranges give.
    pub chances: Chances,
    /// Share of draws in which nothing else is better.
    pub best: f64,
    /// What each range does by itself, the widest first; `None` is what each time brings.
    pub tornado: Vec<(Option<Input>, [f64; 2])>,
}

impl DropDoubt {
    /// That of draws for a question, where it says what each time brings.
    fn of(question: &Question, compared: &Compared) -> Option<Self> {
        let brings = question.value_when_done?;
        Some(Self {
            chances: compared.drop_chances.clone()?,
            best: compared.drop_best,
            tornado: drop_tornado(&question.case, &question.ranges, brings),
        })
    }
}

/// Weighs a handoff.
#[must_use]
pub fn answer(question: &Question) -> Answer {
    let mut found = at_likeliest(question);
    if !question.is_in_doubt() {
        return found;
    }
    let way = Way {
        case: question.case,
        doubts: question.drawn(),
    };
    let compared = compare(&[], &[way], question.value_when_done, DRAWS, SEED);
    let (best, mean) = match (found.verdict, compared.ways.first()) {
        (Advice::Delegate | Advice::Automate, Some(way)) => (way.best, way.chances.mean),
        (Advice::Drop, _) => (compared.drop_best, compared.dropped),
        _ => (compared.keep_best, 0.0),
    };
    // Nothing is gained by knowing less; the sums differ in their last digits.
    let knowing = (compared.best_of_all - mean).max(0.0);
    let step = Step {
        best,
        knowing,
        hour: hour_of(question),
    };
    found.drop_doubt = DropDoubt::of(question, &compared);
    if let Some(way) = compared.ways.into_iter().next() {
        let trials = trials(&question.case, &way, compared.dropped.max(0.0), step);
        found.draw(way);
        if let Some(chances) = &mut found.chances {
            chances.value_of_knowing = knowing;
        }
        found.go_on(step, trials, review_of(&question.case));
    }
    found
}

/// All of the answer that follows from the likeliest numbers.
fn at_likeliest(question: &Question) -> Answer {
    let case = &question.case;
    let decision = decide(case);
    let (mut verdict, mut because) = decision.verdict(case);
    let dropped = question
        .value_when_done
        .map(|[_, brings, _]| dropping(case, brings));
    let gain = dropped.map(|it| it.net_value);
    if choose(&[decision.net_value], gain, hour_of(question)).0 == Choice::Drop {
        (verdict, because) = (Advice::Drop, Because::NotNeeded);
    }
    Answer {
        decision,
        verdict,
        because,
        chances: None,
        tornado: tornado(case, &question.ranges),
        next: Next::Unknown,
        trials: Vec::new(),
        trial: None,
        dropped,
        drop_doubt: None,
        course: course(case),
        band: Vec::new(),
    }
}

impl Answer {
    /// Takes what the draws gave; what knowing everything would bring stands beside the verdict, where handing it over and keeping it are
    /// all there is.
    fn draw(&mut self, way: Chance) {
        let chances = way.chances;
        let is_handed = matches!(self.verdict, Advice::Delegate | Advice::Automate);
        let chosen = if is_handed { chances.mean } else { 0.0 };
        let best = chances.value_of_knowing + chances.mean.max(0.0);
        self.band = way.band;
        self.chances = Some(Chances {
            value_of_knowing: best - chosen,
            ..chances
        });
    }
}

/// What an hour of the owner's best work is worth: less than that is no difference.
fn hour_of(question: &Question) -> f64 {
    question.case.get(Input::ValueOfWorkHour)
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
    fn a_case_says_shares_in_hundredths_as_the_prompt_does() {
        let said = |share: &str, faults: &str| {
            LEAST.replace(
                '}',
                &format!(", \"share_redeployed\": {share}, \"fault_rate\": {faults}}}"),
            )
        };
        let typed = Question::parse(&said("\"70%\"", "[\"1%\", \"10 %\", 0.6]")).unwrap();
        let plain = Question::parse(&said("0.7", "[0.01, 0.1, 0.6]")).unwrap();
        assert_eq!(typed, plain);
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
        // The course ends where the net value lies, drawn alike.
        assert_eq!(found.band.last(), Some(&(chances.p5, chances.p95)));
        assert_eq!(found.next, Next::Go);
    }

    #[test]
    fn a_doubtful_handoff_is_worth_a_trial() {
        let text = r#"{"value_of_work_hour": 60, "value_of_rest_hour": 0, "owner_hours": 1, "times_per_week": 4, "rate": 18,
            "review_hours": 0.05, "share_redeployed": [0.4, 0.7, 1], "fault_rate": [0.01, 0.1, 0.6]}"#;
        let found = answer(&Question::parse(text).unwrap());
        assert_eq!(found.next, Next::TryFirst, "{found:?}");
        let trial = found.trial.unwrap();
        assert!(found.trials.contains(&trial) && trial.worth >= 60.0);
        assert!(
            found
                .trials
                .iter()
                .all(|it| it.worth <= found.chances.as_ref().unwrap().value_of_knowing)
        );
        // A fault rate that was said is known: trying would tell nothing, and what is in doubt is to be found out otherwise.
        let known = text.replace("[0.01, 0.1, 0.6]", "0.16");
        let found = answer(&Question::parse(&known).unwrap());
        assert_eq!(
            (found.next, found.trial),
            (Next::FindOut, None),
            "{found:?}"
        );
    }

    #[test]
    fn a_trial_and_what_knowing_more_is_worth_never_contradict_each_other() {
        for rate in [5.0, 15.0, 20.0, 22.0, 25.0, 30.0, 40.0, 80.0] {
            for faults in [
                "",
                ", \"fault_rate\": [0, 0.1, 0.6]",
                ", \"fault_rate\": 0.1",
            ] {
                let text = format!(
                    r#"{{"value_of_work_hour": [40, 60, 80], "owner_hours": 1, "times_per_week": 4, "rate": {rate}{faults}}}"#
                );
                let found = answer(&Question::parse(&text).unwrap());
                let knowing = found.chances.as_ref().unwrap().value_of_knowing;
                assert_eq!(
                    found.trial.is_some(),
                    found.next == Next::TryFirst,
                    "{text}"
                );
                assert_eq!(found.trials.is_empty(), found.trial.is_none(), "{text}");
                match found.trial {
                    Some(trial) => assert!(trial.worth >= 60.0 && trial.worth <= knowing, "{text}"),
                    None if found.next == Next::FindOut => assert!(knowing >= 60.0, "{text}"),
                    None => {}
                }
            }
        }
        // Without a range nothing is in doubt, and nothing is said of a trial.
        let found = answer(&Question::parse(LEAST).unwrap());
        assert_eq!(
            (found.next, found.trial, found.trials.len()),
            (Next::Unknown, None, 0)
        );
    }

    #[test]
    fn dropping_has_figures_of_its_own() {
        let text = LEAST.replace(
            "\"rate\": 14",
            "\"rate\": 90, \"weeks\": 10, \"discount_rate\": 0, \"share_redeployed\": 1, \"value_when_done\": 20",
        );
        let found = answer(&Question::parse(&text).unwrap());
        assert_eq!(found.verdict, Advice::Drop);
        let dropped = found.dropped.unwrap();
        // Forty times: 1.5 hours at 75 come back, 3 % of faults at 80 are spared, 20 are lost.
        for (found, expected) in [
            (dropped.hours, 60.0),
            (dropped.hours_value, 4_500.0),
            (dropped.faults_value, 96.0),
            (dropped.lost, 800.0),
            (dropped.net_value, 3_796.0),
        ] {
            assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
        }
        // A range of what it brings is drawn like any other.
        let range = text.replace(
            "\"value_when_done\": 20",
            "\"value_when_done\": [10, 20, 400]",
        );
        let found = answer(&Question::parse(&range).unwrap());
        assert!(found.chances.unwrap().value_of_knowing > 0.0);
        assert_eq!(found.dropped, Some(dropped));
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
            ("{\"currency\": \"XXQ\"}", "decide.value", Some(1)),
            ("{\"rate\": \"14%\"}", "decide.value", Some(1)),
            ("{\"share_redeployed\": \"170%\"}", "decide.value", Some(1)),
            ("{\"currency\": 5}", "decide.value", Some(1)),
            ("{\"value_when_done\": [5, 2, 9]}", "decide.value", Some(1)),
            ("{\"value_when_done\": \"5\"}", "decide.value", Some(1)),
            (
                "{\"currency\": \"USD\",\n \"value_when_done\": \"5 EUR\"}",
                "decide.currency",
                Some(2),
            ),
            // Wherever the currency stands, and in lists as well.
            (
                "{\"rate\": \"14 EUR\",\n \"currency\": \"USD\"}",
                "decide.currency",
                Some(1),
            ),
            (
                "{\"rate\": [\"8 EUR\", 14, 25],\n \"currency\": \"USD\"}",
                "decide.currency",
                Some(1),
            ),
            (
                "{\"value_of_work_hour\": \"75 USD\",\n \"rate\": \"14 EUR\"}",
                "decide.currency",
                Some(2),
            ),
            (
                "{\"value_of_work_hour\": \"$75\",\n \"rate\": \"14 USD\"}",
                "decide.value",
                Some(1),
            ),
            ("{\"value_of_work_hour\": 75}", "decide.missing", None),
        ] {
            let error = Question::parse(text).unwrap_err();
            assert_eq!((error.code, error.line), (code, line), "{text}: {error:?}");
        }
        let blank = LEAST.replace('{', "{\"name\": \" \", ");
        assert_eq!(Question::parse(&blank).map(|it| it.name), Ok(None));
        let error = Question::parse("{\"rats\": 14}").unwrap_err();
        assert_eq!(error.hint, "did you mean \"rate\"?");
        let error = Question::parse("{\"currency\": \"XXQ\"}").unwrap_err();
        assert!(error.hint.starts_with("did you mean "), "{error:?}");
        let error = Question::parse("{\"currency\": \"EUE\"}").unwrap_err();
        assert!(error.hint.contains("EUR"), "{error:?}");
        let deep = "[".repeat(100_000);
        assert_eq!(Question::parse(&deep).unwrap_err().code, "decide.json");
    }
}
