//! Files of an older offdesk come in: without the hashes that receipts and milestones have since, and with weeks of a year beyond the limits.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use offdesk_actions::Error;
use offdesk_actions::actor::{Actor, Permission};
use offdesk_actions::assignments::tick_step;
use offdesk_actions::exports::{Manifest, Stress, export_workspace, import_workspace};
use offdesk_actions::pay::{NewMilestone, mark_milestone};
use offdesk_actions::returns::receipts::{NewReceipt, note_receipt};
use offdesk_actions::store::copy::{columns, each_row_of, tables_of_workspace};
use offdesk_actions::store::workspaces::{load_workspace, update_workspace};
use offdesk_actions::store::{Address, Scope, Store, Tx, Value};
use offdesk_actions::upkeep::verify;
use offdesk_actions::workspaces::load_settings;
use sha2::{Digest, Sha256};

use crate::exports::{changed, inside};
use crate::handed_off::{Desk, paid_by};
use crate::stores::{each_address, moment, owner};

/// A receipt and a milestone in a workspace of a store of its own.
fn source(folder: &Path) -> (Arc<Store>, Desk) {
    let source = Arc::new(Store::open(&Address::File(folder.join("s.db"))).unwrap());
    let desk = Desk::with(&source, paid_by("milestone", "250"));
    let handoff = desk.handoff;
    desk.owns(move |tx, actor| {
        let new = NewReceipt {
            amount: "120".to_owned(),
            ..NewReceipt::default()
        };
        note_receipt(tx, actor, &new, moment(66))?;
        mark_milestone(tx, actor, handoff, &NewMilestone::default(), moment(67))
    })
    .unwrap();
    (source, desk)
}

/// What an older offdesk had otherwise.
#[derive(Debug, Clone, Copy)]
enum Then {
    /// There were no hashes.
    Bare,
    /// The moment of each tick was kept: here the same one of all.
    Ticked(i64),
}

/// The digest of a workspace as it was then, over the tables that are in a file.
fn digest(store: &Store, actor: &Actor, file: &Path, then: Then) -> String {
    let zip = zip::ZipArchive::new(File::open(file).unwrap()).unwrap();
    let names = zip.file_names().map(|name| name.unwrap().into_owned());
    let names: Vec<String> = names.collect();
    let actor = actor.clone();
    let read = move |tx: &mut Tx<'_>| -> Result<String, Error> {
        let id = actor.workspace_for(Permission::Administer)?;
        let mut scope = Scope::new(tx, id);
        let row = load_workspace(&mut scope)?;
        let mut hasher = Sha256::new();
        for text in [
            row.name,
            row.currency,
            row.place,
            row.zone,
            row.weeks_per_year,
        ] {
            absorb(&mut hasher, &Value::Text(text));
        }
        let is_there = |table: &str| names.contains(&format!("tables/{table}.jsonl"));
        for table in tables_of_workspace().filter(|table| is_there(table)) {
            absorb(&mut hasher, &Value::Text(table.to_owned()));
            let columns = columns(table).unwrap();
            each_row_of(&mut scope, table, |row| {
                for (column, value) in columns.iter().zip(&row) {
                    match (table, *column, then) {
                        ("event", ..)
                        | ("receipt" | "milestone", "hash", Then::Bare)
                        | ("blueprint_version", "replaced", _) => {}
                        ("person", "account_id", _) => absorb(&mut hasher, &Value::Null),
                        _ => absorb(&mut hasher, value),
                    }
                }
                if let ("assignment_step", Then::Ticked(at)) = (table, then) {
                    absorb(&mut hasher, &Value::Int(at));
                }
                Ok(())
            })?;
        }
        let digits = hasher.finalize();
        Ok(digits.iter().map(|byte| format!("{byte:02x}")).collect())
    };
    store.read(read).wait().unwrap()
}

fn absorb(hasher: &mut Sha256, value: &Value) {
    let (kind, bytes): (u8, &[u8]) = match value {
        Value::Null => (0, &[]),
        Value::Int(number) => {
            hasher.update([1]);
            return hasher.update(number.to_le_bytes());
        }
        Value::Bool(is_true) => (2, if *is_true { &[1] } else { &[0] }),
        Value::Text(text) => (3, text.as_bytes()),
        Value::Id(id) => (4, id.as_bytes()),
        Value::Bytes(bytes) => (5, bytes),
    };
    hasher.update([kind]);
    hasher.update(u64::try_from(bytes.len()).unwrap().to_le_bytes());
    hasher.update(bytes);
}

fn export(store: &Store, actor: &Actor, path: &Path) -> Manifest {
    export_workspace(store, actor, File::create(path).unwrap(), Stress::LeftOut).unwrap()
}

/// A column was new, and every export that was made before was damaged.
#[test]
fn a_file_without_hashes_comes_in_and_is_sealed() {
    each_address("older_hashes", |address| {
        let folder = tempfile::tempdir().unwrap();
        let [whole, half, bare, old, again] =
            ["a", "b", "c", "d", "e"].map(|name| folder.path().join(name));
        let (source, desk) = source(folder.path());
        let written = export(&source, &desk.owner, &whole);
        let without = |text: String| -> String {
            let lines = text.lines().map(|line| {
                let mut row: serde_json::Value = serde_json::from_str(line).unwrap();
                row.as_object_mut().unwrap().remove("hash").unwrap();
                format!("{row}\n")
            });
            lines.collect()
        };
        changed(&whole, &half, "tables/receipt.jsonl", without);
        changed(&half, &bare, "tables/milestone.jsonl", without);
        let then = digest(&source, &desk.owner, &whole, Then::Bare);
        changed(&bare, &old, "manifest.json", |text| {
            text.replace(&written.sha256, &then)
        });
        let store = Arc::new(Store::open(address).unwrap());
        let other = owner(&store);
        let bring =
            |path: &Path| import_workspace(&store, &other, File::open(path).unwrap(), moment(80));
        // The digest of a file is over what is in it.
        assert_eq!(bring(&bare).unwrap_err().code, "workspace.differs");
        let read = bring(&old).unwrap();
        let verified = verify(&store).unwrap();
        assert!(verified.is_clean(), "{verified:?}");
        let here = inside(&other, read.workspace.id);
        assert_eq!(export(&store, &here, &again), written);
    });
}

/// When a step was ticked is kept no more: of a file that has it it is held against the digest, and goes no further.
#[test]
fn a_file_with_moments_of_ticks_comes_in_without_them() {
    each_address("older_ticks", |address| {
        let folder = tempfile::tempdir().unwrap();
        let [whole, ticked, old, again] = ["a", "b", "c", "d"].map(|name| folder.path().join(name));
        let source = Arc::new(Store::open(&Address::File(folder.path().join("s.db"))).unwrap());
        let desk = Desk::of(&source);
        let id = desk.agreed();
        desk.works(move |tx, actor| {
            tick_step(tx, actor, id, 1, true, moment(45))?;
            tick_step(tx, actor, id, 2, true, moment(46))
        })
        .unwrap();
        let written = export(&source, &desk.owner, &whole);
        let at = 1_795_989_657_004_324;
        changed(&whole, &ticked, "tables/assignment_step.jsonl", |text| {
            assert_eq!(text.lines().count(), 2);
            assert!(!text.contains("ticked_at"), "{text}");
            text.replace("}\n", &format!(",\"ticked_at\":{at}}}\n"))
        });
        let then = digest(&source, &desk.owner, &whole, Then::Ticked(at));
        changed(&ticked, &old, "manifest.json", |text| {
            text.replace(&written.sha256, &then)
        });
        let store = Arc::new(Store::open(address).unwrap());
        let other = owner(&store);
        let bring =
            |path: &Path| import_workspace(&store, &other, File::open(path).unwrap(), moment(80));
        assert_eq!(bring(&ticked).unwrap_err().code, "workspace.differs");
        let read = bring(&old).unwrap();
        let here = inside(&other, read.workspace.id);
        assert_eq!(export(&store, &here, &again), written);
    });
}

/// Such a value was kept before there were limits, is read as the nearest within them, and went out as it was kept.
#[test]
fn weeks_of_a_year_beyond_the_limits_come_in_as_they_are_read() {
    for (name, said, read) in [
        ("older_few_weeks", "0.5", "1"),
        ("older_many_weeks", "60", "53"),
    ] {
        each_address(name, |address| {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("a.zip");
            let (source, desk) = source(folder.path());
            desk.owns(move |tx, actor| {
                let id = actor.workspace_for(Permission::Administer)?;
                let mut scope = Scope::new(tx, id);
                let mut row = load_workspace(&mut scope)?;
                row.weeks_per_year = said.to_owned();
                Ok(update_workspace(&mut scope, &row)?)
            })
            .unwrap();
            let written = export(&source, &desk.owner, &file);
            let store = Arc::new(Store::open(address).unwrap());
            let other = owner(&store);
            let found = import_workspace(&store, &other, File::open(&file).unwrap(), moment(80));
            assert_eq!(found.unwrap(), written);
            let here = inside(&other, written.workspace.id);
            let kept = store
                .read(move |tx| load_settings(tx, &here))
                .wait()
                .unwrap();
            assert_eq!(kept.0.weeks_per_year.to_string(), read);
            let again = export(&store, &inside(&other, written.workspace.id), &file);
            assert_ne!(again, written);
        });
    }
}
