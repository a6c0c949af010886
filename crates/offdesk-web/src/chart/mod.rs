//! Pictures drawn on the server as SVG; colours come from the theme by class.

pub mod bands;
pub mod file;
pub mod fitting;
pub mod iceberg;
pub mod lines;
pub mod range;
pub mod rollout;
pub mod weekly;
