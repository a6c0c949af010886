//! Entities of XML and HTML.

use quick_xml::events::BytesRef;

/// What an entity stands for, by its number or by a table of names; those of a file's own making are not expanded.
#[must_use]
pub fn resolved(name: &BytesRef<'_>, known: fn(&str) -> Option<&'static str>) -> Option<String> {
    match name.resolve_char_ref() {
        Ok(Some(character)) => Some(character.to_string()),
        _ => known(name).map(str::to_owned),
    }
}
