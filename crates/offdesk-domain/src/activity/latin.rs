//! Writing Latin letters without their marks and every sign as its plain ASCII relative.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Writes `text` to `out` with ASCII letters, digits and signs wherever they exist; other scripts keep their letters.
pub(super) fn fold_into(text: &str, out: &mut String) {
    out.clear();
    out.reserve(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            fold_char(c, out);
        }
    }
}

fn fold_char(c: char, out: &mut String) {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
        '·' | '•' | '‖' | '›' | '»' => out.push('|'),
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '´' => out.push('\''),
        // Marks on a letter before them, and signs that are not seen.
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
        '\u{a0}'..='\u{24f}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{fb00}'..='\u{fb06}'
        | '\u{ff01}'..='\u{ff5e}' => decompose_compatible(c, |part| {
            if part.is_ascii() {
                out.push(part);
            } else if let Some(plain) = without_mark(part) {
                out.push_str(plain);
            } else if !is_combining_mark(part) {
                other(part, out);
            }
        }),
        _ => other(c, out),
    }
}

/// Latin letters that do not come apart into a letter and a mark.
fn without_mark(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ẞ' => "SS",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'Œ' => "Oe",
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'þ' => "th",
        'Þ' => "Th",
        'ı' => "i",
        _ => return None,
    })
}

fn other(c: char, out: &mut String) {
    if c.is_alphabetic() {
        for lower in c.to_lowercase() {
            match lower {
                // Signs such as that of the angstrom are written small as a marked Latin letter.
                '\u{c0}'..='\u{24f}' if lower != c => fold_char(lower, out),
                _ => out.push(lower),
            }
        }
    } else if is_combining_mark(c) {
        out.push(c);
    } else if c.is_numeric() {
        out.push('0');
    } else {
        out.push(' ');
    }
}
