//! The places there are: countries with their currencies and price levels, and the regions with figures of their own.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use offdesk_domain::{Currency, Place};

/// Regions with figures of their own: code, name, and the words people type for it.
const REGIONS: [(&str, &str); 3] = [
    ("US-42660", "Seattle-Tacoma-Bellevue, WA, United States"),
    (
        "US-38900",
        "Portland-Vancouver-Hillsboro, OR-WA, United States",
    ),
    ("US-WA", "Washington, United States"),
];

/// States of the United States by code and name; without figures of their own they have those of the nation, wider.
const STATES: &str = include_str!("../../states.txt");

/// Regions by code and name: those with figures of their own first.
fn regions() -> impl Iterator<Item = (&'static str, &'static str)> {
    let states = STATES.lines().filter_map(|line| line.split_once(' '));
    REGIONS.into_iter().chain(states)
}

/// Other names that people type for a country.
const ALIASES: [(&str, &str); 13] = [
    ("uk", "GB"),
    ("england", "GB"),
    ("great britain", "GB"),
    ("usa", "US"),
    ("america", "US"),
    ("holland", "NL"),
    ("czech republic", "CZ"),
    ("south korea", "KR"),
    ("russia", "RU"),
    ("turkey", "TR"),
    ("egypt", "EG"),
    ("hong kong", "HK"),
    ("vietnam", "VN"),
];

/// Currencies by country (ISO 4217), and US dollars where none is named.
const CURRENCIES: &str = include_str!("../../currencies.txt");

/// A country.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Country {
    pub(crate) name: &'static str,
    pub(crate) currency: Currency,
    /// Units of local currency that buy what a dollar buys in the United States, with the year.
    pub(crate) power: Option<(f64, &'static str)>,
}

/// Every country, read at the first call.
pub(crate) fn countries() -> &'static BTreeMap<Place, Country> {
    static ALL: OnceLock<BTreeMap<Place, Country>> = OnceLock::new();
    ALL.get_or_init(|| {
        let currencies: BTreeMap<&str, Currency> = CURRENCIES
            .lines()
            .filter_map(|line| line.split_once(": "))
            .flat_map(|(currency, countries)| {
                let currency = currency.parse::<Currency>().ok();
                countries
                    .split(' ')
                    .filter_map(move |country| Some((country, currency?)))
            })
            .collect();
        let lines = include_str!("../../countries.csv").lines();
        lines
            .filter_map(|line| {
                let mut fields = line.splitn(4, ',');
                let code = fields.next()?;
                let power = fields.next()?.parse().ok()?;
                let year = fields.next()?;
                let country = Country {
                    name: fields.next()?,
                    currency: currencies.get(code).copied().unwrap_or(Currency::USD),
                    power: Some((power, year)),
                };
                Some((code.parse().ok()?, country))
            })
            .collect()
    })
}

/// The country a place is in; `None` where no such country is known.
pub(crate) fn country_of(place: Place) -> Option<&'static Country> {
    countries().get(&place.country())
}

/// Whether prices of the place can be told: a country, or a region with figures of its own.
#[must_use]
pub fn is_known(place: Place) -> bool {
    countries().contains_key(&place) || regions().any(|(code, _)| code == place.code())
}

/// All places whose prices can be told, with their names, in the order of these.
#[must_use]
pub fn list_places() -> Vec<(Place, &'static str)> {
    let regions = regions().filter_map(|(code, name)| Some((code.parse().ok()?, name)));
    let countries = countries().iter();
    let mut all: Vec<(Place, &'static str)> = countries
        .map(|(place, country)| (*place, country.name))
        .chain(regions)
        .collect();
    all.sort_by(|a, b| a.1.cmp(b.1).then_with(|| a.0.cmp(&b.0)));
    all
}

/// The place's name in English; its code where it has none.
#[must_use]
pub fn place_name(place: Place) -> String {
    let region = regions().find(|(code, _)| *code == place.code());
    let name = region
        .map(|(_, name)| name)
        .or_else(|| countries().get(&place).map(|country| country.name));
    name.map_or_else(|| place.to_string(), str::to_owned)
}

/// The place that people mean by a code or a name: `IN`, `India`, `Seattle`, `UK`.
///
/// # Errors
/// The nearest known places, each with code and name, the nearest first.
pub fn place_named(text: &str) -> Result<Place, Vec<String>> {
    let wanted = text.trim().to_lowercase();
    let alias = ALIASES.iter().find(|(name, _)| *name == wanted);
    if let Some(place) = alias.and_then(|(_, code)| code.parse().ok()) {
        return Ok(place);
    }
    if let Ok(place) = wanted.parse()
        && is_known(place)
    {
        return Ok(place);
    }
    let named = || {
        let regions =
            regions().filter_map(|(code, name)| Some((code.parse::<Place>().ok()?, name)));
        let countries = countries().iter();
        countries
            .map(|(place, country)| (*place, country.name))
            .chain(regions)
    };
    // "Iran" for "Iran, Islamic Rep.", "Seattle" for "Seattle-Tacoma-Bellevue, WA, United States".
    let first = |name: &str| {
        let part = name.split([',', '-']).next().unwrap_or("");
        part.to_lowercase()
    };
    let is_named = |name: &str| name.to_lowercase() == wanted || first(name) == wanted;
    if let Some((place, _)) = named().find(|(_, name)| is_named(name)) {
        return Ok(place);
    }
    let mut nearest: Vec<(f64, String)> = named()
        .map(|(place, name)| {
            let likeness = strsim::jaro_winkler(&first(name), &wanted);
            let of_code = strsim::jaro_winkler(&place.code().to_lowercase(), &wanted);
            (likeness.max(of_code), format!("{place} ({name})"))
        })
        .collect();
    nearest.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Err(nearest.into_iter().take(3).map(|(_, name)| name).collect())
}

/// The country of a code of three letters, such as `DEU` (ISO 3166).
#[must_use]
pub fn country_by_three_letters(code: &str) -> Option<Place> {
    let all = include_str!("../../alpha3.txt");
    let known = all
        .split_whitespace()
        .find(|known| known.get(..3) == Some(code));
    known?.get(3..)?.parse().ok()
}

/// The currency of a place; `None` where no such country is known.
#[must_use]
pub fn currency_of(place: Place) -> Option<Currency> {
    country_of(place).map(|country| country.currency)
}
