//! What an importer could not read, or read with a doubt: code, place, what to type next.

use std::fmt;

/// How grave a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The entry counts, but something about it should be known.
    Note,
    /// The row was left out on purpose: running, all-day, a break.
    LeftOut,
    /// The row was not understood and is left out.
    Bad,
    /// The file cannot be read at all; nothing of it counts.
    Fatal,
}

/// One problem, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Stable code, such as `import.no_date`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What happened, in a sentence without a full stop.
    pub message: String,
    /// What to do or type next; may be empty.
    pub hint: String,
    /// Line, as an editor shows it, from 1.
    pub line: Option<u64>,
    /// Column: the header's name, or a number from 1.
    pub column: String,
    /// The value as read, at most 80 characters, control characters escaped.
    pub value: String,
}

impl Problem {
    /// A problem of a severity.
    #[must_use]
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            hint: String::new(),
            line: None,
            column: String::new(),
            value: String::new(),
        }
    }

    /// The file cannot be read.
    #[must_use]
    pub fn fatal(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Fatal, code, message)
    }

    /// The row was not understood.
    #[must_use]
    pub fn bad(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Bad, code, message)
    }

    /// The row is left out on purpose.
    #[must_use]
    pub fn left_out(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::LeftOut, code, message)
    }

    /// The row counts, with a remark.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    /// With what to type next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// At a line (0: unknown).
    #[must_use]
    pub fn at(mut self, line: u64) -> Self {
        self.line = (line > 0).then_some(line);
        self
    }

    /// In a column.
    #[must_use]
    pub fn column(mut self, column: impl fmt::Display) -> Self {
        self.column = column.to_string();
        self
    }

    /// With the value as read: control characters escaped, cut after 80 characters.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.value = shown(value);
        self
    }
}

/// A foreign text made safe to print: control and bidi characters escaped, at most 80 characters.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == 80 {
            out.push('…');
            break;
        }
        let hidden = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if c.is_control() || hidden {
            out.extend(c.escape_default())
        } else {
            out.push(c)
        }
    }
    out
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}")?;
            if !self.column.is_empty() {
                write!(f, ", {}", self.column)?;
            }
            f.write_str(": ")?;
        } else if !self.column.is_empty() {
            write!(f, "{}: ", self.column)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}
