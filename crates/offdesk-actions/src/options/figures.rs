//! Figures as JSON: by the keys of a case, a number each, or low, likely and high.

use offdesk_domain::decision::Input;
use serde_json::{Map, Value, json};

use crate::decide::{Figure, numbers};
use crate::error::Error;

/// Figures by their keys: a number, or low, likely and high.
#[must_use]
pub fn figures_json(figures: &[Figure]) -> Value {
    let members = figures
        .iter()
        .map(|(input, range)| (input.key().to_owned(), range_json(*range)));
    Value::Object(members.collect::<Map<String, Value>>())
}

/// A number, or low, likely and high.
#[must_use]
pub fn range_json([low, likely, high]: [f64; 3]) -> Value {
    if low < high {
        json!([low, likely, high])
    } else {
        json!(likely)
    }
}

/// Figures from JSON by their keys, each checked.
///
/// # Errors
/// `decide.unknown`, `decide.value`, about the key.
pub fn read_figures(value: &Map<String, Value>) -> Result<Vec<Figure>, Error> {
    value
        .iter()
        .map(|(key, value)| {
            let input = Input::of_key(key).ok_or_else(|| {
                let shown = offdesk_import::problem::shown(key);
                Error::invalid(
                    "",
                    "decide.unknown",
                    format!("there is no input \"{shown}\""),
                )
                .hint("the inputs stand in the documentation of offdesk decide")
            })?;
            let refuse = |why: String| Error::invalid(input.key(), "decide.value", why);
            let three = numbers(value).ok_or_else(|| {
                refuse(format!(
                    "{key} is neither a number nor [low, likely, high] in that order"
                ))
            })?;
            for number in three {
                let row = input.row();
                row.map_or(Ok(()), |row| row.check(number))
                    .map_err(|error| refuse(error.to_string()))?;
            }
            Ok((input, three))
        })
        .collect()
}
