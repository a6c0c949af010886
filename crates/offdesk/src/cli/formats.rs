//! `offdesk formats`: what can be read.

use clap::Args;
use offdesk_import::formats;

use super::{Done, output};

/// List the formats that can be read
#[derive(Args, Debug)]
pub struct FormatsCommand {}

impl FormatsCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let special = formats::ALL.iter().map(|f| (f.id, f.label, f.kind));
        let tables = formats::LAYOUTS.iter().map(|l| (l.id, l.label, l.kind));
        let mut rows: Vec<_> = special.chain(tables).collect();
        rows.sort_by_key(|(id, ..)| *id);
        let mut text =
            String::from("The format is told from the content; --format ID overrides it.\n\n");
        for (id, label, kind) in rows {
            text += &format!("{id:<24} {:<10} {label}\n", kind.word());
        }
        output::print(&text)?;
        Ok(0)
    }
}
