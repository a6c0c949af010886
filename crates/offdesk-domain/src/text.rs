//! Texts as they are read: bytes from digits, and signs that cannot be seen: whoever puts them into a name makes it look like another one, or turns what stands behind it.

/// Whether a sign is not seen: a control, one that turns the direction of reading, one without width. Those that join letters stay, since
/// Persian and many pictures are written with them.
#[must_use]
pub fn is_unseen(sign: char) -> bool {
    sign.is_control() || turns_or_hides(sign)
}

/// Whether a sign turns the direction of reading or has no width, controls aside.
#[must_use]
pub fn turns_or_hides(sign: char) -> bool {
    matches!(
        sign,
        '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// The bytes of hexadecimal digits, two each; `None` of anything else.
///
/// ```
/// assert_eq!(offdesk_domain::text::unhex("00fF"), Some(vec![0, 255]));
/// assert_eq!(offdesk_domain::text::unhex("+f"), None);
/// assert_eq!(offdesk_domain::text::unhex("0"), None);
/// ```
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes = pairs
        .iter()
        .map(|[high, low]| u8::try_from(high * 16 + low).ok());
    rest.is_empty().then(|| bytes.collect())?
}

/// A text on one line, without what cannot be seen.
#[must_use]
pub fn seen_line(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|sign| sign.is_whitespace() || !is_unseen(*sign))
        .collect();
    crate::activity::one_line(&seen)
}

/// A text of several lines, without what cannot be seen.
#[must_use]
pub fn seen_lines(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let seen = lines
        .chars()
        .filter(|sign| *sign == '\n' || !is_unseen(*sign));
    seen.collect()
}

#[cfg(test)]
mod tests {
    use super::{seen_line, seen_lines};

    #[test]
    fn what_cannot_be_seen_is_left_out_of_a_name() {
        for (typed, kept) in [
            ("Ana\u{202e}gro.elpmaxe", "Anagro.elpmaxe"),
            ("A\u{200b}na", "Ana"),
            ("\u{feff}Ana\u{2066} Ruiz\u{2069}", "Ana Ruiz"),
            ("A\u{0}n\u{7}a", "Ana"),
            ("Ana\tRuiz\r\n", "Ana Ruiz"),
            ("\u{202e}\u{200f}", ""),
            ("Ana\u{e0041}\u{e007f}", "Ana"),
            // What joins letters stays: a family, and a Persian word.
            ("\u{1f468}\u{200d}\u{1f469}", "\u{1f468}\u{200d}\u{1f469}"),
            (
                "\u{645}\u{6cc}\u{200c}\u{62e}",
                "\u{645}\u{6cc}\u{200c}\u{62e}",
            ),
        ] {
            assert_eq!(seen_line(typed), kept, "{typed:?}");
        }
        assert_eq!(seen_lines("a\r\n\u{202e}b\u{0}"), "a\nb");
    }
}
