//! The clients, against servers of the tests' own on this machine.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fetching;
mod mailing;
mod sink;
