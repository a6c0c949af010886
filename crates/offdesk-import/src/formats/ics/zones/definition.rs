//! A calendar's own definition of a zone, and the clock it makes.

use std::ops::ControlFlow;

use offdesk_domain::recurrence::{Budget, PrintedOn, Rule};

use super::EPOCH;
use crate::text::clock::Clock;

/// Most clock changes one definition may make.
const CHANGES: usize = 10_000;

/// A `STANDARD` or `DAYLIGHT` part of a zone's definition.
#[derive(Debug, Clone, Default)]
pub struct Observance {
    /// First time it begins, on the clock before it.
    pub start: Option<i64>,
    /// Seconds east of UTC before it.
    pub from: Option<i64>,
    /// Seconds east of UTC from then on.
    pub to: Option<i64>,
    /// How it comes back.
    pub rules: Vec<Rule>,
    /// Other times it begins.
    pub dates: Vec<i64>,
    /// Something in it was not understood.
    pub is_flawed: bool,
}

/// A `VTIMEZONE`.
#[derive(Debug, Clone, Default)]
pub struct Definition {
    /// Line on which it begins.
    pub line: u64,
    /// Its `TZID`.
    pub name: Option<u32>,
    /// `X-LIC-LOCATION`: an IANA name some programs add.
    pub location: String,
    /// Its parts.
    pub parts: Vec<Observance>,
}

/// Why a definition is of no use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoUse {
    Flawed,
    Endless,
}

/// The clock a definition describes, up to a year after `now`.
pub(super) fn compile(
    definition: &Definition,
    now: i64,
    budget: &mut Budget,
) -> Result<Clock, NoUse> {
    let to = now.saturating_add(400 * 86_400);
    let mut changes: Vec<(i64, i64)> = Vec::new();
    let mut first: Option<(i64, i64)> = None;
    for part in &definition.parts {
        let (Some(start), Some(from), Some(offset), false) =
            (part.start, part.from, part.to, part.is_flawed)
        else {
            return Err(NoUse::Flawed);
        };
        if first.is_none_or(|(earliest, _)| start < earliest) {
            first = Some((start, from));
        }
        changes.push((start - from, offset));
        changes.extend(part.dates.iter().map(|wall| (wall - from, offset)));
        for rule in &part.rules {
            let until = rule.until.map(|until| match until.on {
                PrintedOn::Utc => until.wall + from,
                PrintedOn::Day => until.wall + 86_399,
                PrintedOn::Wall => until.wall,
            });
            // A rule that ended early still says which offset was left behind.
            let begin = if until.is_some_and(|until| until < EPOCH) {
                start
            } else {
                EPOCH
            };
            let mut count = 0;
            let walk = rule.each(start, until, (begin, to), budget, &mut |wall| {
                count += 1;
                changes.push((wall - from, offset));
                if count > CHANGES {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            });
            if walk.is_err() || count > CHANGES {
                return Err(NoUse::Endless);
            }
        }
    }
    let (_, before) = first.ok_or(NoUse::Flawed)?;
    changes.sort_by_key(|(at, _)| *at);
    Ok(Clock::of_changes(before, changes))
}

/// Whether a definition and the IANA zone disagree at any turn of a fortnight in the five years before `now`.
pub(super) fn differs(own: &Clock, iana: &Clock, now: i64) -> bool {
    (0..130).any(|fortnight| {
        let at = now - fortnight * 14 * 86_400;
        own.offset(at) != iana.offset(at)
    })
}
