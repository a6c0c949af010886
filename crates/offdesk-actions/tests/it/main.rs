//! Actions on a workspace, the same on SQLite and, where `OFFDESK_TEST_POSTGRES` names a server, on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "tests")]

mod agents;
mod assignment_races;
mod assignments;
mod backups;
mod behalf;
mod blueprints;
mod budgets;
mod desk;
mod doors;
mod exports;
mod extremes;
mod handed_off;
mod kills;
mod logging;
mod mailed;
mod members;
mod newer_exports;
mod notices;
mod older_exports;
mod options;
mod partitions;
mod pay;
mod pay_story;
mod people;
mod plans;
mod races;
mod receipts;
mod recurrences;
mod return_days;
mod return_plain;
mod return_scale;
mod returns;
mod rewriting;
mod same_files;
mod seeds;
mod so_far;
mod stores;
mod uploads;
