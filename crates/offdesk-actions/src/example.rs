//! The example company: a workspace of its own with somebody else's invented hours, made and removed as a whole.

use std::sync::Arc;

use offdesk_import::Input;
use offdesk_store::members::list_memberships;
use offdesk_store::{Store, Uuid, WorkspaceId};
use rust_decimal::Decimal;

use crate::accounts::{open_workspace, own_session};
use crate::actor::{Actor, Role};
use crate::demo::write_demo;
use crate::error::{Error, ErrorKind};
use crate::hours::load_hours;
use crate::imports::{Choices, import_file};
use crate::moment::Moment;
use crate::workspaces::create_workspace;
use crate::worths::{Figures, NewWorth, set_worth};

const NAME: &str = "Example company";
/// What its owner wants to make in a year, in dollars.
const INCOME: u32 = 150_000;
const SEED: u64 = 1;

/// Opens the example company, and makes it before where the actor has none. Takes as long as an import.
///
/// # Errors
/// `workspace.many`, and those of the store.
pub fn open_example(store: &Arc<Store>, actor: &Actor, moment: Moment) -> Result<Uuid, Error> {
    own_session(actor)?;
    let own = actor.clone();
    let id = store
        .write(move |tx| {
            let known = list_memberships(tx, own.account)?;
            let owned = |word: &str| word == Role::Owner.word();
            if let Some(demo) = known.iter().find(|one| one.is_demo && owned(&one.role)) {
                return Ok(demo.workspace_id);
            }
            let id = create_workspace(tx, &own, NAME, true, moment)?;
            set_worth(tx, &within(&own, id), &worth(), moment)?;
            Ok::<Uuid, Error>(id)
        })
        .wait()?;
    let inside = within(actor, id);
    let looked = inside.clone();
    let hours = store
        .read(move |tx| load_hours(tx, &looked, moment))
        .wait()?;
    // An example whose import was cut off is finished here.
    if hours.is_empty() {
        import_file(
            store,
            &inside,
            &mut file(moment)?,
            &Choices::default(),
            moment,
        )?;
    }
    let own = actor.clone();
    store.write(move |tx| open_workspace(tx, &own, id)).wait()?;
    Ok(id)
}

/// The actor with a workspace of theirs open.
fn within(actor: &Actor, workspace: Uuid) -> Actor {
    Actor {
        membership: Some((WorkspaceId(workspace), Role::Owner)),
        is_demo: true,
        ..actor.clone()
    }
}

fn worth() -> NewWorth {
    NewWorth {
        from: None,
        basis: "wanted".to_owned(),
        figures: Figures {
            income: Some(Decimal::from(INCOME)),
            ..Figures::default()
        },
        multiple: None,
        ceiling: None,
    }
}

fn file(moment: Moment) -> Result<Input, Error> {
    let mut bytes = Vec::new();
    let failed = |error: String| Error::new(ErrorKind::Failed, "demo.failed", error);
    write_demo(&mut bytes, SEED, moment.today()).map_err(|error| failed(error.to_string()))?;
    Input::memory("example.csv", bytes).map_err(|problem| failed(problem.to_string()))
}
