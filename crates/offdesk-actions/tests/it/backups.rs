//! Backups: what was changed in one is noticed wherever it is, and what is under a passphrase stays there.

use std::fs;
use std::path::Path;

use offdesk_actions::error::Error;
use offdesk_actions::store::{Address, Store};
use offdesk_actions::upkeep::{Desk, back_up, open_backup, restore_file, restore_server, verify};

use crate::stores::{moment, on_each_store, on_server, owner};

const WORDS: &str = "four grey herons at noon";

fn opened(bytes: &[u8], passphrase: Option<&str>) -> Result<Option<String>, Error> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup");
    fs::write(&file, bytes).unwrap();
    open_backup(&file, passphrase, folder.path()).map(|backup| backup.made_at)
}

fn refusal(bytes: &[u8], passphrase: Option<&str>, at: usize) -> Error {
    let found = opened(bytes, passphrase);
    let length = bytes.len();
    assert!(
        found.is_err(),
        "a bit turned in byte {at} of {length} is not noticed"
    );
    found.unwrap_err()
}

/// A review turned one bit in 40 files and `restore --dry-run` took 39 of them.
#[test]
fn a_bit_turned_anywhere_in_a_backup_is_noticed_and_its_part_is_named() {
    on_each_store("flips", |store| {
        owner(store);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("desk.backup");
        back_up(store, &file, None, moment(9)).unwrap();
        let whole = fs::read(&file).unwrap();
        assert_eq!(
            opened(&whole, None).unwrap().as_deref(),
            Some("2026-11-24T12:00:09Z")
        );
        let behind = whole
            .windows(18)
            .rposition(|part| part == b"{\"schema\":\"offdesk");
        let behind = behind.unwrap();
        let head = 0..120;
        let manifest = behind..whole.len();
        let between = (120..behind).step_by(behind / 150);
        let mut parts = [0, 0];
        for at in head.step_by(3).chain(between).chain(manifest.step_by(5)) {
            let mut bent = whole.clone();
            bent[at] ^= 1 << (at % 8);
            let error = refusal(&bent, None, at);
            assert_eq!(error.code, "restore.damaged", "byte {at}");
            let is_manifest = error
                .message
                .contains("its manifest is not what was written");
            let is_database = error
                .message
                .contains("the database in it is not what was written");
            assert!(is_manifest || is_database, "byte {at}: {}", error.message);
            assert_eq!(is_manifest, at >= behind, "byte {at}: {}", error.message);
            parts[usize::from(is_manifest)] += 1;
        }
        assert!(parts[0] > 150 && parts[1] > 30, "{parts:?}");
        for cut in [
            whole.len() - 1,
            whole.len() - 30,
            behind + 10,
            behind / 2,
            50,
        ] {
            assert_eq!(refusal(&whole[..cut], None, cut).code, "restore.damaged");
        }
        let longer = [&whole[..], b"x"].concat();
        assert_eq!(refusal(&longer, None, whole.len()).code, "restore.damaged");
    });
}

#[test]
fn a_backup_under_a_passphrase_shows_nothing_and_opens_with_it_alone() {
    on_each_store("sealed", |store| {
        owner(store);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("desk.sealed");
        for weak in ["short", "password1234", "aaaaaaaaaaaaaaaa"] {
            let error = back_up(store, &file, Some(weak), moment(9)).unwrap_err();
            assert_eq!(error.code, "backup.passphrase");
        }
        assert!(!file.exists());
        back_up(store, &file, Some(WORDS), moment(9)).unwrap();
        assert_eq!(names(folder.path()), ["desk.sealed"]);
        let whole = fs::read(&file).unwrap();
        for word in [
            &b"SQLite"[..],
            b"Noor",
            b"example.com",
            b"argon2id",
            b"manifest",
        ] {
            assert!(!whole.windows(word.len()).any(|part| part == word));
        }
        assert_eq!(refusal(&whole, None, 0).code, "restore.passphrase");
        let other = refusal(&whole, Some("four grey herons at one"), 0);
        assert_eq!(other.code, "restore.passphrase");
        for at in [3, 70, whole.len() / 2, whole.len() - 2] {
            let mut bent = whole.clone();
            bent[at] ^= 8;
            assert_eq!(refusal(&bent, Some(WORDS), at).code, "restore.damaged");
        }
        let backup = open_backup(&file, Some(WORDS), folder.path()).unwrap();
        let back = folder.path().join("back.db");
        restore_file(&backup, &back, Desk::Stays, "now").unwrap();
        let restored = Store::open(&Address::File(back.clone())).unwrap();
        assert!(verify(&restored).unwrap().is_clean());
        drop((backup, restored));
        let left = names(folder.path());
        assert!(left.iter().all(|name| !name.contains(".part")), "{left:?}");
    });
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_backup_of_before_there_were_manifests_is_restored_and_told_from_others() {
    on_each_store("old", |store| {
        owner(store);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("desk.backup");
        back_up(store, &file, None, moment(9)).unwrap();
        let mut old = fs::read(&file).unwrap();
        let behind = old
            .windows(18)
            .rposition(|part| part == b"{\"schema\":\"offdesk");
        old.truncate(behind.unwrap());
        assert_eq!(opened(&old, None).unwrap(), None);
        fs::write(&file, old).unwrap();
        let backup = open_backup(&file, None, folder.path()).unwrap();
        on_server("old_back", |url| {
            let server = Store::open(&Address::Server(url.to_owned())).unwrap();
            restore_server(&backup, &server).unwrap();
            assert!(verify(&server).unwrap().is_clean());
        });
    });
}
