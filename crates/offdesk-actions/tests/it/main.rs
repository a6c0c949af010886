//! Actions on a workspace, the same on SQLite and, where `OFFDESK_TEST_POSTGRES` names a server, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "tests")]

mod blueprints;
mod desk;
mod kills;
mod options;
mod partitions;
mod pay;
mod races;
mod stores;
