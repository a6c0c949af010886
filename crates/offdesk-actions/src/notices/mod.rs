//! What somebody is told without asking: one mail a day at most with what waits for them, and a calendar of what is due.
//!
//! Nothing stands in either that is not on the pages of the one who gets it.

mod calendar;
mod contents;
mod digest;
mod gone;
pub mod json;
mod standing;

pub use self::calendar::{Feed, end_feed, feed_of, renew_feed};
pub(crate) use self::contents::Passed;
pub(crate) use self::digest::digest_of;
pub use self::digest::{Digest, choose_digest, digest_next, load_digest, preview_digest};
