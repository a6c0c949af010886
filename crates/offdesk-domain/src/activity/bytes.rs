//! What single bytes and stretches without spaces are: letters, digits, joints, links and addresses.

pub(super) const LOWER: u8 = 1;
pub(super) const UPPER: u8 = 2;
pub(super) const HIGH: u8 = 4;
pub(super) const DIGIT: u8 = 8;
pub(super) const AT: u8 = 16;
pub(super) const DASH: u8 = 32;
pub(super) const OTHER: u8 = 64;
pub(super) const SPACE: u8 = 128;
pub(super) const LETTER: u8 = LOWER | UPPER | HIGH;

/// What each byte is; bytes of longer characters count as letters, because the Latin pass leaves only letters.
const BYTES: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte {
            0x00..=0x20 | 0x7f => SPACE,
            0x30..=0x39 => DIGIT,
            0x41..=0x5a => UPPER,
            0x61..=0x7a => LOWER,
            0x80.. => HIGH,
            0x40 => AT,
            0x2d | 0x7c => DASH,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

/// What a byte is, as one bit.
pub(super) fn kind_of(byte: u8) -> u8 {
    BYTES[usize::from(byte)]
}

/// Whether a stretch without spaces is a link, a host name, an e-mail address or a mention.
pub(super) fn is_address(lower: &[u8]) -> bool {
    let mut dot = None;
    for (at, byte) in lower.iter().enumerate() {
        match byte {
            b'@' if lower.len() > 1 => return true,
            b':' if lower[at..].starts_with(b"://") => return true,
            b'.' => dot = Some(at),
            _ => {}
        }
    }
    let Some(dot) = dot else { return false };
    if lower.starts_with(b"www.") {
        return true;
    }
    let ending = &lower[dot + 1..];
    let ending = ending
        .iter()
        .position(|byte| !byte.is_ascii_lowercase())
        .map_or(ending, |end| &ending[..end]);
    dot > 1
        && matches!(
            ending,
            b"com"
                | b"net"
                | b"org"
                | b"de"
                | b"io"
                | b"uk"
                | b"fr"
                | b"es"
                | b"at"
                | b"ch"
                | b"eu"
                | b"nl"
                | b"it"
                | b"ca"
                | b"au"
                | b"dev"
                | b"app"
                | b"biz"
                | b"info"
        )
}

/// The few words with a digit that say what the work is.
pub(super) fn is_name_with_digit(lower: &[u8]) -> bool {
    matches!(lower, b"3d" | b"b2b" | b"b2c")
}
