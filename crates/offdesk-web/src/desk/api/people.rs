//! People who can do work.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::Error;
use offdesk_actions::pay::today_of;
use offdesk_actions::people::json::{PeopleJson, PersonJson};
use offdesk_actions::people::{
    self as actions, NewAccess, NewTerms, PersonFields, add_person, change_person, grant_access,
    list_people, load_person, load_person_to_change, revoke_access, set_person_state,
};
use offdesk_domain::person::PersonState;
use serde::Deserialize;

use super::{json, make, read, read_if_any};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::pages::people::{place_of, place_text};
use crate::desk::paging::{Paging, paged};

/// A page of them.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (after, most) = (paging.place(place_of)?, paging.most);
        let (rows, today) = ask
            .read(move |tx, actor, moment| {
                let after = after
                    .as_ref()
                    .map(|(state, name, id)| (state.as_str(), name.as_str(), *id));
                let rows = list_people(tx, actor, after, most + 1)?;
                Ok((rows, today_of(tx, actor, moment)?))
            })
            .await?;
        let (page, last) = paged(&rows, most);
        let next = last.map(place_text);
        json(StatusCode::OK, &PeopleJson::of(page, next, today))
    })
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("person")?;
        let detail = ask
            .read(move |tx, actor, moment| load_person(tx, actor, id, moment))
            .await?;
        json(StatusCode::OK, &PersonJson::of(&detail))
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Fields {
    version: Option<i64>,
    state: Option<String>,
    kind: Option<String>,
    name: Option<String>,
    email: Option<String>,
    place: Option<String>,
    zone: Option<String>,
    working_hours: Option<String>,
    languages: Option<String>,
    skills: Option<String>,
    capacity_hours_per_week: Option<String>,
    fees: Option<String>,
    notes: Option<String>,
}

impl Fields {
    /// These in the place of others; what is left out stays.
    fn over(self, now: PersonFields) -> PersonFields {
        PersonFields {
            kind: self.kind.unwrap_or(now.kind),
            name: self.name.unwrap_or(now.name),
            email: self.email.unwrap_or(now.email),
            place: self.place.unwrap_or(now.place),
            zone: self.zone.unwrap_or(now.zone),
            working_hours: self.working_hours.unwrap_or(now.working_hours),
            languages: self.languages.unwrap_or(now.languages),
            skills: self.skills.unwrap_or(now.skills),
            capacity: self.capacity_hours_per_week.unwrap_or(now.capacity),
            fees: self.fees.unwrap_or(now.fees),
            notes: self.notes.unwrap_or(now.notes),
        }
    }

    fn state(&self) -> Result<Option<PersonState>, Error> {
        let Some(word) = &self.state else {
            return Ok(None);
        };
        let state = PersonState::of(word).ok_or_else(|| {
            let shown = crate::words::shown(word, 40);
            let message = format!("\"{shown}\" is no state of a person");
            Error::invalid("state", "person.state", message).hint("it is active or former")
        });
        state.map(Some)
    }
}

/// Adds one.
pub fn add(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let fields: Fields = read(&sent)?;
        let fields = fields.over(PersonFields {
            kind: "freelancer".to_owned(),
            ..PersonFields::default()
        });
        make(&ask, &sent, move |tx, actor, moment| {
            let detail = add_person(tx, actor, &fields, None, moment)?;
            Ok(PersonJson::of(&detail))
        })
        .await
    })
}

/// Changes one.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("person")?;
        let fields: Fields = read(&ask.bytes().await?)?;
        let state = fields.state()?;
        let seen = fields.version.ok_or_else(|| {
            Error::invalid(
                "version",
                "json.invalid",
                "the version that was seen is missing",
            )
        })?;
        let detail = ask
            .write(move |tx, actor, moment| {
                let now = load_person_to_change(tx, actor, id, moment)?;
                let fields = fields.over(PersonFields::of(&now.row));
                let changed = change_person(tx, actor, id, &fields, Some(seen), moment)?;
                match state.filter(|state| *state != changed.state) {
                    Some(state) => set_person_state(tx, actor, id, state, None, moment),
                    None => Ok(changed),
                }
            })
            .await?;
        json(StatusCode::OK, &PersonJson::of(&detail))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    unit: String,
    amount: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    note: String,
}

/// Notes what one is paid.
pub fn add_terms(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("person")?;
        let sent = ask.bytes().await?;
        let terms: Terms = read(&sent)?;
        let new = NewTerms {
            from: day_of("from", terms.from.as_deref())?,
            unit: terms.unit,
            amount: terms.amount,
            currency: terms.currency,
            note: terms.note,
        };
        make(&ask, &sent, move |tx, actor, moment| {
            let detail = actions::add_terms(tx, actor, id, &new, moment)?;
            Ok(PersonJson::of(&detail))
        })
        .await
    })
}

/// Takes terms away.
pub fn remove_terms(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, terms) = (ask.id("person")?, ask.id("terms")?);
        ask.write(move |tx, actor, moment| actions::remove_terms(tx, actor, id, terms, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Access {
    what: String,
    #[serde(default)]
    location: String,
    #[serde(default)]
    granted: Option<String>,
}

/// Notes an access.
pub fn grant(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("person")?;
        let sent = ask.bytes().await?;
        let access: Access = read(&sent)?;
        let new = NewAccess {
            granted: day_of("granted", access.granted.as_deref())?,
            what: access.what,
            location: access.location,
        };
        make(&ask, &sent, move |tx, actor, moment| {
            let detail = grant_access(tx, actor, id, &new, moment)?;
            Ok(PersonJson::of(&detail))
        })
        .await
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Revocation {
    day: Option<String>,
}

/// Notes that an access was taken back.
pub fn revoke(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, access) = (ask.id("person")?, ask.id("access")?);
        let sent = ask.bytes().await?;
        let new: Revocation = read_if_any(&sent)?;
        let day = day_of("day", new.day.as_deref())?;
        make(&ask, &sent, move |tx, actor, moment| {
            let detail = revoke_access(tx, actor, id, access, day, moment)?;
            Ok(PersonJson::of(&detail))
        })
        .await
    })
}
