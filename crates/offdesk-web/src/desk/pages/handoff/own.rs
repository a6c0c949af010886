//! What comes of handing an activity off, at the likeliest figures: the owner's own, or the usual ones.

use maud::{Markup, html};
use offdesk_actions::next::{NextActivity, NextList};
use offdesk_domain::decision::{Input, course, hours_left};

use crate::decision::curve::{Course, draw};
use crate::decision::figures::{exact, per_cent};
use crate::words;

/// Weeks that stand in the table of numbers.
const TABLE: [usize; 7] = [0, 1, 4, 8, 13, 26, 52];

/// Its figures, and when it is square.
pub fn own(list: &NextList<'_>, next: &NextActivity<'_>) -> Markup {
    let currency = list.audit.worth.currency;
    let amount = |figure: f64| words::about(exact(figure), currency);
    let (case, decision) = (&next.handoff.case, &next.handoff.decision);
    let sums = course(case);
    let weeks = sums.len().saturating_sub(1);
    let in_weeks = words::count(u64::try_from(weeks).unwrap_or(0), "week", "weeks");
    let end = |sum: Option<&f64>| amount(sum.copied().unwrap_or_default());
    let title = match decision.break_even_week {
        Some(week) => format!("You are square in week {week}"),
        None => format!("You are not square within {in_weeks}"),
    };
    let more = format!(
        "It begins at {} for set-up and ends at {}.",
        end(sums.first()),
        end(sums.last())
    );
    html! {
        section aria-labelledby="own" {
            h2 #own {
                @match next.option {
                    Some(option) => { "With " bdi { (words::shown(&option.name, 60)) } ", by your own figures" },
                    None => "With a freelancer, by the usual figures",
                }
            }
            dl.facts {
                div { dt { "Net value" } dd { b { (amount(decision.net_value)) } " \u{2013} in " (in_weeks) ", at the likeliest figures" } }
                @if let Some(price) = decision.price_per_hour_bought_back {
                    div { dt { "An hour bought back" } dd { b { (amount(price)) } " \u{2013} cash over hours" } }
                }
                div { dt { "Hours back" } dd { b { (words::hours_long(exact(decision.hours_freed))) } " \u{2013} net of set-up, talk, review and turnover" } }
            }
            h3 { (title) }
            figure { (draw(&Course {
                id: "course-picture",
                title: &title,
                more: &more,
                sums: &sums,
                band: &[],
                square: decision.break_even_week.and_then(|week| usize::try_from(week).ok()),
                amount: &amount,
            })) }
            details {
                summary { "Show numbers" }
                table.rows {
                    caption { "What it has brought after so many weeks, set-up included." }
                    thead { tr { th scope="col" { "Week" } th.figure scope="col" { "Sum" } } }
                    tbody { @for week in TABLE { @if let Some(sum) = sums.get(week) { tr { th scope="row" { (week) } td.figure data-label="Sum" { (words::money(exact(*sum), currency)) } } } } }
                }
            }
        }
    }
}

/// What it takes of the owner: before, at first, and afterwards.
pub fn takes(list: &NextList<'_>, next: &NextActivity<'_>) -> Markup {
    let currency = list.audit.worth.currency;
    let case = &next.handoff.case;
    let [at_first, afterwards] = hours_left(case).map(|hours| words::hours(exact(hours)));
    let times = exact(case.get(Input::FullReviewTimes)).normalize();
    let share = per_cent(case.get(Input::ReviewShare));
    html! {
        section aria-labelledby="takes" {
            h2 #takes { "What it takes of you" }
            table.rows {
                thead { tr { th scope="col" { "When" } th scope="col" { "What" } th.figure scope="col" { "Your hours" } } }
                tbody {
                    tr {
                        th scope="row" { "Before" }
                        td data-label="What" { "You write its blueprint and bring them in. With their paid training the set-up comes to " (words::about(exact(next.handoff.case.setup_cost()), currency)) "." }
                        td.figure data-label="Your hours" { (words::hours(exact(next.handoff.case.setup_hours()))) }
                    }
                    tr {
                        th scope="row" { "The first " (times) " times" }
                        td data-label="What" { "You review all of it, and they learn." }
                        td.figure data-label="Your hours" { (at_first) " a time" }
                    }
                    tr {
                        th scope="row" { "Afterwards" }
                        td data-label="What" { "You review " (share) " of it." }
                        td.figure data-label="Your hours" { (afterwards) " a time" }
                    }
                }
            }
        }
    }
}
