//! One blueprint: to read, held against the gate, published, with its versions.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::blueprints::{BlueprintDetail, load_blueprint};
use offdesk_domain::blueprint::{GatePart, Warning};

use super::attachments::attachments;
use super::may_edit;
use super::reading::sections;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, moment, said, wrong};
use crate::desk::pages::handoffs::of_blueprint;
use crate::markdown::Files;
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(blueprint_page(&ask, &Form::default(), None).await?)) })
}

/// The page, with what went wrong.
///
/// # Errors
/// `not_found`.
pub async fn blueprint_page(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
) -> Result<Markup, Error> {
    let id = ask.id("blueprint")?;
    let detail = ask
        .read(move |tx, actor, _| load_blueprint(tx, actor, id))
        .await?;
    let title = words::shown(&detail.row.title, 160);
    let handed = of_blueprint(ask, id).await?;
    let body = html! {
        p.screen { a href="/blueprints" { "Blueprints" } }
        h1 { bdi { (title) } }
        div.screen {
            (said(note_of(ask)))
            (wrong(error))
        }
        (standing(&detail, ask.zone()))
        (tools(ask, &detail))
        div.screen {
            (gate(&detail.gate(), detail.blueprint.has_steps()))
        }
        (sections(&detail.blueprint, Files { rows: &detail.attachments, path: &format!("/blueprints/{}/attachments", detail.row.id) }))
        @if detail.blueprint.is_empty() { p { "Nothing is written yet." } }
        div.screen {
            (attachments(ask, &detail, error))
            (hints(&detail.warnings()))
            @if may_edit(ask) { (publishing(&detail)) (test_run(&detail, ask.zone(), form, error)) }
            (handed)
            (versions(&detail, ask.zone()))
            @if may_edit(ask) && detail.row.has_draft() { (dropping(&detail)) }
        }
    };
    Ok(desk_page(ask, &title, &body))
}

fn note_of(ask: &Ask) -> &'static str {
    match ask.query.text("done") {
        "made" => "The draft is made. What is missing stands below.",
        "saved" => "The draft is saved.",
        "published" => {
            "It is published: this version stays as it is. Whoever works by an older one is asked whether they take it; until then their work is given by what they agreed to."
        }
        "tested" => "The test run is noted.",
        "attached" => "It is attached.",
        "detached" => "The file is taken out of the draft.",
        "dropped" => "The draft is gone; the published version stands again.",
        _ => "",
    }
}

fn standing(detail: &BlueprintDetail, zone: Option<&str>) -> Markup {
    let newest = &detail.newest;
    html! {
        p {
            @match newest.published {
                Some((at, _)) => { "Version " (newest.number) ", published " (moment(at, zone)) }
                None => { "Draft of version " (newest.number) ", saved " (moment(newest.changed_at, zone)) }
            }
            " by " bdi { (words::shown(&newest.author, 80)) } "."
            @if newest.is_untested { " Nobody else had followed it before." }
            @if !newest.note.is_empty() { " \u{201c}" bdi { (words::shown(&newest.note, 400)) } "\u{201d}." }
            @if !newest.replaced.is_empty() { " It was written over another text: " a href={ "/blueprints/" (detail.row.id) "/versions/" (newest.number) } { "what that was" } "." }
            @if let Some(activity) = &detail.activity {
                " It is of the activity " a href={ "/activities/" (activity.id) } { bdi { (words::shown(&activity.name, 80)) } } "."
            }
        }
    }
}

fn tools(ask: &Ask, detail: &BlueprintDetail) -> Markup {
    let id = detail.row.id;
    html! {
        p.actions {
            @if may_edit(ask) { a.button href={ "/blueprints/" (id) "/edit" } { "Edit" } }
            a.button.plain href={ "/blueprints/" (id) "/file" } { "Markdown" }
            a.button.plain href={ "/blueprints/" (id) "/page" } { "Page to print or send" }
        }
    }
}

/// The seven parts: how many are there, and what to write for the others.
fn gate(parts: &[GatePart], has_steps: bool) -> Markup {
    let there = parts.iter().filter(|part| part.is_there).count();
    if there == parts.len() {
        let names: Vec<String> = parts.iter().map(|part| part.name.to_lowercase()).collect();
        return html! {
            section.card aria-labelledby="parts" {
                h2 #parts { "All 7 parts are there" @if !has_steps { ", but no step" } }
                @if !has_steps { p { "Nothing says what to do. Write what is done, one action a line; a single step is enough." } }
                @else { p { "Nothing is missing before somebody else can follow it: " (words::listed(&names)) "." } }
            }
        };
    }
    html! {
        section.card aria-labelledby="parts" {
            h2 #parts { (there) " of 7 parts are there" }
            ul.parts-list { @for part in parts { li {
                @if part.is_there { span.tag.there { "there" } " " (part.name) } @else {
                    span.tag.missing { "missing" } " " strong { (part.name) } ": " (sentence(&part.missing))
                    small { (sentence(part.remedy)) }
                }
            } } }
        }
    }
}

fn hints(warnings: &[Warning]) -> Markup {
    let count = u64::try_from(warnings.len()).unwrap_or(u64::MAX);
    html! {
        @if !warnings.is_empty() {
            section aria-labelledby="hints" {
                h2 #hints { (words::count(count, "hint", "hints")) }
                p { "They make it easier to follow. None of them stands in the way of publishing." }
                ul { @for warning in warnings { li {
                    bdi { (sentence(&warning.message)) }
                    small.remedy { (sentence(warning.remedy)) }
                } } }
            }
        }
    }
}

fn publishing(detail: &BlueprintDetail) -> Markup {
    if !detail.row.has_draft() {
        return html! {};
    }
    let gate = detail.gate();
    let missing = gate.iter().filter(|part| !part.is_there).count();
    let is_written = gate.iter().all(|part| part.is_written);
    let missing = u64::try_from(missing).unwrap_or(u64::MAX);
    html! {
        section aria-labelledby="publish" {
            h2 #publish { "Publish" }
            @if missing > 0 && !is_written {
                p { "Before it can be published, " (words::count(missing, "part has", "parts have")) " to be written: see above." }
            } @else {
                form method="post" action={ "/blueprints/" (detail.row.id) "/publication" } {
                    input type="hidden" name="version" value=(detail.row.version);
                    @if missing > 0 {
                        label.choice { input type="checkbox" name="as_written" value="1"; span { "It is there as it is written: I have read what is said above of " (words::count(missing, "part", "parts")) } }
                    }
                    @if detail.is_tested() {
                        p { "Somebody else has followed it. A published version is never changed; whoever edits it begins a new draft." }
                    } @else {
                        p { "Nobody else has followed it as it stands now: a test run counts for the text it was done by. Let a second person do it once by the page alone: each question they have is a gap in the page." }
                        label.choice { input type="checkbox" name="untested" value="1"; span { "Publish it without that test run" } }
                    }
                    button { "Publish version " (detail.newest.number) }
                }
            }
        }
    }
}

fn test_run(
    detail: &BlueprintDetail,
    zone: Option<&str>,
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    html! {
        section aria-labelledby="test-runs" {
            h2 #test-runs { "Test runs" }
            @if !detail.test_runs.is_empty() {
                table.rows {
                    thead { tr { th scope="col" { "Who" } th.figure scope="col" { "Version" } th.figure scope="col" { "Questions" } th scope="col" { "What they asked" } th scope="col" { "When" } } }
                    tbody { @for run in &detail.test_runs { tr {
                        th scope="row" { bdi { (words::shown(&run.person, 80)) } }
                        td.figure data-label="Version" { (run.number) }
                        td.figure data-label="Questions" { (run.questions) }
                        td data-label="What they asked" { @if !run.note.is_empty() { bdi { (words::shown(&run.note, 400)) } } }
                        td data-label="When" { (moment(run.created_at, zone)) }
                    } } }
                }
            }
            details open[error.is_some_and(|error| matches!(error.field, "person" | "questions" | "note"))] {
                summary { "Note a test run" }
                form method="post" action={ "/blueprints/" (detail.row.id) "/test-runs" } {
                    div.row {
                        (Field { is_needed: true, ..Field::text("person", "Who followed it", form.text("person")) }.show(error))
                        (Field { is_needed: true, class: "number", ..Field::text("questions", "Questions they had", form.text("questions")) }.show(error))
                    }
                    (Field::text("note", "What they asked (optional)", form.text("note")).show(error))
                    button.plain { "Note it" }
                }
            }
        }
    }
}

fn versions(detail: &BlueprintDetail, zone: Option<&str>) -> Markup {
    html! {
        section aria-labelledby="versions" {
            h2 #versions { "Versions" }
            table.rows {
                thead { tr { th scope="col" { "Version" } th scope="col" { "State" } th scope="col" { "By" } th scope="col" { "When" } th scope="col" { "Note" } } }
                tbody { @for version in &detail.versions { tr {
                    th scope="row" { a href={ "/blueprints/" (detail.row.id) "/versions/" (version.number) } { "Version " (version.number) @if version.number > 1 { ": what changed" } } }
                    td data-label="State" { @if version.published.is_some() { "published" @if version.is_untested { ", without a test run" } } @else { "draft" } }
                    td data-label="By" { bdi { (words::shown(&version.author, 80)) } }
                    td data-label="When" { (moment(version.published.map_or(version.changed_at, |(at, _)| at), zone)) }
                    td data-label="Note" { @if !version.note.is_empty() { bdi { (words::shown(&version.note, 400)) } } }
                } } }
            }
        }
    }
}

fn dropping(detail: &BlueprintDetail) -> Markup {
    html! {
        details {
            summary { "Throw the draft away" }
            form method="post" action={ "/blueprints/" (detail.row.id) "/removal" } {
                input type="hidden" name="version" value=(detail.row.version);
                p {
                    @if detail.row.published > 0 { "Version " (detail.row.published) " stands again. The text of the draft is gone for good." }
                    @else { "It was never published: the whole blueprint is gone for good." }
                }
                button.away { "Throw it away" }
            }
        }
    }
}
