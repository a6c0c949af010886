//! Markdown of people as HTML that can do nothing: no HTML of theirs, no pictures from elsewhere, links to the web and to addresses only.

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Blocks are shown in one another to so many levels.
const DEEPEST: usize = 100;

/// A text as HTML. Its headings are those of groups within a section.
#[must_use]
pub fn rendered(text: &str) -> Markup {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut guard = Guard::default();
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

#[derive(Default)]
struct Guard {
    /// Links that are open: whether each is shown as one.
    links: Vec<bool>,
    depth: usize,
}

impl Guard {
    fn pass<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        Some(match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            // What it is called stays, as text.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => return None,
            Event::Start(Tag::Link { dest_url, .. }) => return self.begin_link(&dest_url),
            Event::End(TagEnd::Link) => {
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

    fn begin_link<'t>(&mut self, address: &str) -> Option<Event<'t>> {
        let is_shown = is_followed(address);
        self.links.push(is_shown);
        let tag = html! { a href=(address) rel="noreferrer" {} }.into_string();
        let open = tag.strip_suffix("</a>").unwrap_or_default().to_owned();
        is_shown.then(|| Event::InlineHtml(open.into()))
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
