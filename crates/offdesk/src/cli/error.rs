//! An error as the user sees it: what happened, what was read, what to type next, the stable code.

use std::fmt::Write as _;

use offdesk_actions::audit::AuditError;
use offdesk_actions::rules::RulesError;
use offdesk_domain::WorthError;
use offdesk_import::Problem;

use super::exit;

/// An error with its exit code.
#[derive(Debug)]
pub struct CliError {
    /// Exit code.
    pub exit: u8,
    /// Stable code, such as `import.no_date`.
    pub code: &'static str,
    /// What happened.
    pub message: String,
    /// More lines: what was read, what to do.
    pub lines: Vec<String>,
}

impl CliError {
    /// An error.
    pub fn new(exit: u8, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit,
            code,
            message: message.into(),
            lines: Vec::new(),
        }
    }

    /// With another line; empty ones are passed over.
    pub fn line(mut self, line: impl Into<String>) -> Self {
        let line = line.into();
        if !line.is_empty() {
            self.lines.push(line);
        }
        self
    }

    /// Prints it to standard error.
    pub fn print(&self) {
        let bold = anstyle::Style::new()
            .bold()
            .fg_color(Some(anstyle::AnsiColor::Red.into()));
        let mut text = format!("{bold}error:{bold:#} {}\n", self.message);
        for line in &self.lines {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {line}");
        }
        let last = format!("code: {}", self.code);
        let _ = writeln!(text, "  {last}");
        anstream::eprint!("{text}");
    }
}

impl From<WorthError> for CliError {
    fn from(error: WorthError) -> Self {
        let hint = match &error {
            WorthError::Revenue => "use --profit and --owner-pay with --hours-worked, or --income",
            _ => "",
        };
        Self::new(exit::USAGE, error.code(), error.to_string()).line(hint)
    }
}

impl From<RulesError> for CliError {
    fn from(error: RulesError) -> Self {
        Self::new(exit::INPUT, error.code, error.message).line(error.hint)
    }
}

/// The error for a problem with a file.
pub fn of_file(file: &str, problem: &Problem) -> CliError {
    let exit = match problem.code {
        "import.not_found" | "import.unreadable" => exit::FAILED,
        "import.format" => exit::USAGE,
        _ => exit::INPUT,
    };
    let mut message = format!("{file}: {problem}");
    if problem.code == "import.not_found" || problem.code == "import.directory" {
        message.clone_from(&problem.message);
    }
    CliError::new(exit, problem.code, message)
        .line(problem.hint.clone())
        .line("Nothing was changed.")
}

impl From<AuditError> for CliError {
    fn from(error: AuditError) -> Self {
        let message = error.to_string();
        match error {
            AuditError::Currency { prices, place, .. } => Self::new(exit::USAGE, "audit.currency", message)
                .line(format!("give your worth in {prices} with --currency {prices}, or take another --place than {place}")),
            AuditError::Place { known, .. } => {
                let known: Vec<String> = known.iter().map(ToString::to_string).collect();
                Self::new(exit::USAGE, "audit.place", message).line(format!("there are for: {}", known.join(", ")))
            }
            AuditError::Unread { file, problem } => of_file(&file, &problem),
            AuditError::Nothing { sources } => {
                let bad: u64 = sources.iter().map(|source| source.bad).sum();
                let (exit, code) = if bad > 0 { (exit::INPUT, "import.no_readable_row") } else { (exit::NOTHING, "audit.nothing") };
                let mut error = Self::new(exit, code, message);
                for source in &sources {
                    error = error.line(format!("{}: {}, {} rows", source.file, source.label, source.rows));
                    for problem in source.problems.iter().take(3) {
                        error = error.line(format!("  {problem} ({})", problem.code));
                        if !problem.hint.is_empty() {
                            error = error.line(format!("    {}", problem.hint));
                        }
                    }
                }
                error
            }
        }
    }
}
