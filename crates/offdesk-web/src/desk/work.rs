//! What goes on beside the requests: queued imports, mails that wait, calendars that are read by themselves, assignments that a
//! rule has something to do with, files that were sent and not given.
//!
//! Each piece of work is claimed in the database, so that of several processes one does it.

use std::sync::Arc;
use std::time::Duration;

use offdesk_actions::Error;
use offdesk_actions::assignments::rule_next;
use offdesk_actions::assignments::sending::{drop_forgotten, move_given};
use offdesk_actions::calendars::refresh_due;
use offdesk_actions::mails::send_next;
use offdesk_actions::notices::digest_next;
use offdesk_actions::uploads::{import_next, take_up_imports};
use tokio::sync::Notify;
use tokio::task::JoinSet;

use super::{Ask, Desk};

/// How often it is looked whether work waits, in case another process has put it there.
const LOOK_AGAIN: Duration = Duration::from_secs(3);
/// How often it is looked whether a calendar is due.
const LOOK_FOR_CALENDARS: Duration = Duration::from_secs(60);

/// How often it is looked whether somebody's daily mail is due.
const LOOK_FOR_DIGESTS: Duration = Duration::from_secs(30);
/// How often it is looked whether something is due by rule.
const LOOK_FOR_RULES: Duration = Duration::from_secs(10);
/// How often it is looked whether somebody has sent a file and not given it.
const LOOK_FOR_FORGOTTEN: Duration = Duration::from_secs(600);

/// How often it is looked whether files were given whose parts are to be moved.
const LOOK_FOR_GIVEN: Duration = Duration::from_secs(15);

/// Ring where work was put, so that nobody waits for the next look.
#[derive(Default)]
pub(super) struct Bells {
    imports: Notify,
    mails: Notify,
}

impl Desk {
    /// Says that an import was queued.
    pub fn wake(&self) {
        self.work.imports.notify_one();
    }

    /// Says that a mail waits.
    pub fn wake_mails(&self) {
        self.work.mails.notify_one();
    }
}

/// Begins to work; the work ends when what this gives is dropped.
pub(super) fn begin_work(desk: &Arc<Desk>) -> JoinSet<()> {
    let mut workers = JoinSet::new();
    workers.spawn(import_queued(Arc::clone(desk)));
    workers.spawn(read_calendars(Arc::clone(desk)));
    workers.spawn(follow_rules(Arc::clone(desk)));
    workers.spawn(drop_files(Arc::clone(desk)));
    workers.spawn(move_files(Arc::clone(desk)));
    if desk.outgoing.is_some() {
        workers.spawn(send_mails(Arc::clone(desk)));
        workers.spawn(look_at_digests(Arc::clone(desk)));
    }
    workers
}

/// Imports what waits, one after the other.
async fn import_queued(desk: Arc<Desk>) {
    let store = Arc::clone(&desk.store);
    let taken_up = Ask::apart(move || take_up_imports(&store)).await;
    goes_on(&desk, &taken_up.map(|()| false));
    loop {
        let (store, moment) = (Arc::clone(&desk.store), (desk.moment)());
        let done = Ask::apart(move || import_next(&store, moment)).await;
        if goes_on(&desk, &done) {
            continue;
        }
        tokio::select! {
            () = desk.work.imports.notified() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}

/// Sends the mails that wait, one after the other.
async fn send_mails(desk: Arc<Desk>) {
    let Some(outgoing) = desk.outgoing.clone() else {
        return;
    };
    loop {
        let (store, outgoing) = (Arc::clone(&desk.store), Arc::clone(&outgoing));
        let moment = (desk.moment)();
        let done = Ask::apart(move || send_next(&store, &outgoing, moment)).await;
        if goes_on(&desk, &done) {
            continue;
        }
        tokio::select! {
            () = desk.work.mails.notified() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}

/// Looks at the daily mails that are due, one after the other.
async fn look_at_digests(desk: Arc<Desk>) {
    loop {
        let (store, moment) = (Arc::clone(&desk.store), (desk.moment)());
        let done = Ask::apart(move || digest_next(&store, moment)).await;
        if !goes_on(&desk, &done) {
            tokio::time::sleep(LOOK_FOR_DIGESTS).await;
        }
    }
}

/// Reads the calendars that are due, one after the other.
async fn read_calendars(desk: Arc<Desk>) {
    loop {
        let (store, reach) = (Arc::clone(&desk.store), Arc::clone(&desk.reach));
        let moment = (desk.moment)();
        let done = Ask::apart(move || refresh_due(&store, &reach, moment)).await;
        if !goes_on(&desk, &done) {
            tokio::time::sleep(LOOK_FOR_CALENDARS).await;
        }
    }
}

/// Does what is due by rule, one after the other: assignments that come back, expire, count as accepted, are closed.
async fn follow_rules(desk: Arc<Desk>) {
    loop {
        let (store, moment) = (Arc::clone(&desk.store), (desk.moment)());
        let done = Ask::apart(move || rule_next(&store, moment)).await;
        if !goes_on(&desk, &done) {
            tokio::time::sleep(LOOK_FOR_RULES).await;
        }
    }
}

/// Drops files that were sent to be given with an assignment and never were, one after the other.
async fn drop_files(desk: Arc<Desk>) {
    loop {
        let (store, moment) = (Arc::clone(&desk.store), (desk.moment)());
        let done = Ask::apart(move || drop_forgotten(&store, moment)).await;
        if !goes_on(&desk, &done) {
            tokio::time::sleep(LOOK_FOR_FORGOTTEN).await;
        }
    }
}

/// Moves the parts of files that were given, one after the other.
async fn move_files(desk: Arc<Desk>) {
    loop {
        let store = Arc::clone(&desk.store);
        let done = Ask::apart(move || move_given(&store)).await;
        if !goes_on(&desk, &done) {
            tokio::time::sleep(LOOK_FOR_GIVEN).await;
        }
    }
}

/// Whether there may be more to do at once. What went wrong is told to the log.
fn goes_on(desk: &Desk, done: &Result<bool, Error>) -> bool {
    if let Err(error) = done {
        desk.log_error(error, &(desk.moment)().code());
    }
    matches!(done, Ok(true))
}
