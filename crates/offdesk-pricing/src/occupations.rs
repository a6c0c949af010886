//! The table of occupations: title and wage percentiles in the United States.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use offdesk_domain::Soc;

/// An occupation with what an hour of it is paid, in dollars, before the employer's share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occupation {
    pub(crate) title: &'static str,
    /// 10th, 25th, 50th, 75th and 90th percentile. Statistics, not amounts of money: prices are made from them.
    pub(crate) percentiles: [f64; 5],
    /// The wider code whose figures they are; empty where they are its own.
    pub(crate) of: &'static str,
    /// Whether the 90th percentile is at or over the figure.
    pub(crate) is_over: bool,
}

/// Every occupation, read at the first call.
pub(crate) fn all() -> &'static BTreeMap<Soc, Occupation> {
    static ALL: OnceLock<BTreeMap<Soc, Occupation>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lines = include_str!("../occupations.csv").lines();
        lines.filter_map(read_line).collect()
    })
}

/// The title of an occupation in the classification.
#[must_use]
pub fn title(soc: Soc) -> Option<&'static str> {
    all().get(&soc).map(|occupation| occupation.title)
}

/// Every occupation of the classification with its title.
pub fn occupations() -> impl Iterator<Item = (Soc, &'static str)> {
    all()
        .iter()
        .map(|(soc, occupation)| (*soc, occupation.title))
}

fn read_line(line: &'static str) -> Option<(Soc, Occupation)> {
    let mut fields = line.splitn(9, ',');
    let soc = fields.next()?.parse().ok()?;
    let mut percentiles = [0.0; 5];
    for place in &mut percentiles {
        *place = fields.next()?.parse().ok()?;
    }
    let of = fields.next()?;
    let is_over = !matches!(fields.next()?, "" | "0");
    let title = fields.next()?;
    Some((
        soc,
        Occupation {
            title,
            percentiles,
            of,
            is_over,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_and_is_in_order() {
        let lines = include_str!("../occupations.csv").lines();
        let rows = lines.filter(|line| !line.starts_with(['#', 'c'])).count();
        assert_eq!(all().len(), rows);
        assert!(rows > 800);
        for (soc, occupation) in all() {
            assert!(occupation.percentiles.is_sorted(), "{soc}");
            assert!(
                occupation.percentiles[0] > 5.0 && !occupation.title.is_empty(),
                "{soc}"
            );
        }
    }
}
