//! The store, the same on SQLite and, where `OFFDESK_TEST_POSTGRES` names a server, on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod assignments;
mod bills;
mod blueprints;
mod budgets;
mod desk;
mod doors;
mod faults;
mod hours;
mod inputs;
mod members;
mod nouns;
mod pay;
mod people;
mod placed;
mod references;
mod rows;
mod stores;
mod together;
mod upgrades;
