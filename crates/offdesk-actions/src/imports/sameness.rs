//! Whether a file was imported already: read the same way, or another, in which the same work would count twice.

use offdesk_store::sources::SourceRow;

use super::Choices;
use crate::moment::digest;
use crate::workspaces::Settings;

/// So many bytes tell one way of reading from another, and one selection of entries.
const HALF: usize = 16;

/// What an import is known by: the bytes of its file, how they are read, and which of the entries are taken.
#[derive(Debug, Clone)]
pub(super) struct FileDigest {
    bytes: [u8; 32],
    reading: [u8; HALF],
    selection: [u8; HALF],
    /// As imports of before November 2026 have it: of the bytes and of all choices together.
    together: [u8; 32],
    /// The same of the file read without any choice.
    unchosen: [u8; 32],
}

impl FileDigest {
    pub(super) fn of(bytes: [u8; 32], choices: &Choices, settings: &Settings) -> Self {
        let zone = match choices.zone.as_str() {
            "" => settings.zone.clone().unwrap_or_default(),
            zone => zone.to_owned(),
        };
        let plain = Choices::default();
        let reading = Choices {
            zone,
            date_order: choices.date_order.clone(),
            format: choices.format.clone(),
            map: choices.map.clone(),
            ..plain.clone()
        };
        let selection = Choices {
            person: choices.person.trim().to_lowercase(),
            allow_long: choices.allow_long,
            from: choices.from.clone(),
            to: choices.to.clone(),
            ..plain.clone()
        };
        Self {
            bytes,
            reading: half(&reading.digest()),
            selection: half(&selection.digest()),
            together: digest(&[&bytes, &choices.digest()]),
            unchosen: digest(&[&bytes, &plain.digest()]),
        }
    }

    /// As it is kept with an import.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        [&self.bytes[..], &self.reading, &self.selection].concat()
    }

    /// The import of the same file, read the same way, with the same entries taken.
    pub(super) fn same<'s>(&self, sources: &'s [SourceRow]) -> Option<&'s SourceRow> {
        let own = self.to_bytes();
        let is_same = |source: &&SourceRow| source.digest == own || source.digest == self.together;
        sources.iter().find(is_same)
    }

    /// The imports of the same file, read another way: those with the same entries taken, or else all of them.
    pub(super) fn otherwise<'s>(&self, sources: &'s [SourceRow]) -> Vec<&'s SourceRow> {
        let (mut same, mut others) = (Vec::new(), Vec::new());
        for source in sources {
            let (bytes, how) = source.digest.split_at_checked(32).unwrap_or_default();
            let (reading, selection) = how.split_at_checked(HALF).unwrap_or_default();
            if source.digest == self.unchosen && self.together != self.unchosen {
                others.push(source);
            } else if bytes == self.bytes && !how.is_empty() && reading != self.reading {
                match selection == self.selection {
                    true => same.push(source),
                    false => others.push(source),
                }
            }
        }
        if same.is_empty() { others } else { same }
    }
}

fn half(bytes: &[u8]) -> [u8; HALF] {
    let mut half = [0; HALF];
    half.copy_from_slice(&digest(&[bytes])[..HALF]);
    half
}
