//! Kills a desk again and again: the test that CI runs with a few kills, with as many as one likes.

use crate::Outcome;
use crate::machine::{run, tests_of_actions};
use crate::postgres::Server;

/// Runs it on SQLite and, where there is one, on PostgreSQL; `times` kills on each.
pub fn run_all(times: u64) -> Outcome {
    let server = Server::start()?;
    let mut command = tests_of_actions();
    command
        .arg("kills::")
        .args(["--", "--nocapture", "--test-threads", "1"])
        .env("OFFDESK_TEST_KILLS", times.to_string());
    match &server {
        Some(server) => {
            command.env("OFFDESK_TEST_POSTGRES", &server.url);
        }
        None => eprintln!("SKIPPED PostgreSQL: there is none"),
    }
    run(&mut command)
}
