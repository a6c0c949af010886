//! The only SQL of offdesk: one set of tables and queries for an embedded SQLite and for PostgreSQL.
//!
//! Work is handed over as a function of a transaction. On SQLite one thread writes, and commits what waits together; on PostgreSQL
//! every thread has a connection. Nothing is answered before it is committed.

mod claims;
mod connect;
mod database;
mod error;
mod jobs;
mod migrations;
mod postgresql;
mod scope;
mod sqlite;
mod value;

pub mod account_events;
pub mod accounts;
pub mod activities;
pub mod agents;
pub mod answers;
pub mod assignments;
pub mod blueprints;
pub mod budgets;
pub mod calendars;
pub mod checks;
pub mod copy;
pub mod description;
pub mod digests;
pub mod entries;
pub mod events;
pub mod feeds;
pub mod files;
pub mod handoffs;
pub mod hours_imports;
pub mod mails;
pub mod members;
pub mod options;
pub mod passkeys;
pub mod pay;
pub mod people;
pub mod proofs;
pub mod recurrences;
pub mod resets;
pub mod returns;
pub mod sessions;
pub mod settings;
pub mod sign_in_rules;
pub mod sources;
pub mod times;
pub mod timesheets;
pub mod tokens;
pub mod uploads;
pub mod wordings;
pub mod workspaces;
pub mod worths;

pub use connect::{Address, Store};
pub use database::Tx;
pub use error::StoreError;
pub use jobs::Pending;
pub use scope::{Scope, WorkspaceId};
pub use uuid::Uuid;
pub use value::{Row, Value};
