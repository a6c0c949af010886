//! What a backup says of itself: the digest of each block of the database in it. It stands behind the database, where SQLite does not
//! look, so a backup stays a file that SQLite can open.
//!
//! Form: the database; the manifest as JSON; its length (8 bytes, the largest first), its SHA-256, and [`MARK`].

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::moment::{Moment, hex};

/// What a backup with a manifest ends with.
const MARK: &[u8; 20] = b"\noffdesk manifest 1\n";
/// Length, digest and mark.
const FOOT: usize = 8 + 32 + MARK.len();
/// A block: what a fault is narrowed down to.
const BLOCK: usize = 1 << 20;
/// A manifest of a database of 400 GB; more is damage.
const LARGEST: u64 = 32 << 20;
const SQLITE: &[u8] = b"SQLite format 3\0";

/// The manifest as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    schema: String,
    made_at: String,
    program: String,
    database: Part,
}

/// The database, attachments included: so many bytes from the beginning of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    length: u64,
    block: u64,
    sha256: Vec<String>,
}

/// What a backup's manifest tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// Every byte is what was written then.
    Whole {
        /// When it was made.
        made_at: String,
    },
    /// It was made before backups had a manifest.
    Unknown,
}

/// Why a backup is not taken.
#[derive(Debug)]
pub(super) enum Fault {
    /// It cannot be read.
    Read(io::Error),
    /// A part of it is not what was written.
    Part(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Read(error)
    }
}

/// Writes the manifest of a database behind it.
pub(super) fn append(file: &Path, moment: Moment) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).open(file)?;
    let length = file.metadata()?.len();
    let mut sha256 = Vec::new();
    each_block(&mut file, length, |_, digest| sha256.push(hex(&digest)))?;
    let manifest = Manifest {
        schema: "offdesk.manifest/1".to_owned(),
        made_at: moment.now.to_string(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        database: Part {
            length,
            block: u64::try_from(BLOCK).unwrap_or(u64::MAX),
            sha256,
        },
    };
    let text = serde_json::to_vec(&manifest)?;
    file.seek(SeekFrom::End(0))?;
    file.write_all(&text)?;
    file.write_all(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes())?;
    file.write_all(&Sha256::digest(&text))?;
    file.write_all(MARK)?;
    file.sync_all()
}

/// Reads a backup to its end and holds every byte against its manifest.
pub(super) fn check(file: &Path) -> Result<Held, Fault> {
    let mut file = File::open(file)?;
    let length = file.metadata()?.len();
    let Some((manifest, begins)) = read(&mut file, length)? else {
        return Ok(Held::Unknown);
    };
    let part = &manifest.database;
    let blocks = length_of(part.sha256.len());
    let is_sound = manifest.schema == "offdesk.manifest/1"
        && part.block == length_of(BLOCK)
        && blocks == begins.div_ceil(part.block);
    if !is_sound {
        return Err(Fault::Part(
            "its manifest is of another kind of backup".to_owned(),
        ));
    }
    if part.length != begins {
        return Err(Fault::Part(format!(
            "the database in it has {begins} bytes where {} were written",
            part.length
        )));
    }
    let mut wrong = None;
    each_block(&mut file, begins, |number, digest| {
        if wrong.is_none() && part.sha256.get(number) != Some(&hex(&digest)) {
            wrong = Some(length_of(number) * part.block);
        }
    })?;
    match wrong {
        None => Ok(Held::Whole {
            made_at: manifest.made_at,
        }),
        Some(from) => Err(Fault::Part(format!(
            "the database in it is not what was written, in the bytes {} to {}",
            from + 1,
            begins.min(from + part.block)
        ))),
    }
}

/// The manifest of a file, with where it begins; `None` for a database with nothing behind it.
fn read(file: &mut File, length: u64) -> Result<Option<(Manifest, u64)>, Fault> {
    let damaged = || Fault::Part("its manifest is not what was written".to_owned());
    let foot_length = length_of(FOOT);
    let mut foot = [0; FOOT];
    if length >= foot_length {
        file.seek(SeekFrom::Start(length - foot_length))?;
        file.read_exact(&mut foot)?;
    }
    if !foot.ends_with(MARK) {
        return if has_more(file, length)? {
            Err(damaged())
        } else {
            Ok(None)
        };
    }
    let (number, rest) = foot.split_at(8);
    let (digest, _) = rest.split_at(32);
    let size = u64::from_be_bytes(number.try_into().unwrap_or_default());
    let begins = (length - foot_length).checked_sub(size);
    let Some(begins) = begins.filter(|_| size <= LARGEST) else {
        return Err(damaged());
    };
    file.seek(SeekFrom::Start(begins))?;
    let mut text = Vec::new();
    file.take(size).read_to_end(&mut text)?;
    if Sha256::digest(&text).as_slice() != digest {
        return Err(damaged());
    }
    let manifest = serde_json::from_slice(&text).map_err(|_| damaged())?;
    Ok(Some((manifest, begins)))
}

/// Whether there is more in a file than the database that its first bytes tell of: a manifest whose mark is gone.
fn has_more(file: &mut File, length: u64) -> io::Result<bool> {
    let mut head = [0; 32];
    if length < length_of(head.len()) {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(0))?;
    file.read_exact(&mut head)?;
    // A page of 65,536 bytes is written as 1.
    let page = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u64::from(u32::from_be_bytes([head[28], head[29], head[30], head[31]]));
    Ok(head.starts_with(SQLITE) && page * pages != length)
}

/// Hands on the digest of each block of the first bytes of a file.
fn each_block(
    file: &mut File,
    length: u64,
    mut take: impl FnMut(usize, [u8; 32]),
) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    let mut rest = file.take(length);
    let mut block = Vec::with_capacity(BLOCK);
    for number in 0.. {
        block.clear();
        if rest
            .by_ref()
            .take(length_of(BLOCK))
            .read_to_end(&mut block)?
            == 0
        {
            break;
        }
        take(number, Sha256::digest(&block).into());
    }
    Ok(())
}

fn length_of(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
