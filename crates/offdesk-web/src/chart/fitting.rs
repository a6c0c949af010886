//! Cutting a label to the room it has, by an estimate of how wide its letters are in common sans-serif fonts.

use crate::words::shown;

/// Characters looked at, so that a label of marks without width cannot grow without end.
const MOST_CHARACTERS: usize = 120;

/// A foreign text cut to a width, given in hundredths of the font size.
#[must_use]
pub fn fitted(text: &str, room: u32) -> String {
    let text = shown(text, MOST_CHARACTERS);
    let width: u32 = text.chars().map(width_of).sum();
    if width <= room {
        return text;
    }
    let mut left = room.saturating_sub(width_of('…'));
    let mut out = String::new();
    for c in text.chars() {
        let width = width_of(c);
        if width > left {
            break;
        }
        left -= width;
        out.push(c);
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    out.push('…');
    out
}

/// Width of a character in hundredths of the font size; on the wide side.
fn width_of(c: char) -> u32 {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 33,
        ' ' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' | '"' => 42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' | '…' => 97,
        'A'..='Z' => 72,
        '\0'..='\u{10ff}' => 62,
        '\u{1e00}'..='\u{1fff}' => 70,
        // East Asian letters, pictures and whatever else is as wide as it is high.
        _ => 105,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fit_their_room() {
        for (text, room, out) in [
            ("Inbox", 2000, "Inbox"),
            ("Booking and reminders", 900, "Booking and re…"),
            ("WWWWWWWWWW", 500, "WWWW…"),
            ("請求書の作成と送付", 500, "請求書…"),
            ("a\u{202e}b", 2000, "ab"),
            ("x", 10, "…"),
        ] {
            assert_eq!(fitted(text, room), out, "{text}");
        }
    }

    #[test]
    fn a_huge_label_of_marks_stays_small() {
        let text = format!("a{}", "\u{301}".repeat(5000));
        assert!(fitted(&text, 2000).len() < 300);
        assert!(fitted(&"ab".repeat(5000), 2000).chars().count() < 50);
    }
}
