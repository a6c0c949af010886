//! Bad input for the formats that are no tables: each gives its code and line, and never a panic.

use offdesk_import::Input;

use crate::collect;

/// Code and line of the fatal problem, or of every problem.
fn problems(bytes: &[u8], args: &str) -> Vec<(&'static str, u64)> {
    let mut input = Input::memory("x", bytes.to_vec()).unwrap();
    match collect::read(&mut input, &collect::options(args)) {
        Err(problem) => vec![(problem.code, problem.line.unwrap_or(0))],
        Ok((report, _)) => report
            .problems
            .iter()
            .map(|problem| (problem.code, problem.line.unwrap_or(0)))
            .collect(),
    }
}

/// Format id, entries and seconds, or the fatal code.
fn read(bytes: &[u8], args: &str) -> (String, u64, i64) {
    let mut input = Input::memory("x", bytes.to_vec()).unwrap();
    match collect::read(&mut input, &collect::options(args)) {
        Err(problem) => (problem.code.to_owned(), 0, 0),
        Ok((report, _)) => (report.format, report.entries, report.seconds.0),
    }
}

fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

/// A code and its line.
type Found<'c> = (&'c str, u64);
/// A name, the options, the bytes, what is found in them.
type Case<'c, B, F> = (&'c str, &'c str, B, F);

#[test]
fn bad_json() {
    let good = br#"{"id":1,"start":"20260212T081500Z","end":"20260212T094000Z"}"#;
    let deep = "[".repeat(1_000_000);
    let long = "x".repeat((1 << 20) + 1);
    let cases: Vec<Case<'_, Vec<u8>, Vec<Found<'_>>>> = vec![
        ("cut in an element", "", joined(&[b"[\n", good, b",\n{\"id\":2,\"start\":\"2026"]), vec![("import.truncated", 3)]),
        ("cut behind an element", "", joined(&[b"[\n", good, b"\n"]), vec![("import.truncated", 3)]),
        ("comma at the end", "", joined(&[b"[", good, b",]"]), vec![("import.json", 1)]),
        ("comma missing", "", joined(&[b"[\n", good, b"\n", good, b"]"]), vec![("import.json", 3)]),
        ("something behind", "", joined(&[b"[", good, b"]\n]"]), vec![("import.json", 2)]),
        ("one a line", "", joined(&[good, b"\n", good, b"\n"]), vec![]),
        ("one a line, the last cut", "", joined(&[good, b"\n", b"{\"start\""]), vec![("import.truncated", 2)]),
        ("not a number", "", joined(&[b"[", good, b",\n\n{\"start\":NaN}]"]), vec![("import.json", 3)]),
        ("a comment", "", joined(&[b"[", good, b",\n// no\n", good, b"]"]), vec![("import.json", 2)]),
        ("a key twice", "", br#"[{"start":"20260212T081500Z","start":"20260212T081500Z"}]"#.to_vec(), vec![("import.json", 1)]),
        ("a lone surrogate", "", br#"[{"start":"20260212T081500Z","annotation":"\ud800"}]"#.to_vec(), vec![("import.json", 1)]),
        ("not UTF-8", "", b"[{\"start\":\"20260212T081500Z\",\n\"annotation\":\"B\xfcro\"}]".to_vec(), vec![("import.encoding", 1)]),
        ("nested deeply", "format=timewarrior.json", deep.clone().into_bytes(), vec![("import.depth", 1)]),
        ("nested deeply, frames", "format=watson.frames", deep.clone().into_bytes(), vec![("import.depth", 1)]),
        (
            "nested deeply, tasks",
            "format=superproductivity",
            deep.clone().into_bytes(),
            vec![("import.depth", 1)],
        ),
        ("nested deeply, buckets", "format=activitywatch", deep.into_bytes(), vec![("import.depth", 1)]),
        ("a long text", "", format!("[{{\"start\":\"20260212T081500Z\",\"annotation\":\"{long}\"}}]").into_bytes(), vec![("import.record_too_long", 1)]),
        ("a long entry", "", format!("[{{\"start\":\"20260212T081500Z\",\"x\":[{}0]}}]", "0,".repeat(1 << 20)).into_bytes(), vec![("import.record_too_long", 1)]),
        ("25 hours", "", br#"[{"start":"20260212T081500Z","end":"20260213T091500Z"}]"#.to_vec(), vec![("import.too_long", 1)]),
        ("25 hours, allowed", "long=yes", br#"[{"start":"20260212T081500Z","end":"20260213T091500Z"}]"#.to_vec(), vec![]),
        ("a far year", "", b"[{\"start\":\"20260212T081500Z\"},\n{\"start\":\"99990212T081500Z\",\"end\":\"99990212T091500Z\"}]".to_vec(), vec![("import.running", 1), ("import.date_range", 2)]),
        ("seconds beyond all clocks", "format=watson.frames", b"[[1770884100,9223372036854775807,\"a\",\"b\",[],0],\n[-9223372036854775808,9223372036854775807,\"a\",\"b\",[],0],\n[1e300,1,\"a\",\"b\"],\n[18446744073709551615,1,\"a\",\"b\"]]".to_vec(), vec![("import.too_long", 1), ("import.date_range", 2), ("import.json", 3), ("import.json", 4)]),
        ("frames cut", "", b"[[1770884100,1770889200,\"a\",\"b\",[],0],\n[1770884100,".to_vec(), vec![("import.truncated", 2)]),
        ("a backup of another shape", "format=superproductivity", b"{\"task\":\n{\"entities\":[]}}".to_vec(), vec![("import.json", 2)]),
        ("a backup cut", "", b"{\"data\":{\"task\":{\"ids\":[],\"entities\":{\n".to_vec(), vec![("import.truncated", 2)]),
        ("buckets cut", "", b"{\"buckets\":{\"a\":{\"type\":\"currentwindow\",\"events\":[\n{\"timestamp\"".to_vec(), vec![("import.truncated", 2)]),
        ("buckets of another shape", "", b"{\"buckets\":{\"a\":\n{\"events\":7}}}".to_vec(), vec![("import.json", 2)]),
    ];
    for (name, args, bytes, expected) in cases {
        assert_eq!(problems(&bytes, args), expected, "{name}");
    }
}

#[test]
fn bad_lines() {
    let long = format!("i 2026-02-12 08:15 a\n# {}\n", "x".repeat(1 << 20));
    let cases: [Case<'_, &[u8], &[Found<'_>]>; 18] = [
        (
            "too long a line",
            "",
            long.as_bytes(),
            &[("import.record_too_long", 2)],
        ),
        (
            "a NUL",
            "",
            b"i 2026-02-12 08:15 a\no 2026-02-12 \x0009:15\n",
            &[("import.control_char", 2)],
        ),
        (
            "cut in a time",
            "",
            b"i 2026-02-12 08:15 a\no 2026-02-12 09:1",
            &[("import.time", 2)],
        ),
        (
            "cut in a date",
            "",
            b"i 2026-02-12 08:15 a\no 2026-02",
            &[("import.no_date", 2)],
        ),
        (
            "no end",
            "",
            b"i 2026-02-12 08:15 a",
            &[("import.running", 1)],
        ),
        (
            "garbage",
            "format=timeclock",
            b"\xff\xfe\xfd\n\x01\x02\n",
            &[("import.encoding", 0)],
        ),
        (
            "garbage",
            "format=timeclock",
            b"i\ni \no 1\n\xf3\x02\n",
            &[
                ("import.line", 1),
                ("import.line", 2),
                ("import.no_date", 3),
                ("import.line", 4),
            ],
        ),
        (
            "25 hours",
            "",
            b"i 2026-02-12 08:15 a\no 2026-02-13 09:15\n",
            &[("import.too_long", 1)],
        ),
        (
            "a zone is no part of a time",
            "",
            b"i 2026-02-12 08:15+9999 a\no 2026-02-12 09:15-0800\n",
            &[],
        ),
        (
            "a word for a zone",
            "",
            b"i 2026-02-12 08:15 a\no 2026-02-12 09:15\ni 2026-02-12 08:15CET a\n",
            &[("import.time", 3)],
        ),
        (
            "unknown unit",
            "format=timedot",
            b"2026-02-12\na  1h\nb  2q\nc  1.2.3\nd  --1\n",
            &[
                ("import.duration", 3),
                ("import.duration", 4),
                ("import.duration", 5),
            ],
        ),
        (
            "25 hours in dots and numbers",
            "",
            b"2026-02-12\na  25\nb  1\nc  25h\n",
            &[("import.too_long", 2), ("import.too_long", 4)],
        ),
        (
            "negative",
            "",
            b"2026-02-12\na  1\nb  -0.5\n",
            &[("import.negative", 3)],
        ),
        (
            "a year no clock knows",
            "",
            b"2026-02-12\na  1\n9026-02-12\na  1\n",
            &[("import.date_range", 4)],
        ),
        (
            "cut clock",
            "",
            b"* A\nCLOCK: [2026-02-12 Thu 8:15]--[2026-02-12 Th",
            &[("import.time", 2)],
        ),
        (
            "a clock of 25 hours",
            "",
            b"* A\nCLOCK: [2026-02-12 Thu 8:15]--[2026-02-13 Fri 9:15] => 25:00\n",
            &[("import.too_long", 2)],
        ),
        (
            "an unreadable sum",
            "",
            b"* A\nCLOCK: [2026-02-12 Thu 8:15]--[2026-02-12 Thu 9:15] => soon\nCLOCK: => soon\n",
            &[("import.duration", 3)],
        ),
        (
            "data lines",
            "",
            b"inc 20260212T081500Z - 20260212T0940\ninc 20260212T081500Z -\ninc\ninc  - \n",
            &[
                ("import.time", 1),
                ("import.line", 2),
                ("import.line", 3),
                ("import.time", 4),
            ],
        ),
    ];
    for (name, args, bytes, expected) in cases {
        assert_eq!(problems(bytes, args), expected, "{name}");
    }
}

#[test]
fn told_from_the_content() {
    // Whatever reads it, or nothing: none of the formats of this file.
    let table = "";
    let cases: [(&str, &str); 20] = [
        ("; x\n\n# y\n* z\ni 2026-02-12 08:15 a\n", "timeclock"),
        ("o 2026-02-12 08:15\ni 2026/02/12 08:15:01 a\n", "timeclock"),
        ("h 2026-02-12 8\ni 2026.2.12 8:15 a\n", "timeclock"),
        ("i think that 2026-02-12 was fine\n", table),
        ("i 2026 was a good year\n", table),
        ("2026-02-12\na  1\n", "timedot"),
        ("* 2026-02-12 Thu\n** a:b  .... ..\n", "timedot"),
        (
            "2026-02-12 a day\nsome words\n\n2026-02-13\nmore  words\n",
            table,
        ),
        (
            "2026-02-12,08:15,09:15,quote\n2026-02-13,08:15,09:15,quote\n",
            table,
        ),
        ("2026-02-12 08:15:00 +0000,app,,x,y,60\n", table),
        ("Date  Hours\n2026-02-12  1\n2026-02-13  2\n", table),
        (
            "* A\n  CLOCK: [2026-02-12 Thu 8:15]--[2026-02-12 Thu 9:15] =>  1:00\n",
            "org",
        ),
        ("#+TITLE: x\n* A\ntext\n", "org"),
        ("* a point\n* another\n", table),
        ("# Notes\nThe line CLOCK: [2026 is nothing.\n", table),
        (
            "inc 20260212T081500Z - 20260212T094000Z # a\n",
            "timewarrior.data",
        ),
        ("inc 20260212 and more\n", table),
        (
            "[{\"id\":\"a\",\"project\":\"b\",\"start\":\"2026-02-12T08:15:00+00:00\",\"stop\":\"2026-02-12T08:15:00+00:00\",\"tags\":[]}]",
            "watson.log.json",
        ),
        ("[[1,2,\"a\"]]", "import.json_unknown"),
        (
            "[{\"start\":\"2026-02-12T08:15:00Z\",\"id\":1}]",
            "import.json_unknown",
        ),
    ];
    for (text, expected) in cases {
        let (format, ..) = read(text.as_bytes(), "");
        if expected.is_empty() {
            let own = ["timeclock", "timedot", "org", "timewarrior.data"];
            assert!(!own.contains(&format.as_str()), "{format}: {text}");
        } else {
            assert_eq!(format, expected, "{text}");
        }
    }
}

#[test]
fn line_endings_marks_and_encodings() {
    let lines = "i 2026-02-12 08:15 Büro\no 2026-02-12 09:40\n";
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(lines.chars())
        .flat_map(|c| u16::try_from(u32::from(c)).unwrap().to_le_bytes())
        .collect();
    for bytes in [
        lines.as_bytes().to_vec(),
        lines.replace('\n', "\r\n").into_bytes(),
        lines.replace('\n', "\r").into_bytes(),
        format!("\u{feff}{lines}").into_bytes(),
        lines.trim_end().as_bytes().to_vec(),
        utf16,
        lines.replace('ü', "?").replace('?', "\u{1}").into_bytes(),
        joined(&[b"i 2026-02-12 08:15 B\xfcro\n", b"o 2026-02-12 09:40\n"]),
    ] {
        assert_eq!(read(&bytes, ""), ("timeclock".to_owned(), 1, 5100));
    }
}

/// Many rows, larger than any buffer, with an element on every seam of the window.
#[test]
fn many_rows_are_summed_to_the_second() {
    let mut export = String::from("[\n");
    let mut frames = String::from("[");
    let mut clock = String::new();
    for row in 0..20_000 {
        let comma = if row == 0 { "" } else { ",\n" };
        let text = "x".repeat(row % 97);
        export.push_str(&format!(
            "{comma}{{\"id\":{row},\"start\":\"20260212T081500Z\",\"end\":\"20260212T08150{}Z\",\"tags\":[\"{text}\"]}}",
            row % 10
        ));
        frames.push_str(&format!(
            "{comma}[1770884100,{},\"{text}\",\"id{row}\",[\"a\",\"b\"],0]",
            1_770_884_100 + row % 10
        ));
        clock.push_str(&format!(
            "i 2026-02-12 08:15:00 {text}\no 2026-02-12 08:15:0{}\n",
            row % 10
        ));
    }
    export.push_str("\n]\n");
    frames.push(']');
    for (text, format) in [
        (export, "timewarrior.json"),
        (frames, "watson.frames"),
        (clock, "timeclock"),
    ] {
        assert_eq!(
            read(text.as_bytes(), ""),
            (format.to_owned(), 20_000, 90_000)
        );
    }
}

/// A window that ends within a character, and one with bytes of another encoding, in a text and in what is passed over.
#[test]
fn letters_on_the_seams_of_the_window() {
    let frames = |last: &[u8]| {
        let mut bytes = b"[".to_vec();
        for row in 0..20_000 {
            let text = "ü€".repeat(row % 23);
            bytes.extend_from_slice(
                format!("[1770884100,1770884109,\"{text}\",\"id{row}\",[],0],\n").as_bytes(),
            );
        }
        bytes.extend_from_slice(last);
        bytes.push(b']');
        bytes
    };
    let good = frames(b"[1770884100,1770884109,\"a\",\"b\",[],0]");
    assert_eq!(
        read(&good, ""),
        ("watson.frames".to_owned(), 20_001, 180_009)
    );
    let passed_over = frames(b"[1770884100,1770884109,\"a\",\"b\",[],\"B\xfcro\"]");
    assert_eq!(
        read(&passed_over, ""),
        ("watson.frames".to_owned(), 20_001, 180_009)
    );
    let foreign = frames(b"[1770884100,1770884109,\"B\xfcro\",\"b\",[],0]");
    assert_eq!(problems(&foreign, ""), [("import.encoding", 20_001)]);
}

/// What may not be kept never reaches an entry or a message.
#[test]
fn secrets_and_titles_stay_outside() {
    for sample in [
        "superproductivity/v10.json",
        "superproductivity/2018.json",
        "activitywatch/all.json",
    ] {
        let path = format!("{}/samples/{sample}", env!("CARGO_MANIFEST_DIR"));
        assert!(std::fs::read_to_string(&path).unwrap().contains("CANARY"));
        let result = Input::open(path.as_ref())
            .and_then(|mut input| collect::read(&mut input, &collect::options("")));
        let text = collect::written_out(result);
        assert!(
            !text.contains("CANARY") && text.contains("entries"),
            "{text}"
        );
    }
}

#[test]
fn a_leap_second_outside_tables_is_the_second_that_follows() {
    for (bytes, seconds, lines) in [
        (
            &b"i 2016-12-31 23:00:00 work\no 2016-12-31 23:59:60\ni 2016-12-31 23:59:60 work\no 2017-01-01 01:00:00\n"[..],
            7200,
            &[2, 3][..],
        ),
        (
            b"inc 20161231T230000Z - 20161231T235960Z # work\ninc 20161231T235960Z - 20170101T010000Z # work\n",
            7200,
            &[1, 2],
        ),
        (
            br#"[{"id":"1","start":"2016-12-31T23:00:00+00:00","stop":"2016-12-31T23:59:60+00:00","project":"a","tags":[]}]"#,
            3600,
            &[1],
        ),
        (b"i 2016-12-31 22:00:00 work\no 2016-12-31 23:00:06\n", 3606, &[]),
    ] {
        assert_eq!(read(bytes, "").2, seconds);
        let expected: Vec<Found<'_>> = lines.iter().map(|line| ("import.leap_second", *line)).collect();
        assert_eq!(problems(bytes, ""), expected);
    }
}
