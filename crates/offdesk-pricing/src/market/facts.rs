//! Facts: what an hour of an occupation is paid in a place, by whom published, and when.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use offdesk_domain::{Currency, Place, Soc};

/// What an hour of an occupation is paid in a place, before the employer's share and fees.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Where.
    pub place: Place,
    /// Whose work.
    pub occupation: Soc,
    /// In which currency.
    pub currency: Currency,
    /// 10th, 25th, 50th, 75th and 90th percentile of an hour, as far as they are published; the median always is.
    /// Statistics, not amounts of money: prices are made from them.
    pub percentiles: [Option<f64>; 5],
    /// The year of the figures.
    pub year: u16,
    /// Publisher, publication and date, for people.
    pub source: String,
}

/// Pay of a place that is published for wide groups only.
#[derive(Debug, Clone)]
pub(crate) struct GroupPay {
    pub(crate) currency: Currency,
    pub(crate) hour: f64,
    pub(crate) source: String,
}

/// Facts by place and occupation: those in the program, and those that the owner imported.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    by_place: BTreeMap<(Place, Soc), Vec<Fact>>,
    /// Mean pay by major group of ISCO-08; group 0 is everybody.
    groups: BTreeMap<(Place, u8), GroupPay>,
    /// Units of local currency that buy what a dollar buys in the United States, with the year, as imported.
    powers: BTreeMap<Place, (f64, String)>,
    /// Whether the facts in the program stand behind these; they are read when a place needs them.
    is_on_shipped: bool,
}

impl Facts {
    /// The facts in the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Facts> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut facts = Self::default();
            for line in include_str!("../../facts.csv").lines() {
                if !line.starts_with('#') {
                    facts.read_line(line);
                }
            }
            facts
        })
    }

    /// No fact but those in the program.
    #[must_use]
    pub fn on_shipped() -> Self {
        Self {
            is_on_shipped: true,
            ..Self::default()
        }
    }

    /// The facts behind these that say anything of a place; of the United States as a whole there are none.
    fn behind(&self, place: Place) -> Option<&'static Self> {
        (self.is_on_shipped && place != Place::US).then(Self::shipped)
    }

    /// Adds a fact; of the same place and occupation the newest counts, of the same year the one added last.
    pub fn add(&mut self, fact: Fact) {
        let known = self
            .by_place
            .entry((fact.place, fact.occupation))
            .or_default();
        let at = known.partition_point(|other| other.year > fact.year);
        known.insert(at, fact);
    }

    /// The fact that counts for an occupation in a place.
    #[must_use]
    pub fn find(&self, place: Place, occupation: Soc) -> Option<&Fact> {
        let own = self.by_place.get(&(place, occupation));
        let own = own.and_then(|facts| facts.first());
        let behind = self.behind(place);
        let behind = behind.and_then(|facts| facts.find(place, occupation));
        match (own, behind) {
            (Some(own), Some(behind)) if behind.year > own.year => Some(behind),
            (own, behind) => own.or(behind),
        }
    }

    /// Whether pay of wide groups is known in a currency, so that every occupation has a price in it.
    pub(crate) fn has_group_in(&self, place: Place, currency: Currency) -> bool {
        let everybody = self.group(place, 0);
        everybody.is_some_and(|pay| pay.currency == currency)
    }

    pub(crate) fn group(&self, place: Place, group: u8) -> Option<&GroupPay> {
        let own = self.groups.get(&(place, group));
        own.or_else(|| self.behind(place)?.group(place, group))
    }

    /// Adds the mean pay of a major group of ISCO-08 in a place, 0 for everybody; it goes before what was known.
    pub fn add_group(
        &mut self,
        place: Place,
        group: u8,
        currency: Currency,
        hour: f64,
        source: String,
    ) {
        let pay = GroupPay {
            currency,
            hour,
            source,
        };
        self.groups.insert((place, group), pay);
    }

    /// Adds how many units of its currency buy in a country what a dollar buys in the United States.
    pub fn add_power(&mut self, place: Place, units: f64, year: String) {
        self.powers.insert(place, (units, year));
    }

    pub(crate) fn power(&self, place: Place) -> Option<&(f64, String)> {
        self.powers.get(&place)
    }

    /// Whether there is a fact of the place itself.
    pub(crate) fn has(&self, place: Place) -> bool {
        let has = self.by_place.keys().any(|(known, _)| *known == place);
        has || self.behind(place).is_some_and(|facts| facts.has(place))
    }

    fn read_line(&mut self, line: &'static str) -> Option<()> {
        let mut fields = line.splitn(8, ',');
        let place: Place = fields.next()?.parse().ok()?;
        let code = fields.next()?;
        let [low, median, high] = [fields.next()?, fields.next()?, fields.next()?]
            .map(|figure| figure.parse::<f64>().ok());
        let currency: Currency = fields.next()?.parse().ok()?;
        let (year, source) = publication(fields.next()?)?;
        let number = fields.next()?;
        let group = match code {
            "ALL" => Some(0),
            _ => code
                .strip_prefix("ISCO-")
                .and_then(|group| group.parse().ok()),
        };
        if let Some(group) = group {
            let hour = median?;
            self.groups.insert(
                (place, group),
                GroupPay {
                    currency,
                    hour,
                    source: source.to_owned(),
                },
            );
            return Some(());
        }
        median?;
        let source = if number.is_empty() {
            source.to_owned()
        } else {
            format!("{source}, {number} people")
        };
        self.add(Fact {
            place,
            occupation: code.parse().ok()?,
            currency,
            percentiles: [None, low, median, high, None],
            year,
            source,
        });
        Some(())
    }
}

/// Year and full name of a publication of the shipped table.
fn publication(source: &str) -> Option<(u16, &'static str)> {
    Some(match source {
        "OEWS-WA-2022" => (
            2022,
            "Washington State Employment Security Department, OEWS, 2022",
        ),
        "ASHE-2025" => (
            2025,
            "Office for National Statistics, ASHE 2025 provisional",
        ),
        "ASHE-2021" => (2021, "Office for National Statistics, ASHE 2021"),
        "DOU-2025" => (
            2025,
            "DOU survey (https://dou.ua), June 2025, net of tax, people in IT",
        ),
        "AIJOBS-2023" => (2023, "AI jobs survey 2022 and 2023, self-reported"),
        "ILOSTAT-2025" => (
            2025,
            "ILOSTAT, mean monthly earnings of employees, 2025, at 208 hours a month",
        ),
        "PSA-2022" => (
            2022,
            "Philippine Statistics Authority, Occupational Wages Survey 2022, all occupations, at 208 hours a month",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads() {
        let facts = Facts::shipped();
        let lines = include_str!("../../facts.csv").lines();
        let rows = lines.filter(|line| !line.starts_with(['#', 'p'])).count();
        let read: usize = facts.by_place.values().map(Vec::len).sum();
        assert_eq!(read + facts.groups.len(), rows);
        for fact in facts.by_place.values().flatten() {
            let known: Vec<f64> = fact.percentiles.iter().flatten().copied().collect();
            assert!(known.is_sorted() && known[0] > 0.5, "{fact:?}");
        }
    }

    #[test]
    fn the_newest_fact_counts_and_of_one_year_the_last() {
        let mut facts = Facts::default();
        let fact = |year, source: &str| Fact {
            place: Place::US,
            occupation: "43-3031".parse().unwrap(),
            currency: Currency::USD,
            percentiles: [None, None, Some(20.0), None, None],
            year,
            source: source.to_owned(),
        };
        for (year, source) in [(2024, "a"), (2020, "b"), (2024, "c"), (2023, "d")] {
            facts.add(fact(year, source));
        }
        let found = facts.find(Place::US, "43-3031".parse().unwrap()).unwrap();
        assert_eq!(found.source, "c");
    }
}
