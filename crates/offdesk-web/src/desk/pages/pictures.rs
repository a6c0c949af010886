//! Pictures of pages as files of their own, each with its numbers as a table: `NAME.svg`, `NAME.csv`, and where it is a table `NAME.xlsx`.

use axum::response::Response;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::audit::csv;
use offdesk_actions::decide::tables::{course_table, matters_table};
use offdesk_actions::returns::tables::{own_hours_table, weeks_table};
use offdesk_actions::returns::two_lines::TwoLines;

use super::decision::subject;
use super::returns::month_of;
use crate::audit::picture::picture;
use crate::chart::file::svg_file;
use crate::chart::iceberg::iceberg_wide;
use crate::decision::{curve, tornado};
use crate::desk::ask::{Answer, Ask};
use crate::desk::attachment::{attachment, table_file};
use crate::returns::{bands, pictures, two_lines};

const SVG: &str = "image/svg+xml";

/// Where a picture can be had as a file, under the address of its page.
pub fn files(page: &str, picture: &str, query: &str, formats: &[&str]) -> Markup {
    html! {
        p.quiet {
            "To keep: "
            @for (at, format) in formats.iter().enumerate() {
                @if at > 0 { ", " }
                a href={ (page) "/pictures/" (picture) "." (format) (query) } { (format.to_uppercase()) }
            }
            "."
        }
    }
}

/// The name and the format that are asked for.
fn asked(ask: &Ask) -> Result<(&str, &str), Error> {
    let name = ask.part("picture");
    name.split_once('.').ok_or_else(none)
}

fn none() -> Error {
    Error::not_found("picture")
}

fn drawn(name: &str, picture: Markup) -> Response {
    attachment(&format!("{name}.svg"), SVG, svg_file(picture))
}

/// A picture of the return.
pub fn of_return(ask: Ask) -> Answer {
    Box::pin(async move {
        let (name, format) = asked(&ask)?;
        let month = month_of(&ask.query)?;
        let seen = ask.desk.returns.load(&ask, month).await?;
        let found = seen.bands.as_ref();
        let lines = found.map(TwoLines::of_hours);
        if format == "svg" {
            let picture = match name {
                "bought-back" => Some(pictures::bought_back(&seen.report)),
                "review-load" => Some(pictures::review_load(&seen.report)),
                "own-hours" => found.map(bands::drawing),
                "effective-hour" => lines.as_ref().and_then(two_lines::drawing),
                _ => None,
            };
            return Ok(drawn(name, picture.ok_or_else(none)?));
        }
        let table = match name {
            "bought-back" | "review-load" => weeks_table(&seen.report),
            "own-hours" => own_hours_table(found),
            "effective-hour" => TwoLines::to_table(lines.as_ref()),
            _ => return Err(none()),
        };
        table_file(name, &table, format, ask.moment.now)
    })
}

/// A picture of a decision: `course-0` of the first option and so on, or `matters`.
pub fn of_decision(ask: Ask) -> Answer {
    Box::pin(async move {
        let (name, format) = asked(&ask)?;
        let subject = subject(&ask, ask.id("activity")?).await?;
        let weighed = Ask::apart(move || subject.weigh()).await?;
        let side = match name.strip_prefix("course-") {
            Some(at) => weighed.sides.get(at.parse::<usize>().map_err(|_| none())?),
            None if name == "matters" => weighed.chosen().or(weighed.sides.first()),
            None => None,
        };
        let side = side.ok_or_else(none)?;
        let (question, answer) = (&side.question, &side.answer);
        match (name, format) {
            ("matters", "svg") => Ok(drawn(name, tornado::tornado(question, answer))),
            (_, "svg") => Ok(drawn(name, curve::curve(name, question, answer))),
            ("matters", _) => table_file(name, &matters_table(answer), format, ask.moment.now),
            _ => table_file(name, &course_table(answer), format, ask.moment.now),
        }
    })
}

/// A picture of the hours.
pub fn of_hours(ask: Ask) -> Answer {
    Box::pin(async move {
        let (name, format) = asked(&ask)?;
        let hours = ask.hours().await?;
        let report = hours.report.as_ref().ok_or_else(none)?;
        let lines = TwoLines::of_audit(&report.audit);
        match (name, format) {
            ("iceberg", "svg") => Ok(drawn(name, iceberg_wide(&picture(&report.audit)))),
            ("iceberg", "csv") => {
                let kind = "text/csv; charset=utf-8";
                Ok(attachment("iceberg.csv", kind, csv::to_text(report)))
            }
            ("effective-hour", "svg") => {
                let picture = two_lines::drawing(&lines);
                Ok(drawn(name, picture.ok_or_else(none)?))
            }
            ("effective-hour", format) => {
                let table = TwoLines::to_table(Some(&lines));
                table_file(name, &table, format, ask.moment.now)
            }
            _ => Err(none()),
        }
    })
}
