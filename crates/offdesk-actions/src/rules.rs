//! The owner's own rules and prices: which entries are which activity, what only they can do, what they pay.

mod pattern;

use offdesk_import::Entry;
use serde::Deserialize;

use self::pattern::Pattern;
use crate::corrections::{CorrectionRow, Corrections};
pub use crate::prices::{OWN_PRICE, OwnPrices};

/// Why a rules or prices text was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RulesError {
    /// Stable code: `rules.toml`, `rules.match`, `rules.price`, `rules.correction`.
    pub code: &'static str,
    /// What is wrong, with line and column where known.
    pub message: String,
    /// What to write instead.
    pub hint: String,
}

impl RulesError {
    pub(crate) fn new(code: &'static str, message: impl Into<String>, hint: &str) -> Self {
        Self {
            code,
            message: message.into(),
            hint: hint.to_owned(),
        }
    }
}

/// Rules in the order of the file; the first that matches has the last word.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    corrections: Corrections,
}

#[derive(Debug, Clone)]
struct Rule {
    patterns: Vec<Pattern>,
    fields: Fields,
    activity: Option<String>,
    is_mine: bool,
}

#[derive(Debug, Clone, Default)]
struct Fields {
    client: Option<String>,
    project: Option<String>,
    task: Option<String>,
    tag: Option<String>,
}

/// What a rule says of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruling<'r> {
    /// Name of the activity it belongs to; `None` leaves the name to the grouping.
    pub activity: Option<&'r str>,
    /// Only the owner can do it.
    pub is_mine: bool,
    /// Number of the rule, from 0.
    pub rule: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    #[serde(default)]
    rule: Vec<RuleRow>,
    #[serde(default)]
    correction: Vec<CorrectionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    #[serde(default, rename = "match")]
    matches: OneOrMany,
    client: Option<String>,
    project: Option<String>,
    task: Option<String>,
    tag: Option<String>,
    activity: Option<String>,
    #[serde(default)]
    mine: bool,
}

#[derive(Deserialize, Default)]
#[serde(untagged)]
enum OneOrMany {
    #[default]
    None,
    One(String),
    Many(Vec<String>),
}

impl Rules {
    /// Reads a rules text (TOML): `[[rule]]` tables with `match` (words, or `/regex/`), optional `client`,
    /// `project`, `task`, `tag`, and `activity = "Name"` or `mine = true`; `[[correction]]` tables with `text` and
    /// `work` or `price`.
    ///
    /// # Errors
    /// [`RulesError`] naming line and column.
    pub fn parse(text: &str) -> Result<Self, RulesError> {
        let file: RulesFile = toml::from_str(text).map_err(|error| {
            let place = error.span().map_or(String::new(), |span| {
                let before = text.get(..span.start).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                format!("line {line}, column {column}: ")
            });
            let hint = "a rule looks like:  [[rule]]  match = \"invoice\"  activity = \"Invoicing\"  mine = false";
            RulesError::new("rules.toml", format!("{place}{}", error.message()), hint)
        })?;
        let rules = file
            .rule
            .into_iter()
            .enumerate()
            .map(|(index, row)| row.read(index + 1))
            .collect::<Result<_, _>>()?;
        let corrections = (1..)
            .zip(file.correction)
            .map(|(number, row)| row.read(number))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            rules,
            corrections: Corrections::of(corrections),
        })
    }

    /// Whether there are no rules; there may be corrections.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The corrections.
    #[must_use]
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// What the first matching rule says of an entry.
    #[must_use]
    pub fn of(&self, entry: &Entry<'_>) -> Option<Ruling<'_>> {
        let (rule, found) = self
            .rules
            .iter()
            .enumerate()
            .find(|(_, rule)| rule.matches(entry))?;
        Some(Ruling {
            activity: found.activity.as_deref(),
            is_mine: found.is_mine,
            rule,
        })
    }

    /// The names of activities that a rule without a match marks as the owner's own.
    pub fn mine_by_name(&self) -> impl Iterator<Item = &str> {
        self.rules
            .iter()
            .filter(|rule| rule.is_mine && rule.names_only())
            .filter_map(|rule| rule.activity.as_deref())
    }
}

impl RuleRow {
    fn read(self, number: usize) -> Result<Rule, RulesError> {
        let texts = match self.matches {
            OneOrMany::None => Vec::new(),
            OneOrMany::One(text) => vec![text],
            OneOrMany::Many(texts) => texts,
        };
        let patterns = texts
            .iter()
            .map(|text| Pattern::parse(text, number))
            .collect::<Result<Vec<_>, _>>()?;
        let fields = Fields {
            client: lower(self.client),
            project: lower(self.project),
            task: lower(self.task),
            tag: lower(self.tag),
        };
        if self.activity.is_none() && !self.mine {
            let hint = "add  activity = \"Name\"  or  mine = true";
            return Err(RulesError::new(
                "rules.match",
                format!("rule {number} says nothing"),
                hint,
            ));
        }
        if patterns.is_empty() && fields.is_empty() && !(self.mine && self.activity.is_some()) {
            let hint = "add  match = \"words\" , or a client, project, task or tag";
            return Err(RulesError::new(
                "rules.match",
                format!("rule {number} matches nothing"),
                hint,
            ));
        }
        Ok(Rule {
            patterns,
            fields,
            activity: self.activity,
            is_mine: self.mine,
        })
    }
}

fn lower(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_lowercase())
}

impl Fields {
    fn is_empty(&self) -> bool {
        self.client.is_none() && self.project.is_none() && self.task.is_none() && self.tag.is_none()
    }

    fn match_entry(&self, entry: &Entry<'_>) -> bool {
        let is = |wanted: &Option<String>, value: &str| {
            wanted
                .as_ref()
                .is_none_or(|wanted| value.to_lowercase() == *wanted)
        };
        is(&self.client, entry.client)
            && is(&self.project, entry.project)
            && is(&self.task, entry.task)
            && self
                .tag
                .as_ref()
                .is_none_or(|tag| entry.tags.iter().any(|t| t.to_lowercase() == *tag))
    }
}

impl Rule {
    fn names_only(&self) -> bool {
        self.patterns.is_empty() && self.fields.is_empty()
    }

    fn matches(&self, entry: &Entry<'_>) -> bool {
        if self.names_only() || !self.fields.match_entry(entry) {
            return false;
        }
        if self.patterns.is_empty() {
            return true;
        }
        let texts = [entry.description, entry.task, entry.project];
        let lower = texts.map(str::to_lowercase);
        self.patterns.iter().any(|pattern| {
            texts
                .iter()
                .zip(&lower)
                .any(|(text, lower)| pattern.matches(text, lower))
        })
    }
}

#[cfg(test)]
mod tests;
