//! Lines that are logged while another commit is under way: they are written together, as one change of their workspace.
//!
//! A line waits for the turn of the one that writes, not for others: whoever comes first asks for the turn, and all that have come until
//! it begins are in it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use offdesk_actions::actor::Permission;
use offdesk_actions::remembered::{Logged, NewLine, log_lines};
use offdesk_actions::store::{Store, WorkspaceId};
use offdesk_actions::{Error, ErrorKind};
use tokio::sync::oneshot;

type Reply = oneshot::Sender<Result<Logged, Error>>;

/// Lines that wait, by their workspace.
#[derive(Default)]
pub struct Logbook(Arc<Waiting>);

#[derive(Default)]
struct Waiting(Mutex<HashMap<WorkspaceId, Vec<(NewLine, Reply)>>>);

impl Waiting {
    fn all(&self) -> MutexGuard<'_, HashMap<WorkspaceId, Vec<(NewLine, Reply)>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a line, and says whether it is the first of its workspace.
    fn add(&self, workspace: WorkspaceId, line: NewLine, reply: Reply) -> bool {
        let mut all = self.all();
        let lines = all.entry(workspace).or_default();
        lines.push((line, reply));
        lines.len() == 1
    }

    /// Takes the lines of a workspace away.
    fn take(&self, workspace: WorkspaceId) -> (Vec<NewLine>, Vec<Reply>) {
        let lines = self.all().remove(&workspace);
        lines.unwrap_or_default().into_iter().unzip()
    }
}

impl Logbook {
    /// Logs a line; answered once it is committed.
    ///
    /// # Errors
    /// Those of the line, of the actor and of the store.
    pub async fn log(&self, store: &Store, line: NewLine) -> Result<Logged, Error> {
        let workspace = line.actor.workspace_for(Permission::Import)?;
        let (reply, answer) = oneshot::channel();
        if self.0.add(workspace, line, reply) {
            write(&self.0, store, workspace);
        }
        answer.await.unwrap_or_else(|_| {
            Err(Error::new(
                ErrorKind::Unavailable,
                "store.unavailable",
                "the program is stopping",
            ))
        })
    }
}

/// Writes down what waits when its turn comes, and answers on the thread that wrote: whoever asked first may go away before.
fn write(waiting: &Arc<Waiting>, store: &Store, workspace: WorkspaceId) {
    let replies: Arc<Mutex<Vec<Reply>>> = Arc::default();
    let (own, taken) = (Arc::clone(waiting), Arc::clone(&replies));
    let waiting = Arc::clone(waiting);
    store.write_and_tell(
        move |tx| {
            let (lines, replies) = own.take(workspace);
            *taken.lock().unwrap_or_else(PoisonError::into_inner) = replies;
            log_lines(tx, workspace, &lines)
        },
        move |written: Result<Vec<_>, Error>| {
            let mut replies = replies.lock().unwrap_or_else(PoisonError::into_inner);
            let mut replies = std::mem::take(&mut *replies);
            // Where its turn never came, they still wait.
            if written.is_err() && replies.is_empty() {
                replies = waiting.take(workspace).1;
            }
            // Whoever asked may have gone away.
            match written {
                Ok(logged) => replies.into_iter().zip(logged).for_each(|(reply, logged)| {
                    let _ = reply.send(logged);
                }),
                Err(error) => replies.into_iter().for_each(|reply| {
                    let _ = reply.send(Err(error.clone()));
                }),
            }
        },
    );
}
