//! Imports that are undone, have failed or were cut off.

use super::{REMOVED_AT_ONCE, settle};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;
use crate::remembered::LOG;
use offdesk_store::sources::{
    SourceRow, list_left_over, list_sources, load_source, remove_entries, remove_unseen,
    update_source,
};
use offdesk_store::{Scope, Store, Tx, Uuid, WorkspaceId};

/// How many typed lines an import is, where it is the log of these: they stand in no file from which they could come again, so
/// whoever undoes all of them is asked first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn typed_lines_of(tx: &mut Tx<'_>, actor: &Actor, number: i64) -> Result<Option<u64>, Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    let found = load_source(&mut scope, number)?;
    let log = found.filter(|it| it.state == "published" && it.format == LOG);
    Ok(log.map(|log| log.entries))
}

/// Undoes an import: from then on none of its entries counts, and what they hid counts again.
///
/// # Errors
/// `not_found`.
pub fn undo_source(
    store: &Store,
    actor: &Actor,
    number: i64,
    moment: Moment,
) -> Result<SourceRow, Error> {
    let who = actor.clone();
    let workspace = actor.workspace_for(Permission::Import)?;
    let source = store
        .write(move |tx| {
            let mut scope = who.within(tx, Permission::Import)?;
            scope.hold()?;
            let found = load_source(&mut scope, number)?;
            let source = found
                .filter(|source| source.state == "published")
                .ok_or_else(|| Error::not_found("import"))?;
            let undone = SourceRow {
                state: "undone".to_owned(),
                ..source
            };
            update_source(&mut scope, &undone)?;
            settle(&mut scope)?;
            note(
                &mut scope,
                &who,
                moment,
                "undo_import",
                undone.file.clone(),
                format!("import {number}"),
            )?;
            Ok::<_, Error>(undone)
        })
        .wait()?;
    remove_all_entries(store, workspace, source.id)?;
    Ok(source)
}

/// Removes the entries of a source that does not count, a few thousand at a time, so that others can write meanwhile.
pub(super) fn remove_all_entries(
    store: &Store,
    workspace: WorkspaceId,
    source: Uuid,
) -> Result<(), Error> {
    loop {
        let removed = store
            .write(move |tx| -> Result<_, Error> {
                let mut scope = Scope::new(tx, workspace);
                Ok(remove_entries(&mut scope, source, REMOVED_AT_ONCE)?)
            })
            .wait()?;
        if removed == 0 {
            return Ok(());
        }
    }
}

/// Removes what was written of an import that failed.
pub(super) fn drop_source(
    store: &Store,
    workspace: WorkspaceId,
    source: Uuid,
) -> Result<(), Error> {
    store
        .write(move |tx| -> Result<_, Error> {
            let mut scope = Scope::new(tx, workspace);
            let sources = list_sources(&mut scope)?;
            if let Some(found) = sources.into_iter().find(|row| row.id == source) {
                let undone = SourceRow {
                    state: "undone".to_owned(),
                    ..found
                };
                update_source(&mut scope, &undone)?;
            }
            Ok(())
        })
        .wait()?;
    remove_all_entries(store, workspace, source)
}

/// Removes an import that was never seen, so that not even its number is left.
pub(super) fn remove_source(
    store: &Store,
    workspace: WorkspaceId,
    source: Uuid,
) -> Result<(), Error> {
    remove_all_entries(store, workspace, source)?;
    store
        .write(move |tx| -> Result<_, Error> {
            Ok(remove_unseen(&mut Scope::new(tx, workspace), source)?)
        })
        .wait()
}

/// Puts away what imports that were cut off by the end of a process have left, and entries of undone ones that were still being put away
/// then; says how many such imports there were. Only imports from before a moment count as cut off, since another process may be at work.
///
/// # Errors
/// Those of the store.
pub fn clear_cut_off(store: &Store, before: i64) -> Result<usize, Error> {
    let (cut_off, undone) = store
        .read(move |tx| -> Result<_, Error> {
            let (mut cut_off, mut undone) = (Vec::new(), Vec::new());
            for workspace in offdesk_store::workspaces::list_workspaces(tx)? {
                let workspace = WorkspaceId(workspace);
                let mut scope = Scope::new(tx, workspace);
                let left = list_left_over(&mut scope)?;
                undone.extend(left.into_iter().map(|source| (workspace, source)));
                let sources = list_sources(&mut scope)?;
                let old = sources
                    .into_iter()
                    .filter(|source| source.state == "reading" && source.created_at < before);
                cut_off.extend(old.map(|source| (workspace, source.id)));
            }
            Ok((cut_off, undone))
        })
        .wait()?;
    for (workspace, source) in &cut_off {
        drop_source(store, *workspace, *source)?;
    }
    for (workspace, source) in &undone {
        remove_all_entries(store, *workspace, *source)?;
    }
    Ok(cut_off.len() + undone.len())
}
