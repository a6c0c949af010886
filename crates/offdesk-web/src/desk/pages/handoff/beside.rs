//! Two activities next to each other.

use maud::{Markup, html};
use offdesk_actions::next::{NextActivity, NextList};
use offdesk_domain::Currency;
use offdesk_domain::decision::{Input, hours_left};

use crate::decision::figures::exact;
use crate::desk::pages::next::{gap, hour_costs, pays_back, readiness, weekly};
use crate::words;

/// A line of the comparison: what it is, and how an activity has it.
type Line<'l> = (&'l str, fn(&NextActivity<'_>, Currency) -> Markup);

const LINES: [Line<'static>; 7] = [
    ("Net a year", |next, currency| {
        html! { (words::about(next.handoff.first_year_gain, currency)) }
    }),
    (
        "Gap a year",
        |next, currency| html! { (gap(next, currency)) },
    ),
    ("Hours a week", |next, _| html! { (weekly(next)) }),
    ("An hour costs", |next, currency| {
        html! {
            (hour_costs(next, currency))
            @if let Some(price) = next.price().filter(|price| price.low < price.high) { " (" (words::rate(price.low, currency)) " to " (words::rate(price.high, currency)) ")" }
        }
    }),
    ("Pays back", |next, _| html! { (pays_back(next)) }),
    ("Your review afterwards", |next, _| {
        let [_, left] = hours_left(&next.handoff.case);
        let week = left * next.handoff.case.get(Input::TimesPerWeek);
        html! { (words::hours(exact(week))) " h a week" }
    }),
    ("Ready", |next, _| readiness(next)),
];

/// The choice of another one, and both side by side once it is made.
pub fn beside(
    list: &NextList<'_>,
    next: &NextActivity<'_>,
    with: Option<&NextActivity<'_>>,
) -> Markup {
    let others: Vec<&NextActivity<'_>> = list
        .all()
        .filter(|other| other.row.id != next.row.id)
        .collect();
    let currency = list.audit.worth.currency;
    html! {
        @if !others.is_empty() {
            section #beside aria-labelledby="beside-title" {
                h2 #beside-title { "Beside another one" }
                form.row method="get" action={ "/next/" (next.row.id) "#beside" } {
                    div.field {
                        label for="with" { "Hold it against" }
                        select #with name="with" { @for other in &others {
                            option value=(other.row.id) selected[with.is_some_and(|with| with.row.id == other.row.id)] { (words::shown(&other.judged.activity.name, 80)) }
                        } }
                    }
                    button.plain { "Show both" }
                }
                @if let Some(with) = with {
                    table.rows.two {
                        thead { tr { td {} @for one in [next, with] { th scope="col" { bdi { (words::shown(&one.judged.activity.name, 60)) } } } } }
                        tbody { @for (label, show) in LINES { tr {
                            th scope="row" { (label) }
                            @for one in [next, with] { td data-label=(words::shown(&one.judged.activity.name, 60)) { (show(one, currency)) } }
                        } } }
                    }
                }
            }
        }
    }
}
