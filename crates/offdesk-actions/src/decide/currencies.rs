//! That all amounts of a case are in one currency, wherever it stands in the case.

use offdesk_domain::Currency;
use offdesk_domain::decision::Input;
use serde_json::Value;

use super::QuestionError;
use super::question::VALUE_WHEN_DONE;
use super::typed::{currencies_in, is_of};

/// A member of a case.
type Member = (String, Value);

/// The currency a case says, where it is one.
pub(super) fn currency_of(members: &[Member]) -> Option<Currency> {
    let said = members.iter().find(|(key, _)| key == "currency");
    let code: Option<Currency> = said.and_then(|(_, value)| value.as_str()?.parse().ok());
    code.filter(|currency| currency.is_known())
}

/// The currencies that a code was perhaps meant to be.
pub(super) fn near_currencies(code: &str) -> String {
    let near = Currency::near(code);
    let near: Vec<String> = near.iter().map(Currency::to_string).collect();
    if near.is_empty() {
        "use three letters, such as USD or EUR".to_owned()
    } else {
        format!("did you mean {}?", near.join(" or "))
    }
}

/// Checks that no amount is in another currency than that of the case, or than the first amount that names one; the error comes with the
/// key it is about.
pub(super) fn one_currency(
    members: &[Member],
    currency: Option<Currency>,
) -> Result<(), (&str, QuestionError)> {
    let mut first: Option<(&str, &str)> = None;
    for (key, value) in members {
        if Input::of_key(key).is_none() && key != VALUE_WHEN_DONE {
            continue;
        }
        let texts = match value {
            Value::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        for code in texts
            .iter()
            .filter_map(Value::as_str)
            .flat_map(currencies_in)
        {
            let other = match (currency, first) {
                (Some(currency), _) if is_of(currency, code) => continue,
                (Some(currency), _) => format!("all amounts of this case are in {currency}"),
                (None, Some((_, known))) if is_same(known, code) => continue,
                (None, Some((of, known))) => format!("{of} in {known}"),
                (None, None) => {
                    first = Some((key, code));
                    continue;
                }
            };
            let message = format!("{key} is in {code}, and {other}");
            let error = QuestionError::new("decide.currency", message);
            return Err((
                key,
                error.hint("change it first: currencies are never mixed"),
            ));
        }
    }
    Ok(())
}

/// Whether two codes or signs may be of the same currency.
fn is_same(a: &str, b: &str) -> bool {
    let of = |code: &str| code.parse::<Currency>().ok();
    a == b || of(a).is_some_and(|it| is_of(it, b)) || of(b).is_some_and(|it| is_of(it, a))
}
