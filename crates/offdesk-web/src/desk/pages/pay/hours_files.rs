//! Hours from a tracker: a file is looked at, what is not clear is asked, the rest goes into the weeks. For a worker their own, and for the owner's
//! side those of a person.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::store::Uuid;
use offdesk_actions::store::hours_imports::HoursImportRow;
use offdesk_actions::timesheets::bringing::{
    Fate, HoursAnswer, HoursFile, HoursGroup, LONGEST_FILE, LeftOut, Whose, answer_hours,
    import_hours, list_hours_files, load_hours_file, look_at_hours, undo_hours,
};
use offdesk_domain::Seconds;

use super::parts::exact_hours;
use crate::desk::api::whose_hours;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, said, wrong};
use crate::desk::parts::files_in;
use crate::words;

/// So many files are listed.
const LATEST: u32 = 50;
/// What is chosen for rows that are for none.
const NONE: &str = "none";

/// The path of the list, and that of the weeks.
fn paths(whose: Whose) -> (String, String) {
    match whose {
        Whose::Own => ("/my/hours".to_owned(), "/my/week".to_owned()),
        Whose::Of(person) => (
            format!("/people/{person}/hours"),
            format!("/people/{person}"),
        ),
    }
}

/// The files, and the form that takes one.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(files_page(&ask, None).await?)) })
}

async fn files_page(ask: &Ask, error: Option<&Error>) -> Result<Markup, Error> {
    let whose = whose_hours(ask)?;
    let files = ask
        .read(move |tx, actor, _| list_hours_files(tx, actor, whose, None, LATEST))
        .await?;
    let (path, back) = paths(whose);
    let may = ask.may(Permission::Work) || ask.may(Permission::Edit);
    let note = match ask.query.text("done") {
        "undone" if error.is_none() => "Its hours are taken out again.",
        _ => "",
    };
    let body = html! {
        p { a href=(back) { "Back" } }
        h1 { "Hours from a tracker" }
        p.lead { "A detailed report of Toggl, Clockify, Harvest, Hubstaff, Kimai or another tracker goes into the open weeks: each row once, under the handoff that it names." }
        (said(note))
        (wrong(error))
        @if may { (upload(&path, error)) }
        @if !files.is_empty() { (table(&files, &path)) }
    };
    Ok(desk_page(ask, "Hours from a tracker", &body))
}

fn upload(path: &str, error: Option<&Error>) -> Markup {
    let fault = error.filter(|error| error.field == "file");
    html! {
        form method="post" action=(path) enctype="multipart/form-data" {
            div.field {
                label for="file" { "The file, at most 8 MB" }
                input #file type="file" name="file" required aria-invalid=[fault.map(|_| "true")];
            }
            button { "Look at it" }
        }
        p.quiet { "Nothing goes into a week before you have seen what would." }
    }
}

fn state(row: &HoursImportRow) -> &'static str {
    match row.state.as_str() {
        "looked_at" => "looked at",
        "imported" => "imported",
        _ => "undone",
    }
}

fn table(files: &[HoursImportRow], path: &str) -> Markup {
    html! {
        h2 { "Files" }
        table.rows {
            thead { tr { th scope="col" { "File" } th scope="col" { "Stands" } th.figure scope="col" { "Rows" } th.figure scope="col" { "Hours" } } }
            tbody { @for row in files { tr {
                th scope="row" { a href={ (path) "/" (row.id) } data-find { bdi { (words::shown(&row.file, 80)) } } }
                td data-label="Stands" { (state(row)) }
                td.figure data-label="Rows" { (row.entries) }
                td.figure data-label="Hours" { (exact_hours(Seconds(row.seconds))) }
            } } }
        }
    }
}

/// One file.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(file_page(&ask, None).await?)) })
}

async fn file_page(ask: &Ask, error: Option<&Error>) -> Result<Markup, Error> {
    let (whose, id) = (whose_hours(ask)?, ask.id("file")?);
    let file = ask
        .read(move |tx, actor, moment| load_hours_file(tx, actor, whose, id, moment))
        .await?;
    let (path, _) = paths(whose);
    let name = words::shown(&file.row.file, 80);
    let may = ask.may(Permission::Work) || ask.may(Permission::Edit);
    let note = match ask.query.text("done") {
        "imported" if error.is_none() => {
            "Its hours are in the weeks. Look at them, and hand the weeks in."
        }
        _ => "",
    };
    let body = html! {
        p { a href=(path) { "Hours from a tracker" } }
        h1 { bdi { (name) } }
        (said(note))
        (wrong(error))
        @if file.row.state == "looked_at" {
            (looked_at(&file, &format!("{path}/{id}"), may))
        } @else {
            p { (state(&file.row)) ": " (file.row.entries) " rows, " (exact_hours(Seconds(file.row.seconds))) " h" }
            @if may && file.row.state == "imported" {
                details {
                    summary { "It was the wrong file" }
                    p { "Its hours are taken out of the weeks again, as long as these are open." }
                    form method="post" action={ (path) "/" (id) "/undo" } { button.away { "Take its hours out" } }
                }
            }
        }
    };
    Ok(desk_page(ask, &name, &body))
}

fn looked_at(file: &HoursFile, path: &str, may: bool) -> Markup {
    html! {
        form method="post" action=(path) {
            table.rows {
                thead { tr { th scope="col" { "Client, project, task" } th.figure scope="col" { "Rows" } th.figure scope="col" { "Hours" } th scope="col" { "Days" } th scope="col" { "Goes under" } } }
                tbody { @for (at, group) in file.groups.iter().enumerate() { tr {
                    th scope="row" { bdi { @if group.key.is_empty() { "without a name" } @else { (words::shown(&group.key, 120)) } } }
                    td.figure data-label="Rows" { (group.entries) }
                    td.figure data-label="Hours" { (exact_hours(group.time)) }
                    td data-label="Days" { (words::days(group.days.0, group.days.1)) }
                    td data-label="Goes under" { (goes_under(file, group, at, may)) }
                } } }
            }
            (left_out(file.left_out))
            @if may {
                @if file.groups.is_empty() { p { "Nothing of it is new." } } @else { button { "Put these hours into the weeks" } }
            }
        }
        @if may { form method="post" action={ (path) "/undo" } { button.plain { "Leave the file" } } }
    }
}

fn goes_under(file: &HoursFile, group: &HoursGroup, at: usize, may: bool) -> Markup {
    let chosen = match &group.fate {
        Fate::Under(handoff) => handoff.to_string(),
        Fate::LeftOut => NONE.to_owned(),
        Fate::Asked(_) => String::new(),
    };
    let label = format!("What {} goes under", words::shown(&group.key, 60));
    html! {
        @match &group.fate {
            _ if may && !group.key.is_empty() => {
                input type="hidden" name={ "key." (at) } value=(group.key);
                input type="hidden" name={ "was." (at) } value=(chosen);
                select name={ "to." (at) } aria-label=(label) {
                    @if chosen.is_empty() { option value="" selected { "Say which" } }
                    @for (id, activity) in &file.handoffs { option value=(id) selected[id.to_string() == chosen] { (words::shown(activity, 80)) } }
                    option value=(NONE) selected[chosen == NONE] { "nothing here" }
                }
            }
            Fate::Under(handoff) => { bdi { (words::shown(file.activity(*handoff), 80)) } }
            Fate::LeftOut => { "nothing here" }
            Fate::Asked(_) => { strong { "not said" } }
        }
    }
}

fn left_out(rows: LeftOut) -> Markup {
    let why = [
        (rows.known, "were imported before"),
        (rows.of_others, "are somebody else's"),
        (rows.closed, "are of weeks that were handed in or approved"),
        (
            rows.outside,
            "are of days that are yet to come, or before it was agreed",
        ),
        (rows.unread, "are no hours of a day"),
    ];
    html! {
        @if why.iter().any(|(count, _)| *count > 0) {
            p { "Left out:" }
            ul { @for (count, why) in why { @if count > 0 { li { (count) " rows " (why) } } } }
        }
    }
}

/// Takes a file.
pub fn look(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let whose = whose_hours(&ask)?;
        let done = match sent_file(&mut ask).await {
            Ok((name, bytes)) => {
                ask.write(move |tx, actor, moment| {
                    look_at_hours(tx, actor, whose, (&name, &bytes), moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(file) => Ok(see(&format!("{}/{}", paths(whose).0, file.row.id))),
            Err(error) => again(&error, files_page(&ask, Some(&error))).await,
        }
    })
}

async fn sent_file(ask: &mut Ask) -> Result<(String, Vec<u8>), Error> {
    let first = files_in(ask, LONGEST_FILE).await?.into_iter().next();
    first.ok_or_else(|| Error::invalid("file", "import.empty", "no file came"))
}

/// What was chosen otherwise than it stood.
fn answers(form: &Form) -> Vec<HoursAnswer> {
    let chosen = form.fields().filter_map(|(name, key)| {
        let at = name.strip_prefix("key.")?;
        let to = form.text(&format!("to.{at}")).to_owned();
        let is_new = to != form.text(&format!("was.{at}"));
        let handoff = Uuid::try_parse(&to).ok();
        let is_said = is_new && (handoff.is_some() || to == NONE);
        is_said.then(|| HoursAnswer {
            key: key.to_owned(),
            handoff,
        })
    });
    chosen.collect()
}

/// Notes what was chosen, and puts the hours into the weeks.
pub fn import(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (whose, id) = (whose_hours(&ask)?, ask.id("file")?);
        let form = ask.form().await?;
        let answers = answers(&form);
        // What was said is kept also where something else is still to be said.
        let noted = ask
            .write(move |tx, actor, moment| answer_hours(tx, actor, whose, id, &answers, moment))
            .await;
        let done = match noted {
            Ok(_) => {
                ask.write(move |tx, actor, moment| import_hours(tx, actor, whose, id, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see(&format!("{}/{id}?done=imported", paths(whose).0))),
            Err(error) => again(&error, file_page(&ask, Some(&error))).await,
        }
    })
}

/// Takes its hours out again.
pub fn undo(ask: Ask) -> Answer {
    Box::pin(async move {
        let (whose, id) = (whose_hours(&ask)?, ask.id("file")?);
        let done = ask
            .write(move |tx, actor, moment| undo_hours(tx, actor, whose, id, moment))
            .await;
        match done {
            Ok(_) => Ok(see(&format!("{}?done=undone", paths(whose).0))),
            Err(error) => again(&error, file_page(&ask, Some(&error))).await,
        }
    })
}
