//! All routes of the API, from the tables of its parts.

use super::table::{bringing, reading, writing};
use super::{
    account, agents, assignment_table, bill_table, blueprint_table, budgets, desk, entries,
    hours_files, letting_in, members, my_pay, my_table, own, pay_table, person_table, planning,
    receipts, returns, workspace_file, workspaces,
};
use crate::desk::routes::{Handle, PATIENCE, PATIENCE_WITH_FILES, Route};

/// What a route of the API is for, for its document.
#[derive(Debug, Clone, Copy)]
pub struct Described {
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// The fields of what is sent, as `name: type` lines; empty where nothing is.
    pub fields: &'static [(&'static str, &'static str)],
    /// The schema of the answer.
    pub answer: &'static str,
}

/// The routes of the API.
pub fn routes() -> Vec<Route> {
    let short = reading().into_iter().chain(writing());
    let short = short.chain(blueprint_table::lines());
    let short = short.chain(planning::lines());
    let short = short.chain(members::lines());
    let short = short.chain(own::lines());
    let short = short.chain(account::lines());
    let short = short.chain(desk::lines());
    let short = short.chain(letting_in::lines());
    let short = short.chain(workspaces::lines());
    let short = short.chain(my_table::lines());
    let short = short.chain(my_pay::lines());
    let short = short.chain(person_table::of_people());
    let short = short.chain(person_table::of_handoffs());
    let short = short.chain(assignment_table::reading());
    let short = short.chain(assignment_table::writing());
    let short = short.chain(returns::lines()).chain(receipts::lines());
    let short = short.chain(pay_table::reading());
    let short = short.chain(pay_table::writing());
    let short = short.chain(budgets::lines());
    let short = short.chain(bill_table::lines());
    let short = short.chain(agents::lines());
    let short = short.chain(hours_files::lines());
    let short = short.map(|line| (line, PATIENCE));
    let long = bringing()
        .into_iter()
        .chain(workspace_file::lines())
        .map(|line| (line, PATIENCE_WITH_FILES));
    let answering = short.chain(long).map(|(line, patience)| {
        let (method, path, access, handle, summary, fields, answer) = line;
        Route {
            method,
            path,
            access,
            handle: Handle::Answering(handle),
            patience,
            described: Some(Described {
                summary,
                fields,
                answer,
            }),
        }
    });
    answering.chain(entries::routes()).collect()
}
