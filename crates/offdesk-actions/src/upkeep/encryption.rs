//! Backups under a passphrase: argon2id makes the key, ChaCha20-Poly1305 seals block by block, so that nothing can be changed, moved, left
//! out or cut off unnoticed, and a file of any size needs little memory.
//!
//! Form: [`MARK`], salt (16 bytes), memory in KiB, passes and lanes of argon2id (4 bytes each, the largest first), a tag that tells the right
//! passphrase (16 bytes); then blocks of 64 KiB, each with its tag. A nonce is the block's number and whether it is the last one.

use std::io::{self, BufRead, Read, Write};

use argon2::{Algorithm, Argon2, Params, Version};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::hmac;
use subtle::ConstantTimeEq;

use crate::moment::Moment;

/// What an encrypted backup begins with.
pub(super) const MARK: &[u8; 20] = b"offdesk encrypted 1\n";
const SALT: usize = 16;
const TAG: usize = 16;
const HEAD: usize = MARK.len() + SALT + 3 * 4;
const BLOCK: usize = 64 << 10;
/// Memory in KiB, passes, lanes: what a new key costs.
const COST: [u32; 3] = [64 << 10, 3, 1];
/// The most that a file may ask for: a backup somebody made up must not take the machine's memory.
const HIGHEST: [u32; 3] = [1 << 20, 16, 16];

/// Why something is not opened.
#[derive(Debug)]
pub(super) enum Failure {
    /// It cannot be read or written.
    Io(io::Error),
    /// The passphrase is another one, or the first bytes were changed.
    Passphrase,
    /// A part is not what was written.
    Part(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Seals all that comes.
pub(super) fn encrypt(
    mut from: impl BufRead,
    mut to: impl Write,
    passphrase: &str,
    moment: Moment,
) -> Result<(), Failure> {
    let mut salt = [0; SALT];
    (moment.random)(&mut salt);
    let mut head = Vec::from(MARK);
    head.extend(salt);
    head.extend(COST.iter().flat_map(|number| number.to_be_bytes()));
    let (key, tag) = derive(passphrase, &head)?;
    to.write_all(&head)?;
    to.write_all(&tag)?;
    let mut block = Vec::with_capacity(BLOCK + TAG);
    for number in 0.. {
        let is_last = read_block(&mut from, BLOCK, &mut block)?;
        key.seal_in_place_append_tag(nonce(number, is_last)?, Aad::empty(), &mut block)
            .map_err(|_| Failure::Part("a block cannot be sealed".to_owned()))?;
        to.write_all(&block)?;
        if is_last {
            break;
        }
    }
    to.flush()?;
    Ok(())
}

/// Opens what was sealed under a passphrase. What is written before a fault is found is worth nothing.
pub(super) fn decrypt(
    mut from: impl BufRead,
    mut to: impl Write,
    passphrase: &str,
) -> Result<(), Failure> {
    let mut head = [0; HEAD];
    let mut tag = [0; TAG];
    let short = |_| Failure::Part("it is cut off in its first bytes".to_owned());
    from.read_exact(&mut head).map_err(short)?;
    from.read_exact(&mut tag).map_err(short)?;
    let (key, right) = derive(passphrase, &head)?;
    if !bool::from(tag.ct_eq(&right)) {
        return Err(Failure::Passphrase);
    }
    let mut block = Vec::with_capacity(BLOCK + TAG);
    for number in 0.. {
        let is_last = read_block(&mut from, BLOCK + TAG, &mut block)?;
        let opened = key.open_in_place(nonce(number, is_last)?, Aad::empty(), &mut block);
        let opened = opened.map_err(|_| Failure::Part(where_it_is(number)))?;
        to.write_all(opened)?;
        if is_last {
            break;
        }
    }
    to.flush()?;
    Ok(())
}

fn where_it_is(number: u32) -> String {
    let size = u64::try_from(BLOCK + TAG).unwrap_or(u64::MAX);
    let from = u64::try_from(HEAD + TAG).unwrap_or(u64::MAX) + u64::from(number) * size;
    format!(
        "it is cut off or not what was written, in the bytes {} to {}",
        from + 1,
        from + size
    )
}

/// Fills a block, and says whether nothing comes after it.
fn read_block(from: &mut impl BufRead, size: usize, block: &mut Vec<u8>) -> io::Result<bool> {
    block.clear();
    let most = u64::try_from(size).unwrap_or(u64::MAX);
    from.by_ref().take(most).read_to_end(block)?;
    Ok(from.fill_buf()?.is_empty())
}

/// The key of a passphrase, and the tag that is its and no other's; both hang on every byte of the head.
fn derive(passphrase: &str, head: &[u8]) -> Result<(LessSafeKey, [u8; TAG]), Failure> {
    let strange = || Failure::Part("its first bytes are not what was written".to_owned());
    let numbers: Vec<u32> = head[MARK.len() + SALT..]
        .chunks_exact(4)
        .map(|bytes| u32::from_be_bytes(bytes.try_into().unwrap_or_default()))
        .collect();
    let is_odd = numbers.iter().zip(HIGHEST).any(|(is, most)| *is > most);
    let &[memory, passes, lanes] = numbers.as_slice() else {
        return Err(strange());
    };
    if is_odd || !head.starts_with(MARK) {
        return Err(strange());
    }
    let params = Params::new(memory, passes, lanes, Some(64)).map_err(|_| strange())?;
    let mut made = [0; 64];
    let salt = &head[MARK.len()..MARK.len() + SALT];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut made)
        .map_err(|_| strange())?;
    let (sealing, telling) = made.split_at(32);
    let key = UnboundKey::new(&CHACHA20_POLY1305, sealing).map_err(|_| strange())?;
    let whole = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, telling), head);
    let tag = whole.as_ref()[..TAG].try_into().map_err(|_| strange())?;
    Ok((LessSafeKey::new(key), tag))
}

/// A nonce that no other block of this key has: each file has a salt, and so a key, of its own.
fn nonce(number: u32, is_last: bool) -> Result<Nonce, Failure> {
    if number == u32::MAX {
        return Err(Failure::Part("it is larger than 256 TiB".to_owned()));
    }
    let mut bytes = [0; 12];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    bytes[4] = u8::from(is_last);
    Ok(Nonce::assume_unique_for_key(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    const WORDS: &str = "four grey herons";

    fn sealed(text: &[u8]) -> Vec<u8> {
        let moment = Moment {
            now: Timestamp::UNIX_EPOCH,
            random: |bytes| bytes.fill(9),
        };
        let mut out = Vec::new();
        encrypt(text, &mut out, WORDS, moment).unwrap();
        out
    }

    fn opened(bytes: &[u8], passphrase: &str) -> Result<Vec<u8>, Failure> {
        let mut out = Vec::new();
        decrypt(bytes, &mut out, passphrase).map(|()| out)
    }

    #[test]
    fn what_is_sealed_is_opened_whatever_its_length() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let text: Vec<u8> = (0..length)
                .map(|at| u8::try_from(at % 251).unwrap())
                .collect();
            let sealed = sealed(&text);
            assert_eq!(opened(&sealed, WORDS).unwrap(), text, "{length}");
        }
    }

    #[test]
    fn no_bit_can_be_changed_and_no_block_left_out_or_moved() {
        let text: Vec<u8> = (0..2 * BLOCK + 50)
            .map(|at| u8::try_from(at % 241).unwrap())
            .collect();
        let whole = sealed(&text);
        assert!(!whole.windows(16).any(|part| part == &text[..16]));
        assert!(matches!(
            opened(&whole, "four grey heron"),
            Err(Failure::Passphrase)
        ));
        // The head costs a derivation for each try, so of its bits only some are turned here.
        for at in [0, 25, 33, 43, 47, 50, HEAD + TAG, BLOCK, whole.len() - 1] {
            let mut bent = whole.clone();
            bent[at] ^= 4;
            assert!(opened(&bent, WORDS).is_err(), "byte {at}");
        }
        let (first, size) = (HEAD + TAG, BLOCK + TAG);
        let without = [&whole[..first], &whole[first + size..]].concat();
        let swapped = [
            &whole[..first],
            &whole[first + size..first + 2 * size],
            &whole[first..first + size],
            &whole[first + 2 * size..],
        ]
        .concat();
        for bent in [
            without,
            swapped,
            whole[..first + size].to_vec(),
            whole[..20].to_vec(),
        ] {
            assert!(matches!(opened(&bent, WORDS), Err(Failure::Part(_))));
        }
    }
}
