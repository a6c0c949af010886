//! A file or standard input, read up to a limit.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use offdesk_import::text::encoding::decode_whole;

use super::error::CliError;
use super::{exit, output};

/// A password is at most so long.
const LONGEST_SECRET: u64 = 4096;

/// Where bytes come from.
#[derive(Debug, Clone, Copy)]
pub enum From<'p> {
    /// Standard input.
    Stdin,
    /// A file, whatever its name.
    File(&'p Path),
}

impl<'p> From<'p> {
    /// What a word of the command line names: `-` is standard input.
    pub fn word(path: &'p Path) -> Self {
        if path == Path::new("-") {
            Self::Stdin
        } else {
            Self::File(path)
        }
    }
}

/// Why there are no bytes.
#[derive(Debug)]
pub enum Unread {
    /// There are more of them.
    TooLarge,
    /// They cannot be read.
    Failed(io::Error),
}

/// All bytes, so many at most.
pub fn read_bytes(from: From<'_>, largest: u64) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    let most = largest.saturating_add(1);
    let read = match from {
        From::Stdin => io::stdin().lock().take(most).read_to_end(&mut bytes),
        From::File(path) => {
            File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
        }
    };
    read.map_err(Unread::Failed)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > largest {
        return Err(Unread::TooLarge);
    }
    Ok(bytes)
}

/// A file, or standard input, as text; what it was written in is told where it is not UTF-8.
///
/// # Errors
/// The code given, with why there is no text.
pub fn read_text(path: &Path, largest: u64, code: &'static str) -> Result<String, CliError> {
    let refuse = |why: &str, hint: &str| {
        let message = format!("{} cannot be read: {why}", name(path));
        CliError::new(exit::FAILED, code, message).line(hint)
    };
    let bytes = read_bytes(From::word(path), largest).map_err(|why| match why {
        Unread::TooLarge => refuse(
            &format!("it is larger than {} MiB", largest >> 20),
            "leave out what it need not hold",
        ),
        Unread::Failed(error) => refuse(
            &error.to_string(),
            "check the name and the folder, or give - for standard input",
        ),
    })?;
    let decoded = decode_whole(bytes);
    if decoded.is_damaged {
        let why = format!("some of it is no {}", decoded.encoding);
        return Err(refuse(&why, "save it as UTF-8"));
    }
    if decoded.encoding != "UTF-8" {
        output::say(&format!(
            "{} was read as {}.\n",
            name(path),
            decoded.encoding
        ));
    }
    Ok(decoded.text)
}

/// The first line of a file or of standard input: a password.
///
/// # Errors
/// The code given, with why there is none.
pub fn read_secret(from: From<'_>, code: &'static str) -> Result<String, CliError> {
    let refuse = |why: &str| {
        let message = match from {
            From::Stdin => format!("the password cannot be read: {why}"),
            From::File(path) => format!("{} cannot be read: {why}", path.display()),
        };
        CliError::new(exit::FAILED, code, message)
    };
    let bytes = read_bytes(from, LONGEST_SECRET).map_err(|why| match why {
        Unread::TooLarge => refuse("it is longer than 4,096 bytes"),
        Unread::Failed(error) => refuse(&error.to_string()),
    })?;
    let text = String::from_utf8(bytes).map_err(|_| refuse("it is not UTF-8"))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// The name of a file, or of standard input, for messages.
pub fn name(path: &Path) -> String {
    match From::word(path) {
        From::Stdin => "standard input".to_owned(),
        From::File(path) => path.display().to_string(),
    }
}
