//! Markdown of people as HTML that can do nothing: no HTML of theirs, no pictures, links to the web, to addresses and to files of its own
//! only.

use maud::{Markup, PreEscaped, html};
use offdesk_actions::blueprints::attaching::named_by;
use offdesk_actions::store::blueprints::attachments::AttachmentRow;
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Blocks are shown in one another to so many levels.
const DEEPEST: usize = 100;

/// The files that a text may lead to, and where they are given out.
#[derive(Debug, Clone, Copy, Default)]
pub struct Files<'f> {
    /// The attachments of its version.
    pub rows: &'f [AttachmentRow],
    /// The path before an attachment's id.
    pub path: &'f str,
}

impl Files<'_> {
    /// Where a link or a picture leads, if it may lead anywhere.
    fn target(&self, address: &str) -> Option<String> {
        if is_followed(address) {
            return Some(address.to_owned());
        }
        let file = named_by(self.rows, address)?;
        Some(format!("{}/{}", self.path, file.id))
    }
}

/// A text as HTML, without files of its own. Its headings are those of groups within a section.
#[must_use]
pub fn rendered(text: &str) -> Markup {
    rendered_with(text, Files::default())
}

/// A text as HTML whose links and pictures may lead to files of its own; a picture of them is a link, which downloads it.
#[must_use]
pub fn rendered_with(text: &str, files: Files<'_>) -> Markup {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut guard = Guard {
        files,
        links: Vec::new(),
        depth: 0,
    };
    let events = Parser::new_ext(text, options).filter_map(|event| guard.pass(event));
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, events);
    PreEscaped(out)
}

/// Whether a link may lead to an address.
#[must_use]
pub fn is_followed(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
}

struct Guard<'f> {
    files: Files<'f>,
    /// Links that are open: whether each is shown as one.
    links: Vec<bool>,
    depth: usize,
}

impl Guard<'_> {
    fn pass<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        Some(match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            // What it is called stays, as text or as a link to a file of its own; nothing is shown from elsewhere.
            Event::Start(Tag::Image { dest_url, .. }) => {
                let is_elsewhere = is_followed(&dest_url);
                let target = self.files.target(&dest_url).filter(|_| !is_elsewhere);
                return self.begin_link(target);
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let target = self.files.target(&dest_url);
                return self.begin_link(target);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                let is_shown = self.links.pop().unwrap_or(false);
                return is_shown.then_some(Event::InlineHtml(CowStr::Borrowed("</a>")));
            }
            Event::Start(Tag::Heading { level, .. }) => Event::Start(Tag::Heading {
                level: lowered(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level))),
            // An alignment would be a style of its own, which our pages do not let in.
            Event::Start(Tag::Table(columns)) => {
                Event::Start(Tag::Table(vec![Alignment::None; columns.len()]))
            }
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
                self.depth += 1;
                return (self.depth <= DEEPEST).then_some(event);
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
                let is_shown = self.depth <= DEEPEST;
                self.depth = self.depth.saturating_sub(1);
                return is_shown.then_some(event);
            }
            other => other,
        })
    }

    fn begin_link<'t>(&mut self, target: Option<String>) -> Option<Event<'t>> {
        // No link stands in another one.
        let target = target.filter(|_| !self.links.contains(&true));
        self.links.push(target.is_some());
        let target = target?;
        let tag = html! { a href=(target) rel="noreferrer" {} }.into_string();
        let open = tag.strip_suffix("</a>").unwrap_or_default().to_owned();
        Some(Event::InlineHtml(open.into()))
    }
}

/// The first two levels are those of the page.
fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_shown_and_does_nothing() {
        let shown = |text: &str| rendered(text).into_string();
        assert_eq!(shown("# A\n\n- b"), "<h3>A</h3>\n<ul>\n<li>b</li>\n</ul>\n");
        assert_eq!(
            shown("[a](https://e.example/?a=1&b=\"x)"),
            "<p><a href=\"https://e.example/?a=1&amp;b=&quot;x\" rel=\"noreferrer\">a</a></p>\n"
        );
        for (text, gone) in [
            ("<script>alert(1)</script>", "<script"),
            ("a <img src=x onerror=alert(1)>", "<img"),
            ("![a](https://e.example/a.png)", "<img"),
            ("[a](javascript:alert(1))", "href"),
            ("[a](JaVaScRiPt:alert(1))", "href"),
            ("[a](java&#x73;cript:alert(1))", "href"),
            ("[a](&#1;javascript:alert(1))", "href"),
            ("[a](data:text/html,x)", "href"),
            ("[a](//e.example)", "href"),
            ("[a](/settings)", "href"),
            ("<javascript:alert(1)>", "href"),
            ("[a]: javascript:x\n\n[a]", "href"),
            ("<div onclick=x>\n\n<b>", "<div"),
            ("[![a](x)](javascript:x)", "<"),
        ] {
            let text_shown = shown(text);
            let rest = text_shown.replace("<p>", "").replace("</p>", "");
            assert!(!rest.contains(gone), "{text}: {text_shown}");
        }
    }

    #[test]
    fn a_link_leads_to_files_of_its_own() {
        let file = |name: &str| AttachmentRow {
            id: offdesk_actions::store::Uuid::from_u128(7),
            blueprint_id: offdesk_actions::store::Uuid::nil(),
            name: name.to_owned(),
            length: 1,
            since: 1,
            gone: None,
            created_by: offdesk_actions::store::Uuid::nil(),
            created_at: 0,
        };
        let rows = [file("prices.csv"), file("my p.png")];
        let files = Files {
            rows: &rows,
            path: "/files",
        };
        let shown = |text: &str| rendered_with(text, files).into_string();
        let link = "href=\"/files/00000000-0000-0000-0000-000000000007\"";
        for text in [
            "[prices](pack/prices.csv)",
            "![pic](<pack/my p.png>)",
            "![pic](my%20p.png)",
        ] {
            assert!(shown(text).contains(link), "{}", shown(text));
            assert!(!rendered(text).into_string().contains("href"));
        }
        for text in [
            "[a](other.csv)",
            "[a](/prices.csv)",
            "[a](javascript:prices.csv)",
            "[a](//e.example/prices.csv)",
            "![a](https://e.example/prices.csv)",
            "![a](data:prices.csv)",
        ] {
            assert!(!shown(text).contains("<a"), "{}", shown(text));
            assert!(!shown(text).contains("<img"), "{}", shown(text));
        }
        let nested = shown("[![pic](my%20p.png)](https://e.example)");
        assert_eq!(nested.matches("<a ").count(), 1, "{nested}");
    }

    #[test]
    fn a_table_has_no_style_of_its_own() {
        let table = rendered("| a |\n|:-:|\n| b |").into_string();
        assert!(
            table.contains("<th>a</th>") && !table.contains("style"),
            "{table}"
        );
    }

    #[test]
    fn sec_19_deep_and_long_texts_end_soon_and_stay_shallow() {
        for sign in ["[", "*", ">", "`", "<", "- ", "![", "](", "|", "a\n- "] {
            let text = sign.repeat(1024 * 1024 / sign.len());
            let shown = rendered(&text).into_string();
            assert!(shown.matches("<blockquote>").count() <= DEEPEST, "{sign}");
        }
        let references: String = (0..100_000)
            .map(|at| format!("[{at}]: https://e.example/{at}\n"))
            .collect();
        assert_eq!(rendered(&references).into_string(), "");
    }
}
