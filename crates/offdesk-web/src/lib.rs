//! The pages of offdesk, made on the server as HTML with inline SVG: no font, no image, no script from elsewhere.

pub mod audit;
pub mod chart;
pub mod decision;
pub mod desk;
pub mod markdown;
pub mod returns;
mod standalone;
pub mod theme;
pub mod words;
