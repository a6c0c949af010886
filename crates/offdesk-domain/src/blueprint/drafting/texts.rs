//! Which texts of entries become steps: those that recur, without what belongs to one time alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{DoneWork, rhythm};
use crate::Day;
use crate::activity::{capital, is_work_word, phrase};
use crate::blueprint::Piece;

/// So many of the commonest texts become steps.
const STEPS: usize = 5;
/// So many single words are named.
const WORDS: usize = 3;
/// A text that was written less often is one time, and no way of doing it.
const RECURS: usize = 2;
/// What stands before a name.
const TITLES: [&str; 10] = [
    "mr", "mrs", "ms", "dr", "prof", "herr", "herrn", "frau", "mme", "sr",
];

/// What of a draft comes from the texts.
pub(super) struct Drafted {
    /// The texts that recur, the commonest of them in their usual order within a day.
    pub steps: Vec<Piece>,
    /// Single words that recur, the commonest first: they name the work, and not what is done.
    pub words: Vec<String>,
}

/// What recurs.
pub(super) fn drafted(works: &[DoneWork]) -> Drafted {
    let (text_of, texts) = texts(works);
    let mut counts: BTreeMap<usize, Counted> = BTreeMap::new();
    for work in works {
        if let Some(text) = text_of.get(&work.wording) {
            counts.entry(*text).or_default().take(work);
        }
    }
    let mut all: Vec<(usize, Counted)> = counts.into_iter().collect();
    all.retain(|(_, counted)| counted.recurs());
    all.sort_by_key(|(text, counted)| (std::cmp::Reverse(counted.entries), *text));
    let text_at = |text: &usize| texts.get(*text).map_or("", String::as_str);
    let (mut words, mut all): (Vec<_>, Vec<_>) = all
        .into_iter()
        .map(|(text, _)| text)
        .partition(|text| !text_at(text).contains(' '));
    words.truncate(WORDS);
    all.truncate(STEPS);
    let places = rhythm::places(works, &text_of);
    all.sort_by_key(|text| places.get(text).copied().unwrap_or(rhythm::MIDDLE));
    Drafted {
        steps: all
            .iter()
            .map(|text| Piece::Item(capital(text_at(text))))
            .collect(),
        words: words.iter().map(|text| capital(text_at(text))).collect(),
    }
}

#[derive(Default)]
struct Counted {
    entries: usize,
    days: BTreeSet<Day>,
    is_without_day: bool,
}

impl Counted {
    fn take(&mut self, work: &DoneWork) {
        self.entries += 1;
        match work.day {
            Some(day) => {
                self.days.insert(day);
            }
            None => self.is_without_day = true,
        }
    }

    /// Written on more than one day: three pieces of one job on one day are one time.
    fn recurs(&self) -> bool {
        self.entries >= RECURS && (self.is_without_day || self.days.len() >= RECURS)
    }
}

/// The text of each wording by its number, and the texts.
fn texts(works: &[DoneWork]) -> (BTreeMap<usize, usize>, Vec<String>) {
    let mut written: BTreeMap<usize, BTreeMap<String, usize>> = BTreeMap::new();
    for work in works.iter().filter(|work| !work.text.trim().is_empty()) {
        let phrase = phrase(&work.text);
        // What is left without a word says nothing: a number, an address.
        if phrase.contains(char::is_alphabetic) && !phrase.contains('@') {
            *written
                .entry(work.wording)
                .or_default()
                .entry(phrase)
                .or_default() += 1;
        }
    }
    let commonest = written.into_iter().filter_map(|(wording, phrases)| {
        let most = phrases
            .into_iter()
            .max_by_key(|(phrase, count)| (*count, std::cmp::Reverse(phrase.clone())));
        most.map(|(phrase, _)| (wording, phrase))
    });
    let commonest: Vec<(usize, String)> = commonest.collect();
    let mut fillings: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, phrase) in &commonest {
        let (rest, names) = without_names(phrase);
        fillings.entry(key(&rest)).or_default().insert(key(&names));
    }
    let (mut numbers, mut texts) = (BTreeMap::new(), Vec::new());
    let mut text_of = BTreeMap::new();
    for (wording, phrase) in commonest {
        let phrase = without_titled(&phrase);
        let (rest, names) = without_names(&phrase);
        // One that always stands there belongs to the work, as the name of a tool does; one that changes is somebody's.
        let is_changing = fillings.get(&key(&rest)).is_some_and(|all| all.len() > 1);
        let text = if names.is_empty() || !is_changing {
            phrase
        } else {
            rest
        };
        if text.is_empty() {
            continue;
        }
        let number = *numbers.entry(key(&text)).or_insert_with(|| {
            texts.push(text);
            texts.len() - 1
        });
        text_of.insert(wording, number);
    }
    (text_of, texts)
}

fn key(text: &str) -> String {
    text.to_lowercase()
}

/// A text without a name that stands behind a title: "Call Mrs Smith back" is "Call back".
fn without_titled(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut is_behind = false;
    for word in text.split(' ') {
        if TITLES.contains(&&*key(word.trim_end_matches('.'))) {
            is_behind = true;
        } else if !(is_behind && is_capitalised(word)) {
            is_behind = false;
            out.push(word);
        }
    }
    trimmed(out)
}

/// What is left of a text without the words that may be names, and those words. Small words before a name go with it.
fn without_names(text: &str) -> (String, String) {
    let (mut rest, mut names): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 && is_capitalised(word) && !is_work_word(word) {
            names.push(word);
        } else {
            rest.push(word);
        }
    }
    (trimmed(rest), names.join(" "))
}

/// Without the small words that are left at its end.
fn trimmed(mut words: Vec<&str>) -> String {
    const SMALL: [&str; 22] = [
        "a", "an", "the", "to", "of", "for", "with", "from", "at", "by", "about", "and", "or",
        "in", "on", "an", "mit", "für", "von", "bei", "zu", "&",
    ];
    while words
        .last()
        .is_some_and(|word| words.len() > 1 && SMALL.contains(word))
    {
        words.pop();
    }
    words.join(" ")
}

fn is_capitalised(word: &str) -> bool {
    word.trim_start_matches(|c: char| !c.is_alphanumeric())
        .starts_with(char::is_uppercase)
}
