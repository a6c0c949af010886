//! The example company: a workspace of its own with somebody else's invented hours, made and removed as a whole.

use std::sync::Arc;

use offdesk_import::Input;
use offdesk_store::members::list_memberships;
use offdesk_store::{Store, Tx, Uuid, WorkspaceId};
use rust_decimal::Decimal;

use crate::accounts::{open_workspace, own_session};
use crate::actor::{Actor, Role};
use crate::blueprints::drafting::draft_of_activity;
use crate::blueprints::{
    NewBlueprint, NewTestRun, Publishing, create_blueprint, list_blueprints, note_test_run,
    publish_blueprint,
};
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
/// The activity whose blueprint is published, and that text.
const DESCRIBED: &str = "Inbox triage";
const BLUEPRINT: &str = include_str!("example/inbox.md");
/// The activity whose blueprint is a first draft from its entries.
const DRAFTED: &str = "Assistant work";

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
    store
        .write(move |tx| {
            add_blueprints(tx, &inside, moment)?;
            open_workspace(tx, &own, id)
        })
        .wait()?;
    Ok(id)
}

/// A blueprint that is published, and one that is a first draft, where there is none yet.
fn add_blueprints(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<(), Error> {
    if !list_blueprints(tx, actor, None, 1)?.is_empty() {
        return Ok(());
    }
    let ids = load_hours(tx, actor, moment)?.ids;
    if let Some(id) = ids.get(DRAFTED) {
        let draft = NewBlueprint {
            text: draft_of_activity(tx, actor, *id)?.markdown(),
            activity: Some(*id),
            note: String::new(),
        };
        create_blueprint(tx, actor, &draft, moment)?;
    }
    let whole = NewBlueprint {
        text: BLUEPRINT.to_owned(),
        activity: ids.get(DESCRIBED).copied(),
        note: "After the test run".to_owned(),
    };
    let made = create_blueprint(tx, actor, &whole, moment)?;
    let run = NewTestRun {
        number: None,
        person: "Ana".to_owned(),
        questions: 2,
        note: "Where are the templates? What is an answer without a date?".to_owned(),
    };
    note_test_run(tx, actor, made.row.id, &run, moment)?;
    publish_blueprint(tx, actor, made.row.id, Publishing::default(), moment)?;
    Ok(())
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
