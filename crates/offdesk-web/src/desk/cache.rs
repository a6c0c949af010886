//! The hours of workspaces that were just looked at. A change counts the workspace's revision up, in whichever process it is
//! made, so nothing old is ever shown.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use offdesk_actions::Error;
use offdesk_actions::hours::{Hours, load_hours};
use offdesk_actions::store::WorkspaceId;

use super::Ask;

/// So many workspaces are kept.
const MOST: usize = 64;

/// Hours by workspace.
#[derive(Default)]
pub struct HoursCache(Mutex<HashMap<WorkspaceId, Arc<Hours>>>);

impl HoursCache {
    /// The hours of the workspace that is open for the one who asks.
    ///
    /// # Errors
    /// Those of the actor and of the store.
    pub async fn load(&self, ask: &Ask) -> Result<Arc<Hours>, Error> {
        let actor = ask.actor()?;
        let workspace = actor.workspace_for(offdesk_actions::actor::Permission::See)?;
        let known = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&workspace)
            .cloned();
        // A token's actor has no revision with it; it is looked up with the hours.
        if let Some(known) = known
            && actor.revision == known.revision
            && known.today == ask.moment.today()
        {
            return Ok(known);
        }
        let hours = Arc::new(ask.read(load_hours).await?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(workspace, Arc::clone(&hours));
        Ok(hours)
    }
}
