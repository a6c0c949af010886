//! The form, the gate, the warnings and the drafts.

use proptest::prelude::*;

use super::*;
use crate::Seconds;

const WHOLE: &str = "\
# Booking and reminders

- Owner: Noor
- Expected time: 1 h 30 min
- Review by: 2027-06-01

Written after the summer.

## Outcome

Every patient of tomorrow has a reminder.

## Trigger

Every weekday at 9:00.

## Inputs

- Access to the calendar
- Last week's list (optional)

## Steps

1. Open the calendar of tomorrow.
2. Compare it with the list:
   - names
   - times

   and mark what differs.

### In the call

3. Send a reminder to each.

## Acceptance criteria

- Every patient of tomorrow is ticked.

## Stop and ask

- Spend up to 50 USD, ask above.

## Examples

> Dear Ana, see you tomorrow at 9:30.

## Links

- [Recording](https://example.com/1)

## Where it comes from

Nobody knows.
";

#[test]
fn the_canonical_form_is_read_and_written_as_it_is() {
    let blueprint = Blueprint::of(WHOLE);
    assert_eq!(blueprint.markdown(), WHOLE);
    assert_eq!(blueprint.owner, "Noor");
    assert_eq!(blueprint.minutes, Some(90));
    assert_eq!(
        blueprint.review_by.map(|day| day.to_string()).as_deref(),
        Some("2027-06-01")
    );
    let inputs: Vec<_> = blueprint.input_texts().collect();
    assert_eq!(
        inputs,
        [
            ("Access to the calendar", true),
            ("Last week's list", false)
        ]
    );
    assert_eq!(blueprint.step_texts().count(), 3);
    assert_eq!(blueprint.others[0].heading, "Where it comes from");
    let there = gate(&blueprint).iter().filter(|part| part.is_there).count();
    assert_eq!(there, 7, "{:?}", gate(&blueprint));
}

#[test]
fn what_is_written_otherwise_comes_into_the_form() {
    let cases = [
        ("Intro\n\n# T\nText", "# T\n\nIntro\n\nText\n\n## Steps\n"),
        (
            "## Procedure\n* [ ] a\n* [x] b\n\n## Goal:\nDone.",
            "## Outcome\n\nDone.\n\n## Steps\n\n1. a\n2. b\n",
        ),
        (
            "# T\n**Owner:** Ana\nReview by: soon",
            "# T\n\n- Owner: Ana\n\nReview by: soon\n\n## Steps\n",
        ),
        ("# A\n# B\nx", "# A\n\n## Steps\n\n## B\n\nx\n"),
        (
            "## Steps\nFirst:\n1) a\nlazy\n\n   b\nc",
            "## Steps\n\nFirst:\n\n1. a\n   lazy\n\n   b\n   c\n",
        ),
        (
            "## Steps\n- a\n\n   ## not a heading",
            "## Steps\n\n1. a\n\n    ## not a heading\n",
        ),
        ("## Steps\ntext\n ## b", "## Steps\n\ntext\n\\## b\n"),
        (
            "## Examples\n```\n# no title\n## Steps",
            "## Examples\n\n```\n# no title\n## Steps\n```\n",
        ),
        (
            "## Steps\n- ```\n  ## x\n  ```\n- b",
            "## Steps\n\n1. ```\n   ## x\n   ```\n2. b\n",
        ),
        ("\u{feff}# T\r\n\r\na\tb\0\r\n", "# T\n\na\tb\n\n## Steps\n"),
        ("", ""),
    ];
    for (text, form) in cases {
        assert_eq!(Blueprint::of(text).markdown(), form, "{text:?}");
        assert_eq!(Blueprint::of(form).markdown(), form, "{form:?}");
    }
}

#[test]
fn a_section_can_be_set_without_disturbing_the_others() {
    let mut blueprint = Blueprint::of(WHOLE);
    blueprint.set_section(Known::Outcome, "# All done\n\n## Steps\n```");
    blueprint.set_section(Known::Inputs, "one\n\n- two");
    let again = Blueprint::of(&blueprint.markdown());
    assert_eq!(again.outcome, "### All done\n\n### Steps\n```\n```");
    assert_eq!(again.steps, blueprint.steps);
    assert_eq!(again.inputs.len(), 2);
}

#[test]
fn lines_of_a_form_are_items_with_or_without_markers() {
    let mut blueprint = Blueprint::of(WHOLE);
    blueprint.set_list(
        Known::Steps,
        "Open it\n1. Read it\n   twice\n\n### In the call\nClose it",
    );
    let steps = "1. Open it\n2. Read it\n   twice\n\n### In the call\n\n3. Close it";
    assert_eq!(blueprint.section(Known::Steps), steps);
    blueprint.set_section(Known::Steps, "First:\n\n- a");
    blueprint.set_list(Known::Steps, "First:\n\n1. a\nb");
    assert_eq!(blueprint.section(Known::Steps), "First:\n\n1. a\n2. b");
}

#[test]
fn each_part_of_the_gate_says_what_is_missing() {
    let there = |text: &str| -> Vec<&str> {
        let parts = gate(&Blueprint::of(text));
        parts
            .iter()
            .filter(|part| part.is_there)
            .map(|part| part.code)
            .collect()
    };
    let cases = [
        ("## Outcome\nThe desk is empty.", "G1", true),
        (
            "## Outcome\nThe desk is empty. The lamp is off.",
            "G1",
            false,
        ),
        ("## Outcome\nDr. Meyer has e.g. 3.5 copies.", "G1", true),
        ("## Trigger\n...", "G2", false),
        ("## Inputs\n- The list", "G3", false),
        ("## Inputs\n- The list\n- Login for the shop", "G3", true),
        ("## Inputs\n- No access needed", "G3", true),
        ("## Acceptance criteria\n- It is properly done", "G4", false),
        ("## Acceptance criteria\n- All lines are ticked", "G4", true),
        ("## Examples\n```\n```", "G5", false),
        ("## Stop and ask\n- The customer is angry", "G6", false),
        ("## Stop and ask\n- Refund up to 50, ask above", "G6", true),
        ("## Stop and ask\n- No money is spent", "G6", true),
        ("## Stop and ask\n- Somebody speaks of a lawyer", "G6", true),
        ("## Stop and ask\n- Up to 50 dollars you decide", "G6", true),
        ("## Stop and ask\n- If they do not pay, ask.", "G6", false),
        ("- Owner: Noor, head of support", "G7", true),
        ("- Owner: the team", "G7", false),
        ("- Owner: Ana and Ben", "G7", false),
        ("- Owner: Ana/Ben", "G7", false),
        ("- Owner: Alexandra", "G7", true),
    ];
    for (text, code, is_there) in cases {
        assert_eq!(there(text).contains(&code), is_there, "{text}");
    }
    let missing = gate(&Blueprint::default());
    assert!(
        missing
            .iter()
            .all(|part| !part.missing.is_empty() && !part.remedy.is_empty())
    );
}

/// What is there, though not as a list, is not said to be missing.
#[test]
fn prose_in_a_list_is_asked_to_become_one() {
    let missing = |text: &str, code: &str| {
        let parts = gate(&Blueprint::of(text));
        let part = parts.iter().find(|part| part.code == code);
        part.map(|part| part.missing.clone()).unwrap_or_default()
    };
    for (heading, code) in [
        ("Inputs", "G3"),
        ("Acceptance criteria", "G4"),
        ("Stop and ask", "G6"),
    ] {
        let text = format!("## {heading}\nRefund up to 50, ask above.\n");
        assert!(missing(&text, code).contains("dash"), "{heading}");
        let heads = format!("## {heading}\n### Money\n");
        assert!(!missing(&heads, code).contains("dash"), "{heading}");
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    let all = warnings(
        &Blueprint::of(text),
        Circumstances {
            has_version: true,
            is_followed: true,
        },
    );
    all.iter().map(|warning| warning.code).collect()
}

#[test]
fn warnings_are_about_what_they_say() {
    let run = |count: usize| -> String {
        (0..count)
            .map(|at| format!("1. Open drawer {at}\n"))
            .collect()
    };
    let cases = [
        ("## Steps\n1. The inbox is opened.", "L1", true),
        ("## Steps\n1. Open the inbox.", "L1", false),
        ("## Steps\n1. Invoices", "L1", true),
        ("## Steps\n1. Open the inbox and send the list.", "L1", true),
        ("## Steps\n1. Open the list and the inbox.", "L1", false),
        (
            "## Steps\n1. Öffne den Ordner für die Rechnung.",
            "L1",
            false,
        ),
        ("## Steps\n1. Send it if it is complete.", "L2", true),
        ("## Steps\n1. If it is complete, send it.", "L2", false),
        ("## Steps\n1. Call or mail or write.", "L2", true),
        ("## Steps\n1. Reply ASAP.", "L3", true),
        ("## Steps\n1. Reply within two hours.", "L3", false),
        (&format!("## Steps\n{}", run(10)), "L4", true),
        (
            &format!("## Steps\n{}1. Check them\n{}", run(8), run(8)),
            "L4",
            false,
        ),
        (
            &format!(
                "## Steps\n{}",
                "1. Open one two three four five six\n".repeat(80)
            ),
            "L5",
            true,
        ),
        ("## Steps\n1. Send it.\n2. Check it.", "L7", true),
        ("## Steps\n1. Check it.\n2. Send it.", "L7", false),
        ("- Expected time: 5 min", "L9", false),
        ("# T", "L9", true),
        ("## Links\n- password: hunter2", "L11", true),
        ("## Links\n- The password is in the store", "L11", false),
        ("## Links\n- password: see the store", "L11", false),
        ("## Links\n- sk_live_51H8abcdefghijk", "L11", true),
        ("## Links\n- 4111 1111 1111 1111", "L11", true),
        (
            "## Links\n- https://example.com/a/0123456789abcdef0123456789abcdef",
            "L11",
            false,
        ),
        ("- Review by: 2027-01-01", "L12", false),
        ("# T", "L12", true),
        ("## Steps\n1. Repeat this.", "L13", true),
        (
            "## Steps\n1. Repeat this until the list is empty.",
            "L13",
            false,
        ),
    ];
    for (text, code, is_found) in cases {
        assert_eq!(
            codes(text).contains(&code),
            is_found,
            "{code} {text}: {:?}",
            codes(text)
        );
    }
    let fresh = warnings(&Blueprint::default(), Circumstances::default());
    let fresh: Vec<_> = fresh.iter().map(|warning| warning.code).collect();
    assert_eq!(fresh, ["L6", "L8", "L9", "L12", "L14"]);
    assert!(!codes("## Steps\n1. Open it.").contains(&"L14"));
    assert!(codes("## Steps\n\n### Morning\n").contains(&"L14"));
    let secret = Blueprint::of("## Links\n- api key = abc123def");
    let found = warnings(&secret, Circumstances::default());
    assert!(
        found
            .iter()
            .all(|warning| !warning.message.contains("abc123def"))
    );
}

#[test]
fn hard_texts_are_told_from_easy_ones() {
    let hard = "## Steps\n1. Conscientiously differentiate organisational responsibilities notwithstanding \
        interdepartmental administrative considerations regarding documentation, categorisation, standardisation, \
        and internationalisation of communication infrastructure across heterogeneous jurisdictions, ".to_owned()
        + &"considering multidimensional stakeholder expectations ".repeat(6);
    assert!(codes(&hard).contains(&"L10"));
    let easy = format!(
        "## Steps\n{}",
        "1. Open the list. Look at the first line.\n".repeat(9)
    );
    assert!(!codes(&easy).contains(&"L10"));
    let german = format!(
        "## Steps\n1. {}",
        "Die Rechnungsbearbeitungsrichtlinien der Buchhaltungsabteilung berücksichtigen und anschließend \
         Zahlungseingänge der Auftraggeberinnen kontrollieren, ".repeat(6)
    );
    assert!(codes(&german).contains(&"L10"));
}

#[test]
fn a_draft_from_notes_keeps_what_was_noted() {
    let draft = from_notes("open the shop\n\nsweep\nlock up");
    assert_eq!(draft.title, "open the shop");
    assert_eq!(draft.step_texts().collect::<Vec<_>>(), ["sweep", "lock up"]);
    let draft = from_notes("1. a\n2. b\n   more");
    assert_eq!((draft.title.as_str(), draft.step_texts().count()), ("", 2));
    let draft = from_notes("# Month end\n## Morning\n- a\n## Evening\n- b\n## Notes\nnone");
    assert_eq!(draft.steps.len(), 4);
    assert_eq!(draft.others.len(), 1);
    let draft = from_notes("Report\n**Steps:**\n- a\n**Goal:** It is sent.\n- b");
    assert_eq!(draft.outcome, "It is sent.");
    assert_eq!(draft.step_texts().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_draft_from_work_has_the_usual_order_and_time() {
    let mut works = Vec::new();
    for week in 0..4 {
        for day in 0..5 {
            let day = Day(20_458 + week * 7 + day);
            for (wording, text, start, minutes) in [
                (1, "reply to mails", 9 * 3600, 40),
                (0, "sort the inbox", 8 * 3600 + 600, 20),
                (2, "file receipts", 10 * 3600, 15),
            ] {
                works.push(DoneWork {
                    wording,
                    text: text.to_owned(),
                    day: Some(day),
                    start: Some(start),
                    seconds: Seconds(minutes * 60),
                    project: "Office".to_owned(),
                    tags: "mail, daily".to_owned(),
                });
            }
        }
    }
    let draft = from_work("Inbox", &works);
    let steps: Vec<_> = draft.step_texts().collect();
    assert_eq!(steps, ["Sort the inbox", "Reply to mails", "File receipts"]);
    assert_eq!(draft.minutes, Some(75));
    assert_eq!(draft.trigger, "Every weekday, around 8:15.");
    assert!(draft.preface.contains("60 entries") && draft.preface.contains("Tags: daily, mail."));
    assert!(!draft.preface.contains("Office"), "{}", draft.preface);
    assert!(from_work("Inbox", &[]).is_empty());
    assert_eq!(Blueprint::of(&draft.markdown()), draft);
}

/// Entries on one day after the other, each with a wording of its own for each text.
fn done(texts: &[&str]) -> Vec<DoneWork> {
    let mut known: Vec<&str> = Vec::new();
    let works = texts.iter().zip(0..).map(|(text, day)| {
        let wording = known.iter().position(|it| it == text).unwrap_or_else(|| {
            known.push(text);
            known.len() - 1
        });
        DoneWork {
            wording,
            text: (*text).to_owned(),
            day: Some(Day(20_458 + day)),
            start: None,
            seconds: Seconds(600),
            project: "Smith & Sons".to_owned(),
            tags: String::new(),
        }
    });
    works.collect()
}

#[test]
fn a_draft_takes_what_recurs_without_the_names_of_customers() {
    let cases: [(&[&str], &[&str]); 9] = [
        (&["call back", "draft the lease"], &[]),
        (&["call back", "call back"], &["Call back"]),
        (
            &["Call Smith about the offer", "Call Jones about the offer"],
            &["Call about the offer"],
        ),
        (
            &["chase invoice 4711 – Meyer", "chase invoice 4712 – Weber"],
            &["Chase invoice"],
        ),
        (
            &["check Stripe payouts", "check Stripe payouts"],
            &["Check Stripe payouts"],
        ),
        (
            &["write to anna@smith.example", "write to anna@smith.example"],
            &[],
        ),
        (
            &["phone Mrs Smith back", "phone Mrs Smith back"],
            &["Phone back"],
        ),
        (&["2024-11-03 #881", "2024-11-03 #881"], &[]),
        (
            &["Mails im Postfach ordnen", "Mails im Postfach ordnen"],
            &["Mails im Postfach ordnen"],
        ),
    ];
    for (texts, wanted) in cases {
        let draft = from_work("Calls", &done(texts));
        let steps: Vec<_> = draft.step_texts().collect();
        assert_eq!(steps, wanted, "{texts:?}");
        assert!(!draft.markdown().contains("Smith"), "{texts:?}");
    }
    let words = done(&["emails", "sort the inbox", "emails", "sort the inbox"]);
    let draft = from_work("Inbox", &words);
    assert_eq!(draft.step_texts().collect::<Vec<_>>(), ["Sort the inbox"]);
    assert!(
        draft
            .preface
            .contains("Of Emails only the word was written"),
        "{}",
        draft.preface
    );
    assert_eq!(Blueprint::of(&draft.markdown()), draft);
    let mut one_day = done(&["call back", "call back", "call back"]);
    for work in &mut one_day {
        work.day = Some(Day(20_458));
    }
    assert_eq!(from_work("Calls", &one_day).step_texts().count(), 0);
}

#[test]
fn lengths_are_read_as_people_write_them() {
    for (text, minutes) in [
        ("20 min", Some(20)),
        ("20", Some(20)),
        ("1h30", Some(90)),
        ("1 h 30 min", Some(90)),
        ("1,5 Stunden", Some(90)),
        ("about 2 hours", Some(120)),
        ("~45m", Some(45)),
        ("9:00", None),
        ("0", None),
        ("", None),
        ("20 30", None),
        ("99999999999 h", None),
        ("2 days", None),
        ("1..5 h", None),
    ] {
        assert_eq!(minutes_of(text), minutes, "{text}");
    }
    for minutes in 1..2_000 {
        assert_eq!(minutes_of(&length_text(minutes)), Some(minutes));
    }
}

/// Long rows of signs that make some readers slow.
#[test]
fn sec_19_no_text_takes_long() {
    let many = |text: &str| text.repeat(1024 * 1024 / text.len());
    for text in [
        "[", "*", ">", "- ", "#", "`", "# ", "1. ", "\t", "- [ ] ", "\n", "pw:", "a.", "## a\n",
        "if or ", "```\n",
    ] {
        for before in [
            "",
            "## Steps\n",
            "## Stop and ask\n- ",
            "####\n",
            "- Owner: ",
        ] {
            let blueprint = Blueprint::of(&format!("{before}{}", many(text)));
            let _ = gate(&blueprint);
            let _ = warnings(&blueprint, Circumstances::default());
        }
    }
}

fn markdown() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        "[ -~]{0,12}",
        "(#{1,4} ?[a-zA-Z# ]{0,6}|## Steps|## Inputs|## Goal|# T|- Owner: [a-c*]{0,3}|Review by: 2027-01-0[0-9]|Duration: [0-9]{1,2})",
        " {0,5}([-*+•]|[0-9]{1,2}[.)])( {0,3}(\\[[ x]\\])?[a-z` -]{0,6})?",
        " {0,4}(`{3,4}|~{3})[a-z` ]{0,2}",
        "[\\t \u{a0}]{0,3}[a-z#\\\\]{0,3}",
        Just(String::new()),
        "\\PC{0,6}",
    ];
    prop::collection::vec(line, 0..24).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn the_form_is_a_fixed_point(text in markdown()) {
        let blueprint = Blueprint::of(&text);
        let form = blueprint.markdown();
        let again = Blueprint::of(&form);
        prop_assert_eq!(&again.markdown(), &form);
        prop_assert_eq!(again, blueprint);
    }

    #[test]
    fn what_is_in_the_form_is_taken_as_it_is(text in markdown()) {
        let blueprint = Blueprint::of(&text);
        prop_assert_eq!(from_notes(&blueprint.markdown()), blueprint);
    }

    #[test]
    fn no_word_is_lost(words in prop::collection::vec("[a-z]{5,9}", 1..20), before in prop::collection::vec(0_usize..8, 20)) {
        let before = before.into_iter().map(|at| ["", "- ", "  ", "1. ", "# ", "## ", "\n", "   - [ ] "][at]);
        let lines: Vec<String> = words.iter().zip(before).map(|(word, before)| format!("{before}{word}")).collect();
        let notes = lines.join("\n");
        for form in [Blueprint::of(&notes).markdown(), from_notes(&notes).markdown()] {
            // Headings that go by another name are called by ours.
            for word in words.iter().filter(|word| read::known(word).is_none()) {
                prop_assert!(form.contains(word.as_str()), "{} is not in {}", word, form);
            }
        }
    }

    #[test]
    fn sections_set_alone_are_what_is_read(text in markdown(), at in 0_usize..8) {
        let mut blueprint = Blueprint::of("# T\n\n## Other\n\nx\n");
        blueprint.set_section(Known::ALL[at], &text);
        let again = Blueprint::of(&blueprint.markdown());
        prop_assert_eq!(again, blueprint);
    }
}

#[test]
#[ignore = "a measurement: a megabyte of signs"]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement"
)]
fn reading_a_megabyte_of_signs() {
    for sign in [
        "[", "*", ">", "- ", "#", "`", "1. ", "- [ ] ", "\n", "pw:", "a.", "## a\n", "if or ",
        "word ",
    ] {
        let text = format!("## Steps\n{}", sign.repeat(1024 * 1024 / sign.len()));
        let since = std::time::Instant::now();
        let blueprint = Blueprint::of(&text);
        let read = since.elapsed();
        let form = blueprint.markdown().len();
        let found = gate(&blueprint).len() + warnings(&blueprint, Circumstances::default()).len();
        println!(
            "{sign:?}: read in {read:?}, with gate and warnings {:?} ({form} bytes, {found})",
            since.elapsed()
        );
    }
}
