//! Hours from trackers, on both databases: each row once, under the handoff that it names, in open weeks, and out again.

use offdesk_actions::Error;
use offdesk_actions::handoffs::NewHandoff;
use offdesk_actions::store::Uuid;
use offdesk_actions::timesheets::bringing::{
    Fate, HoursAnswer, HoursFile, Whose, answer_hours, import_hours, list_hours_files,
    load_hours_file, look_at_hours, undo_hours,
};
use offdesk_actions::timesheets::{
    Decision, NewLine, NewWeek, Week, decide_week, load_own_week, save_own_week,
};
use offdesk_domain::pay::WeekState;

use super::desk::december;
use super::*;
use crate::handed_off::{Desk as HandedOff, paid_by, refused};
use crate::stores::{moment, on_each_store};

/// By the hour, from the second of November on.
fn by_hour(new: &mut NewHandoff) {
    paid_by("hour", "14")(new);
    new.start = Some(day("2026-11-02"));
}

/// The Saturday after the week of 23 November.
fn saturday() -> offdesk_actions::Moment {
    moment(4 * 86_400)
}

const TOGGL: &str = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n";

/// A row of Toggl: project, description, day, seconds.
fn row(project: &str, text: &str, on: &str, seconds: i64) -> String {
    let (h, m, s) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!(
        "Ana L.,ana@tracker.example,Studio,{project},,{text},No,{on},09:00:00,{on},{:02}:{m:02}:{s:02},{h:02}:{m:02}:{s:02},\n",
        9 + h
    )
}

impl HandedOff {
    fn look_at(&self, name: &str, text: &str) -> Result<HoursFile, Error> {
        let (name, text) = (name.to_owned(), text.to_owned());
        self.works(move |tx, actor| {
            let file = (name.as_str(), text.as_bytes());
            look_at_hours(tx, actor, Whose::Own, file, saturday())
        })
    }

    fn answer(&self, id: Uuid, key: &str, handoff: Option<Uuid>) -> Result<HoursFile, Error> {
        let answers = [HoursAnswer {
            key: key.to_owned(),
            handoff,
        }];
        self.works(move |tx, actor| answer_hours(tx, actor, Whose::Own, id, &answers, saturday()))
    }

    fn bring(&self, id: Uuid) -> Result<HoursFile, Error> {
        self.works(move |tx, actor| import_hours(tx, actor, Whose::Own, id, saturday()))
    }

    fn take_out(&self, id: Uuid) -> Result<HoursFile, Error> {
        self.works(move |tx, actor| undo_hours(tx, actor, Whose::Own, id, saturday()))
    }

    fn own_week(&self) -> Week {
        let monday = day("2026-11-23");
        self.works(move |tx, actor| load_own_week(tx, actor, Some(monday), saturday()))
            .unwrap()
    }

    fn times(&self) -> Vec<(String, i64)> {
        let week = self.own_week();
        let lines = week.lines.iter();
        lines
            .map(|line| (line.day.to_string(), line.time.0))
            .collect()
    }
}

#[test]
fn rows_go_under_what_they_name_once_and_out_again() {
    on_each_store("tracked_once", |store| {
        let desk = HandedOff::with(store, by_hour);
        let text = format!(
            "{TOGGL}{}{}{}{}{}",
            row("Inbox", "Mails", "2026-11-23", 3_725),
            row("Inbox", "Mails", "2026-11-23", 600),
            row("Garden", "Roses", "2026-11-24", 3_600),
            row("Inbox", "Early", "2026-10-30", 60),
            row("Inbox", "To come", "2026-11-30", 60),
        );
        let file = desk.look_at("a/b/week.csv", &text).unwrap();
        assert_eq!(file.row.file, "week.csv");
        assert_eq!(file.row.format, "toggl.detailed");
        let fates: Vec<_> = file
            .groups
            .iter()
            .map(|group| (group.key.as_str(), group.entries, group.fate.clone()))
            .collect();
        assert_eq!(
            fates,
            [
                ("Studio / Garden", 1, Fate::Asked(vec![])),
                ("Studio / Inbox", 2, Fate::Under(desk.handoff)),
            ]
        );
        assert_eq!(file.left_out.outside + file.left_out.unread, 2);
        assert!(desk.times().is_empty());
        let id = file.row.id;
        refused(desk.bring(id), "hours.asked");
        refused(
            desk.answer(id, "Studio / Garden", Some(Uuid::nil())),
            "timesheet.handoff",
        );
        let answered = desk.answer(id, "Studio / Garden", None).unwrap();
        assert!(!answered.is_asking());
        let done = desk.bring(id).unwrap();
        assert_eq!((done.row.entries, done.row.seconds), (2, 4_325));
        assert_eq!(desk.times(), [("2026-11-23".to_owned(), 4_325)]);
        refused(desk.bring(id), "hours.not_now");
        // The same rows in another file come once, what was said is remembered, and new ones are added to those of their day.
        let longer = format!("{text}{}", row("Inbox", "More", "2026-11-23", 75));
        let again = desk.look_at("longer.csv", &longer).unwrap();
        assert_eq!((again.left_out.known, again.is_asking()), (2, false));
        desk.bring(again.row.id).unwrap();
        assert_eq!(desk.times(), [("2026-11-23".to_owned(), 4_400)]);
        let third = desk.look_at("longer.csv", &longer).unwrap();
        refused(desk.bring(third.row.id), "hours.none");
        // Out again, the first alone; then it may come anew.
        desk.take_out(id).unwrap();
        assert_eq!(desk.times(), [("2026-11-23".to_owned(), 75)]);
        refused(desk.take_out(id), "hours.not_now");
        desk.bring(third.row.id).unwrap();
        assert_eq!(desk.times(), [("2026-11-23".to_owned(), 4_400)]);
        let all = desk.works(|tx, actor| list_hours_files(tx, actor, Whose::Own, None, 9));
        let mut states: Vec<String> = all.unwrap().into_iter().map(|row| row.state).collect();
        // They came in one moment.
        states.sort_unstable();
        assert_eq!(states, ["imported", "imported", "undone"]);
        desk.holds();
    });
}

/// Rows that were brought are approved as typed ones are, and pay to the cent what the tracker rounds for each day and project.
#[test]
fn hours_that_were_brought_are_approved_and_pay_to_the_cent() {
    on_each_store("tracked_paid", |store| {
        let desk = HandedOff::with(store, by_hour);
        let person = desk.person();
        let rule = offdesk_actions::pay::PersonPayChange {
            rounding: Some("each_cell".to_owned()),
            ..offdesk_actions::pay::PersonPayChange::default()
        };
        desk.owns(move |tx, actor| {
            offdesk_actions::pay::change_pay_of(tx, actor, person, &rule, saturday())
        })
        .unwrap();
        // By the hour at 14.00: 1234 s are 4.79888..., 999 s are 3.885, which each cell rounds to 4.80 and 3.89.
        let text = format!(
            "{TOGGL}{}{}{}",
            row("Inbox", "A", "2026-11-23", 1_000),
            row("Inbox", "B", "2026-11-23", 234),
            row("Inbox", "C", "2026-11-24", 999),
        );
        let id = desk.look_at("x.csv", &text).unwrap().row.id;
        desk.bring(id).unwrap();
        let week = desk.own_week();
        let lines = week.lines.iter().map(|line| NewLine {
            handoff: line.handoff,
            day: line.day,
            seconds: line.time.0,
            note: line.note.clone(),
        });
        let complete = NewWeek {
            lines: lines.collect(),
            rest_is_off: true,
            is_complete: true,
            ..NewWeek::default()
        };
        desk.works(move |tx, actor| {
            save_own_week(tx, actor, day("2026-11-23"), &complete, saturday())
        })
        .unwrap();
        // What was handed in takes no more rows, and gives none back.
        let late = format!("{TOGGL}{}", row("Inbox", "D", "2026-11-25", 60));
        let late = desk.look_at("late.csv", &late).unwrap();
        assert_eq!(late.left_out.closed, 1);
        refused(desk.bring(late.row.id), "hours.none");
        refused(desk.take_out(id), "hours.fixed");
        let approved = desk.owns(move |tx, actor| {
            decide_week(
                tx,
                actor,
                person,
                day("2026-11-23"),
                &Decision::Approve,
                None,
                saturday(),
            )
        });
        assert_eq!(approved.unwrap().state, WeekState::Approved);
        let drawn = desk.draw_up(december()).unwrap();
        assert_eq!(drawn[0].balance, money("8.69 USD"));
        desk.holds();
    });
}

/// A file of several people gives everybody their own; a worker has no way to the hours of another.
#[test]
fn everybody_brings_their_own_hours() {
    on_each_store("tracked_own", |store| {
        let desk = HandedOff::with(store, by_hour);
        let mine = row("Inbox", "Mails", "2026-11-23", 60).replace("Ana L.,", "Ana,");
        let theirs = row("Inbox", "Mails", "2026-11-24", 60)
            .replace("Ana L.,ana@tracker.example", "Bo,bo@tracker.example");
        let file = desk
            .look_at("team.csv", &format!("{TOGGL}{mine}{theirs}"))
            .unwrap();
        assert_eq!(file.left_out.of_others, 1);
        let id = file.row.id;
        desk.bring(id).unwrap();
        assert_eq!(desk.times(), [("2026-11-23".to_owned(), 60)]);
        let bo = desk.bo.clone();
        let seen = desk
            .store
            .read(move |tx| load_hours_file(tx, &bo, Whose::Own, id, saturday()));
        refused(seen.wait(), "not_found");
        let (bo, person) = (desk.bo.clone(), desk.person());
        let text = format!("{TOGGL}{mine}");
        let forged = desk.store.write(move |tx| {
            let file = ("x.csv", text.as_bytes());
            look_at_hours(tx, &bo, Whose::Of(person), file, saturday())
        });
        let error: Error = forged.wait().unwrap_err();
        assert!(matches!(error.code, "forbidden" | "not_found"), "{error:?}");
        // The owner's side may, for anybody.
        let more = format!("{TOGGL}{}", row("Inbox", "Calls", "2026-11-25", 120));
        let brought = desk.owns(move |tx, actor| {
            let file = look_at_hours(
                tx,
                actor,
                Whose::Of(person),
                ("more.csv", more.as_bytes()),
                saturday(),
            )?;
            import_hours(tx, actor, Whose::Of(person), file.row.id, saturday())
        });
        assert_eq!(brought.unwrap().row.seconds, 120);
        assert_eq!(desk.times().len(), 2);
        desk.holds();
    });
}

/// Each tracker that people use, as it writes its files.
#[test]
fn every_tracker_is_read() {
    on_each_store("tracked_all", |store| {
        let desk = HandedOff::with(store, by_hour);
        let files = [
            (
                "clockify",
                "\"Project\",\"Client\",\"Description\",\"Task\",\"User\",\"Group\",\"Email\",\"Tags\",\"Billable\",\"Start Date\",\"Start Time\",\"End Date\",\"End Time\",\"Duration (h)\",\"Duration (decimal)\"\n\
                 \"Inbox\",\"Studio\",\"Mails\",\"\",\"Ana\",\"\",\"ana@example.com\",\"\",\"No\",\"2026-11-23\",\"08:00:00\",\"2026-11-23\",\"08:10:00\",\"00:10:00\",\"0.17\"\n",
                600,
            ),
            (
                "harvest",
                "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name\n\
                 2026-11-24,Studio,Inbox,,Triage,Mails,0.25,Yes,No,Ana,Lindqvist\n",
                900,
            ),
            (
                "hubstaff",
                "Organization,Time zone,Date,Project,Task ID,Task,Time,Activity,Earned,Currency,Notes\n\
                 Studio,Europe/Berlin,2026-11-25,Inbox,77,Mails,0:20:00,61%,4.67,USD,\n",
                1_200,
            ),
            (
                "kimai",
                "Datum;Von;Bis;Dauer;Währung;Preis;Interner Preis;Preis pro Stunde;Festpreis;Name;Benutzer;E-Mail;Personalnummer;Kunde;Projekt;Tätigkeit;Beschreibung;Abrechenbar;Schlagworte;Typ;category;Kundennummer;Projektnummer;Umsatzsteuer-ID;Bestellnummer\n\
                 2026-11-26;08:00;08:30;0,50;EUR;7.00;0;14.00;;Ana;ana;ana@example.com;;Studio;Inbox;Mails;;1;;timesheet;work;;;;\n",
                1_800,
            ),
        ];
        for (tracker, text, seconds) in files {
            let file = desk.look_at(&format!("{tracker}.csv"), text).unwrap();
            assert!(file.row.format.starts_with(tracker), "{}", file.row.format);
            let done = desk.bring(file.row.id).unwrap();
            assert_eq!(done.row.seconds, seconds, "{tracker}");
        }
        assert_eq!(desk.own_week().time(), Seconds(4_500));
        refused(desk.look_at("x.csv", ""), "import.empty");
        let open = TOGGL.to_owned() + &row("Inbox", "x", "03/02/2026", 60);
        refused(desk.look_at("x.csv", &open), "import.date_ambiguous");
        desk.holds();
    });
}
