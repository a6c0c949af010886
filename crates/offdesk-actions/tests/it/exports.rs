//! A workspace in a file and out of it again: the same afterwards on both databases and across them, without a secret, whole or not at all.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use offdesk_actions::Error;
use offdesk_actions::actor::{Actor, Role};
use offdesk_actions::assignments::files::{add_file_part, begin_file};
use offdesk_actions::assignments::inputs::{GivenInput, NewInput};
use offdesk_actions::assignments::sending::{add_input_part, begin_input_file, move_given};
use offdesk_actions::assignments::{NewAssignment, give_assignment};
use offdesk_actions::budgets::{NewBudget, Whose as WhoseBudget, set_budget};
use offdesk_actions::exports::{Manifest, Stress, export_workspace, import_workspace};
use offdesk_actions::pay::bills::{LONGEST_FILE as LONGEST_BILL, NewBill, record_bill};
use offdesk_actions::returns::json::ReturnJson;
use offdesk_actions::returns::load_return;
use offdesk_actions::returns::weekly::{NewWeek, SaidOfHours, answer_week, load_weekly};
use offdesk_actions::store::workspaces::list_workspaces;
use offdesk_actions::store::{Address, Store, Uuid, WorkspaceId};
use offdesk_actions::timesheets::bringing::{LONGEST_FILE as LONGEST_HOURS, Whose, look_at_hours};
use offdesk_actions::upkeep::verify;
use offdesk_domain::Day;
use offdesk_import::Input;

use crate::handed_off::Desk;
use crate::stores::{demo, each_address, moment, on_server, owner, with_worth};

const TOGGL: &str = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n";

/// A workspace with something in most tables: hours, a blueprint, people, handoffs, work that was handed in with a file, answers.
pub fn full(store: &Arc<Store>, file: Option<Input>) -> Desk {
    let desk = Desk::of(store);
    with_worth(store, &desk.owner);
    let choices = offdesk_actions::imports::Choices::default();
    if let Some(mut file) = file {
        offdesk_actions::imports::import_file(store, &desk.owner, &mut file, &choices, moment(35))
            .unwrap();
    }
    let id = desk.agreed();
    desk.works(move |tx, actor| {
        let file = begin_file(tx, actor, id, "b\u{e4}nk; 1.pdf", 5, moment(42))?.id;
        add_file_part(tx, actor, id, file, 0, vec![0, 1, 255])?;
        add_file_part(tx, actor, id, file, 3, b"\n\"".to_vec())
    })
    .unwrap();
    desk.deliver(id, moment(50)).unwrap();
    given_just_now(&desk);
    desk.accept(id, offdesk_actions::assignments::NewReview::default())
        .unwrap();
    for whose in [WhoseBudget::Workspace, WhoseBudget::Handoff(desk.handoff)] {
        let new = NewBudget {
            whose,
            amount: "20".to_owned(),
            currency: "USD".to_owned(),
            warn_at: String::new(),
            blocks: false,
        };
        desk.owns(move |tx, actor| set_budget(tx, actor, &new, moment(65)))
            .unwrap();
    }
    papers(&desk, ("1", 1_000), 1_000);
    desk.owns(|tx, actor| {
        let new = NewWeek {
            became: Some(SaidOfHours::Half),
            stress: Some(3),
        };
        answer_week(tx, actor, moment(0).today(), new, moment(70))
    })
    .unwrap();
    desk
}

/// A bill with its file, and a file of hours that was looked at, each of so many bytes.
fn papers(desk: &Desk, (number, of_bill): (&'static str, usize), of_hours: usize) {
    let person = desk.handoff().summary.handoff.row.person_id;
    let day = Day::from_date(jiff::civil::date(2026, 11, 24));
    let mut hours = TOGGL.to_owned();
    while hours.len() < of_hours {
        let row = format!("Ana,,,,,{number},No,2026-11-24,09:00:00,2026-11-24,09:00:10,00:00:10,");
        let rest = of_hours - hours.len();
        let tags = "x".repeat(rest.saturating_sub(row.len() + 1).min(200_000));
        hours += &format!("{row}{tags}\n");
    }
    hours.truncate(of_hours);
    desk.owns(move |tx, actor| {
        let bill = NewBill {
            person,
            number: number.to_owned(),
            day,
            days: (day, day),
            currency: "USD".to_owned(),
            lines: Vec::new(),
            net: "20".to_owned(),
            tax: String::new(),
            note: String::new(),
            file: Some(("bill.pdf".to_owned(), vec![255; of_bill])),
        };
        record_bill(tx, actor, &bill, moment(66))?;
        let file = ("hours.csv", hours.as_bytes());
        look_at_hours(tx, actor, Whose::Of(person), file, moment(67))
    })
    .unwrap();
}

/// A file that goes with an assignment, and whose parts are not moved to those of other files yet.
fn given_just_now(desk: &Desk) {
    let handoff = desk.handoff;
    desk.owns(move |tx, actor| {
        let file = begin_input_file(tx, actor, "templates.pdf", 4, moment(51))?.id;
        add_input_part(tx, actor, file, 0, vec![0, 255, 3])?;
        add_input_part(tx, actor, file, 3, b"x".to_vec())?;
        let new = NewAssignment {
            due: Some(moment(4_000).now),
            inputs: vec![NewInput {
                name: "templates".to_owned(),
                given: GivenInput::Sent(file),
            }],
            ..NewAssignment::default()
        };
        give_assignment(tx, actor, handoff, &new, moment(52))
    })
    .unwrap();
}

pub fn export(store: &Store, actor: &Actor, path: &Path) -> Result<Manifest, Error> {
    export_workspace(store, actor, File::create(path).unwrap(), Stress::LeftOut)
}

/// The owner of a desk in the workspace that was brought in.
pub fn inside(actor: &Actor, workspace: Uuid) -> Actor {
    Actor {
        membership: Some((WorkspaceId(workspace), Role::Owner)),
        ..actor.clone()
    }
}

fn workspaces(store: &Store) -> Vec<Uuid> {
    let all: Result<_, Error> = store.read(|tx| Ok(list_workspaces(tx)?)).wait();
    all.unwrap()
}

fn the_return(store: &Store, actor: &Actor) -> serde_json::Value {
    let actor = actor.clone();
    let report = store
        .read(move |tx| load_return(tx, &actor, None, moment(90)))
        .wait();
    let report: Result<_, Error> = report;
    serde_json::to_value(ReturnJson::of(&report.unwrap(), None, None).unwrap()).unwrap()
}

/// Exports from one store and imports into another: all is the same there, and comes out the same again.
fn there_and_back(from: &Address, to: &Address, more: impl Fn(&Desk)) {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("a.zip"), folder.path().join("b.zip"));
    let from = Arc::new(Store::open(from).unwrap());
    let desk = full(&from, Some(demo()));
    more(&desk);
    let written = export(&from, &desk.owner, &first).unwrap();
    assert!(written.rows > 1_000, "{written:?}");
    let to = Arc::new(Store::open(to).unwrap());
    let other = owner(&to);
    let before = workspaces(&to);
    let read = import_workspace(&to, &other, File::open(&first).unwrap(), moment(80)).unwrap();
    assert_eq!(read, written);
    let here = inside(&other, written.workspace.id);
    let again = export(&to, &here, &second).unwrap();
    assert_eq!(again, written);
    assert_eq!(the_return(&to, &here), the_return(&from, &desk.owner));
    let verified = verify(&to).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    // Where parts of a file are makes no difference.
    let verified = verify(&from).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    while move_given(&from).unwrap() {}
    let moved = export(&from, &desk.owner, &folder.path().join("c.zip"));
    assert_eq!(moved.unwrap(), written);
    // A second time it is there already, and nothing changes.
    let twice = import_workspace(&to, &other, File::open(&first).unwrap(), moment(81));
    assert_eq!(twice.unwrap_err().code, "workspace.there");
    assert_eq!(workspaces(&to).len(), before.len() + 1);
}

/// On both databases, and across them.
fn on_both_and_across(name: &str, more: impl Fn(&Desk)) {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| Address::File(folder.path().join(name));
    there_and_back(&file("one.db"), &file("two.db"), &more);
    on_server(&format!("{name}_to"), |url| {
        let server = Address::Server(url.to_owned());
        there_and_back(&file("three.db"), &server, &more);
    });
    on_server(&format!("{name}_from"), |url| {
        let server = Address::Server(url.to_owned());
        there_and_back(&server, &file("four.db"), &more);
    });
}

#[test]
fn a_workspace_is_the_same_in_another_desk() {
    on_both_and_across("export", |_| ());
}

/// What can be kept can be exported, and what was exported imported: a bill with a file of more than four megabytes could not, nor long hours.
#[test]
fn the_longest_files_come_along() {
    on_both_and_across("export_long", |desk| {
        papers(desk, ("2", LONGEST_BILL), LONGEST_HOURS);
    });
}

/// A file of very many parts: the list of its parts was cut after eight megabytes.
#[test]
fn a_file_of_many_parts_comes_along() {
    const PARTS: i64 = 120_000;
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| Address::File(folder.path().join(name));
    there_and_back(&file("one.db"), &file("two.db"), |desk| {
        let id = desk.agreed();
        desk.works(move |tx, actor| {
            let file = begin_file(tx, actor, id, "long.bin", PARTS, moment(42))?.id;
            for start in 0..PARTS {
                add_file_part(tx, actor, id, file, start, vec![7])?;
            }
            Ok(())
        })
        .unwrap();
    });
}

/// One's own answers about stress go along where one asks, to whoever brings the file in; those of others never do.
#[test]
fn own_answers_about_stress_go_along_where_one_asks() {
    each_address("export_stress", |address| {
        let store = Arc::new(Store::open(address).unwrap());
        let desk = full(&store, Some(demo()));
        let folder = tempfile::tempdir().unwrap();
        let (plain, path) = (folder.path().join("a.zip"), folder.path().join("b.zip"));
        let without = export(&store, &desk.owner, &plain).unwrap();
        assert_eq!(without.stress, None);
        assert!(!content(&plain).contains("\"answer\":3"));
        let file = File::create(&path).unwrap();
        let with = export_workspace(&store, &desk.owner, file, Stress::Own).unwrap();
        assert_eq!(with.stress.as_ref().map(|it| it.answers), Some(1));
        assert_eq!((with.rows, &with.sha256), (without.rows, &without.sha256));
        assert!(content(&path).contains("\"answer\":3"));
        let to = Store::open(&Address::File(folder.path().join("to.db"))).unwrap();
        let other = owner(&to);
        let read = import_workspace(&to, &other, File::open(&path).unwrap(), moment(80)).unwrap();
        assert_eq!(read, with);
        let here = inside(&other, with.workspace.id);
        let weekly = |store: &Store, who: Actor| {
            let weekly = store
                .read(move |tx| load_weekly(tx, &who, moment(9 * 86_400)))
                .wait();
            let weekly: Result<_, Error> = weekly;
            let weeks = weekly.unwrap().weeks.into_iter();
            weeks
                .filter_map(|it| it.stress)
                .map(|it| it.number())
                .collect::<Vec<_>>()
        };
        assert_eq!(weekly(&to, here), [3]);
        assert_eq!(weekly(&store, desk.owner.clone()), [3]);
    });
}

/// All that stands in a file.
fn content(path: &Path) -> String {
    let mut zip = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut all = String::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().into_owned();
        all += &format!("{name}\n{}\n", String::from_utf8_lossy(&bytes));
    }
    all
}

#[test]
fn no_secret_and_no_account_is_in_the_file() {
    each_address("export_secrets", |address| {
        let store = Arc::new(Store::open(address).unwrap());
        let desk = full(&store, Some(demo()));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        export(&store, &desk.owner, &path).unwrap();
        let all = content(&path);
        assert!(all.contains("tables/handoff.jsonl") && all.contains("Ana"));
        for secret in [
            "noor@example.com",
            "argon2",
            "password_hash",
            "token_hash",
            "stress_answer",
            "totp",
        ] {
            // The text for people before it says what is not in the file.
            let rows = all.rsplit("manifest.json").next().unwrap();
            assert!(
                rows.contains("tables/") && !rows.contains(secret),
                "{secret}"
            );
        }
        // Whose account Ana's is stays here.
        let people = all.split("tables/person.jsonl").nth(1).unwrap();
        let people = people.split("tables/").next().unwrap();
        assert!(people.contains("\"account_id\":null"), "{people}");
        assert!(!people.contains(&desk.ana.account.to_string()), "{people}");
        for who in [&desk.ana, &desk.bo] {
            assert_eq!(export(&store, who, &path).unwrap_err().code, "forbidden");
        }
    });
}

/// A file with one of its entries changed.
pub fn changed(from: &Path, to: &Path, name: &str, change: impl Fn(String) -> String) {
    let mut zip = zip::ZipArchive::new(File::open(from).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(File::create(to).unwrap());
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let options = zip::write::SimpleFileOptions::default();
        let own = entry.name().unwrap().into_owned();
        out.start_file(own.as_str(), options).unwrap();
        if own == name {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap();
}

#[test]
fn what_is_not_whole_is_refused_and_leaves_nothing() {
    each_address("export_damaged", |address| {
        let folder = tempfile::tempdir().unwrap();
        let (whole, broken) = (folder.path().join("a.zip"), folder.path().join("b.zip"));
        let source = Arc::new(Store::open(&Address::File(folder.path().join("s.db"))).unwrap());
        let desk = full(&source, Some(demo()));
        export(&source, &desk.owner, &whole).unwrap();
        let store = Arc::new(Store::open(address).unwrap());
        let other = owner(&store);
        let before = workspaces(&store);
        let refused = |code: &str| {
            let file = File::open(&broken).unwrap();
            let error = import_workspace(&store, &other, file, moment(80)).unwrap_err();
            assert_eq!(error.code, code, "{error}");
            assert_eq!(workspaces(&store), before);
        };
        let bytes = std::fs::read(&whole).unwrap();
        std::fs::write(&broken, &bytes[..bytes.len() / 2]).unwrap();
        refused("workspace.damaged");
        changed(&whole, &broken, "tables/worth.jsonl", |text| {
            text.replace("75", "57")
        });
        refused("workspace.differs");
        changed(&whole, &broken, "tables/worth.jsonl", |_| String::new());
        refused("workspace.differs");
        changed(&whole, &broken, "tables/worth.jsonl", |_| "{}\n".to_owned());
        refused("workspace.damaged");
        changed(&whole, &broken, "tables/worth.jsonl", |text| {
            text.trim_end().to_owned()
        });
        refused("workspace.damaged");
        changed(&whole, &broken, "tables/person.jsonl", |_| String::new());
        refused("workspace.damaged");
        changed(&whole, &broken, "manifest.json", |text| {
            text.replace("export/1", "export/2")
        });
        refused("workspace.damaged");
        // Figures that no door would have taken.
        for (name, from, to) in [
            (
                "tables/worth.jsonl",
                "\"75\"",
                "\"79228162514264337593543950335\"",
            ),
            (
                "tables/entry.jsonl",
                "\"seconds\":",
                "\"seconds\":9000000000000000",
            ),
            ("tables/entry.jsonl", "\"day\":", "\"day\":9000000"),
        ] {
            changed(&whole, &broken, name, |text| text.replace(from, to));
            refused("workspace.damaged");
        }
        changed(&whole, &broken, "manifest.json", |text| {
            text.replace("\"48\"", "\"many\"")
        });
        refused("workspace.damaged");
        // A working day that ends before it begins.
        changed(&whole, &broken, "manifest.json", |text| {
            text.replace("\"is_demo\"", "\"working_day\":[1000,900],\"is_demo\"")
        });
        refused("workspace.damaged");
        let file = File::open(&whole).unwrap();
        import_workspace(&store, &other, file, moment(80)).unwrap();
    });
}
