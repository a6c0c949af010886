//! Word files (.docx): a zip whose `word/document.xml` holds paragraphs. Their styles say which are headings and items of lists.

mod notes;
mod tables;

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use self::notes::notes;
use self::tables::{Numbers, Styles, addresses, numbers, styles};
use super::archive::part;
use super::markdown::Writer;
use super::{Document, stem};
use crate::archive::Archive;
use crate::input::Input;
use crate::problem::Problem;
use crate::text::entity;

/// Reads a Word file.
///
/// # Errors
/// `import.document`, `import.document_size`, and those of the archive.
pub(super) fn read(name: &str, bytes: Vec<u8>) -> Result<Document, Problem> {
    let mut input = Input::memory(name, bytes)?;
    read_opened(name, &mut Archive::open(&mut input)?)
}

/// The same of an archive that is open.
///
/// # Errors
/// As [`read`].
pub(super) fn read_opened(name: &str, archive: &mut Archive<'_>) -> Result<Document, Problem> {
    let mut text_of = |part_name: &str| -> Result<Option<String>, Problem> {
        let Some(bytes) = part(archive, part_name)? else {
            return Ok(None);
        };
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| damaged("it is not UTF-8"))
    };
    let document = text_of("word/document.xml")?.ok_or_else(|| damaged("it has no text"))?;
    let styles = styles(&text_of("word/styles.xml")?.unwrap_or_default())?;
    let numbers = numbers(&text_of("word/numbering.xml")?.unwrap_or_default())?;
    let links = addresses(&text_of("word/_rels/document.xml.rels")?.unwrap_or_default())?;
    let foot_notes = notes(&text_of("word/footnotes.xml")?.unwrap_or_default())?;
    let end_notes = notes(&text_of("word/endnotes.xml")?.unwrap_or_default())?;
    let mut text = Text {
        foot_notes,
        end_notes,
        styles,
        numbers,
        links,
        ..Text::default()
    };
    each_event(&document, |event| text.take(event))?;
    Ok(Document {
        name: stem(name),
        text: text.out.finish(),
        attached: Vec::new(),
    })
}

fn damaged(why: &str) -> Problem {
    Problem::fatal(
        "import.document",
        format!("this Word file is damaged: {why}"),
    )
    .hint("open it in Word and save it again as .docx")
}

/// Hands over the events of a part. A part with a document type of its own is refused: Word writes none.
fn each_event(xml: &str, mut take: impl FnMut(&Event<'_>)) -> Result<(), Problem> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader
            .read_event()
            .map_err(|error| damaged(&error.to_string()))?
        {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(damaged("it declares a document type")),
            event => take(&event),
        }
    }
}

/// The value of an attribute, whatever the prefix of its name.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let text =
        quick_xml::escape::unescape_with(&found.value, quick_xml::escape::resolve_xml_entity);
    text.ok().map(std::borrow::Cow::into_owned)
}

/// What is said of a paragraph before its text.
#[derive(Default)]
struct Paragraph {
    style: String,
    level: usize,
    list: Option<String>,
    has_begun: bool,
}

#[derive(Default)]
struct Text {
    out: Writer,
    styles: Styles,
    numbers: Numbers,
    links: BTreeMap<String, String>,
    foot_notes: BTreeMap<String, String>,
    end_notes: BTreeMap<String, String>,
    paragraph: Paragraph,
    /// The last number of each list and level.
    counts: BTreeMap<(String, usize), usize>,
    was_item: bool,
    tables: usize,
    /// How many elements are open whose text is not shown.
    silent: usize,
    is_text: bool,
    link: Option<String>,
}

/// Elements whose content is a copy of what is shown otherwise, or no text.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "Fallback" | "delText" | "instrText" | "del" | "moveFrom"
    )
}

impl Text {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag, false),
            Event::Empty(tag) => self.begin(tag, true),
            Event::End(tag) => self.end(tag.local_name().as_ref()),
            Event::Text(text) => self.text(text),
            Event::CData(text) => self.text(text),
            Event::GeneralRef(name) => {
                let text = entity::resolved(name, quick_xml::escape::resolve_xml_entity);
                self.text(&text.unwrap_or_default());
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.is_text && self.silent == 0 {
            self.start();
            self.out.text(text);
        }
    }

    /// A text that stands in no element of its own.
    fn piece(&mut self, text: &str) {
        if self.silent == 0 {
            self.start();
            self.out.text(text);
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>, is_empty: bool) {
        let name = tag.local_name();
        let name = name.as_ref();
        if is_silent(name) {
            self.silent += usize::from(!is_empty);
            return;
        }
        let val = || value(tag, "val").unwrap_or_default();
        match name {
            "p" => self.paragraph = Paragraph::default(),
            "pStyle" => self.paragraph.style = val(),
            "ilvl" => self.paragraph.level = val().parse().unwrap_or(0).min(8),
            "numId" => self.paragraph.list = Some(val()).filter(|id| id != "0"),
            "t" => self.is_text = !is_empty,
            "noBreakHyphen" => self.piece("-"),
            "footnoteReference" | "endnoteReference" => {
                let notes = if name == "footnoteReference" {
                    &self.foot_notes
                } else {
                    &self.end_notes
                };
                let id = value(tag, "id").unwrap_or_default();
                if let Some(said) = notes.get(&id).cloned() {
                    self.piece(&format!(" ({said})"));
                }
            }
            "tab" if self.paragraph.has_begun => self.out.text(" "),
            "br" | "cr" if self.paragraph.has_begun && self.tables == 0 => self.out.line(),
            "tbl" if !is_empty => {
                self.tables += 1;
                self.out.block();
                self.out.table();
            }
            "tr" => self.out.row(),
            "tc" => self.out.cell(),
            "hyperlink" if !is_empty => {
                self.link = value(tag, "id").and_then(|id| self.links.get(&id).cloned());
                if self.link.is_some() {
                    self.start();
                    self.out.signs("[");
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if is_silent(name) {
            self.silent = self.silent.saturating_sub(1);
            return;
        }
        match name {
            "t" => self.is_text = false,
            "p" if self.tables > 0 => self.out.text(" "),
            "tbl" => {
                self.tables = self.tables.saturating_sub(1);
                self.out.end_table();
                if self.tables == 0 {
                    self.out.block();
                    self.was_item = false;
                }
            }
            "hyperlink" => {
                if let Some(address) = self.link.take() {
                    self.out.signs(&format!("]({address})"));
                }
            }
            _ => {}
        }
    }

    /// Begins the block of the paragraph, once it is known that it has text.
    fn start(&mut self) {
        if self.paragraph.has_begun || self.tables > 0 {
            return;
        }
        self.paragraph.has_begun = true;
        let style = self.styles.name(&self.paragraph.style);
        let (level, list) = (self.paragraph.level, self.paragraph.list.clone());
        if let Some(heading) = heading_level(&style) {
            self.out.heading(heading);
            self.was_item = false;
            return;
        }
        let is_list =
            list.is_some() || style.starts_with("list bullet") || style.starts_with("list number");
        if !is_list {
            self.out.block();
            self.was_item = false;
            return;
        }
        if !self.was_item {
            self.out.block();
        }
        self.was_item = true;
        let list = list.unwrap_or_else(|| style.clone());
        let is_numbered =
            style.starts_with("list number") || self.numbers.is_numbered(&list, level);
        let number = is_numbered.then(|| self.next_number(&list, level));
        self.out.item(level, number);
    }

    fn next_number(&mut self, list: &str, level: usize) -> usize {
        // A level that was left begins anew.
        self.counts
            .retain(|(known, deep), _| known != list || *deep <= level);
        let count = self.counts.entry((list.to_owned(), level)).or_default();
        *count += 1;
        *count
    }
}

fn heading_level(style: &str) -> Option<usize> {
    if style == "title" {
        return Some(1);
    }
    let level: usize = style.strip_prefix("heading ")?.parse().ok()?;
    // The title of the document is the only heading of the first level.
    (1..=9).contains(&level).then_some(level + 1)
}
