//! The hours and returns of workspaces that were just looked at. A change counts the workspace's revision up, in whichever process it is
//! made, so nothing old is ever shown.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::agents::{Costs, WhichCosts, load_costs};
use offdesk_actions::hours::{Hours, WeekGrid, load_hours, load_week};
use offdesk_actions::returns::bands::{BecameBands, load_bands};
use offdesk_actions::returns::stress::{StressDials, load_stress_dials};
use offdesk_actions::returns::{Month, ReturnReport, load_return};
use offdesk_actions::store::WorkspaceId;
use tokio::sync::OnceCell;

use super::Ask;

/// What was just looked at, so many of it at most.
struct Recent<K, V> {
    most: usize,
    all: Mutex<HashMap<K, V>>,
}

impl<K: Eq + Hash, V: Clone> Recent<K, V> {
    fn of(most: usize) -> Self {
        Self {
            most,
            all: Mutex::default(),
        }
    }

    fn get(&self, key: &K) -> Option<V> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(key).cloned()
    }

    /// Keeps something; where there is no room, all that was kept before goes.
    fn keep(&self, key: K, value: V) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= self.most {
            all.clear();
        }
        all.insert(key, value);
    }
}

/// So many workspaces are kept.
const MOST: usize = 64;

/// The hours of a workspace; its week once somebody has looked at it.
#[derive(Clone)]
struct Known {
    hours: Arc<Hours>,
    week: Arc<OnceCell<Option<WeekGrid>>>,
}

/// Hours by workspace.
pub struct HoursCache(Recent<WorkspaceId, Known>);

impl Default for HoursCache {
    fn default() -> Self {
        Self(Recent::of(MOST))
    }
}

impl HoursCache {
    /// The hours of the workspace that is open for the one who asks.
    ///
    /// # Errors
    /// Those of the actor and of the store.
    pub async fn load(&self, ask: &Ask) -> Result<Arc<Hours>, Error> {
        Ok(self.known(ask).await?.hours)
    }

    /// The week of the workspace that is open for the one who asks.
    ///
    /// # Errors
    /// Those of the actor and of the store.
    pub async fn load_week(&self, ask: &Ask) -> Result<Option<WeekGrid>, Error> {
        let known = self.known(ask).await?;
        let load = || ask.read(|tx, actor, _| load_week(tx, actor));
        Ok(*known.week.get_or_try_init(load).await?)
    }

    async fn known(&self, ask: &Ask) -> Result<Known, Error> {
        let actor = ask.actor()?;
        let workspace = actor.workspace_for(Permission::See)?;
        if let Some(known) = self.0.get(&workspace)
            && actor.revision == known.hours.revision
            && known.hours.is_of_today(ask.moment)
        {
            return Ok(known);
        }
        let known = Known {
            hours: Arc::new(ask.read(load_hours).await?),
            week: Arc::default(),
        };
        self.0.keep(workspace, known.clone());
        Ok(known)
    }
}

/// So many returns are kept: one of years has some megabytes.
const MOST_RETURNS: usize = 16;

/// What handoffs gave, what the owner's hours became, and what accepted work cost, all of one moment.
pub struct ReturnSeen {
    /// What they gave.
    pub report: ReturnReport,
    /// What the hours became.
    pub bands: Option<BecameBands>,
    /// What accepted assignments cost, those of the same activity beside each other.
    pub costs: Costs,
    /// The raw dials of stress.
    pub stress: StressDials,
}

/// A workspace, and the month that is looked at; `None` for all time.
type Which = (WorkspaceId, Option<Month>);

/// Returns by workspace and month, as the owner's side sees them.
pub struct ReturnCache(Recent<Which, Arc<ReturnSeen>>);

impl Default for ReturnCache {
    fn default() -> Self {
        Self(Recent::of(MOST_RETURNS))
    }
}

impl ReturnCache {
    /// What the handoffs of the open workspace gave, in a month or in all.
    ///
    /// # Errors
    /// Those of the actor and of the store; `pay.too_large`.
    pub async fn load(&self, ask: &Ask, month: Option<Month>) -> Result<Arc<ReturnSeen>, Error> {
        let actor = ask.actor()?;
        let key = (actor.workspace_for(Permission::See)?, month);
        if let Some(known) = self.0.get(&key)
            && actor.revision == known.report.revision
            && known.report.is_of(ask.moment)
        {
            return Ok(known);
        }
        let load = ask.read(move |tx, actor, moment| {
            Ok(ReturnSeen {
                report: load_return(tx, actor, month, moment)?,
                bands: load_bands(tx, actor, moment)?,
                costs: load_costs(tx, actor, WhichCosts::Compared, moment)?,
                stress: load_stress_dials(tx, actor, month, moment)?,
            })
        });
        let seen = Arc::new(load.await?);
        self.0.keep(key, Arc::clone(&seen));
        Ok(seen)
    }
}
