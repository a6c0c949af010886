//! When something is done, and where ids and secrets come from: both are handed in, so that the same moment gives the same.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::Day;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The moment of an action, with a source of chance.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Now.
    pub now: Timestamp,
    /// Fills bytes by chance that nobody can foresee.
    pub random: fn(&mut [u8]),
}

impl Moment {
    /// Microseconds since 1970.
    #[must_use]
    pub fn micros(&self) -> i64 {
        self.now.as_microsecond()
    }

    /// A moment some seconds from now, in microseconds.
    #[must_use]
    pub fn after(&self, seconds: i64) -> i64 {
        self.micros()
            .saturating_add(seconds.saturating_mul(1_000_000))
    }

    /// The day it is in UTC.
    #[must_use]
    pub fn today(&self) -> Day {
        Day::from_epoch_seconds(self.now.as_second())
    }

    /// A new id: larger than those of earlier moments.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let mut bytes = [0; 10];
        (self.random)(&mut bytes);
        let millis = u64::try_from(self.now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// An id that is larger than those of earlier moments and, within one millisecond, than those with a smaller number.
    #[must_use]
    pub fn id_in_order(&self, number: i64) -> Uuid {
        let mut bytes = [0; 10];
        bytes[3..].copy_from_slice(&number.to_be_bytes()[1..]);
        let millis = u64::try_from(self.now.as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }

    /// A new secret of 256 bits in letters and digits.
    #[must_use]
    pub fn secret(&self) -> Secret {
        let mut bytes = [0; 32];
        (self.random)(&mut bytes);
        Secret(encode(&bytes))
    }

    /// A code of eight signs that people can type: `M4TX-9QHB`.
    #[must_use]
    pub fn code(&self) -> String {
        let mut bytes = [0; 5];
        (self.random)(&mut bytes);
        let text = encode(&bytes);
        let (a, b) = text.split_at(4);
        format!("{a}-{b}")
    }
}

/// A moment as programs read it.
pub(crate) fn at(micros: i64) -> Option<String> {
    let at = Timestamp::from_microsecond(micros).ok();
    at.map(|at| at.to_string())
}

/// So many microseconds a day of 24 hours has.
pub(crate) const DAY_MICROS: i64 = 86_400_000_000;

/// Abbreviations of zones that mean the same everywhere.
const KNOWN: [&str; 7] = ["UTC", "CET", "CEST", "EET", "EEST", "WET", "WEST"];

/// A moment on a clock, for people: `12 April 2026, 9:30 UTC`. Where the short name of the zone means another one elsewhere, as PST does
/// in Manila and in Los Angeles, the city and the offset: `12 April 2026, 10:00 Manila, UTC+8`.
#[must_use]
pub fn on_clock(at: Timestamp, clock: &TimeZone) -> String {
    let local = at.to_zoned_datetime(clock.clone());
    let short = local.strftime("%Z").to_string();
    let wall = local.strftime("%-d %B %Y, %-H:%M");
    if KNOWN.contains(&short.as_str()) {
        return format!("{wall} {short}");
    }
    let offset = offset_in_words(local.offset().seconds());
    match clock.iana_name().and_then(|name| name.rsplit('/').next()) {
        Some(city) => format!("{wall} {}, {offset}", city.replace('_', " ")),
        None => format!("{wall} {offset}"),
    }
}

/// An offset as people write it: `UTC+8`, `UTC-3:30`.
fn offset_in_words(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// A secret in clear: shown once, never kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret as somebody gave it.
    #[must_use]
    pub fn given(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        digest(&[b"offdesk secret", self.0.as_bytes()])
    }

    /// The secret itself, to hand it over.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// SHA-256 of some parts, each told from the next.
#[must_use]
pub fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Bytes as hexadecimal digits, two each, in small letters.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            out.extend(char::from_digit(digit.into(), 16));
        }
    }
    out
}

/// Letters and digits without those that look alike (Crockford's base 32), five bits each.
fn encode(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut out = String::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            let at = usize::try_from((bits >> count) & 31).unwrap_or(0);
            out.push(char::from(SIGNS[at]));
        }
        bits &= (1 << count) - 1;
    }
    if count > 0 {
        let at = usize::try_from((bits << (5 - count)) & 31).unwrap_or(0);
        out.push(char::from(SIGNS[at]));
    }
    out
}

/// A code as somebody types it: small letters, spaces and look-alikes are put right.
#[must_use]
pub fn typed_code(text: &str) -> String {
    let signs: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|sign| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    match signs.len() {
        8 => format!("{}-{}", &signs[..4], &signs[4..]),
        _ => signs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting(bytes: &mut [u8]) {
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::try_from(at % 251).unwrap();
        }
    }

    const MOMENT: Moment = Moment {
        now: Timestamp::UNIX_EPOCH,
        random: counting,
    };

    #[test]
    fn a_short_name_that_means_two_zones_gives_way_to_the_city() {
        let check = |zone: &str, expected: &str| {
            let at: Timestamp = "2026-07-01T02:00:00Z".parse().unwrap_or_default();
            let clock = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
            assert_eq!(on_clock(at, &clock), expected, "{zone}");
        };
        check("Asia/Manila", "1 July 2026, 10:00 Manila, UTC+8");
        check("America/St_Johns", "30 June 2026, 23:30 St Johns, UTC-2:30");
        check("Asia/Kolkata", "1 July 2026, 7:30 Kolkata, UTC+5:30");
        check("Europe/Berlin", "1 July 2026, 4:00 CEST");
        check("UTC", "1 July 2026, 2:00 UTC");
    }

    #[test]
    fn codes_can_be_typed_back() {
        let code = MOMENT.code();
        assert_eq!(code.len(), 9);
        assert_eq!(typed_code(&code.to_lowercase().replace('-', " ")), code);
        assert_eq!(typed_code("oil4-m4tx"), "0114-M4TX");
    }

    #[test]
    fn a_secret_has_all_its_bits_and_does_not_show_them() {
        let secret = MOMENT.secret();
        assert_eq!(secret.reveal().len(), 52);
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
    }

    #[test]
    fn ids_grow_with_time() {
        let later = Moment {
            now: Timestamp::from_second(1_700_000_000).unwrap(),
            ..MOMENT
        };
        assert!(MOMENT.id() < later.id());
        let ids: Vec<_> = [1, 2, 255, 256, 70_000]
            .map(|it| MOMENT.id_in_order(it))
            .into();
        assert!(ids.is_sorted() && ids.last() < Some(&later.id_in_order(0)));
    }
}
