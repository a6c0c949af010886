//! Footnotes and endnotes of a Word file, each as one line of text.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::{each_event, value};
use crate::problem::Problem;
use crate::text::entity;

/// The texts of notes by their ids; lines that only part them from the page are none.
pub(super) fn notes(xml: &str) -> Result<BTreeMap<String, String>, Problem> {
    let mut notes = BTreeMap::new();
    let (mut id, mut text, mut is_text) = (None, String::new(), false);
    each_event(xml, |event| match event {
        Event::Start(tag) => match tag.local_name().as_ref() {
            "footnote" | "endnote" if value(tag, "type").is_none() => id = value(tag, "id"),
            "p" if !text.is_empty() => text.push(' '),
            "t" => is_text = true,
            _ => {}
        },
        Event::End(tag) => match tag.local_name().as_ref() {
            "t" => is_text = false,
            "footnote" | "endnote" => {
                let said = std::mem::take(&mut text);
                let said = said.trim();
                if let Some(id) = id.take().filter(|_| !said.is_empty()) {
                    notes.insert(id, said.to_owned());
                }
            }
            _ => {}
        },
        Event::Text(more) if is_text && id.is_some() => text.push_str(more),
        Event::GeneralRef(name) if is_text && id.is_some() => {
            let known = entity::resolved(name, quick_xml::escape::resolve_xml_entity);
            text.push_str(&known.unwrap_or_default());
        }
        _ => {}
    })?;
    Ok(notes)
}
