//! The key, and what is sealed with it.

use std::fs;
use std::path::Path;

use offdesk_actions::Error;
use offdesk_actions::accounts::look_at_seeds;
use offdesk_actions::store::Store;

use super::{Findings, open_to_others};
use crate::cli::reach::{RECOVERY, known_key};

/// The key opens what is sealed in the database, so it is guarded like the database itself.
pub(super) fn look_at_key(found: &mut Findings, key: &Path) {
    let Ok(meta) = fs::metadata(key) else {
        found.add("key", "none yet");
        return;
    };
    let shown = key.display();
    let advice = match open_to_others(&meta) {
        Some(mode) => {
            format!("others on this machine can read it (mode {mode:o}):  chmod 600 {shown}")
        }
        None if known_key(key).is_none() => {
            "it is no key of 32 bytes: put the one back that the desk had before".to_owned()
        }
        None => String::new(),
    };
    found.advise("key", shown.to_string(), advice);
}

/// Whether the key is the one that the second factors were sealed with.
pub(super) fn tell_of_seeds(found: &mut Findings, store: &Store, key: &Path) {
    let key = known_key(key);
    let seen: Result<_, Error> = store.read(move |tx| look_at_seeds(tx, key.as_ref())).wait();
    match seen {
        Ok((all, 0)) => found.add("second factors", format!("{all}, all readable")),
        Ok((all, shut)) => found.advise(
            "second factors",
            format!("{all}, of which {shut} cannot be read with this key"),
            RECOVERY,
        ),
        Err(error) => found.advise("second factors", "unknown", error.to_string()),
    }
}
