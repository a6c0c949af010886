//! A page in one file that loads nothing and runs nothing, for screen, phone and paper: what the pages to keep or to share stand in.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::theme;

/// Nothing may be loaded or run, whatever a name says; only the style sheet inside counts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// What stands in such a page.
pub(crate) struct Standalone<'p> {
    /// Its title.
    pub(crate) title: &'p str,
    /// Which command made it; stands behind the title, and so in its first kilobyte.
    pub(crate) made_by: &'p str,
    /// What it begins with.
    pub(crate) header: Markup,
    /// What it is about.
    pub(crate) main: Markup,
    /// What it ends with.
    pub(crate) footer: Markup,
}

impl Standalone<'_> {
    /// The page as text.
    pub(crate) fn page(self) -> String {
        self.page_in(&theme::style_sheet())
    }

    /// The page as text, in a style of its own.
    pub(crate) fn page_in(self, style: &str) -> String {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    title { (self.title) " \u{b7} " (self.made_by) }
                    link rel="icon" href="data:,";
                    style { (PreEscaped(style)) }
                }
                body {
                    header { (self.header) }
                    main { (self.main) }
                    footer { (self.footer) }
                }
            }
        }
        .into_string()
    }
}
