//! Calendars: input that is bad, hostile or huge, and series over clock changes against lists made by hand.

use std::io::{Cursor, Write as _};

use offdesk_import::{Input, Problem, Report};
use zip::write::SimpleFileOptions;

use crate::collect::{self, Collect};

fn read(bytes: &[u8], args: &str) -> Result<(Report, Collect), Problem> {
    let mut input = Input::memory("calendar.ics", bytes.to_vec())?;
    collect::read(&mut input, &collect::options(args))
}

/// A calendar with these lines in one event.
fn event(lines: &str) -> String {
    calendar(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n"))
}

fn calendar(body: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n")
}

#[test]
fn files_that_cannot_be_read() {
    let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:X-DEEP\n".repeat(100_000));
    let cases: [(&str, &str, &str); 10] = [
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
            "import.truncated",
            "the VEVENT begun in line 2 never ends: the file stops after line 2",
        ),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
            "import.ics_end",
            "END:VCALENDAR comes while the VEVENT begun in line 2 is open",
        ),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VEVENT\n",
            "import.ics_end",
            "BEGIN:VEVENT comes while the VEVENT begun in line 2 is open",
        ),
        (
            "BEGIN:VCALENDAR\nBEGIN:VCALENDAR\n",
            "import.ics_end",
            "BEGIN:VCALENDAR comes while the VCALENDAR begun in line 1 is open",
        ),
        (
            "BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VEVENT\n",
            "import.ics_end",
            "END:VEVENT ends nothing that was begun",
        ),
        (
            &deep,
            "import.depth",
            "X-DEEP is nested more than 8 deep, in the X-DEEP of line 8",
        ),
        (
            "BEGIN:VCALENDAR\nSUMMARY:a\0b\nEND:VCALENDAR\n",
            "import.control_char",
            "NUL",
        ),
        (
            "BEGIN:VCALENDAR",
            "import.truncated",
            "the VCALENDAR begun in line 1 never ends",
        ),
        (
            "BEGIN:VEVENT\nEND:VEVENT\n",
            "import.not_ics",
            "this event is in no calendar",
        ),
        (
            "nothing of the kind",
            "import.not_ics",
            "there is no BEGIN:VCALENDAR in this file",
        ),
    ];
    for (text, code, message) in cases {
        let problem = read(text.as_bytes(), "format=ics").map(|_| ()).unwrap_err();
        assert_eq!(problem.code, code, "{problem}");
        assert!(problem.message.contains(message), "{problem}");
    }
}

#[test]
fn events_that_repeat_without_end() {
    let dates = |n: usize| vec!["20260203T100000Z"; n].join(",");
    let folded = |n: usize| dates(n).replace(',', ",\n ");
    let all = |n: u32| (0..n).map(|i| i.to_string()).collect::<Vec<_>>().join(",");
    let many_lines = format!("RDATE:{}\n", dates(1000)).repeat(1000);
    let cases = [
        ("RRULE:FREQ=SECONDLY".to_owned(), 1, 0),
        ("RRULE:FREQ=MINUTELY".to_owned(), 1, 0),
        (
            "RRULE:FREQ=SECONDLY;INTERVAL=60;BYSECOND=30".to_owned(),
            1,
            0,
        ),
        (
            "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30".to_owned(),
            0,
            1,
        ),
        ("RRULE:FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31".to_owned(), 0, 1),
        (
            format!("RRULE:FREQ=DAILY;BYHOUR={};BYMINUTE={}", all(24), all(60)),
            1,
            0,
        ),
        (format!("RDATE:{}", dates(1_000_000)), 1, 0),
        (format!("RDATE:{}", folded(1_000_000)), 1, 0),
        (many_lines, 1, 0),
        (
            "RRULE:FREQ=DAILY\nEXRULE:FREQ=SECONDLY;INTERVAL=60;BYSECOND=30".to_owned(),
            1,
            0,
        ),
        (
            "RRULE:FREQ=DAILY;COUNT=99999999999999999999".to_owned(),
            0,
            0,
        ),
        (
            "RRULE:FREQ=DAILY;COUNT=18446744073709551615;UNTIL=20260204T000000Z".to_owned(),
            0,
            1,
        ),
    ];
    for (line, limits, entries) in cases {
        let text = event(&format!(
            "UID:x\nDTSTART:20260203T100000Z\nDTEND:20260203T100001Z\n{line}"
        ));
        let (report, _) = read(text.as_bytes(), "").unwrap();
        let shown = line.get(..60).unwrap_or(&line);
        assert_eq!(
            report.count("import.rrule_limit"),
            limits,
            "{shown} {:?}",
            report.problems
        );
        assert_eq!(report.entries, entries, "{shown}");
    }
}

#[test]
fn sec_19_a_file_full_of_hostile_rules_stays_bounded() {
    let empty = "BEGIN:VEVENT\nDTSTART:20200101T000000Z\nRRULE:FREQ=SECONDLY;INTERVAL=60;BYSECOND=30\nEND:VEVENT\n";
    let good = "BEGIN:VEVENT\nDTSTART:20260203T100000Z\nDTEND:20260203T110000Z\nEND:VEVENT\n";
    let text = calendar(&format!("{}{good}", empty.repeat(2000)));
    let (report, _) = read(text.as_bytes(), "").unwrap();
    assert_eq!(
        (report.count("import.rrule_limit"), report.entries),
        (2000, 1)
    );

    let full = "BEGIN:VEVENT\nDTSTART:20260203T100000Z\nDURATION:PT1S\nRRULE:FREQ=MINUTELY;COUNT=10000\nEND:VEVENT\n";
    let text = calendar(&full.repeat(110));
    let (report, _) = read(text.as_bytes(), "").unwrap();
    assert_eq!(
        (report.count("import.rrule_limit"), report.entries),
        (10, 1_000_000)
    );
    assert_eq!(report.seconds.0, 10_000, "a hundred at once are one second");
}

#[test]
fn a_wild_zone_definition_is_not_used() {
    let zone = |name: &str, rule: &str| {
        format!(
            "BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n{rule}\nEND:STANDARD\nEND:VTIMEZONE\n"
        )
    };
    let work = |name: &str| {
        format!(
            "BEGIN:VEVENT\nDTSTART;TZID={name}:20260203T100000\nDTEND;TZID={name}:20260203T110000\nEND:VEVENT\n"
        )
    };
    let cases = [
        (
            "Europe/Berlin",
            "RRULE:FREQ=SECONDLY",
            "import.rrule_limit",
            1,
        ),
        ("Nowhere", "RRULE:FREQ=SECONDLY", "import.tzid", 0),
        (
            "Nowhere",
            "RRULE:FREQ=SECONDLY;INTERVAL=60;BYSECOND=30",
            "import.tzid",
            0,
        ),
        ("Nowhere", "RRULE:rubbish", "import.tzid", 0),
        ("Europe/London", "X-NOTHING:1", "import.tzid_differs", 1),
        ("Nowhere", "X-NOTHING:1", "", 1),
    ];
    for (name, rule, code, entries) in cases {
        let text = calendar(&format!("{}{}", zone(name, rule), work(name)));
        let (report, collect) = read(text.as_bytes(), "").unwrap();
        assert_eq!(report.entries, entries, "{name} {rule}");
        assert_eq!(
            report.count(code),
            u64::from(!code.is_empty()),
            "{name} {rule} {:?}",
            report.problems
        );
        if entries == 1 {
            let hour = if name == "Europe/London" {
                "T10:00:00Z"
            } else {
                "T09:00:00Z"
            };
            assert!(
                collect.lines.concat().contains(hour),
                "{name} {rule} {:?}",
                collect.lines
            );
        }
    }
}

#[test]
fn series_over_clock_changes_by_hand() {
    let cases: [(&str, &str, &[&str]); 7] = [
        (
            // New York goes on on 8 March 2026 at 2:00.
            "DTSTART;TZID=America/New_York:20260306T090000\nRRULE:FREQ=DAILY;COUNT=4",
            "",
            &[
                "2026-03-06T14:00:00Z",
                "2026-03-07T14:00:00Z",
                "2026-03-08T13:00:00Z",
                "2026-03-09T13:00:00Z",
            ],
        ),
        (
            // The end, in UTC, is 9:00 in summer: the last one counts.
            "DTSTART;TZID=America/New_York:20260301T090000\nRRULE:FREQ=WEEKLY;UNTIL=20260315T130000Z",
            "",
            &[
                "2026-03-01T14:00:00Z",
                "2026-03-08T13:00:00Z",
                "2026-03-15T13:00:00Z",
            ],
        ),
        (
            // Removed by a time of another zone: 9:00 in New York is 14:00 in Berlin in that week.
            "DTSTART;TZID=America/New_York:20260316T090000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Europe/Berlin:20260317T140000",
            "",
            &["2026-03-16T13:00:00Z", "2026-03-18T13:00:00Z"],
        ),
        (
            // Lord Howe goes back half an hour on 5 April 2026.
            "DTSTART;TZID=Australia/Lord_Howe:20260404T090000\nRRULE:FREQ=DAILY;COUNT=2",
            "",
            &["2026-04-03T22:00:00Z", "2026-04-04T22:30:00Z"],
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20260331T090000\nRRULE:FREQ=MONTHLY;COUNT=3",
            "",
            &[
                "2026-03-31T07:00:00Z",
                "2026-05-31T07:00:00Z",
                "2026-07-31T07:00:00Z",
            ],
        ),
        (
            "DTSTART:20260327T090000\nRRULE:FREQ=WEEKLY;COUNT=2",
            "tz=Europe/Berlin",
            &["2026-03-27T08:00:00Z", "2026-04-03T07:00:00Z"],
        ),
        (
            // Only what lies in the period, by the civil day of the event's zone.
            "DTSTART;TZID=Asia/Tokyo:20260201T013000\nRRULE:FREQ=DAILY",
            "from=2026-02-10 to=2026-02-11",
            &["2026-02-09T16:30:00Z", "2026-02-10T16:30:00Z"],
        ),
    ];
    for (lines, args, expected) in cases {
        let text = event(&format!("UID:x\n{lines}\nDURATION:PT1H"));
        let (report, collect) = read(text.as_bytes(), args).unwrap();
        assert_eq!(
            collect.lines.len(),
            expected.len(),
            "{lines} {:?} {:?}",
            collect.lines,
            report.problems
        );
        for (line, start) in collect.lines.iter().zip(expected) {
            assert!(
                line.contains(&format!(" {start}..")) && line.contains(" 3600 s"),
                "{lines} {line}"
            );
        }
    }
}

#[test]
fn a_start_the_clock_skips_is_no_negative_length() {
    let text = event(
        "DTSTART;TZID=Europe/Berlin:20260329T023000\nDTEND;TZID=Europe/Berlin:20260329T030000",
    );
    let (report, _) = read(text.as_bytes(), "").unwrap();
    assert_eq!((report.entries, report.count("import.time_gap")), (0, 1));
}

#[test]
fn damaged_files_never_stop_the_program() {
    let seed = include_bytes!("../../samples/ics/apple-export.ics");
    let reference = read(seed, "").unwrap().0;
    for end in 0..seed.len() {
        match read(seed.get(..end).unwrap(), "") {
            Ok((report, _)) => assert!(report.entries <= reference.entries || end + 4 > seed.len()),
            Err(problem) => assert!(problem.code.starts_with("import."), "{problem}"),
        }
    }
    for at in 0..seed.len() {
        for byte in [b'\n', b'9'] {
            let mut bytes = seed.to_vec();
            *bytes.get_mut(at).unwrap() = byte;
            if let Ok((report, _)) = read(&bytes, "format=ics") {
                assert!(report.rows > 0 || report.counts.is_empty());
            }
        }
    }
}

#[test]
fn the_same_file_with_any_line_ending_gives_the_same() {
    let seed = include_str!("../../samples/ics/google-take-out.ics");
    let expected = read(seed.as_bytes(), "").unwrap().1.lines;
    for ending in ["\n", "\r"] {
        let text = seed.replace("\r\n", ending);
        assert_eq!(read(text.as_bytes(), "").unwrap().1.lines, expected);
    }
    let mut wide = vec![0xff, 0xfe];
    wide.extend(seed.encode_utf16().flat_map(u16::to_le_bytes));
    let (report, collect) = read(&wide, "format=ics").unwrap();
    assert_eq!(collect.lines, expected);
    assert!(report.decisions.iter().any(|d| d == "UTF-16"));
}

fn packed(files: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default())?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

#[test]
fn archives() {
    let good = event("UID:x\nDTSTART:20260203T100000Z\nDTEND:20260203T110000Z");
    let good = good.as_bytes();
    let bomb = vec![b' '; 64 << 20];
    let cut = good.get(..60).unwrap();
    type Case<'c> = (&'c [(&'c str, &'c [u8])], &'c str);
    let cases: [Case<'_>; 6] = [
        (&[("a.ics", good), ("b.txt", b"hello")], ""),
        (&[("a.ics", good), ("../b.ics", good)], "import.zip_path"),
        (&[("a.ics", good), ("/etc/b.ics", good)], "import.zip_path"),
        (&[("a.ics", good), ("c:\\b.ics", good)], "import.zip_path"),
        (&[("a.ics", good), ("b.ics", &bomb)], "import.zip_bomb"),
        (&[("a.ics", good), ("b.ics", cut)], "import.truncated"),
    ];
    for (files, code) in cases {
        let bytes = packed(files).unwrap();
        match read(&bytes, "") {
            Ok((report, _)) => {
                assert_eq!((report.format.as_str(), report.entries), ("ics.archive", 1));
                assert_eq!(code, "", "{:?}", report.problems);
            }
            Err(problem) => assert_eq!(problem.code, code, "{problem}"),
        }
    }
    let whole = packed(&[("a.ics", good), ("b.ics", good)]).unwrap();
    for end in 0..whole.len() {
        assert!(
            read(whole.get(..end).unwrap(), "format=ics.archive").is_err(),
            "cut at {end}"
        );
    }
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        *bytes.get_mut(at).unwrap() ^= 0x55;
        if let Err(problem) = read(&bytes, "format=ics.archive") {
            assert!(problem.code.starts_with("import."), "{problem}");
        }
    }
    let many: Vec<(String, &[u8])> = (0..10_001).map(|n| (format!("{n}.ics"), good)).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(n, b)| (n.as_str(), *b)).collect();
    let problem = read(&packed(&many).unwrap(), "").map(|_| ()).unwrap_err();
    assert_eq!(problem.code, "import.zip_bomb");
}

/// Found by fuzzing: an offset was cut inside a letter.
#[test]
fn bug_an_offset_of_foreign_letters_is_no_panic() {
    let text = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:20260101T000000\n\
                TZOFFSETFROM:+0\u{cb}\u{c5}0\nTZOFFSETTO:+0\u{cb}0\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR\n";
    let mut input = Input::memory("x.ics", text.as_bytes().to_vec()).unwrap();
    let read = collect::read(&mut input, &collect::options(""));
    assert!(read.is_err() || read.is_ok_and(|(report, _)| report.entries == 0));
}
