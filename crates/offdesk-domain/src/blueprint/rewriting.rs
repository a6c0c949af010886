//! A page written anew by who does the work: a whole page as it stands, notes into what is there; nobody else's facts go with it.

use super::drafting::{from_notes, is_origin, of_notes};
use super::{Blueprint, Known};

impl Blueprint {
    /// The page as somebody writes it who is not its owner. The title stays, and so do the owner, the time, the day of review and the
    /// links where the text has none. Where the text is no whole page with a title and steps, every part it does not speak of stays.
    #[must_use]
    pub fn rewritten(&self, text: &str) -> Self {
        let typed = Self::of(text);
        let is_whole = !typed.title.is_empty() && !typed.steps.is_empty();
        let mut new = if is_whole {
            from_notes(text)
        } else {
            of_notes(text)
        };
        if !is_whole {
            self.keep_parts(&mut new);
        }
        self.keep_facts(&mut new);
        Self::of(&new.markdown())
    }

    fn keep_facts(&self, new: &mut Self) {
        let is_other = new.title.to_lowercase() != self.title.to_lowercase();
        let headed = std::mem::replace(&mut new.title, self.title.clone());
        // It is no title, but it was written.
        if is_other && !headed.is_empty() {
            new.preface = format!("{headed}\n\n{}", new.preface);
        }
        if new.owner.is_empty() {
            new.owner.clone_from(&self.owner);
        }
        new.minutes = new.minutes.or(self.minutes);
        new.review_by = new.review_by.or(self.review_by);
        if new.links.is_empty() {
            new.links.clone_from(&self.links);
        }
    }

    fn keep_parts(&self, new: &mut Self) {
        // What says of which entries the steps were made does not hold for other steps.
        let is_outdated = !new.steps.is_empty() && is_origin(&self.preface);
        if new.preface.is_empty() && !is_outdated {
            new.preface.clone_from(&self.preface);
        }
        for known in Known::ALL {
            if new.section(known).is_empty() {
                new.set_section(known, &self.section(known));
            }
        }
        let more = self.links.iter().filter(|link| !new.links.contains(link));
        let more: Vec<_> = more.cloned().collect();
        new.links.extend(more);
        let heads: Vec<String> = new.others.iter().map(|it| it.heading.clone()).collect();
        let others = self.others.iter();
        let others = others.filter(|it| !heads.contains(&it.heading));
        new.others.extend(others.cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Assistant work\n\n- Owner: Noor\n- Expected time: 20 min\n\n## Trigger\n\nEvery morning.\n\n## Steps\n\n1. a\n2. b\n3. c\n\n## Links\n\n- [Recording](https://example.com/r)\n";

    #[test]
    fn notes_keep_what_they_do_not_speak_of() {
        let page = Blueprint::of(PAGE);
        let check = |text: &str, expected: &str| {
            assert_eq!(page.rewritten(text).markdown(), expected, "{text}");
        };
        let steps = |now: &str| PAGE.replace("1. a\n2. b\n3. c\n", now);
        // The first line is a step, not a title.
        check(
            "Open the sheet\nSend it to Noor",
            &steps("1. Open the sheet\n2. Send it to Noor\n"),
        );
        check("- Open it\n- Send it", &steps("1. Open it\n2. Send it\n"));
        check(
            "Trigger: every evening",
            &PAGE.replace("Every morning.", "every evening"),
        );
        // A heading of their own is no title, and is not lost.
        let headed = page.rewritten("# My notes\n\n- Open it");
        assert_eq!(headed.title, "Assistant work");
        assert_eq!(headed.preface, "My notes");
        assert_eq!(headed.step_texts().collect::<Vec<_>>(), ["Open it"]);
        assert_eq!((headed.minutes, headed.links.len()), (Some(20), 1));
        // Further links stand beside those there are.
        let linked = page.rewritten("Links:\n- [Sheet](https://example.com/s)");
        assert_eq!(linked.links.len(), 2);
    }

    #[test]
    fn a_whole_page_is_taken_as_it_stands() {
        let page = Blueprint::of(PAGE);
        assert_eq!(page.rewritten(PAGE), page);
        let without = PAGE.replace("## Trigger\n\nEvery morning.\n\n", "");
        assert_eq!(page.rewritten(&without).trigger, "");
        // The owner's facts are not the writer's to leave out.
        let bare = page.rewritten("# Assistant work\n\n## Steps\n\n1. x\n");
        assert_eq!((bare.owner.as_str(), bare.minutes), ("Noor", Some(20)));
        assert_eq!((bare.links.len(), bare.steps.len()), (1, 1));
        // What was made of entries is not said of other steps.
        let made = "# T\n\nA draft from 12 entries: what was written more than once, in its usual order.\n\n## Steps\n\n1. a\n";
        assert_eq!(Blueprint::of(made).rewritten("- x").preface, "");
    }
}
