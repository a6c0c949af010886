//! The texts: titles, tasks, work activities, tools and descriptions of an O*NET release, the catalogue's phrases, and our own wordings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use offdesk_domain::Soc;
use offdesk_pricing::model::checksum;

use super::wordings::wordings;
use crate::Outcome;

/// What texts to learn from weigh, by where they come from.
const TITLE: f32 = 1.0;
const TASK: f32 = 2.0;
const ACTIVITY: f32 = 1.0;
const TOOL: f32 = 0.3;
const DESCRIPTION: f32 = 1.0;
const PHRASE: f32 = 3.0;
const WORDING: f32 = 1.0;
/// Of the tasks and titles to learn from, one in so many is kept aside at the trial.
const ASIDE: u64 = 12;

/// A text with its occupations.
pub struct Text {
    pub text: String,
    pub socs: Vec<Soc>,
    pub weight: f32,
    /// It is one of our own wordings, and stands nowhere else.
    pub is_wording: bool,
}

/// All texts of a release, those that are held out kept apart.
pub struct Data {
    /// To learn from, in order of their normal form.
    pub texts: Vec<Text>,
    /// Held-out task statements, each with every occupation it is accepted for.
    pub tasks: Vec<Text>,
    /// Held-out titles.
    pub titles: Vec<Text>,
    /// Median hourly wages in dollars.
    pub wages: BTreeMap<Soc, f64>,
}

impl Data {
    pub fn held_out(&self) -> usize {
        self.tasks.len() + self.titles.len()
    }

    /// Reads the release in a folder, with the wages and crosswalks in the folders beside it.
    pub fn read(onet: &Path) -> Outcome<Self> {
        Self::without(onet, &held_out_keys(onet)?)
    }

    /// The same with further texts held out in the same way, and only these among the held-out ones: what is chosen by
    /// them has seen nothing of the texts that the model is judged by.
    pub fn trial(onet: &Path) -> Outcome<Self> {
        let held = held_out_keys(onet)?;
        let is_aside = |key: &str| checksum(key.as_bytes()).is_multiple_of(ASIDE);
        let mut aside = held.clone();
        for (set, texts) in [("task", tasks(onet)?.0), ("title", titles(onet)?.0)] {
            let keys = texts.into_keys().filter(|key| is_aside(key));
            aside.extend(keys.map(|key| (set.to_owned(), key)));
        }
        let data = Self::without(onet, &aside)?;
        let is_known = |set: &str, text: &Text| {
            let key = key_of(&text.text);
            held.contains(&(set.to_owned(), key))
        };
        let only_aside = |set: &str, texts: Vec<Text>| -> Vec<Text> {
            let all = texts.into_iter();
            all.filter(|text| !is_known(set, text)).collect()
        };
        Ok(Self {
            tasks: only_aside("task", data.tasks),
            titles: only_aside("title", data.titles),
            ..data
        })
    }

    fn without(onet: &Path, held: &BTreeSet<(String, String)>) -> Outcome<Self> {
        let mut all = Gathered::new();
        let (tasks, titles) = (tasks(onet)?, titles(onet)?);
        for (soc, text) in column(onet, "occupation_data.tsv", "Description")? {
            all.add(&text, soc, DESCRIPTION);
        }
        for (soc, text) in activities(onet, held)? {
            all.add(&text, soc, ACTIVITY);
        }
        for (soc, text) in column(onet, "technology_skills.tsv", "Example")? {
            all.add(&text, soc, TOOL);
        }
        for (text, code) in offdesk_pricing::phrases() {
            if let Ok(soc) = code.parse() {
                all.add(text, soc, PHRASE);
            }
        }
        for (soc, text) in wordings()? {
            all.add_wording(&text, soc);
        }
        for (set, gathered) in [("task", &tasks), ("title", &titles)] {
            for (key, text) in &gathered.0 {
                if !held.contains(&(set.to_owned(), key.clone())) {
                    for soc in &text.socs {
                        all.add(&text.text, *soc, text.weight);
                    }
                }
            }
        }
        let is_held = |set: &str, key: &str| held.contains(&(set.to_owned(), key.to_owned()));
        let out = |gathered: Gathered, set: &str| -> Vec<Text> {
            let held = gathered.0.into_iter().filter(|(key, _)| is_held(set, key));
            held.map(|(_, text)| text).collect()
        };
        let any_held = |key: &String| is_held("task", key) || is_held("title", key);
        let texts = all
            .0
            .into_iter()
            .filter(|(key, _)| !any_held(key))
            .map(|(_, text)| text)
            .collect();
        Ok(Self {
            texts,
            tasks: out(tasks, "task"),
            titles: out(titles, "title"),
            wages: wages(onet)?,
        })
    }
}

fn tasks(onet: &Path) -> Outcome<Gathered> {
    let mut tasks = Gathered::new();
    for (soc, text) in column(onet, "task_statements.tsv", "Task")? {
        tasks.add(&text, soc, TASK);
    }
    Ok(tasks)
}

fn titles(onet: &Path) -> Outcome<Gathered> {
    let mut titles = Gathered::new();
    for (file, name) in [
        ("alternate_titles.tsv", "Alternate Title"),
        ("sample_of_reported_titles.tsv", "Reported Job Title"),
        ("occupation_data.tsv", "Title"),
    ] {
        for (soc, text) in column(onet, file, name)? {
            titles.add(&text, soc, TITLE);
        }
    }
    Ok(titles)
}

/// Texts by their normal form.
struct Gathered(BTreeMap<String, Text>);

impl Gathered {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, text: &str, soc: Soc, weight: f32) {
        self.put(text, soc, weight).is_wording = false;
    }

    fn add_wording(&mut self, text: &str, soc: Soc) {
        self.put(text, soc, WORDING);
    }

    fn put(&mut self, text: &str, soc: Soc, weight: f32) -> &mut Text {
        let known = self.0.entry(key_of(text)).or_insert_with(|| Text {
            text: text.to_owned(),
            socs: Vec::new(),
            weight,
            is_wording: true,
        });
        known.weight = known.weight.max(weight);
        if !known.socs.contains(&soc) {
            known.socs.push(soc);
        }
        known
    }
}

/// A text in lower case, its signs as single blanks: what the split names texts by.
fn key_of(text: &str) -> String {
    let lower: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn held_out_keys(onet: &Path) -> Outcome<BTreeSet<(String, String)>> {
    let text = std::fs::read_to_string(onet.join("eval_split.tsv"))?;
    let lines = text
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'));
    Ok(lines
        .map(|(set, key)| (set.to_owned(), key.to_owned()))
        .collect())
}

/// The rows of a file with tabs: columns by name.
pub fn rows(path: &Path) -> Outcome<Vec<BTreeMap<String, String>>> {
    let is_table = path.extension().is_some_and(|ending| ending == "tsv");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(if is_table { b'\t' } else { b',' })
        .quoting(!is_table)
        .from_path(path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

/// A column of a file with occupations, as far as they are in the classification of 2018.
fn column(onet: &Path, file: &str, name: &str) -> Outcome<Vec<(Soc, String)>> {
    let rows = rows(&onet.join(file))?;
    let pairs = rows.into_iter().filter_map(|mut row| {
        let soc = soc_of(row.get("O*NET-SOC Code")?)?;
        Some((soc, row.remove(name)?))
    });
    Ok(pairs.collect())
}

/// `43-6014.00` without what O*NET adds.
fn soc_of(code: &str) -> Option<Soc> {
    code.split('.').next()?.parse().ok()
}

/// Detailed work activities with the occupations whose tasks they are, as far as those tasks are not held out.
fn activities(onet: &Path, held: &BTreeSet<(String, String)>) -> Outcome<Vec<(Soc, String)>> {
    let titles: BTreeMap<String, String> = rows(&onet.join("dwa_reference.tsv"))?
        .into_iter()
        .filter_map(|mut row| Some((row.remove("DWA ID")?, row.remove("DWA Title")?)))
        .collect();
    let held: BTreeSet<String> = rows(&onet.join("task_statements.tsv"))?
        .into_iter()
        .filter_map(|mut row| Some((key_of(row.get("Task")?), row.remove("Task ID")?)))
        .filter(|(key, _)| held.contains(&("task".to_owned(), key.clone())))
        .map(|(_, id)| id)
        .collect();
    let rows = rows(&onet.join("tasks_to_dwas.tsv"))?;
    let pairs = rows.into_iter().filter_map(|row| {
        (!held.contains(row.get("Task ID")?)).then_some(())?;
        let soc = soc_of(row.get("O*NET-SOC Code")?)?;
        Some((soc, titles.get(row.get("DWA ID")?)?.clone()))
    });
    Ok(pairs.collect())
}

/// Median hourly wages by occupation, through the crosswalk where the statistic is of a wider one.
fn wages(onet: &Path) -> Outcome<BTreeMap<Soc, f64>> {
    let beside = |file: &str| onet.join("..").join(file);
    let medians: BTreeMap<String, f64> = rows(&beside("wages/us_oews_2024_national.csv"))?
        .into_iter()
        .filter_map(|mut row| Some((row.remove("soc")?, row.get("hourly_p50")?.parse().ok()?)))
        .collect();
    let pairs = rows(&beside("crosswalk/soc2018_to_oews2024.csv"))?;
    let wages = pairs.into_iter().filter_map(|row| {
        let soc = row.get("soc2018")?.parse().ok()?;
        Some((soc, *medians.get(row.get("oews_code")?)?))
    });
    Ok(wages.collect())
}
