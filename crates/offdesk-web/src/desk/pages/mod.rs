//! The pages.

pub mod activity;
pub mod entry;
pub mod hours;
pub mod import;
pub mod worth;
