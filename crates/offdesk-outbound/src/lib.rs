//! The only crate that opens connections to other machines (the database aside): one client that fetches, one that sends mail.
//!
//! Nothing else may, so that what may be reached is decided in one place. A test of the workspace holds it.

mod address;
mod fetch;
mod mail;

pub use address::is_public;
pub use fetch::{Fetcher, Host, LONGEST, NotFetched, WebAddress};
pub use mail::{BadSettings, Letter, Mailer, NotSent};
