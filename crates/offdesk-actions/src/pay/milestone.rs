//! Milestones that were reached: each earns its price once, by what was agreed on its day.

use offdesk_domain::pay::{Done, PayError, Posted, Posting, earned};
use offdesk_domain::person::Unit;
use offdesk_domain::{Day, text::seen_line};
use offdesk_store::pay::milestones::{insert_milestone, list_milestones};
use offdesk_store::{Scope, Tx, Uuid};

use super::agreed::Agreed;
use super::damaged;
use super::earning::{LONGEST_WORD, today_in, work_under};
use super::ledger::append;
use crate::actor::{Actor, Permission};
use crate::budgets::note_passed;
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::handoffs;
use crate::moment::Moment;
use crate::people::text_of;

/// A milestone that was reached.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewMilestone {
    /// On which day; today where nothing is said.
    pub day: Option<Day>,
    /// What was reached: by it a milestone is told from others.
    pub note: String,
    /// It is another one than that of the same name, or of the same day where it has none.
    pub is_another: bool,
}

/// Marks a milestone of a handoff as reached, which earns what was agreed on its day.
///
/// # Errors
/// `not_found`, `pay.not_agreed`, `pay.future` and `pay.outside` for a day on which nothing was agreed, `pay.unit` where it was not paid by
/// milestones then, `pay.same_milestone`, `text.long`.
pub fn mark_milestone(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    new: &NewMilestone,
    moment: Moment,
) -> Result<Posting, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    scope.hold()?;
    let row = handoffs::load(&mut scope, handoff)?;
    let said = text_of("note", &new.note, LONGEST_WORD)?;
    let Some(agreed) = Agreed::of(&mut scope, &row)? else {
        return Err(Error::new(
            ErrorKind::Conflict,
            "pay.not_agreed",
            format!("this handoff is {}: nothing is earned by it", row.state),
        ));
    };
    let today = today_in(&mut scope, moment)?;
    let day = new.day.unwrap_or(today);
    let terms = within(&agreed, day, today)?;
    let work = work_under(&row, day, Done::Milestone);
    let reached = earned(&work, agreed.dated())?.ok_or(PayError::Unit {
        counted: "milestones",
        unit: terms.word(),
    })?;
    if !new.is_another {
        refuse_same(&mut scope, handoff, &said, day)?;
    }
    let posting = append(&mut scope, Posted::Earned(reached), moment.now)?;
    let number = i64::try_from(posting.number).map_err(|_| damaged("a posting"))?;
    insert_milestone(&mut scope, handoff, number, &said)?;
    note_passed(&mut scope, moment)?;
    note(&mut scope, actor, moment, "mark_milestone", handoff, said)?;
    Ok(posting)
}

/// The unit that held on a day; refused where nothing held on it, or it is yet to come.
fn within(agreed: &Agreed, day: Day, today: Day) -> Result<Unit, Error> {
    let first = agreed.first().unwrap_or(today);
    let last = agreed.last().map_or(today, |last| last.min(today));
    let hint = if last < first {
        format!("it begins on {first}: note what is reached from then on")
    } else {
        format!("name a day from {first} to {last}")
    };
    if day > today {
        let message = format!("{day} is yet to come");
        return Err(Error::invalid("day", "pay.future", message).hint(hint));
    }
    match agreed.on(day) {
        Ok(terms) => Ok(terms.unit),
        Err(outside) => {
            let why = outside.in_words();
            let message = format!("nothing was agreed on {day}: the handoff {why}");
            Err(Error::invalid("day", "pay.outside", message).hint(hint))
        }
    }
}

/// Refuses a milestone of a name that stands already; without a name, one of the same day.
fn refuse_same(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    title: &str,
    day: Day,
) -> Result<(), Error> {
    let key = |text: &str| seen_line(text).to_lowercase();
    let wanted = key(title);
    let same = list_milestones(scope, handoff)?.into_iter().find(|known| {
        key(&known.title) == wanted && (!wanted.is_empty() || known.day == i64::from(day.0))
    });
    let Some(same) = same else {
        return Ok(());
    };
    let on = Day::from_number(same.day).ok_or_else(|| damaged("a milestone"))?;
    let what = match same.title.as_str() {
        "" => "a milestone without a name".to_owned(),
        title => format!("\"{title}\""),
    };
    let message = format!("{what} was noted for {on} already, and has earned its price");
    Err(
        Error::new(ErrorKind::Conflict, "pay.same_milestone", message)
            .hint("say what else was reached, or say that it is another one"),
    )
}
