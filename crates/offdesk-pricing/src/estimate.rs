//! From a text to the price of an hour: every occupation it may be, each with the spread of its wages, in one range.

use offdesk_domain::activity::Folder;
use offdesk_domain::{Currency, Place, Soc};
use rust_decimal::Decimal;

use crate::model::{Model, ModelError, Scratch, Silence};
use crate::{Match, WorkText, empty, occupations};

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
/// Dollars a pound: Federal Reserve H.10, mean of June 2026 (0.7497 pounds a dollar).
const DOLLARS_A_POUND: f64 = 1.0 / 0.7497;
/// The catalogue's figure of a place is taken where it is at least so sure, in hundredths.
const SURE: u8 = 60;
/// Pay in the United Kingdom beside the United States, where no figure of its own is known: low, likely, high.
const BRITISH: [f64; 3] = [0.61, 0.69, 0.83];

const OEWS: &str = "U.S. Bureau of Labor Statistics, OEWS, May 2024: employee wages, before the employer's share and fees";
const FROM_AMERICAN: &str = "wider: pay in the United Kingdom taken as 0.69 (0.61 to 0.83) of that in the United States, at \
    0.7497 pounds a dollar (Federal Reserve H.10, June 2026)";

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
    /// No wage of the place is known.
    #[error("no wages are known for {0}")]
    Place(Place),
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
}

impl Reader {
    /// What a text says, the likeliest occupation first, and the kind of work of the catalogue that it fits.
    ///
    /// # Errors
    /// [`NoPrice`] for a text that says nothing.
    pub fn readings(&mut self, text: &str) -> Result<(Shares, Option<Match>), NoPrice> {
        let found = crate::kind_of(&WorkText {
            description: self.folder.fold(text),
            ..WorkText::default()
        });
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

    /// The price of an hour of what a text says, in a place.
    ///
    /// # Errors
    /// [`NoPrice`].
    pub fn estimate(&mut self, text: &str, place: Place) -> Result<Estimate, NoPrice> {
        let (readings, found) = self.readings(text)?;
        estimate_of(readings, found, place)
    }
}

/// The price of an hour of work that may be these occupations, the likeliest first, in a place.
///
/// # Errors
/// [`NoPrice`].
pub fn estimate_of(
    readings: Shares,
    found: Option<Match>,
    place: Place,
) -> Result<Estimate, NoPrice> {
    let known: Vec<(&occupations::Occupation, f64)> = readings
        .iter()
        .filter_map(|(soc, share)| Some((occupations::all().get(soc)?, f64::from(*share))))
        .collect();
    let american = range(&known).ok_or(NoPrice::Place(place))?;
    let mut basis = vec![OEWS.to_owned()];
    let wider = known.iter().map(|(it, _)| it.of).find(|of| !of.is_empty());
    basis.extend(wider.map(|of| format!("for a part of it the figures of the wider group {of}")));
    let direct = found
        .filter(|found| place != Place::US && found.confidence >= SURE)
        .and_then(|found| crate::price_of(found.kind, found.confidence, place));
    let (currency, [low, likely, high]) = if place == Place::US {
        ("USD", exact(american)?)
    } else if let Some(price) = direct {
        basis = vec![price.source];
        let range = price.range;
        ("GBP", [range.low, range.likely, range.high])
    } else if place.code() == "GB" {
        basis.push(FROM_AMERICAN.to_owned());
        let pounds: [f64; 3] =
            std::array::from_fn(|at| american[at] * BRITISH[at] / DOLLARS_A_POUND);
        ("GBP", exact(pounds)?)
    } else {
        return Err(NoPrice::Place(place));
    };
    Ok(Estimate {
        place,
        currency: currency.parse().map_err(|_| NoPrice::Place(place))?,
        low,
        likely,
        high,
        readings: told(readings),
        basis,
    })
}

/// The likeliest readings, without those that hardly count.
fn told(readings: Shares) -> Shares {
    let told = readings.into_iter().take(ALTERNATIVES + 1);
    told.filter(|(_, share)| *share >= LEAST_TOLD).collect()
}

/// Takes what the likeliest reading has too much and gives it to the others.
fn temper(readings: &mut [(Soc, f32)]) {
    let Some(((_, best), others)) = readings.split_first_mut() else {
        return;
    };
    let rest: f32 = others.iter().map(|(_, share)| share).sum();
    if *best > MOST {
        *best = MOST;
        for (_, share) in others {
            *share *= (1.0 - MOST) / rest.max(f32::MIN_POSITIVE);
        }
    }
}

/// Whether one occupation, or one major group of them, is likely enough to be priced.
fn is_likely(readings: &[(Soc, f32)]) -> bool {
    let Some((first, best)) = readings.first() else {
        return false;
    };
    let group = readings
        .iter()
        .filter(|(soc, _)| soc.major() == first.major());
    *best >= LEAST || group.map(|(_, share)| share).sum::<f32>() >= LEAST_OF_GROUP
}

fn exact(amounts: [f64; 3]) -> Result<[Decimal; 3], NoPrice> {
    let mut out = [Decimal::ZERO; 3];
    for (place, amount) in out.iter_mut().zip(amounts) {
        let amount = Decimal::try_from(amount).map_err(|_| NoPrice::Unknown)?;
        *place = amount.round_dp(2);
    }
    Ok(out)
}

/// The 10th, 50th and 90th percentile of a mixture of occupations, each with the spread of its own wages.
fn range(occupations: &[(&occupations::Occupation, f64)]) -> Option<[f64; 3]> {
    /// The places of the known percentiles on the scale of the normal distribution.
    const KNOWN: [f64; 5] = [-1.2816, -0.6745, 0.0, 0.6745, 1.2816];
    /// Twenty equal parts of an occupation by their middles, on the same scale.
    const PARTS: [f64; 20] = [
        -1.96, -1.44, -1.15, -0.935, -0.755, -0.598, -0.454, -0.319, -0.189, -0.063, 0.063, 0.189,
        0.319, 0.454, 0.598, 0.755, 0.935, 1.15, 1.44, 1.96,
    ];
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(occupations.len() * PARTS.len());
    for (occupation, share) in occupations {
        let logs = occupation.percentiles.map(f64::ln);
        for place in PARTS {
            let above = KNOWN
                .iter()
                .position(|known| *known >= place)
                .unwrap_or(4)
                .max(1);
            let (from, to) = (KNOWN[above - 1], KNOWN[above]);
            let slope = (logs[above] - logs[above - 1]) / (to - from);
            points.push((logs[above - 1] + slope * (place - from), *share));
        }
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = points.iter().map(|(_, share)| share).sum();
    let at = |part: f64| {
        let mut sum = 0.0;
        let found = points.iter().find(|(_, share)| {
            sum += share;
            sum >= part * whole
        });
        found.map(|(log, _)| log.exp())
    };
    Some([at(0.1)?, at(0.5)?, at(0.9)?])
}
