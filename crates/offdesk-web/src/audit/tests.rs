//! The page as a whole: its sentences in every case, what it escapes, how large it is, how its tags nest.

use std::fs;

use offdesk_actions::audit::AuditReport;

use super::page::audit_page;
use super::samples::{self, activity, of, today};

fn page(report: &AuditReport) -> String {
    audit_page(report, today())
}

/// The page without its style sheet, one tag a line.
fn body(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    format!("{head}{rest}").replace("><", ">\n<")
}

/// The words of the page, without tags.
fn text(page: &str) -> String {
    let mut out = String::new();
    let mut is_tag = false;
    for c in body(page).chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("&quot;", "\"")
}

fn says(report: &AuditReport, sentences: &[&str]) {
    let text = text(&page(report));
    for sentence in sentences {
        assert!(text.contains(sentence), "{sentence:?} is not in {text}");
    }
}

fn cases() -> Vec<(&'static str, AuditReport)> {
    vec![
        ("usual", samples::usual()),
        ("short", samples::short()),
        ("francs", samples::francs()),
        ("no-gain", samples::no_gain()),
        ("unpriced", samples::unpriced()),
        ("ceiling", samples::with_ceiling()),
        ("many", samples::many(60)),
        ("hostile", samples::hostile()),
        (
            "one",
            of(vec![activity("Inbox", "6", Some(("18", "43-4171")))]),
        ),
        ("empty", of(Vec::new())),
    ]
}

#[test]
fn the_usual_page() {
    insta::assert_snapshot!(body(&page(&samples::usual())));
}

#[test]
fn the_answer_has_its_three_parts() {
    says(
        &samples::usual(),
        &[
            "About $69,000 a year of your work is below your pay grade.",
            "23 hours a week",
            "about $96,000 a year",
            "about $27,000 a year",
            "Based on 10 weeks of data (good). Real only if you use the hours.",
            "Start with this one: Booking and reminders",
            "6 hours a week, about $18 an hour. Pays back your set-up time in week 3. First-year gain about $9,900, after everything.",
            "Your week: 12 h above your worth, 23 h below it",
            "Besides: 4 h only you can do and 2.9 h without a price.",
            "$18 $12.60 to $26.10, good, source 1 $24,840",
            "2 rows not understood, the first: line 17, Duration: there is no duration.",
            "1 row left out: line 863: this entry is still running.",
            "Made by offdesk",
            "13 April 2026",
        ],
    );
}

#[test]
fn short_data_gives_ranges() {
    says(
        &samples::short(),
        &[
            "Between $",
            "a year of your work is below your pay grade.",
            "These are ranges, because 2 weeks of data",
            "(a guess)",
        ],
    );
    assert!(!text(&page(&samples::short())).contains("About $"));
}

#[test]
fn nothing_to_gain_is_said_kindly_and_exactly() {
    says(
        &samples::no_gain(),
        &[
            "Nothing here is below your pay grade.",
            "30 hours a week, costs as much as your hour is worth ($90) or more",
            "30 h above your worth, none below it",
        ],
    );
}

#[test]
fn without_prices_there_is_no_answer_but_a_next_step() {
    says(
        &samples::unpriced(),
        &[
            "No prices yet, so no answer yet.",
            "32 hours a week",
            "offdesk audit FILES --price \"Meridian Q2=15..25\"",
            "1 file could not be read",
            "notes.csv : could not be read: no date column found. What to do: tell which one: --map date=Day.",
        ],
    );
}

#[test]
fn other_ways_to_gain_nothing() {
    let mut mine = activity("Sales", "10", Some(("20", "41-3091")));
    mine.stays = Some(offdesk_domain::audit::Stays::Mine);
    says(
        &of(vec![mine]),
        &["All of this work stays with you.", "10 h only you can do"],
    );
    says(&of(Vec::new()), &["There is no time in these entries yet."]);
    let dear = activity("Law", "10", Some(("90", "23-1011")));
    says(
        &of(vec![dear, activity("Meridian", "5", None)]),
        &[
            "Nothing that has a price is below your pay grade.",
            "Another 5 hours a week have no price yet",
        ],
    );
    says(
        &of(vec![activity("Rare", "0.1", Some(("18", "43-4171")))]),
        &["Nothing here to start with yet"],
    );
}

#[test]
fn a_ceiling_below_the_worth_is_the_line() {
    says(
        &samples::with_ceiling(),
        &[
            "the most you would pay ($30)",
            "Keep: above ceiling",
            "Ceiling",
        ],
    );
}

#[test]
fn foreign_texts_are_text() {
    let page = page(&samples::hostile());
    for tag in ["<script", "<img", "<b>", "<i>", "<u>", "<s>", "<em>"] {
        assert!(!page.contains(tag), "{tag}");
    }
    for c in ['\u{202e}', '\u{0}', '\t'] {
        assert!(!page.contains(c), "{c:?}");
    }
    assert!(page.contains("<bdi>مراسلات العملاء</bdi>"));
    assert_eq!(page.matches("</style>").count(), 1);
    // What is offered for typing is a plain name, never one a shell would run.
    let commands: Vec<&str> = page
        .split("<code>")
        .skip(1)
        .filter_map(|rest| rest.split("</code>").next())
        .collect();
    for command in commands {
        assert!(
            !command.contains("rm -rf") && !command.contains("reboot") && !command.contains("&lt;"),
            "{command}"
        );
    }
}

#[test]
fn pages_are_small_and_ask_for_nothing() {
    for (name, report) in cases() {
        let page = page(&report);
        assert!(page.len() < 60_000, "{name}: {}", page.len());
        // Texts cannot hold a "<", so what lies between "<" and ">" is a tag.
        for tag in page
            .split('<')
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
        {
            for foreign in [
                "http:", "https:", "src=", "srcset=", "url(", " style=", " on",
            ] {
                let found = tag
                    .match_indices(foreign)
                    .find(|(at, _)| foreign != " on" || is_handler(&tag[*at..]));
                assert!(found.is_none(), "{name}: {foreign} in {tag}");
            }
        }
    }
    let huge = page(&samples::many(500));
    assert!(huge.len() < 60_000, "{}", huge.len());
    assert!(text(&huge).contains("and 420 more"));
}

/// ` onclick=` and its like, inside a tag.
fn is_handler(rest: &str) -> bool {
    let name: String = rest[1..]
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    name.len() > 2 && rest[1 + name.len()..].starts_with('=')
}

#[test]
fn tags_nest_and_ids_are_unique() {
    const VOID: [&str; 3] = ["meta", "link", "br"];
    for (name, report) in cases() {
        let page = page(&report);
        let mut open: Vec<&str> = Vec::new();
        let mut ids = Vec::new();
        let body = body(&page);
        for tag in body
            .split('<')
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
        {
            if let Some(id) = tag.split(" id=\"").nth(1) {
                ids.push(id.split('"').next().unwrap());
            }
            let word = tag.split_whitespace().next().unwrap();
            match word.strip_prefix('/') {
                Some(word) => assert_eq!(open.pop(), Some(word), "{name}"),
                None if word.starts_with('!') || VOID.contains(&word) => {}
                None => open.push(word),
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}");
        for referred in page
            .split("aria-labelledby=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
        {
            assert!(
                referred.split(' ').all(|id| ids.contains(&id)),
                "{name}: {referred}"
            );
        }
    }
}

#[test]
#[ignore = "writes pages to look at into target/pages"]
fn write_pages_to_look_at() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/pages");
    fs::create_dir_all(folder).unwrap();
    for (name, report) in cases() {
        fs::write(format!("{folder}/{name}.html"), page(&report)).unwrap();
    }
}
