//! The pages of the desk through its router, in process: what they show, what they refuse, and to whom.

#![expect(clippy::unwrap_used, reason = "tests")]

mod account;
mod account_events;
mod activity_versions;
mod agents;
mod api;
mod arranging;
mod assignments;
mod audit_log;
mod authenticator;
mod blueprints;
mod budgets;
mod calendars;
mod canaries;
mod example;
mod handoffs;
mod inputs;
mod lists;
mod mails;
mod matrix;
mod members;
mod next;
mod notices;
mod once;
mod options;
mod passkeys;
mod pay;
mod planning;
mod refusals;
mod repeats;
mod returns;
mod rules;
mod schemas;
mod security;
mod settings;
#[path = "../../../offdesk-outbound/tests/it/sink.rs"]
mod sink;
mod site;
mod threats;
mod twins;
mod typed_lines;
mod undecided;
mod weights;
mod worker;
mod workspace_file;
mod zones;
