//! Texts that differ only in their numbers, which mostly have one normal form.

/// Writes `text` to `out` with every digit of numbers that stand alone as `0`; tells whether there is any digit in it, and
/// leaves `out` as it was where there is none.
///
/// Texts that are the same levelled have the same normal form: folding looks at a digit only where a letter stands beside it.
pub fn levelled(text: &str, out: &mut Vec<u8>) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = first_digit(bytes) else {
        return false;
    };
    out.clear();
    out.extend_from_slice(bytes);
    let is_letter =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii());
    let mut at = first;
    while let Some(byte) = bytes.get(at) {
        if !byte.is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let before = start.checked_sub(1).and_then(|before| bytes.get(before));
        if !is_letter(before) && !is_letter(bytes.get(at)) {
            out[start..at].fill(b'0');
        }
    }
    true
}

/// Where a digit is, or a byte at most seven before it; eight bytes are looked at together.
fn first_digit(bytes: &[u8]) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<8>();
    if let Some(block) = blocks.iter().position(|block| digits_in(*block) != 0) {
        return Some(block * 8);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    (digits_in(last) != 0).then_some(blocks.len() * 8)
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
