//! The ranked list as JSON, `offdesk.next/1`: the command line and the API give the same.

use offdesk_domain::Price;
use offdesk_domain::audit::Audit;
use offdesk_domain::decision::Input;
use offdesk_domain::money::to_minor_text;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::crowded::{CrowdedOut, CrowdedOutJson};
use super::{Back, NextActivity, NextList};
use crate::audit::json::{PeriodJson, WorthJson, number};
use crate::decide::json::{reason_word, verdict_word};

/// `offdesk.next/1`.
#[derive(Serialize)]
pub struct NextJson<'r> {
    schema: &'static str,
    workspace: String,
    currency: String,
    worth: WorthJson,
    period: PeriodJson,
    gap_per_year: String,
    taken_out: Vec<TakenOutJson>,
    activities: Vec<NextActivityJson<'r>>,
    better_kept: Vec<NextActivityJson<'r>>,
    handed_off: Vec<NextActivityJson<'r>>,
    put_off: usize,
    never: usize,
    left_out: Vec<LeftOutJson<'r>>,
    crowded_out: Option<CrowdedOutJson>,
    start_with: Option<&'r str>,
}

#[derive(Serialize)]
struct NextActivityJson<'r> {
    place: usize,
    id: Option<String>,
    name: &'r str,
    entries: u64,
    hours_per_week: f64,
    hours_per_year: f64,
    price: Option<PriceJson<'r>>,
    hour_costs: Option<String>,
    value_per_year: Option<String>,
    price_per_year: Option<String>,
    gap_per_year: Option<String>,
    first_year_gain: Option<String>,
    payback_week: Option<u32>,
    look_ahead_weeks: Option<u32>,
    readiness: Option<u8>,
    verdict: &'static str,
    reason: &'static str,
    why: String,
    person: Option<&'r str>,
    back: Option<&'static str>,
}

#[derive(Serialize)]
struct TakenOutJson {
    reason: &'static str,
    activities: usize,
    gap_per_year: String,
}

#[derive(Serialize)]
struct LeftOutJson<'r> {
    id: String,
    name: &'r str,
    judgement: &'static str,
    why: &'r str,
    back: Option<String>,
    first_year_gain: String,
    first_year_gain_then: Option<String>,
    numbers_have_grown: bool,
}

#[derive(Serialize)]
struct PriceJson<'r> {
    place: String,
    currency: String,
    low: String,
    likely: String,
    high: String,
    occupation: Option<&'r str>,
    confidence: f64,
}

impl<'r> NextJson<'r> {
    /// The list as JSON, with what is crowded out where the weeks bear it out.
    #[must_use]
    pub fn of(list: &'r NextList<'r>, crowded: Option<&CrowdedOut>, workspace: &str) -> Self {
        let audit = list.audit;
        let currency = audit.worth.currency;
        let money = |amount: Decimal| to_minor_text(amount, currency);
        let numbered = |activities: &'r [NextActivity<'r>]| {
            let activities = (1..).zip(activities);
            activities
                .map(|(place, next)| activity(place, next, audit))
                .collect()
        };
        let taken_out = list.taken_out().into_iter().map(|out| TakenOutJson {
            reason: out.why.word(),
            activities: out.activities,
            gap_per_year: money(out.gap),
        });
        Self {
            schema: "offdesk.next/1",
            workspace: workspace.to_owned(),
            currency: currency.to_string(),
            worth: WorthJson::of(&audit.worth),
            period: PeriodJson::of(audit.period, audit.weeks),
            gap_per_year: money(list.summary().gap),
            taken_out: taken_out.collect(),
            activities: numbered(&list.open),
            better_kept: numbered(&list.better_kept),
            handed_off: numbered(&list.handed_off),
            put_off: list.put_off.len(),
            never: list.never.len(),
            left_out: left_out(list),
            crowded_out: crowded.map(CrowdedOutJson::of),
            start_with: list
                .start_with()
                .map(|next| next.judged.activity.name.as_str()),
        }
    }
}

fn left_out<'r>(list: &'r NextList<'r>) -> Vec<LeftOutJson<'r>> {
    let currency = list.audit.worth.currency;
    let put_off = list.put_off.iter().map(|next| ("not_now", next));
    let never = list.never.iter().map(|next| ("never", next));
    put_off
        .chain(never)
        .map(|(judgement, next)| LeftOutJson {
            id: next.row.id.to_string(),
            name: &next.judged.activity.name,
            judgement,
            why: &next.row.judgement_reason,
            back: next.back().map(|day| day.to_string()),
            first_year_gain: to_minor_text(next.handoff.first_year_gain, currency),
            first_year_gain_then: next.judged_gain.map(|gain| to_minor_text(gain, currency)),
            numbers_have_grown: next.has_grown(),
        })
        .collect()
}

fn activity<'r>(place: usize, next: &'r NextActivity<'r>, audit: &Audit) -> NextActivityJson<'r> {
    let money = |amount: Decimal| to_minor_text(amount, audit.worth.currency);
    let judged = next.judged;
    NextActivityJson {
        place,
        id: Some(next.row.id.to_string()),
        name: &judged.activity.name,
        entries: judged.activity.entries,
        hours_per_week: number(judged.hours_per_week),
        hours_per_year: number(judged.hours_per_year),
        price: judged.activity.price.as_ref().map(price),
        hour_costs: next.price().map(|price| money(price.likely)),
        value_per_year: judged.yearly.map(|yearly| money(yearly.value)),
        price_per_year: judged.yearly.map(|yearly| money(yearly.price)),
        gap_per_year: judged.yearly.map(|yearly| money(yearly.gap)),
        first_year_gain: Some(money(next.handoff.first_year_gain)),
        payback_week: next.handoff.payback_week,
        look_ahead_weeks: whole(next.handoff.case.get(Input::Weeks)),
        readiness: Some(next.handoff.readiness),
        verdict: verdict_word(next.handoff.advice),
        reason: reason_word(next.handoff.because),
        why: next.readiness_in_words(audit),
        person: next.option.as_ref().map(|option| option.name.as_str()),
        back: next.back_for.map(|back| match back {
            Back::Day => "day",
            Back::Numbers => "numbers",
        }),
    }
}

/// Weeks of a case, which are whole.
fn whole(weeks: f64) -> Option<u32> {
    Decimal::try_from(weeks).ok()?.to_u32()
}

fn price(price: &Price) -> PriceJson<'_> {
    let money = |amount: Decimal| to_minor_text(amount, price.currency);
    PriceJson {
        place: price.place.to_string(),
        currency: price.currency.to_string(),
        low: money(price.range.low),
        likely: money(price.range.likely),
        high: money(price.range.high),
        occupation: price.occupation.as_deref(),
        confidence: f64::from(price.confidence) / 100.0,
    }
}
