//! Texts outside the catalogue that share a word, and the words that are only names.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use hashbrown::HashSet;
use offdesk_domain::Seconds;
use offdesk_domain::activity::{Folder, label};

use super::collector::{Collector, Group, Origin};

/// A word makes a cluster when it stands for at least this share of all time, in thousandths.
const SMALLEST_SHARE: i64 = 5;
/// So many clusters are made.
const MOST: usize = 40;

/// Groups outside the catalogue by the word they share.
pub struct Clusters {
    /// Clusters of groups, by the number of the group.
    of_group: HashMap<usize, u32>,
    words: Vec<String>,
    /// Names of clients, lower case, the longest first.
    names: Vec<String>,
}

/// The words of the texts, with numbers.
#[derive(Default)]
struct Words {
    numbers: hashbrown::HashMap<String, u32, FixedState>,
    words: Vec<String>,
    /// Time of all texts with the word that are in no cluster yet.
    time: Vec<i64>,
    /// The texts with the word.
    texts: Vec<Vec<u32>>,
}

impl Words {
    fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.numbers.insert(word.to_owned(), number);
        self.words.push(word.to_owned());
        self.time.push(0);
        self.texts.push(Vec::new());
        number
    }
}

/// A text outside the catalogue.
struct Text {
    group: usize,
    time: i64,
    words: Vec<u32>,
    is_taken: bool,
}

impl Clusters {
    /// Again and again the word with the most time among what is left makes a cluster, as long as it has a
    /// two-hundredth of all time. Names of clients and people say for whom, not what: they make none.
    #[must_use]
    pub fn of(collector: &Collector, total: Seconds) -> Self {
        let names = name_words(collector);
        let mut words = Words::default();
        let mut texts = Vec::new();
        let mut folder = Folder::new();
        let open = collector
            .groups
            .iter()
            .enumerate()
            .filter(|(_, group)| is_open(collector, group));
        for (group, of) in open {
            let time = of.mix.total().0;
            let at = u32::try_from(texts.len()).unwrap_or(u32::MAX);
            let mut own: Vec<u32> = Vec::new();
            for word in folder
                .fold(collector.example(of))
                .split(' ')
                .filter(|word| !word.is_empty() && !names.contains(*word))
            {
                let number = words.number(word);
                if !own.contains(&number) {
                    own.push(number);
                }
            }
            for index in own
                .iter()
                .filter_map(|number| usize::try_from(*number).ok())
            {
                if let (Some(sum), Some(list)) =
                    (words.time.get_mut(index), words.texts.get_mut(index))
                {
                    *sum += time;
                    list.push(at);
                }
            }
            texts.push(Text {
                group,
                time,
                words: own,
                is_taken: false,
            });
        }
        let mut clusters = Self {
            of_group: HashMap::new(),
            words: Vec::new(),
            names: client_names(collector),
        };
        for _ in 0..MOST {
            let heaviest = words
                .time
                .iter()
                .zip(&words.words)
                .enumerate()
                .max_by(|a, b| a.1.0.cmp(b.1.0).then(b.1.1.cmp(a.1.1)));
            let Some((word, (time, name))) = heaviest else {
                break;
            };
            if *time * 1000 < total.0 * SMALLEST_SHARE || *time <= 0 {
                break;
            }
            let number = u32::try_from(clusters.words.len()).unwrap_or(u32::MAX);
            clusters.words.push(name.clone());
            for at in words.texts.get(word).cloned().unwrap_or_default() {
                let Some(text) = usize::try_from(at).ok().and_then(|at| texts.get_mut(at)) else {
                    continue;
                };
                if std::mem::replace(&mut text.is_taken, true) {
                    continue;
                }
                clusters.of_group.insert(text.group, number);
                for index in text
                    .words
                    .iter()
                    .filter_map(|number| usize::try_from(*number).ok())
                {
                    if let Some(sum) = words.time.get_mut(index) {
                        *sum -= text.time;
                    }
                }
            }
        }
        clusters
    }

    /// The cluster of a group: the word its texts share, as folded.
    #[must_use]
    pub fn name_of(&self, group: usize) -> Option<&str> {
        let number = usize::try_from(*self.of_group.get(&group)?).ok()?;
        self.words.get(number).map(String::as_str)
    }

    /// A readable name from a text, without the names of clients where other words are left.
    #[must_use]
    pub fn label(&self, text: &str) -> String {
        let lower = text.to_lowercase();
        let found = self
            .names
            .iter()
            .find_map(|name| lower.find(name.as_str()).map(|at| (at, name.len())));
        // Lower case may have another length; then the places do not fit and the text stays.
        if let (Some((at, length)), true) = (found, lower.len() == text.len())
            && let (Some(before), Some(after)) = (text.get(..at), text.get(at + length..))
        {
            let rest = label(&format!("{} {}", before.trim_end(), after.trim_start()));
            let rest = rest
                .trim_end_matches([' ', '-', '–', ':', ',', '|'])
                .to_owned();
            if rest.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
                return rest;
            }
        }
        label(text)
    }
}

fn is_open(collector: &Collector, group: &Group) -> bool {
    let has_task = || {
        collector
            .contexts
            .get(group.context)
            .is_some_and(|context| !context.task.is_empty())
    };
    matches!(group.origin, Origin::Plain)
        && group.entries > 0
        && !group.example.is_empty()
        && !has_task()
}

fn name_words(collector: &Collector) -> HashSet<String, FixedState> {
    let mut folder = Folder::new();
    let mut words = HashSet::with_hasher(FixedState::default());
    for name in collector.clients.iter().chain(collector.people.iter()) {
        words.extend(folder.fold(name).split(' ').map(str::to_owned));
    }
    words
}

fn client_names(collector: &Collector) -> Vec<String> {
    let mut names: Vec<String> = collector
        .clients
        .iter()
        .map(|name| name.to_lowercase())
        .filter(|name| name.chars().count() > 2)
        .collect();
    names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    names
}
