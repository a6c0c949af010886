//! Builds the index of the catalogue's phrases by the words they are made of.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use offdesk_domain::activity::Folder;

use super::{Index, LONGEST_PHRASE, Target, key_of, pair_of};
use crate::catalogue::Catalogue;

/// Words that go with any kind of work: they neither weaken nor make a reading.
const FILLERS: &str = "do doing work start finish continue complete check review update create write send make plan \
    manage handle process prepare set up new old misc session task time day week month quick final draft first second \
    next last today daily weekly monthly quarterly annual yearly client customer company business team various general \
    prep get go several small big urgent open follow talk discuss discussion call meeting schreiben machen erstellen";

impl Index {
    pub(super) fn build(catalogue: &'static Catalogue) -> Self {
        let size = catalogue.phrases.len();
        let mut index = Self {
            words: HashMap::with_capacity_and_hasher(size, FixedState::default()),
            phrases: HashMap::with_capacity_and_hasher(size, FixedState::default()),
            pairs: HashMap::with_capacity_and_hasher(size, FixedState::default()),
            // Number 0 is a word that no phrase has.
            reach: vec![0],
            commonness: vec![0],
            is_filler: vec![false],
            kinds: &catalogue.kinds,
        };
        let mut folder = Folder::new();
        for word in FILLERS.split_whitespace() {
            let form = folder.fold(word);
            if !form.is_empty() {
                let number = index.number(form);
                index.is_filler[usize::from(number)] = true;
            }
        }
        for phrase in &catalogue.phrases {
            let target = Target {
                kind: phrase.kind,
                is_weak: phrase.is_weak,
            };
            index.add(folder.fold(phrase.text), target);
        }
        index
    }

    fn number(&mut self, word: &str) -> u16 {
        if let Some(number) = self.words.get(word) {
            return *number;
        }
        let Ok(number) = u16::try_from(self.reach.len()) else {
            return 0;
        };
        self.words.insert(word.into(), number);
        self.reach.push(0);
        self.commonness.push(0);
        self.is_filler.push(false);
        number
    }

    fn add(&mut self, form: &str, target: Target) {
        let mut numbers = [0; LONGEST_PHRASE];
        let mut count = 0;
        for word in form.split(' ').filter(|word| !word.is_empty()) {
            let Some(place) = numbers.get_mut(count) else {
                return;
            };
            *place = self.number(word);
            count += 1;
        }
        let Some(length) = u8::try_from(count).ok().filter(|length| *length > 0) else {
            return;
        };
        for number in &numbers[..count] {
            self.commonness[usize::from(*number)] += 1;
        }
        let reach = &mut self.reach[usize::from(numbers[0])];
        *reach = (*reach).max(length);
        self.phrases
            .entry(key_of(&numbers[..count]))
            .or_insert(target);
        if let ([first, second, 0, 0], Some(kind)) = (numbers, target.kind)
            && second != 0
            && first != second
        {
            let pair = self
                .pairs
                .entry(pair_of(first, second))
                .or_insert(Some(kind));
            if *pair != Some(kind) {
                *pair = None;
            }
        }
    }
}
