//! The pages of the desk through its router, in process: what they show, what they refuse, and to whom.

#![expect(clippy::unwrap_used, reason = "tests")]

mod account;
mod api;
mod blueprints;
mod example;
mod matrix;
mod next;
mod options;
mod people;
mod security;
mod settings;
mod site;
