//! A version of a blueprint: what changed since the one before, and how it reads.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::blueprints::attaching::attachments_of_version;
use offdesk_actions::blueprints::comparing::{DiffLine, compare};
use offdesk_actions::blueprints::{BlueprintDetail, load_blueprint, load_version};
use offdesk_actions::store::blueprints::versions::VersionRow;
use offdesk_domain::blueprint::Blueprint;

use super::attachments::attached;
use super::may_edit;
use super::reading::sections;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::{desk_page, moment};
use crate::markdown::Files;
use crate::words;

/// The page; `with=` names another version than the one before.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, number) = (ask.id("blueprint")?, ask.number("number")?);
        let with = match ask.query.text("with") {
            "" => number - 1,
            text => text.parse().map_err(|_| Error::not_found("version"))?,
        };
        let (detail, version, other, files) = ask
            .read(move |tx, actor, _| {
                let detail = load_blueprint(tx, actor, id)?;
                let version = load_version(tx, actor, id, number)?;
                let other = match with {
                    0 => None,
                    with => Some(load_version(tx, actor, id, with)?),
                };
                let files = attachments_of_version(tx, actor, id, number)?;
                Ok((detail, version, other, files))
            })
            .await?;
        let title = words::shown(&detail.row.title, 160);
        let path = format!("/blueprints/{id}/attachments");
        let body = html! {
            p { a href="/blueprints" { "Blueprints" } " \u{b7} " a href={ "/blueprints/" (id) } { bdi { (title) } } }
            h1 { "Version " (number) }
            p {
                @if let Some((at, _)) = version.published { "Published " (moment(at, ask.zone())) } @else { "A draft, saved " (moment(version.changed_at, ask.zone())) }
                " by " bdi { (words::shown(&version.author, 80)) } "."
                @if !version.note.is_empty() { " \u{201c}" bdi { (words::shown(&version.note, 400)) } "\u{201d}" }
            }
            @if let Some(other) = &other {
                section aria-labelledby="changed" {
                    h2 #changed { "What changed since version " (other.number) }
                    (difference(&other.text, &version.text))
                }
                (choose(&detail.versions.iter().map(|it| it.number).collect::<Vec<_>>(), number, other.number, id.to_string().as_str()))
            }
            (replaced(&ask, &detail, &version))
            details open[other.is_none()] {
                summary { "The whole version" }
                (sections(&Blueprint::of(&version.text), Files { rows: &files, path: &path }))
                (attached(&files, &path))
            }
        };
        Ok(shown(desk_page(
            &ask,
            &format!("Version {number} of {title}"),
            &body,
        )))
    })
}

/// What somebody else had written in a draft, and a way back to it.
fn replaced(ask: &Ask, detail: &BlueprintDetail, version: &VersionRow) -> Markup {
    html! {
        @if !version.replaced.is_empty() {
            section aria-labelledby="replaced" {
                h2 #replaced { "What this was written over" }
                p { "Somebody else had written another text here. It is kept until this version is published." }
                (difference(&version.replaced, &version.text))
                @if may_edit(ask) && version.number == detail.newest.number {
                    form method="post" action={ "/blueprints/" (detail.row.id) } {
                        input type="hidden" name="version" value=(detail.row.version);
                        input type="hidden" name="text" value=(version.replaced);
                        button.plain { "Put that text back" }
                    }
                }
            }
        }
    }
}

fn choose(numbers: &[i64], number: i64, with: i64, id: &str) -> Markup {
    html! {
        @if numbers.len() > 2 {
            nav.actions aria-label="Compare with another version" {
                "Compare with: "
                @for other in numbers.iter().filter(|other| **other != number) {
                    a href={ "/blueprints/" (id) "/versions/" (number) "?with=" (other) } aria-current=[(*other == with).then_some("page")] { "version " (other) }
                }
            }
        }
    }
}

/// Lines that went and lines that came, each told by a sign and a word, too.
pub fn difference(before: &str, after: &str) -> Markup {
    difference_of(&compare(before, after))
}

/// The same of lines that were compared already.
pub fn difference_of(lines: &[DiffLine]) -> Markup {
    html! {
        @if lines.is_empty() { p { "Nothing." } } @else {
            div.diff role="group" aria-label="Lines that changed" tabindex="0" { @for line in lines {
                @match line {
                    DiffLine::Same(text) => div { span aria-hidden="true" { "\u{a0}" } bdi { (text) } },
                    DiffLine::Removed(text) => del { span aria-hidden="true" { "\u{2212}" } span.hidden { "gone: " } bdi { (text) } },
                    DiffLine::Added(text) => ins { span aria-hidden="true" { "+" } span.hidden { "new: " } bdi { (text) } },
                    DiffLine::Gap => div.gap { "\u{22ef}" },
                }
            } }
        }
    }
}
