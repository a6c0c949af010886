//! The page to share: the return of a month or of all time in one file that loads nothing, for screen, phone and paper.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::returns::ReturnReport;
use offdesk_actions::returns::stress::StressDials;

use super::handoffs::handoffs;
use super::stress::dials;
use super::{Links, lines, pictures};
use crate::standalone::Standalone;
use crate::words;

/// Stands in the title of every page, and so in its first kilobyte.
pub const MARK: &str = "offdesk return</title>";

/// What a return is about, in words.
#[must_use]
pub fn when(report: &ReturnReport) -> String {
    match report.month {
        Some(month) => month.in_words(),
        None => format!("since {}", words::day(report.period.from)),
    }
}

/// A return as a self-contained HTML page, with the raw dials of stress where the owner wants them on it.
///
/// # Errors
/// `pay.too_large`.
pub fn return_page(report: &ReturnReport, stress: Option<&StressDials>) -> Result<String, Error> {
    let title = format!("What was handed off gave, {}", when(report));
    let page = Standalone {
        title: &title,
        made_by: "offdesk return",
        header: html! {
            p.brand { bdi { (words::shown(&report.settings.name, 80)) } " \u{b7} work handed off, " (when(report)) }
            h1 { (report.headline_of(&report.found)?) }
        },
        main: content(report, stress)?,
        footer: html! { p { small {
            "Made by offdesk " (env!("CARGO_PKG_VERSION")) " on " (words::day(report.today)) ". This page loads nothing and sends nothing. "
            @if report.worth.is_some() { "It says what an hour of the owner\u{2019}s is worth, so it is for the owner alone." }
            @else { "What an hour of the owner\u{2019}s is worth is left out." }
        } } },
    };
    Ok(page.page())
}

fn content(report: &ReturnReport, stress: Option<&StressDials>) -> Result<Markup, Error> {
    Ok(html! {
        (lines(report))
        (handoffs(report, Links::None)?)
        (pictures::pictures(report, |_| html! {}))
        @if let Some(stress) = stress { (dials(stress)) }
    })
}
