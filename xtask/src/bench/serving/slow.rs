//! Durable inserts on a disk that takes its time: what committing together is for. The disk of a rented server or of an old computer takes
//! milliseconds until it says that something is kept; a fast one takes a tenth of one, and hides what is gained.

use std::path::Path;
use std::process::Command;

use super::asking::{Plan, Server, free_port, offdesk, sign_in};
use super::{JSON, LINE, TURNS, bare_command, cost, inserts_alone};
use crate::Outcome;
use crate::bench::measure::{Costs, ratio};
use crate::bench::table::{Goal, Table};
use crate::install::debian;

/// So long each time that something is to be kept takes longer, in microseconds.
const DELAY: u32 = 5_000;
/// Together they are at least so many times as many.
const TIMES: f64 = 20.0;

/// The program as it runs where the disk takes its time. It keeps its process: the one that holds it up is beside it, and ends with it.
fn held_up(command: &Command) -> Command {
    let mut slow = Command::new("strace");
    slow.args(["-D", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"])
        .args(["-e", "trace=fsync,fdatasync"])
        .arg("-e")
        .arg(format!("inject=fsync,fdatasync:delay_exit={DELAY}"))
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        slow.env(name, value.unwrap_or_default());
    }
    slow
}

/// Holds the desk's inserts against such that are committed one by one, in turn.
pub(super) fn inserts(table: &mut Table, folder: &Path, (desk, file): (&Path, &Path)) -> Outcome {
    let what = format!(
        "durable inserts where the disk takes {} ms, beside each committed alone",
        DELAY / 1_000
    );
    if debian("strace", "strace").is_none() {
        table.skipped(&what, "strace");
        return Ok(());
    }
    let port = free_port()?;
    let (single, _) = Server::start(&mut held_up(&bare_command(file, port, "single")), port)?;
    let port = free_port()?;
    let (ours, _) = Server::start(&mut held_up(&offdesk(desk, "", port)), port)?;
    let headers = [sign_in(port)?, vec![JSON.to_owned()]].concat();
    let plan = Plan {
        ports: vec![port],
        method: "POST",
        paths: &["/api/v1/log-lines".to_owned()],
        headers: &headers,
        body: LINE,
    };
    let (mut alone, mut together) = (Costs::default(), Costs::default());
    for _ in 0..TURNS {
        let [of_all, _] = cost(inserts_alone(&single).ask(folder)?, 0.0);
        alone.0.push(of_all);
        let [of_all, _] = cost(plan.ask(folder)?, ours.memory("VmHWM:")?);
        together.0.push(of_all);
    }
    let value = ratio(&alone, &together);
    table.judge(&what, [&alone, &together], value, Goal::limit(1.0 / TIMES));
    Ok(())
}
