//! What a user can do with offdesk, one function per action: load, decide, answer. No transport, no clock.

pub mod audit;
pub mod corrections;
pub mod decide;
pub mod demo;
pub mod facts;
pub mod plan;
pub mod price;
mod prices;
pub mod rules;

/// Whose figures are in the program, to be shown wherever prices are.
#[must_use]
pub fn attribution() -> &'static [&'static str] {
    offdesk_pricing::attribution()
}
