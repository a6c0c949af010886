//! The pages of offdesk, made on the server as HTML with inline SVG: no script, no font, no image from elsewhere.

pub mod audit;
pub mod chart;
pub mod decision;
pub mod theme;
pub mod words;
