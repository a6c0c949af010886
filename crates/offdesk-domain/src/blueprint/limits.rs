//! Whether a rule says how far somebody decides alone: up to which amount, or that nothing is signed.

use super::warnings::has_any;
use crate::Currency;

/// Words by which a rule is known to be about money.
const MONEY: [&str; 26] = [
    "spend",
    "spending",
    "spent",
    "pay",
    "pays",
    "paying",
    "payment",
    "payments",
    "refund",
    "refunds",
    "discount",
    "discounts",
    "cost",
    "costs",
    "price",
    "prices",
    "money",
    "budget",
    "invoice",
    "fee",
    "credit",
    "buy",
    "purchase",
    "geld",
    "kosten",
    "betrag",
];

/// Words by which such a rule is known to rule it out.
const RULED_OUT: [&str; 13] = [
    "no money",
    "no payment",
    "no payments",
    "no refund",
    "no refunds",
    "no discount",
    "no discounts",
    "nothing is spent",
    "spend nothing",
    "never",
    "must not",
    "may not",
    "not allowed",
];

/// With these begins a rule that forbids something.
const FORBIDDING: [&str; 5] = ["do not ", "don't ", "don\u{2019}t ", "you do not ", "kein "];

/// Words by which a rule is known to be about what binds the business.
const LEGAL: [&str; 23] = [
    "legal",
    "legally",
    "law",
    "laws",
    "lawyer",
    "lawyers",
    "court",
    "contract",
    "contracts",
    "agreement",
    "signed",
    "signing",
    "signature",
    "liability",
    "liable",
    "complaint",
    "claim",
    "dispute",
    "tax",
    "privacy",
    "personal data",
    "vertrag",
    "recht",
];

/// After these a number is how far one goes.
const UP_TO: [&str; 10] = [
    "up to", "until", "at most", "max", "maximum", "bis", "bis zu", "hasta", "jusqu à", "jusqu a",
];

/// What currencies are called.
const CURRENCIES: [&str; 31] = [
    "euro", "euros", "dollar", "dollars", "dólar", "dólares", "dolar", "dolares", "pound",
    "pounds", "libra", "libras", "franc", "francs", "franken", "yen", "yuan", "peso", "pesos",
    "rupee", "rupees", "reais", "zloty", "złoty", "krone", "kronen", "kroner", "kronor", "rand",
    "cents", "bucks",
];

/// Codes that people write in small letters, too; those of other currencies are words.
const SMALL_CODES: [&str; 4] = ["usd", "eur", "gbp", "chf"];

/// What a number of these is, is no amount.
const NO_AMOUNTS: [&str; 36] = [
    "second", "seconds", "minute", "minutes", "min", "mins", "hour", "hours", "h", "day", "days",
    "week", "weeks", "month", "months", "year", "years", "am", "pm", "o", "time", "times", "uhr",
    "stunden", "tag", "tage", "tagen", "wochen", "monate", "mal", "horas", "días", "dias",
    "semanas", "jours", "heures",
];

/// Before a number these make it a place in the page.
const PLACES: [&str; 6] = ["step", "steps", "page", "number", "no", "point"];

/// A word, a number or a sign of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number,
    /// A time of day.
    Time,
    Word(String),
    /// A sign of a currency.
    Sign,
}

/// Whether a rule has a limit.
pub(super) fn has_limit(text: &str) -> bool {
    has_amount(text) || rules_money_out(text) || has_any(text, &LEGAL) || is_about_signing(text)
}

fn rules_money_out(text: &str) -> bool {
    let lower = text.trim_start().to_lowercase();
    let is_forbidden = FORBIDDING.iter().any(|begin| lower.starts_with(begin));
    has_any(text, &MONEY) && (is_forbidden || has_any(text, &RULED_OUT))
}

/// An amount of money, a number up to which one decides, or a number in a rule about money.
fn has_amount(text: &str) -> bool {
    let all = tokens(text);
    let is_about_money = has_any(text, &MONEY);
    all.iter().enumerate().any(|(at, token)| {
        if *token != Token::Number {
            return false;
        }
        let (before, behind) = (
            at.checked_sub(1).and_then(|at| all.get(at)),
            all.get(at + 1),
        );
        if [before, behind].into_iter().flatten().any(is_currency) {
            return true;
        }
        let is_amount = !is_word(behind, &NO_AMOUNTS) && !is_word(before, &PLACES);
        is_amount && (is_about_money || is_up_to(all.get(..at).unwrap_or_default()))
    })
}

fn is_word(token: Option<&Token>, words: &[&str]) -> bool {
    matches!(token, Some(Token::Word(word)) if words.contains(&word.to_lowercase().as_str()))
}

fn is_currency(token: &Token) -> bool {
    match token {
        Token::Sign => true,
        Token::Word(word) => {
            let lower = word.to_lowercase();
            let is_code = word.chars().count() == 3 && word.chars().all(char::is_uppercase);
            CURRENCIES.contains(&lower.as_str())
                || SMALL_CODES.contains(&lower.as_str())
                || is_code && word.parse::<Currency>().is_ok()
        }
        Token::Number | Token::Time => false,
    }
}

/// Whether what stands before a number leads up to it.
fn is_up_to(before: &[Token]) -> bool {
    let word = |back: usize| match before.get(before.len().checked_sub(back)?) {
        Some(Token::Word(word)) => Some(word.to_lowercase()),
        _ => None,
    };
    let last = word(1).unwrap_or_default();
    let both = format!("{} {last}", word(2).unwrap_or_default());
    UP_TO.iter().any(|lead| *lead == last || *lead == both)
}

/// Whether it is about signing something: "no sign of it" is not.
fn is_about_signing(text: &str) -> bool {
    let all = tokens(text);
    all.iter().enumerate().any(|(at, token)| {
        let before = at.checked_sub(1).and_then(|at| all.get(at));
        is_word(Some(token), &["sign"])
            && !is_word(before, &["a", "no", "any", "the", "some", "this", "first"])
            && !is_word(all.get(at + 1), &["of", "in", "up", "off", "that"])
    })
}

fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_ascii_digit() {
            let mut is_time = false;
            while let Some(more) = letters.next_if(|it| {
                it.is_ascii_digit() || matches!(it, '.' | ',' | ':' | '\'' | '\u{2019}')
            }) {
                is_time |= more == ':' && letters.peek().is_some_and(char::is_ascii_digit);
            }
            all.push(if is_time { Token::Time } else { Token::Number });
        } else if letter.is_alphabetic() {
            let mut word = letter.to_string();
            while let Some(more) = letters.next_if(|it| it.is_alphabetic()) {
                word.push(more);
            }
            all.push(Token::Word(word));
        } else if matches!(letter, '$' | '€' | '£' | '¥' | '₹') {
            all.push(Token::Sign);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_an_amount_or_what_is_not_signed() {
        for (rule, is_limit) in [
            ("Decide alone up to 50 euros, ask above.", true),
            ("Up to 50 dollars you decide; above that ask.", true),
            ("Bis 50 Euro allein, darüber fragen.", true),
            ("Gasta hasta 50 y pregunta por encima.", true),
            ("Jusqu'à 50 euros, sinon demander.", true),
            ("jusqu\u{2019}a 50", true),
            ("Refund up to 50, ask above", true),
            ("More than $20: ask.", true),
            ("Ask above 100EUR.", true),
            ("Above 1,000 PHP ask Noor.", true),
            ("A discount of more than 10 %: ask.", true),
            ("No money is spent and nothing is signed.", true),
            ("Never refund anything yourself.", true),
            ("Do not pay anything.", true),
            ("Do not sign anything.", true),
            ("Somebody speaks of a lawyer", true),
            ("If they do not pay, ask.", false),
            ("If there is no sign of the parcel, ask.", false),
            ("Ask if the price is not on the list.", false),
            (
                "If they have not paid the invoice after 14 days, ask.",
                false,
            ),
            ("Wait until 17:00, then ask.", false),
            ("Wait until 5 pm, then ask.", false),
            ("Call up to 3 times, then ask.", false),
            ("The price of step 3 is missing.", false),
            ("The customer is angry", false),
        ] {
            assert_eq!(has_limit(rule), is_limit, "{rule}");
        }
    }
}
