//! Raw figures beside the answer about stress, from entries with clock times: hours in the evening and at the weekend, and changes of
//! activity. No sum is made of them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{WorkingDay, monday_of};
use crate::time::{Day, Seconds};

const DAY: i64 = 86_400;

/// An entry with clock times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocked<W, A> {
    /// Who worked.
    pub who: W,
    /// When it began, in seconds on the clock of the one who worked.
    pub start: i64,
    /// When it ended.
    pub end: i64,
    /// What was worked on.
    pub activity: A,
}

/// What entries with clock times say of some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dials {
    /// Time from Monday to Friday before the working day begins or after it ends; that of a weekend is none of it.
    pub evening: Seconds,
    /// Time on Saturday and Sunday.
    pub weekend: Seconds,
    /// All time of these entries.
    pub clocked: Seconds,
    /// So often an entry of a day was of another activity than the one before it.
    pub switches: u32,
    /// So many days had entries with clock times, those of each person apart.
    pub days: u32,
}

impl Dials {
    /// Changes of activity on a day; `None` without a day.
    #[must_use]
    pub fn switches_per_day(self) -> Option<Decimal> {
        Decimal::from(self.switches).checked_div(Decimal::from(self.days))
    }

    /// Changes of activity in an hour of these entries; `None` without time.
    #[must_use]
    pub fn switches_per_hour(self) -> Option<Decimal> {
        Decimal::from(self.switches).checked_div(self.clocked.hours())
    }

    /// The share of the time that lies in evenings and at weekends; `None` without time.
    #[must_use]
    pub fn off_hours(self) -> Option<Decimal> {
        let off = Decimal::from(self.evening.0 + self.weekend.0);
        off.checked_div(Decimal::from(self.clocked.0))
    }
}

/// What entries say, by the Monday of their week. An entry over midnight belongs to the day on which it began, and its time to where it is.
#[must_use]
pub fn dials<W: Ord + Clone, A: Ord + Clone>(
    mut entries: Vec<Clocked<W, A>>,
    working: WorkingDay,
) -> BTreeMap<Day, Dials> {
    let mut weeks: BTreeMap<Day, Dials> = BTreeMap::new();
    entries.sort_by(|a, b| {
        let key = |it: &Clocked<W, A>| (it.who.clone(), it.start, it.end, it.activity.clone());
        key(a).cmp(&key(b))
    });
    let mut before: Option<&Clocked<W, A>> = None;
    for entry in &entries {
        let day = entry.start.div_euclid(DAY);
        let Some(monday) = Day::from_number(day).map(monday_of) else {
            continue;
        };
        let of = weeks.entry(monday).or_default();
        let same = before.filter(|it| it.who == entry.who && it.start.div_euclid(DAY) == day);
        match same {
            Some(last) => of.switches += u32::from(last.activity != entry.activity),
            None => of.days += 1,
        }
        before = Some(entry);
        let to = entry.end.min(entry.start + DAY);
        add_time(&mut weeks, (entry.start, to), working);
    }
    weeks
}

fn add_time(weeks: &mut BTreeMap<Day, Dials>, (start, end): (i64, i64), working: WorkingDay) {
    let (morning, evening) = (working.begins().seconds(), working.ends().seconds());
    let mut from = start;
    while from < end {
        let number = from.div_euclid(DAY);
        let midnight = number * DAY;
        let to = end.min(midnight + DAY);
        let inside = to.min(midnight + evening) - from.max(midnight + morning);
        if let Some(day) = Day::from_number(number) {
            let monday = monday_of(day);
            let of = weeks.entry(monday).or_default();
            of.clocked += Seconds(to - from);
            if day.0 - monday.0 < 5 {
                of.evening += Seconds(to - from - inside.max(0));
            } else {
                of.weekend += Seconds(to - from);
            }
        }
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 2 November 2026.
    const MONDAY: i64 = 20_759;

    fn at(day: i64, from: i64, to: i64, activity: char) -> Clocked<&'static str, char> {
        Clocked {
            who: "me",
            start: (MONDAY + day) * DAY + from * 60,
            end: (MONDAY + day) * DAY + to * 60,
            activity,
        }
    }

    fn said(entries: Vec<Clocked<&'static str, char>>) -> Vec<String> {
        let weeks = dials(entries, WorkingDay::USUAL);
        let week = |(monday, it): (&Day, &Dials)| {
            let each = it.switches_per_day().map(|it| it.normalize());
            let each = each.map_or_else(|| "none".to_owned(), |it| it.to_string());
            format!("{monday} {} min, {each} a day", it.evening.0 / 60)
        };
        weeks.iter().map(week).collect()
    }

    #[test]
    fn evenings_and_changes_of_activity() {
        let check = |entries: Vec<_>, is: &[&str]| assert_eq!(said(entries), is);
        check(vec![], &[]);
        // 9 to 10, 10 to 11, 11 to 12: two changes, however they are sorted.
        let day = vec![
            at(0, 660, 720, 'a'),
            at(0, 540, 600, 'a'),
            at(0, 600, 660, 'b'),
        ];
        check(day, &["2026-11-02 0 min, 2 a day"]);
        // The same again is no change, and neither is the next morning.
        let two = vec![
            at(0, 540, 600, 'a'),
            at(0, 600, 610, 'a'),
            at(0, 610, 620, 'b'),
            at(1, 540, 600, 'a'),
        ];
        check(two, &["2026-11-02 0 min, 0.5 a day"]);
        // 6:30 to 7:30 and 18:30 to 20:00 on a Friday.
        let late = vec![at(4, 390, 450, 'a'), at(4, 1_110, 1_200, 'a')];
        check(late, &["2026-11-02 90 min, 0 a day"]);
        // Friday 22:00 to Saturday 2:00, and all of Sunday evening: the weekend stands apart.
        let night = vec![at(4, 1_320, 1_560, 'a'), at(6, 1_200, 1_260, 'a')];
        check(night, &["2026-11-02 120 min, 0 a day"]);
        // Sunday 23:00 to Monday 1:00 of the next week.
        let over = vec![at(6, 1_380, 1_500, 'a')];
        check(
            over,
            &["2026-11-02 0 min, 0 a day", "2026-11-09 60 min, none a day"],
        );
        // Two people at once are no changes.
        let other = Clocked {
            who: "you",
            ..at(0, 550, 640, 'b')
        };
        let both = vec![at(0, 540, 600, 'a'), other, at(0, 600, 660, 'a')];
        check(both, &["2026-11-02 0 min, 0 a day"]);
    }

    /// An evening is what lies outside of the owner's own working day, and with the weekend it is a share of the time.
    #[test]
    fn a_working_day_has_its_own_edges() {
        // 8 to 22 on a Monday, an hour on a Sunday.
        let week = || vec![at(0, 480, 1_320, 'a'), at(6, 600, 660, 'b')];
        let check = |from: &str, to: &str, minutes: i64, share: &str| {
            let working = WorkingDay::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
            let found = dials(week(), working)[&Day(20_759)];
            let (evening, rest) = (found.evening.0 / 60, found.weekend.0 / 60);
            assert_eq!((evening, rest, found.clocked.0 / 60), (minutes, 60, 900));
            let off = found.off_hours().unwrap().round_dp(3).normalize();
            assert_eq!(off.to_string(), share, "{from} to {to}");
        };
        check("7", "19", 180, "0.267");
        check("10", "22", 120, "0.2");
        check("0", "24", 0, "0.067");
        assert_eq!(Dials::default().off_hours(), None);
        assert_eq!(Dials::default().switches_per_hour(), None);
    }
}
