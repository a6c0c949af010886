//! Answers to questions that came up while a blueprint was followed, written into it.

use super::lines::one_line;
use super::{Blueprint, Piece, Section, pieces};

/// The section of answers that belong to no step.
const HEADING: &str = "Questions and answers";

/// Adds an answer to the step of a text, also where that has got other answers since; where there is no such step, to the section of answers.
pub(super) fn add(blueprint: &mut Blueprint, step: Option<&str>, question: &str, answer: &str) {
    // A line of its own could begin a list or a heading.
    let answer = one_line(answer);
    let place = step.and_then(|step| step_of(&mut blueprint.steps, step));
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

/// The step of a text as somebody read it: as it is, else with lines that were added below it since, else with the same first line.
fn step_of<'a>(steps: &'a mut [Piece], read: &str) -> Option<&'a mut String> {
    let first_line = |text: &str| text.lines().next().map(str::to_owned);
    let ways: [&dyn Fn(&str) -> bool; 3] = [
        &|text| text == read,
        &|text| {
            text.strip_prefix(read)
                .is_some_and(|rest| rest.starts_with('\n'))
        },
        &|text| first_line(text) == first_line(read),
    ];
    let place = ways.iter().find_map(|is_it| {
        let is_step = |piece: &Piece| matches!(piece, Piece::Item(text) if is_it(text));
        steps.iter().position(is_step)
    })?;
    match steps.get_mut(place) {
        Some(Piece::Item(text)) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::Known;

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

    /// Both were asked by the same version: the first answer has changed the step when the second one comes.
    #[test]
    fn a_second_answer_goes_to_the_same_step() {
        let text =
            "# Inbox\n\n## Steps\n\n1. Open the inbox.\n   The shop's.\n2. Open the inbox again.\n";
        let mut blueprint = Blueprint::of(text);
        let read = "Open the inbox.\nThe shop's.";
        blueprint.add_answer(Some(read), "When?", "At nine.");
        blueprint.add_answer(Some(read), "And on Mondays?", "At ten.");
        // Somebody has written its second line anew meanwhile.
        let changed = blueprint.section(Known::Steps);
        let changed = changed.replace("The shop's.", "That of the shop.");
        blueprint.set_section(Known::Steps, &changed);
        blueprint.add_answer(Some(read), "Who else?", "Nobody.");
        let steps: Vec<&str> = blueprint.step_texts().collect();
        assert_eq!(
            steps,
            [
                "Open the inbox.\nThat of the shop.\nAt nine.\nAt ten.\nNobody.",
                "Open the inbox again."
            ]
        );
        assert!(blueprint.others.is_empty());
    }
}
