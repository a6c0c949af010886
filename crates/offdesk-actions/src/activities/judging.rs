//! What the owner says of an activity: its price, that it stays, that it is put off.

use super::{BACK_AFTER_DAYS, LONGEST_REASON, Seen, load, load_seen};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::hours::hours_of;
use crate::imports::reprice_one;
use crate::moment::Moment;
use crate::next::rank;
use crate::pay::today_in;
use crate::prices::OWN_PRICE;
use crate::workspaces::Settings;
use offdesk_domain::PriceRange;
use offdesk_domain::text::seen_line;
use offdesk_store::activities::{ActivityRow, PriceRow, update_activity};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

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
/// `not_found`, `price.not_positive`, `price.too_large`.
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
        Some(range) if !range.is_possible() => {
            return Err(Error::invalid(
                "price",
                "price.too_large",
                "the price of an hour is a billion (1000000000) at most",
            ));
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
            let unpriced = load(&mut scope, id)?;
            reprice_one(&mut scope, unpriced, &settings)?;
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

/// What handing an activity off would bring today: amount and currency, where it is in the list.
fn gain_of(
    scope: &mut Scope<'_, '_>,
    id: Uuid,
    moment: Moment,
) -> Result<Option<(String, String)>, Error> {
    let hours = hours_of(scope, moment)?;
    let list = rank(&hours);
    let found = list
        .as_ref()
        .and_then(|list| Some((list.find(id)?, list.audit.worth.currency)));
    Ok(found.map(|(next, currency)| {
        let gain = next.handoff.first_year_gain;
        (gain.to_string(), currency.to_string())
    }))
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
    seen: Seen,
    moment: Moment,
) -> Result<ActivityRow, Error> {
    let reason = seen_line(reason);
    if reason.chars().count() > LONGEST_REASON {
        return Err(Error::invalid(
            "reason",
            "judgement.reason",
            format!("{LONGEST_REASON} letters are enough for a reason"),
        ));
    }
    if reason.is_empty() && judgement != Judgement::Open {
        return Err(Error::invalid(
            "reason",
            "judgement.reason",
            "say why, so that you can judge it anew when things change",
        )
        .hint("a few words do, such as: busy until May"));
    }
    let mut scope = actor.within(tx, Permission::Edit)?;
    let row = load_seen(&mut scope, id, seen)?;
    let (word, back) = match judgement {
        Judgement::Open => (None, None),
        Judgement::NotNow => {
            let back = i64::from(today_in(&mut scope, moment)?.0) + BACK_AFTER_DAYS;
            (Some("not_now"), Some(back))
        }
        Judgement::Never => (Some("never"), None),
    };
    let gain = match word {
        Some(_) => gain_of(&mut scope, id, moment)?,
        None => None,
    };
    let changed = ActivityRow {
        judgement: word.map(str::to_owned),
        judgement_reason: reason.clone(),
        back_day: back,
        judged_gain: gain,
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
