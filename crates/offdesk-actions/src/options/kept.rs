//! Keeping what the owner has typed of an activity's options, and reading it again.

use std::collections::HashMap;

use offdesk_domain::Currency;
use offdesk_domain::decision::Input;
use offdesk_store::options::{OptionRow, list_options, replace_options};
use offdesk_store::{Scope, Tx, Uuid};
use serde_json::{Map, Value};

use super::figures::{figures_json, range_json, read_figures};
use super::{HandoffOption, MOST_OPTIONS, OptionKind, Subject, subject_of};
use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::decide::{Figure, VALUE_WHEN_DONE, brings as brings_of};
use crate::error::{Error, ErrorKind};
use crate::hours::hours_of;
use crate::moment::Moment;

const LONGEST_NAME: usize = 60;

/// What was kept of an activity.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptOptions {
    /// What the owner has said of themselves and the work.
    pub own: Vec<Figure>,
    /// What each time brings that would be lost if nobody did it.
    pub value_when_done: Option<[f64; 3]>,
    /// Who could do it.
    pub options: Vec<HandoffOption>,
    /// The currency of all amounts.
    pub currency: Currency,
}

/// What is to be kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewOptions {
    /// The currency of all amounts, where it was said; the workspace's.
    pub currency: Option<String>,
    /// Of the owner and the work.
    pub own: Vec<Figure>,
    /// What each time brings that would be lost if nobody did it.
    pub value_when_done: Option<[f64; 3]>,
    /// Who could do it; none forgets all of it.
    pub options: Vec<HandoffOption>,
}

/// What was kept of all activities of a workspace.
pub(crate) fn read_all(scope: &mut Scope<'_, '_>) -> Result<HashMap<Uuid, KeptOptions>, Error> {
    let mut all: HashMap<Uuid, KeptOptions> = HashMap::new();
    for row in list_options(scope)? {
        let currency = row.currency.parse().map_err(|_| damaged())?;
        let mut members: Map<String, Value> =
            serde_json::from_str(&row.figures).map_err(|_| damaged())?;
        let brings = members.remove(VALUE_WHEN_DONE);
        let brings = brings
            .map(|it| brings_of(&it).ok_or_else(damaged))
            .transpose()?;
        let figures = read_figures(&members).map_err(|_| damaged())?;
        let kept = all.entry(row.activity_id).or_insert_with(|| KeptOptions {
            own: Vec::new(),
            value_when_done: None,
            options: Vec::new(),
            currency,
        });
        if row.place == 0 {
            (kept.own, kept.value_when_done) = (figures, brings);
        } else {
            kept.options.push(HandoffOption {
                name: row.name,
                kind: OptionKind::of(&row.kind).ok_or_else(damaged)?,
                figures,
            });
        }
    }
    Ok(all)
}

/// Whether figures as they are kept are ones that can be weighed.
pub(crate) fn is_readable(figures: &str) -> bool {
    let members: Result<Map<String, Value>, _> = serde_json::from_str(figures);
    members.is_ok_and(|mut members| {
        let brings = members.remove(VALUE_WHEN_DONE);
        brings.is_none_or(|it| brings_of(&it).is_some()) && read_figures(&members).is_ok()
    })
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::Failed,
        "store.damaged",
        "an option in the database is not understood",
    )
}

/// An activity with all that is known of it.
///
/// # Errors
/// `not_found`.
pub fn load_subject(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    moment: Moment,
) -> Result<Subject, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let hours = hours_of(&mut scope, moment)?;
    subject_of(&hours, id, hours.options.get(&id))
}

/// Keeps what the owner has typed of an activity in the place of what was there. What is just what the workspace offers is not kept,
/// so that it follows the workspace.
///
/// # Errors
/// `not_found`, `decide.currency`, `decide.options` where there are too many, two are called the same or a program has a rate, `name.empty`, `name.long`,
/// `decide.missing`, `decide.value`.
pub fn keep_options(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    new: &NewOptions,
    moment: Moment,
) -> Result<Subject, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let hours = hours_of(&mut scope, moment)?;
    // What was kept is replaced, so it does not count here.
    let offered = subject_of(&hours, id, None)?;
    let mut subject = Subject {
        is_kept: !new.options.is_empty(),
        own: new.own.clone(),
        value_when_done: new.value_when_done,
        ..offered.clone()
    };
    let currency = subject.currency.to_string();
    if let Some(other) = new.currency.as_ref().filter(|other| **other != currency) {
        let other = offdesk_import::problem::shown(other);
        let message = format!("these amounts are in {other}, and this workspace is in {currency}");
        return Err(Error::invalid("currency", "decide.currency", message)
            .hint("change them first: currencies are never mixed"));
    }
    let checked = checked(&new.options)?;
    if !checked.is_empty() {
        subject.options = checked;
        settle(&mut subject)?;
    }
    let rows = rows_of(&subject, moment);
    replace_options(&mut scope, id, &rows)?;
    let names: Vec<&str> = rows.iter().skip(1).map(|row| row.name.as_str()).collect();
    let name = subject.name.clone();
    note(
        &mut scope,
        actor,
        moment,
        "keep_options",
        name,
        names.join(", "),
    )?;
    if rows.is_empty() {
        return Ok(offered);
    }
    Ok(subject)
}

/// Makes sure that every option can be weighed, and leaves out what is just what the workspace offers.
fn settle(subject: &mut Subject) -> Result<(), Error> {
    for option in &subject.options {
        subject.question(option)?;
    }
    let offers = subject.offers.clone();
    let is_offered = |figure: &Figure| offers.iter().any(|offer| offer.figure == *figure);
    subject.own.retain(|figure| !is_offered(figure));
    for option in &mut subject.options {
        // The market's price of an hour is not that of an agency, even where the two are the same.
        let is_own = |input| input == Input::Rate && option.kind == OptionKind::Agency;
        option
            .figures
            .retain(|figure| is_own(figure.0) || !is_offered(figure));
    }
    Ok(())
}

fn checked(options: &[HandoffOption]) -> Result<Vec<HandoffOption>, Error> {
    let refuse = |message: String| Error::invalid("options", "decide.options", message);
    if options.len() > MOST_OPTIONS {
        return Err(refuse(format!(
            "{MOST_OPTIONS} options are the most side by side"
        )));
    }
    let mut named: Vec<HandoffOption> = Vec::new();
    for option in options {
        let name = name_of("name", &option.name, LONGEST_NAME)?;
        if named.iter().any(|other| other.name == name) {
            return Err(refuse(format!("two options are called \"{name}\"")));
        }
        let foreign = option
            .figures
            .iter()
            .find(|(input, _)| !option.kind.has(*input));
        if let Some((input, _)) = foreign {
            let message = format!("{name}: a program has no hourly rate");
            return Err(Error::invalid(input.key(), "decide.options", message)
                .hint("say what one time of it costs instead: cost_each_time"));
        }
        named.push(HandoffOption {
            name,
            ..option.clone()
        });
    }
    Ok(named)
}

fn rows_of(subject: &Subject, moment: Moment) -> Vec<OptionRow> {
    if !subject.is_kept {
        return Vec::new();
    }
    let row = |place: i64, name: &str, kind: &str, figures: Value| OptionRow {
        activity_id: subject.id,
        place,
        name: name.to_owned(),
        kind: kind.to_owned(),
        figures: figures.to_string(),
        currency: subject.currency.to_string(),
        created_at: moment.micros(),
    };
    let mut own = figures_json(&subject.own);
    if let Some(brings) = subject.value_when_done {
        own[VALUE_WHEN_DONE] = range_json(brings);
    }
    let options = (1..).zip(&subject.options).map(|(place, option)| {
        let figures = figures_json(&option.figures);
        row(place, &option.name, option.kind.word(), figures)
    });
    [row(0, "", "keep", own)]
        .into_iter()
        .chain(options)
        .collect()
}

/// Lets what was kept of an activity go over to the one it is merged into, where that has none of its own.
pub(crate) fn forget_merged(
    scope: &mut Scope<'_, '_>,
    from: Uuid,
    into: Uuid,
) -> Result<(), Error> {
    let all = list_options(scope)?;
    let moved: Vec<OptionRow> = all
        .iter()
        .filter(|row| row.activity_id == from)
        .cloned()
        .collect();
    if moved.is_empty() {
        return Ok(());
    }
    replace_options(scope, from, &[])?;
    if all.iter().all(|row| row.activity_id != into) {
        replace_options(scope, into, &moved)?;
    }
    Ok(())
}
