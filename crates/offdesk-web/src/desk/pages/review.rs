//! Review: what waits to be looked at, blind, against the acceptance criteria.

mod rounds;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::{
    AssignmentDetail, FindingKind, Met, NewFinding, NewReview, Spent, accept_deliverable,
    learned_with, list_to_review, load_assignment, return_deliverable,
};
use offdesk_actions::store::Uuid;

use self::rounds::{before, changed};
use super::next::may_edit;
use super::work::{content, shown_at, spent_of, steps, zone_of};
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::{again, sentence};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, desk_page, moment, said, wrong};
use crate::desk::undecided::{decided, undecided};
use crate::words;

/// So many are listed.
const MOST: u32 = 100;
/// So many findings have room in the form, and so many more wherever somebody asks for it.
const FINDINGS: usize = 4;
/// So many are taken at most.
const MOST_FINDINGS: usize = 50;

/// What waits.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let judged = Uuid::try_parse(ask.query.text("of")).ok();
        let (zone, waiting, learned) = ask
            .read(move |tx, actor, _| {
                let learned = judged.map(|id| learned_with(tx, actor, id).unwrap_or_default());
                let waiting = list_to_review(tx, actor, MOST)?;
                Ok((zone_of(tx, actor)?, waiting, learned.unwrap_or_default()))
            })
            .await?;
        let body = html! {
            h1 { "Review" }
            p.lead { "Accept, or say what must change. Who made it and how much of theirs is looked at stands here only afterwards." }
            (said(&told(note_of(&ask), &learned)))
            @if waiting.is_empty() { p { "Nothing waits on you." } } @else {
                table.rows {
                    caption { "The earliest due first" }
                    thead { tr { th scope="col" { "Deliverable" } th scope="col" { "Handed in" } th scope="col" { "Counts as accepted" } } }
                    tbody { @for one in &waiting { tr {
                        th scope="row" { a href={ "/review/" (one.row.id) } data-find { (one.row.number) " " bdi { (words::shown(&one.row.title, 120)) } } @if one.row.rounds > 1 { small { "round " (one.row.rounds) } } }
                        td data-label="Handed in" { @if let Some(at) = one.row.delivered_at { (moment(at, Some(&zone))) } }
                        td data-label="Counts as accepted" { @match one.row.accept_at { Some(at) => (moment(at, Some(&zone))), None => "never by itself" } }
                    } } }
                }
            }
        };
        Ok(shown(desk_page(&ask, "Review", &body)))
    })
}

/// What was done, and what the handoff has learned from it, each in a sentence.
pub fn told(done: &str, learned: &[String]) -> String {
    let learned = learned.iter().map(|text| sentence(text));
    let all: Vec<String> = [done.to_owned()].into_iter().chain(learned).collect();
    all.join(" ")
}

fn note_of(ask: &Ask) -> &'static str {
    match ask.query.text("done") {
        "accepted" => "Accepted.",
        "returned" => "Returned with what you found.",
        _ => "",
    }
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(review_page(&ask, &Form::default(), None).await?)) })
}

async fn review_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let id = ask.id("assignment")?;
    let detail = ask
        .read(move |tx, actor, _| load_assignment(tx, actor, id))
        .await?;
    let row = &detail.row;
    let title = format!("{} {}", row.number, words::shown(&row.title, 160));
    let is_waiting = row.state == "delivered" && !detail.is_own;
    let body = html! {
        p { a href="/review" { "Review" } }
        h1 { (row.number) " " bdi { (words::shown(&row.title, 160)) } }
        (wrong(error))
        @if is_waiting {
            section.card aria-labelledby="in" {
                h2 #in { "Handed in" @if row.rounds > 1 { ", round " (row.rounds) } }
                (content(&detail, row.rounds))
                p { "Made by " a href={ "/blueprints/" (row.blueprint_id) "/versions/" (row.blueprint_number) } { "version " (row.blueprint_number) " of the blueprint" } "." }
                (steps(&detail))
            }
            (changed(&detail))
            (before(&detail))
            @if may_edit(ask) { (judging(&detail, shown_at(ask, form), form, error)) }
        } @else {
            p { "This was looked at, or waits for nobody. " a href={ "/work/" (row.id) } { "See where it stands" } "." }
        }
    };
    Ok(desk_page(ask, &title, &body))
}

fn judging(detail: &AssignmentDetail, shown_at: i64, form: &Form, error: Option<&Error>) -> Markup {
    let row = &detail.row;
    let is_last = row.returns >= 2;
    let has_criteria = detail.blueprint.criterion_texts().next().is_some();
    let asks_for_more = form.text("verdict") == "more";
    let room = form.all("finding").count().max(FINDINGS);
    let room = (room + usize::from(asks_for_more) * FINDINGS).min(MOST_FINDINGS);
    html! {
        form method="post" action={ "/review/" (row.id) } {
            input type="hidden" name="version" value=(row.version);
            input type="hidden" name="shown" value=(shown_at);
            (undecided())
            fieldset {
                legend { "Acceptance criteria" }
                p.help { "Each one holds, or something is said to it below. A fault at a criterion says that it does not hold." }
                @for (place, text) in (1_i64..).zip(detail.blueprint.criterion_texts()) {
                    label.choice { input type="checkbox" name="met" value=(place) checked[form.all("met").any(|it| it == place.to_string())]; " " bdi { (words::shown(text, 400)) } }
                }
            }
            fieldset {
                legend { "What you found" }
                p.help { "A fault counts against the work and is checked for again; a preference does not. Each is read by whoever made it." }
                @for at in 0..room { (finding(detail, at, form)) }
                @if room < MOST_FINDINGS { button.plain.small name="verdict" value="more" formnovalidate { "Room for more" } }
            }
            (Area { name: "note", label: "To the whole (optional)", help: "Begin with what was right.", value: form.raw("note"), rows: 2 }.show(error))
            (Field { class: "number", help: "Leave it empty: it is counted from when this page was shown, half an hour at most.", ..Field::text("minutes", "Minutes you spent", form.text("minutes")) }.show(error))
            (reworked(form, error))
            @if form.is_ticked("beside") || error.is_some_and(|error| error.code == "assignment.beside") {
                label.choice { input type="checkbox" name="beside" value="1" checked[form.is_ticked("beside")]; " These are other hours than those that are paid with weeks" }
            }
            @if is_last { p { "It was returned twice already. Put the blueprint right and publish it before you return it again, or accept it. They are asked then whether they go on by the newer version." } }
            div.row {
                button name="verdict" value="all" data-key="a" { @if has_criteria { "All hold: accept the deliverable" } @else { "Accept the deliverable" } }
                @if has_criteria { button.plain name="verdict" value="accepted" { "Accept with what is ticked" } }
                button.plain name="verdict" value="returned" data-key="r" { "Return it" }
            }
        }
    }
}

fn finding(detail: &AssignmentDetail, at: usize, form: &Form) -> Markup {
    let chosen = |name: &str| form.all(name).nth(at).unwrap_or("").to_owned();
    let (kind, place, text) = (chosen("kind"), chosen("place"), chosen("finding"));
    html! {
        div.row {
            div.field.narrow-field {
                label for={ "kind-" (at) } { "Finding " (at + 1) }
                select id={ "kind-" (at) } name="kind" {
                    option value="fault" selected[kind == "fault"] { "fault" }
                    option value="preference" selected[kind == "preference"] { "preference" }
                }
            }
            div.field {
                label for={ "place-" (at) } { "Where" }
                select id={ "place-" (at) } name="place" { (places(detail, &place)) }
            }
            div.field {
                label for={ "finding-" (at) } { "What" }
                input id={ "finding-" (at) } name="finding" type="text" autocomplete="off" value=(text);
            }
        }
    }
}

/// Where something can be found: the steps and criteria of the blueprint; the whole, where it has neither.
pub fn places(detail: &AssignmentDetail, chosen: &str) -> Markup {
    let steps: Vec<(i64, &str)> = (1_i64..).zip(detail.blueprint.step_texts()).collect();
    let criteria: Vec<(i64, &str)> = (1_i64..).zip(detail.blueprint.criterion_texts()).collect();
    html! {
        option value="" { @if steps.is_empty() && criteria.is_empty() { "the whole" } @else { "choose the step or criterion" } }
        @for (number, step) in steps { @let value = format!("s{number}"); option value=(value) selected[chosen == value] { "step " (number) ": " (words::shown(step, 60)) } }
        @for (number, criterion) in criteria { @let value = format!("c{number}"); option value=(value) selected[chosen == value] { "criterion " (number) ": " (words::shown(criterion, 60)) } }
    }
}

/// A finding at a place as a form names it: `s2` a step, `c1` a criterion.
pub fn finding_at(kind: FindingKind, place: &str, text: &str) -> NewFinding {
    let number = |letter: char| place.strip_prefix(letter).and_then(|it| it.parse().ok());
    NewFinding {
        kind,
        step: number('s'),
        criterion: number('c'),
        text: text.to_owned(),
    }
}

/// Where somebody says that they have put it right themselves.
pub fn reworked(form: &Form, error: Option<&Error>) -> Markup {
    let help = "Left empty, the time since this page was shown counts as putting it right.";
    html! {
        label.choice { input type="checkbox" name="reworked" value="1" checked[form.is_ticked("reworked")]; " I put it right myself" }
        (Field { class: "number", help, ..Field::text("rework_minutes", "Minutes that took you", form.text("rework_minutes")) }.show(error))
    }
}

/// What was spent on looking, and what on putting it right: what was captured is one of both, the other is what was typed.
pub fn times_of(ask: &Ask, form: &Form) -> Result<(Option<Spent>, Option<Spent>), Error> {
    let looked = spent_of(ask, form, "minutes")?;
    let is_typed = !form.text("rework_minutes").is_empty();
    let is_reworked = is_typed || form.is_ticked("reworked");
    if !is_reworked {
        return Ok((looked, None));
    }
    if !is_typed {
        let is_told = !form.text("minutes").is_empty();
        let captured = looked.map(|it| Spent::captured(it.captured));
        return Ok((looked.filter(|_| is_told), captured));
    }
    let typed = spent_of(ask, form, "rework_minutes")?;
    let typed = typed.map(|it| Spent { captured: 0, ..it });
    Ok((looked, typed))
}

fn review_of(ask: &Ask, form: &Form) -> Result<NewReview, Error> {
    let rows = form
        .all("kind")
        .zip(form.all("place"))
        .zip(form.all("finding"));
    let findings = rows
        // A place that is chosen was meant: without a text it is asked for.
        .filter(|((_, place), text)| !text.is_empty() || !place.is_empty())
        .map(|((kind, place), text)| Ok(finding_at(FindingKind::of(kind)?, place, text)));
    let ticked = form.all("met").filter_map(|it| it.parse().ok()).collect();
    let (spent, reworked) = times_of(ask, form)?;
    Ok(NewReview {
        met: match form.text("verdict") {
            "all" => Met::Unsaid,
            _ => Met::These(ticked),
        },
        findings: findings.collect::<Result<_, Error>>()?,
        note: form.raw("note").to_owned(),
        spent,
        reworked,
        as_it_is: false,
        is_beside: form.is_ticked("beside"),
        seen: form.version(),
    })
}

/// Whether the button that was pressed accepts it.
fn is_accepted(form: &Form) -> Result<bool, Error> {
    match decided(form, "verdict", "assignment.verdict")? {
        "all" | "accepted" => Ok(true),
        "returned" => Ok(false),
        _ => Err(
            Error::invalid("verdict", "assignment.verdict", "this is no verdict")
                .hint("it is  all,  accepted  or  returned"),
        ),
    }
}

/// Accepts a deliverable, or returns it.
pub fn judge(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        if form.text("verdict") == "more" {
            return Ok(shown(review_page(&ask, &form, None).await?));
        }
        let said = is_accepted(&form);
        let is_accepted = matches!(said, Ok(true));
        let done = match said.and_then(|_| review_of(&ask, &form)) {
            Ok(review) => {
                ask.write(move |tx, actor, moment| {
                    if is_accepted {
                        accept_deliverable(tx, actor, id, &review, moment)
                    } else {
                        return_deliverable(tx, actor, id, &review, moment)
                    }
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) if is_accepted => Ok(see(&format!("/review?done=accepted&of={id}"))),
            Ok(_) => Ok(see(&format!("/review?done=returned&of={id}"))),
            Err(error) => again(&error, review_page(&ask, &form, Some(&error))).await,
        }
    })
}
