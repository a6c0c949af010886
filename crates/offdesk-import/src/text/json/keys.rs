//! The keys of a JSON text's first levels, to know a format by.

use std::collections::BTreeSet;

use super::DEEPEST;

/// The keys met in the first levels of a JSON text, as paths such as `data.task` (array levels leave no trace).
#[derive(Debug, Clone, Default)]
pub struct JsonKeys {
    keys: BTreeSet<String>,
    starts: String,
}

impl JsonKeys {
    /// The keys of a (cut) JSON text, down to four levels.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut keys = BTreeSet::new();
        let mut path: Vec<String> = Vec::new();
        let mut pending: Option<String> = None;
        let mut chars = text.char_indices();
        while let Some((_, c)) = chars.next() {
            match c {
                '"' => pending = Some(string_from(&mut chars)),
                ':' => {
                    if let (Some(key), true) = (pending.take(), path.len() <= 4) {
                        if let Some(last) = path.last_mut() {
                            *last = key;
                        }
                        keys.insert(
                            path.iter()
                                .filter(|p| !p.is_empty())
                                .cloned()
                                .collect::<Vec<_>>()
                                .join("."),
                        );
                    }
                }
                '{' => path.push(String::new()),
                '[' => path.push(String::new()),
                '}' | ']' => {
                    path.pop();
                }
                c if c.is_whitespace() => {}
                _ => pending = None,
            }
            if path.len() > DEEPEST {
                break;
            }
        }
        let starts = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .take(8)
            .collect();
        Self { keys, starts }
    }

    /// Whether all these paths were met.
    #[must_use]
    pub fn has_all(&self, paths: &[&str]) -> bool {
        paths.iter().all(|path| self.keys.contains(*path))
    }

    /// The first characters of the text without white space, such as `[[`.
    #[must_use]
    pub fn starts(&self) -> &str {
        &self.starts
    }
}

fn string_from(chars: &mut std::str::CharIndices<'_>) -> String {
    let mut out = String::new();
    let mut escaped = false;
    for (_, c) in chars {
        if escaped {
            escaped = false;
            out.push(c);
        } else if c == '\\' {
            escaped = true;
        } else if c == '"' {
            break;
        } else {
            out.push(c);
        }
    }
    out
}
