//! What a rule looks for in a text: words, or a regular expression.

use regex::{Regex, RegexBuilder};

use super::RulesError;

#[derive(Debug, Clone)]
pub(super) enum Pattern {
    /// Lower-case text that must occur at the boundaries of words.
    Words(String),
    /// A regular expression, case ignored.
    Regex(Regex),
}

impl Pattern {
    pub(super) fn parse(text: &str, rule: usize) -> Result<Self, RulesError> {
        if let Some(pattern) = text
            .strip_prefix('/')
            .and_then(|rest| rest.strip_suffix('/'))
        {
            let regex = RegexBuilder::new(pattern)
                .case_insensitive(true)
                .size_limit(1 << 20)
                .build();
            return regex.map(Self::Regex).map_err(|error| {
                let message =
                    format!("rule {rule}: /{pattern}/ is not a regular expression: {error}");
                RulesError::new(
                    "rules.match",
                    message,
                    "write plain words without slashes to match them as they are",
                )
            });
        }
        let words = text.trim().to_lowercase();
        if words.is_empty() {
            return Err(RulesError::new(
                "rules.match",
                format!("rule {rule} has an empty match"),
                "write words to match",
            ));
        }
        Ok(Self::Words(words))
    }

    pub(super) fn matches(&self, text: &str, lower: &str) -> bool {
        match self {
            Self::Regex(regex) => regex.is_match(text),
            Self::Words(words) => lower.match_indices(words.as_str()).any(|(at, found)| {
                let before = lower.get(..at).and_then(|t| t.chars().next_back());
                let after = lower.get(at + found.len()..).and_then(|t| t.chars().next());
                let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                is_edge(before) && is_edge(after)
            }),
        }
    }
}
