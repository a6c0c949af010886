//! Which weeks the entries of a workspace speak about, so that a line typed long after the last file does not thin out the others.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::time::{Day, Period, week_of};

/// Days without an entry that are still spoken about: a holiday, or the days between two exports.
const MOST_SILENT_DAYS: i32 = 14;
/// So many days of typed lines are a week's work.
const WORKDAYS: u32 = 5;

/// The days that are spoken about: those of files from the first to the last, and single days with typed lines beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Apart by more than two weeks, in order.
    spans: Vec<Period>,
    /// Days of typed lines outside of these, in order.
    typed: Vec<Day>,
}

/// The last part of what is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its days, with those inside that nobody speaks about.
    pub period: Period,
    /// The weeks that are spoken about in it, above 0.
    pub weeks: Decimal,
}

impl Coverage {
    /// What files cover from their first to their last day, and days with typed lines. Without a file the typed lines are all there is,
    /// and cover the days between them.
    #[must_use]
    pub fn of(files: Vec<Period>, mut typed: Vec<Day>) -> Self {
        typed.sort_unstable();
        typed.dedup();
        let day = |day: &Day| Period {
            from: *day,
            to: *day,
        };
        if files.is_empty() {
            return Self {
                spans: joined(typed.iter().map(day).collect()),
                typed: Vec::new(),
            };
        }
        let spans = joined(files);
        typed.retain(|day| !spans.iter().any(|span| span.has(*day)));
        Self { spans, typed }
    }

    /// From the first to the last day; `None` where nothing is covered.
    #[must_use]
    pub fn period(&self) -> Option<Period> {
        let (spans, typed) = (&self.spans, &self.typed);
        let from = spans
            .iter()
            .map(|span| span.from)
            .chain(typed.first().copied());
        let to = spans
            .iter()
            .map(|span| span.to)
            .chain(typed.last().copied());
        Some(Period {
            from: from.min()?,
            to: to.max()?,
        })
    }

    /// Weeks that are spoken about, at least one.
    #[must_use]
    pub fn weeks(&self) -> Decimal {
        weeks(&self.spans, &self.typed).max(Decimal::ONE)
    }

    /// Weeks that are spoken about within a period, at least one; `None` where none are.
    #[must_use]
    pub fn within(&self, period: Period) -> Option<Decimal> {
        let inside = |span: &Period| {
            let (from, to) = (span.from.max(period.from), span.to.min(period.to));
            (from <= to).then_some(Period { from, to })
        };
        let spans: Vec<Period> = self.spans.iter().filter_map(inside).collect();
        let typed = self.typed.iter().copied().filter(|it| period.has(*it));
        let typed: Vec<Day> = typed.collect();
        let is_none = spans.is_empty() && typed.is_empty();
        (!is_none).then(|| weeks(&spans, &typed).max(Decimal::ONE))
    }

    /// Weeks that are spoken about before a day, at least one; `None` where none are.
    #[must_use]
    pub fn weeks_before(&self, day: Day) -> Option<Decimal> {
        self.within(Period {
            from: self.period()?.from,
            to: Day(day.0 - 1),
        })
    }

    /// The last so many weeks that are spoken about, whatever lies between them; `None` where nothing is covered.
    #[must_use]
    pub fn last_weeks(&self, most: u16) -> Option<Window> {
        let whole = self.period()?;
        let mut days = i32::from(most) * 7;
        let mut spans = Vec::new();
        for span in self.spans.iter().rev() {
            if days <= 0 {
                break;
            }
            let from = span.from.max(Day(span.to.0 - days + 1));
            days -= span.to.0 - from.0 + 1;
            spans.push(Period { from, ..*span });
        }
        let from = spans.last().map_or(whole.from, |span| span.from);
        let typed: Vec<Day> = self
            .typed
            .iter()
            .copied()
            .filter(|day| *day >= from)
            .collect();
        Some(Window {
            period: Period { from, ..whole },
            weeks: weeks(&spans, &typed).max(Decimal::new(1, 1)),
        })
    }

    /// Whether a file speaks about all days of a period.
    #[must_use]
    pub fn has_all(&self, period: Period) -> bool {
        self.spans
            .iter()
            .any(|span| span.has(period.from) && span.has(period.to))
    }
}

/// Periods in order, those made one that are no more than two weeks apart.
fn joined(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort_unstable_by_key(|period| (period.from, period.to));
    let mut spans: Vec<Period> = Vec::new();
    for period in periods {
        match spans.last_mut() {
            Some(last) if period.from.0 - last.to.0 - 1 <= MOST_SILENT_DAYS => {
                last.to = last.to.max(period.to);
            }
            _ => spans.push(period),
        }
    }
    spans
}

fn weeks(spans: &[Period], typed: &[Day]) -> Decimal {
    let days: i64 = spans.iter().map(|span| span.days_with_weekend()).sum();
    let mut by_week: BTreeMap<i64, u32> = BTreeMap::new();
    for day in typed {
        *by_week.entry(week_of(day.0.into())).or_default() += 1;
    }
    let worked: u32 = by_week.values().map(|days| (*days).min(WORKDAYS)).sum();
    Decimal::from(days) / Decimal::from(7) + Decimal::from(worked) / Decimal::from(WORKDAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    fn period(from: &str, to: &str) -> Period {
        Period {
            from: day(from),
            to: day(to),
        }
    }

    #[track_caller]
    fn check(files: &[(&str, &str)], typed: &[&str], weeks: &str) {
        let files = files.iter().map(|(from, to)| period(from, to)).collect();
        let found = Coverage::of(files, typed.iter().map(|it| day(it)).collect());
        assert_eq!(found.weeks().round_dp(2).normalize().to_string(), weeks);
    }

    #[test]
    fn a_file_covers_its_days_and_a_line_only_its_own() {
        let quarter = ("2026-01-05", "2026-03-27");
        check(&[quarter], &[], "12");
        // One line of two hours eight months later is no third of a year without work.
        check(&[quarter], &["2026-11-28"], "12.2");
        check(&[quarter], &["2026-04-05"], "12.2");
        // Lines of every day of a week are that week, and lines inside of a file's days are no more of it.
        let week = [
            "2026-11-16",
            "2026-11-17",
            "2026-11-18",
            "2026-11-19",
            "2026-11-20",
        ];
        check(&[quarter], &week, "13");
        check(&[quarter], &["2026-02-02"], "12");
        // Two exports side by side, and two that half a year lies between.
        check(
            &[("2026-01-05", "2026-01-30"), ("2026-02-02", "2026-03-27")],
            &[],
            "12",
        );
        check(&[("2025-01-06", "2025-01-31"), quarter], &[], "16");
        // Lines alone cover what lies between them.
        check(&[], &["2026-02-02", "2026-02-09"], "1.14");
        check(&[], &["2026-02-02"], "1");
        check(&[], &[], "1");
    }

    #[test]
    fn the_last_weeks_reach_over_a_gap() {
        let quarter = period("2026-01-05", "2026-03-27");
        let found = Coverage::of(vec![quarter], vec![day("2026-11-28")]);
        let window = found.last_weeks(4).unwrap();
        assert_eq!(window.period, period("2026-02-28", "2026-11-28"));
        assert_eq!(window.weeks.round_dp(1).to_string(), "4.2");
        assert!(found.has_all(period("2026-01-05", "2026-01-11")));
        assert!(!found.has_all(period("2026-11-23", "2026-11-29")));
        assert_eq!(Coverage::default().last_weeks(4), None);
        let before = |text| found.weeks_before(day(text)).map(|it| it.to_string());
        assert_eq!(before("2026-01-19").as_deref(), Some("2"));
        assert_eq!(before("2026-01-06").as_deref(), Some("1"));
        assert_eq!(before("2026-01-05"), None);
    }
}
