//! Rows written in any dialect read back as they were; several threads read as one does.

use std::fmt::Write as _;

use offdesk_domain::Day;
use offdesk_import::Input;
use proptest::prelude::*;

use crate::collect;

#[derive(Debug, Clone)]
struct Dialect {
    delimiter: char,
    ending: &'static str,
    is_quoted: bool,
    has_mark: bool,
    has_comma: bool,
    date: &'static str,
}

fn dialect() -> impl Strategy<Value = Dialect> {
    (
        prop::sample::select(vec![',', ';', '\t', '|']),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        prop::sample::select(vec![
            "%Y-%m-%d",
            "%d/%m/%Y",
            "%m/%d/%Y",
            "%d.%m.%Y",
            "%-d %b %Y",
            "%Y%m%d",
            "%a, %b %-d, %Y",
        ]),
    )
        .prop_map(
            |(delimiter, ending, is_quoted, has_mark, has_comma, date)| Dialect {
                delimiter,
                ending,
                is_quoted,
                has_mark,
                has_comma,
                date,
            },
        )
}

/// A day of 2025, hundredths of an hour, a text that is not trimmed away and is no word for a sum.
fn rows() -> impl Strategy<Value = Vec<(i32, u32, String)>> {
    prop::collection::vec(
        (
            0..365_i32,
            1..2400_u32,
            "n[a-zA-Z0-9 ,;|\"'äß€\\t\n=+#-]{0,20}x",
        ),
        1..40,
    )
}

fn field(text: &str, dialect: &Dialect) -> String {
    let must = text.contains([dialect.delimiter, '"', '\n', '\r']);
    if must || dialect.is_quoted {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn written(rows: &[(Day, u32, String)], dialect: &Dialect) -> String {
    let mut out = String::new();
    if dialect.has_mark {
        out.push('\u{feff}');
    }
    let mark = if dialect.has_comma { ',' } else { '.' };
    let mut line = |cells: [&str; 3]| {
        let cells = cells.map(|cell| field(cell, dialect));
        write!(
            out,
            "{}{}",
            cells.join(&dialect.delimiter.to_string()),
            dialect.ending
        )
        .unwrap();
    };
    line(["date", "hours", "notes"]);
    for (day, hundredths, text) in rows {
        let date = day.date().strftime(dialect.date).to_string();
        let hours = format!("{}{mark}{:02}", hundredths / 100, hundredths % 100);
        line([&date, &hours, text]);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn rows_read_back(dialect in dialect(), rows in rows()) {
        let first = Day::from_ymd(2025, 1, 1).unwrap();
        let ending = if dialect.ending == "\r" { "\r" } else { "\n" };
        let mut rows: Vec<(Day, u32, String)> = rows
            .into_iter()
            // In a file with old line ends those are its line ends.
            .map(|(day, hundredths, text)| (Day(first.0 + day), hundredths, text.replace('\n', ending)))
            .collect();
        // One row that decides the order of day and month.
        rows.push((Day(first.0 + 24), 150, "nx".to_owned()));
        let mut input = Input::memory("hours.csv", written(&rows, &dialect).into_bytes()).unwrap();
        let (report, collect) = collect::read(&mut input, &collect::options("")).unwrap();
        prop_assert_eq!(report.skipped, 0, "{:?}", report.problems);
        let read: Vec<String> = collect.lines.iter().map(|line| line.trim_start().split_once("  ").unwrap().1.to_owned()).collect();
        let expected: Vec<String> = rows
            .iter()
            .map(|(day, hundredths, text)| {
                let seconds = hundredths * 36;
                format!("{day}  {seconds} s | text={}", text.escape_debug())
            })
            .collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 1..400), header in any::<bool>()) {
        let mut all = if header { b"date,start,end,hours,notes\n".to_vec() } else { Vec::new() };
        all.extend_from_slice(&bytes);
        if let Ok(mut input) = Input::memory("hours.csv", all) {
            drop(collect::read(&mut input, &collect::options("tz=Europe/Berlin")));
        }
    }

    #[test]
    fn cells_of_any_text_make_no_panic(cells in prop::collection::vec("[0-9:./, \\-+hHTZEe#a-c\"]{0,14}", 4..80)) {
        let mut text = "date,start,end,hours\n".to_owned();
        for row in cells.chunks(4) {
            text.push_str(&row.join(","));
            text.push('\n');
        }
        let mut input = Input::memory("hours.csv", text.into_bytes()).unwrap();
        drop(collect::read(&mut input, &collect::options("order=dmy")));
    }
}

#[test]
fn threads_read_as_one() {
    let mut text = "date,start,end,hours,person,notes\n".to_owned();
    let mut latin = Vec::new();
    for row in 0..60_000_u32 {
        let (day, hour) = (row % 28 + 1, row % 12 + 8);
        let person = ["Noor", "Ada", "Bob"][usize::try_from(row % 3).unwrap()];
        match row % 97 {
            0 => writeln!(text, "31/02/2026,,,1,{person},bad"),
            1 => writeln!(
                text,
                "{day:02}/03/2026,{hour}:00,7:00,,{person},\"over\nnight \"\"{row}\"\"\""
            ),
            2 => writeln!(text, "{day:02}/03/2026,,,,{person},none"),
            _ => writeln!(
                text,
                "{day:02}/03/2026,{hour}:00,{hour}:45,,{person},Büro {row}"
            ),
        }
        .unwrap();
    }
    assert!(text.len() > 2 << 20);
    let (encoded, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    latin.extend_from_slice(&encoded);
    for bytes in [text.into_bytes(), latin] {
        let read = |threads: usize| {
            let mut options = collect::options("");
            options.threads = threads;
            let mut input = Input::memory("hours.csv", bytes.clone()).unwrap();
            let (report, mut collect) = collect::read(&mut input, &options).unwrap();
            collect.lines.sort();
            (format!("{report:#?}"), collect.lines)
        };
        let one = read(1);
        for threads in [2, 3, 8] {
            let several = read(threads);
            assert_eq!(several.0, one.0, "{threads} threads: the report");
            assert!(several.1 == one.1, "{threads} threads: the entries");
        }
    }
}
