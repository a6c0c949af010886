//! Derives the table of occupations with their titles and wages that the pricing crate ships.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use offdesk_domain::Soc;

use super::data::rows;
use crate::Outcome;
use crate::machine::root;

const HEAD: &str = "\
# Occupations of the Standard Occupational Classification of 2018 with their hourly wages in the United States, in USD.
# Wages: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2024, national. Public domain.
# Employee wages before the employer's share and fees. Written by `cargo xtask occupations`.
# of: the code whose figures these are, where none are published for the occupation itself; over: how many of the
#   percentiles, counted from the 90th down, are at or over the figure.
code,p10,p25,p50,p75,p90,of,over,title
";

/// Writes the table from the wages and crosswalks in a folder of data.
pub fn write(data: &Path) -> Outcome {
    let by_code: BTreeMap<String, BTreeMap<String, String>> =
        rows(&data.join("wages/us_oews_2024_national.csv"))?
            .into_iter()
            .filter_map(|row| Some((row.get("soc")?.clone(), row)))
            .collect();
    let mut out = HEAD.to_owned();
    let mut count = 0;
    for row in rows(&data.join("crosswalk/soc2018_to_oews2024.csv"))? {
        let (Some(code), Some(title), Some(of)) =
            (row.get("soc2018"), row.get("title"), row.get("oews_code"))
        else {
            continue;
        };
        let soc: Soc = code.parse()?;
        let Some((of, wages)) = published(&by_code, of, soc) else {
            continue;
        };
        let wider = if of == *code { "" } else { of.as_str() };
        writeln!(
            out,
            "{code},{},{wider},{},{title}",
            wages.0.join(","),
            wages.1
        )?;
        count += 1;
    }
    std::fs::write(root().join("crates/offdesk-pricing/occupations.csv"), out)?;
    println!("{count} occupations");
    Ok(())
}

type Wages = ([String; 5], usize);

/// The figures of a code, else of the broad, minor and major group above it, the nearest first.
fn published(
    by_code: &BTreeMap<String, BTreeMap<String, String>>,
    code: &str,
    soc: Soc,
) -> Option<(String, Wages)> {
    let text = soc.to_string();
    let groups = [
        code.to_owned(),
        format!("{}0", &text[..6]),
        format!("{}000", &text[..4]),
        format!("{}0000", &text[..3]),
    ];
    groups.into_iter().find_map(|code| {
        let row = by_code.get(&code)?;
        let figure = |name: &str| {
            row.get(name)
                .filter(|text| text.parse::<f64>().is_ok())
                .cloned()
        };
        let wages = [
            figure("hourly_p10")?,
            figure("hourly_p25")?,
            figure("hourly_p50")?,
            figure("hourly_p75")?,
            figure("hourly_p90")?,
        ];
        let over = row.get("top_coded").map_or(0, |text| {
            text.split(';').filter(|part| !part.is_empty()).count()
        });
        Some((code, (wages, over)))
    })
}
