//! The model's file: occupations, then features in a hash table, then what each feature says of which occupation.

use std::borrow::Cow;

use offdesk_domain::Soc;

const MAGIC: &[u8; 8] = b"offdesk1";
/// Magic, checksum, numbers of occupations, slots and entries, scale of weights, sharpness.
const HEAD: usize = 8 + 8 + 4 * 5;
const CLASS: usize = 8;
const SLOT: usize = 12;
const ENTRY: usize = 3;
/// Weights of rare features, as a feature that is not known at all.
const RAREST: f32 = 9.0;

/// Why a file is no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as a model of this version does.
    #[error("this is no pricing model of this version of offdesk")]
    NoModel,
    /// Its parts do not fit its length: it was cut.
    #[error("the pricing model is cut short or too long")]
    Length,
    /// Its bytes are not those that were written.
    #[error("the pricing model is damaged")]
    Damaged,
}

/// A checked file.
#[derive(Debug)]
pub struct Layout {
    bytes: Cow<'static, [u8]>,
    classes: usize,
    slots: usize,
    entries: usize,
    scale: f32,
    sharpness: f32,
}

/// A feature that the model knows.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    start: usize,
    count: usize,
    /// How rare it is; more says more.
    pub idf: f32,
}

impl Layout {
    pub(super) fn new(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        if !bytes.starts_with(MAGIC) || bytes.len() < HEAD {
            return Err(ModelError::NoModel);
        }
        let number = |at: usize| usize::try_from(u32_at(&bytes, at)).unwrap_or(usize::MAX);
        let (classes, slots, entries) = (number(16), number(20), number(24));
        let length = classes
            .checked_mul(CLASS)
            .and_then(|sum| sum.checked_add(slots.checked_mul(SLOT)?))
            .and_then(|sum| sum.checked_add(entries.checked_mul(ENTRY)?))
            .and_then(|sum| sum.checked_add(HEAD));
        if length != Some(bytes.len()) || slots == 0 {
            return Err(ModelError::Length);
        }
        let expected = bytes.get(8..16).and_then(|part| part.try_into().ok());
        let body = bytes.get(16..).unwrap_or_default();
        if expected.map(u64::from_le_bytes) != Some(checksum(body)) {
            return Err(ModelError::Damaged);
        }
        let (scale, sharpness) = (f32_at(&bytes, 28), f32_at(&bytes, 32));
        Ok(Self {
            bytes,
            classes,
            slots,
            entries,
            scale,
            sharpness,
        })
    }

    /// How much a word that is not known would have said.
    pub(super) fn rarest(&self) -> f32 {
        RAREST
    }

    /// A feature by its number.
    pub(super) fn find(&self, hash: u32) -> Option<Entry> {
        let mut slot = slot_of(hash, self.slots);
        for _ in 0..self.slots {
            let at = HEAD + self.classes * CLASS + slot * SLOT;
            let found = u32_at(&self.bytes, at);
            if found == hash {
                let start = usize::try_from(u32_at(&self.bytes, at + 4)).ok()?;
                let count = usize::from(u16_at(&self.bytes, at + 8));
                (start + count <= self.entries).then_some(())?;
                return Some(Entry {
                    start,
                    count,
                    idf: f32::from(u16_at(&self.bytes, at + 10)) / 1024.0,
                });
            }
            if found == 0 {
                return None;
            }
            slot = if slot + 1 == self.slots { 0 } else { slot + 1 };
        }
        None
    }

    /// Sets the scores to those of a text without any feature.
    pub(super) fn start(&self, scores: &mut Vec<f32>) {
        scores.clear();
        scores.extend((0..self.classes).map(|class| f32_at(&self.bytes, HEAD + class * CLASS + 4)));
    }

    /// Adds what a feature says.
    pub(super) fn add(&self, entry: Entry, value: f32, scores: &mut [f32]) {
        let start = HEAD + self.classes * CLASS + self.slots * SLOT + entry.start * ENTRY;
        let bytes = self
            .bytes
            .get(start..start + entry.count * ENTRY)
            .unwrap_or_default();
        let value = value * self.scale;
        for [low, high, weight] in bytes.as_chunks::<ENTRY>().0 {
            let class = usize::from(u16::from_le_bytes([*low, *high]));
            if let Some(score) = scores.get_mut(class) {
                *score += value * f32::from(i8::from_le_bytes([*weight]));
            }
        }
    }

    /// The score of an occupation; zero of one that the model does not know.
    pub(super) fn score_of(&self, soc: Soc, scores: &[f32]) -> f32 {
        (0..self.classes)
            .find(|class| self.soc(*class) == Some(soc))
            .and_then(|class| scores.get(class))
            .copied()
            .unwrap_or(0.0)
    }

    fn soc(&self, class: usize) -> Option<Soc> {
        Soc::from_number(u32_at(&self.bytes, HEAD + class * CLASS))
    }

    /// The scores as probabilities, in the order of the occupations.
    pub(super) fn probabilities<'s>(
        &'s self,
        scores: &'s mut [f32],
    ) -> impl Iterator<Item = (Soc, f32)> + 's {
        let best = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut sum = 0.0;
        for score in scores.iter_mut() {
            *score = ((*score - best) * self.sharpness).exp();
            sum += *score;
        }
        scores
            .iter()
            .enumerate()
            .filter_map(move |(class, score)| Some((self.soc(class)?, score / sum)))
    }
}

/// A number that changes with any change of the bytes, made of eight bytes at a time.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u64 {
    let (blocks, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut sum = 0x9e37_79b9_7f4a_7c15_u64 ^ u64::try_from(bytes.len()).unwrap_or(0);
    for block in blocks.iter().chain([&last]) {
        sum = (sum ^ u64::from_le_bytes(*block)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        sum ^= sum >> 31;
    }
    sum
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let part = bytes.get(at..at + 4).and_then(|part| part.try_into().ok());
    part.map_or(0, u32::from_le_bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    let part = bytes.get(at..at + 2).and_then(|part| part.try_into().ok());
    part.map_or(0, u16::from_le_bytes)
}

fn f32_at(bytes: &[u8], at: usize) -> f32 {
    f32::from_bits(u32_at(bytes, at))
}

/// Where the search for a feature begins.
fn slot_of(hash: u32, slots: usize) -> usize {
    let slots = u64::try_from(slots).unwrap_or(0);
    usize::try_from((u64::from(hash) * slots) >> 32).unwrap_or(0)
}

/// So many slots keep a table of some features quick.
fn slots_for(features: usize) -> usize {
    features * 4 / 3 + 1
}

/// What a feature says: positions of occupations with weights from -127 to 127.
pub type Says = Vec<(u16, i8)>;

/// A model's parts, to be written.
#[derive(Debug, Default)]
pub struct Parts {
    /// Occupations with the score of a text without any feature.
    pub classes: Vec<(Soc, f32)>,
    /// Features: number, how rare, and what it says.
    pub features: Vec<(u32, f32, Says)>,
    /// What a weight is multiplied by.
    pub scale: f32,
    /// What scores are multiplied by before they become probabilities.
    pub sharpness: f32,
}

impl Parts {
    /// How many weights fit a file of so many bytes, beside the features and occupations.
    #[must_use]
    pub fn room(bytes: usize, features: usize, classes: usize) -> usize {
        let rest = HEAD + classes * CLASS + slots_for(features) * SLOT;
        bytes.saturating_sub(rest) / ENTRY
    }

    /// The file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let slots = slots_for(self.features.len());
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
        let entries: usize = self.features.iter().map(|(_, _, says)| says.len()).sum();
        let mut body = Vec::new();
        body.extend(count(self.classes.len()));
        body.extend(count(slots));
        body.extend(count(entries));
        body.extend(self.scale.to_bits().to_le_bytes());
        body.extend(self.sharpness.to_bits().to_le_bytes());
        for (soc, bias) in &self.classes {
            body.extend(soc.number().to_le_bytes());
            body.extend(bias.to_bits().to_le_bytes());
        }
        let mut table = vec![[0_u8; SLOT]; slots];
        let mut start = 0;
        for (hash, idf, says) in &self.features {
            let mut slot = slot_of(*hash, slots);
            while table[slot] != [0; SLOT] {
                slot = (slot + 1) % slots;
            }
            let entry = &mut table[slot];
            entry[..4].copy_from_slice(&hash.to_le_bytes());
            entry[4..8].copy_from_slice(&count(start));
            entry[8..10].copy_from_slice(&u16::try_from(says.len()).unwrap_or(0).to_le_bytes());
            entry[10..].copy_from_slice(&fixed(*idf).to_le_bytes());
            start += says.len();
        }
        body.extend(table.into_iter().flatten());
        for (class, weight) in self.features.iter().flat_map(|(_, _, says)| says) {
            body.extend(class.to_le_bytes());
            body.extend(weight.to_le_bytes());
        }
        let mut file = MAGIC.to_vec();
        file.extend(checksum(&body).to_le_bytes());
        file.extend(body);
        file
    }
}

/// A number from 0 to 63 in steps of 1/1024.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits just before"
)]
fn fixed(number: f32) -> u16 {
    (number * 1024.0).round().clamp(0.0, 65_535.0) as u16
}
