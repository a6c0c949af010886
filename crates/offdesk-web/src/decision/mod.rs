//! The page of one handoff: the verdict, what it rests on, when it breaks even, and what matters most.

pub(crate) mod curve;
mod figures;
pub mod page;
mod tornado;

#[cfg(test)]
mod tests;
