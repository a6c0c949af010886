//! A few new wordings beside many that are there: each is placed by what is known of its own words, without reading the others.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use offdesk_domain::activity::Folder;
use offdesk_store::activities::{ActivityRow, find_key, find_named, find_rest, insert_activity};
use offdesk_store::wordings::{count_of_activity, find_wording, has_more, insert_wordings};
use offdesk_store::{Scope, Uuid};

use super::scanning::{Scan, Scanned};
use super::sorting::{REST, key_of_name, new_activity, new_wording, sort};
use crate::error::Error;
use crate::moment::Moment;
use crate::workspaces::Settings;

/// So few wordings are looked up one by one.
const FEW: usize = 100;
/// Beside so many wordings a few new ones make no activity of their own; below, sorting all of them anew takes no time.
const MANY: u32 = 1_000;
/// Keys that a wording has of itself, whatever other wordings there are, begin like this.
const OF_ITSELF: [&str; 2] = ["kind:", "task:"];

/// Places a few wordings without reading all that are there: those that are known, new ones whose own text or task says where they
/// belong, and beside many wordings also those whose words or project lead somewhere; what leads nowhere goes to the rest of the list.
/// Says whether these were all; where not, nothing is written.
///
/// # Errors
/// Those of the store.
pub(super) fn place_few(
    scope: &mut Scope<'_, '_>,
    scan: &Scan,
    settings: &Settings,
    moment: Moment,
    ids: &mut HashMap<[u8; 16], Uuid, FixedState>,
) -> Result<bool, Error> {
    if scan.wordings.len() > FEW {
        return Ok(false);
    }
    for (key, _) in &scan.wordings {
        ids.extend(find_wording(scope, *key)?.map(|id| (*key, id)));
    }
    let fresh = || {
        scan.wordings
            .iter()
            .filter(|(key, _)| !ids.contains_key(key))
    };
    let alone: Vec<Scanned> = fresh().map(|(_, one)| one.clone()).collect();
    if alone.is_empty() {
        return Ok(true);
    }
    let placed = sort(&alone, &scan.clients, settings);
    let mut guide = None;
    let mut homes = Vec::with_capacity(alone.len());
    for ((_, wording), (_, name)) in fresh().zip(&placed.of) {
        let home = if OF_ITSELF.iter().any(|prefix| name.starts_with(prefix)) {
            match find_key(scope, name)? {
                Some(home) => Some(home),
                None => return Ok(false),
            }
        } else if guide.is_some() || has_more(scope, MANY)? {
            let guide = guide.get_or_insert_with(|| Guide::new(&scan.clients));
            guide.home(scope, wording)?
        } else {
            return Ok(false);
        };
        homes.push(home);
    }
    let mut rest = None;
    let mut rows = Vec::with_capacity(alone.len());
    for ((key, wording), home) in fresh().zip(homes) {
        let home = match home.or(rest) {
            Some(home) => home,
            None => *rest.insert(rest_of_list(scope, moment)?),
        };
        rows.push(new_wording(*key, wording, home, moment));
    }
    insert_wordings(scope, &rows)?;
    ids.extend(rows.iter().map(|row| (row.digest, row.id)));
    Ok(true)
}

/// Where words lead.
struct Guide {
    folder: Folder,
    /// Words that say for whom, not what.
    names: HashSet<String>,
}

impl Guide {
    fn new(clients: &[String]) -> Self {
        let mut folder = Folder::new();
        let mut names = HashSet::new();
        for client in clients {
            names.extend(folder.fold(client).split(' ').map(str::to_owned));
        }
        Self { folder, names }
    }

    /// The activity one of its words leads to, of several the one with the most wordings; else its project's, if there is one.
    fn home(
        &mut self,
        scope: &mut Scope<'_, '_>,
        wording: &Scanned,
    ) -> Result<Option<Uuid>, Error> {
        let words: HashSet<&str> = self.folder.fold(&wording.description).split(' ').collect();
        let mut best: Option<(u64, Uuid)> = None;
        for word in words {
            if word.is_empty() || self.names.contains(word) {
                continue;
            }
            if let Some(activity) = find_key(scope, &format!("cluster:{word}"))? {
                best = best.max(Some((count_of_activity(scope, activity)?, activity)));
            }
        }
        if let Some((_, activity)) = best {
            return Ok(Some(activity));
        }
        if !wording.project.is_empty() {
            let key = format!("project:{}", wording.project.to_lowercase());
            return Ok(find_key(scope, &key)?);
        }
        Ok(None)
    }
}

/// The activity for what leads nowhere; it is opened where there is none.
fn rest_of_list(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<Uuid, Error> {
    let known = match find_rest(scope)? {
        Some(known) => Some(known),
        None => find_named(scope, &key_of_name(REST))?,
    };
    if let Some(known) = known {
        return Ok(known);
    }
    let row = ActivityRow {
        is_rest_of_list: true,
        ..new_activity(REST, None, moment)
    };
    insert_activity(scope, &row)?;
    Ok(row.id)
}
