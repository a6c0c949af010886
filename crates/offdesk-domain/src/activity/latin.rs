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
        'ß' => out.push_str("ss"),
        'ẞ' => out.push_str("SS"),
        'æ' => out.push_str("ae"),
        'Æ' => out.push_str("Ae"),
        'œ' => out.push_str("oe"),
        'Œ' => out.push_str("Oe"),
        'ø' => out.push('o'),
        'Ø' => out.push('O'),
        'ł' => out.push('l'),
        'Ł' => out.push('L'),
        'đ' | 'ð' => out.push('d'),
        'Đ' | 'Ð' => out.push('D'),
        'þ' => out.push_str("th"),
        'Þ' => out.push_str("Th"),
        'ı' => out.push('i'),
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
            } else if !is_combining_mark(part) {
                other(part, out);
            }
        }),
        _ => other(c, out),
    }
}

fn other(c: char, out: &mut String) {
    if c.is_alphabetic() {
        out.extend(c.to_lowercase());
    } else if is_combining_mark(c) {
        out.push(c);
    } else if c.is_numeric() {
        out.push('0');
    } else {
        out.push(' ');
    }
}
