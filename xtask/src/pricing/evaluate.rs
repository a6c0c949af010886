//! Judges a model: how often the right occupation is first or among five, how far the wage is off, how fast it is.

use std::fmt::Write as _;

use offdesk_domain::Soc;
use offdesk_pricing::model::{Likelihood, Model, Scratch};

use super::data::{Data, Text};
use crate::{Outcome, machine};

/// The table of the documentation.
pub fn table(data: &Data, model: &Model) -> Outcome<String> {
    let mut out = String::from(
        "| texts | number | top 1 | top 5 | 3 digits | 2 digits | wage off by (median) | mean of logs | within 20 % | in the 80 % range | its factor | calibration error | silent |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
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
    let mut scratch = Scratch::default();
    let start = machine::now();
    let mut count = 0;
    for text in data.tasks.iter().chain(&data.titles) {
        std::hint::black_box(model.read(&text.text, &mut scratch));
        count += 1;
    }
    let seconds = start.elapsed().as_secs_f64();
    writeln!(
        out,
        "\n{:.0} texts a second on one core",
        f64::from(count) / seconds
    )?;
    let mut reader = offdesk_pricing::Reader::default();
    let (mut count, mut seconds) = (0, 0.0);
    for round in 0..21 {
        let start = machine::now();
        for text in data.tasks.iter().chain(&data.titles) {
            let _ = std::hint::black_box(reader.readings(&text.text));
        }
        // All are new in the first round.
        if round > 0 {
            seconds += start.elapsed().as_secs_f64();
            count += data.held_out();
        }
    }
    writeln!(
        out,
        "{:.0} a second that were read before",
        count as f64 / seconds
    )?;
    Ok(out)
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
    /// How far each predicted wage is off, as a share.
    off: Vec<f64>,
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
        let (mut sum, mut weight) = (0.0, 0.0);
        for it in likely {
            if let Some(wage) = data.wages.get(&it.soc) {
                sum += f64::from(it.probability) * wage.ln();
                weight += f64::from(it.probability);
            }
        }
        let truth = text.socs.iter().filter_map(|soc| data.wages.get(soc));
        let nearest = truth
            .map(|wage| ((sum / weight).exp() / wage - 1.0).abs())
            .filter(|off| off.is_finite())
            .min_by(f64::total_cmp);
        self.off.extend(nearest);
        let truth = || text.socs.iter().filter_map(|soc| data.wages.get(soc));
        let logs = truth().map(|wage| (sum / weight - wage.ln()).abs());
        self.logs
            .extend(logs.filter(|log| log.is_finite()).min_by(f64::total_cmp));
        if let Some((low, high)) = range(likely, data)
            && truth().next().is_some()
        {
            self.inside += usize::from(truth().any(|wage| (low..=high).contains(wage)));
            self.factors.push((high / low).sqrt());
        }
    }

    fn row(&self, name: &str) -> String {
        let share = |part: usize| part as f64 / self.number.max(1) as f64;
        let mut off = self.off.clone();
        off.sort_by(f64::total_cmp);
        let median = off.get(off.len() / 2).copied().unwrap_or(f64::NAN);
        let near = off.iter().filter(|off| **off <= 0.2).count() as f64 / off.len().max(1) as f64;
        self.factors.clone_into(&mut off);
        off.sort_by(f64::total_cmp);
        let factor = off.get(off.len() / 2).copied().unwrap_or(f64::NAN);
        let inside = self.inside as f64 / self.factors.len().max(1) as f64;
        let logs = self.logs.iter().sum::<f64>() / self.logs.len().max(1) as f64;
        let error: f64 = self
            .bins
            .iter()
            .map(|(_, right, confidence)| (*right as f64 - confidence).abs())
            .sum::<f64>()
            / self.number.max(1) as f64;
        format!(
            "| {name} | {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.1} % | {logs:.3} | {near:.3} | {inside:.3} | {factor:.2} | {error:.3} | {:.3} |",
            self.number,
            share(self.first),
            share(self.five),
            share(self.minor),
            share(self.major),
            median * 100.0,
            share(self.silent)
        )
    }
}

/// The middle 80 % of the median wages of the occupations a text may be of.
fn range(likely: &[Likelihood], data: &Data) -> Option<(f64, f64)> {
    let mut wages: Vec<(f64, f64)> = likely
        .iter()
        .filter_map(|it| Some((*data.wages.get(&it.soc)?, f64::from(it.probability))))
        .collect();
    wages.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = wages.iter().map(|(_, share)| share).sum();
    let at = |part: f64| {
        let mut sum = 0.0;
        let found = wages.iter().find(|(_, share)| {
            sum += share;
            sum >= part * whole
        });
        found.map(|(wage, _)| *wage)
    };
    Some((at(0.1)?, at(0.9)?))
}
