//! Several options of an activity side by side, as a page in one file.

use maud::html;
use offdesk_actions::decide::Weighed;
use offdesk_actions::options::Subject;
use offdesk_domain::Day;

use crate::desk::pages::decision::{answer, sides};
use crate::standalone::Standalone;
use crate::theme::desk_sheet;
use crate::words;

/// The options side by side as a self-contained HTML page; `generated` is the day it is made.
#[must_use]
pub fn comparison_page(subject: &Subject, weighed: &Weighed, generated: Day) -> String {
    let page = Standalone {
        title: "Who should do it?",
        made_by: "offdesk decide",
        header: html! {
            p.brand { "offdesk decide \u{b7} " (words::day(generated)) }
            (sides::headline(subject, weighed))
        },
        main: answer(subject, weighed),
        footer: html! {
            p { small {
                "Made by offdesk " (env!("CARGO_PKG_VERSION")) " on " (words::day(generated))
                ", on your own machine. This page loads nothing and sends nothing. It names what your hour is worth, so it is for you alone."
            } }
        },
    };
    // Its table is one of the desk.
    page.page_in(&desk_sheet())
}
