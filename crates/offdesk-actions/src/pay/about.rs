//! What a line of a statement pays: an assignment, a milestone, or what is put right, and why.

use std::collections::{BTreeMap, HashMap};

use offdesk_domain::pay::{RecordId, is_in_its_place};
use offdesk_store::activities::list_activities;
use offdesk_store::handoffs::load_handoff;
use offdesk_store::pay::postings::PostingRow;
use offdesk_store::pay::stated_work::{LineFactsRow, list_line_facts};
use offdesk_store::{Scope, Uuid};

use super::ledger::record;
use crate::error::Error;

/// What a line pays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The number of the assignment.
    pub assignment: Option<i64>,
    /// The milestone that was reached.
    pub milestone: String,
    /// The line that it takes back, or in the place of which it stands.
    pub of: Option<u64>,
    /// Whether it takes that line back.
    pub takes_back: bool,
    /// Why it is put right.
    pub why: String,
}

impl About {
    /// What was done, in words: `#12`, or a milestone; empty where it is hours or days.
    #[must_use]
    pub fn work(&self) -> String {
        match self.assignment {
            Some(number) => format!("#{number}"),
            None => self.milestone.clone(),
        }
    }

    /// What is put right, in words: `takes back line 3: it was late`; empty where nothing is.
    #[must_use]
    pub fn correction(&self) -> String {
        let Some(of) = self.of else {
            return String::new();
        };
        let word = match self.takes_back {
            true => "takes back",
            false => "in the place of",
        };
        match self.why.as_str() {
            "" => format!("{word} line {of}"),
            why => format!("{word} line {of}: {why}"),
        }
    }

    /// Both, in one text.
    #[must_use]
    pub fn in_words(&self) -> String {
        let both = [self.work(), self.correction()];
        let said: Vec<String> = both.into_iter().filter(|text| !text.is_empty()).collect();
        said.join(", ")
    }
}

/// What the lines of a statement pay, by the numbers of their postings.
pub(super) fn abouts_of(
    scope: &mut Scope<'_, '_>,
    statement: i64,
    rows: &[PostingRow],
) -> Result<BTreeMap<u64, About>, Error> {
    Ok(abouts_by(&list_line_facts(scope, statement)?, rows))
}

/// What postings in the order of their numbers pay, by what is known of each.
pub(super) fn abouts_by(
    facts: &HashMap<i64, LineFactsRow>,
    rows: &[PostingRow],
) -> BTreeMap<u64, About> {
    let mut all = BTreeMap::new();
    for row in rows {
        let fact = facts.get(&row.number).cloned().unwrap_or_default();
        let number = |number: i64| u64::try_from(number).unwrap_or(0);
        let takes_back = row.kind == "reversed";
        let about = About {
            assignment: fact.assignment,
            milestone: fact.milestone,
            of: row.of_number.filter(|_| takes_back).map(number),
            takes_back,
            why: if takes_back {
                row.note.clone()
            } else {
                String::new()
            },
        };
        all.insert(number(row.number), about);
    }
    // What is right stands behind what it takes the place of.
    for (before, row) in rows.iter().zip(rows.iter().skip(1)) {
        let work = |it: &PostingRow| (it.at, it.handoff_id, it.assignment_id, it.day);
        let is_again = before.kind == "reversed"
            && row.kind == "earned"
            && is_in_its_place((before.number, work(before)), (row.number, work(row)));
        let taken = u64::try_from(before.number)
            .ok()
            .and_then(|number| all.get(&number));
        if let Some(taken) = taken.filter(|_| is_again).cloned() {
            let number = u64::try_from(row.number).unwrap_or(0);
            let about = About {
                takes_back: false,
                ..taken
            };
            all.insert(number, about);
        }
    }
    all
}

/// The names of the activities that postings are of: where one was joined with another since, the handoff leads to it.
pub(super) fn activities_of(
    scope: &mut Scope<'_, '_>,
    rows: &[PostingRow],
) -> Result<BTreeMap<RecordId, String>, Error> {
    let known: HashMap<Uuid, String> = list_activities(scope)?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let mut names = BTreeMap::new();
    for row in rows {
        let (Some(activity), Some(handoff)) = (row.activity_id, row.handoff_id) else {
            continue;
        };
        if names.contains_key(&record(activity)) {
            continue;
        }
        let name = match known.get(&activity) {
            Some(name) => name.clone(),
            None => {
                let now = load_handoff(scope, handoff)?.map(|it| it.activity_id);
                let name = now.and_then(|id| known.get(&id));
                name.cloned().unwrap_or_default()
            }
        };
        names.insert(record(activity), name);
    }
    Ok(names)
}
