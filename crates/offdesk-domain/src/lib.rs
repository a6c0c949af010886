//! The rules of offdesk: worth, activities, prices, the audit, blueprints. Pure: no I/O, no clock, no randomness but
//! what follows from a seed.

pub mod activity;
mod age;
pub mod agent;
pub mod assignment;
pub mod audit;
pub mod blueprint;
pub mod budget;
pub mod coverage;
pub mod decision;
pub mod handoff;
pub mod money;
pub mod occupation;
pub mod pay;
pub mod person;
pub mod price;
pub mod recurrence;
pub mod returns;
pub mod text;
pub mod time;
pub mod trust;
pub mod worth;

pub use age::age;
pub use money::{Currency, Money, MoneyError};
pub use occupation::Soc;
pub use price::{Place, Price, PriceRange, Reading, Why};
pub use time::{Day, EntryKind, Seconds};
pub use worth::{Basis, Worth, WorthError};
