//! What is expected of a handoff when it is made: kept as it was reckoned, to be held against what came of it.

use offdesk_domain::decision::{INPUTS, Input, decide};
use offdesk_domain::person::{Terms, Unit};
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Uuid};
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::hours::hours_of;
use crate::moment::Moment;
use crate::options::{HandoffOption, rhythms_of, subject_of};
use crate::people::kind_of;

/// What is expected, as JSON: the figures of the option that was kept under the person's name, else what the workspace knows, with
/// the rate that was agreed. Where the figures make no case yet, only what is known stands there.
pub(super) fn expected(
    scope: &mut Scope<'_, '_>,
    activity: Uuid,
    person: &PersonRow,
    terms: &Terms,
    moment: Moment,
) -> Result<String, Error> {
    let hours = hours_of(scope, moment)?;
    let kept = hours.options.get(&activity);
    let rhythms = rhythms_of(scope)?;
    let subject = subject_of(&hours, activity, kept, Some(&rhythms))?;
    let name = person.name.to_lowercase();
    let known = subject
        .options
        .iter()
        .find(|option| subject.is_kept && option.name.to_lowercase() == name);
    let is_kept = known.is_some();
    let mut option = known.cloned().unwrap_or(HandoffOption {
        name: person.name.clone(),
        kind: kind_of(person)?,
        figures: Vec::new(),
    });
    if let (Unit::Hour, true, Some(rate)) = (
        terms.unit,
        terms.price.currency == subject.currency,
        terms.price.amount.to_f64(),
    ) {
        option.figures.retain(|(input, _)| *input != Input::Rate);
        option.figures.push((Input::Rate, [rate; 3]));
    }
    let mut all = Map::new();
    all.insert("currency".to_owned(), json!(subject.currency.to_string()));
    all.insert("hours_per_week".to_owned(), json!(subject.hours_per_week));
    all.insert("from_kept_decision".to_owned(), json!(is_kept));
    if let Ok(question) = subject.question(&option) {
        let (case, decision) = (question.case, decide(&question.case));
        let figures: Map<String, Value> = INPUTS
            .iter()
            .map(|row| (row.key.to_owned(), json!(case.get(row.input))))
            .collect();
        all.insert("figures".to_owned(), Value::Object(figures));
        for (key, number) in [
            ("net_value", Some(decision.net_value)),
            ("cash", Some(decision.cash)),
            ("hours_freed", Some(decision.hours_freed)),
            (
                "price_per_hour_bought_back",
                decision.price_per_hour_bought_back,
            ),
            ("escaped_faults", Some(decision.escaped_faults)),
        ] {
            all.insert(key.to_owned(), json!(number));
        }
        let week = decision.break_even_week;
        all.insert("break_even_week".to_owned(), json!(week));
    }
    Ok(Value::Object(all).to_string())
}
