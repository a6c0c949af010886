//! A plan on its page: who does what, the gap, what was not considered, and why.

use maud::{Markup, html};
use offdesk_actions::plan::explained::{Explained, Row};
use offdesk_actions::plan::words::{in_the_way, instead};
use offdesk_actions::plan::{Clash, Excluded, Found, Planned, Planning, Status};

use crate::words;

/// Of a list so many lines are shown.
const MOST_SHOWN: usize = 60;

/// How good the plan is.
pub fn headline(plan: &Planned) -> Markup {
    let is_found = matches!(plan.status, Status::Optimal | Status::Feasible);
    html! {
        h1 { @if is_found { "Who should do what" } @else { "There is no plan" } }
        p.lead { (plan.status_in_words()) }
    }
}

/// All of it below the headline.
pub fn found(planning: &Planning, found: &Found) -> Markup {
    let plan = &found.plan;
    html! {
        (clashes(plan))
        @if matches!(plan.status, Status::Optimal | Status::Feasible) { (choices(plan)) }
        (left_aside(planning))
        (why(found))
    }
}

fn choices(plan: &Planned) -> Markup {
    let rows: Vec<Row> = plan
        .choices
        .iter()
        .zip(&plan.options)
        .map(|((activity, person), option)| {
            let which = option.map_or(String::new(), |at| format!(" (option {})", at + 1));
            (activity.clone(), format!("{person}{which}"))
        })
        .collect();
    html! {
        @if rows.is_empty() { p { "Nothing is handed over: nothing on the list pays within these limits." } }
        (table("who", "Handed over", ["Activity", "To"], &rows))
        @if !plan.kept.is_empty() {
            section aria-labelledby="kept" {
                h2 #kept { "Stays with you" }
                ul {
                    @for name in plan.kept.iter().take(MOST_SHOWN) { li { bdi { (words::shown(name, 80)) } } }
                    (more(plan.kept.len()))
                }
            }
        }
    }
}

fn clashes(plan: &Planned) -> Markup {
    let list = |all: &[Clash], say: fn(&Clash) -> String| {
        html! { ul {
            @for clash in all.iter().take(MOST_SHOWN) { li { bdi { (say(clash)) } } }
            (more(all.len()))
        } }
    };
    html! {
        @if !plan.clash.is_empty() {
            h2 { "What is in the way" }
            (list(&plan.clash, in_the_way))
        }
        @if let Some(change) = plan.change_in_words() {
            p { (change) }
            (list(&plan.smallest_change, instead))
        }
    }
}

/// Options and people that were not considered.
fn left_aside(planning: &Planning) -> Markup {
    let (excluded, unused) = planning.left_aside();
    let mut rows: Vec<Row> = unused
        .iter()
        .map(|one| (one.person.clone(), one.in_words()))
        .collect();
    let reason = |one: &Excluded| (one.activity.clone(), one.reason.clone());
    rows.extend(excluded.iter().map(reason));
    table("aside", "Not considered", ["What", "Why"], &rows)
}

/// What single changes do.
fn why(found: &Found) -> Markup {
    let rows = Explained::of(&found.plan, &found.changes);
    if found.changes.told.is_empty() {
        return html! {};
    }
    html! {
        (table("limits", "What limits you", ["With one thing changed", "It does"], &rows.limits))
        (table("over", "If you handed it over all the same", ["Activity", "It does"], &rows.handed_over))
        (table("people", "Why these people", ["Activity", "Who, and the next best"], &rows.chosen))
        p.quiet { "Planned again, each time with one thing changed." }
        @if rows.unproven > 0 { p.quiet { (words::count(u64::try_from(rows.unproven).unwrap_or(0), "of these was", "of these were")) " not proven in time: the figure lies within the range beside it." } }
        @if found.changes.left_out > 0 { p.quiet { "For " (found.changes.left_out) " other changes the time was up; " code { "offdesk plan --explain --seconds 600" } " has more." } }
    }
}

fn table(id: &str, title: &str, heads: [&str; 2], rows: &[Row]) -> Markup {
    let [left, right] = heads;
    html! {
        @if !rows.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { (title) }
                table.rows {
                    thead { tr { th scope="col" { (left) } th scope="col" { (right) } } }
                    tbody { @for (what, does) in rows.iter().take(MOST_SHOWN) { tr {
                        th scope="row" { bdi { (words::shown(what, 80)) } }
                        td data-label=(right) { bdi { (words::shown(does, 400)) } }
                    } } }
                }
                @if rows.len() > MOST_SHOWN { p.quiet { "and " (rows.len() - MOST_SHOWN) " more; all of them over the API." } }
            }
        }
    }
}

/// What of a list is not shown.
fn more(all: usize) -> Markup {
    html! { @if all > MOST_SHOWN { li { "and " (all - MOST_SHOWN) " more; all of them over the API." } } }
}
