//! Secrets of authenticator apps: sealed, also those that an earlier offdesk kept in clear.

use std::fs;
use std::path::Path;

use offdesk_actions::accounts::{
    SecondFactor, give_code, look_at_seeds, seal_seeds, set_second_factor, sign_in,
};
use offdesk_actions::actor::Actor;
use offdesk_actions::error::Error;
use offdesk_actions::sealing::SealingKey;
use offdesk_actions::store::accounts::{load_account, update_account};
use offdesk_actions::store::{Address, Store};
use offdesk_actions::upkeep::{back_up, verify};
use totp_rs::{Builder, Secret};

use crate::stores::{moment, on_each_store, owner};

const SEED: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const PASSWORD: &str = "three brown foxes";

fn key(byte: u8) -> SealingKey {
    SealingKey::of(&[byte; 32]).unwrap()
}

fn code_at(seconds: i64) -> String {
    let made = Builder::new()
        .with_secret(Secret::try_from_base32(SEED).unwrap())
        .with_account_name("noor@example.com".to_owned())
        .with_issuer(Some("offdesk"))
        .build()
        .unwrap();
    let now = moment(seconds).now.as_second();
    made.generate(u64::try_from(now).unwrap()).to_string()
}

fn give(store: &Store, key: &SealingKey, code: &str, seconds: i64) -> Result<(), Error> {
    let half = sign_in(store, "noor@example.com", PASSWORD, "", moment(seconds))?;
    assert!(half.needs_code);
    give_code(store, Some(key), &half.secret, code, "", moment(seconds)).map(|_| ())
}

fn set(store: &Store, actor: &Actor, key: Option<&SealingKey>) -> Result<Vec<String>, Error> {
    SecondFactor::of(actor, SEED).unwrap();
    let set = set_second_factor(store, actor, key, PASSWORD, SEED, &code_at(5), moment(5));
    set.map(|set| set.codes)
}

/// Every byte of the database and of what stands beside it.
fn bytes_of(file: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in fs::read_dir(file.parent().unwrap()).unwrap() {
        all.extend(fs::read(entry.unwrap().path()).unwrap());
    }
    all
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

fn seen(store: &Store, key: SealingKey) -> (u64, u64) {
    let seen: Result<_, Error> = store.read(move |tx| look_at_seeds(tx, Some(&key))).wait();
    seen.unwrap()
}

#[test]
fn sec_24_no_secret_of_an_app_stands_in_the_file_or_in_a_backup() {
    on_each_store("seeds", |store| {
        let noor = owner(store);
        assert_eq!(set(store, &noor, None).unwrap_err().code, "totp.key");
        set(store, &noor, Some(&key(7))).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let backup = folder.path().join("desk.backup");
        back_up(store, &backup, None, moment(6)).unwrap();
        assert!(!holds(&fs::read(&backup).unwrap(), SEED));
        if let Address::File(file) = store.address() {
            assert!(!holds(&bytes_of(file), SEED));
        }
        give(store, &key(7), &code_at(60), 60).unwrap();
        // Each code counts once, whatever it was sealed with.
        assert_eq!(
            give(store, &key(7), &code_at(60), 61).unwrap_err().code,
            "sign_in.code"
        );
    });
}

#[test]
fn what_an_earlier_offdesk_kept_in_clear_is_sealed_and_leaves_nothing_behind() {
    on_each_store("clear", |store| {
        let noor = owner(store);
        set(store, &noor, Some(&key(7))).unwrap();
        let account = noor.account;
        let clear: Result<(), Error> = store
            .write(move |tx| {
                let mut row = load_account(tx, account)?.unwrap();
                SEED.clone_into(&mut row.totp_secret);
                Ok(update_account(tx, &row)?)
            })
            .wait();
        clear.unwrap();
        let faults = |store: &Store| {
            let checks = verify(store).unwrap().checks;
            let check = checks
                .into_iter()
                .find(|it| it.name == "no second factor is in clear");
            check.unwrap().faults.len()
        };
        assert_eq!(faults(store), 1);
        // It counts until it is sealed, and afterwards as before.
        give(store, &key(7), &code_at(60), 60).unwrap();
        assert_eq!(seal_seeds(store, &key(7), moment(70)).unwrap(), 1);
        assert_eq!(seal_seeds(store, &key(7), moment(71)).unwrap(), 0);
        assert_eq!(faults(store), 0);
        if let Address::File(file) = store.address() {
            assert!(
                !holds(&bytes_of(file), SEED),
                "it is left in the file or its log"
            );
        }
        give(store, &key(7), &code_at(120), 120).unwrap();
    });
}

#[test]
fn with_another_key_a_recovery_code_still_signs_in_and_the_rest_is_said() {
    on_each_store("lost_key", |store| {
        let noor = owner(store);
        let codes = set(store, &noor, Some(&key(7))).unwrap();
        assert_eq!((seen(store, key(7)), seen(store, key(8))), ((1, 0), (1, 1)));
        let refused = give(store, &key(8), &code_at(60), 60).unwrap_err();
        assert_eq!(refused.code, "totp.key");
        assert!(refused.hint.contains("recovery code"));
        give(store, &key(8), &codes[0], 70).unwrap();
        // Tries are counted with another key, too.
        let mut last = "";
        for at in 0..11 {
            last = give(store, &key(8), "AAAA-AAAA-AAAA-AAAA", 80 + at)
                .unwrap_err()
                .code;
        }
        assert_eq!(last, "too_many");
    });
}
