//! Hours from a tracker: which handoff a row is for, by the names that stand in it.

use super::posting::RecordId;

/// A handoff that rows may be for, with the names it goes by: its activity's and its blueprint's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The handoff.
    pub handoff: RecordId,
    /// Its names.
    pub names: Vec<String>,
}

/// Which handoff a row is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowMatch {
    /// This one.
    One(RecordId),
    /// One of these; somebody has to say which.
    Several(Vec<RecordId>),
    /// None is named; somebody has to say whether it is for one.
    None,
}

/// The handoff that a row is for. `texts` are what the row says, what says most first: task, project, description, client. The first text that
/// names a handoff decides; where it names several, the longest name does. A row that names none is for nobody yet, also where there is but one
/// handoff: it may be work for somebody else.
#[must_use]
pub fn match_row(texts: &[&str], candidates: &[Candidate]) -> RowMatch {
    for text in texts {
        let text = words_of(text);
        let mut best: Vec<RecordId> = Vec::new();
        let mut longest = 0;
        for candidate in candidates {
            let names = candidate.names.iter().map(|name| words_of(name));
            let length = names
                .filter(|name| name.len() > 2 && text.contains(name.as_str()))
                .map(|name| name.len())
                .max()
                .unwrap_or(0);
            if length == 0 || length < longest {
                continue;
            }
            if length > longest {
                best.clear();
                longest = length;
            }
            best.push(candidate.handoff);
        }
        match best.as_slice() {
            [] => {}
            [only] => return RowMatch::One(*only),
            _ => return RowMatch::Several(best),
        }
    }
    RowMatch::None
}

/// Words in lower case between single blanks, with one at each end, so that a name is found as whole words alone.
fn words_of(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let mut out = String::from(" ");
    for word in words.filter(|word| !word.is_empty()) {
        out.push_str(word);
        out.push(' ');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_for_the_handoff_that_it_names() {
        let handoff = |id: u8, names: &[&str]| Candidate {
            handoff: RecordId([id; 16]),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        let all = [
            handoff(1, &["Inbox", "Answer the inbox"]),
            handoff(2, &["Inbox triage", ""]),
            handoff(3, &["Booking", "Reminders & booking"]),
            handoff(4, &["Booking"]),
        ];
        let check = |texts: &[&str], expected: &str| {
            let said = match match_row(texts, &all) {
                RowMatch::One(id) => id.0[0].to_string(),
                RowMatch::Several(ids) => {
                    let ids: Vec<String> = ids.iter().map(|id| id.0[0].to_string()).collect();
                    ids.join("|")
                }
                RowMatch::None => "none".to_owned(),
            };
            assert_eq!(said, expected, "{texts:?}");
        };
        check(&["Inbox", "", "", ""], "1");
        check(&["", "Studio: INBOX", "booking", ""], "1");
        // The longest name decides, and what is named first.
        check(&["inbox triage (Monday)", "", "", ""], "2");
        check(&["", "", "answer the inbox; triage later", ""], "1");
        check(&["reminders, booking", "", "", ""], "3");
        check(&["booking", "", "", ""], "3|4");
        // Whole words alone.
        check(&["Inboxes", "overbooking", "", ""], "none");
        check(&["", "", "", ""], "none");
        check(&["Gardening", "Other client", "", "Acme"], "none");
    }
}
