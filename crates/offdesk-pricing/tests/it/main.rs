//! What owners write in their entries, and the kinds of work it must be read as.

mod phrases;
mod prices;
mod silence;
