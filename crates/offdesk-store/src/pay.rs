//! Pay: how people are paid, statements and their payments, the ledger, and the weekly answers about freed hours.

pub mod person_pay;
pub mod postings;
pub mod statements;
pub mod unearned;
pub mod weeks;
