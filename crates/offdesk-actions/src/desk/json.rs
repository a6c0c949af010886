//! The Desk as JSON: the one next step, what waits with its age, what to know, the hours bought back.

use offdesk_domain::Seconds;
use offdesk_domain::assignment::BoughtBack;
use offdesk_domain::audit::Blueprint;
use serde::Serialize;

use super::{DeskWaits, News, Waiting};
use crate::moment::{Moment, at};
use crate::next::{NextActivity, NextList};

/// `offdesk.desk/1`.
#[derive(Debug, Serialize)]
pub struct DeskJson {
    schema: &'static str,
    next: Option<NextJson>,
    waits: Vec<WaitJson>,
    reviews: u64,
    questions: u64,
    bought_back: BoughtBackJson,
    news: Vec<NewsJson>,
    budgets_passed: usize,
}

#[derive(Debug, Serialize)]
struct NextJson {
    activity: String,
    name: String,
    step: &'static str,
}

#[derive(Debug, Serialize)]
struct WaitJson {
    kind: &'static str,
    assignment: String,
    number: i64,
    title: String,
    person: Option<String>,
    since: Option<String>,
    waited_hours: f64,
    until: Option<String>,
}

#[derive(Debug, Serialize)]
struct BoughtBackJson {
    hours: f64,
    spared_hours: f64,
    supervision_hours: f64,
    assignments: u64,
    unknown: u64,
}

#[derive(Debug, Serialize)]
struct NewsJson {
    kind: &'static str,
    due: bool,
    about: String,
    number: Option<i64>,
    title: String,
    person: Option<String>,
    why: String,
    at: Option<String>,
}

/// What is next towards handing an activity off, in a word.
#[must_use]
pub fn step_of(next: &NextActivity<'_>) -> &'static str {
    match next.judged.activity.blueprint {
        Blueprint::Published => "hand_off",
        Blueprint::Draft => "publish_blueprint",
        Blueprint::None => "write_blueprint",
    }
}

impl DeskJson {
    /// The Desk, with the activity to start with where there is one.
    #[must_use]
    pub fn of(desk: &DeskWaits, list: Option<&NextList<'_>>, moment: Moment) -> Self {
        let next = list.and_then(NextList::start_with);
        Self {
            schema: "offdesk.desk/1",
            next: next.map(|next| NextJson {
                activity: next.row.id.to_string(),
                name: next.row.name.clone(),
                step: step_of(next),
            }),
            waits: desk.waits.iter().map(|one| wait(one, moment)).collect(),
            reviews: desk.reviews,
            questions: desk.questions,
            bought_back: bought_back(&desk.bought_back),
            news: desk.news.iter().map(news).collect(),
            budgets_passed: desk.budgets.len(),
        }
    }
}

fn wait(one: &Waiting, moment: Moment) -> WaitJson {
    let waited = moment.micros().saturating_sub(one.since).max(0) / 1_000_000;
    WaitJson {
        kind: one.kind.word(),
        assignment: one.assignment.to_string(),
        number: one.number,
        title: one.title.clone(),
        person: one.person.clone(),
        since: at(one.since),
        waited_hours: Seconds(waited).hours_f64(),
        until: one.until.and_then(at),
    }
}

fn bought_back(week: &BoughtBack) -> BoughtBackJson {
    BoughtBackJson {
        hours: week.net().hours_f64(),
        spared_hours: week.spared.hours_f64(),
        supervision_hours: week.supervision.hours_f64(),
        assignments: week.assignments,
        unknown: week.unknown,
    }
}

fn news(one: &News) -> NewsJson {
    NewsJson {
        kind: one.kind.word(),
        due: one.kind.is_due(),
        about: one.about.to_string(),
        number: one.number,
        title: one.title.clone(),
        person: one.person.clone(),
        why: one.why.clone(),
        at: at(one.at),
    }
}
