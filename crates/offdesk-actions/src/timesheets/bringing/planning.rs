//! What would become of the rows of a file: which handoff they are for, which are asked about, and which are left out.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use offdesk_domain::pay::{Candidate, RowMatch, match_row, week as days_of};
use offdesk_domain::{Day, Seconds};
use offdesk_store::blueprints::load_blueprint;
use offdesk_store::handoffs::load_handoff;
use offdesk_store::hours_imports::{
    HoursImportRow, HoursRow, list_hours_hashes, list_hours_matches, load_hours_bytes,
};
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Uuid};

use super::super::terms::Held;
use super::super::week::{Week, load_week};
use super::reading::{TrackerFile, TrackerRow, read_file};
use crate::error::Error;
use crate::moment::Moment;
use crate::pay::ledger::record;
use crate::pay::zone_of;

/// What becomes of rows of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// They go under a handoff.
    Under(Uuid),
    /// It was said that they are for none.
    LeftOut,
    /// It is to be said; by the names these may be meant.
    Asked(Vec<Uuid>),
}

/// Rows of one client, project and task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoursGroup {
    /// By what they are asked about and known again.
    pub key: String,
    /// So many rows.
    pub entries: u64,
    /// All of their time.
    pub time: Seconds,
    /// First and last day.
    pub days: (Day, Day),
    /// What becomes of them.
    pub fate: Fate,
}

/// Why rows are left out, with how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// They were imported before.
    pub known: u64,
    /// They are somebody else's.
    pub of_others: u64,
    /// Their week was handed in or approved.
    pub closed: u64,
    /// Their day is yet to come, or one on which the handoff was not held by the hour.
    pub outside: u64,
    /// They are no hours of a day.
    pub unread: u64,
}

/// What would become of a file.
pub(super) struct Plan {
    pub(super) format: String,
    pub(super) groups: Vec<HoursGroup>,
    pub(super) left_out: LeftOut,
    pub(super) rows: Vec<HoursRow>,
    pub(super) handoffs: Vec<(Uuid, String)>,
}

/// Says what would become of a file.
pub(super) fn plan(
    scope: &mut Scope<'_, '_>,
    person: &PersonRow,
    import: &HoursImportRow,
    moment: Moment,
) -> Result<Plan, Error> {
    let zone = zone_of(scope)?;
    let bytes = load_hours_bytes(scope, import.id)?;
    let file = read_file(&import.file, bytes, zone, moment.now)?;
    let now = load_week(scope, person, None, moment)?;
    let mut weeks: BTreeMap<Day, Week> = BTreeMap::new();
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut handoffs: BTreeMap<Uuid, String> = now.handoffs.iter().cloned().collect();
    let known: HashSet<Vec<u8>> = list_hours_hashes(scope, person.id)?.into_iter().collect();
    let said: HashMap<String, Option<Uuid>> =
        list_hours_matches(scope, person.id)?.into_iter().collect();
    let mondays: BTreeSet<Day> = file.rows.iter().map(|row| days_of(row.day).from).collect();
    for monday in mondays {
        let week = load_week(scope, person, Some(monday), moment)?;
        handoffs.extend(week.handoffs.iter().cloned());
        weeks.insert(monday, week);
    }
    let mut held: HashMap<Uuid, Held> = HashMap::new();
    for (handoff, activity) in &handoffs {
        if let Some(row) = load_handoff(scope, *handoff)? {
            held.extend(Held::of(scope, &row)?.map(|it| (*handoff, it)));
        }
        candidates.push(candidate(scope, *handoff, activity)?);
    }
    let mut left_out = LeftOut {
        unread: file.unread,
        ..LeftOut::default()
    };
    let mut groups: BTreeMap<String, HoursGroup> = BTreeMap::new();
    let mut rows = Vec::new();
    let is_theirs = theirs(&file, person);
    for row in &file.rows {
        if !is_theirs(row) {
            left_out.of_others += 1;
            continue;
        }
        if known.contains(row.hash.as_slice()) {
            left_out.known += 1;
            continue;
        }
        let week = weeks.get(&days_of(row.day).from);
        if week.is_none_or(|week| !week.state.is_open()) {
            left_out.closed += 1;
            continue;
        }
        let fate = fate_of(row, &said, &candidates, &handoffs);
        if row.day > now.today {
            left_out.outside += 1;
            continue;
        }
        if let Fate::Under(handoff) = fate {
            if !held.get(&handoff).is_some_and(|it| it.takes(row.day)) {
                left_out.outside += 1;
                continue;
            }
            rows.push(HoursRow {
                hash: row.hash.to_vec(),
                handoff_id: handoff,
                day: row.day.0.into(),
                seconds: row.seconds,
            });
        }
        count(&mut groups, row, fate);
    }
    Ok(Plan {
        format: file.format,
        groups: groups.into_values().collect(),
        left_out,
        rows,
        handoffs: handoffs.into_iter().collect(),
    })
}

fn count(groups: &mut BTreeMap<String, HoursGroup>, row: &TrackerRow, fate: Fate) {
    let key = row.key();
    // Rows of one key may name different handoffs in their descriptions.
    let place = format!("{key}\u{1f}{fate:?}");
    let group = groups.entry(place).or_insert_with(|| HoursGroup {
        key,
        entries: 0,
        time: Seconds::ZERO,
        days: (row.day, row.day),
        fate,
    });
    group.entries += 1;
    group.time = Seconds(group.time.0.saturating_add(row.seconds));
    group.days = (group.days.0.min(row.day), group.days.1.max(row.day));
}

/// What was said of its key goes before what its names say.
fn fate_of(
    row: &TrackerRow,
    said: &HashMap<String, Option<Uuid>>,
    candidates: &[Candidate],
    handoffs: &BTreeMap<Uuid, String>,
) -> Fate {
    match said.get(&row.key()) {
        Some(None) => return Fate::LeftOut,
        Some(Some(handoff)) if handoffs.contains_key(handoff) => return Fate::Under(*handoff),
        _ => {}
    }
    let texts: Vec<&str> = row.texts.iter().map(String::as_str).collect();
    let id = |id: offdesk_domain::pay::RecordId| Uuid::from_bytes(id.0);
    match match_row(&texts, candidates) {
        RowMatch::One(handoff) => Fate::Under(id(handoff)),
        RowMatch::Several(several) => Fate::Asked(several.into_iter().map(id).collect()),
        RowMatch::None => Fate::Asked(Vec::new()),
    }
}

/// Whose rows are theirs: all of a file of one person, whatever its tracker calls them; in a file of several those with their name or address.
fn theirs(file: &TrackerFile, person: &PersonRow) -> impl Fn(&TrackerRow) -> bool + use<> {
    let all: BTreeSet<&[String; 2]> = file.rows.iter().map(|row| &row.who).collect();
    let is_of_one = all.len() <= 1;
    let name = person.name.to_lowercase();
    let email = person.email.to_lowercase();
    move |row: &TrackerRow| {
        let is_them = |text: &String| {
            let text = text.to_lowercase();
            !text.is_empty() && (text == name || text == email)
        };
        is_of_one || row.who.iter().any(is_them)
    }
}

fn candidate(scope: &mut Scope<'_, '_>, handoff: Uuid, activity: &str) -> Result<Candidate, Error> {
    let mut names = vec![activity.to_owned()];
    if let Some(row) = load_handoff(scope, handoff)? {
        let blueprint = load_blueprint(scope, row.blueprint_id)?;
        names.extend(blueprint.map(|blueprint| blueprint.title));
    }
    Ok(Candidate {
        handoff: record(handoff),
        names,
    })
}
