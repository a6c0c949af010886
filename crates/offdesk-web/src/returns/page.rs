//! The page to share: the return of a month or of all time in one file that loads nothing, for screen, phone and paper.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use offdesk_actions::Error;
use offdesk_actions::returns::ReturnReport;

use super::handoffs::handoffs;
use super::{Links, lines, pictures};
use crate::{theme, words};

/// Stands in the title of every page, and so in its first kilobyte.
pub const MARK: &str = "offdesk return</title>";

/// Nothing may be loaded or run, whatever a name says; only the style sheet inside counts.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// What a return is about, in words.
#[must_use]
pub fn when(report: &ReturnReport) -> String {
    match report.month {
        Some(month) => month.in_words(),
        None => format!("since {}", words::day(report.period.from)),
    }
}

/// A return as a self-contained HTML page.
///
/// # Errors
/// `pay.too_large`.
pub fn return_page(report: &ReturnReport) -> Result<String, Error> {
    let title = format!("What was handed off gave, {}", when(report));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " \u{b7} offdesk return" }
                link rel="icon" href="data:,";
                style { (PreEscaped(theme::style_sheet())) }
            }
            body {
                header {
                    p.brand { bdi { (words::shown(&report.settings.name, 80)) } " \u{b7} work handed off, " (when(report)) }
                    h1 { (report.headline_of(&report.found)?) }
                }
                main { (content(report)?) }
                footer { p { small {
                    "Made by offdesk " (env!("CARGO_PKG_VERSION")) " on " (words::day(report.today)) ". This page loads nothing and sends nothing. "
                    @if report.worth.is_some() { "It says what an hour of the owner\u{2019}s is worth, so it is for the owner alone." }
                    @else { "What an hour of the owner\u{2019}s is worth is left out." }
                } } }
            }
        }
    };
    Ok(page.into_string())
}

fn content(report: &ReturnReport) -> Result<Markup, Error> {
    Ok(html! {
        (lines(report))
        (handoffs(report, Links::None)?)
        (pictures::pictures(report))
    })
}
