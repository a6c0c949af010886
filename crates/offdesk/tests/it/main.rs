//! Tests of the program itself: what it prints, writes and returns.

mod amounts;
mod bad_input;
mod contract;
mod demo;
mod outputs;
mod program;
mod reading;
mod reference;
mod signals;
mod sums;
mod usage;
mod worth;
