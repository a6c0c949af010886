//! The first reading of a file: its wordings, with the time of each, in memory that does not grow with the entries.

use std::any::Any;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use foldhash::fast::FixedState;
use offdesk_domain::activity::Folder;
use offdesk_import::{Entry, Input, Options, Problem, Report, Sink};
use offdesk_pricing::WorkText;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::moment::digest;

/// So many wordings of a file are told apart; entries with ever-new texts beyond that share one.
const MOST_WORDINGS: usize = 50_000;
/// So many texts just seen are known without folding them again.
const MOST_RECENT: usize = 1 << 16;
/// So many letters of a text are kept for a wording.
const KEPT: usize = 200;

/// What a wording is known by.
pub type WordingKey = [u8; 16];
/// The ids of the wordings of a file.
pub type WordingIds = Arc<HashMap<WordingKey, Uuid, FixedState>>;

/// A wording as found in a file.
#[derive(Debug, Clone, Default)]
pub struct Scanned {
    /// The first entry's text.
    pub description: String,
    /// Its project.
    pub project: String,
    /// Its task.
    pub task: String,
    /// Its tags.
    pub tags: String,
    /// The time of all its entries.
    pub seconds: i64,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub struct Scan {
    /// What was read.
    pub report: Report,
    /// The wordings, in the order of their first entries as read.
    pub wordings: Vec<(WordingKey, Scanned)>,
    /// The clients named in it.
    pub clients: Vec<String>,
    /// Digest of its bytes.
    pub bytes: [u8; 32],
}

/// Reads a file for its wordings.
pub fn scan(input: &mut Input, options: &Options<'_>) -> Result<Scan, Problem> {
    let bytes = digest_of(input)?;
    let mut sink = Scanner::default();
    let report = offdesk_import::read(input, options, &mut sink)?;
    Ok(Scan {
        report,
        wordings: sink.wordings,
        clients: sink.clients,
        bytes,
    })
}

fn digest_of(input: &mut Input) -> Result<[u8; 32], Problem> {
    let mut hasher = Sha256::new();
    let stream = input.start()?;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => return Ok(hasher.finalize().into()),
            Ok(length) => hasher.update(&buffer[..length]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(offdesk_import::input::unreadable(&error)),
        }
    }
}

/// Tells what an entry's wording is: what its text says or, where that says nothing, where it was filed.
#[derive(Default)]
pub struct Keys {
    folder: Folder,
    recent: HashMap<u64, WordingKey, FixedState>,
    state: FixedState,
}

impl Keys {
    /// The key of an entry's wording.
    pub fn of(&mut self, entry: &Entry<'_>) -> WordingKey {
        let texts = (
            entry.description,
            entry.task,
            entry.tags.text(),
            entry.project,
        );
        let raw = self.state.hash_one(texts);
        if let Some(key) = self.recent.get(&raw) {
            return *key;
        }
        if self.recent.len() >= MOST_RECENT {
            self.recent.clear();
        }
        let key = self.fold(entry);
        self.recent.insert(raw, key);
        key
    }

    fn fold(&mut self, entry: &Entry<'_>) -> WordingKey {
        let form = self.folder.fold(entry.description).to_owned();
        let is_known = || {
            let text = WorkText {
                description: &form,
                ..WorkText::default()
            };
            offdesk_pricing::kind_of(&text).is_some()
        };
        let is_filed =
            !(entry.task.is_empty() && entry.tags.text().is_empty() && entry.project.is_empty());
        if !is_filed || is_known() {
            return half(&digest(&[b"text", form.as_bytes()]));
        }
        let mut fold = |text: &str| self.folder.fold(text).to_owned();
        let (task, tags, project) = (
            fold(entry.task),
            fold(entry.tags.text()),
            fold(entry.project),
        );
        half(&digest(&[
            b"filed",
            form.as_bytes(),
            task.as_bytes(),
            tags.as_bytes(),
            project.as_bytes(),
        ]))
    }
}

/// The key of the wording that all share for which there is no room.
pub fn other_key() -> WordingKey {
    half(&digest(&[b"other"]))
}

fn half(digest: &[u8; 32]) -> WordingKey {
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    half
}

#[derive(Default)]
struct Scanner {
    keys: Keys,
    places: HashMap<WordingKey, usize, FixedState>,
    wordings: Vec<(WordingKey, Scanned)>,
    clients: Vec<String>,
    last_client: String,
}

impl Scanner {
    fn add(&mut self, key: WordingKey, one: impl FnOnce() -> Scanned, seconds: i64) {
        let place = match self.places.get(&key) {
            Some(place) => *place,
            None if self.wordings.len() < MOST_WORDINGS => self.push(key, one()),
            None => match self.places.get(&other_key()) {
                Some(place) => *place,
                None => {
                    let other = Scanned {
                        description: "Other texts".to_owned(),
                        ..Scanned::default()
                    };
                    self.push(other_key(), other)
                }
            },
        };
        if let Some((_, wording)) = self.wordings.get_mut(place) {
            wording.seconds = wording.seconds.saturating_add(seconds);
        }
    }

    fn push(&mut self, key: WordingKey, wording: Scanned) -> usize {
        let place = self.wordings.len();
        self.wordings.push((key, wording));
        self.places.insert(key, place);
        place
    }

    fn note_client(&mut self, client: &str) {
        if client.is_empty() || client == self.last_client || self.clients.len() >= 1000 {
            return;
        }
        client.clone_into(&mut self.last_client);
        if !self.clients.iter().any(|known| known == client) {
            self.clients.push(client.to_owned());
        }
    }
}

/// The beginning of a text, as kept.
pub fn kept(text: &str) -> String {
    beginning(text, KEPT)
}

/// So many letters of a text. PostgreSQL has no text with a NUL in it, so there is none.
pub fn beginning(text: &str, letters: usize) -> String {
    if text.len() <= letters && !text.as_bytes().contains(&0) {
        return text.to_owned();
    }
    text.chars().take(letters).filter(|c| *c != '\0').collect()
}

impl Sink for Scanner {
    fn entry(&mut self, entry: &Entry<'_>) {
        let key = self.keys.of(entry);
        let one = || Scanned {
            description: kept(entry.description),
            project: kept(entry.project),
            task: kept(entry.task),
            tags: kept(entry.tags.text()),
            seconds: 0,
        };
        self.add(key, one, entry.seconds);
        self.note_client(entry.client);
    }

    fn fork(&self) -> Box<dyn Sink> {
        Box::new(Self::default())
    }

    fn absorb(&mut self, fork: Box<dyn Sink>) {
        let Ok(fork) = fork.into_any().downcast::<Self>() else {
            return;
        };
        for (key, wording) in fork.wordings {
            let seconds = wording.seconds;
            let one = || Scanned {
                seconds: 0,
                ..wording
            };
            self.add(key, one, seconds);
        }
        for client in fork.clients {
            self.note_client(&client);
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
