//! The file of a workspace that is read, and how much is unpacked of it.

use std::fs::File;
use std::io::BufReader;

use zip::ZipArchive;

use super::damaged;
use crate::error::Error;

/// Unpacked, a file that comes from elsewhere has no more bytes than this, and no more for each of its own than that.
const MOST_UNPACKED: u64 = 16 * 1024 * 1024 * 1024;
const MOST_FOR_ONE: u64 = 200;
/// A small file may be all of one letter.
const ALWAYS_UNPACKED: u64 = 32 * 1024 * 1024;

/// A file that is read, with how much may still be unpacked of it.
pub(super) struct Archive {
    pub(super) zip: ZipArchive<BufReader<File>>,
    pub(super) left: u64,
}

impl Archive {
    /// One of this machine, of any length.
    pub(super) fn of(file: File) -> Result<Self, Error> {
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(&error))?;
        Ok(Self {
            zip,
            left: u64::MAX,
        })
    }

    /// One that somebody has sent: no longer than a file of an honest size is.
    pub(super) fn of_somebody(file: File) -> Result<Self, Error> {
        let length = file.metadata().map_err(|error| damaged(&error))?.len();
        let most = length
            .saturating_mul(MOST_FOR_ONE)
            .clamp(ALWAYS_UNPACKED, MOST_UNPACKED);
        Ok(Self {
            left: most,
            ..Self::of(file)?
        })
    }
}

/// Counts what was unpacked.
pub(super) fn count(left: &mut u64, length: usize) -> Result<(), Error> {
    let rest = left.checked_sub(u64::try_from(length).unwrap_or(u64::MAX));
    *left = rest.ok_or_else(|| {
        Error::invalid(
            "file",
            "workspace.long",
            "unpacked, the file is longer than any workspace: sixteen gigabytes, or two hundred bytes for each of its own",
        )
        .hint("bring it in on the machine itself:  offdesk workspace import FILE")
    })?;
    Ok(())
}
