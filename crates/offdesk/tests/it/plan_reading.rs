//! Problems and cases as they come: encodings, and files with mistakes in them.

use std::time::Instant;

use crate::program::Folder;

const PROBLEM: &str = r#"{"people":[{"id":"René","hours_per_week":20}],"activities":[{"id":"Büro",
    "options":[{"person":"René","hours_per_week":8,"cash_per_week":112,"value_per_week":260}]}],"cash_per_week":500}"#;

fn utf16(text: &str, mark: &[u8], to: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter()
        .copied()
        .chain(text.encode_utf16().flat_map(to))
        .collect()
}

#[test]
fn every_encoding_of_the_ladder_is_read_and_named() {
    let legacy: Vec<u8> = PROBLEM
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let folder = Folder::new();
    for (bytes, said) in [
        (PROBLEM.as_bytes().to_vec(), ""),
        (format!("\u{feff}{PROBLEM}").into_bytes(), ""),
        (
            utf16(PROBLEM, &[0xff, 0xfe], u16::to_le_bytes),
            "problem.json was read as UTF-16LE.\n",
        ),
        (
            utf16(PROBLEM, &[0xfe, 0xff], u16::to_be_bytes),
            "problem.json was read as UTF-16BE.\n",
        ),
        (
            utf16(PROBLEM, &[], u16::to_le_bytes),
            "problem.json was read as UTF-16LE.\n",
        ),
        (legacy, "problem.json was read as Windows-1252.\n"),
    ] {
        folder.file("problem.json", bytes);
        let ran = folder.run(&["plan", "problem.json", "--json"]).exits(0);
        assert_eq!(ran.err, said);
        assert_eq!(ran.json()["choices"][0]["person"], "René", "{said}");
    }
    let case =
        r#"{"name":"Büro","value_of_work_hour":75,"owner_hours":1.5,"times_per_week":4,"rate":14}"#;
    folder.file("case.json", utf16(case, &[0xff, 0xfe], u16::to_le_bytes));
    let ran = folder.run(&["decide", "case.json"]).exits(0);
    assert_eq!(ran.err, "case.json was read as UTF-16LE.\n");
    assert!(ran.out.contains("Büro comes to"), "{}", ran.out);
}

#[test]
fn a_mistake_has_its_line_column_and_path() {
    for (from, to, code, said) in [
        (
            "260",
            "\"much\"",
            "plan.json",
            "line 2, column 89: activities[0].options[0].value_per_week: this is the text \"much\", and a number is wanted",
        ),
        (
            "260",
            "1e300",
            "plan.value",
            "line 2, column 89: activities[0].options[0].value_per_week: value_per_week of \"René\" for \"Büro\" is 1e300, and a billion (1000000000) is the most that is planned",
        ),
        (
            "\"hours_per_week\":8",
            "\"hours_per_week\":-8",
            "plan.value",
            "hours_per_week of \"René\" for \"Büro\" is -8, and it is 0 or more",
        ),
        (
            "{\"id\":\"René\",\"hours_per_week\":20}",
            "[\"René\",20]",
            "plan.json",
            "people[0]: this is a list, and an object in { } is wanted",
        ),
        (
            "\"id\":\"Büro\"",
            "\"id\":\" \"",
            "plan.id",
            "activities[0].id: an id of the activities is empty",
        ),
        (
            "\"cash_per_week\":500",
            "\"budget\":500",
            "plan.json",
            "budget: there is no key \"budget\" here",
        ),
        (
            "\"person\":\"René\"",
            "\"person\":\"Rene\"",
            "plan.person",
            "did you mean \"René\"?",
        ),
        (
            "\"hours_per_week\":20",
            "\"works\":[9]",
            "plan.json",
            "people[0].works: these are not two hours",
        ),
        (
            "}],\"cash",
            "}],,\"cash",
            "plan.json",
            ": a key in double quotes is wanted here",
        ),
    ] {
        let problem = PROBLEM.replacen(from, to, 1);
        assert_ne!(problem, PROBLEM);
        let ran = Folder::new()
            .run_with(&["plan", "-"], &problem)
            .refused(5, code);
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

#[test]
fn a_negative_figure_reaches_the_check_that_explains_it() {
    let folder = crate::decide_desk::desk();
    let ran = folder
        .run(&["decide", "Inbox", "--no-input", "--rate", "-3"])
        .refused(2, "decide.value");
    assert!(
        ran.err.contains("rate is -3, and it is from 0 to"),
        "{}",
        ran.err
    );
    let ran = folder
        .run(&["plan", "-", "--seconds", "-1"])
        .refused(2, "usage.value");
    assert!(
        ran.err.contains("it is a number from 0.01 to 86400"),
        "{}",
        ran.err
    );
}

/// The same numbers on every machine.
fn numbers() -> impl FnMut(usize) -> usize {
    let mut state = 41_u64;
    move |end| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % end
    }
}

/// Whatever is written into a problem, the program ends in time with a plan, without one, or with the mistake.
#[test]
#[expect(clippy::disallowed_methods, reason = "it has to end in time")]
fn files_with_mistakes_end_in_time() {
    let folder = Folder::new();
    let example = include_str!("../../../../docs/examples/problem.json");
    let mut next = numbers();
    let words = [
        "-1", "1e300", "null", "[]", "{}", "\"\"", "true", "NaN", "9e99999", "\"Ana\"", ",", "}",
        "\u{e9}",
    ];
    for turn in 0..120 {
        let mut bytes = example.as_bytes().to_vec();
        for _ in 0..=next(3) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                1 => {
                    let end = (at + next(40)).min(bytes.len());
                    bytes.drain(at..end);
                }
                2 => {
                    let word = words[next(words.len())];
                    bytes.splice(at..at, word.bytes());
                }
                // The next number becomes something else.
                _ => {
                    let is_digit = |byte: &u8| byte.is_ascii_digit();
                    if let Some(from) = bytes[at..].iter().position(is_digit).map(|it| at + it) {
                        let end = bytes[from..]
                            .iter()
                            .position(|it| !is_digit(it))
                            .map_or(bytes.len(), |it| from + it);
                        let word = words[next(words.len())];
                        bytes.splice(from..end, word.bytes());
                    }
                }
            }
        }
        folder.file("problem.json", &bytes);
        let since = Instant::now();
        let ran = folder.run(&[
            "plan",
            "problem.json",
            "--explain",
            "--json",
            "--seconds",
            "0.3",
        ]);
        assert!(since.elapsed().as_secs() < 10, "turn {turn} took too long");
        assert!(
            matches!(ran.code, 0 | 3 | 5),
            "turn {turn}: {} {}",
            ran.code,
            ran.err
        );
        if ran.code == 5 {
            assert!(
                ran.err.contains("code: plan.") && ran.out.is_empty(),
                "turn {turn}: {}",
                ran.err
            );
            assert!(ran.err.contains("line "), "turn {turn}: {}", ran.err);
        }
    }
}
