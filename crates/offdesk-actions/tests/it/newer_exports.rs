//! The next export of a calendar or a tracker: what was corrected or cancelled since arrives.

use std::sync::Arc;

use offdesk_actions::actor::Actor;
use offdesk_actions::imports::{Choices, Imported, import_file, undo_source};
use offdesk_actions::store::Store;
use offdesk_actions::upkeep::verify;
use offdesk_import::Input;

use crate::stores::{moment, on_each_store, owner, write};

/// A calendar with events: id, what it is, from which to which hour of 5 October, and more lines.
fn calendar(events: &[(&str, &str, u32, u32, &str)]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b\r\n".to_owned();
    for (id, name, from, to, more) in events {
        text += &format!(
            "BEGIN:VEVENT\r\nUID:{id}@example.com\r\nSUMMARY:{name}\r\n{more}DTSTART:20261005T{from:02}0000Z\r\n\
             DTEND:20261005T{to:02}0000Z\r\nEND:VEVENT\r\n"
        );
    }
    text + "END:VCALENDAR\r\n"
}

fn take(store: &Arc<Store>, who: &Actor, name: &str, text: &str) -> Imported {
    let mut file = Input::memory(name, text.as_bytes().to_vec()).unwrap();
    import_file(store, who, &mut file, &Choices::default(), moment(5)).unwrap()
}

/// What counts of each activity, in hours.
fn counted(store: &Arc<Store>, who: &Actor) -> Vec<(String, i64)> {
    let entries = write(store, who, |tx, actor| {
        let mut scope = actor.within(tx, offdesk_actions::actor::Permission::See)?;
        let mut all = Vec::new();
        for source in offdesk_actions::store::sources::list_published(&mut scope)? {
            all.extend(offdesk_actions::store::entries::list_lines(
                &mut scope, source.id,
            )?);
        }
        Ok(all)
    });
    let mut counted: Vec<(String, i64)> = entries
        .unwrap()
        .into_iter()
        .filter(|row| row.is_counted)
        .map(|row| {
            let id = row.external_id.split('@').next().unwrap_or("").to_owned();
            (id, row.counted / 3600)
        })
        .collect();
    counted.sort();
    counted
}

fn says(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    let said = expected
        .iter()
        .map(|(id, hours)| ((*id).to_owned(), *hours));
    said.collect()
}

/// For a calendar that is read every six hours, the first reading counted for ever.
#[test]
fn what_was_lengthened_or_cancelled_since_counts_as_it_is_in_the_newer_export() {
    on_each_store("newer_export", |store| {
        let who = owner(store);
        let first = calendar(&[
            ("plan", "Planning", 8, 9, ""),
            ("call", "Call with Ana", 10, 12, ""),
            ("mail", "Inbox", 13, 14, ""),
        ]);
        let next = calendar(&[
            ("plan", "Planning", 6, 9, ""),
            ("call", "Call with Ana", 10, 12, "STATUS:CANCELLED\r\n"),
            ("mail", "Inbox", 13, 14, ""),
            ("news", "Newsletter", 15, 16, ""),
        ]);
        take(store, &who, "first.ics", &first);
        let done = take(store, &who, "next.ics", &next);
        // The one that is the same counts where it was first; of the others the first import's count no more.
        assert_eq!((done.counted, done.doubles, done.displaced), (2, 1, 2));
        let now = says(&[("mail", 1), ("news", 1), ("plan", 3)]);
        assert_eq!(counted(store, &who), now);
        // Read once more as it was in between, it is the newest that counts; without the last one the second counts.
        let third = calendar(&[
            ("plan", "Planning", 8, 9, ""),
            ("call", "Call with Ana", 10, 11, ""),
        ]);
        take(store, &who, "third.ics", &third);
        let then = says(&[("call", 1), ("mail", 1), ("news", 1), ("plan", 1)]);
        assert_eq!(counted(store, &who), then);
        undo_source(store, &who, 3, moment(6)).unwrap();
        assert_eq!(counted(store, &who), now);
        undo_source(store, &who, 2, moment(7)).unwrap();
        let before = says(&[("call", 2), ("mail", 1), ("plan", 1)]);
        assert_eq!(counted(store, &who), before);
        assert!(verify(store).unwrap().is_clean());
    });
}

#[test]
fn one_day_of_a_series_that_is_cancelled_later_counts_no_more() {
    on_each_store("newer_series", |store| {
        let who = owner(store);
        let series = "RRULE:FREQ=DAILY;COUNT=3\r\n";
        let first = calendar(&[("daily", "Stand-up", 8, 9, series)]);
        let day = "RECURRENCE-ID:20261006T080000Z\r\nSTATUS:CANCELLED\r\n";
        let next = calendar(&[
            ("daily", "Stand-up", 8, 9, series),
            ("daily", "Stand-up", 8, 9, day),
        ]);
        take(store, &who, "first.ics", &first);
        assert_eq!(counted(store, &who).len(), 3);
        take(store, &who, "next.ics", &next);
        assert_eq!(counted(store, &who).len(), 2);
        let ended = "STATUS:CANCELLED\r\nRRULE:FREQ=DAILY;COUNT=3\r\n";
        let all = calendar(&[
            ("daily", "Stand-up", 8, 9, ended),
            ("mail", "Inbox", 13, 14, ""),
        ]);
        take(store, &who, "all.ics", &all);
        assert_eq!(counted(store, &who), says(&[("mail", 1)]));
        assert!(verify(store).unwrap().is_clean());
    });
}
