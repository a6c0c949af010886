//! People who can do nothing as things are, and what would help.

use std::collections::BTreeSet;

use offdesk_planner::Job;

use super::ruled_out::{Lift, RuledOut};

/// A person who can do nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unused {
    /// Their id.
    pub person: String,
    /// Why, in words.
    pub reason: String,
    /// What they would have to learn to do something; empty where that is not it.
    pub would_help: Vec<String>,
}

impl Unused {
    /// Why they do nothing, and what would help.
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.would_help.is_empty() {
            self.reason.clone()
        } else {
            format!(
                "{}; learning {} would help",
                self.reason,
                self.would_help.join(" or ")
            )
        }
    }
}

/// The people who can do none of the jobs that are left.
pub(super) fn unused(
    people: &[String],
    capacities: &[f64],
    jobs: &[Job],
    ruled_out: &[RuledOut],
) -> Vec<Unused> {
    let mut fits = vec![false; people.len()];
    let mut named = vec![false; people.len()];
    for option in jobs.iter().flat_map(|job| &job.options) {
        mark(&mut named, option.agent);
        if capacities
            .get(option.agent)
            .is_none_or(|has| option.load <= *has)
        {
            mark(&mut fits, option.agent);
        }
    }
    let mut lacking: Vec<Option<BTreeSet<String>>> = vec![None; people.len()];
    for option in ruled_out {
        let Some(place) = lacking.get_mut(option.choice.agent) else {
            continue;
        };
        let lacks = place.get_or_insert_default();
        // Learning helps where nothing else is in the way.
        if let [Lift::Skills(skills)] = option.lifts.as_slice() {
            lacks.insert(skills.join(" and "));
        }
    }
    let all = people
        .iter()
        .zip(capacities)
        .zip(fits)
        .zip(named)
        .zip(lacking);
    all.filter(|((((_, _), fits), _), _)| !fits)
        .map(|((((person, has), _), named), lacks)| Unused {
            person: person.clone(),
            reason: if *has <= 0.0 {
                "has no hours a week".to_owned()
            } else if named {
                format!("has {has} hours a week, and everything takes more")
            } else if lacks.is_some() {
                "can do nothing as things are".to_owned()
            } else {
                "is named in no option".to_owned()
            },
            would_help: lacks.filter(|_| *has > 0.0).into_iter().flatten().collect(),
        })
        .collect()
}

fn mark(places: &mut [bool], at: usize) {
    if let Some(place) = places.get_mut(at) {
        *place = true;
    }
}
