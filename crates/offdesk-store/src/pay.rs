//! Pay: how people are paid, bills that come in, statements and their payments, the ledger, and the weekly answers about freed hours.

pub mod bills;
pub mod files;
pub mod ledger_end;
pub mod milestones;
pub mod open_lines;
pub mod person_pay;
pub mod posted_hours;
pub mod posted_terms;
pub mod postings;
pub mod stated_work;
pub mod statements;
pub mod unearned;
pub mod weeks;
