//! Options that nobody may take as things are, and what would have to be otherwise for each.

use std::collections::{BTreeMap, BTreeSet};

use offdesk_planner::{Choice, Problem};

use super::Clash;

/// An option that was ruled out.
#[derive(Debug, Clone)]
pub(super) struct RuledOut {
    /// The number of its activity.
    pub job: usize,
    /// The option.
    pub choice: Choice,
    /// All that is in its way.
    pub lifts: Vec<Lift>,
}

/// What is in the way of an option.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lift {
    /// The person cannot do what it takes.
    Skills(Vec<String>),
    /// They do not work long enough at the same time as the owner.
    Overlap {
        /// Hours of a day that they do.
        has: f64,
        /// Hours that it takes.
        needs: f64,
    },
    /// It was said that they may not.
    Ban,
}

impl Lift {
    /// How much it takes, in parts of what there is.
    fn size(&self) -> f64 {
        match self {
            #[expect(clippy::cast_precision_loss, reason = "skills are few")]
            Self::Skills(lacks) => lacks.len() as f64,
            Self::Overlap { has, needs } => (needs - has) / has.max(1.0),
            Self::Ban => 1.0,
        }
    }

    /// Why the option is ruled out.
    pub(super) fn reason(&self, person: &str) -> String {
        match self {
            Self::Skills(lacks) => format!("{person} lacks {}", lacks.join(", ")),
            Self::Overlap { has, needs } => format!("{person} overlaps {has} h, needs {needs}"),
            Self::Ban => format!("{person} is forbidden for it"),
        }
    }

    /// What would have to be otherwise.
    fn change(&self, person: &str, activity: &str) -> Clash {
        let (limit, has, needs, change) = match self {
            Self::Skills(lacks) => (
                format!("skills of {person}"),
                None,
                None,
                format!("{person} learns {}", lacks.join(", ")),
            ),
            Self::Overlap { has, needs } => (
                format!("works of {person}"),
                Some(*has),
                Some(*needs),
                format!("{person} works {needs} of your hours of a day instead of {has}"),
            ),
            Self::Ban => (
                "forbidden".to_owned(),
                None,
                None,
                format!("{person} may do {activity}"),
            ),
        };
        Clash {
            has,
            needs,
            change: Some(change),
            ..Clash::of(limit)
        }
    }
}

/// The problem with the nearest option of each required activity that has none, and what each of these takes. An activity for which nobody
/// was offered is not required any more, and that is its change.
pub(super) fn brought_back(
    problem: &Problem,
    ruled_out: &[RuledOut],
    (people, activities): (&[String], &[String]),
) -> (Problem, Vec<Clash>) {
    let size = |of: &RuledOut| of.lifts.iter().map(Lift::size).sum::<f64>();
    let mut nearest: BTreeMap<usize, &RuledOut> = BTreeMap::new();
    for option in ruled_out {
        let kept = nearest.entry(option.job).or_insert(option);
        if size(option) < size(kept) {
            *kept = option;
        }
    }
    let mut open = problem.clone();
    let mut changes: Vec<Clash> = Vec::new();
    let mut known = BTreeSet::new();
    for (number, job) in open.jobs.iter_mut().enumerate() {
        if !job.is_required || !job.options.is_empty() {
            continue;
        }
        let activity = activities.get(number).map_or("", String::as_str);
        let option = nearest.get(&number).copied();
        let person = option.and_then(|option| people.get(option.choice.agent));
        let (Some(option), Some(person)) = (option, person) else {
            job.is_required = false;
            changes.push(Clash {
                change: Some(format!(
                    "somebody is offered for {activity}, or it is not required"
                )),
                ..Clash::of(format!("options of {activity}"))
            });
            continue;
        };
        for lift in &option.lifts {
            let change = lift.change(person, activity);
            if known.insert(change.change.clone()) {
                changes.push(change);
            }
        }
        job.options.push(option.choice);
    }
    (open, changes)
}
