//! Cells of CSV (RFC 4180, comma, LF): quoted where they have to be, texts guarded against being run as formulas.

/// Signs by which a spreadsheet takes a text for a formula, the wide ones of East Asian keyboards with them.
const BEGINS_FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text that a spreadsheet would run gets an apostrophe in front; taken off again, it is the text.
#[must_use]
pub fn guarded(text: &str) -> String {
    let is_blank =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '\u{feff}');
    let begins = text.trim_start_matches(is_blank);
    if begins.starts_with(BEGINS_FORMULA) || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Adds a row.
pub fn push_row(out: &mut String, cells: &[impl AsRef<str>]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        out.push_str(&quoted(cell.as_ref()));
    }
    out.push('\n');
}

/// A text as one line that a machine reads: no signs by which a formula begins, no ends of lines, single spaces. For files in which a
/// guard would become part of a name.
#[must_use]
pub fn disarmed(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let words: Vec<&str> = text.split(is_blank).filter(|it| !it.is_empty()).collect();
    let joined = words.join(" ");
    let starts = |c: char| BEGINS_FORMULA.contains(&c) || matches!(c, '"' | ' ');
    joined.trim_start_matches(starts).to_owned()
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_guarded_and_quoted() {
        for (text, cell) in [
            ("Inbox", "Inbox"),
            ("=1+1", "'=1+1"),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("-x,y", "\"'-x,y\""),
            // Already with an apostrophe: it gets another, so that one can be taken off.
            ("'=1", "''=1"),
            ("'s work", "'s work"),
        ] {
            assert_eq!(quoted(&guarded(text)), cell);
        }
    }

    #[test]
    fn sec_15_no_text_is_a_formula() {
        for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
            for before in ["", " ", "\u{a0}", "\"", "\t", "\r\n", "\u{feff}"] {
                let text = format!("{before}{sign}HYPERLINK(\"http://x\")");
                assert!(guarded(&text).starts_with('\''), "{text:?}");
            }
        }
        for text in ["\tx", "\rx", "\nx"] {
            assert!(guarded(text).starts_with('\''), "{text:?}");
        }
        for text in ["Inbox", "a=b", "re: 1+1", "\"quoted\""] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn what_a_machine_reads_is_disarmed() {
        for (text, cell) in [
            ("Noor Haddad", "Noor Haddad"),
            (" Noor\r\n Haddad\t", "Noor Haddad"),
            ("=+-@ cmd", "cmd"),
            ("\u{feff}\"=1+1", "1+1"),
            ("＝1", "1"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(disarmed(text), cell);
        }
    }
}
