//! The pages.

pub mod activity;
pub mod audit_log;
pub mod blueprints;
pub mod entry;
pub mod handoff;
pub mod hours;
pub mod import;
pub mod invitation;
pub mod members;
pub mod next;
pub mod second_factor;
pub mod security;
pub mod settings;
pub mod tokens;
pub mod workspaces;
pub mod worth;
