//! Secrets that stand in a text: everybody who follows the page, and every export of it, would have them.

use super::super::Blueprint;
use super::{Warning, warning};

/// Words before a secret.
const NAMES: [&str; 14] = [
    "password",
    "passwort",
    "passcode",
    "passphrase",
    "pwd",
    "pw",
    "pin",
    "api key",
    "apikey",
    "api-key",
    "secret",
    "access token",
    "token",
    "contraseña",
];
/// What secrets of well-known services begin with.
const BEGINNINGS: [&str; 12] = [
    "sk_live_",
    "rk_live_",
    "sk-",
    "ghp_",
    "gho_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "AKIA",
    "AIza",
    "-----BEGIN",
];
/// Letters and digits mixed in one word of this length are taken for a key.
const KEY_LENGTH: usize = 32;

/// The lines that hold a secret, which is not shown again.
pub(super) fn secrets(blueprint: &Blueprint) -> Vec<Warning> {
    let text = blueprint.markdown();
    text.lines()
        .enumerate()
        .filter_map(|(at, line)| Some((at + 1, kind_in(line)?)))
        .map(|(number, what)| {
            warning(
                "L11",
                format!("line {number} seems to hold {what}"),
                "keep it in a password store, and write here where it is kept; then change it",
            )
        })
        .collect()
}

fn kind_in(line: &str) -> Option<&'static str> {
    if has_named_secret(line) {
        return Some("a password or a key");
    }
    let mut words =
        line.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>'));
    if words.any(is_key) {
        return Some("a key");
    }
    has_card_number(line).then_some("a card number")
}

/// `password: x`, `PIN = 1234`, but not `password: in the store`.
fn has_named_secret(line: &str) -> bool {
    let lower = line.to_lowercase();
    NAMES.iter().any(|name| {
        lower.match_indices(name).any(|(at, _)| {
            let before = lower.get(..at).and_then(|text| text.chars().next_back());
            let behind = start_of(lower.get(at + name.len()..).unwrap_or_default());
            let behind = behind.trim_start_matches(['*', '_', '`', ' ']);
            let value = behind
                .strip_prefix([':', '='])
                .map(|rest| rest.trim_matches(['*', '_', '`', ' ', '"', '\'']));
            let is_value = value.is_some_and(|value| {
                let mut words = value.split_whitespace();
                let first = words.next().unwrap_or_default();
                let has_sign = first.contains(|c: char| !c.is_alphabetic() && c != '.');
                first.chars().count() >= 4 && (has_sign || words.next().is_none())
            });
            before.is_none_or(|c| !c.is_alphanumeric()) && is_value
        })
    })
}

/// As much of a text as the value of a name may take: a line may name a thousand.
fn start_of(text: &str) -> &str {
    const MOST: usize = 96;
    let end = (0..=MOST.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

fn is_key(word: &str) -> bool {
    let word = word.trim_matches([',', '.', ';', ')', '(', ']', '[']);
    if BEGINNINGS
        .iter()
        .any(|start| word.starts_with(start) && word.len() > start.len() + 8)
        || word.starts_with("-----BEGIN")
    {
        return true;
    }
    let is_signs = word.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-')
    });
    let has = |test: fn(&u8) -> bool| word.bytes().any(|byte| test(&byte));
    let is_address = word.contains("//") || word.matches('/').count() > 2;
    // Ids in links are no secrets; a link has a colon and so is not of these signs alone.
    is_signs
        && !is_address
        && word.len() >= KEY_LENGTH
        && has(u8::is_ascii_digit)
        && has(u8::is_ascii_alphabetic)
        && word.bytes().filter(|byte| *byte == b'-').count() < 4
}

/// Thirteen to nineteen digits that pass the check of card numbers.
fn has_card_number(line: &str) -> bool {
    let mut digits = Vec::new();
    let mut has_found = false;
    for c in line.chars().chain(['.']) {
        match c.to_digit(10) {
            Some(digit) => digits.push(digit),
            None if c == ' ' || c == '-' => {}
            None => {
                has_found |= (13..=19).contains(&digits.len()) && passes_luhn(&digits);
                digits.clear();
            }
        }
    }
    has_found
}

fn passes_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit * 2) {
            (0, _) => *digit,
            (_, doubled @ 10..) => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}
