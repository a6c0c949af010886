//! What is judged of an assignment, and what its handoff learns from that.

use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::{
    AssignmentDetail, identify_assignment, learned_with, load_assignment,
};
use offdesk_actions::store::{Tx, Uuid};

use super::super::{Done, output};
use super::{One, give};

impl One {
    /// Judges it, and prints what became of it, and what its handoff has learned from it.
    ///
    /// # Errors
    /// As [`One::write`].
    pub fn judge(
        self,
        action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid) -> Result<(), Error> + Send + 'static,
    ) -> Done {
        let (store, actor) = self.at.open()?;
        let (which, who) = (self.which, actor.clone());
        let done: Result<(AssignmentDetail, Vec<String>), Error> = store
            .write(move |tx| {
                let id = identify_assignment(tx, &who, &which)?;
                action(tx, &who, id)?;
                let learned = learned_with(tx, &who, id)?;
                Ok((load_assignment(tx, &who, id)?, learned))
            })
            .wait();
        let (detail, learned) = done?;
        let code = give(&store, &actor, &detail, self.json)?;
        for text in learned {
            output::say(&format!("Its handoff: {text}\n"));
        }
        Ok(code)
    }
}
