//! Files that are imported again: the same way nothing comes of it, another way one takes the place of the other.

use std::sync::Arc;

use offdesk_actions::actor::Actor;
use offdesk_actions::error::Error;
use offdesk_actions::imports::{Choices, Imported, Preview, import_file, list_sources, preview};
use offdesk_actions::store::Store;
use offdesk_actions::upkeep::verify;
use offdesk_import::Input;

use crate::stores::{moment, on_each_store, owner, write};

const TIMES: &str = "Date,Start time,End time,Description\n\
                     2026-10-05,09:00,11:00,inbox\n2026-10-05,18:00,19:00,calls\n";
const DATES: &str = "Date,Hours,Person,Description\n\
                     03/04/2026,2,Ana,inbox\n05/06/2026,3,Ben,calls\n";

fn file(text: &str) -> Input {
    Input::memory("a.csv", text.as_bytes().to_vec()).unwrap()
}

fn take(store: &Arc<Store>, who: &Actor, text: &str, how: &Choices) -> Result<Imported, Error> {
    import_file(store, who, &mut file(text), how, moment(5))
}

fn look(store: &Store, who: &Actor, text: &str, how: &Choices) -> Preview {
    preview(store, who, &mut file(text), how, moment(5)).unwrap()
}

/// The imports that count, with their hours.
fn there(store: &Arc<Store>, who: &Actor) -> Vec<(i64, i64)> {
    let rows = write(store, who, list_sources).unwrap();
    rows.iter()
        .map(|row| (row.number, row.seconds / 3600))
        .collect()
}

/// The likeliest correction of all, after which each hour counted twice.
#[test]
fn a_file_that_is_read_another_way_takes_the_place_of_its_first_reading() {
    on_each_store("read_otherwise", |store| {
        let who = owner(store);
        let plain = Choices::default();
        let tokyo = Choices {
            zone: "Asia/Tokyo".to_owned(),
            ..Choices::default()
        };
        take(store, &who, TIMES, &plain).unwrap();
        let seen = look(store, &who, TIMES, &tokyo);
        assert_eq!((seen.already, seen.otherwise), (None, vec![1]));
        let refused = take(store, &who, TIMES, &tokyo).unwrap_err();
        assert_eq!(refused.code, "import.otherwise");
        assert!(refused.hint.contains("source undo 1"), "{}", refused.hint);
        assert_eq!(there(store, &who), [(1, 3)]);
        let replacing = Choices {
            replace: true,
            ..tokyo.clone()
        };
        let done = take(store, &who, TIMES, &replacing).unwrap();
        assert_eq!((done.counted, done.doubles), (2, 0));
        assert_eq!(done.replaced, [1]);
        assert_eq!(there(store, &who), [(2, 3)]);
        // The same way once more, whether it may replace or not, it is there.
        for how in [&tokyo, &replacing] {
            assert!(take(store, &who, TIMES, how).unwrap().is_known);
            assert_eq!(look(store, &who, TIMES, how).already, Some(2));
        }
        assert_eq!(look(store, &who, TIMES, &plain).otherwise, [2]);
        assert!(verify(store).unwrap().is_clean());
    });
}

#[test]
fn a_file_of_which_others_are_taken_is_no_other_reading_of_it() {
    on_each_store("other_selection", |store| {
        let who = owner(store);
        let of = |order: &str, person: &str| Choices {
            date_order: order.to_owned(),
            person: person.to_owned(),
            ..Choices::default()
        };
        take(store, &who, DATES, &of("dmy", "Ana")).unwrap();
        take(store, &who, DATES, &of("dmy", "Ben")).unwrap();
        assert_eq!(there(store, &who), [(1, 2), (2, 3)]);
        // The same person's: that one import.
        assert_eq!(look(store, &who, DATES, &of("mdy", "Ben")).otherwise, [2]);
        let everybody = Choices {
            replace: true,
            ..of("mdy", "")
        };
        assert_eq!(look(store, &who, DATES, &everybody).otherwise, [1, 2]);
        let done = take(store, &who, DATES, &everybody).unwrap();
        assert_eq!(done.replaced, [1, 2]);
        assert_eq!(there(store, &who), [(3, 5)]);
        assert!(verify(store).unwrap().is_clean());
    });
}
