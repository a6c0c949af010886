//! `offdesk blueprint lint`: what is missing in files, without a desk.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::blueprints::json::BlueprintJson;
use offdesk_domain::blueprint::{Blueprint, Circumstances, gate, warnings};

use super::super::audit::json;
use super::super::{Done, exit, output};
use super::files::read_text;
use super::text::checked;

/// What is missing in Markdown files; needs no desk
///
/// Exit code 1 where a part is missing, or every step. Hints alone are no failure.
#[derive(Args, Debug)]
pub struct LintArgs {
    /// Files; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print JSON, a line for each file (offdesk.blueprint/1)
    #[arg(long)]
    json: bool,
}

impl LintArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let mut is_whole = true;
        let mut out = String::new();
        for file in &self.files {
            let text = read_text(file)?;
            let blueprint = Blueprint::of(&text);
            let parts = gate(&blueprint);
            let found = warnings(&blueprint, Circumstances::default());
            is_whole &= parts.iter().all(|part| part.is_there) && blueprint.has_steps();
            if self.json {
                out += &json::to_text(&BlueprintJson::of_text(&blueprint, &parts, found))?;
            } else {
                out += &checked(&file.display().to_string(), &parts, &found);
            }
        }
        output::print(&out)?;
        Ok(if is_whole { 0 } else { exit::FAILED })
    }
}
