//! `offdesk completions`: for the shells.

use clap::{Args, Command, ValueEnum};
use clap_complete::Shell;

use super::{Done, output};

/// Print the completions of a shell, to be sourced or saved where it looks for them
#[derive(Args, Debug)]
#[command(before_help = "Example:
  offdesk completions bash > ~/.local/share/bash-completion/completions/offdesk")]
pub struct CompletionsCommand {
    /// Which shell
    shell: KnownShell,
}

#[derive(ValueEnum, Debug, Clone, Copy)]
enum KnownShell {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Nushell,
}

impl CompletionsCommand {
    /// Runs it.
    pub fn run(self, command: &mut Command) -> Done {
        let mut out = Vec::new();
        let mut generate =
            |shell: Shell| clap_complete::generate(shell, command, "offdesk", &mut out);
        match self.shell {
            KnownShell::Bash => generate(Shell::Bash),
            KnownShell::Zsh => generate(Shell::Zsh),
            KnownShell::Fish => generate(Shell::Fish),
            KnownShell::PowerShell => generate(Shell::PowerShell),
            KnownShell::Nushell => {
                clap_complete::generate(
                    clap_complete_nushell::Nushell,
                    command,
                    "offdesk",
                    &mut out,
                );
            }
        }
        output::print(&String::from_utf8_lossy(&out))?;
        Ok(0)
    }
}
