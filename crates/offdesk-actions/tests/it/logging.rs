//! Lines that are typed: several together, and one among very many wordings.

use std::fmt::Write as _;
use std::sync::Arc;

use offdesk_actions::activities::{ActivityDetail, load_activity};
use offdesk_actions::actor::Actor;
use offdesk_actions::hours::load_hours;
use offdesk_actions::imports::{Choices, import_file, list_sources};
use offdesk_actions::remembered::{
    NewLine, change_typed_line, list_typed_lines, log_lines, log_time, remove_typed_line,
};
use offdesk_actions::store::{Store, Uuid};
use offdesk_actions::upkeep::verify;
use offdesk_domain::Day;
use offdesk_import::Input;

use crate::stores::{demo, moment, on_each_store, owner, with_worth, write};

fn is_clean(store: &Store) {
    let verified = verify(store).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
}

fn line(actor: &Actor, text: &str, day: &str) -> NewLine {
    NewLine {
        actor: actor.clone(),
        text: text.to_owned(),
        day: Some(Day::from_date(day.parse().unwrap())),
        moment: moment(6),
    }
}

#[test]
fn lines_that_come_together_are_each_kept_or_refused() {
    on_each_store("together", |store| {
        let who = owner(store);
        with_worth(store, &who);
        let mut file = demo();
        import_file(store, &who, &mut file, &Choices::default(), moment(4)).unwrap();
        // On the 17th a tracker was running, on the other days it was not.
        let lines = [
            line(&who, "1h inbox", "2026-11-22"),
            line(&who, "inbox", "2026-11-22"),
            line(&who, "2h inbox", "2026-11-17"),
            line(&who, "30m lanterns", "2026-11-22"),
            line(&who, "1h inbox", "1999-01-01"),
            line(&who, "1h inbox", "2026-11-22"),
        ];
        let workspace = who.membership.unwrap().0;
        let logged = write(store, &who, move |tx, _| log_lines(tx, workspace, &lines)).unwrap();
        let codes: Vec<Result<i64, &str>> = logged
            .iter()
            .map(|one| one.as_ref().map(|it| it.seconds).map_err(|it| it.code))
            .collect();
        assert_eq!(
            codes,
            [
                Ok(3600),
                Err("log.duration"),
                Ok(7200),
                Ok(1800),
                Err("log.day"),
                Ok(3600)
            ]
        );
        let sources = write(store, &who, list_sources).unwrap();
        let log = sources.iter().find(|source| source.format == "log");
        let log = log.unwrap();
        assert_eq!((log.entries, log.seconds), (4, 16_200));
        is_clean(store);
    });
}

fn activities_of(store: &Store, who: &Actor, ids: Vec<Uuid>) -> Vec<ActivityDetail> {
    write(store, who, move |tx, actor| {
        ids.iter().map(|id| load_activity(tx, actor, *id)).collect()
    })
    .unwrap()
}

fn import_csv(store: &Arc<Store>, who: &Actor, csv: String) {
    let mut file = Input::memory("many.csv", csv.into_bytes()).unwrap();
    import_file(store, who, &mut file, &Choices::default(), moment(4)).unwrap();
}

#[test]
fn a_new_text_among_many_goes_where_its_words_lead() {
    on_each_store("among_many", |store| {
        let who = owner(store);
        with_worth(store, &who);
        let mut csv = String::from("Date,Start,End,Description\n");
        for at in 0..1_300 {
            let (day, hour) = (1 + at % 28, 8 + at % 9);
            // Words of letters, as numbers do not tell texts apart.
            let own: String = format!("{at:04}")
                .bytes()
                .map(|digit| char::from(digit - b'0' + b'k'))
                .collect();
            let word = if at % 4 == 0 { "zeppelin" } else { "" };
            let _ = writeln!(
                csv,
                "2026-10-{day:02},{hour:02}:00,{hour:02}:30,{word} q{own}x"
            );
        }
        import_csv(store, &who, csv);
        for text in ["1h mooring zeppelin", "1h brimstone"] {
            write(store, &who, move |tx, a| {
                log_time(tx, a, text, None, moment(6))
            })
            .unwrap();
        }
        let actor = who.clone();
        let hours = store
            .read(move |tx| load_hours(tx, &actor, moment(10)))
            .wait()
            .unwrap();
        let holds = |of: &ActivityDetail, text: &str| {
            of.wordings
                .iter()
                .any(|wording| wording.0.description.contains(text))
        };
        let all = activities_of(store, &who, hours.ids.values().copied().collect());
        let with = |text: &str| {
            let found: Vec<_> = all.iter().filter(|of| holds(of, text)).collect();
            assert_eq!(found.len(), 1, "{text}");
            found[0]
        };
        assert!(with("mooring").wordings.len() > 300);
        assert!(holds(with("mooring"), "zeppelin q"));
        assert!(with("brimstone").row.is_rest_of_list);
        is_clean(store);
    });
}

/// Lines that were typed in are changed and removed one by one, and all sums follow.
#[test]
fn typed_lines_are_listed_changed_and_removed() {
    on_each_store("typed_lines", |store| {
        let who = owner(store);
        with_worth(store, &who);
        let mut file = demo();
        import_file(store, &who, &mut file, &Choices::default(), moment(4)).unwrap();
        let total = || {
            let actor = who.clone();
            let hours = store
                .read(move |tx| load_hours(tx, &actor, moment(10)))
                .wait();
            let hours: Result<_, offdesk_actions::Error> = hours;
            hours.unwrap().report.unwrap().audit.summary.mix.total().0
        };
        let before = total();
        let free = Some(Day::from_ymd(2026, 11, 22).unwrap());
        for text in ["1h inbox", "2h lanterns"] {
            write(store, &who, move |tx, a| {
                log_time(tx, a, text, free, moment(6))
            })
            .unwrap();
        }
        let list = || {
            let actor = who.clone();
            let all = store
                .read(move |tx| list_typed_lines(tx, &actor, None, 50))
                .wait();
            let all: Result<_, offdesk_actions::Error> = all;
            all.unwrap().0
        };
        let lines = list();
        assert_eq!(lines.len(), 2);
        assert_eq!(total(), before + 3 * 3600);
        let inbox = lines.iter().find(|line| line.text == "inbox").unwrap().id;
        let changed = write(store, &who, move |tx, a| {
            change_typed_line(tx, a, inbox, "30m invoices", None, moment(7))
        })
        .unwrap();
        assert_eq!(
            (Some(changed.day), changed.seconds, changed.counted),
            (free, 1800, 1800)
        );
        assert_eq!(total(), before + 2 * 3600 + 1800);
        is_clean(store);
        // On a day on which a tracker was running it counts for nothing, and that is said.
        let busy = Some(Day::from_ymd(2026, 11, 17).unwrap());
        let hidden = write(store, &who, move |tx, a| {
            change_typed_line(tx, a, inbox, "30m invoices", busy, moment(7))
        })
        .unwrap();
        assert_eq!((hidden.seconds, hidden.counted), (1800, 0));
        let told = write(store, &who, move |tx, a| {
            log_time(tx, a, "30m invoices", busy, moment(7))
        });
        assert_eq!(told.unwrap().counted, 0);
        is_clean(store);
        // What is not there, or of a file, is not found.
        for id in [Uuid::from_u128(7), Uuid::max()] {
            let refused = write(store, &who, move |tx, a| {
                remove_typed_line(tx, a, id, moment(8))
            });
            assert_eq!(refused.unwrap_err().code, "not_found");
        }
        for line in list() {
            write(store, &who, move |tx, a| {
                remove_typed_line(tx, a, line.id, moment(8))
            })
            .unwrap();
            is_clean(store);
        }
        assert_eq!(total(), before);
        assert!(list().is_empty());
        let sources = write(store, &who, list_sources).unwrap();
        assert!(sources.iter().all(|source| source.format != "log"));
        write(store, &who, |tx, a| {
            log_time(tx, a, "1h inbox", None, moment(9))
        })
        .unwrap();
        assert_eq!(list().len(), 1);
        is_clean(store);
    });
}
