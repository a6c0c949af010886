//! Activities as the owner wants them: named, joined, split, priced, kept, put off.

use offdesk_domain::{PriceRange, Seconds};
use offdesk_store::activities::{
    ActivityRow, PriceRow, insert_activity, load_activity as stored, move_all, remove_activity,
    update_activity,
};
use offdesk_store::wordings::{WordingRow, list_of_activity, move_wording};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, StoreError, Tx, Uuid};
use rust_decimal::Decimal;

use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::imports::{key_of_name, new_activity, reprice};
use crate::moment::Moment;
use crate::prices::OWN_PRICE;
use crate::workspaces::Settings;

/// A "not now" comes back after so many days.
const BACK_AFTER_DAYS: i64 = 90;
const LONGEST_NAME: usize = 120;
const LONGEST_REASON: usize = 400;

/// An activity with its wordings.
#[derive(Debug, Clone)]
pub struct ActivityDetail {
    /// The activity.
    pub row: ActivityRow,
    /// Its wordings with their entries and time, the most time first.
    pub wordings: Vec<(WordingRow, u64, Seconds)>,
}

/// An activity of the open workspace.
///
/// # Errors
/// `not_found`.
pub fn load_activity(tx: &mut Tx<'_>, actor: &Actor, id: Uuid) -> Result<ActivityDetail, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let row = load(&mut scope, id)?;
    let wordings = list_of_activity(&mut scope, id)?;
    let wordings = wordings
        .into_iter()
        .map(|(row, entries, seconds)| (row, entries, Seconds(seconds)))
        .collect();
    Ok(ActivityDetail { row, wordings })
}

fn load(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<ActivityRow, Error> {
    stored(scope, id)?.ok_or_else(|| Error::not_found("activity"))
}

/// A version somebody has seen; `None` takes the one that is there.
pub type Seen = Option<i64>;

fn load_seen(scope: &mut Scope<'_, '_>, id: Uuid, seen: Seen) -> Result<ActivityRow, Error> {
    let row = load(scope, id)?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(StoreError::Conflict.into());
    }
    Ok(row)
}

/// Names an activity anew.
///
/// # Errors
/// `not_found`, `name.empty`, `name.taken`.
pub fn rename_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    name: &str,
    seen: Seen,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let name = name_of("name", name, LONGEST_NAME)?;
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    let name_key = key_of_name(&name);
    free_name(&mut scope, &name, &name_key, Some(id))?;
    let renamed = ActivityRow {
        name_key,
        name: name.clone(),
        ..row.clone()
    };
    update_activity(&mut scope, &renamed)?;
    note(&mut scope, actor, moment, "rename_activity", row.name, name)?;
    load(&mut scope, id)
}

fn free_name(
    scope: &mut Scope<'_, '_>,
    name: &str,
    key: &str,
    own: Option<Uuid>,
) -> Result<(), Error> {
    let all = offdesk_store::activities::list_activities(scope)?;
    let is_taken = all
        .iter()
        .any(|other| other.name_key == key && Some(other.id) != own);
    if !is_taken {
        return Ok(());
    }
    Err(Error {
        field: "name",
        ..Error::new(
            ErrorKind::Conflict,
            "name.taken",
            format!("there is an activity \"{name}\" already"),
        )
        .hint("choose another name, or merge the two")
    })
}

/// Puts an activity into another one, which keeps its name, price and judgement.
///
/// # Errors
/// `not_found`, `activity.same`.
pub fn merge_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    from: Uuid,
    into: Uuid,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    if from == into {
        return Err(Error::invalid(
            "into",
            "activity.same",
            "an activity cannot be merged with itself",
        ));
    }
    let (gone, kept) = (load(&mut scope, from)?, load(&mut scope, into)?);
    move_all(&mut scope, from, into)?;
    remove_activity(&mut scope, from)?;
    note(
        &mut scope,
        actor,
        moment,
        "merge_activity",
        gone.name,
        kept.name,
    )?;
    load(&mut scope, into)
}

/// Takes some wordings of an activity out into a new one.
///
/// # Errors
/// `not_found`, `name.taken`, `activity.wordings` where none or all are chosen.
pub fn split_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    wordings: &[Uuid],
    name: &str,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let name = name_of("name", name, LONGEST_NAME)?;
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load(&mut scope, id)?;
    let all = list_of_activity(&mut scope, id)?;
    if wordings.is_empty() || wordings.len() >= all.len() {
        let message = if wordings.is_empty() {
            "choose what is to be taken out"
        } else {
            "something has to stay; to name all of it anew, rename the activity"
        };
        return Err(Error::invalid("wordings", "activity.wordings", message));
    }
    free_name(&mut scope, &name, &key_of_name(&name), None)?;
    let new = new_activity(&name, None, moment);
    insert_activity(&mut scope, &new)?;
    for wording in wordings {
        if !move_wording(&mut scope, *wording, id, new.id)? {
            return Err(Error::not_found("wording"));
        }
    }
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    reprice(&mut scope, &settings)?;
    note(&mut scope, actor, moment, "split_activity", row.name, name)?;
    load(&mut scope, new.id)
}

/// Says whether only the owner can do an activity, or that it is rest.
///
/// # Errors
/// `not_found`.
pub fn keep_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    stays: Option<offdesk_domain::audit::Stays>,
    seen: Seen,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    let word = stays.map(crate::imports::word_of);
    let changed = ActivityRow {
        stays: word.map(str::to_owned),
        ..row.clone()
    };
    update_activity(&mut scope, &changed)?;
    note(
        &mut scope,
        actor,
        moment,
        "keep_activity",
        row.name,
        word.unwrap_or("work"),
    )?;
    load(&mut scope, id)
}

/// Sets the owner's own price of an hour; `None` goes back to the market's.
///
/// # Errors
/// `not_found`, `price.not_positive`.
pub fn price_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    price: Option<PriceRange>,
    seen: Seen,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    let detail = match price {
        Some(range) if range.low <= Decimal::ZERO => {
            return Err(Error::invalid(
                "price",
                "price.not_positive",
                "the price of an hour must be above zero",
            )
            .hint("what is not bought has no price: say that only you can do it"));
        }
        Some(range) => {
            let own = PriceRow {
                low: range.low.to_string(),
                likely: range.likely.to_string(),
                high: range.high.to_string(),
                currency: settings.currency.code().to_owned(),
                place: settings.place.code().to_owned(),
                occupation: row
                    .price
                    .as_ref()
                    .and_then(|price| price.occupation.clone()),
                confidence: 100,
                source: OWN_PRICE.to_owned(),
                is_own: true,
            };
            let changed = ActivityRow {
                price: Some(own),
                ..row.clone()
            };
            update_activity(&mut scope, &changed)?;
            format!("{} to {} {}", range.low, range.high, settings.currency)
        }
        None => {
            let changed = ActivityRow {
                price: None,
                ..row.clone()
            };
            update_activity(&mut scope, &changed)?;
            reprice(&mut scope, &settings)?;
            "market price".to_owned()
        }
    };
    note(
        &mut scope,
        actor,
        moment,
        "price_activity",
        row.name,
        detail,
    )?;
    load(&mut scope, id)
}

/// What the owner thinks of handing an activity off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It is open again.
    Open,
    /// Not now: it comes back.
    NotNow,
    /// Never.
    Never,
}

impl Judgement {
    /// The judgement of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "open" => Some(Self::Open),
            "not_now" => Some(Self::NotNow),
            "never" => Some(Self::Never),
            _ => None,
        }
    }
}

/// Puts handing an activity off off, or out of the question, with the reason.
///
/// # Errors
/// `not_found`, `judgement.reason` where a reason is missing or too long.
pub fn judge_activity(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    judgement: Judgement,
    reason: &str,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.chars().count() > LONGEST_REASON {
        return Err(Error::invalid(
            "reason",
            "judgement.reason",
            format!("{LONGEST_REASON} letters are enough for a reason"),
        ));
    }
    if reason.is_empty() && judgement == Judgement::Never {
        return Err(Error::invalid(
            "reason",
            "judgement.reason",
            "say why, so that you can judge it anew when things change",
        ));
    }
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load(&mut scope, id)?;
    let (word, back) = match judgement {
        Judgement::Open => (None, None),
        Judgement::NotNow => {
            let back = i64::from(moment.today().0) + BACK_AFTER_DAYS;
            (Some("not_now"), Some(back))
        }
        Judgement::Never => (Some("never"), None),
    };
    let changed = ActivityRow {
        judgement: word.map(str::to_owned),
        judgement_reason: reason.clone(),
        back_day: back,
        ..row.clone()
    };
    update_activity(&mut scope, &changed)?;
    note(
        &mut scope,
        actor,
        moment,
        "judge_activity",
        row.name,
        word.unwrap_or("open"),
    )?;
    load(&mut scope, id)
}
