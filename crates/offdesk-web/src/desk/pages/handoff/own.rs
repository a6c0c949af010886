//! A handoff with the owner's own figures in the place of the first outlook.

use crate::decision::figures::exact;
use maud::{Markup, html};
use offdesk_actions::next::{NextActivity, NextList, WeighedOption};
use offdesk_domain::decision::{Input, course};

use crate::decision::curve::{Course, draw};
use crate::words;

/// What comes of the best option, with the way to all of them.
pub fn own(list: &NextList<'_>, next: &NextActivity<'_>, option: &WeighedOption) -> Markup {
    let currency = list.audit.worth.currency;
    let amount = |figure: f64| words::about(exact(figure), currency);
    let name = words::shown(&option.name, 60);
    let sums = course(&option.case);
    let end = |sum: Option<&f64>| amount(sum.copied().unwrap_or_default());
    let title = match option.decision.break_even_week {
        Some(week) => format!("You are square in week {week}"),
        None => "You are not square within the year".to_owned(),
    };
    let more = format!(
        "It begins at {} for set-up and ends at {}.",
        end(sums.first()),
        end(sums.last())
    );
    html! {
        section aria-labelledby="own" {
            h2 #own { "With " bdi { (name) } ", by your own figures" }
            dl.facts {
                div { dt { "Net value" } dd { b { (amount(option.decision.net_value)) } " \u{2013} in " (exact(option.case.get(Input::Weeks)).normalize()) " weeks, at the likeliest figures" } }
                @if let Some(price) = option.decision.price_per_hour_bought_back {
                    div { dt { "An hour bought back" } dd { b { (amount(price)) } " \u{2013} cash over hours" } }
                }
                div { dt { "Hours back" } dd { b { (words::hours_long(exact(option.decision.hours_freed))) } " \u{2013} net of set-up, talk, review and turnover" } }
                div { dt { "Set-up" } dd { b { (words::hours_long(exact(option.setup_hours()))) } " \u{2013} of yours, before it begins" } }
            }
            h3 { (title) }
            figure { (draw(&Course {
                id: "course-picture",
                title: &title,
                more: &more,
                sums: &sums,
                band: &[],
                square: option.decision.break_even_week.and_then(|week| usize::try_from(week).ok()),
                amount: &amount,
            })) }
            p.actions { a.button href={ "/next/" (next.row.id) "/decision" } { "See all options side by side" } }
        }
    }
}
