//! The page of one handoff: the verdict, what it rests on, when it breaks even, and what matters most.

pub mod compared;
pub(crate) mod curve;
pub(crate) mod figures;
pub(crate) mod how;
pub mod page;
pub(crate) mod tornado;

#[cfg(test)]
mod tests;
