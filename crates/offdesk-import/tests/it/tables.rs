//! Tables of no known source: every row of the rules on bad files, dates, times and lengths, held as a case.

use offdesk_import::{Input, Problem, Report, Severity};

use crate::collect::{self, Collect, fatal};

type Result = std::result::Result<(Report, Collect), Problem>;

/// Reads bytes as a file of a name.
fn read_named(name: &str, bytes: &[u8], args: &str) -> Result {
    Input::memory(name, bytes.to_vec())
        .and_then(|mut input| collect::read(&mut input, &collect::options(args)))
}

fn read(text: &str, args: &str) -> Result {
    read_named("hours.csv", text.as_bytes(), args)
}

/// Day, seconds and text of every entry, in the order of lines.
fn entries(result: &Result) -> Vec<String> {
    let (_, collect) = result.as_ref().unwrap();
    let mut lines = collect.lines.clone();
    lines.sort_by_key(|line| {
        line.trim_start()
            .split(' ')
            .next()
            .unwrap()
            .parse::<u64>()
            .unwrap()
    });
    lines
}

fn seconds(result: &Result) -> Vec<i64> {
    let of = |line: &String| {
        let (before, _) = line.split_once(" s").unwrap();
        before.rsplit(' ').next().unwrap().parse().unwrap()
    };
    entries(result).iter().map(of).collect()
}

/// Asserts that a report has a problem with this code on this line.
#[track_caller]
fn has(result: &Result, code: &str, line: u64, severity: Severity) {
    let (report, _) = result
        .as_ref()
        .unwrap_or_else(|problem| panic!("fatal: {problem:?}"));
    assert!(
        report
            .problems
            .iter()
            .any(|p| p.code == code && p.line == Some(line) && p.severity == severity),
        "no {code} at {line}: {:#?}",
        report.problems
    );
}

#[track_caller]
fn clean(result: &Result) {
    let (report, _) = result
        .as_ref()
        .unwrap_or_else(|problem| panic!("fatal: {problem:?}"));
    assert!(report.problems.is_empty(), "{:#?}", report.problems);
}

const TWO: &str = "date,hours,notes\n2026-02-12,1.5,Quotes\n2026-02-13,2,Büro\n";

fn utf16(text: &str, is_big: bool, has_mark: bool) -> Vec<u8> {
    let mark = has_mark.then_some(0xfeff_u16);
    let units = mark.into_iter().chain(text.encode_utf16());
    units
        .flat_map(|unit| {
            if is_big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

#[test]
fn encodings() {
    let expected = entries(&read(TWO, ""));
    assert_eq!(expected.len(), 2);
    assert!(expected[1].contains("Büro"));
    let with_mark = format!("\u{feff}{TWO}");
    for bytes in [
        with_mark.as_bytes().to_vec(),
        utf16(TWO, false, true),
        utf16(TWO, true, true),
    ] {
        let result = read_named("hours.csv", &bytes, "");
        assert_eq!(entries(&result), expected);
        clean(&result);
    }
    for is_big in [false, true] {
        fatal(
            read_named("hours.csv", &utf16(TWO, is_big, false), ""),
            "import.encoding",
        );
    }
    // Windows-1252, and a file that mixes it with UTF-8: each line by itself, the first one named.
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(TWO);
    let result = read_named("hours.csv", &latin, "");
    assert_eq!(entries(&result), expected);
    has(&result, "import.encoding", 3, Severity::Note);
    let mut mixed = TWO.as_bytes().to_vec();
    mixed.extend_from_slice(b"2026-02-14,1,B\xfcro\n");
    let result = read_named("hours.csv", &mixed, "");
    has(&result, "import.encoding", 4, Severity::Note);
    let lines = entries(&result);
    assert!(
        lines[1].contains("Büro") && lines[2].contains("Büro"),
        "{lines:?}"
    );
}

#[test]
fn a_foreign_line_does_not_spoil_the_header() {
    let mut bytes = "Datum;Dauer;Tätigkeit\n2026-02-12;1,5;x\n"
        .as_bytes()
        .to_vec();
    bytes.extend_from_slice(b"2026-02-13;1,5;B\xfcro\n");
    let result = read_named("h.csv", &bytes, "");
    assert!(
        entries(&result)[0].contains("task=x"),
        "{:?}",
        entries(&result)
    );
    // The head ends in the middle of a letter of two bytes.
    let mut long = "Datum;Dauer;Tätigkeit\n".to_owned();
    while long.len() < 64 * 1024 + 100 {
        long.push_str("2026-02-12;1,5;üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü\n");
    }
    let (report, _) = read(&long, "").unwrap();
    assert!(
        report
            .decisions
            .iter()
            .any(|d| d.contains("task = Tätigkeit")),
        "{:?}",
        report.decisions
    );
}

#[test]
fn control_characters() {
    let problem = fatal(
        read("date,hours,notes\n2026-02-12,1,a\n2026-02-12,1,b\0\n", ""),
        "import.control_char",
    );
    assert_eq!(problem.line, Some(3));
}

#[test]
fn line_endings_and_quotes() {
    let expected = entries(&read(TWO, ""));
    for ending in ["\r\n", "\r"] {
        let result = read(&TWO.replace('\n', ending), "");
        assert_eq!(entries(&result), expected, "{ending:?}");
        clean(&result);
    }
    let mixed = TWO.replacen('\n', "\r\n", 1);
    assert_eq!(entries(&read(&mixed, "")), expected);
    assert_eq!(
        entries(&read(TWO.trim_end(), "")),
        expected,
        "no newline at the end"
    );
    let result = read(
        "date,hours,notes\n2026-02-12,1,\"a \"\"b\"\", c\nd\"\n2026-02-13,1,e\n",
        "",
    );
    clean(&result);
    let lines = entries(&result);
    assert!(lines[0].contains("a \\\"b\\\", c\\nd"), "{lines:?}");
    assert!(lines[1].trim_start().starts_with("4 "), "{lines:?}");
}

#[test]
fn places_after_a_thousand_multi_line_fields() {
    let mut text = "date,hours,notes\n".to_owned();
    for _ in 0..1000 {
        text.push_str("2026-02-12,1,\"one\ntwo \"\"x\"\"\nthree\"\n");
    }
    text.push_str("2026-02-31,1,x\n");
    has(
        &read(&text, ""),
        "import.date_impossible",
        3002,
        Severity::Bad,
    );
}

#[test]
fn unclosed_quote() {
    let problem = fatal(
        read(
            "date,hours,notes\n2026-02-12,1,a\n2026-02-12,1,\"b\n2026-02-12,1,c\n",
            "",
        ),
        "import.unclosed_quote",
    );
    assert_eq!(
        (problem.line, problem.column.as_str()),
        (Some(3), "character 14")
    );
    // Truncated inside a quoted field.
    let problem = fatal(
        read("date,hours,notes\n2026-02-12,1,\"cut sho", ""),
        "import.unclosed_quote",
    );
    assert_eq!(problem.line, Some(2));
    // Within 1 MiB, however much follows.
    let long = format!(
        "date,hours,notes\n2026-02-12,1,\"b\n{}",
        "2026-02-12,1,c\n".repeat(200_000)
    );
    let problem = fatal(read(&long, ""), "import.unclosed_quote");
    assert_eq!(problem.line, Some(2));
}

#[test]
fn sec_19_endless_lines() {
    let text = format!("date,hours,notes\n2026-02-12,1,{}\n", "x".repeat(3 << 20));
    assert_eq!(
        fatal(read(&text, ""), "import.record_too_long").line,
        Some(2)
    );
    assert_eq!(
        fatal(read(&"x".repeat(3 << 20), ""), "import.record_too_long").line,
        Some(1)
    );
}

#[test]
fn stray_quotes() {
    let result = read(
        "date,hours,notes\n2026-02-12,1,5\" pipe\n2026-02-13,2,b\n",
        "",
    );
    has(&result, "import.stray_quote", 2, Severity::Note);
    assert_eq!(seconds(&result), [3600, 7200]);
    let result = read(
        "date,hours,notes\n2026-02-12,1,\"a\" b\n2026-02-13,2,b\n",
        "",
    );
    has(&result, "import.stray_quote", 2, Severity::Bad);
    assert_eq!(seconds(&result), [7200]);
    // A stray quote at the head of much more than a block.
    let long = format!(
        "date,hours,notes\n2026-02-12,1,5\" pipe\n{}",
        "2026-02-13,1,\"b\nc\"\n".repeat(200_000)
    );
    let (report, _) = read(&long, "").unwrap();
    assert_eq!(
        (report.entries, report.count("import.stray_quote")),
        (200_001, 1)
    );
}

#[test]
fn ragged_rows_and_headers() {
    let result = read(
        "date,hours,notes\n2026-02-12,1\n2026-02-12,1,a,b\n2026-02-12,1,a,\n",
        "",
    );
    has(&result, "import.field_count", 2, Severity::Note);
    has(&result, "import.field_count", 3, Severity::Bad);
    assert_eq!(seconds(&result), [3600; 2]);
    let result = read("date,hours,notes,notes\n2026-02-12,1,a,b\n", "");
    has(&result, "import.duplicate_column", 1, Severity::Note);
    assert!(entries(&result)[0].contains("text=a"));
    let result = read("date,,hours,notes\n2026-02-12,?,1,a\n", "");
    clean(&result);
}

/// Bug: the rest of the number was counted as the next column.
#[test]
fn a_decimal_comma_without_quotes_shifts_no_row() {
    let result = read(
        "Date,Hours,Task\n2026-02-12,1,5,books\n2026-02-13,2,books\n",
        "",
    );
    has(&result, "import.field_count", 2, Severity::Bad);
    assert_eq!(seconds(&result), [7200]);
}

/// Bug: in a short file the column was taken for a length.
#[test]
fn an_end_past_midnight_is_no_length() {
    let text = "Date,Start,End,Task\n2026-05-04,22:00,24:00,a\n2026-05-05,9:00,25:00,b\n2026-05-06,9:00,24:30,c\n";
    let result = read(text, "");
    has(&result, "import.time", 3, Severity::Bad);
    has(&result, "import.time", 4, Severity::Bad);
    assert_eq!(seconds(&result), [7200]);
}

#[test]
fn minutes_with_a_mark_are_asked_for() {
    let text = "Date,Minutes,Task\n2026-02-12,\"1.234\",books\n2026-02-13,90,books\n";
    fatal(read(text, ""), "import.duration_ambiguous");
    let told = format!("{text}2026-02-14,12.5,books\n");
    assert_eq!(seconds(&read(&told, "")), [74, 5400, 750]);
}

/// Bug: only the times were believed.
#[test]
fn a_long_night_counts_where_the_duration_agrees() {
    let header = "Date,Start,End,Duration,Task\n";
    let agreed = read(&format!("{header}2026-02-12,10:00,03:30,17:30,a\n"), "");
    has(&agreed, "import.overnight", 2, Severity::Note);
    assert_eq!(seconds(&agreed), [63_000]);
    let other = read(&format!("{header}2026-02-12,10:00,03:30,6:30,a\n"), "");
    has(&other, "import.negative", 2, Severity::Bad);
}

#[test]
fn hours_that_may_be_hours_and_minutes_are_asked_about() {
    let questions = |rows: &str| {
        let result = read(&format!("Date,Hours,Task\n{rows}"), "");
        result.unwrap().0.questions.len()
    };
    assert_eq!(
        questions("2026-02-12,1.30,a\n2026-02-13,2.45,a\n2026-02-14,3,a\n"),
        1
    );
    assert_eq!(questions("2026-02-12,1.30,a\n2026-02-13,2.75,a\n"), 0);
    assert_eq!(questions("2026-02-12,1.3,a\n2026-02-13,2,a\n"), 0);
}

/// Bug: two values that cannot be read hid the column.
#[test]
fn values_that_are_no_numbers_hide_no_column_of_hours() {
    let text = "Date,Hours,Task\n2026-05-04,NaN,a\n2026-05-05,1e308,b\n2026-05-06,1,c\n";
    let result = read(text, "");
    has(&result, "import.duration", 2, Severity::Bad);
    has(&result, "import.spreadsheet_damage", 3, Severity::Bad);
    assert_eq!(seconds(&result), [3600]);
}

/// Bug: the advice named a column that holds no day.
#[test]
fn no_column_is_proposed_that_cannot_be_it() {
    for text in [
        "Date,Hours,Task\n46065,1.5,books\n",
        "Tues-ish,Hours,Task\nmaybe,1,books\n",
        "Project;Std\nBuchhaltung;3\n",
    ] {
        let problem = read(text, "").err().unwrap();
        assert_eq!(problem.code, "import.no_date");
        assert!(!problem.hint.contains("--map"), "{}", problem.hint);
    }
    let problem = read("Posted,Posted too,Hours\n2026-02-12,2026-02-12,1\n", "")
        .err()
        .unwrap();
    assert!(
        problem.hint.contains("--map date=Posted"),
        "{}",
        problem.hint
    );
}

#[test]
fn delimiters() {
    let expected = entries(&read(TWO, ""));
    for delimiter in [";", "\t", "|"] {
        let text = TWO.replace(',', delimiter);
        assert_eq!(entries(&read(&text, "")), expected, "{delimiter:?}");
        assert_eq!(
            entries(&read(&text.replace("1.5", "1,5"), "")),
            expected,
            "{delimiter:?}, decimal comma"
        );
    }
    let declared = read(&format!("sep=;\n{}", TWO.replace(',', ";")), "");
    assert_eq!(seconds(&declared), [5400, 7200]);
    let titled = read(&format!("Hours of Noor, February\n\n{TWO}"), "");
    assert_eq!(seconds(&titled), [5400, 7200]);
}

#[test]
fn nothing_inside() {
    let result = read("date,hours,notes\n", "");
    has(&result, "import.no_rows", 1, Severity::Note);
    assert_eq!(result.as_ref().unwrap().0.rows, 0);
    has(
        &read("date,hours,notes", ""),
        "import.no_rows",
        1,
        Severity::Note,
    );
    fatal(read("", ""), "import.empty");
    for text in [
        "\n\n\n",
        "hello",
        "hello world\nthis is a text\n",
        ",,,\n,,,\n",
    ] {
        fatal(read(text, ""), "import.no_header");
    }
}

#[test]
fn truncated_in_a_row() {
    let result = read("date,hours,notes\n2026-02-12,1,a\n2026-02-1", "");
    has(&result, "import.field_count", 3, Severity::Note);
    assert_eq!(result.as_ref().unwrap().0.bad, 1);
}

#[test]
fn other_files_named_csv() {
    for bytes in [
        b"<!DOCTYPE html><html><body>Sign in</body></html>".as_slice(),
        b"%PDF-1.7\n",
        b"\x1f\x8b\x08\0\0\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        b"SQLite format 3\0",
    ] {
        fatal(read_named("hours.csv", bytes, ""), "import.not_csv");
    }
}

#[test]
fn formulas_are_text() {
    for cell in ["=HYPERLINK(1)", "+49 30 1234", "-", "@x"] {
        let result = read(&format!("date,hours,notes\n2026-02-12,1,{cell}\n"), "");
        assert!(
            entries(&result)[0].ends_with(&format!("text={cell}")),
            "{cell}"
        );
    }
}

#[test]
fn damage_by_a_spreadsheet() {
    let result = read(
        "date,hours,notes\n1.2E+05,1,a\n2026-02-12,#REF!,b\n2026-02-12,1,#N/A\n#REF!,1,c\n",
        "",
    );
    has(&result, "import.spreadsheet_damage", 2, Severity::Bad);
    has(&result, "import.spreadsheet_damage", 3, Severity::Bad);
    has(&result, "import.spreadsheet_damage", 4, Severity::Note);
    has(&result, "import.spreadsheet_damage", 5, Severity::Bad);
    assert_eq!(seconds(&result), [3600]);
}

#[test]
fn invisible_blanks() {
    let result = read(
        "date,hours,project,notes\n\u{a0}2026-02-12 ,\u{a0}1,\u{200b}Halden\u{200e} , a \n",
        "",
    );
    assert!(
        entries(&result)[0].contains("project=Halden | text=a"),
        "{:?}",
        entries(&result)
    );
    clean(&result);
}

#[test]
fn equal_rows_are_kept() {
    let result = read("date,hours,notes\n2026-02-12,1,a\n2026-02-12,1,a\n", "");
    assert_eq!(seconds(&result), [3600, 3600]);
}

#[test]
fn day_and_month_by_the_whole_column() {
    let result = read("date,hours,notes\n03/02/2026,1,a\n13/02/2026,1,b\n", "");
    assert!(entries(&result)[0].contains("2026-02-03"));
    let result = read("date,hours,notes\n03/02/2026,1,a\n02/13/2026,1,b\n", "");
    assert!(entries(&result)[0].contains("2026-03-02"));
    let problem = fatal(
        read("date,hours,notes\n03/02/2026,1,a\n03/02/2026,1,b\n", ""),
        "import.date_ambiguous",
    );
    assert_eq!(problem.line, Some(2));
    assert!(
        problem.message.contains("3 Feb 2026") && problem.message.contains("2 Mar 2026"),
        "{problem}"
    );
    assert!(problem.hint.contains("--date-order"));
    let asked = read("date,hours,notes\n03/02/2026,1,a\n", "order=mdy");
    assert!(entries(&asked)[0].contains("2026-03-02"));
    let problem = fatal(
        read(
            "date,hours,notes\n13/02/2026,1,a\n01/02/2026,1,c\n02/13/2026,1,b\n",
            "",
        ),
        "import.date_mixed",
    );
    assert!(
        problem.message.contains("line 2") && problem.message.contains("line 4"),
        "{problem}"
    );
    // A decisive row far down, and a contradiction far down.
    let many = "03/02/2026,1,a\n".repeat(10_000);
    let result = read(&format!("date,hours,notes\n{many}13/02/2026,1,b\n"), "");
    assert!(entries(&result)[0].contains("2026-02-03"));
    let problem = fatal(
        read(
            &format!("date,hours,notes\n13/02/2026,1,b\n{many}02/13/2026,1,b\n"),
            "",
        ),
        "import.date_mixed",
    );
    assert!(
        problem.message.contains("line 2") && problem.message.contains("line 10003"),
        "{problem}"
    );
    // The weekday beside it decides, in its own column or in the cell.
    let result = read("Day,Date,hours,notes\nTue,03/02/2026,1,a\n", "");
    assert!(
        entries(&result)[0].contains("2026-02-03"),
        "{:?}",
        entries(&result)
    );
    let result = read("Date,hours,notes\nMon 03/02/2026,1,a\n", "");
    assert!(
        entries(&result)[0].contains("2026-03-02"),
        "{:?}",
        entries(&result)
    );
}

#[test]
fn impossible_dates() {
    let result = read(
        "date,hours,notes\n12/02/26,1,a\n31/02/2026,1,b\n1900-01-01,1,c\n9999-12-31,1,d\n0000-01-01,1,e\nTues-ish,1,f\n2026-02-12,1,g\n2026-02-13,1,g\n2026-02-14,1,g\n2026-02-15,1,g\n",
        "",
    );
    has(&result, "import.date_two_digits", 2, Severity::Bad);
    has(&result, "import.date_impossible", 3, Severity::Bad);
    has(&result, "import.date_range", 4, Severity::Bad);
    has(&result, "import.date_range", 5, Severity::Bad);
    has(&result, "import.date_range", 6, Severity::Bad);
    has(&result, "import.date", 7, Severity::Bad);
    assert_eq!(seconds(&result), [3600; 4]);
}

#[test]
fn the_end_of_the_day() {
    let result = read(
        "date,start,end,notes\n2026-02-12,22:00,24:00,a\n2026-02-12,24:00,24:00,b\n2026-02-12,23:59:59,23:59:60,c\n2026-02-12,8:00,24:01,d\n2026-02-12,22:00,2026-02-13 00:00,e\n",
        "",
    );
    assert_eq!(seconds(&result), [7200, 1, 7200]);
    has(&result, "import.time", 3, Severity::Bad);
    has(&result, "import.time", 5, Severity::Bad);
}

#[test]
fn clock_changes() {
    let berlin = "tz=Europe/Berlin";
    let row = |row: &str| read(&format!("date,start,end,notes\n{row},a\n"), berlin);
    has(
        &row("2026-03-29,02:30,04:00"),
        "import.time_gap",
        2,
        Severity::Bad,
    );
    has(
        &row("2026-10-25,02:30,04:00"),
        "import.time_fold",
        2,
        Severity::Bad,
    );
    assert_eq!(seconds(&row("2026-03-29,00:30,04:00")), [9000]);
    assert_eq!(seconds(&row("2026-10-25,00:30,04:00")), [16_200]);
    // An offset, or a duration that fits one reading, decides.
    let text = "start,end,notes\n2026-10-25T02:30:00+02:00,2026-10-25T04:00:00+01:00,a\n";
    assert_eq!(seconds(&read(text, berlin)), [9000]);
    let text = "date,start,end,duration,notes\n2026-10-25,02:30,04:00,2:30,a\n";
    let result = read(text, berlin);
    assert_eq!(seconds(&result), [9000]);
    clean(&result);
}

#[test]
fn ends_before_starts() {
    let night = read("date,start,end,notes\n2026-02-12,22:00,06:00,a\n", "");
    has(&night, "import.overnight", 2, Severity::Note);
    assert_eq!(seconds(&night), [8 * 3600]);
    let long = read("date,start,end,notes\n2026-02-12,08:00,06:00,a\n", "");
    has(&long, "import.negative", 2, Severity::Bad);
    let dated = read("start,end,notes\n2026-02-12 08:00,2026-02-12 06:00,a\n", "");
    has(&dated, "import.negative", 2, Severity::Bad);
}

#[test]
fn lengths() {
    let result = read(
        "date,start,end,hours,notes\n2026-02-12,08:00,10:00,3.5,a\n2026-02-12,08:00,10:00,2.01,b\n",
        "",
    );
    has(&result, "import.inconsistent", 2, Severity::Note);
    assert_eq!(result.as_ref().unwrap().0.count("import.inconsistent"), 1);
    assert_eq!(seconds(&result), [12_600, 7236]);
    let result = read(
        "date,hours,notes\n2026-02-12,0,a\n2026-02-12,-1,b\n2026-02-12,25,c\n2026-02-12,,d\n2026-02-12,1,e\n",
        "",
    );
    has(&result, "import.zero", 2, Severity::Note);
    has(&result, "import.negative", 3, Severity::Bad);
    has(&result, "import.too_long", 4, Severity::Bad);
    has(&result, "import.no_duration", 5, Severity::Bad);
    let result = read(
        "date,start,end,notes\n2026-02-12,08:00,,a\n2026-02-12,08:00,09:00,b\n",
        "",
    );
    has(&result, "import.running", 2, Severity::LeftOut);
    let result = read(
        "start,end,duration,notes\n2026-02-12 08:00,,-1770883200,a\n2026-02-12 08:00,2026-02-12 09:00,1:00,b\n",
        "",
    );
    has(&result, "import.running", 2, Severity::LeftOut);
    let long = read("date,hours,notes\n2026-02-12,25,c\n", "long=yes");
    assert_eq!(seconds(&long), [90_000]);
}

#[test]
fn numbers_by_the_column() {
    let one = |cell: &str| {
        seconds(&read(
            &format!("date;hours;notes\n2026-02-12;{cell};a\n"),
            "",
        ))
    };
    for (cell, expected) in [
        ("8:30", 30_600),
        ("8.5", 30_600),
        ("8,5", 30_600),
        ("8h30m", 30_600),
        ("8,5 h", 30_600),
        ("8,5 Std.", 30_600),
        ("1.234", 4442),
        ("1,234", 4442),
        ("0,250", 900),
    ] {
        assert_eq!(one(cell), [expected], "{cell}");
    }
    // The column decides: beside 1,5 the dot is for thousands.
    let result = read(
        "date;hours;notes\n2026-02-12;1.234;a\n2026-02-12;1,5;b\n",
        "",
    );
    has(&result, "import.too_long", 2, Severity::Bad);
    assert_eq!(seconds(&result), [5400]);
    let result = read("date;seconds;notes\n2026-02-12;30600;a\n", "");
    assert_eq!(seconds(&result), [30_600]);
    let result = read("date;Time (min);notes\n2026-02-12;90;a\n", "");
    assert_eq!(seconds(&result), [5400]);
    let problem = fatal(
        read(
            "date;duration;notes\n2026-02-12;90;a\n2026-02-12;45;a\n",
            "",
        ),
        "import.duration_ambiguous",
    );
    assert!(problem.hint.contains("Minutes"));
    let mixed = read(
        "date,duration,notes\n2026-02-12,25:40,a\n2026-02-12,1:02:03,b\n",
        "",
    );
    assert_eq!(seconds(&mixed), [1540, 3723]);
}

#[test]
fn columns_by_their_names() {
    let template = "date,start,end,hours,person,client,project,task,notes,tags,billable,rate,currency\n\
                    2026-02-12,08:15,09:40,,Noor,Halden,Quotes,Draft,North site,\"a, b\",yes,90,EUR\n";
    let result = read(template, "");
    let decision = &result.as_ref().unwrap().0.decisions[0];
    for field in [
        "date", "start", "end", "hours", "person", "client", "project", "task", "notes", "tags",
    ] {
        assert!(
            decision.contains(&format!("{field} = {field}")),
            "{field}: {decision}"
        );
    }
    assert!(entries(&result)[0].ends_with(
        "5100 s | person=Noor | client=Halden | project=Quotes | task=Draft | text=North site | tags=a ; b"
    ));
    for header in [
        "Day,Std.,What",
        "Datum,Dauer,Beschreibung",
        "Fecha,Duración,Descripción",
        "Jour,Heures,Commentaire",
        "Data,Ore,Descrizione",
        "Data,Horas,Descrição",
        "Datum,Uren,Omschrijving",
        "Work date,Hours worked,Work done",
        "xx,yy,zz",
    ] {
        let result = read(
            &format!("{header}\n2026-02-12,1.5,Quotes\n2026-02-13,2,Invoices\n"),
            "",
        );
        assert_eq!(seconds(&result), [5400, 7200], "{header}");
        assert!(
            entries(&result)[0].contains("text=Quotes"),
            "{header} {:?}",
            entries(&result)
        );
    }
    for header in [
        "Datum,Von,Bis,Was",
        "Date,Clock in,Clock out,Notes",
        "Fecha,Hora inicio,Hora fin,Notas",
        "a,b,c,d",
    ] {
        let result = read(
            &format!("{header}\n2026-02-12,8:00,9:30,Quotes\n2026-02-13,8:00,9:00,Quotes\n"),
            "",
        );
        assert_eq!(seconds(&result), [5400, 3600], "{header}");
    }
    let mapped = read(
        "Day,Amount,Foo\n2026-02-12,1.5,Quotes\n",
        "map=hours=Amount map=notes=Foo",
    );
    assert_eq!(seconds(&mapped), [5400]);
    let money = read(
        "date,hours,rate,total,notes\n2026-02-12,1.5,90,135,Quotes\n",
        "",
    );
    assert_eq!(seconds(&money), [5400]);
}

#[test]
fn columns_missing() {
    let text = "Day,Hours,c3,c4,c5,c6,c7,c8,Notes\nTues-ish,1,,,,,,,a\n";
    let problem = fatal(
        read_named("/home/n/hours.csv", text.as_bytes(), ""),
        "import.no_date",
    );
    assert_eq!(problem.message, "no date column found in hours.csv");
    assert_eq!(
        problem.hint,
        "I read 9 columns; the closest is \"Day\" (e.g. \"Tues-ish\")\n\
         tell me which one:  offdesk audit /home/n/hours.csv --map date=Day"
    );
    let problem = fatal(
        read("Date,How much of it,Notes\n2026-02-12,a lot,a\n", ""),
        "import.no_duration",
    );
    assert!(
        problem.hint.contains("3 columns") && problem.hint.contains("no column holds a length"),
        "{}",
        problem.hint
    );
    let problem = fatal(
        read("$(rm -r ~),x,Notes\nq,a lot,a\n", ""),
        "import.no_date",
    );
    assert!(!problem.hint.contains("--map date=$("), "{}", problem.hint);
    has(
        &read("date,hours\n2026-02-12,1\n", ""),
        "import.no_text",
        1,
        Severity::Note,
    );
    fatal(
        read("date,hours\n2026-02-12,1\n", "map=notes=Nope"),
        "import.map",
    );
    let breaks = read(
        "Date,Start,End,Break,Notes\n2026-02-12,8:00,17:00,1:00,a\n",
        "",
    );
    has(&breaks, "import.breaks", 1, Severity::Note);
}

#[test]
fn no_header_line() {
    let result = read(
        "2026-02-12,Halden,1.5,Quotes\n2026-02-13,Halden,2,Invoices\n",
        "",
    );
    assert_eq!(seconds(&result), [5400, 7200]);
    assert!(result.as_ref().unwrap().0.decisions[0].starts_with("no line with names"));
    fatal(
        read(
            "2026-02-12,2026-02-14,1.5,2.5,x\n2026-02-12,2026-02-14,1.5,3.5,x\n",
            "",
        ),
        "import.no_header",
    );
}

#[test]
fn totals() {
    let result = read(
        "date,hours,notes\n2026-02-12,1.5,a\n2026-02-13,2,b\nTotal,3.5,\n,3.5,\nSumme:,3.5,\n",
        "",
    );
    for line in 4..=6 {
        has(&result, "import.total_row", line, Severity::LeftOut);
    }
    assert_eq!(seconds(&result), [5400, 7200]);
}

#[test]
fn from_memory() {
    for header in ["activity,hours_per_week", "Aufgabe,Stunden pro Woche"] {
        let result = read(
            &format!("{header}\nInvoicing,3.5\nEmail,\"6\"\nAll the travel,30\n"),
            "",
        );
        let (report, _) = result.as_ref().unwrap();
        assert_eq!(report.kind, Some(offdesk_domain::EntryKind::Remembered));
        assert_eq!(seconds(&result), [12_600, 21_600, 108_000]);
        assert!(
            entries(&result)[0].contains("no date")
                && entries(&result)[0].contains("task=Invoicing")
        );
    }
}

#[test]
fn grids() {
    let week = "Project,Mon,Tue,Wed,Thu,Fri,Total\nQuotes,1.5,,2:00,-,0,3.5\nSite visits,,8,,,,8\nTotal,1.5,8,2,0,0,11.5\n";
    let result = read(&format!("Week of 2026-02-09\n{week}"), "");
    assert_eq!(seconds(&result), [5400, 7200, 28_800]);
    let lines = entries(&result);
    assert!(
        lines[0].contains("2026-02-09") && lines[0].contains("project=Quotes"),
        "{lines:?}"
    );
    assert!(
        lines[1].contains("2026-02-11") && lines[2].contains("2026-02-10"),
        "{lines:?}"
    );
    has(&result, "import.total_row", 5, Severity::LeftOut);
    has(&result, "import.total_column", 2, Severity::Note);
    for name in ["2026-W07.csv", "hours_2026-02-09.csv", "KW07_2026.csv"] {
        assert_eq!(
            entries(&read_named(name, week.as_bytes(), ""))[0]
                .split_whitespace()
                .nth(1),
            Some("2026-02-09"),
            "{name}"
        );
    }
    let problem = fatal(read(week, ""), "import.no_week");
    assert!(problem.hint.contains("Week of"), "{}", problem.hint);
    let dated = read(
        "Task,Mon 9 Feb,Tue 10 Feb,Wed 11 Feb,Thu 12 Feb,Fri 13 Feb\nQuotes,1,,,,2\n",
        "",
    );
    fatal(dated, "import.no_week");
    for header in [
        "Task,2026-02-09,2026-02-10,2026-02-11,2026-02-12,2026-02-13",
        "Task,09/02/2026,10/02/2026,11/02/2026,12/02/2026,13/02/2026",
        "Task,2/9/2026,2/10/2026,2/11/2026,2/12/2026,2/13/2026",
        "Timesheet 2026\nTask,Mon 9 Feb,Tue 10 Feb,Wed 11 Feb,Thu 12 Feb,Fri 13 Feb",
    ] {
        let result = read(&format!("{header}\nQuotes,1,,,,2\n"), "");
        let lines = entries(&result);
        assert!(
            lines[0].contains("2026-02-09") && lines[1].contains("2026-02-13"),
            "{header} {lines:?}"
        );
        assert!(lines[0].contains("task=Quotes"), "{header} {lines:?}");
    }
    let weeks = read(
        "Week;Projekt;Mo;Di;Mi;Do;Fr\n2026-W07;Halden;1,5;;;;\nKW 8 2026;Halden;;2,25;;;x\n?;Halden;1;;;;\n",
        "",
    );
    assert_eq!(seconds(&weeks), [5400, 8100]);
    assert!(
        entries(&weeks)[1].contains("2026-02-17"),
        "{:?}",
        entries(&weeks)
    );
    has(&weeks, "import.duration", 3, Severity::Bad);
    has(&weeks, "import.no_week", 4, Severity::Bad);
    let unnamed = read(
        "Week of 2026-02-09\nProject,Mon,Tue,Wed,Thu,Fri\na,1,1,1,1,1\nb,1,1,1,1,1\n,2,2,2,2,2\n",
        "",
    );
    has(&unnamed, "import.total_row", 5, Severity::LeftOut);
}

#[test]
fn control_characters_in_a_row_are_noted() {
    let text = "date,hours,notes\n2026-02-02,1,Inbox\u{b}zero\n2026-02-03,2,Calls\n";
    let result = read(text, "");
    has(&result, "import.control_char", 2, Severity::Note);
    assert_eq!(result.as_ref().unwrap().0.entries, 2);
}

#[test]
fn outlook_tells_free_and_away_from_work() {
    let rows = ["0", "1", "2", "3", "4", "Away"].map(|shown| {
        format!("Halden,2/12/2026,9:00:00 AM,2/12/2026,10:30:00 AM,False,False,Normal,{shown}\n")
    });
    let text = format!(
        "Subject,Start Date,Start Time,End Date,End Time,All day event,Private,Sensitivity,Show time as\n{}\
         Halden,2/13/2026,9:00:00 AM,2/13/2026,10:00:00 AM,False,False,Normal,2\n",
        rows.concat()
    );
    let result = read(&text, "");
    has(&result, "import.free", 2, Severity::LeftOut);
    has(&result, "import.away", 5, Severity::LeftOut);
    has(&result, "import.away", 7, Severity::LeftOut);
    assert_eq!(result.as_ref().unwrap().0.entries, 4);
}

#[test]
fn the_zone_of_a_row_is_that_of_its_times() {
    let text = "Date,Start,End,Time zone,Notes\n\
        2026-02-12,08:00,09:00,Europe/Berlin,a\n\
        2026-02-12,08:00,09:00,(UTC-05:00) Eastern Time (US & Canada),b\n\
        2026-02-12,08:00,09:00,UTC+01,c\n\
        2026-02-12,08:00,09:00,,d\n\
        2026-02-12,2026-02-12T08:00+03:00,2026-02-12T09:00+03:00,Europe/Berlin,e\n\
        2026-02-12,08:00,09:00,Atlantis,f\n\
        2026-02-12,08:00,09:00,CST,g\n";
    for (args, unzoned) in [("", "08:00:00Z"), ("tz=Asia/Tokyo", "23:00:00Z")] {
        let result = read(text, args);
        let lines = entries(&result);
        let starts = ["07:00:00Z", "13:00:00Z", "07:00:00Z", unzoned, "05:00:00Z"];
        assert_eq!(lines.len(), starts.len(), "{lines:#?}");
        for (line, start) in lines.iter().zip(starts) {
            assert!(line.contains(&format!("{start}..")), "{line} {start}");
        }
        for (code, line) in [("import.tzid", 7), ("import.zone_ambiguous", 8)] {
            has(&result, code, line, Severity::Bad);
        }
        let (report, _) = result.unwrap();
        let problem = report.problems.iter().find(|p| p.code == "import.tzid");
        let problem = problem.unwrap();
        assert_eq!(problem.column, "Time zone");
        assert_eq!(problem.value, "Atlantis");
        let said = report
            .decisions
            .iter()
            .any(|d| d.contains("without a zone"));
        assert_eq!(said, args.is_empty(), "{:?}", report.decisions);
    }
}

#[test]
fn a_row_without_times_needs_no_zone() {
    let text = "Date,Hours,Time zone,Notes\n2026-02-12,1.5,Atlantis,a\n";
    assert_eq!(seconds(&read(text, "")), [5400]);
}

#[test]
fn a_clock_change_is_that_of_the_row_s_zone() {
    // An hour is skipped in Berlin; New York has changed three weeks before.
    let text = "Date,Start,End,Timezone,Notes\n\
        2026-03-29,01:00,04:00,Europe/Berlin,a\n\
        2026-03-29,01:00,04:00,America/New_York,b\n";
    assert_eq!(seconds(&read(text, "")), [7200, 10_800]);
    assert_eq!(seconds(&read(text, "tz=Asia/Tokyo")), [7200, 10_800]);
}

#[test]
fn a_leap_second_is_the_second_that_follows() {
    let text = "Date,Start,End,Notes\n\
        2016-12-31,23:00:00,23:59:60,a\n\
        2016-12-31,23:59:60,00:30:00,b\n\
        2016-12-31,08:00:60,09:00:00,c\n\
        2016-12-31,08:00:00,09:00:06,d\n";
    let result = read(text, "");
    assert_eq!(seconds(&result), [3600, 1800, 3540, 3606]);
    for line in [2, 3, 4] {
        has(&result, "import.leap_second", line, Severity::Note);
    }
    let (report, _) = result.unwrap();
    assert_eq!(report.count("import.leap_second"), 3);
}

#[test]
fn asked_days_are_those_of_a_report_whose_rows_have_days() {
    let text = "from,to,project,tag,time\n\
        2026-02-02 00:00:00,2026-02-20 23:59:59,Halden,,36000.0\n";
    let days = |args: &str| {
        let (report, _) = read(text, args).unwrap();
        let (from, to) = report.days.unwrap();
        format!("{from} {to}")
    };
    assert_eq!(days(""), "2026-02-02 2026-02-20");
    assert_eq!(days("from=2026-01-01"), "2026-02-02 2026-02-20");
    assert_eq!(
        days("from=2026-02-01 to=2026-02-28"),
        "2026-02-01 2026-02-28"
    );
}
