//! What a user can do with offdesk, one function per action: load, decide, answer. No transport, no clock.

pub mod accounts;
pub mod activities;
pub mod actor;
pub mod agents;
pub mod answers;
pub mod assignments;
pub mod audit;
pub mod blueprints;
pub mod budgets;
pub mod calendars;
mod change;
pub mod corrections;
pub mod csv;
pub mod decide;
pub mod demo;
pub mod desk;
pub mod entries;
pub mod error;
pub mod example;
pub mod exports;
pub mod facts;
pub mod handoffs;
pub mod hours;
pub mod imports;
pub mod json_text;
pub mod mails;
pub mod members;
pub mod moment;
mod named;
mod near;
pub mod next;
pub mod notices;
pub mod options;
pub mod passkeys;
mod passwords;
pub mod pay;
pub mod people;
pub mod plan;
pub mod price;
mod prices;
pub mod remembered;
pub mod returns;
pub mod rules;
pub mod sealing;
pub mod sheet;
pub mod sign_in_rules;
pub mod timesheets;
pub mod upkeep;
pub mod uploads;
pub mod workspaces;
pub mod worths;

pub use error::{Error, ErrorKind};
pub use moment::Moment;
pub use offdesk_outbound as outbound;
pub use offdesk_store as store;

/// Whose figures are in the program, to be shown wherever prices are.
#[must_use]
pub fn attribution() -> &'static [&'static str] {
    offdesk_pricing::attribution()
}
