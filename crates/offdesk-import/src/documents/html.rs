//! Pages of wikis in HTML, as Markdown: headings, paragraphs, lists, tables, code and links; of
//! pictures those that lie beside the page. Scripts and styles are left out.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::markdown::{Writer, address, beside};
use crate::problem::Problem;
use crate::text::entity;

/// Elements whose content is not text.
const SILENT: [&str; 8] = [
    "script", "style", "head", "title", "svg", "template", "noscript", "iframe",
];

#[derive(Default)]
struct Page {
    out: Writer,
    /// Lists that are open, with the number of their last item where they are numbered.
    lists: Vec<Option<usize>>,
    /// Addresses of links that are open.
    links: Vec<Option<String>>,
    /// The element within which nothing is read, and how often it is open.
    silent: Option<(String, usize)>,
    is_in_item: bool,
}

/// Reads a page.
///
/// # Errors
/// `import.document` where it is no HTML that can be read.
pub(super) fn to_markdown(html: &str) -> Result<String, Problem> {
    let mut xml = Reader::from_str(html);
    let config = xml.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut page = Page::default();
    loop {
        let event = xml.read_event().map_err(|error| {
            Problem::fatal(
                "import.document",
                format!("this HTML cannot be read: {error}"),
            )
            .hint("export it as Markdown, or paste its text")
        })?;
        match event {
            Event::Start(tag) => page.begin(&tag, false),
            Event::Empty(tag) => page.begin(&tag, true),
            Event::End(tag) => page.end(&tag.name().as_ref().to_lowercase()),
            Event::Text(text) => page.text(&text),
            Event::CData(text) => page.text(&text),
            Event::GeneralRef(name) => {
                let text = entity::resolved_html(&name);
                page.text(&text.unwrap_or_else(|| {
                    let name: &str = &name;
                    format!("&{name};")
                }));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(page.out.finish())
}

impl Page {
    fn text(&mut self, text: &str) {
        if self.silent.is_none() {
            self.out.text(text);
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>, is_empty: bool) {
        let name = tag.name().as_ref().to_lowercase();
        if let Some((silent, depth)) = &mut self.silent {
            if *silent == name && !is_empty {
                *depth += 1;
            }
            return;
        }
        if SILENT.contains(&name.as_str()) {
            if !is_empty {
                self.silent = Some((name, 1));
            }
            return;
        }
        match name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.lists.clear();
                self.is_in_item = false;
                self.out.heading(level(&name));
            }
            "p" | "div" | "section" | "article" | "blockquote" | "hr" => self.block(),
            "table" if !is_empty => {
                self.block();
                self.out.table();
            }
            "ul" | "dl" => self.lists.push(None),
            "ol" => self.lists.push(Some(0)),
            "li" | "dt" => self.item(),
            // What a term means stands below it.
            "br" | "dd" => self.out.line(),
            "tr" => self.out.row(),
            "td" | "th" => self.out.cell(),
            "pre" => self.out.code(true),
            "a" if !is_empty => self.link(attribute(tag, "href")),
            "img" => {
                let alt = attribute(tag, "alt").unwrap_or_default();
                match attribute(tag, "src").as_deref().and_then(beside) {
                    Some(file) => self.picture(&alt, &file),
                    None => self.out.text(&alt),
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((silent, depth)) = &mut self.silent {
            if silent == name {
                *depth -= 1;
                if *depth == 0 {
                    self.silent = None;
                }
            }
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.out.block(),
            // Within an item what follows begins its own line.
            "p" | "div" | "section" | "article" | "blockquote" if !self.is_in_item => {
                self.out.block();
            }
            "table" => {
                self.out.end_table();
                self.block();
            }
            "ul" | "ol" | "dl" => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.is_in_item = false;
                    self.out.block();
                }
            }
            "pre" => self.out.code(false),
            "a" => {
                if let Some(Some(address)) = self.links.pop() {
                    self.out.signs(&format!("]({address})"));
                }
            }
            _ => {}
        }
    }

    fn block(&mut self) {
        if self.is_in_item {
            self.out.paragraph_in_item();
        } else {
            self.out.block();
        }
    }

    fn item(&mut self) {
        let level = self.lists.len().saturating_sub(1);
        let number = self.lists.last_mut().and_then(|number| {
            let next = number.as_ref()? + 1;
            *number = Some(next);
            Some(next)
        });
        if level == 0 && !self.is_in_item {
            self.out.block();
        }
        self.is_in_item = true;
        self.out.item(level, number);
    }

    fn picture(&mut self, alt: &str, file: &str) {
        self.out.signs("![");
        self.out.text(alt);
        self.out.signs(&format!("]({file})"));
    }

    fn link(&mut self, href: Option<String>) {
        let href = href.unwrap_or_default();
        let address = address(&href).map(str::to_owned).or_else(|| beside(&href));
        if address.is_some() {
            self.out.text(" ");
            self.out.signs("[");
        }
        self.links.push(address);
    }
}

fn level(name: &str) -> usize {
    name.get(1..)
        .and_then(|digit| digit.parse().ok())
        .unwrap_or(2)
}

/// An attribute of an element, with its entities resolved.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.html_attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref().eq_ignore_ascii_case(name))?;
    Some(entity::unescaped_html(&found.value))
}
