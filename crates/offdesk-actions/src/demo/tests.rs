//! The invented quarter is the same for a seed, and plausible: hours, entries, no overlaps, the oddities it promises.

use std::collections::BTreeMap;

use super::*;

const SUNDAY: (i32, u32, u32) = (2026, 11, 22);

fn demo(seed: u64, (year, month, day): (i32, u32, u32)) -> String {
    let mut out = Vec::new();
    write_demo(&mut out, seed, Day::from_ymd(year, month, day).unwrap()).unwrap();
    String::from_utf8(out).unwrap()
}

/// Day, start, end (`None` while running), printed duration, text.
struct Row {
    day: Day,
    start: i64,
    end: Option<i64>,
    duration: Option<i64>,
    text: String,
}

fn rows(csv: &str) -> Vec<Row> {
    let seconds = |text: &str| {
        let parts: Vec<i64> = text.split(':').map(|part| part.parse().unwrap()).collect();
        parts[0] * HOUR + parts[1] * MINUTE + parts[2]
    };
    let mut lines = csv.strip_prefix('\u{feff}').unwrap().lines();
    assert_eq!(lines.next().unwrap(), HEADER);
    lines
        .map(|line| {
            let inner = line
                .strip_prefix('"')
                .and_then(|line| line.strip_suffix('"'))
                .unwrap();
            let cells: Vec<&str> = inner.split("\",\"").collect();
            assert_eq!(cells.len(), 13, "{line}");
            assert!(
                cells[9].is_empty() || cells[7] == cells[9],
                "over midnight: {line}"
            );
            Row {
                day: Day::from_date(cells[7].parse().unwrap()),
                start: seconds(cells[8]),
                end: (!cells[10].is_empty()).then(|| seconds(cells[10])),
                duration: (!cells[11].is_empty()).then(|| seconds(cells[11])),
                text: cells[5].to_owned(),
            }
        })
        .collect()
}

#[test]
fn a_seed_fixes_every_byte() {
    assert_eq!(demo(7, SUNDAY), demo(7, SUNDAY));
    assert_ne!(demo(7, SUNDAY), demo(8, SUNDAY));
}

#[test]
fn weeks_have_about_44_hours_and_days_about_20_entries() {
    for seed in 0..20 {
        let rows = rows(&demo(seed, SUNDAY));
        let monday = Day::from_ymd(2026, 8, 24).unwrap();
        let mut weeks: BTreeMap<i32, i64> = BTreeMap::new();
        let mut days: BTreeMap<Day, usize> = BTreeMap::new();
        for row in &rows {
            *weeks.entry((row.day.0 - monday.0) / 7).or_default() += row.duration.unwrap_or(0);
            *days.entry(row.day).or_default() += 1;
        }
        assert_eq!(
            weeks.keys().copied().collect::<Vec<_>>(),
            (0..13).collect::<Vec<_>>()
        );
        for (week, seconds) in &weeks {
            assert!(
                (37 * HOUR..=54 * HOUR).contains(seconds),
                "seed {seed}: week {week} has {seconds} s"
            );
        }
        let mean = weeks.values().sum::<i64>() / 13;
        assert!(
            (42 * HOUR..=47 * HOUR).contains(&mean),
            "seed {seed}: {mean} s a week"
        );
        let workdays: Vec<usize> = days
            .iter()
            .filter(|(day, _)| day.weekday().to_monday_zero_offset() < 5)
            .map(|(_, n)| *n)
            .collect();
        assert_eq!(workdays.len(), 65, "seed {seed}");
        let entries = workdays.iter().sum::<usize>() / 65;
        assert!(
            (15..=25).contains(&entries),
            "seed {seed}: {entries} entries a day"
        );
        assert!(
            workdays.iter().all(|n| (8..=35).contains(n)),
            "seed {seed}: {workdays:?}"
        );
    }
}

#[test]
fn rows_add_up_and_the_oddities_are_there() {
    for seed in 0..20 {
        let csv = demo(seed, SUNDAY);
        let rows = rows(&csv);
        let (running, ended) = rows.split_last().unwrap();
        assert!(
            running.end.is_none() && running.duration.is_none(),
            "seed {seed}"
        );
        let mut twins = 0;
        for row in ended {
            assert_eq!(
                row.end.unwrap() - row.start,
                row.duration.unwrap(),
                "seed {seed}: {}",
                row.text
            );
        }
        for pair in rows.windows(2) {
            let is_twin = (pair[0].day, pair[0].start, pair[0].end)
                == (pair[1].day, pair[1].start, pair[1].end);
            twins += usize::from(is_twin);
            let follows =
                pair[0].day < pair[1].day || pair[0].end.is_some_and(|end| end <= pair[1].start);
            assert!(
                is_twin || follows,
                "seed {seed}: {} overlaps {}",
                pair[0].text,
                pair[1].text
            );
        }
        assert_eq!(twins, 1, "seed {seed}");
        let same_lines = csv
            .lines()
            .zip(csv.lines().skip(1))
            .filter(|(a, b)| a == b)
            .count();
        assert_eq!(same_lines, 1, "seed {seed}");
        let without_length = ended.iter().filter(|row| row.duration == Some(0)).count();
        assert_eq!(without_length, 2, "seed {seed}");
    }
}

#[test]
fn nothing_is_later_than_the_last_day() {
    for last in [
        (2026, 11, 23),
        (2026, 11, 25),
        (2026, 11, 28),
        (2024, 2, 29),
    ] {
        let day = Day::from_ymd(last.0, last.1, last.2).unwrap();
        let rows = rows(&demo(3, last));
        assert!(rows.iter().all(|row| row.day <= day), "{last:?}");
        assert_eq!(rows.last().unwrap().day, day, "{last:?}");
    }
}

#[test]
fn no_placeholder_is_left_in_a_text() {
    for seed in 0..20 {
        let csv = demo(seed, SUNDAY);
        assert!(!csv.contains(['{', '}']), "seed {seed}");
    }
}

#[test]
fn texts_are_mostly_written_differently() {
    let rows = rows(&demo(1, SUNDAY));
    let mut texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    let all = texts.len();
    texts.sort_unstable();
    texts.dedup();
    assert!(
        texts.len() * 10 > all * 6,
        "{} of {all} are distinct",
        texts.len()
    );
}
