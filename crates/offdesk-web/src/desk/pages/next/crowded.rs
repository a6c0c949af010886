//! What is crowded out, with the owner's own weeks.

use crate::decision::figures::exact;
use maud::{Markup, html};
use offdesk_actions::next::crowded::CrowdedOut;

use crate::words;

/// What small jobs push back, with where the figures come from.
pub fn pushed_back(crowded: &CrowdedOut) -> Markup {
    let hours = |figure: f64| words::hours_about(exact(figure));
    let (now, then) = (&crowded.crowding.now, &crowded.crowding.then);
    let seen = &crowded.seen;
    let names: Vec<String> = crowded
        .handed_off
        .iter()
        .map(|name| words::shown(name, 60))
        .collect();
    html! {
        section aria-labelledby="crowded" {
            h2 #crowded { "Your important work waits " (hours(now.small_first)) " hours; it could wait " (hours(then.small_first)) }
            p { "Small jobs fill " (words::rounded(exact(now.load * 100.0), 0)) " % of a full week of yours together with the work that stays with you. With " bdi { (words::listed(&names)) } " handed off it is " (words::rounded(exact(then.load * 100.0), 0)) " %, and what matters is reached that much sooner." }
            details {
                summary { "How we got this" }
                dl.why {
                    dt { "Small jobs: " (words::hours(exact(seen.small.per_week))) " a week" }
                    dd { "Days with an activity that could be handed off, of " (words::hours(exact(seen.small.hours))) " hours each on average." }
                    dt { "Important work: " (words::hours(exact(seen.important.per_week))) " a week" }
                    dd { "Days with an activity that stays with you, of " (words::hours(exact(seen.important.hours))) " hours each." }
                    dt { "A full week: " (words::hours(exact(seen.fullest))) " hours" }
                    dd { "The fullest of " (seen.weeks) " whole weeks, less what is neither the one nor the other." }
                    dt { "The wait: " (hours(now.small_first)) " hours" }
                    dd { "As in a queue where small jobs go first. Working hours, on average; if what came first went first it would be " (hours(now.first_come)) ", if important work went first " (hours(now.important_first)) "." }
                }
                p { small { "It is a model of your weeks, not a measurement. It is shown only where the weeks bear it out." } }
            }
        }
    }
}
