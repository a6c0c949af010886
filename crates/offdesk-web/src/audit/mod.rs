//! The audit as one page that can be kept, printed and read without a network.

mod basis;
mod change;
mod headline;
mod numbers;
pub mod page;
mod picture;
mod prices;
mod sources;
mod start;
mod why;

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
