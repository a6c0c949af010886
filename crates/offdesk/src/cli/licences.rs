//! `offdesk licences`: whose figures the program holds.

use clap::Args;

use super::{Done, output};

/// Show the program's licence and the sources of the figures in it
#[derive(Args, Debug)]
pub struct LicencesCommand {}

impl LicencesCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let mut text = String::from(
            "offdesk is licensed under Apache-2.0 OR MIT.\n\nFigures in this program:\n",
        );
        for line in offdesk_actions::attribution() {
            text += &format!("- {line}\n");
        }
        output::print(&text)?;
        Ok(0)
    }
}
