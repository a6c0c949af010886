//! Entities of XML and HTML.

use mail_parser::decoders::html::add_html_token;
use quick_xml::events::BytesRef;

/// What an entity stands for, by its number or by a table of names; those of a file's own making are not expanded.
#[must_use]
pub fn resolved(name: &BytesRef<'_>, known: fn(&str) -> Option<&'static str>) -> Option<String> {
    match name.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        _ => known(name).map(str::to_owned),
    }
}

/// What an entity of HTML stands for, by its number or its name. The names are those that mails are read with: a second table of the two
/// thousand would be as large as a crate of ours.
#[must_use]
pub fn resolved_html(name: &str) -> Option<String> {
    let token = format!("&{name};");
    let mut text = String::new();
    add_html_token(&mut text, token.as_bytes(), false);
    (text != token).then_some(text)
}

/// A text of HTML with its entities resolved; what is none, as a lone `&` in an address, stays.
#[must_use]
pub fn unescaped_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, from)) = rest.split_once('&') {
        out.push_str(before);
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '#';
        let name = from.trim_start_matches(is_of_name);
        let (name, after) = from.split_at(from.len() - name.len());
        let resolved = after
            .strip_prefix(';')
            .and_then(|after| Some((resolved_html(name)?, after)));
        rest = match resolved {
            Some((text, after)) => {
                out.push_str(&text);
                after
            }
            None => {
                out.push('&');
                from
            }
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_of_html_are_known_by_name_and_number() {
        for (name, text) in [
            ("eacute", Some("é")),
            ("hellip", Some("…")),
            ("nbsp", Some("\u{a0}")),
            ("amp", Some("&")),
            ("#8364", Some("€")),
            ("#x20AC", Some("€")),
            ("nothing", None),
            // As the standard of HTML has it.
            ("#xFFFFFF", Some("\u{fffd}")),
            ("", None),
        ] {
            let found = resolved_html(name);
            assert_eq!(found.as_deref(), text, "{name}");
        }
    }

    #[test]
    fn what_is_no_entity_stays_in_a_text() {
        for (text, read) in [
            ("a &amp; b", "a & b"),
            ("?a=1&b=2&amp;c=3", "?a=1&b=2&c=3"),
            (
                "Caf&eacute;&nbsp;&unknown; & more&",
                "Café\u{a0}&unknown; & more&",
            ),
            ("&&lt;&#x20AC;;", "&<€;"),
            ("", ""),
        ] {
            assert_eq!(unescaped_html(text), read);
        }
    }
}
