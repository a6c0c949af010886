//! Handing off: who, by which blueprint, on which terms, for which reason, and how it is checked at first.

use std::collections::BTreeSet;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::activities::list_activities;
use offdesk_actions::actor::Actor;
use offdesk_actions::blueprints::{list_blueprints, list_blueprints_of, load_blueprint};
use offdesk_actions::people::{OffDays, list_people, load_off_days, load_person};
use offdesk_actions::store::activities::ActivityRow;
use offdesk_actions::store::blueprints::BlueprintRow;
use offdesk_actions::store::people::PersonRow;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_domain::person::{Terms, Unit};
use offdesk_domain::trust::worst_escape;

use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice, desk_page, wrong};
use crate::words;

/// So many are offered to choose from.
const MOST: u32 = 500;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.query.clone();
        Ok(shown(new_page(&ask, &form, None).await?))
    })
}

/// What there is to choose from.
struct Offered {
    activities: Vec<ActivityRow>,
    blueprints: Vec<BlueprintRow>,
    people: Vec<PersonRow>,
    off: OffDays,
    paid: Option<Terms>,
}

/// The blueprints to choose from: the one that is named and those of the activity first, however many there are beside them.
fn blueprints(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (activity, named): (Option<Uuid>, Option<Uuid>),
) -> Result<Vec<BlueprintRow>, Error> {
    let mut all = Vec::new();
    if let Some(id) = named {
        all.extend(load_blueprint(tx, actor, id).ok().map(|it| it.row));
    }
    let activity = activity.or(all.first().and_then(|it: &BlueprintRow| it.activity_id));
    if let Some(id) = activity {
        all.extend(list_blueprints_of(tx, actor, id)?);
    }
    all.extend(list_blueprints(tx, actor, None, MOST)?);
    let mut seen = BTreeSet::new();
    all.retain(|it| seen.insert(it.id));
    Ok(all)
}

async fn offered(
    ask: &Ask,
    person: Option<Uuid>,
    which: (Option<Uuid>, Option<Uuid>),
) -> Result<Offered, Error> {
    ask.read(move |tx, actor, moment| {
        let people = list_people(tx, actor, None, MOST)?;
        let paid = match person {
            Some(id) => load_person(tx, actor, id, moment)?.now,
            None => None,
        };
        Ok(Offered {
            activities: list_activities(tx, actor)?,
            blueprints: blueprints(tx, actor, which)?,
            people: people
                .into_iter()
                .filter(|row| row.state == "active")
                .collect(),
            off: load_off_days(tx, actor, moment)?,
            paid,
        })
    })
    .await
}

/// The page, with what went wrong.
///
/// # Errors
/// `not_found` for a person in the address who is not there.
pub async fn new_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let id = |name: &str| Uuid::try_parse(form.text(name)).ok();
    let which = (id("activity"), id("blueprint"));
    let offered = offered(ask, id("person"), which).await?;
    let blueprint = offered
        .blueprints
        .iter()
        .find(|it| Some(it.id) == id("blueprint"));
    let activity = id("activity").or(blueprint.and_then(|it| it.activity_id));
    let name = offered.activities.iter().find(|it| Some(it.id) == activity);
    let body = html! {
        p { a href="/handoffs" { "Handoffs" } }
        @match name {
            Some(row) => h1 { "Hand off: " bdi { (words::shown(&row.name, 80)) } },
            None => h1 { "Hand off an activity" },
        }
        p.lead { "From now on this person does it, by this blueprint, on these terms. They accept or decline; declining is free." }
        (wrong(error))
        @match missing(&offered, activity) {
            Some(missing) => (missing),
            None => (whole_form(form, &offered, activity, error)),
        }
    };
    Ok(desk_page(ask, "Hand off an activity", &body))
}

/// What has to be there first, with the way to it.
fn missing(offered: &Offered, activity: Option<Uuid>) -> Option<Markup> {
    let query = activity.map_or_else(String::new, |id| format!("?activity={id}"));
    if offered.activities.is_empty() {
        return Some(html! {
            p { "There is no activity yet. Hours come first: they show what could leave your desk." }
            p.actions { a.button href="/import" { "Bring hours in" } }
        });
    }
    if offered.people.is_empty() {
        return Some(html! {
            p { "There is nobody to hand it to yet." }
            p.actions { a.button href={ "/people/new" (query) } { "Add a person" } }
        });
    }
    if offered.blueprints.is_empty() {
        return Some(html! {
            p { "There is no blueprint yet: somebody else has to be able to do it from a page." }
            p.actions { a.button href={ "/blueprints/new" (query) } { "Write its blueprint" } }
        });
    }
    None
}

fn whole_form(
    form: &Form,
    offered: &Offered,
    activity: Option<Uuid>,
    error: Option<&Error>,
) -> Markup {
    let named = |id: Uuid, name: &str| (id.to_string(), words::shown(name, 80));
    let activities = offered.activities.iter();
    let activities: Vec<_> = activities.map(|row| named(row.id, &row.name)).collect();
    let people = offered.people.iter();
    let people = people.map(|row| {
        let (id, name) = named(row.id, &row.name);
        (id, name + &words::off(offered.off.off_until(row)))
    });
    let people: Vec<_> = people.collect();
    let is_usable = |row: &BlueprintRow| {
        activity.is_none() || row.activity_id.is_none() || row.activity_id == activity
    };
    let usable = offered.blueprints.iter();
    let mut usable: Vec<&BlueprintRow> = usable.filter(|row| is_usable(row)).collect();
    // The first one is chosen where nobody chooses: one of this activity that can be followed.
    usable.sort_by_key(|row| (row.published == 0, row.activity_id.is_none()));
    let blueprints = usable.iter().map(|row| (row.id.to_string(), titled(row)));
    let blueprints: Vec<_> = blueprints.collect();
    let chosen = activity.map_or_else(String::new, |id| id.to_string());
    html! {
        form method="post" action="/handoffs" {
            (choice("activity", "What", &chosen, &activities))
            (choice("person", "To whom", form.text("person"), &people))
            (choice("blueprint", "By which blueprint", form.text("blueprint"), &blueprints))
            @if blueprints.is_empty() { p { "No blueprint is of this activity. " a href={ "/blueprints/new?activity=" (chosen) } { "Write its blueprint" } "." } }
            @if error.is_some_and(|error| error.code == "handoff.unpublished") {
                label.choice { input type="checkbox" name="unpublished" value="1" checked[form.is_ticked("unpublished")]; span { "Hand off the draft, knowingly: nobody has said yet that it can be followed" } }
            }
            (choice("reason", "Why", form.text("reason"), &[("focus", "focus: it frees my hours"), ("better", "better: they do it better than I do")]))
            (terms(form, offered.paid.as_ref(), error))
            (first_assignments(form, error))
            (Area { name: "note", label: "What they should know (optional)", help: "They read it with the proposal.", value: form.raw("note"), rows: 3 }.show(error))
            button { "Propose it to them" }
        }
    }
}

fn titled(row: &BlueprintRow) -> String {
    let title = words::shown(&row.title, 80);
    if row.published == 0 {
        format!("{title} (draft)")
    } else {
        format!("{title} (version {})", row.published)
    }
}

fn terms(form: &Form, paid: Option<&Terms>, error: Option<&Error>) -> Markup {
    let units = Unit::ALL.map(|unit| (unit.word(), unit.name()));
    let help = match paid {
        Some(terms) => format!("Empty: what they are paid now, {terms}."),
        None => "Empty: what they are paid by then, as their page says.".to_owned(),
    };
    html! {
        fieldset {
            legend { "On which terms" }
            p.quiet { (help) }
            div.row {
                (Field { class: "number", ..Field::text("amount", "Amount", form.text("amount")) }.show(error))
                (Field { class: "short", help: "Empty: that of the workspace.", ..Field::text("currency", "Currency", form.text("currency")) }.show(error))
                (choice("unit", "For", form.text("unit"), &units))
            }
            (Field { kind: "date", class: "short", help: "Empty: from today on.", ..Field::text("start", "From", form.text("start")) }.show(error))
        }
    }
}

fn first_assignments(form: &Form, error: Option<&Error>) -> Markup {
    let rows: Vec<(String, String)> = offdesk_domain::handoff::IN_A_ROW
        .iter()
        .map(|count| {
            let escape = worst_escape(*count).0 * 100.0;
            let text = format!("{count}; even at worst {escape:.1} % go out with a fault");
            (count.to_string(), text)
        })
        .collect();
    let number = |name: &'static str, label: &'static str, usual: &'static str| {
        let value = form.text_or(name, usual);
        html! { (Field { class: "number", ..Field::text(name, label, &value) }.show(error)) }
    };
    html! {
        fieldset {
            legend { "How it is checked and answered" }
            label.choice { input type="checkbox" name="critical" value="1" checked[form.is_ticked("critical")]; span { "One fault is too many (money leaving, legal, safety): check all, always" } }
            (choice("rung", "Checked at first", &form.text_or("rung", "0"), &[("0", "I check all"), ("1", "every second"), ("2", "every fourth"), ("3", "every tenth")]))
            (choice("in_a_row", "Clean in a row before fewer are checked", &form.text_or("in_a_row", "10"), &rows))
            (choice("sent_by", "Who sends it out", &form.text_or("sent_by", "owner"), &[("owner", "I do"), ("worker", "they do")]))
            div.row {
                (number("trial_length", "Assignments on trial", "3"))
                (number("answer_by_hours", "Hours within which I answer a question", "24"))
                (number("accept_after_days", "Days after which it counts as accepted", "7"))
            }
        }
    }
}
