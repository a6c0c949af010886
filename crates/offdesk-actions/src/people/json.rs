//! People as JSON, `offdesk.person/1` and `offdesk.people/1`: the command line and the API give the same.

use offdesk_domain::Day;
use offdesk_domain::person::Terms;
use offdesk_store::people::PersonRow;
use offdesk_store::people::access::AccessRow;
use offdesk_store::people::terms::TermsRow;
use serde::Serialize;

use super::{PersonDetail, PersonFields, off_until};
use crate::handoffs::json::SummaryJson as HandoffJson;

/// `offdesk.person/1`.
#[derive(Debug, Serialize)]
pub struct PersonJson {
    schema: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
    fees: String,
    notes: String,
    paid_now: Option<AmountJson>,
    terms: Vec<DatedJson>,
    access: Vec<AccessJson>,
    handoffs: Vec<HandoffJson>,
}

/// A person in a list.
#[derive(Debug, Serialize)]
pub struct SummaryJson {
    id: String,
    kind: String,
    name: String,
    email: String,
    place: String,
    zone: String,
    working_hours: String,
    languages: String,
    skills: String,
    capacity_hours_per_week: Option<String>,
    off_until: Option<String>,
    state: String,
    joined: bool,
    version: i64,
}

/// An amount for a unit.
#[derive(Debug, Serialize)]
pub struct AmountJson {
    unit: &'static str,
    amount: String,
    currency: String,
}

#[derive(Debug, Serialize)]
struct DatedJson {
    id: String,
    from: Option<String>,
    unit: String,
    amount: String,
    currency: String,
    note: String,
}

#[derive(Debug, Serialize)]
struct AccessJson {
    id: String,
    what: String,
    location: String,
    granted: Option<String>,
    revoked: Option<String>,
}

/// `offdesk.people/1`.
#[derive(Debug, Serialize)]
pub struct PeopleJson {
    schema: &'static str,
    people: Vec<SummaryJson>,
    next: Option<String>,
}

pub(crate) fn day(number: i64) -> Option<String> {
    Day::from_number(number).map(|day| day.date().to_string())
}

impl AmountJson {
    /// Terms as they are shown to programs.
    #[must_use]
    pub fn of(terms: &Terms) -> Self {
        Self {
            unit: terms.unit.word(),
            amount: terms.amount(),
            currency: terms.price.currency.to_string(),
        }
    }
}

impl SummaryJson {
    /// A person without their terms.
    #[must_use]
    pub fn of(row: &PersonRow, today: Day) -> Self {
        let capacity = PersonFields::of(row).capacity;
        let off = off_until(row, today);
        Self {
            id: row.id.to_string(),
            kind: row.kind.clone(),
            name: row.name.clone(),
            email: row.email.clone(),
            place: row.place.clone(),
            zone: row.zone.clone(),
            working_hours: row.working_hours.clone(),
            languages: row.languages.clone(),
            skills: row.skills.clone(),
            capacity_hours_per_week: Some(capacity).filter(|hours| !hours.is_empty()),
            off_until: off.map(|day| day.date().to_string()),
            state: row.state.clone(),
            joined: row.account_id.is_some(),
            version: row.version,
        }
    }
}

impl PersonJson {
    /// A person with all that belongs to them.
    #[must_use]
    pub fn of(detail: &PersonDetail) -> Self {
        let terms = |row: &TermsRow| DatedJson {
            id: row.id.to_string(),
            from: day(row.from_day),
            unit: row.unit.clone(),
            amount: row.amount.clone(),
            currency: row.currency.clone(),
            note: row.note.clone(),
        };
        let access = |row: &AccessRow| AccessJson {
            id: row.id.to_string(),
            what: row.what.clone(),
            location: row.location.clone(),
            granted: day(row.granted_day),
            revoked: row.revoked_day.and_then(day),
        };
        Self {
            schema: "offdesk.person/1",
            summary: SummaryJson::of(&detail.row, detail.today),
            fees: detail.row.fees.clone(),
            notes: detail.row.notes.clone(),
            paid_now: detail.now.as_ref().map(AmountJson::of),
            terms: detail.terms.iter().map(terms).collect(),
            access: detail.access.iter().map(access).collect(),
            handoffs: detail.handoffs.iter().map(HandoffJson::of).collect(),
        }
    }
}

impl PeopleJson {
    /// A page of people, and where the next one begins.
    #[must_use]
    pub fn of(rows: &[PersonRow], next: Option<String>, today: Day) -> Self {
        Self {
            schema: "offdesk.people/1",
            people: rows.iter().map(|row| SummaryJson::of(row, today)).collect(),
            next,
        }
    }
}

/// `offdesk.invitation/1`.
#[derive(Debug, Serialize)]
pub struct InvitationJson {
    schema: &'static str,
    link: Option<String>,
    mailed: bool,
}

impl InvitationJson {
    /// One whose link is given once.
    #[must_use]
    pub fn by_link(link: String) -> Self {
        Self {
            schema: "offdesk.invitation/1",
            link: Some(link),
            mailed: false,
        }
    }

    /// One whose link is on its way by mail.
    #[must_use]
    pub fn by_mail() -> Self {
        Self {
            schema: "offdesk.invitation/1",
            link: None,
            mailed: true,
        }
    }
}
