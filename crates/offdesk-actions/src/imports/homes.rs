//! The activities that are there and those that come: where a wording is at home.

use super::sorting::{Placed, REST, key_of_name, new_activity};
use crate::error::Error;
use crate::moment::Moment;
use offdesk_domain::audit::Activity;
use offdesk_store::activities::{insert_activity, list_activities, list_keys, save_key};
use offdesk_store::{Scope, Uuid};
use std::collections::HashMap;

/// The activities that are there and those that come.
pub(super) struct Desk<'p> {
    placed: &'p Placed,
    by_key: HashMap<String, Uuid>,
    by_name: HashMap<String, Uuid>,
    /// Which activity a sorted one is, once it is known.
    pub(super) homes: HashMap<usize, Uuid>,
    moment: Moment,
}

impl<'p> Desk<'p> {
    pub(super) fn load(
        scope: &mut Scope<'_, '_>,
        placed: &'p Placed,
        moment: Moment,
    ) -> Result<Self, Error> {
        let by_key = list_keys(scope)?.into_iter().collect();
        let activities = list_activities(scope)?;
        let by_name = activities
            .into_iter()
            .map(|activity| (activity.name_key, activity.id))
            .collect();
        Ok(Self {
            placed,
            by_key,
            by_name,
            homes: HashMap::new(),
            moment,
        })
    }

    /// The activity of a wording: the one its key leads to; else the one others like it are in; else a new one.
    pub(super) fn home(
        &mut self,
        scope: &mut Scope<'_, '_>,
        place: usize,
        key: &str,
    ) -> Result<Uuid, Error> {
        if let Some(known) = self.by_key.get(key) {
            return Ok(*known);
        }
        let id = match self.homes.get(&place) {
            Some(home) => *home,
            None => self.open(scope, place)?,
        };
        self.homes.insert(place, id);
        let activity = self.placed.activities.get(place);
        // What is in the rest of the list today may have an activity of its own tomorrow.
        if activity.is_some_and(|activity| !activity.is_rest_of_list) {
            save_key(scope, key, id)?;
            self.by_key.insert(key.to_owned(), id);
        }
        Ok(id)
    }

    fn open(&mut self, scope: &mut Scope<'_, '_>, place: usize) -> Result<Uuid, Error> {
        let Some(activity) = self.placed.activities.get(place) else {
            return self.named(scope, REST, None);
        };
        let name = if activity.is_rest_of_list {
            REST
        } else {
            &activity.name
        };
        self.named(scope, name, Some(activity))
    }

    fn named(
        &mut self,
        scope: &mut Scope<'_, '_>,
        name: &str,
        activity: Option<&Activity>,
    ) -> Result<Uuid, Error> {
        let name_key = key_of_name(name);
        if let Some(known) = self.by_name.get(&name_key) {
            return Ok(*known);
        }
        let row = new_activity(name, activity, self.moment);
        insert_activity(scope, &row)?;
        self.by_name.insert(name_key, row.id);
        Ok(row.id)
    }
}
