//! The five questions, on a terminal only: low, likely and high, with what the desk knows as the answer of Enter.

use offdesk_actions::decide::{Figure, typed_figure};
use offdesk_actions::options::{HandoffOption, OptionKind, Subject};
use offdesk_domain::decision::Input;

use super::args::ASKED;
use crate::cli::output;

/// Asks what was not said yet, and gives the answers; `ask` puts a question and gives what was typed.
pub fn ask_five(
    subject: &Subject,
    option: &HandoffOption,
    said: &[Figure],
    mut ask: impl FnMut(&str) -> Option<String>,
) -> Vec<Figure> {
    let mut answers = Vec::new();
    for (input, _) in ASKED {
        let input = asked_of(input, option.kind);
        if said.iter().any(|(known, _)| *known == input) {
            continue;
        }
        let Some(row) = input.row() else { continue };
        let known = subject.figure(option, input);
        let offered = known.as_ref().map_or(String::new(), |(range, _)| {
            format!(" [{}]", range_in_words(*range))
        });
        loop {
            let Some(typed) = ask(&format!("{}{offered}: ", sentence(row.what))) else {
                return answers;
            };
            // Nothing is as it stands; where nothing stands, what is missing is told afterwards.
            if typed.is_empty() {
                break;
            }
            match typed_figure(input, &typed, Some(subject.currency)) {
                Ok(range) => {
                    answers.push((input, range));
                    break;
                }
                Err(error) => output::say(&format!("  {}\n  {}\n", error.message, error.hint)),
            }
        }
    }
    answers
}

/// A program has no rate and takes nobody's time: what is asked of it instead.
fn asked_of(input: Input, kind: OptionKind) -> Input {
    match (input, kind) {
        (Input::Rate, OptionKind::Agent) => Input::CostEachTime,
        (Input::SteadyRatio, OptionKind::Agent) => Input::FaultRate,
        _ => input,
    }
}

/// A range as it is typed.
pub fn range_in_words([low, likely, high]: [f64; 3]) -> String {
    if low < high {
        format!("{low} {likely} {high}")
    } else {
        likely.to_string()
    }
}

fn sentence(what: &str) -> String {
    let mut letters = what.chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use offdesk_actions::options::Offer;
    use offdesk_actions::store::Uuid;

    use super::*;

    fn subject() -> Subject {
        Subject {
            id: Uuid::from_u128(1),
            name: "Inbox".to_owned(),
            currency: "USD".parse().unwrap(),
            hours_per_week: Some(6.0),
            offers: vec![Offer {
                figure: (Input::Rate, [8.0, 14.0, 25.0]),
                from: "the price".to_owned(),
            }],
            own: Vec::new(),
            value_when_done: None,
            options: vec![HandoffOption {
                name: "Ana".to_owned(),
                kind: OptionKind::Freelancer,
                figures: Vec::new(),
            }],
            is_kept: false,
            other_currency: None,
        }
    }

    #[test]
    fn at_most_five_are_asked_and_what_is_wrong_is_asked_again() {
        let subject = subject();
        let mut typed = ["40 75 150", "half", "50%", "1 1.5 2", "", "1.3"].into_iter();
        let mut asked = Vec::new();
        let answers = ask_five(&subject, &subject.options[0], &[], |words| {
            asked.push(words.to_owned());
            typed.next().map(str::to_owned)
        });
        assert_eq!(typed.next(), None);
        // One of the five was asked twice; Enter took what the desk knows of the rate.
        assert_eq!(asked.len(), 6);
        assert!(asked[4].ends_with("[8 14 25]: "), "{asked:?}");
        let keys: Vec<&str> = answers.iter().map(|(input, _)| input.key()).collect();
        assert_eq!(
            keys,
            [
                "value_of_work_hour",
                "share_redeployed",
                "owner_hours",
                "steady_ratio"
            ]
        );
        let none = ask_five(&subject, &subject.options[0], &answers, |_| None);
        assert!(none.is_empty());
    }
}
