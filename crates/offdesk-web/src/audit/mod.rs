//! The audit as one page that can be kept, printed and read without a network.

mod basis;
mod change;
pub(crate) mod headline;
mod numbers;
pub mod page;
pub(crate) mod picture;
mod prices;
mod sources;
pub(crate) mod start;
mod why;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
