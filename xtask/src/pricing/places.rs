//! Derives the tables of places that the pricing crate ships: wages by place and occupation, and what money buys there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use super::data::rows;
use crate::Outcome;
use crate::machine::root;

const FACTS: &str = "\
# Hourly pay by place and occupation (SOC 2018): lower quartile, median, upper quartile. Employee wages before the
# employer's share and fees, as published or derived from monthly and yearly pay. Written by `cargo xtask places`.
# OEWS-WA-2022: Washington State Employment Security Department, Occupational Employment and Wage Statistics, 2022.
# ASHE-2025, ASHE-2021: derived from the Office for National Statistics, Annual Survey of Hours and Earnings, April 2025
#   (provisional) and April 2021; yearly pay of full-time employees / 1,950. Open Government Licence v3.0.
# DOU-2025: derived from the DOU survey of June 2025 (https://dou.ua), net of tax, people in IT; monthly pay / 173.33.
# AIJOBS-2023: AI jobs survey, 2022 and 2023 (CC0), self-reported; yearly pay / 2,080.
# ILOSTAT-2025: ILOSTAT, mean monthly earnings of employees by major group of ISCO-08 / 208 hours (CC BY 4.0).
# PSA-2022: Philippine Statistics Authority, Occupational Wages Survey 2022, mean of all occupations / 208 hours.
place,occupation,p25,p50,p75,currency,source,n
";

const COUNTRIES: &str = "\
# Countries: units of local currency that buy what a dollar buys in the United States.
# World Bank, PA.NUS.PPP (International Comparison Program), CC BY 4.0; Bulgaria's converted from leva to euros.
# Written by `cargo xtask places`.
code,ppp,year,name
";

const RATES: &str = "\
# Exchange rates, units for one US dollar. Board of Governors of the Federal Reserve System, H.10, monthly means.
# Public domain. Written by `cargo xtask places`.
currency,rate,month
";

type Row = BTreeMap<String, String>;

/// Quartiles in the order of the columns, where they are known.
type Quartiles = [Option<f64>; 3];

/// What is known of each title, with the number of people.
type Titles = BTreeMap<String, (Quartiles, f64)>;

/// Writes the tables from the facts in a folder of data.
pub fn write(data: &Path) -> Outcome {
    let all = rows(&data.join("wages/facts.csv"))?;
    let folder = root().join("crates/offdesk-pricing");
    std::fs::write(folder.join("facts.csv"), facts(&all)?)?;
    std::fs::write(folder.join("countries.csv"), countries(&all)?)?;
    std::fs::write(folder.join("rates.csv"), rates(&all)?)?;
    Ok(())
}

fn text<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).map_or("", String::as_str)
}

/// What the source of a row is called in the table, and how many hours its unit has.
fn source_of(row: &Row) -> Option<(&'static str, f64)> {
    Some(match text(row, "source") {
        "WA-ESD-OEWS-2022" => ("OEWS-WA-2022", 1.0),
        "ONS-ASHE-2025P" => ("ASHE-2025", 1950.0),
        "ONS-ASHE-2021" => ("ASHE-2021", 1950.0),
        "DOU-2025-06" => ("DOU-2025", 2080.0 / 12.0),
        "AIJOBS-2023" => ("AIJOBS-2023", 2080.0),
        "ILOSTAT-EAR_EMTA" => ("ILOSTAT-2025", 208.0),
        "PSA-OWS-2022" if text(row, "title") == "All occupations" => ("PSA-2022", 208.0),
        _ => return None,
    })
}

fn facts(all: &[Row]) -> Outcome<String> {
    // By place, occupation and source; of several titles of one occupation the mean in logarithms.
    let mut found: BTreeMap<(String, String, &str), Titles> = BTreeMap::new();
    let mut currencies = BTreeMap::new();
    for row in all {
        let Some((source, hours)) = source_of(row) else {
            continue;
        };
        let at = match text(row, "statistic") {
            "p25" => 0,
            "median" | "mean" => 1,
            "p75" => 2,
            _ => continue,
        };
        let value: f64 = text(row, "value").parse()?;
        let place = text(row, "place").replace("-CBSA", "-");
        let occupations = match text(row, "code_system") {
            "ISCO-08-major" => format!("ISCO-{}", text(row, "code")),
            "PSA-OWS" => "ALL".to_owned(),
            _ => text(row, "soc").to_owned(),
        };
        for occupation in occupations.split(';').filter(|code| !code.is_empty()) {
            let key = (place.clone(), occupation.to_owned(), source);
            currencies.insert(place.clone() + source, text(row, "currency").to_owned());
            let titles = found.entry(key).or_default();
            let title = format!("{}{}", text(row, "code"), text(row, "title"));
            let (quartiles, n) = titles.entry(title).or_default();
            quartiles[at] = Some(value / hours);
            *n = text(row, "n").parse().unwrap_or(0.0);
        }
    }
    let recent: BTreeSet<(String, String)> = found
        .keys()
        .filter(|(.., source)| *source == "ASHE-2025")
        .map(|(place, occupation, _)| (place.clone(), occupation.clone()))
        .collect();
    let mut out = FACTS.to_owned();
    let mut count = 0;
    for ((place, occupation, source), titles) in &found {
        if *source == "ASHE-2021" && recent.contains(&(place.clone(), occupation.clone())) {
            continue;
        }
        let mean = |at: usize| -> Option<f64> {
            let (mut sum, mut weight) = (0.0, 0.0);
            for (quartiles, n) in titles.values() {
                sum += quartiles[at]?.ln() * n.max(1.0);
                weight += n.max(1.0);
            }
            (weight > 0.0).then(|| (sum / weight).exp())
        };
        let Some(median) = mean(1) else { continue };
        let figure =
            |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.2}"));
        let n: f64 = titles.values().map(|(_, n)| n).sum();
        let currency = &currencies[&(place.clone() + source)];
        writeln!(
            out,
            "{place},{occupation},{},{median:.2},{},{currency},{source},{}",
            figure(mean(0)),
            figure(mean(2)),
            if n > 0.0 {
                n.to_string()
            } else {
                String::new()
            }
        )?;
        count += 1;
    }
    println!("{count} facts");
    Ok(out)
}

fn countries(all: &[Row]) -> Outcome<String> {
    let mut out = COUNTRIES.to_owned();
    for row in all.iter().filter(|row| text(row, "basis") == "ppp") {
        let [place, value, year, title] =
            ["place", "value", "year", "title"].map(|name| text(row, name));
        // Published in leva; Bulgaria has the euro since 2026.
        if place == "BG" {
            let value = value.parse::<f64>()? / 1.955_83;
            writeln!(out, "{place},{value:.6},{year},{title}")?;
            continue;
        }
        writeln!(out, "{place},{value},{year},{title}")?;
    }
    Ok(out)
}

/// The newest rate of each currency.
fn rates(all: &[Row]) -> Outcome<String> {
    let mut newest: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for row in all.iter().filter(|row| text(row, "basis") == "fx") {
        let at = newest.entry(text(row, "currency")).or_default();
        if text(row, "year") > at.0 {
            *at = (text(row, "year"), text(row, "value"));
        }
    }
    let mut out = RATES.to_owned();
    for (currency, (month, rate)) in newest {
        writeln!(out, "{currency},{rate},{month}")?;
    }
    Ok(out)
}
