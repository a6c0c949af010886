//! Matching by words: the phrases of the catalogue found in a folded text, the longest and rarest first.

mod index;

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

use crate::catalogue::{self, Kind};
use crate::hits::{Hit, Hits, Manner};
use crate::{Match, WorkText};

/// Words of a text that are looked at; what stands behind them is not read.
const MOST_WORDS: usize = 24;
const LONGEST_PHRASE: usize = 4;
/// Below it a reading is a guess that is better not made.
const LEAST_CONFIDENCE: u32 = 30;

/// The best kind for a text, the description first and the project last.
pub(crate) fn kind_of(text: &WorkText<'_>) -> Option<Match> {
    static INDEX: OnceLock<Index> = OnceLock::new();
    let index = INDEX.get_or_init(|| Index::build(catalogue::catalogue()));
    let mut best: Option<(u16, u32)> = None;
    for (source, part, share) in [
        (0, text.description, 100),
        (1, text.task, 85),
        (2, text.tags, 75),
        (3, text.project, 60),
    ] {
        if part.is_empty() {
            continue;
        }
        let Some((kind, sure)) = index.read(part) else {
            continue;
        };
        let sure = sure * share / 100;
        match &mut best {
            None => best = Some((kind, sure)),
            Some((agreed, so_far)) if *agreed == kind => *so_far = (*so_far + 5).max(sure).min(95),
            Some(other) if sure > other.1 => *other = (kind, sure),
            Some(_) => {}
        }
        // A clear description is not overruled by where the entry was filed.
        if source == 0 && best.is_some_and(|(_, sure)| sure >= 55) {
            let (kind, sure) = best?;
            return index.found(kind, sure + index.agreement(kind, text));
        }
    }
    let (kind, sure) = best?;
    index.found(kind, sure)
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Target {
    /// `None` for a phrase that says nothing.
    kind: Option<u16>,
    is_weak: bool,
}

struct Index {
    words: HashMap<Box<str>, u16, FixedState>,
    /// Phrases by the numbers of their words, 16 bits each.
    phrases: HashMap<u64, Target, FixedState>,
    /// Two words in either order, the lower number first; `None` where two kinds claim them.
    pairs: HashMap<u32, Option<u16>, FixedState>,
    /// For each word, the most words of a phrase that begins with it.
    reach: Vec<u8>,
    commonness: Vec<u16>,
    is_filler: Vec<bool>,
    kinds: &'static [Kind],
}

impl Index {
    fn found(&self, kind: u16, sure: u32) -> Option<Match> {
        let kind = self.kinds.get(usize::from(kind))?;
        let confidence = u8::try_from(sure.min(95)).ok()?;
        (sure >= LEAST_CONFIDENCE).then_some(Match { kind, confidence })
    }

    /// What it adds that the task, tags or project say the same.
    fn agreement(&self, kind: u16, text: &WorkText<'_>) -> u32 {
        let agrees = [text.task, text.tags, text.project]
            .into_iter()
            .filter(|part| !part.is_empty())
            .any(|part| self.read(part).is_some_and(|(other, _)| other == kind));
        if agrees { 5 } else { 0 }
    }

    /// The best kind for one text and how sure that is, in hundredths.
    fn read(&self, text: &str) -> Option<(u16, u32)> {
        let mut numbers = [0; MOST_WORDS];
        let mut count = 0;
        let mut rest = text;
        for place in &mut numbers {
            // Words are short: looking at one byte after the other is faster than a search made ready for long texts.
            let end = rest.bytes().position(|byte| byte == b' ');
            let (word, tail) = rest.split_at(end.unwrap_or(rest.len()));
            *place = self.words.get(word).copied().unwrap_or(0);
            count += 1;
            match tail.get(1..) {
                Some(tail) => rest = tail,
                None => break,
            }
        }
        let numbers = &numbers[..count];
        let mut hits = Hits::default();
        self.find_phrases(numbers, &mut hits);
        self.find_pairs(numbers, &mut hits);
        let filler_words = numbers
            .iter()
            .enumerate()
            .filter(|(_, number)| self.is_filler[usize::from(**number)])
            .fold(0, |words, (at, _)| words | 1 << at);
        let all_words = (1_u32 << count) - 1;
        hits.drop_absorbed();
        self.judge(hits.taken(), all_words & !filler_words)
    }

    fn find_phrases(&self, numbers: &[u16], hits: &mut Hits) {
        for start in 0..numbers.len() {
            let reach = usize::from(self.reach[usize::from(numbers[start])]);
            for length in 1..=reach.min(numbers.len() - start) {
                let part = &numbers[start..start + length];
                if part[length - 1] == 0 {
                    break;
                }
                let Some(target) = self.phrases.get(&key_of(part)) else {
                    continue;
                };
                let manner = match (length, target.is_weak) {
                    (1, true) => Manner::WeakWord,
                    (1, false) => Manner::Word,
                    _ => Manner::Phrase,
                };
                let words = ((1 << length) - 1) << start;
                hits.push(self.hit(target.kind, words, part, manner));
            }
        }
    }

    fn find_pairs(&self, numbers: &[u16], hits: &mut Hits) {
        for (start, first) in numbers.iter().enumerate() {
            if *first == 0 {
                continue;
            }
            for (next, second) in numbers.iter().enumerate().skip(start + 1) {
                if *second == 0 {
                    continue;
                }
                let Some(Some(kind)) = self.pairs.get(&pair_of(*first, *second)) else {
                    continue;
                };
                let has_filler =
                    self.is_filler[usize::from(*first)] || self.is_filler[usize::from(*second)];
                let is_beside = next == start + 1;
                if is_beside && self.phrases.contains_key(&key_of(&[*first, *second])) {
                    continue;
                }
                let manner = match (is_beside, has_filler) {
                    (_, true) => Manner::Loose,
                    (true, false) => Manner::Reversed,
                    (false, false) => Manner::Apart,
                };
                hits.push(self.hit(
                    Some(*kind),
                    1 << start | 1 << next,
                    &[*first, *second],
                    manner,
                ));
            }
        }
    }

    fn hit(&self, kind: Option<u16>, words: u32, numbers: &[u16], manner: Manner) -> Hit {
        let commonness = numbers
            .iter()
            .map(|number| self.commonness[usize::from(*number)])
            .min();
        let is_rest = kind.is_some_and(|kind| self.kinds[usize::from(kind)].is_rest);
        let rank = match manner {
            Manner::Phrase => 100 * words.count_ones(),
            Manner::Reversed => 180,
            Manner::Apart => 150,
            Manner::Word if is_rest => 60,
            Manner::Word => 100,
            Manner::Loose => 90,
            Manner::WeakWord => 50,
        };
        Hit {
            kind,
            words,
            rank,
            commonness: commonness.unwrap_or(0),
            manner,
        }
    }

    /// Picks the best hit and says how sure it is, given the words that carry meaning.
    fn judge(&self, hits: &[Hit], meaning: u32) -> Option<(u16, u32)> {
        let mut best: Option<&Hit> = None;
        for hit in hits.iter().filter(|hit| hit.kind.is_some()) {
            let is_better = best.is_none_or(|best| {
                (hit.rank, best.commonness, best.words.trailing_zeros())
                    > (best.rank, hit.commonness, hit.words.trailing_zeros())
            });
            if is_better {
                best = Some(hit);
            }
        }
        let best = best?;
        let kind = best.kind?;
        let unread = (meaning & !best.words).count_ones();
        let conflict = hits
            .iter()
            .filter(|hit| {
                hit.kind.is_some() && hit.kind != best.kind && hit.words & best.words == 0
            })
            .map(|hit| match hit.manner {
                Manner::Phrase | Manner::Reversed => 12,
                Manner::Word | Manner::Apart => 8,
                Manner::Loose | Manner::WeakWord => 4,
            })
            .max()
            .unwrap_or(0);
        let is_rest = self.kinds[usize::from(kind)].is_rest;
        if is_rest && best.manner != Manner::Phrase && (unread > 1 || conflict > 0) {
            return None;
        }
        let base = match (best.manner, unread) {
            (Manner::Phrase, 0) => 92,
            (Manner::Word, 0) => 88,
            (Manner::Reversed, 0) => 85,
            (Manner::Apart, 0) => 80,
            (Manner::Loose | Manner::WeakWord, 0) => 65,
            (Manner::Phrase, _) => 75 + 2 * (best.words.count_ones() - 2),
            (Manner::Reversed, _) => 70,
            (Manner::Apart, _) => 66,
            (Manner::Word, _) => 62,
            (Manner::Loose, _) => 52,
            (Manner::WeakWord, _) => 46,
        };
        let support = hits
            .iter()
            .any(|hit| hit.kind == best.kind && hit.words & best.words == 0);
        let doubt = conflict + 2 * unread.saturating_sub(1).min(4);
        Some((kind, base + if support { 4 } else { 0 } - doubt))
    }
}

fn key_of(numbers: &[u16]) -> u64 {
    numbers
        .iter()
        .fold(0, |key, number| key << 16 | u64::from(*number))
}

fn pair_of(first: u16, second: u16) -> u32 {
    u32::from(first.min(second)) << 16 | u32::from(first.max(second))
}
