//! Seals what is somebody else's secret, such as a calendar's address, with a key that is not in the database.

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};

use crate::moment::Moment;

const NONCE: usize = 12;

/// A key to seal with, of 256 bits.
#[derive(Clone)]
pub struct SealingKey(LessSafeKey);

impl SealingKey {
    /// A key from its bytes; `None` where there are not 32 of them.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, bytes).ok()?;
        Some(Self(LessSafeKey::new(key)))
    }

    /// Seals a text, for one place only: it cannot be opened as that of another.
    pub(crate) fn seal(&self, text: &str, place: &[u8], moment: Moment) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE];
        (moment.random)(&mut nonce);
        let mut sealed = text.as_bytes().to_vec();
        let number = Nonce::assume_unique_for_key(nonce);
        self.0
            .seal_in_place_append_tag(number, Aad::from(place), &mut sealed)
            .ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed with this key for this place.
    pub(crate) fn open(&self, sealed: &[u8], place: &[u8]) -> Option<String> {
        let (nonce, rest) = sealed.split_at_checked(NONCE)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut rest = rest.to_vec();
        let opened = self
            .0
            .open_in_place(nonce, Aad::from(place), &mut rest)
            .ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn only_the_same_key_opens_it_and_only_in_its_place() {
        let key = SealingKey::of(&[7; 32]).unwrap();
        let moment = Moment {
            now: Timestamp::UNIX_EPOCH,
            random: |bytes| bytes.fill(3),
        };
        let sealed = key
            .seal("https://a.example/secret", b"here", moment)
            .unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_eq!(
            key.open(&sealed, b"here").as_deref(),
            Some("https://a.example/secret")
        );
        assert_eq!(key.open(&sealed, b"there"), None);
        let other = SealingKey::of(&[8; 32]).unwrap();
        assert_eq!(other.open(&sealed, b"here"), None);
        let mut bent = sealed.clone();
        bent[20] ^= 1;
        assert_eq!(key.open(&bent, b"here"), None);
        assert_eq!(key.open(&sealed[..5], b"here"), None);
        assert!(SealingKey::of(&[1; 31]).is_none());
    }
}
