//! What was agreed and what happened, in words, the same for both sides.

use offdesk_domain::handoff::Scope;

use crate::words;

/// What was agreed or is proposed, in a line.
#[must_use]
pub fn agreed_line(scope: &Scope) -> String {
    format!(
        "{}, by version {} of the blueprint, from {}",
        scope.terms,
        scope.blueprint,
        words::day(scope.start)
    )
}
