//! Lines that are typed: several together, and one among very many wordings.

use std::fmt::Write as _;
use std::sync::Arc;

use offdesk_actions::activities::{ActivityDetail, load_activity};
use offdesk_actions::actor::Actor;
use offdesk_actions::hours::load_hours;
use offdesk_actions::imports::{Choices, import_file, list_sources};
use offdesk_actions::remembered::{NewLine, log_lines, log_time};
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
