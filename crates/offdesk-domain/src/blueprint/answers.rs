//! Answers to questions that came up while a blueprint was followed, written into it.

use super::lines::one_line;
use super::{Blueprint, Piece, Section, pieces};

/// The section of answers that belong to no step.
const HEADING: &str = "Questions and answers";

/// Adds an answer to the step of a text; where there is no such step, to the section of answers.
pub(super) fn add(blueprint: &mut Blueprint, step: Option<&str>, question: &str, answer: &str) {
    // A line of its own could begin a list or a heading.
    let answer = one_line(answer);
    let place = step.and_then(|step| {
        blueprint.steps.iter_mut().find_map(|piece| match piece {
            Piece::Item(text) if text == step => Some(text),
            _ => None,
        })
    });
    if let Some(text) = place {
        text.push('\n');
        text.push_str(&answer);
        return;
    }
    let line = format!("- {} {answer}", one_line(question));
    let others = &mut blueprint.others;
    match others.iter_mut().find(|other| other.heading == HEADING) {
        Some(section) => {
            section.text.push('\n');
            section.text.push_str(&line);
        }
        None => others.push(Section {
            heading: HEADING.to_owned(),
            text: pieces::block(&line),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_stand_where_they_are_read_and_survive_being_written() {
        let text = "# Inbox\n\n## Steps\n\n1. Open the inbox.\n2. Answer what takes two minutes.\n";
        let mut blueprint = Blueprint::of(text);
        blueprint.add_answer(
            Some("Answer what takes two minutes."),
            "What if it is a bill?",
            "Bills go\n# to Ana.",
        );
        blueprint.add_answer(None, "Which inbox?", "The one of the shop.");
        blueprint.add_answer(Some("A step that is gone."), "And when?", "Daily.");
        let written = blueprint.markdown();
        assert_eq!(
            written,
            "# Inbox\n\n## Steps\n\n1. Open the inbox.\n2. Answer what takes two minutes.\n   Bills go # to Ana.\n\n\
             ## Questions and answers\n\n- Which inbox? The one of the shop.\n- And when? Daily.\n"
        );
        assert_eq!(Blueprint::of(&written), blueprint);
        assert_eq!(Blueprint::of(&written).step_texts().count(), 2);
    }
}
