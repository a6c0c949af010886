//! What a user can do with offdesk, one function per action: load, decide, answer. No transport, no clock.

pub mod audit;
pub mod rules;
