//! Texts in the fonts that every reader of PDF has: which byte a letter is, and how wide it is.

use deunicode::deunicode_char;

/// Widths of the signs from the blank to the tilde in Helvetica, in thousandths of the font's size.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// Letters outside of Latin-1 that the fonts have, with their bytes.
const OTHERS: [(char, u8); 16] = [
    ('€', 0x80),
    ('…', 0x85),
    ('Š', 0x8a),
    ('Œ', 0x8c),
    ('Ž', 0x8e),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('š', 0x9a),
    ('œ', 0x9c),
    ('ž', 0x9e),
    ('Ÿ', 0x9f),
];

/// A text in the bytes of a font.
pub(super) struct Written {
    pub(super) bytes: Vec<u8>,
    /// Whether a letter is not in the font and is written as it sounds.
    pub(super) is_respelt: bool,
}

/// A text on one line, in bytes.
pub(super) fn written(text: &str) -> Written {
    let (mut bytes, mut is_respelt) = (Vec::with_capacity(text.len()), false);
    for c in text.chars() {
        let other = OTHERS.iter().find(|(known, _)| *known == c);
        match (c, other) {
            (' '..='~', _) => bytes.push(u8::try_from(c).unwrap_or(b'?')),
            (_, Some((_, byte))) => bytes.push(*byte),
            ('\u{a0}'..='\u{ff}', _) => bytes.push(u8::try_from(u32::from(c)).unwrap_or(b'?')),
            (c, _) if c.is_whitespace() => bytes.push(b' '),
            (c, _) if c.is_control() => {}
            (c, _) => {
                is_respelt = true;
                let sound = deunicode_char(c).unwrap_or("?");
                bytes.extend(sound.bytes().filter(|byte| matches!(byte, b' '..=b'~')));
            }
        }
    }
    Written { bytes, is_respelt }
}

/// How wide bytes are in thousandths of the font's size. Letters with accents are as wide as a digit, which few of them miss by much.
pub(super) fn width(bytes: &[u8]) -> i64 {
    let one = |byte: &u8| {
        let place = usize::from(byte.saturating_sub(b' '));
        i64::from(WIDTHS.get(place).copied().unwrap_or(556))
    };
    bytes.iter().map(one).sum()
}

/// The bytes that fit into a width in thousandths of the font's size; what was cut ends with an ellipsis.
pub(super) fn cut(bytes: &[u8], most: i64) -> Vec<u8> {
    if width(bytes) <= most {
        return bytes.to_vec();
    }
    let mut kept = bytes.to_vec();
    while !kept.is_empty() && width(&kept) + 1000 > most {
        kept.pop();
    }
    kept.push(0x85);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_their_bytes() {
        let check = |text: &str, bytes: &[u8], is_respelt: bool| {
            let written = written(text);
            assert_eq!(
                (written.bytes.as_slice(), written.is_respelt),
                (bytes, is_respelt),
                "{text}"
            );
        };
        check("Noor (1)", b"Noor (1)", false);
        check("Zoë – 5 €", b"Zo\xeb \x96 5 \x80", false);
        check("Ольга", b"Ol'ga", true);
        check("a\tb\u{7}", b"a b", false);
    }

    #[test]
    fn what_is_too_wide_is_cut() {
        assert_eq!(width(b"100"), 1668);
        assert_eq!(cut(b"Booking", 10_000), b"Booking");
        let cut = cut(&b"m".repeat(50), 10_000);
        assert!(width(&cut) <= 10_000 && cut.ends_with(b"\x85"));
    }
}
