//! A case as people write it, read with the place of every mistake.

use std::fmt;

use offdesk_domain::Currency;
use offdesk_domain::decision::chance::Doubt;
use offdesk_domain::decision::trial::Belief;
use offdesk_domain::decision::{Case, CaseError, INPUTS, Input, Row};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::currencies::{currency_of, near_currencies, one_currency};
use super::mistake::QuestionError;
use super::typed::{Figure, typed_figure};
use crate::json_text;

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
    /// What each time brings that would be lost if nobody did it, low, likely and high, where it was said.
    pub value_when_done: Option<[f64; 3]>,
}

/// The key of what each time brings: not an input of the handoff, but of dropping the work.
pub const VALUE_WHEN_DONE: &str = "value_when_done";

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
    /// [`QuestionError`] with `decide.json`, `decide.unknown`, `decide.duplicate`, `decide.missing`, `decide.currency` or `decide.value`.
    pub fn parse(text: &str) -> Result<Self, QuestionError> {
        let Members(members) = json_text::read(text).map_err(|wrong| QuestionError {
            line: wrong.place.map(|(line, _)| line),
            column: wrong.place.map(|(_, column)| column),
            hint: wrong.hint,
            ..QuestionError::new("decide.json", format!("this is no case: {}", wrong.message))
        })?;
        let mut said: Vec<Figure> = Vec::new();
        let currency = currency_of(&members);
        one_currency(&members, currency).map_err(|(key, error)| error.at_key(key, text))?;
        let (mut name, mut value_when_done) = (None, None);
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
                ("currency", Value::String(_)) if currency.is_some() => {}
                ("currency", Value::String(code)) => {
                    return Err(refuse("is not a currency code").hint(near_currencies(code)));
                }
                // A blank one names nothing.
                ("name", Value::String(text)) => {
                    name = (!text.trim().is_empty()).then(|| text.clone());
                }
                ("currency" | "name", _) => return Err(refuse("is not a text")),
                (VALUE_WHEN_DONE, Value::String(typed)) => {
                    return Err(brought_as_text(typed, currency).at_key(key, text));
                }
                (VALUE_WHEN_DONE, value) => {
                    let brings = brings(value);
                    value_when_done = Some(brings.ok_or_else(|| refuse(NO_AMOUNT))?);
                }
                (key, value) if let Some((input, typed)) = in_hundredths(key, value) => {
                    let numbers = typed_figure(input, &typed, currency);
                    said.push((input, numbers.map_err(|error| error.at_key(key, text))?));
                }
                (key, Value::String(typed)) => {
                    return Err(of_text(key, typed, currency).at_key(key, text));
                }
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
        let question = Self::of(&said).map_err(|error| of_case(&error, text))?;
        Ok(Self {
            currency,
            name,
            value_when_done,
            ..question
        })
    }

    /// Whether anything of it is in doubt.
    #[must_use]
    pub fn is_in_doubt(&self) -> bool {
        let brings = self.value_when_done;
        !self.doubts.is_empty() || brings.is_some_and(|[low, _, high]| low < high)
    }

    /// What is drawn: what is in doubt, and the fault rate where nobody said it, which is believed as if ten deliverables had been seen.
    #[must_use]
    pub fn drawn(&self) -> Vec<(Input, Doubt)> {
        let is_assumed = |row: &&Row| row.input == Input::FaultRate;
        let assumed = self.assumed.iter().copied().find(is_assumed);
        let assumed = assumed.map(|row| {
            let belief = Belief::assumed(self.case.get(row.input));
            (row.input, belief.doubt())
        });
        self.doubts.iter().copied().chain(assumed).collect()
    }

    /// A question from figures that were checked; the rest is as the table of inputs has it.
    ///
    /// # Errors
    /// [`CaseError`] for the first input that is missing or cannot be.
    pub fn of(said: &[Figure]) -> Result<Self, CaseError> {
        let of = |input: Input| said.iter().find(|(known, _)| *known == input);
        let case = Case::new(|input| of(input).map(|(_, [_, likely, _])| *likely))?;
        let in_doubt = said.iter().filter(|(_, [low, _, high])| low < high);
        Ok(Self {
            doubts: in_doubt
                .clone()
                .map(|(input, [low, likely, high])| {
                    let (low, likely, high) = (*low, *likely, *high);
                    (*input, Doubt::Triangular { low, likely, high })
                })
                .collect(),
            ranges: in_doubt
                .map(|(input, [low, _, high])| (*input, [*low, *high]))
                .collect(),
            assumed: INPUTS
                .iter()
                .filter(|row| of(row.input).is_none())
                .collect(),
            case,
            currency: None,
            name: None,
            value_when_done: None,
        })
    }
}

/// A share or a ratio that is written in hundredths, as the prompt takes it: `"70%"`, `["20%", "50%", 1]`.
fn in_hundredths(key: &str, value: &Value) -> Option<(Input, String)> {
    let input = Input::of_key(key).filter(|input| input.takes_per_cent())?;
    let all = match value {
        Value::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    let is_one = |value: &Value| matches!(value, Value::String(text) if text.ends_with('%'));
    let parts = all.iter().map(|value| match value {
        Value::String(text) if text.ends_with('%') => Some(text.replace(' ', "")),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let parts = parts.collect::<Option<Vec<String>>>()?;
    all.iter().any(is_one).then(|| (input, parts.join(" ")))
}

/// The error for a figure that is a text: an amount in a currency of its own, or no number at all.
fn of_text(key: &str, typed: &str, currency: Option<Currency>) -> QuestionError {
    let of_input = Input::of_key(key).map(|input| typed_figure(input, typed, currency));
    match of_input {
        Some(Err(error)) if error.code == "decide.currency" => error,
        Some(_) => QuestionError::new(
            "decide.value",
            format!("\"{key}\" is neither a number nor [low, likely, high] in that order"),
        )
        .hint("write the number without quotes"),
        None => unknown(key, ""),
    }
}

/// The same for what each time brings, which is an amount like any other.
fn brought_as_text(typed: &str, currency: Option<Currency>) -> QuestionError {
    let like = Input::EscapeCost.key();
    let error = of_text(like, typed, currency);
    let message = error.message.replacen(like, VALUE_WHEN_DONE, 1);
    QuestionError { message, ..error }
}

/// A number, or three in order.
pub(crate) fn numbers(value: &Value) -> Option<[f64; 3]> {
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

/// Why a text cannot be what each time brings.
pub const NO_AMOUNT: &str = "is neither an amount from 0 on nor [low, likely, high] in that order";

/// What each time brings: an amount, or three in order; `None` for what it cannot be.
#[must_use]
pub fn brings(value: &Value) -> Option<[f64; 3]> {
    let three = numbers(value)?;
    three
        .iter()
        .all(|it| (0.0..=1e9).contains(it))
        .then_some(three)
}

fn unknown(key: &str, text: &str) -> QuestionError {
    let keys: Vec<&str> = INPUTS.iter().map(|row| row.key).collect();
    let message = format!(
        "there is no input \"{}\"",
        offdesk_import::problem::shown(key)
    );
    QuestionError::new("decide.unknown", message)
        .at_key(key, text)
        .hint(json_text::nearest(key, &keys))
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
