//! An error as the user sees it: what happened, what was read, what to type next, what changed, the stable code.

use std::borrow::Cow;
use std::fmt::Write as _;

use offdesk_actions::ErrorKind;
use offdesk_actions::audit::AuditError;
use offdesk_actions::rules::RulesError;
use offdesk_actions::store::StoreError;
use offdesk_domain::WorthError;
use offdesk_import::{Problem, Report};
use textwrap::Options;

use super::{exit, output};

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
    /// What the command left behind; nothing, unless said otherwise.
    pub outcome: String,
}

impl CliError {
    /// An error after which everything is as it was.
    pub fn new(exit: u8, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            exit,
            code,
            message: message.into(),
            lines: Vec::new(),
            outcome: "Nothing was changed.".to_owned(),
        }
    }

    /// With more lines; empty ones are passed over.
    pub fn line(mut self, text: impl AsRef<str>) -> Self {
        let lines = text.as_ref().lines().filter(|line| !line.is_empty());
        self.lines.extend(lines.map(str::to_owned));
        self
    }

    /// With what the command left behind.
    pub fn outcome(mut self, outcome: impl Into<String>) -> Self {
        self.outcome = outcome.into();
        self
    }

    /// Prints it to standard error.
    pub fn print(&self) {
        let bold = anstyle::Style::new()
            .bold()
            .fg_color(Some(anstyle::AnsiColor::Red.into()));
        let width = output::error_width();
        let mut text = String::new();
        let message = format!("error: {}", self.message);
        let code = format!("code: {}", self.code);
        for part in folded(&message, width, "", "  ") {
            // Writing to a string does not fail.
            let _ = match part.strip_prefix("error:") {
                Some(rest) if text.is_empty() => writeln!(text, "{bold}error:{bold:#}{rest}"),
                _ => writeln!(text, "{part}"),
            };
        }
        for line in self.lines.iter().chain([&self.outcome, &code]) {
            for part in folded(line, width, "  ", "    ") {
                let _ = writeln!(text, "{part}");
            }
        }
        output::say(&text);
    }
}

/// A line as it stands, or in parts that fit a terminal.
fn folded(line: &str, width: Option<usize>, first: &str, next: &str) -> Vec<String> {
    let Some(width) = width else {
        return vec![format!("{first}{line}")];
    };
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(next)
        .break_words(false);
    let parts = textwrap::wrap(line, options);
    parts.into_iter().map(Cow::into_owned).collect()
}

impl From<WorthError> for CliError {
    fn from(error: WorthError) -> Self {
        let hint = match &error {
            WorthError::Revenue => {
                "take what is left of it instead:  --profit 40000 --owner-pay 60000 --hours-worked 2300\n\
                 or what you want to make in a year:  --income 150000"
            }
            WorthError::NotPositive { .. } => {
                "type a figure above zero, such as 150000, 1,250.50 or 90k"
            }
            _ => "",
        };
        Self::new(exit::USAGE, error.code(), error.to_string()).line(hint)
    }
}

impl From<offdesk_actions::Error> for CliError {
    fn from(error: offdesk_actions::Error) -> Self {
        let exit = match error.kind {
            // Not what was given is wrong, but how it was asked for.
            _ if error.code == "account.which" => exit::USAGE,
            ErrorKind::NotFound => exit::NOTHING,
            ErrorKind::SignIn | ErrorKind::Forbidden => exit::SIGN_IN,
            ErrorKind::Invalid => exit::INPUT,
            ErrorKind::Conflict => exit::CONFLICT,
            ErrorKind::TooMany | ErrorKind::Unavailable | ErrorKind::Failed => exit::FAILED,
        };
        let outcome = error.outcome();
        let told = Self::new(exit, error.code, error.message).line(error.hint);
        told.outcome(outcome)
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        offdesk_actions::Error::from(error).into()
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
    // Some messages name the file themselves.
    let message = if problem.message.contains(file) {
        problem.to_string()
    } else {
        format!("{file}: {problem}")
    };
    CliError::new(exit, problem.code, message).line(&problem.hint)
}

impl From<AuditError> for CliError {
    fn from(error: AuditError) -> Self {
        let message = error.to_string();
        match error {
            AuditError::Currency { worth, .. } => Self::new(exit::USAGE, "audit.currency", message)
                .line(format!(
                    "give one in a file, \"{worth}=4.2\" for 4.2 {worth} a dollar:  --rates FILE"
                ))
                .line("or state your worth in dollars:  --currency USD"),
            AuditError::Place { place } => Self::new(exit::USAGE, "audit.place", message)
                .line(super::values::nearest_places(place)),
            AuditError::Unread { file, problem } => of_file(&file, &problem),
            AuditError::Nothing { sources } => nothing(message, &sources),
        }
    }
}

/// The error for files that hold no entry: what was read of each, and its first problems.
fn nothing(message: String, sources: &[Report]) -> CliError {
    let is_bad = sources.iter().any(|source| source.bad > 0);
    let (exit, code) = if is_bad {
        (exit::INPUT, "import.no_readable_row")
    } else {
        (exit::NOTHING, "audit.nothing")
    };
    let mut error = CliError::new(exit, code, message);
    for source in sources {
        let rows = output::counted(source.rows, "row", "rows");
        error = error.line(format!("{}: {}, {rows}", source.file, source.label));
        for problem in source.problems.iter().take(3) {
            error = error.line(format!("  {problem} ({})", problem.code));
            for hint in problem.hint.lines() {
                error = error.line(format!("    {hint}"));
            }
        }
    }
    error
}
