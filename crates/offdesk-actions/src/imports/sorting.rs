//! Wordings to activities: new ones beside those that are there, by the same grouping the audit uses.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;
use offdesk_domain::audit::{Activity, Stays};
use offdesk_domain::text::seen_line;
use offdesk_domain::{EntryKind, Price};
use offdesk_import::{Entry, Sink, Tags};
use offdesk_store::activities::{ActivityRow, PriceRow, list_activities, update_activity};
use offdesk_store::wordings::{WordingRow, insert_wordings, list_of_activity, list_wordings};
use offdesk_store::{Scope, Uuid};

use super::few::place_few;
use super::homes::Desk;
use super::scanning::{Scan, Scanned, WordingIds};
use crate::audit::collector::{Collector, Job};
use crate::audit::grouping::{Market, Sorted, sorted};
use crate::error::Error;
use crate::moment::Moment;
use crate::price::Figures;
use crate::rules::OwnPrices;
use crate::workspaces::Settings;

/// The name of the activity for what fits nowhere else.
pub(super) const REST: &str = "Everything else";

/// Wordings sorted into activities: for each wording the activity's place and the key it is known by.
pub(super) struct Placed {
    pub(super) activities: Vec<Activity>,
    pub(super) of: Vec<(usize, String)>,
}

pub(super) fn sort(wordings: &[Scanned], clients: &[String], settings: &Settings) -> Placed {
    let job = Arc::new(Job {
        keeps_ledger: true,
        ..Job::default()
    });
    let mut collector = Collector::new(Arc::clone(&job));
    for (at, wording) in (1_u64..).zip(wordings) {
        let client = usize::try_from(at).ok().and_then(|at| clients.get(at - 1));
        collector.entry(&Entry {
            line: at,
            client: client.map_or("", String::as_str),
            project: &wording.project,
            task: &wording.task,
            description: &wording.description,
            tags: Tags::new(&wording.tags, ""),
            // A wording without time still belongs somewhere.
            seconds: wording.seconds.max(1),
            ..Entry::default()
        });
    }
    drop(collector.end(EntryKind::Measured));
    let market = Market {
        place: settings.place,
        currency: settings.currency,
        figures: Figures::default(),
        own: OwnPrices::default(),
        explains: false,
    };
    let groups: Vec<usize> = collector
        .ledger
        .iter()
        .map(|line| usize::try_from(line.group).unwrap_or(0))
        .collect();
    let sorted = sorted(&collector, &job, &market);
    let mut place_of: HashMap<usize, (usize, String)> = HashMap::new();
    for (place, Sorted { members, .. }) in sorted.iter().enumerate() {
        for (group, key) in members {
            place_of.insert(*group, (place, key.clone()));
        }
    }
    let of = groups
        .iter()
        .map(|group| place_of.get(group).cloned().unwrap_or_default())
        .collect();
    let activities = sorted.into_iter().map(|one| one.activity).collect();
    Placed { activities, of }
}

/// The activities a file would add to, with their seconds, the largest first.
pub fn preview_activities(scan: &Scan, settings: &Settings) -> Vec<(String, i64)> {
    let wordings: Vec<Scanned> = scan.wordings.iter().map(|(_, one)| one.clone()).collect();
    let placed = sort(&wordings, &scan.clients, settings);
    let mut seconds = vec![0_i64; placed.activities.len()];
    for (wording, (place, _)) in wordings.iter().zip(&placed.of) {
        if let Some(sum) = seconds.get_mut(*place) {
            *sum += wording.seconds;
        }
    }
    let names = placed.activities.into_iter().map(|activity| {
        if activity.is_rest_of_list {
            REST.to_owned()
        } else {
            activity.name
        }
    });
    let mut all: Vec<(String, i64)> = names.zip(seconds).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    all
}

/// Writes down the wordings of a file that are new, each in its activity, and gives the ids of all.
pub fn place_wordings(
    scope: &mut Scope<'_, '_>,
    scan: &Scan,
    settings: &Settings,
    moment: Moment,
) -> Result<WordingIds, Error> {
    let mut ids: HashMap<_, Uuid, FixedState> = HashMap::default();
    if place_few(scope, scan, settings, moment, &mut ids)? {
        return Ok(Arc::new(ids));
    }
    let known = list_wordings(scope)?;
    ids.extend(known.iter().map(|wording| (wording.digest, wording.id)));
    let fresh: Vec<&([u8; 16], Scanned)> = scan
        .wordings
        .iter()
        .filter(|(key, _)| !ids.contains_key(key))
        .collect();
    if fresh.is_empty() {
        return Ok(Arc::new(ids));
    }
    // Sorted together with what is there, so that texts find others like them.
    let mut all: Vec<Scanned> = fresh.iter().map(|(_, one)| one.clone()).collect();
    all.extend(known.iter().map(scanned_again));
    let placed = sort(&all, &scan.clients, settings);
    let mut desk = Desk::load(scope, &placed, moment)?;
    for (at, wording) in known.iter().enumerate() {
        if let Some((place, _)) = placed.of.get(fresh.len() + at) {
            desk.homes.entry(*place).or_insert(wording.activity_id);
        }
    }
    let mut rows = Vec::with_capacity(fresh.len());
    for ((key, wording), (place, name)) in fresh.into_iter().zip(&placed.of) {
        let row = new_wording(*key, wording, desk.home(scope, *place, name)?, moment);
        ids.insert(*key, row.id);
        rows.push(row);
    }
    insert_wordings(scope, &rows)?;
    Ok(Arc::new(ids))
}

pub(super) fn new_wording(
    digest: [u8; 16],
    of: &Scanned,
    activity: Uuid,
    moment: Moment,
) -> WordingRow {
    WordingRow {
        id: moment.id(),
        digest,
        description: of.description.clone(),
        project: of.project.clone(),
        task: of.task.clone(),
        tags: of.tags.clone(),
        activity_id: activity,
    }
}

/// A wording that is there already, as if a file had it for a minute.
fn scanned_again(wording: &WordingRow) -> Scanned {
    Scanned {
        description: wording.description.clone(),
        project: wording.project.clone(),
        task: wording.task.clone(),
        tags: wording.tags.clone(),
        seconds: 60,
    }
}

/// The row of a new activity.
pub(crate) fn new_activity(name: &str, activity: Option<&Activity>, moment: Moment) -> ActivityRow {
    let name: String = seen_line(name).chars().take(120).collect();
    ActivityRow {
        id: moment.id(),
        name_key: key_of_name(&name),
        name,
        stays: activity
            .and_then(|activity| activity.stays)
            .map(|stays| word_of(stays).to_owned()),
        price: activity
            .and_then(|activity| activity.price.as_ref())
            .map(price_row),
        is_rest_of_list: activity.is_some_and(|activity| activity.is_rest_of_list),
        judgement: None,
        judgement_reason: String::new(),
        back_day: None,
        judged_gain: None,
        created_at: moment.micros(),
        version: 1,
    }
}

/// A name to compare by.
#[must_use]
pub fn key_of_name(name: &str) -> String {
    seen_line(name).to_lowercase()
}

/// The word for why an activity stays.
pub(crate) fn word_of(stays: Stays) -> &'static str {
    match stays {
        Stays::Mine => "mine",
        Stays::Rest => "rest",
    }
}

fn price_row(price: &Price) -> PriceRow {
    PriceRow {
        low: price.range.low.to_string(),
        likely: price.range.likely.to_string(),
        high: price.range.high.to_string(),
        currency: price.currency.code().to_owned(),
        place: price.place.code().to_owned(),
        occupation: price.occupation.clone(),
        confidence: price.confidence.into(),
        source: price.source.clone(),
        is_own: false,
    }
}

/// Prices all activities anew for the place and the currency of the settings; the owner's own prices stay.
///
/// # Errors
/// Those of the store.
pub fn reprice(scope: &mut Scope<'_, '_>, settings: &Settings) -> Result<(), Error> {
    let all = list_activities(scope)?.into_iter();
    for activity in all.filter(|it| !has_own_price(it)) {
        let price = market_price(scope, &activity, settings)?;
        keep_price(scope, activity, price)?;
    }
    Ok(())
}

/// Prices one activity anew, where its price is not the owner's own; what has one keeps it where the market has none.
///
/// # Errors
/// Those of the store.
pub fn reprice_one(
    scope: &mut Scope<'_, '_>,
    activity: ActivityRow,
    settings: &Settings,
) -> Result<(), Error> {
    if has_own_price(&activity) {
        return Ok(());
    }
    match market_price(scope, &activity, settings)? {
        None => Ok(()),
        price => keep_price(scope, activity, price),
    }
}

fn has_own_price(activity: &ActivityRow) -> bool {
    activity.price.as_ref().is_some_and(|price| price.is_own)
}

fn keep_price(
    scope: &mut Scope<'_, '_>,
    mut activity: ActivityRow,
    price: Option<PriceRow>,
) -> Result<(), Error> {
    if price != activity.price {
        activity.price = price;
        update_activity(scope, &activity)?;
    }
    Ok(())
}

/// The market's price of what most of the time of an activity is; what fits nowhere else has none.
fn market_price(
    scope: &mut Scope<'_, '_>,
    activity: &ActivityRow,
    settings: &Settings,
) -> Result<Option<PriceRow>, Error> {
    if activity.is_rest_of_list {
        return Ok(None);
    }
    let spent: Vec<Scanned> = list_of_activity(scope, activity.id)?
        .iter()
        .map(|(wording, _, seconds)| Scanned {
            seconds: *seconds,
            ..scanned_again(wording)
        })
        .collect();
    let placed = sort(&spent, &[], settings);
    let mut time: HashMap<usize, i64> = HashMap::new();
    for (wording, (place, _)) in spent.iter().zip(&placed.of) {
        // A wording without time still says what it is.
        *time.entry(*place).or_default() += wording.seconds.max(1);
    }
    let priced = time.into_iter().filter_map(|(place, time)| {
        let price = placed.activities.get(place)?.price.as_ref()?;
        Some(((time, std::cmp::Reverse(place)), price))
    });
    let most = priced.max_by_key(|(weight, _)| *weight);
    Ok(most.map(|(_, price)| price_row(price)))
}
