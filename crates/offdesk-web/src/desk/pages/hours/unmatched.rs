//! Hours that fit no kind of work: how many there are, and the way to name them.

use maud::{Markup, html};
use offdesk_actions::hours::Hours;
use offdesk_domain::Seconds;

use crate::words;

/// What could not be matched, where there is any.
pub fn section(hours: &Hours, may_edit: bool) -> Markup {
    let judged = hours.report.iter().flat_map(|it| &it.audit.activities);
    let rest: Vec<_> = judged
        .filter(|it| it.activity.is_rest_of_list && it.activity.stays.is_none())
        .filter(|it| it.activity.mix.total() > Seconds::ZERO)
        .filter_map(|it| Some((hours.row_of(it)?, it)))
        .collect();
    if rest.is_empty() {
        return html! {};
    }
    let weekly = rest.iter().map(|(_, it)| it.hours_per_week).sum();
    html! {
        section aria-labelledby="unmatched" {
            h2 #unmatched { "Not matched: " (words::hours_long(weekly)) " a week" }
            p { "These entries fit no kind of work that is known here, so they are in no gap. Their wordings tell what they are: tick those that belong together and name them, and they become an activity of their own." }
            ul { @for (row, it) in &rest {
                li {
                    a href={ "/activities/" (row.id) } {
                        @if may_edit { "Name and split \u{201c}" } @else { "Look at \u{201c}" }
                        bdi { (words::shown(&row.name, 120)) } "\u{201d}"
                    }
                    ", " (words::hours_long(it.activity.mix.total().hours())) " in all"
                }
            } }
        }
    }
}
