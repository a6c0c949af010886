//! Texts that say nothing about the kind of work, and time that is no market work.

use offdesk_domain::Place;
use offdesk_domain::activity::Folder;
use offdesk_pricing::{Terms, WorkText, kind_of, price_of};
use proptest::prelude::*;

const NOTHING: &[&str] = &[
    "",
    "Sync",
    "Meeting",
    "Call",
    "Misc",
    "Work",
    "Stuff",
    "Meyer",
    "Acme Ltd",
    "Call with Anna",
    "Meeting with Bob",
    "Weekly sync",
    "Review",
    "Update",
    "Report",
    "Plan",
    "Project",
    "Client",
    "Client work",
    "Project Phoenix",
    "Design review",
    "Call with lawyer",
    "Interview",
    "Support group",
    "Book club",
    "Read book",
    "Run",
    "Zoom call",
    "Quick call",
    "Project meeting",
    "ABC-123",
    "4711",
    "Monday",
    "Various",
    "Team",
    "TBD",
    "Hold",
    "Busy",
    "Focus time",
    "Deep work",
    "Planning meeting",
    "Client call",
    "Brainstorming",
    "Catch up",
    "Thinking",
    "Smith & Sons",
    "Follow up",
    "Follow-up call",
    "Prep",
    "Discussion",
    "???",
    "Task",
    "New project",
    "To do",
    "Book",
    "Personal training",
    "Summer party",
];

const REST: &[&str] = &[
    "Lunch",
    "Lunch break",
    "Break",
    "Coffee break",
    "Holiday",
    "Vacation",
    "Day off",
    "PTO",
    "Sick",
    "Sick day",
    "Doctor appointment",
    "Dentist",
    "Private",
    "Gym",
    "Commute",
    "Drive home",
    "Urlaub",
    "Krank",
    "Mittagspause",
    "Mittag",
    "Feiertag",
    "Arzttermin",
    "Pause",
    "School run",
    "Vacation in Italy",
    "Vacaciones",
    "Congés",
];

fn read(text: &str) -> Option<offdesk_pricing::Match> {
    let mut folder = Folder::new();
    kind_of(&WorkText {
        description: folder.fold(text),
        ..WorkText::default()
    })
}

#[test]
fn what_says_nothing_has_no_kind() {
    let faults: Vec<_> = NOTHING
        .iter()
        .filter_map(|text| read(text).map(|found| format!("{text:?} read as {}", found.kind.slug)))
        .collect();
    assert!(NOTHING.len() >= 40);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn rest_is_known_and_has_no_price() {
    for text in REST {
        let found = read(text).unwrap_or_else(|| panic!("{text:?} has no kind"));
        assert!(found.kind.is_rest, "{text:?} read as {}", found.kind.slug);
        assert_eq!(
            price_of(found.kind, found.confidence, &Terms::of(Place::US).unwrap()),
            None
        );
    }
}

#[test]
fn work_that_sounds_like_rest_is_work() {
    for (text, slug) in [
        ("Holiday campaign planning", Some("marketing-strategy")),
        ("Break even analysis", Some("financial-modelling")),
        ("Vacation rental listings", Some("real-estate-admin")),
        ("Approve sick leave records", Some("hr-admin")),
        (
            "Lunch with client about the new website",
            Some("website-updates"),
        ),
        ("Church wedding photos", Some("photography")),
        ("Sick pay", Some("payroll")),
        ("Packing for trip", None),
        ("Lunch with client", None),
    ] {
        assert_eq!(read(text).map(|found| found.kind.slug), slug, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>(), words in "([a-z]{1,12} ){0,60}") {
        let mut folder = Folder::new();
        let folded = folder.fold(&text).to_owned();
        for part in [folded.as_str(), text.as_str(), words.as_str()] {
            let found = kind_of(&WorkText { description: part, task: part, tags: part, project: part });
            prop_assert!(found.is_none_or(|found| found.confidence <= 100));
        }
    }
}
