//! The step towards handing an activity off that is next.

use maud::{Markup, html};
use offdesk_actions::next::NextActivity;
use offdesk_domain::audit::Blueprint;

/// The step towards handing it off that is next: its blueprint, or the handoff itself once that is published.
pub fn towards(next: &NextActivity<'_>) -> Markup {
    let id = next.row.id;
    html! {
        @if next.judged.activity.blueprint == Blueprint::Published {
            a.button.plain href={ "/handoffs/new?activity=" (id) } { "Hand it off" }
        } @else {
            a.button.plain href={ "/blueprints/new?activity=" (id) } { "Write its blueprint" }
        }
    }
}
