//! Judges a model: how often the right occupation is first or among five, how far the wage is off, how fast it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use offdesk_domain::Soc;
use offdesk_pricing::model::{Likelihood, Model, Scratch};

use super::data::{Data, Text};
use crate::{Outcome, machine};

/// Rounds of reading all texts, for the speed.
const ROUNDS: usize = 8;

/// The table of the documentation.
pub fn table(data: &Data, model: &Model) -> Outcome<String> {
    let mut out = String::from(
        "| texts | number | top 1 | top 5 | 3 digits | 2 digits | wage off by (median) | likeliest alone | mean of logs | within 20 % | in the 80 % range | its factor | calibration error | silent |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for (name, texts) in [
        ("task statements", &data.tasks),
        ("job titles", &data.titles),
    ] {
        let judged = Judged::of(texts, data, model);
        writeln!(out, "{}", judged.row(name))?;
    }
    let desk: Vec<&Text> = data
        .tasks
        .iter()
        .filter(|text| text.socs.iter().any(|soc| soc.is_desk_work()))
        .collect();
    writeln!(
        out,
        "{}",
        Judged::of_some(&desk, data, model).row("task statements of desk work")
    )?;
    let briefs = briefs(&data.tasks);
    let judged = Judged::of(&briefs, data, model);
    writeln!(
        out,
        "{}",
        judged.row("several statements of one occupation together")
    )?;
    let mut scratch = Scratch::default();
    // The best of some rounds: others may work on the machine.
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = machine::now();
        for text in data.tasks.iter().chain(&data.titles) {
            std::hint::black_box(model.read(&text.text, &mut scratch));
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    writeln!(
        out,
        "\n{:.0} texts a second on one core",
        data.held_out() as f64 / best
    )?;
    let mut reader = offdesk_pricing::Reader::default();
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = machine::now();
        for text in data.tasks.iter().chain(&data.titles) {
            let _ = std::hint::black_box(reader.readings(&text.text));
        }
        // All are new in the first round, which is the slowest.
        best = best.min(start.elapsed().as_secs_f64());
    }
    writeln!(
        out,
        "{:.0} a second that were read before",
        data.held_out() as f64 / best
    )?;
    Ok(out)
}

/// Held-out statements of one occupation, up to so many in one text: the nearest there is to a brief of several sentences.
const TOGETHER: usize = 4;

fn briefs(tasks: &[Text]) -> Vec<Text> {
    let mut by_occupation: BTreeMap<Soc, Vec<&str>> = BTreeMap::new();
    for task in tasks {
        if let [only] = task.socs.as_slice() {
            by_occupation.entry(*only).or_default().push(&task.text);
        }
    }
    let several = by_occupation.iter().filter(|(_, texts)| texts.len() > 1);
    several
        .map(|(soc, texts)| Text {
            text: texts
                .iter()
                .take(TOGETHER)
                .copied()
                .collect::<Vec<_>>()
                .join(" "),
            socs: vec![*soc],
            weight: 1.0,
            is_wording: false,
        })
        .collect()
}

/// What came of reading some texts.
#[derive(Default)]
struct Judged {
    number: usize,
    first: usize,
    five: usize,
    minor: usize,
    major: usize,
    silent: usize,
    /// How far each predicted wage is off, as a share: the middle of the reading, and that of the likeliest occupation.
    off: Vec<f64>,
    off_best: Vec<f64>,
    /// The same as differences of logarithms.
    logs: Vec<f64>,
    /// How many 80 % ranges hold the right wage, and the root of each range's high end over its low end.
    inside: usize,
    factors: Vec<f64>,
    /// For each tenth of confidence: texts, right ones, confidence.
    bins: [(usize, usize, f64); 10],
}

impl Judged {
    fn of(texts: &[Text], data: &Data, model: &Model) -> Self {
        Self::of_some(&texts.iter().collect::<Vec<_>>(), data, model)
    }

    fn of_some(texts: &[&Text], data: &Data, model: &Model) -> Self {
        let mut judged = Self::default();
        let mut scratch = Scratch::default();
        for text in texts {
            let reading = model.read(&text.text, &mut scratch);
            judged.add(text, &reading.likely, data);
        }
        judged
    }

    fn add(&mut self, text: &Text, likely: &[Likelihood], data: &Data) {
        self.number += 1;
        let Some(best) = likely.first() else {
            self.silent += 1;
            return;
        };
        let is_right = text.socs.contains(&best.soc);
        self.first += usize::from(is_right);
        self.five += usize::from(likely.iter().take(5).any(|it| text.socs.contains(&it.soc)));
        let minor = |soc: &Soc| soc.number() / 1000;
        self.minor += usize::from(text.socs.iter().any(|soc| minor(soc) == minor(&best.soc)));
        self.major += usize::from(text.socs.iter().any(|soc| soc.major() == best.soc.major()));
        let confidence = f64::from(best.probability);
        let bin = (0..10)
            .rev()
            .find(|bin| confidence * 10.0 >= f64::from(*bin))
            .unwrap_or(0);
        if let Some(bin) = usize::try_from(bin)
            .ok()
            .and_then(|bin| self.bins.get_mut(bin))
        {
            bin.0 += 1;
            bin.1 += usize::from(is_right);
            bin.2 += confidence;
        }
        let right: Vec<f64> = text
            .socs
            .iter()
            .filter_map(|soc| Some(data.wages.get(soc)?.ln()))
            .collect();
        let off_of = |log: f64| {
            let off = right.iter().map(|right| (log - right).abs());
            off.filter(|off| off.is_finite()).min_by(f64::total_cmp)
        };
        let share = |log: f64| {
            let off = right.iter().map(|right| ((log - right).exp() - 1.0).abs());
            off.filter(|off| off.is_finite()).min_by(f64::total_cmp)
        };
        let wages = Wages::of(likely, data);
        if let Some(middle) = wages.at(0.5) {
            self.off.extend(share(middle));
            self.logs.extend(off_of(middle));
        }
        let of_best = data.wages.get(&best.soc).map(|wage| wage.ln());
        self.off_best.extend(of_best.and_then(share));
        if let (Some(low), Some(high)) = (wages.at(0.1), wages.at(0.9))
            && !right.is_empty()
        {
            let near = low - 1e-9..=high + 1e-9;
            self.inside += usize::from(right.iter().any(|wage| near.contains(wage)));
            self.factors.push(((high - low) / 2.0).exp());
        }
    }

    fn row(&self, name: &str) -> String {
        let share = |part: usize| part as f64 / self.number.max(1) as f64;
        let off = middle(&self.off);
        let off_best = middle(&self.off_best);
        let near = self.off.iter().filter(|off| **off <= 0.2).count() as f64;
        let near = near / self.off.len().max(1) as f64;
        let factor = middle(&self.factors);
        let inside = self.inside as f64 / self.factors.len().max(1) as f64;
        let logs = self.logs.iter().sum::<f64>() / self.logs.len().max(1) as f64;
        let error: f64 = self
            .bins
            .iter()
            .map(|(_, right, confidence)| (*right as f64 - confidence).abs())
            .sum::<f64>()
            / self.number.max(1) as f64;
        format!(
            "| {name} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.1} % | {:.1} % | {logs:.3} | {near:.3} | {inside:.3} | {factor:.2} | {error:.3} | {:.3} |",
            self.number,
            share(self.first),
            share(self.five),
            share(self.minor),
            share(self.major),
            off * 100.0,
            off_best * 100.0,
            share(self.silent)
        )
    }
}

/// The middle one of some numbers.
fn middle(numbers: &[f64]) -> f64 {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The median wages of the occupations a text may be of, in logarithms, the lowest first, each with its share.
struct Wages(Vec<(f64, f64)>);

impl Wages {
    fn of(likely: &[Likelihood], data: &Data) -> Self {
        let wages = likely.iter();
        let mut wages: Vec<(f64, f64)> = wages
            .filter_map(|it| Some((data.wages.get(&it.soc)?.ln(), f64::from(it.probability))))
            .collect();
        wages.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self(wages)
    }

    /// The wage below which so much of the whole lies, in a straight line between the middles of two occupations, as
    /// prices are made.
    fn at(&self, part: f64) -> Option<f64> {
        let whole: f64 = self.0.iter().map(|(_, share)| share).sum();
        let (mut sum, mut last) = (0.0, None::<(f64, f64)>);
        for (log, share) in &self.0 {
            let middle = (sum + share / 2.0) / whole;
            if middle >= part {
                let (from, below) = last.unwrap_or((*log, middle));
                let step = if middle > below {
                    (part - below) / (middle - below)
                } else {
                    0.0
                };
                return Some(from + (log - from) * step.clamp(0.0, 1.0));
            }
            sum += share;
            last = Some((*log, middle));
        }
        last.map(|(log, _)| log)
    }
}
