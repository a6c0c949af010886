//! The parts of a Word file beside its text: names of styles, kinds of lists, addresses of links.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::super::markdown::address;
use super::{each_event, value};
use crate::problem::Problem;

/// Names of styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, String>);

impl Styles {
    /// The name of a style in small letters; its id with a blank before the number, where it has no name.
    pub(super) fn name(&self, id: &str) -> String {
        if let Some(name) = self.0.get(id) {
            return name.clone();
        }
        let digits = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let (word, number) = id.split_at(digits);
        format!("{} {number}", word.to_lowercase())
            .trim()
            .to_owned()
    }
}

/// Reads the names of styles.
///
/// # Errors
/// `import.document`.
pub(super) fn styles(xml: &str) -> Result<Styles, Problem> {
    let mut all = BTreeMap::new();
    let mut id = None;
    each_event(xml, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event {
            match tag.local_name().as_ref() {
                "style" => id = value(tag, "styleId"),
                "name" => {
                    if let (Some(id), Some(name)) = (id.take(), value(tag, "val")) {
                        all.insert(id, name.to_lowercase());
                    }
                }
                _ => {}
            }
        }
    })?;
    Ok(Styles(all))
}

/// Which levels of which lists are numbered.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    formats: BTreeMap<(String, usize), String>,
    lists: BTreeMap<String, String>,
}

impl Numbers {
    /// Whether the items of a level of a list are numbered.
    pub(super) fn is_numbered(&self, list: &str, level: usize) -> bool {
        let kind = self.lists.get(list).cloned().unwrap_or_default();
        let format = self.formats.get(&(kind, level));
        format.is_some_and(|format| format != "bullet" && format != "none")
    }
}

/// Reads the kinds of lists.
///
/// # Errors
/// `import.document`.
pub(super) fn numbers(xml: &str) -> Result<Numbers, Problem> {
    let mut all = Numbers::default();
    let (mut kind, mut level, mut list) = (String::new(), 0_usize, None);
    each_event(xml, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event {
            match tag.local_name().as_ref() {
                "abstractNum" => kind = value(tag, "abstractNumId").unwrap_or_default(),
                "lvl" => {
                    let number = value(tag, "ilvl").and_then(|level| level.parse().ok());
                    level = number.unwrap_or(0);
                }
                "numFmt" => {
                    let format = value(tag, "val").unwrap_or_default();
                    all.formats.insert((kind.clone(), level), format);
                }
                "num" => list = value(tag, "numId"),
                "abstractNumId" => {
                    if let (Some(list), Some(kind)) = (list.take(), value(tag, "val")) {
                        all.lists.insert(list, kind);
                    }
                }
                _ => {}
            }
        }
    })?;
    Ok(all)
}

/// Reads the addresses that links lead to, of those that may be followed.
///
/// # Errors
/// `import.document`.
pub(super) fn addresses(xml: &str) -> Result<BTreeMap<String, String>, Problem> {
    let mut all = BTreeMap::new();
    each_event(xml, |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event
            && tag.local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (value(tag, "Id"), value(tag, "Target"))
            && let Some(target) = address(&target)
        {
            all.insert(id, target.to_owned());
        }
    })?;
    Ok(all)
}
