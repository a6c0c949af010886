//! When work is usually done, in which order within a day, and how long a day of it takes.

use std::collections::BTreeMap;

use jiff::civil::Weekday;

use super::DoneWork;
use crate::Day;

/// The place of what is neither early nor late in a day, in thousandths.
pub(super) const MIDDLE: usize = 500;

/// The usual time of a day with this work, in minutes, to five; `None` where no entry has a length.
pub(super) fn usual_minutes(works: &[DoneWork]) -> Option<u32> {
    let mut days: BTreeMap<Day, i64> = BTreeMap::new();
    for work in works.iter().filter(|work| work.seconds.0 > 0) {
        // Hours of a week told from memory have no day, and say nothing of one time.
        if let Some(day) = work.day {
            *days.entry(day).or_default() += work.seconds.0;
        }
    }
    let mut lengths: Vec<i64> = days.into_values().collect();
    lengths.sort_unstable();
    let middle = *lengths.get(lengths.len() / 2)?;
    let fives = (middle + 150) / 300;
    u32::try_from(fives.max(1) * 5).ok()
}

/// Where in a day each text usually stands, in thousandths: 0 first, 1000 last. A text has the number that is given for its wording.
pub(super) fn places(
    works: &[DoneWork],
    text_of: &BTreeMap<usize, usize>,
) -> BTreeMap<usize, usize> {
    let mut days: BTreeMap<Day, Vec<(u32, usize)>> = BTreeMap::new();
    for work in works {
        if let (Some(day), Some(start)) = (work.day, work.start) {
            let text = text_of.get(&work.wording).copied();
            days.entry(day)
                .or_default()
                .push((start, text.unwrap_or(usize::MAX)));
        }
    }
    let mut sums: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for mut day in days.into_values() {
        day.sort_unstable();
        let last = day.len().saturating_sub(1);
        if last == 0 {
            continue;
        }
        for (at, (_, text)) in day.iter().enumerate() {
            let (sum, count) = sums.entry(*text).or_default();
            *sum += 1000 * at / last;
            *count += 1;
        }
    }
    let mean = |(text, (sum, count)): (usize, (usize, usize))| (text, sum / count.max(1));
    sums.into_iter().map(mean).collect()
}

/// When it is usually done, in a sentence; empty where no entry has a day.
pub(super) fn trigger(works: &[DoneWork]) -> String {
    let mut days: Vec<Day> = works.iter().filter_map(|work| work.day).collect();
    days.sort_unstable();
    days.dedup();
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return String::new();
    };
    let weeks = (last.0 - first.0) / 7 + 1;
    let mut text = on_days(&days, usize::try_from(weeks).unwrap_or(1));
    if let Some(start) = usual_start(works) {
        text += &format!(", around {}:{:02}", start / 60, start % 60);
    }
    text.push('.');
    text
}

fn on_days(days: &[Day], weeks: usize) -> String {
    let mut counts: BTreeMap<i8, (Weekday, usize)> = BTreeMap::new();
    for day in days {
        let weekday = day.date().weekday();
        let (_, count) = counts
            .entry(weekday.to_monday_zero_offset())
            .or_insert((weekday, 0));
        *count += 1;
    }
    // A day of the week counts where it has work in more than half of the weeks.
    let usual: Vec<Weekday> = counts
        .values()
        .filter(|(_, count)| *count * 2 > weeks)
        .map(|(weekday, _)| *weekday)
        .collect();
    let is_weekday = |day: &Weekday| !matches!(day, Weekday::Saturday | Weekday::Sunday);
    match usual.as_slice() {
        _ if days.len() < 2 => "When it comes up".to_owned(),
        [] if days.len() >= weeks => {
            let each = days.len().div_ceil(weeks.max(1));
            format!("About {} a week", times(each))
        }
        [] => format!("About {} in {weeks} weeks", times(days.len())),
        all if all.len() >= 5 && all.iter().filter(|day| is_weekday(day)).count() == 5 => {
            "Every weekday".to_owned()
        }
        [one] => format!("Every {}", name(*one)),
        [before @ .., end] => {
            let names: Vec<&str> = before.iter().map(|day| name(*day)).collect();
            format!("Every {} and {}", names.join(", "), name(*end))
        }
    }
}

fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        count => format!("{count} times"),
    }
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// When the first entry of a day usually begins, in minutes since midnight, to a quarter of an hour.
fn usual_start(works: &[DoneWork]) -> Option<u32> {
    let mut first: BTreeMap<Day, u32> = BTreeMap::new();
    for work in works {
        if let (Some(day), Some(start)) = (work.day, work.start) {
            let known = first.entry(day).or_insert(start);
            *known = start.min(*known);
        }
    }
    let mut starts: Vec<u32> = first.into_values().collect();
    starts.sort_unstable();
    let middle = starts.get(starts.len() / 2)?;
    Some((middle + 450) / 900 * 15 % (24 * 60))
}
