//! What is expected of a handoff when it is made: kept as it was reckoned, to be held against what came of it.

use offdesk_domain::Currency;
use offdesk_domain::decision::usual::weeks_of;
use offdesk_domain::decision::{Case, INPUTS, Input, Paid, Work, decide};
use offdesk_domain::person::{Terms, Unit};
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::hours::{Hours, hours_of};
use crate::moment::Moment;
use crate::options::{HandoffOption, Subject, subject_of};
use crate::people::json::AmountJson;
use crate::people::kind_of;

/// The figures that say what is paid: unknown where that cannot be reckoned with.
const PRICES: [Input; 2] = [Input::Rate, Input::CostEachTime];

/// What is expected, as JSON: the figures of the option that was kept under the person's name, else what the workspace knows, with
/// what was agreed to be paid. Where that is of another currency, or by milestones, hours are reckoned and no money; where the figures
/// make no case yet, only what is known stands there.
pub(super) fn expected(
    scope: &mut Scope<'_, '_>,
    activity: Uuid,
    person: &PersonRow,
    terms: &Terms,
    moment: Moment,
) -> Result<String, Error> {
    let hours = hours_of(scope, moment)?;
    let kept = hours.options.get(&activity);
    let subject = subject_of(&hours, activity, kept)?;
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
    let paid = Paid::of(terms).filter(|_| terms.price.currency == subject.currency);
    let agreed = match paid {
        Some(paid) => paid.figures(work_of(&hours, &subject, &option)),
        None => PRICES.map(|input| (input, 0.0)),
    };
    option.figures.retain(|(input, _)| !PRICES.contains(input));
    let agreed = agreed.map(|(input, number)| (input, [number; 3]));
    option.figures.extend(agreed);
    let mut all = Map::new();
    all.insert("currency".to_owned(), json!(subject.currency.to_string()));
    all.insert("paid".to_owned(), json!(AmountJson::of(terms)));
    all.insert("hours_per_week".to_owned(), json!(subject.hours_per_week));
    all.insert("from_kept_decision".to_owned(), json!(is_kept));
    if let Ok(question) = subject.question(&option) {
        all.extend(reckoned(&question.case, paid.is_some()));
    }
    Ok(Value::Object(all).to_string())
}

/// The work that is paid for. Where an hour of theirs has a price beside it, or none as with a program, what each time costs is no pay.
fn work_of(hours: &Hours, subject: &Subject, option: &HandoffOption) -> Work {
    let figure = |input: Input| {
        let said = subject.figure(option, input).map(|(range, _)| range[1]);
        said.or_else(|| input.row()?.default)
    };
    let is_beside = !option.kind.has(Input::Rate) || figure(Input::Rate) != Some(0.0);
    let weeks = hours.settings.weeks_per_year.to_f64().unwrap_or_default();
    Work {
        times_per_week: figure(Input::TimesPerWeek).unwrap_or_default(),
        weeks_per_year: weeks_of(weeks),
        load: figure(Input::Load).unwrap_or(1.0),
        beside: figure(Input::CostEachTime)
            .filter(|_| is_beside)
            .unwrap_or_default(),
    }
}

/// What a case comes to, with its figures; without its money where what is paid cannot be reckoned with.
fn reckoned(case: &Case, has_price: bool) -> Map<String, Value> {
    let decision = decide(case);
    let figures = INPUTS.iter().map(|row| {
        let is_known = has_price || !PRICES.contains(&row.input);
        let number = is_known.then(|| case.get(row.input));
        (row.key.to_owned(), json!(number))
    });
    let mut all = Map::new();
    all.insert("figures".to_owned(), Value::Object(figures.collect()));
    let mut note = |key: &str, number: Value| all.insert(key.to_owned(), number);
    note("hours_freed", json!(decision.hours_freed));
    note("escaped_faults", json!(decision.escaped_faults));
    if has_price {
        let price = decision.price_per_hour_bought_back;
        note("net_value", json!(decision.net_value));
        note("cash", json!(decision.cash));
        note("price_per_hour_bought_back", json!(price));
        note("break_even_week", json!(decision.break_even_week));
    }
    all
}

/// What was expected of a handoff, as it was kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expectation {
    /// The currency of all amounts.
    pub currency: Option<Currency>,
    /// Hours of the owner's that it took in a week.
    pub hours_per_week: Option<Decimal>,
    /// From figures that the owner had kept under the person's name.
    pub is_kept: bool,
    /// What it brings in the year; `None` where that was not weighed.
    pub net_value: Option<Decimal>,
    /// Hours of the owner's that it frees in the year.
    pub hours_freed: Option<Decimal>,
    /// The price of an hour bought back.
    pub price_per_hour: Option<Decimal>,
    /// The week in which it has paid for itself.
    pub break_even_week: Option<u64>,
    /// Why no money was weighed though the hours were, without a full stop.
    pub unweighed: Option<String>,
}

impl Expectation {
    /// Reads what was kept with a handoff; what is not there is not known.
    #[must_use]
    pub fn of(kept: &str) -> Self {
        let all: Value = serde_json::from_str(kept).unwrap_or_default();
        let number = |key: &str| all[key].as_f64().and_then(|it| Decimal::try_from(it).ok());
        let currency: Option<Currency> = all["currency"].as_str().and_then(|it| it.parse().ok());
        let is_weighed = number("net_value").is_some() || number("hours_freed").is_none();
        let unweighed = currency.filter(|_| !is_weighed).map(|own| {
            let paid = all["paid"]["currency"].as_str().unwrap_or_default();
            if all["paid"]["unit"] == Unit::Milestone.word() {
                "nobody can say how many milestones a year has".to_owned()
            } else {
                format!("it is paid in {paid}, and your hour is reckoned in {own}")
            }
        });
        Self {
            currency,
            hours_per_week: number("hours_per_week"),
            is_kept: all["from_kept_decision"] == true,
            net_value: number("net_value"),
            hours_freed: number("hours_freed"),
            price_per_hour: number("price_per_hour_bought_back"),
            break_even_week: all["break_even_week"].as_u64(),
            unweighed,
        }
    }
}

/// What was agreed to be paid when it was reckoned; `None` in what was kept before that was noted.
pub(super) fn paid_of(kept: &Value) -> Option<Terms> {
    let text = |key: &str| kept["paid"][key].as_str();
    Terms::typed(text("unit")?, text("amount")?, text("currency")?).ok()
}
