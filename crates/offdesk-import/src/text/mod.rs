//! The small texts inside exports: encodings, lines, dates, times, durations, JSON.

pub mod clock;
pub mod date;
pub mod duration;
pub mod elements;
pub mod encoding;
pub mod entity;
pub mod json;
pub mod json_members;
pub mod lines;
pub mod loose;
pub mod scalar;
pub mod span;
