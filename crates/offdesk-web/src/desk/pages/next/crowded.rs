//! What is crowded out, with the owner's own weeks.

use crate::decision::figures::exact;
use maud::{Markup, html};
use offdesk_actions::next::crowded::CrowdedOut;

use crate::words;

/// What small jobs push back, with where the figures come from.
pub fn pushed_back(crowded: &CrowdedOut) -> Markup {
    let hours = |figure: f64| words::hours_about(exact(figure));
    let crowding = &crowded.crowding;
    let (now, then) = (&crowding.now, &crowding.then);
    let ([taken, taken_then], [low, high]) = (crowding.loads, crowding.between);
    let seen = &crowded.seen;
    let names: Vec<String> = crowded
        .handed_off
        .iter()
        .map(|name| words::shown(name, 60))
        .collect();
    html! {
        section aria-labelledby="crowded" {
            h2 #crowded {
                "Your important work waits " @if crowding.is_at_least { "at least " }
                (words::hours_long(exact(now.small_first))) "; it could wait " (hours(then.small_first))
            }
            p { "Small jobs fill " (words::rounded(exact(taken * 100.0), 0)) " % of a full week of yours together with the work that stays with you. With " bdi { (words::listed(&names)) } " handed off it is " (words::rounded(exact(taken_then * 100.0), 0)) " %, and what matters is reached that much sooner." }
            details {
                summary { "How we got this" }
                dl.why {
                    dt { "Small jobs: " (words::hours(exact(seen.small.per_week))) " a week" }
                    dd { "Days with an activity that could be handed off, of " (words::hours(exact(seen.small.hours))) " hours each on average." }
                    dt { "Important work: " (words::hours(exact(seen.important.per_week))) " a week" }
                    dd { "Days with an activity that stays with you, of " (words::hours(exact(seen.important.hours))) " hours each." }
                    dt { "A full week: " (words::hours(exact(seen.fullest))) " hours" }
                    dd { "The average of the fullest quarter of " (seen.weeks) " whole weeks, less what is neither the one nor the other." }
                    dt { "The wait: " @if crowding.is_at_least { "from " (words::hours_long(exact(low))) " to much more" } @else { (words::hours_long(exact(now.small_first))) ", from " (hours(low)) " to " (hours(high)) } }
                    dd { "As in a queue where small jobs go first, as far as the average of your weeks is known. Where more than nine tenths of a full week are taken, the least that it may be at nine tenths stands here, since an hour more or less would move it too far. Working hours, on average; if what came first went first it would be " (hours(now.first_come)) ", if important work went first " (hours(now.important_first)) "." }
                }
                p { small { "It is a model of your weeks, not a measurement. It is shown only where the weeks bear it out." } }
            }
        }
    }
}
