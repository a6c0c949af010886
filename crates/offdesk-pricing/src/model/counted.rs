//! A second opinion beside the vectors: how much more often a word stands in the texts of an occupation, of its minor
//! group and of its major group than elsewhere (Okapi BM25 with one document for each of them).
//!
//! Groups see what single occupations are too rare for: which trade a sentence is of, when many occupations of it fit.

use offdesk_domain::Soc;

/// Opinions that are joined: the vectors, then words counted by occupation, by minor and by major group.
pub const OPINIONS: usize = 4;
/// Texts with at least so many words are sentences; fewer are titles and the like.
const SENTENCE: usize = 7;
/// A gap between two documents that needs another step.
const LARGEST_GAP: u8 = 255;

/// What the opinions count, of short texts and of sentences.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mix {
    /// Of texts with few words.
    pub short: [f32; OPINIONS],
    /// Of sentences.
    pub long: [f32; OPINIONS],
}

impl Default for Mix {
    /// The vectors alone.
    fn default() -> Self {
        let alone = [1.0, 0.0, 0.0, 0.0];
        Self {
            short: alone,
            long: alone,
        }
    }
}

impl Mix {
    /// That of a text with so many words.
    pub(super) fn of(&self, words: usize) -> [f32; OPINIONS] {
        if is_sentence(words) {
            self.long
        } else {
            self.short
        }
    }
}

/// Whether a text with so many words is read as a sentence.
#[must_use]
pub fn is_sentence(words: usize) -> bool {
    words >= SENTENCE
}

/// The documents in the order in which postings name them: occupations, minor groups, major groups.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// For each occupation its minor and its major group, each counted from 0.
    groups: [Vec<usize>; 2],
    /// How many occupations each minor, and each major group has.
    sizes: [Vec<u32>; 2],
}

impl Documents {
    /// Those of some occupations, in their order.
    #[must_use]
    pub fn of(socs: impl IntoIterator<Item = Option<Soc>>) -> Self {
        let socs: Vec<Option<Soc>> = socs.into_iter().collect();
        let groups = [
            numbered(&socs, |soc| soc.number() / 1000),
            numbered(&socs, Soc::major),
        ];
        let sizes = groups.each_ref().map(|groups| {
            let mut sizes = vec![0; groups.iter().max().map_or(0, |most| most + 1)];
            groups.iter().for_each(|group| sizes[*group] += 1);
            sizes
        });
        Self { groups, sizes }
    }

    /// How many there are.
    #[must_use]
    pub fn number(&self) -> usize {
        let [_, majors] = self.bounds();
        majors + self.sizes[1].len()
    }

    /// Where the minor groups, and the major groups, begin.
    #[must_use]
    pub fn bounds(&self) -> [usize; 2] {
        let minors = self.groups[0].len();
        [minors, minors + self.sizes[0].len()]
    }

    /// The documents of an occupation: its own, its minor and its major group.
    #[must_use]
    pub fn of_class(&self, class: usize) -> [usize; 3] {
        let bounds = self.bounds();
        let of = |level: usize| bounds[level] + self.groups[level].get(class).copied().unwrap_or(0);
        [class, of(0), of(1)]
    }
}

/// The groups of occupations, each as a number from 0 in the order of their first occupation.
fn numbered(socs: &[Option<Soc>], group: impl Fn(Soc) -> u32) -> Vec<usize> {
    let mut known: Vec<Option<u32>> = Vec::new();
    let numbers = socs.iter().map(|soc| {
        let group = soc.map(&group);
        known.iter().position(|it| *it == group).unwrap_or_else(|| {
            known.push(group);
            known.len() - 1
        })
    });
    numbers.collect()
}

/// Adds a word's postings: gaps to the next document, each with its weight in steps.
#[inline(always)]
pub(super) fn add(postings: &[u8], sums: &mut [u32]) {
    let mut at = 0_usize;
    for [gap, weight] in postings.as_chunks::<2>().0 {
        at += usize::from(*gap);
        if let Some(sum) = sums.get_mut(at) {
            *sum += u32::from(*weight);
        }
    }
}

/// Postings as bytes: documents in rising order, each with its weight in steps.
pub(super) fn to_bytes(postings: &[(usize, u8)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(postings.len() * 2);
    let mut last = 0;
    for (document, weight) in postings {
        let mut gap = document.saturating_sub(last);
        while gap > usize::from(LARGEST_GAP) {
            out.extend([LARGEST_GAP, 0]);
            gap -= usize::from(LARGEST_GAP);
        }
        out.extend([u8::try_from(gap).unwrap_or(LARGEST_GAP), *weight]);
        last = *document;
    }
    out
}

/// Joins what was counted with the scores of the vectors: each opinion beside its own mean and spread over all
/// occupations, so that long texts speak no louder than short ones.
#[inline(always)]
pub(super) fn join(documents: &Documents, mix: [f32; OPINIONS], sums: &[u32], scores: &mut [f32]) {
    let [of_vectors, of_classes, of_groups @ ..] = mix;
    let (of_each, rest) = sums.split_at(scores.len().min(sums.len()));
    let (mean, times) = Spread::of(of_each.iter().map(|sum| (*sum, 1))).scaled(of_classes);
    for (score, sum) in scores.iter_mut().zip(of_each) {
        *score = *score * of_vectors + times * (approximately(*sum) - mean);
    }
    let (minors, majors) = rest.split_at(documents.sizes[0].len().min(rest.len()));
    for (level, sums) in [minors, majors].into_iter().enumerate() {
        let sizes = documents.sizes[level].iter().copied();
        let spread = Spread::of(sums.iter().copied().zip(sizes));
        let (mean, times) = spread.scaled(of_groups[level]);
        for (score, group) in scores.iter_mut().zip(&documents.groups[level]) {
            let sum = sums.get(*group).copied().map_or(0.0, approximately);
            *score += times * (sum - mean);
        }
    }
}

/// Mean and spread of sums.
struct Spread {
    mean: f32,
    spread: f32,
}

impl Spread {
    /// Of sums, each so many times.
    #[inline(always)]
    fn of(sums: impl Iterator<Item = (u32, u32)>) -> Self {
        let (mut number, mut whole, mut square) = (0_u32, 0_u64, 0_u64);
        for (sum, times) in sums {
            number += times;
            whole += u64::from(sum) * u64::from(times);
            square += u64::from(sum) * u64::from(sum) * u64::from(times);
        }
        let number = approximately(number.max(1));
        let mean = roughly(whole) / number;
        let spread = (roughly(square) / number - mean * mean).max(0.0).sqrt();
        Self { mean, spread }
    }

    /// The mean, and what a sum beside it is multiplied by; nothing where all sums are the same.
    #[inline(always)]
    fn scaled(&self, weight: f32) -> (f32, f32) {
        let is_flat = self.spread < 1e-3;
        (self.mean, if is_flat { 0.0 } else { weight / self.spread })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "sums of steps are far below what a float holds exactly"
)]
#[inline(always)]
fn approximately(number: u32) -> f32 {
    number as f32
}

#[expect(
    clippy::cast_precision_loss,
    reason = "seven digits are enough for a score"
)]
#[inline(always)]
fn roughly(number: u64) -> f32 {
    number as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_read_back_over_any_gap() {
        let postings = [(0, 1), (1, 2), (255, 3), (256, 4), (900, 255)];
        let mut sums = vec![0; 901];
        add(&to_bytes(&postings), &mut sums);
        for (document, weight) in postings {
            assert_eq!(sums[document], u32::from(weight), "{document}");
        }
        assert_eq!(sums.iter().sum::<u32>(), 265);
        // What points beyond the last document is passed over.
        add(&[255, 9, 255, 9, 255, 9, 255, 9], &mut sums);
        assert_eq!(sums[255], 12);
    }

    #[test]
    fn occupations_stand_in_their_groups() {
        let socs = ["11-1011", "11-1021", "11-2021", "13-1011"];
        let documents = Documents::of(socs.map(|soc| soc.parse().ok()));
        assert_eq!(documents.number(), 4 + 3 + 2);
        assert_eq!(documents.bounds(), [4, 7]);
        let all = [0, 1, 2, 3].map(|class| documents.of_class(class));
        assert_eq!(all, [[0, 4, 7], [1, 4, 7], [2, 5, 7], [3, 6, 8]]);
    }

    #[test]
    fn opinions_are_beside_their_own_mean() {
        let documents = Documents::of(["11-1011", "13-1011"].map(|soc| soc.parse().ok()));
        let mut scores = vec![1.0, 2.0];
        join(
            &documents,
            [2.0, 1.0, 0.0, 0.5],
            &[10, 30, 0, 0, 7, 7],
            &mut scores,
        );
        assert_eq!(scores, [1.0, 5.0]);
    }
}
