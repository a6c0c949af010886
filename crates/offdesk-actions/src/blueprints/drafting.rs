//! A first draft from what was done.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::blueprint::{Blueprint, DoneWork, from_work};
use offdesk_domain::{Day, Seconds};
use offdesk_store::activities::load_activity;
use offdesk_store::blueprints::work::{WorkRow, list_work};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Tx, Uuid};

use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::workspaces::Settings;

/// A draft is made of so many of the latest entries.
const MOST_ENTRIES: u32 = 5_000;

/// A draft of an activity's blueprint from its own entries. Nothing is kept yet.
///
/// # Errors
/// `not_found`.
pub fn draft_of_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    activity: Uuid,
) -> Result<Blueprint, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let row = load_activity(&mut scope, activity)?.ok_or_else(|| Error::not_found("activity"))?;
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    // A time without a zone is a wall-clock time, and taken as it stands.
    let zone = settings.zone.and_then(|name| TimeZone::get(&name).ok());
    let zone = zone.unwrap_or(TimeZone::UTC);
    let rows = list_work(&mut scope, activity, MOST_ENTRIES)?;
    let mut numbers: BTreeMap<Uuid, usize> = BTreeMap::new();
    let works: Vec<DoneWork> = rows
        .into_iter()
        .map(|row| {
            let next = numbers.len();
            let wording = *numbers.entry(row.wording_id).or_insert(next);
            work(row, wording, &zone)
        })
        .collect();
    Ok(from_work(&row.name, &works))
}

fn work(row: WorkRow, wording: usize, zone: &TimeZone) -> DoneWork {
    let start = row.start_at.and_then(|at| Timestamp::from_second(at).ok());
    let start = start.map(|at| {
        let time = zone.to_datetime(at).time();
        let parts = [(time.hour(), 3600), (time.minute(), 60), (time.second(), 1)];
        let seconds = parts.map(|(part, each)| u32::try_from(part).unwrap_or(0) * each);
        seconds.iter().sum()
    });
    let text = if row.description.trim().is_empty() {
        row.task
    } else {
        row.description
    };
    DoneWork {
        wording,
        text,
        day: row.day.and_then(Day::from_number),
        start,
        seconds: Seconds(row.seconds),
        project: row.project,
        tags: row.tags,
    }
}

/// Puts the link to a recording into a draft: who did the work once shows it, and writes version 1 from it.
///
/// # Errors
/// `blueprint.link` for what is no address.
pub fn add_recording(blueprint: &mut Blueprint, link: &str) -> Result<(), Error> {
    let link = link.trim();
    if link.is_empty() {
        return Ok(());
    }
    let is_address = ["https://", "http://"]
        .iter()
        .any(|scheme| link.len() > scheme.len() && link.starts_with(scheme));
    let is_plain = !link
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')'));
    if !is_address || !is_plain || link.len() > 2_000 {
        return Err(Error::invalid(
            "recording",
            "blueprint.link",
            "this is no address of a recording",
        )
        .hint("copy the whole address: https://…"));
    }
    let item = format!("[Recording]({link})");
    blueprint
        .links
        .insert(0, offdesk_domain::blueprint::Piece::Item(item));
    Ok(())
}
