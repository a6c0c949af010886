//! What helps to read, handed from one file to the next.

use offdesk_domain::activity::Folder;

use super::Collector;
use super::filings::Filings;
use super::origins::Origins;
use super::recent::Recent;

/// What helps to read and knows nothing of the entries of a file.
pub struct Aids {
    pub(super) folder: Folder,
    pub(super) filings: Filings,
    pub(super) recent: Recent,
    pub(super) origins: Origins,
}

impl Default for Aids {
    fn default() -> Self {
        Self {
            folder: Folder::new(),
            filings: Filings::default(),
            recent: Recent::default(),
            origins: Origins::default(),
        }
    }
}

impl Collector {
    /// Takes the aids out, without what they knew of this file.
    pub(super) fn give_back(&mut self) -> Aids {
        let mut aids = Aids {
            folder: std::mem::take(&mut self.folder),
            filings: std::mem::take(&mut self.filings),
            recent: std::mem::take(&mut self.recent),
            origins: std::mem::take(&mut self.origins),
        };
        aids.filings.clear();
        aids.recent.clear();
        aids
    }
}
