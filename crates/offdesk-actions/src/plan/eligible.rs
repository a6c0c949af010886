//! Who may do what: skills, hours worked at the same time as the owner, and pairs that are forbidden or required.

use std::collections::{BTreeMap, BTreeSet};

use offdesk_planner::{Choice, Job};
use serde::Deserialize;

use super::mistake::{PlanningError, Text, number_of};
use super::ruled_out::{Lift, RuledOut};
use super::written::{Activity, Person};
use super::{Excluded, shown};
use crate::json_text::Step;

/// An activity and a person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    activity: String,
    person: String,
}

/// The hours of a day between which somebody works, in UTC; below 0 and above 24 for the days beside it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "Vec<f64>")]
pub(super) struct Hours([f64; 2]);

impl TryFrom<Vec<f64>> for Hours {
    type Error = &'static str;

    fn try_from(list: Vec<f64>) -> Result<Self, &'static str> {
        <[f64; 2]>::try_from(list)
            .map(Self)
            .map_err(|_| "these are not two hours, from and to, as [9, 17]")
    }
}

/// Of each activity with the same person in several options where those that are left stand in it, from 0.
pub(super) type Places = BTreeMap<usize, Vec<usize>>;

/// What was taken out, and where the rest stands.
#[derive(Debug, Default)]
pub(super) struct Sifted {
    pub(super) excluded: Vec<Excluded>,
    pub(super) ruled_out: Vec<RuledOut>,
    pub(super) places: Places,
}

/// What is said of pairs and of the owner's own hours.
#[derive(Debug, Clone)]
pub(super) struct Pairs<'w> {
    pub(super) text: Text<'w>,
    /// The numbers of people and activities by their ids.
    pub(super) people: &'w BTreeMap<&'w str, usize>,
    pub(super) activities: &'w BTreeMap<&'w str, usize>,
    pub(super) forbidden: &'w [Pair],
    pub(super) required: &'w [Pair],
    pub(super) owner_works: Option<Hours>,
}

impl Sifted {
    /// Notes an option that nobody may take, with the reasons; where another person is required for it, nothing would bring it back.
    fn take_out(
        &mut self,
        activity: &Activity,
        person: &Person,
        (job, choice, is_other): (usize, Choice, bool),
        lifts: Vec<Lift>,
    ) {
        let reasons = lifts.iter().map(|lift| lift.reason(&person.id));
        self.excluded.push(Excluded {
            activity: activity.id.clone(),
            person: person.id.clone(),
            reason: reasons.collect::<Vec<_>>().join("; "),
        });
        if !is_other {
            self.ruled_out.push(RuledOut { job, choice, lifts });
        }
    }
}

impl Pairs<'_> {
    /// Takes out of the jobs the options nobody may take, each with the reason; required pairs leave only their own.
    ///
    /// # Errors
    /// `plan.value` for hours that cannot be, `plan.activity` and `plan.person` for pairs that name nobody, `plan.pair`
    /// for pairs that contradict each other or have no option.
    pub(super) fn sift(
        &self,
        people: &[Person],
        activities: &[Activity],
        jobs: &mut [Job],
    ) -> Result<Sifted, PlanningError> {
        for (number, person) in people.iter().enumerate() {
            let path = [Step::Key("people"), Step::At(number), Step::Key("works")];
            let whose = format!("works of \"{}\"", shown(&person.id));
            self.check(person.works, &path, &whose)?;
        }
        self.check(self.owner_works, &[Step::Key("owner_works")], "owner_works")?;
        let forbidden = self.places(self.forbidden, "forbidden")?;
        let required = self.places(self.required, "required_pairs")?;
        let mut only = BTreeMap::new();
        for (activity, person) in &required {
            let names = (shown(&activities[*activity].id), shown(&people[*person].id));
            let fault = if forbidden.contains(&(*activity, *person)) {
                "is both required and forbidden"
            } else if only.insert(*activity, *person).is_some() {
                "is not the only person required for it"
            } else if !jobs[*activity].options.iter().any(|of| of.agent == *person) {
                "is required and has no option"
            } else {
                continue;
            };
            let message = format!("\"{}\" for \"{}\" {fault}", names.1, names.0);
            let mut pairs = self.required.iter();
            let is_this = |pair: &Pair| {
                pair.activity == activities[*activity].id && pair.person == people[*person].id
            };
            let at = pairs.position(is_this).unwrap_or(0);
            let path = [Step::Key("required_pairs"), Step::At(at)];
            return Err(self.text.refuse("plan.pair", &path, message));
        }
        let mut sifted = Sifted::default();
        let mut last_in = vec![usize::MAX; people.len()];
        for (number, (activity, job)) in activities.iter().zip(jobs).enumerate() {
            let only = only.get(&number);
            job.is_required |= only.is_some();
            let is_doubled = job.options.iter().any(|choice| {
                let before = last_in.get_mut(choice.agent);
                before.is_some_and(|before| std::mem::replace(before, number) == number)
            });
            let mut places = Vec::new();
            let mut place = 0;
            job.options.retain(|choice| {
                let person = &people[choice.agent];
                let mut lifts = self.in_the_way(person, activity);
                if forbidden.contains(&(number, choice.agent)) {
                    lifts.insert(0, Lift::Ban);
                }
                let is_other = only.is_some_and(|only| *only != choice.agent);
                let stays = lifts.is_empty() && !is_other;
                if stays && is_doubled {
                    places.push(place);
                }
                place += 1;
                if !lifts.is_empty() {
                    sifted.take_out(activity, person, (number, *choice, is_other), lifts);
                }
                stays
            });
            if is_doubled {
                sifted.places.insert(number, places);
            }
        }
        Ok(sifted)
    }

    fn check(
        &self,
        hours: Option<Hours>,
        path: &[Step<'_>],
        whose: &str,
    ) -> Result<(), PlanningError> {
        let is_wrong = |Hours([from, to])| from >= to || from < -24.0 || to > 48.0;
        if !hours.is_some_and(is_wrong) {
            return Ok(());
        }
        let message = format!(
            "{whose} has to be from an hour to a later one, as [9, 17], or [22, 30] over midnight"
        );
        Err(self.text.refuse("plan.value", path, message))
    }

    /// Why a person cannot do an activity; empty where nothing speaks against it.
    fn in_the_way(&self, person: &Person, activity: &Activity) -> Vec<Lift> {
        let mut lifts = Vec::new();
        if let Some(skills) = &person.skills {
            let needs = activity.needs.iter();
            let lacks: Vec<String> = needs
                .filter(|need| !skills.contains(need))
                .cloned()
                .collect();
            if !lacks.is_empty() {
                lifts.push(Lift::Skills(lacks));
            }
        }
        if let (Some(needs), Some(owner), Some(works)) =
            (activity.overlap_hours, self.owner_works, person.works)
        {
            let has = overlap(owner, works);
            if has < needs {
                lifts.push(Lift::Overlap { has, needs });
            }
        }
        lifts
    }

    fn places(&self, pairs: &[Pair], key: &str) -> Result<BTreeSet<(usize, usize)>, PlanningError> {
        let mut places = BTreeSet::new();
        for (at, pair) in pairs.iter().enumerate() {
            let number = |numbers: &BTreeMap<&str, usize>, id: &str, (code, member, among)| {
                number_of(numbers, id, || {
                    let message = format!(
                        "{key} names \"{}\", which is not among the {among}",
                        shown(id)
                    );
                    let path = [Step::Key(key), Step::At(at), Step::Key(member)];
                    self.text.refuse(code, &path, message)
                })
            };
            let of_activity = ("plan.activity", "activity", "activities");
            let activity = number(self.activities, &pair.activity, of_activity)?;
            let of_person = ("plan.person", "person", "people");
            let person = number(self.people, &pair.person, of_person)?;
            places.insert((activity, person));
        }
        Ok(places)
    }
}

/// The hours two people work at the same time, the day before and after tried as well.
fn overlap(Hours(a): Hours, Hours(b): Hours) -> f64 {
    let shifted = [-24.0, 0.0, 24.0].map(|by| a[1].min(b[1] + by) - a[0].max(b[0] + by));
    shifted.into_iter().fold(0.0, f64::max)
}
