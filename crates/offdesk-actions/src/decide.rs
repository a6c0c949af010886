//! Whether one handoff pays, from a case as people write it: numbers, or ranges where a number is not known.

use std::fmt;

use offdesk_domain::Currency;
use offdesk_domain::decision::chance::{Chances, DRAWS, Doubt, chances, tornado};
use offdesk_domain::decision::trial::{Belief, Payoff, value_of_trial};
use offdesk_domain::decision::{
    Advice, Because, Case, CaseError, Decision, INPUTS, Input, Row, course, decide,
};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// Draws begin here, so that the same case gives the same figures.
const SEED: u64 = 2026;
/// A fault rate is believed as if so many deliverables had been seen.
const SEEN: f64 = 10.0;
/// Trials that are weighed.
const TRIALS: [u32; 3] = [5, 10, 20];
/// A choice that is the better one this often needs no trial.
const SURE: f64 = 0.8;

/// A handoff to be decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The likeliest number of every input.
    pub case: Case,
    /// What is in doubt.
    pub doubts: Vec<(Input, Doubt)>,
    /// The ends of each range.
    pub ranges: Vec<(Input, [f64; 2])>,
    /// Inputs that nobody said.
    pub assumed: Vec<&'static Row>,
    /// The currency of all amounts, where it was said.
    pub currency: Option<Currency>,
    /// What the handoff is called, where it was said.
    pub name: Option<String>,
}

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
    /// The sum since the beginning at the end of each week.
    pub course: Vec<f64>,
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

/// Why a case is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QuestionError {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Line, from 1, where it is known.
    pub line: Option<usize>,
    /// Column, from 1, where it is known.
    pub column: Option<usize>,
    /// What to type next; may be empty.
    pub hint: String,
}

impl QuestionError {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            line: None,
            column: None,
            hint: String::new(),
        }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// At the line and column of a key in the text.
    fn at_key(mut self, key: &str, text: &str) -> Self {
        let quoted = format!("\"{key}\"");
        let found = (1..).zip(text.lines()).find_map(|(line, content)| {
            let before = content.get(..content.find(&quoted)?)?;
            Some((line, before.chars().count() + 1))
        });
        self.line = found.map(|(line, _)| line);
        self.column = found.map(|(_, column)| column);
        self
    }
}

/// The members of an object in their order, the same key twice included.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a number for each input")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl Question {
    /// Reads a case: an object with a number for each input, or `[low, likely, high]` where it is not known.
    ///
    /// # Errors
    /// [`QuestionError`] with `decide.json`, `decide.unknown`, `decide.duplicate`, `decide.missing` or `decide.value`.
    pub fn parse(text: &str) -> Result<Self, QuestionError> {
        let text = text.trim_start_matches('\u{feff}');
        let Members(members) = serde_json::from_str(text).map_err(|error| QuestionError {
            line: Some(error.line()),
            column: Some(error.column()),
            ..QuestionError::new("decide.json", format!("this is no case: {}", bare(&error)))
        })?;
        let mut said: Vec<(Input, [f64; 3])> = Vec::new();
        let (mut currency, mut name) = (None, None);
        for (at, (key, value)) in members.iter().enumerate() {
            if members.iter().take(at).any(|(other, _)| other == key) {
                let message = format!("\"{key}\" stands twice");
                return Err(QuestionError::new("decide.duplicate", message).at_key(key, text));
            }
            let refuse = |why: &str| {
                let message = format!("\"{key}\" {why}");
                QuestionError::new("decide.value", message).at_key(key, text)
            };
            match (key.as_str(), value) {
                ("currency", Value::String(code)) => {
                    let parsed = code.parse().map_err(|_| refuse("is not a currency code"))?;
                    currency = Some(parsed);
                }
                ("name", Value::String(text)) => name = Some(text.clone()),
                ("currency" | "name", _) => return Err(refuse("is not a text")),
                _ => {
                    let row = INPUTS.iter().find(|row| row.key == key);
                    let row = row.ok_or_else(|| unknown(key, text))?;
                    let numbers = numbers(value).ok_or_else(|| {
                        refuse("is neither a number nor [low, likely, high] in that order")
                    })?;
                    for number in numbers {
                        row.check(number).map_err(|error| of_case(&error, text))?;
                    }
                    said.push((row.input, numbers));
                }
            }
        }
        let of = |input: Input| said.iter().find(|(known, _)| *known == input);
        let case = Case::new(|input| of(input).map(|(_, [_, likely, _])| *likely))
            .map_err(|error| of_case(&error, text))?;
        let ranges: Vec<(Input, [f64; 2])> = said
            .iter()
            .filter(|(_, [low, _, high])| low < high)
            .map(|(input, [low, _, high])| (*input, [*low, *high]))
            .collect();
        let doubts = said.iter().filter(|(_, [low, _, high])| low < high);
        Ok(Self {
            doubts: doubts
                .map(|(input, [low, likely, high])| {
                    let (low, likely, high) = (*low, *likely, *high);
                    (*input, Doubt::Triangular { low, likely, high })
                })
                .collect(),
            ranges,
            assumed: INPUTS
                .iter()
                .filter(|row| of(row.input).is_none())
                .collect(),
            case,
            currency,
            name,
        })
    }
}

/// A number, or three in order.
fn numbers(value: &Value) -> Option<[f64; 3]> {
    match value {
        Value::Number(number) => Some([number.as_f64()?; 3]),
        Value::Array(all) => {
            let [low, likely, high] = all.as_slice() else {
                return None;
            };
            let three = [low.as_f64()?, likely.as_f64()?, high.as_f64()?];
            three.is_sorted().then_some(three)
        }
        _ => None,
    }
}

fn unknown(key: &str, text: &str) -> QuestionError {
    let nearest = INPUTS.iter().max_by(|a, b| {
        strsim::jaro_winkler(a.key, key).total_cmp(&strsim::jaro_winkler(b.key, key))
    });
    let hint = nearest.map_or(String::new(), |row| {
        format!("did you mean \"{}\"?", row.key)
    });
    let message = format!(
        "there is no input \"{}\"",
        offdesk_import::problem::shown(key)
    );
    QuestionError::new("decide.unknown", message)
        .at_key(key, text)
        .hint(hint)
}

fn of_case(error: &CaseError, text: &str) -> QuestionError {
    let message = error.to_string();
    match error {
        CaseError::Missing { key, .. } => QuestionError::new("decide.missing", message).hint(
            format!("add it, such as  \"{key}\": 14  or  \"{key}\": [8, 14, 25]"),
        ),
        CaseError::Outside { key, .. } | CaseError::NotWhole { key, .. } => {
            QuestionError::new("decide.value", message).at_key(key, text)
        }
    }
}

/// The message of a JSON error without its place, which is told apart.
fn bare(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text.get(..end).unwrap_or(&text).to_owned()
}

/// Weighs a handoff.
#[must_use]
pub fn answer(question: &Question) -> Answer {
    let case = &question.case;
    let decision = decide(case);
    let (verdict, because) = decision.verdict(case);
    let chances =
        (!question.doubts.is_empty()).then(|| chances(case, &question.doubts, DRAWS, SEED));
    // How often what the verdict says is the better choice.
    let is_handed = matches!(verdict, Advice::Delegate | Advice::Automate);
    let hour = case.get(Input::ValueOfWorkHour);
    let next = chances.as_ref().map_or(Next::Unknown, |chances| {
        let sure = if is_handed {
            1.0 - chances.chance_of_loss
        } else {
            chances.chance_of_loss
        };
        if sure >= SURE || chances.value_of_knowing < hour {
            Next::Go
        } else {
            Next::TryFirst
        }
    });
    Answer {
        decision,
        verdict,
        because,
        chances,
        tornado: tornado(case, &question.ranges),
        next,
        trials: trials(case, hour),
        course: course(case),
    }
}

/// What it is worth to see a few assignments before deciding, as far as the fault rate goes: the net value is a line in
/// it.
fn trials(case: &Case, least: f64) -> Vec<(u32, f64)> {
    let at = |rate: f64| decide(&case.with(Input::FaultRate, rate)).net_value;
    let constant = at(0.0);
    let payoff = Payoff {
        constant,
        slope: at(1.0) - constant,
    };
    let rate = case.get(Input::FaultRate).clamp(0.01, 0.99);
    let belief = Belief {
        faults: rate * SEEN,
        clean: (1.0 - rate) * SEEN,
    };
    let all = TRIALS.map(|assignments| (assignments, value_of_trial(payoff, belief, assignments)));
    all.into_iter()
        .filter(|(_, worth)| *worth > least)
        .collect()
}

#[cfg(test)]
mod tests {
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
