//! Tests of the program itself: what it prints, writes and returns.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod activity;
mod amounts;
mod assignment;
mod bad_input;
mod blueprint;
mod contract;
mod crowds;
mod decide;
mod decide_desk;
mod demo;
mod desk;
mod doors;
mod facts;
mod faults;
mod handoff;
mod member;
mod oracles;
mod outputs;
mod plan;
mod plan_reading;
mod plan_reasons;
mod postgresql;
mod price;
mod processes;
mod program;
mod reading;
mod reference;
mod restore;
mod server;
mod signals;
mod sums;
mod usage;
mod workspace;
mod worth;
