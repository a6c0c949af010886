//! Texts that differ only in their numbers, which mostly have one normal form.

/// Writes `text` to `out` with every digit of numbers that stand alone as `0`; tells whether there is any digit in it, and
/// leaves `out` as it was where there is none.
///
/// Texts that are the same levelled have the same normal form: folding looks at a digit only where a letter stands beside it.
pub fn levelled(text: &str, out: &mut Vec<u8>) -> bool {
    let bytes = text.as_bytes();
    if !has_digit(bytes) {
        return false;
    }
    out.clear();
    let is_letter =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    let mut rest = bytes;
    while let Some(start) = rest.iter().position(u8::is_ascii_digit) {
        let (before, number) = rest.split_at(start);
        let length = number
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .unwrap_or(number.len());
        let (number, behind) = number.split_at(length);
        out.extend_from_slice(before);
        if is_letter(before.last()) || is_letter(behind.first()) {
            out.extend_from_slice(number);
        } else {
            out.resize(out.len() + length, b'0');
        }
        rest = behind;
    }
    out.extend_from_slice(rest);
    true
}

/// Whether there is a digit, looked for in eight bytes at a time.
fn has_digit(bytes: &[u8]) -> bool {
    let (blocks, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    blocks
        .iter()
        .fold(digits_in(last), |found, block| found | digits_in(*block))
        != 0
}

/// The highest bit of every byte that is a digit.
#[inline]
fn digits_in(block: [u8; 8]) -> u64 {
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let less_zero = u64::from_le_bytes(block) ^ u64::from_le_bytes([b'0'; 8]);
    // Above nine the sum reaches the highest bit; no byte carries into the next, as its highest bit is left out.
    let sum = (less_zero & !HIGH) + u64::from_le_bytes([0x76; 8]);
    !(sum | less_zero) & HIGH
}
