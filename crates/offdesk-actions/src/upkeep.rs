//! Keeping a desk: backups while it is written to, bringing them back, moving to another database, checking that all holds.

mod backups;
mod encryption;
mod manifest;
mod moving;
mod placing;

use offdesk_domain::pay::Head;
use offdesk_store::Store;
use offdesk_store::checks::{Checked, check_all, leftovers};
use offdesk_store::description::describe;
use offdesk_store::proofs::check_proofs;

pub use self::backups::{
    Backup, Desk, MadeBackup, Restored, back_up, is_encrypted, open_backup, restore_file,
    restore_server,
};
pub(crate) use self::moving::absorb;
pub use self::moving::{TableProof, move_store};
use crate::error::Error;
pub use crate::pay::ledger::LedgerEnd;
use crate::pay::ledger::check_ledgers;

/// What was checked of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Each check with what it found.
    pub checks: Vec<Checked>,
    /// Entries that count nowhere and are still to be put away.
    pub leftovers: u64,
    /// Where each workspace's ledger ends.
    pub ledgers: Vec<LedgerEnd>,
}

impl Verified {
    /// Whether everything holds.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.checks.iter().all(|check| check.faults.is_empty())
    }
}

/// Checks what must hold of the data of all workspaces, as of one moment.
///
/// # Errors
/// Those of the store; what does not hold is in the answer.
pub fn verify(store: &Store) -> Result<Verified, Error> {
    verify_with(store, &[])
}

/// As [`verify`], and whether the ledgers still have the ends that were kept elsewhere.
///
/// # Errors
/// As [`verify`].
pub fn verify_with(store: &Store, heads: &[Head]) -> Result<Verified, Error> {
    let heads = heads.to_vec();
    store
        .read(move |tx| {
            let mut checks = check_all(tx)?;
            let (ledger, ledgers) = check_ledgers(tx, &heads)?;
            checks.push(ledger);
            checks.push(check_proofs(tx)?);
            Ok(Verified {
                checks,
                leftovers: leftovers(tx)?,
                ledgers,
            })
        })
        .wait()
}

/// What kind of database a store is, with its settings, as the connection that writes has them.
///
/// # Errors
/// Those of the store.
pub fn settings_of(store: &Store) -> Result<Vec<(&'static str, String)>, Error> {
    store
        .write(|tx| -> Result<_, Error> { Ok(describe(tx)?) })
        .wait()
}
