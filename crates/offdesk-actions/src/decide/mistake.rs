//! What is wrong with a case, and where.

/// Why a case is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QuestionError {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Line, from 1, where it is known.
    pub line: Option<usize>,
    /// Column, from 1, where it is known.
    pub column: Option<usize>,
    /// What to type next; may be empty.
    pub hint: String,
}

impl From<QuestionError> for crate::Error {
    fn from(error: QuestionError) -> Self {
        Self::invalid("", error.code, error.whole()).hint(error.hint)
    }
}

impl QuestionError {
    /// The whole sentence: its place, and what is wrong.
    #[must_use]
    pub fn whole(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => {
                format!("line {line}, column {column}: {}", self.message)
            }
            _ => self.message.clone(),
        }
    }

    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            line: None,
            column: None,
            hint: String::new(),
        }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// At the line and column of a key in the text.
    pub(super) fn at_key(mut self, key: &str, text: &str) -> Self {
        let quoted = format!("\"{key}\"");
        let found = (1..).zip(text.lines()).find_map(|(line, content)| {
            let before = content.get(..content.find(&quoted)?)?;
            Some((line, before.chars().count() + 1))
        });
        self.line = found.map(|(line, _)| line);
        self.column = found.map(|(_, column)| column);
        self
    }
}
