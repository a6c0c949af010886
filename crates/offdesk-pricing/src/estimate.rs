//! From a text to the price of an hour: every occupation it may be, each with the spread of its wages, in one range.

mod sureness;

use self::sureness::{is_likely, temper, told};

use std::collections::HashMap;
use std::sync::Arc;

use offdesk_domain::activity::Folder;
use offdesk_domain::{Currency, Place, Soc};
use rust_decimal::Decimal;

use crate::known::stand_for;
use crate::market::{self, Basis, Cost, Pay, Terms};
use crate::mixture::range;
use crate::model::{Model, ModelError, Scratch, Silence};
use crate::{KnownTexts, Match, empty};

/// So much less likely a text is taken for work that is not done at a desk: owners' lists hold little of it.
const ELSEWHERE: f32 = 0.35;
/// What the catalogue is sure of counts at most this much beside the model.
const CATALOGUE: f32 = 0.9;
/// A text is read where one occupation is so likely,
const LEAST: f32 = 0.2;
/// or where all of one major group are.
const LEAST_OF_GROUP: f32 = 0.5;
/// No reading of words alone is surer than this.
const MOST: f32 = 0.95;
/// Readings less likely than this are not told.
const LEAST_TOLD: f32 = 0.01;
/// So many further readings are told.
const ALTERNATIVES: usize = 4;
/// The catalogue's figure of a place is taken where it is at least so sure, in hundredths.
const SURE: u8 = 60;
/// What a reading rests on is told where it counts at least so much.
const LEAST_BASIS: f64 = 0.1;

/// An estimate of the price of an hour.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Where.
    pub place: Place,
    /// In which currency.
    pub currency: Currency,
    /// An 80 % range: a tenth of such work is paid less.
    pub low: Decimal,
    /// Half of such work is paid less.
    pub likely: Decimal,
    /// A tenth of such work is paid more.
    pub high: Decimal,
    /// What the text says, the likeliest first; at least one.
    pub readings: Vec<(Soc, f32)>,
    /// Figures the estimate rests on, and what widened it, in one line each.
    pub basis: Vec<String>,
    /// What the likely hour costs who buys it; `None` where no rate leads to its currency.
    pub cost: Option<Cost>,
}

/// Why a text has no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoPrice {
    /// There is no word in it.
    #[error("there is no word in it")]
    Empty,
    /// It says what no market pays for: a break, a holiday, travel to work.
    #[error("no market pays for it ({kind})")]
    Rest {
        /// What it is.
        kind: &'static str,
    },
    /// It does not say what is done.
    #[error("it does not say what is done")]
    Unknown,
    /// There is no such place.
    #[error("no wages are known for {0}")]
    Place(Place),
    /// No exchange rate leads from the figures of the place to the currency.
    #[error("no exchange rate leads from the figures of {0} to {1}")]
    Currency(Place, Currency),
    /// The model in the program is damaged.
    #[error("{0}")]
    Model(#[from] ModelError),
}

/// Occupations with their shares, the likeliest first.
pub type Shares = Vec<(Soc, f32)>;

/// Reads texts with buffers that are kept between them.
#[derive(Debug, Default)]
pub struct Reader {
    folder: Folder,
    scratch: Scratch,
    /// What texts were read as; owners' texts come again.
    known: HashMap<String, Read>,
    /// Texts known word for word.
    texts: Arc<KnownTexts>,
}

/// What a text is read as.
type Read = Result<(Shares, Option<Match>), NoPrice>;

/// So many texts are known at a time.
const MOST_READ: usize = 50_000;

impl Reader {
    /// A reader that knows some texts word for word.
    #[must_use]
    pub fn knowing(texts: Arc<KnownTexts>) -> Self {
        Self {
            texts,
            ..Self::default()
        }
    }

    /// Who says what a text stands for, where it is known word for word: a line for people.
    #[must_use]
    pub fn who_says(&self, text: &str) -> Option<String> {
        let (_, source) = self.texts.find(text)?;
        Some(format!("known word for word from {source}"))
    }

    /// What a text says, the likeliest occupation first, and the kind of work of the catalogue that it fits.
    ///
    /// # Errors
    /// [`NoPrice`] for a text that says nothing.
    pub fn readings(&mut self, text: &str) -> Result<(Shares, Option<Match>), NoPrice> {
        if let Some(known) = self.known.get(text) {
            return known.clone();
        }
        let read = self.read(text);
        if self.known.len() >= MOST_READ {
            self.known.clear();
        }
        self.known.insert(text.to_owned(), read.clone());
        read
    }

    fn read(&mut self, text: &str) -> Read {
        let found = crate::kind_of_form(self.folder.fold(text));
        if let Some(Match { kind, .. }) = found
            && kind.is_rest
        {
            return Err(NoPrice::Rest { kind: kind.name });
        }
        let reading = Model::embedded()?.read(text, &mut self.scratch);
        let mut readings: Shares = reading
            .likely
            .iter()
            .map(|it| {
                let share = if it.soc.is_desk_work() {
                    1.0
                } else {
                    ELSEWHERE
                };
                (it.soc, it.probability * share)
            })
            .collect();
        if let Some((occupations, _)) = self.texts.find(text) {
            stand_for(occupations, &mut readings);
        }
        let sum: f32 = readings.iter().map(|(_, share)| share).sum();
        let of_catalogue = found.and_then(|found| {
            let soc = found.kind.occupation?.parse::<Soc>().ok()?;
            Some((soc, CATALOGUE * f32::from(found.confidence) / 100.0))
        });
        let left = 1.0 - of_catalogue.map_or(0.0, |(_, share)| share);
        for (_, share) in &mut readings {
            *share *= left / sum.max(f32::MIN_POSITIVE);
        }
        if let Some((soc, share)) = of_catalogue {
            match readings.iter_mut().find(|(known, _)| *known == soc) {
                Some((_, known)) => *known += share,
                None => readings.push((soc, share)),
            }
        }
        readings.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        temper(&mut readings);
        let is_vague = found.is_none_or(|found| found.confidence < SURE)
            && (empty::says_nothing(text) || empty::is_binary(text) || !is_likely(&readings));
        match readings.first() {
            None if reading.silence == Some(Silence::Empty) => Err(NoPrice::Empty),
            None => Err(NoPrice::Unknown),
            Some(_) if is_vague => Err(NoPrice::Unknown),
            Some(_) => Ok((readings, found)),
        }
    }

    /// The price of an hour of what a text says, in a place and its own currency, by what is in the program.
    ///
    /// # Errors
    /// [`NoPrice`].
    pub fn estimate(&mut self, text: &str, place: Place) -> Result<Estimate, NoPrice> {
        let (readings, found) = self.readings(text)?;
        let terms = Terms::of(place).ok_or(NoPrice::Place(place))?;
        estimate_of(readings, found, &terms)
    }
}

/// The price of an hour of work that may be these occupations, the likeliest first, on some terms.
///
/// # Errors
/// [`NoPrice`].
pub fn estimate_of(
    readings: Shares,
    found: Option<Match>,
    terms: &Terms<'_>,
) -> Result<Estimate, NoPrice> {
    let place = terms.place;
    if !market::is_known(place) && !terms.facts.has(place) {
        return Err(NoPrice::Place(place));
    }
    let known = priced(&readings, terms);
    let direct = found
        .filter(|found| place != Place::US && found.confidence >= SURE)
        .and_then(|found| crate::figure_of(found.kind, terms));
    let (amounts, basis) = match direct {
        Some((amounts, source)) => (amounts, vec![source]),
        None => {
            let amounts = range(&known).ok_or(NoPrice::Currency(place, terms.currency))?;
            (amounts, basis_of(&readings, terms))
        }
    };
    let at_home = Terms {
        place: Place::US,
        ..*terms
    };
    let american = if place == Place::US {
        Some(amounts)
    } else {
        range(&priced(&readings, &at_home))
    };
    let cost = american.and_then(|american| market::cost_of(amounts[1], american[1], terms));
    let [low, likely, high] = exact(amounts)?;
    Ok(Estimate {
        place,
        currency: terms.currency,
        low,
        likely,
        high,
        readings: told(readings),
        basis,
        cost,
    })
}

/// The pay of each reading, without its basis.
fn priced(readings: &Shares, terms: &Terms<'_>) -> Vec<(Pay, f64)> {
    let pays = readings.iter();
    pays.filter_map(|(soc, share)| {
        let pay = market::pay(*soc, terms, Basis::Left)?;
        Some((pay, f64::from(*share)))
    })
    .collect()
}

/// What the readings that count rest on, each once, the likeliest first.
fn basis_of(readings: &Shares, terms: &Terms<'_>) -> Vec<String> {
    let whole: f64 = readings.iter().map(|(_, share)| f64::from(*share)).sum();
    let mut basis: Vec<String> = Vec::new();
    for (soc, share) in readings {
        let counts = basis.is_empty() || f64::from(*share) >= LEAST_BASIS * whole;
        let told = counts.then(|| market::pay(*soc, terms, Basis::Told));
        if let Some(Pay { basis: told, .. }) = told.flatten()
            && !basis.contains(&told)
        {
            basis.push(told);
        }
    }
    basis
}

fn exact(amounts: [f64; 3]) -> Result<[Decimal; 3], NoPrice> {
    let mut out = [Decimal::ZERO; 3];
    for (place, amount) in out.iter_mut().zip(amounts) {
        let amount = Decimal::try_from(amount).map_err(|_| NoPrice::Unknown)?;
        *place = amount.round_dp(2);
    }
    Ok(out)
}
