//! Texts in the letters that banks know: those of SEPA, which are Latin letters without accents, digits and a few signs.

use deunicode::deunicode_char;

/// Signs besides letters and digits that a SEPA text may have.
const SIGNS: &str = "/-?:().,'+ ";

/// A text in the letters of SEPA, cut at so many characters; empty where nothing is left of it.
///
/// Letters of other scripts are written as they sound in Latin ones, `&` becomes `+`, and what has no likeness is left out. A text does not
/// begin or end with a slash, and has no two in a row: banks keep these for themselves.
pub(super) fn plain(text: &str, most: usize) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => kept.push('+'),
            c if c.is_ascii_alphanumeric() || SIGNS.contains(c) => kept.push(c),
            c if c.is_ascii() => kept.push(' '),
            // The apostrophes of a transliteration are no part of a name.
            c => kept.extend(
                deunicode_char(c)
                    .unwrap_or(" ")
                    .chars()
                    .filter(|c| c.is_ascii_alphanumeric() || (SIGNS.contains(*c) && *c != '\'')),
            ),
        }
    }
    let mut words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    while words.contains("//") {
        words = words.replace("//", "/");
    }
    let cut: String = words.trim_matches([' ', '/']).chars().take(most).collect();
    let whole = cut.trim_matches([' ', '/']);
    // Signs alone are no name.
    if whole.chars().any(|c| c.is_ascii_alphanumeric()) {
        whole.to_owned()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_scripts_become_latin_letters() {
        for (text, written) in [
            ("Noor Haddad", "Noor Haddad"),
            ("Zoë Müller-Łuczak", "Zoe Muller-Luczak"),
            ("Straße 5", "Strasse 5"),
            ("Smith & Sons", "Smith + Sons"),
            ("Ольга Иванова", "Olga Ivanova"),
            ("O'Neil", "O'Neil"),
            ("Γιώργος", "Giorgos"),
            ("  two\u{a0}\n words ", "two words"),
            ("/a//b///c/", "a/b/c"),
            ("=cmd|'/C calc'!A0", "cmd '/C calc' A0"),
            ("<Nm>&amp;</Nm>", "Nm +amp /Nm"),
            ("...", ""),
            ("", ""),
            ("\u{202e}abc", "abc"),
        ] {
            assert_eq!(plain(text, 70), written, "{text:?}");
        }
        assert_eq!(plain(&"ab ".repeat(40), 70).len(), 70);
        assert_eq!(plain(&format!("{} b", "a".repeat(69)), 70), "a".repeat(69));
        // Of every script something is left, in letters of SEPA only.
        for text in ["山田太郎", "김민수", "محمد", "דוד", "अमित", "สมชาย", "Ջոն"]
        {
            let written = plain(text, 70);
            let is_plain = written
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || SIGNS.contains(c));
            assert!(is_plain && !written.is_empty(), "{text}: {written}");
        }
    }
}
