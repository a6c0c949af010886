//! The owner's corrections of what a text was read as or priced at; they stand in the rules file.

mod written;

use offdesk_domain::activity::Folder;
use offdesk_domain::{Currency, PriceRange, Soc};
use offdesk_pricing::{Comparer, Kind};
use serde::Deserialize;

pub use self::written::{Saying, Written};
use crate::prices::range_of;
use crate::rules::RulesError;

/// How sure a corrected reading is, in hundredths: the owner said so, of a text like this one.
pub const CORRECTED: u8 = 95;
/// The same as a share.
pub(crate) const CORRECTED_SHARE: f32 = 0.95;
/// A kind of work is taken by other words than its name where they are read this surely, in hundredths.
const SURE: u8 = 60;

/// What a text is, in the owner's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// A kind of the catalogue.
    Kind(&'static Kind),
    /// An occupation.
    Occupation(Soc),
}

/// What the owner says of a text and of those like it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The text.
    pub text: String,
    /// What it is; `None` leaves that to the reading.
    pub work: Option<Work>,
    /// What is paid for an hour of it; `None` leaves that to the market.
    pub price: Option<PriceRange>,
    /// Currency of that; `None` for that of the answer.
    pub currency: Option<Currency>,
}

/// All corrections of a rules file, in its order.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    all: Vec<Correction>,
    texts: offdesk_pricing::Corrections,
}

impl Corrections {
    pub(crate) fn of(all: Vec<Correction>) -> Self {
        let texts = all.iter().map(|correction| correction.text.as_str());
        Self {
            texts: offdesk_pricing::Corrections::of(texts),
            all,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The correction of the text that is most like a text, where one is like it, with its place.
    #[must_use]
    pub fn nearest(&self, text: &str, comparer: &mut Comparer) -> Option<(usize, &Correction)> {
        let (at, _) = self.texts.nearest(text, comparer)?;
        Some((at, self.all.get(at)?))
    }

    /// The correction at a place.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Correction> {
        self.all.get(at)
    }
}

/// A `[[correction]]` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionRow {
    text: String,
    work: Option<String>,
    price: Option<Amount>,
    currency: Option<String>,
}

/// A price as TOML has it: `18`, `18.5`, `"15..25"`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Amount {
    Whole(i64),
    Broken(f64),
    Text(String),
}

impl CorrectionRow {
    pub(crate) fn read(self, number: usize) -> Result<Correction, RulesError> {
        let refuse = |what: String, hint: &str| {
            let message = format!("correction {number} {what}");
            RulesError::new("rules.correction", message, hint)
        };
        let text = self.text.trim().to_owned();
        if text.is_empty() {
            let hint = "add  text = \"PPC campaigns\" , words as they stand in your data";
            return Err(refuse("corrects no text".to_owned(), hint));
        }
        if self.work.is_none() && self.price.is_none() {
            let hint = "add  work = \"bookkeeping\"  or  price = \"15..25\"";
            return Err(refuse("says nothing".to_owned(), hint));
        }
        let work = match &self.work {
            Some(work) => Some(work_of(work).map_err(|near| {
                let hint = format!("did you mean {}?", near.join(", "));
                refuse(format!("names work that is not known: \"{work}\""), &hint)
            })?),
            None => None,
        };
        let price = self.price.map(|amount| {
            let written = match amount {
                Amount::Whole(number) => number.to_string(),
                Amount::Broken(number) => number.to_string(),
                Amount::Text(text) => text,
            };
            range_of(&written).map_err(|why| {
                let hint = "write it as  price = \"15..25\"  or  price = 18";
                refuse(format!("has no price in \"{written}\": {why}"), hint)
            })
        });
        let currency = self.currency.map(|code| {
            code.parse().map_err(|_| {
                let hint = "a currency is three letters: currency = \"USD\"";
                refuse(format!("has no currency in \"{code}\""), hint)
            })
        });
        Ok(Correction {
            text,
            work,
            price: price.transpose()?,
            currency: currency.transpose()?,
        })
    }
}

/// The work that a name means: a kind's id or name, an occupation's code or title, or words that are read as a kind.
///
/// # Errors
/// The nearest names where none fits.
pub fn work_of(name: &str) -> Result<Work, Vec<String>> {
    let wanted = name.trim().to_lowercase();
    let is_named = |kind: &&Kind| kind.slug == wanted || kind.name.to_lowercase() == wanted;
    if let Some(kind) = offdesk_pricing::kinds().find(is_named) {
        return Ok(Work::Kind(kind));
    }
    let by_code = wanted.parse::<Soc>().ok();
    let is_known = |soc: &Soc| offdesk_pricing::title(*soc).is_some();
    if let Some(soc) = by_code.filter(is_known) {
        return Ok(Work::Occupation(soc));
    }
    let mut occupations = offdesk_pricing::occupations();
    if let Some((soc, _)) = occupations.find(|(_, title)| title.to_lowercase() == wanted) {
        return Ok(Work::Occupation(soc));
    }
    let read = offdesk_pricing::kind_of_form(Folder::new().fold(name));
    match read {
        Some(found) if found.confidence >= SURE => Ok(Work::Kind(found.kind)),
        _ => Err(nearest_names(&wanted)),
    }
}

/// The three names of kinds that are written most like a word.
fn nearest_names(wanted: &str) -> Vec<String> {
    let mut names: Vec<(f64, &str)> = offdesk_pricing::kinds()
        .map(|kind| {
            let name = kind.name.to_lowercase();
            (strsim::jaro_winkler(&name, wanted), kind.name)
        })
        .collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0));
    let nearest = names.into_iter().take(3);
    nearest.map(|(_, name)| format!("\"{name}\"")).collect()
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::rules::Rules;

    const RULES: &str = r#"
        [[correction]]
        text = "PPC campaigns"
        work = "bookkeeping"

        [[correction]]
        text = "logo design"
        price = 18
        currency = "USD"

        [[correction]]
        text = "newsletter"
        work = "27-3043"
        price = "20..30"
    "#;

    #[test]
    fn corrections_reach_texts_like_theirs() {
        let rules = Rules::parse(RULES).unwrap();
        let mut comparer = Comparer::default();
        let mut of = |text: &str| {
            let found = rules.corrections().nearest(text, &mut comparer);
            found.map(|(at, correction)| (at, correction.clone()))
        };
        let (at, first) = of("re-arranging PPC campaigns").unwrap();
        assert_eq!(at, 0);
        assert!(matches!(first.work, Some(Work::Kind(kind)) if kind.slug.contains("bookkeeping")));
        let (_, second) = of("Logo design for Meyer").unwrap();
        assert_eq!(second.price.unwrap().likely, Decimal::from(18));
        assert_eq!(second.currency, Some(Currency::USD));
        let (_, third) = of("newsletter").unwrap();
        assert!(matches!(third.work, Some(Work::Occupation(soc)) if soc.to_string() == "27-3043"));
        assert_eq!(of("answer support inbox"), None);
    }

    #[test]
    fn bad_corrections_are_named() {
        for (text, code, part) in [
            ("[[correction]]\nwork = 'bookkeeping'", "rules.toml", "text"),
            (
                "[[correction]]\ntext = ' '\nprice = 1",
                "rules.correction",
                "no text",
            ),
            (
                "[[correction]]\ntext = 'a'",
                "rules.correction",
                "says nothing",
            ),
            (
                "[[correction]]\ntext = 'a'\nwork = 'bokkeping qx'",
                "rules.correction",
                "not known",
            ),
            (
                "[[correction]]\ntext = 'a'\nwork = '99-9999'",
                "rules.correction",
                "not known",
            ),
            (
                "[[correction]]\ntext = 'a'\nprice = -4",
                "rules.correction",
                "negative",
            ),
            (
                "[[correction]]\ntext = 'a'\nprice = 'x'",
                "rules.correction",
                "number",
            ),
            (
                "[[correction]]\ntext = 'a'\nprice = nan",
                "rules.correction",
                "number",
            ),
            (
                "[[correction]]\ntext = 'a'\nprice = 1\ncurrency = 'dollars'",
                "rules.correction",
                "dollars",
            ),
            (
                "[[correction]]\ntext = 'a'\npay = 1",
                "rules.toml",
                "line 3",
            ),
        ] {
            let error = Rules::parse(text).unwrap_err();
            assert_eq!(error.code, code, "{text}");
            assert!(error.message.contains(part), "{text}: {}", error.message);
        }
    }
}
