//! Answers about stress in a workspace's file: those of whoever exports it alone, and only where they ask for them. They belong to whoever
//! brings the file in.

use std::io::{BufRead, BufReader, Read};

use offdesk_domain::Day;
use offdesk_domain::returns::{Answer, monday_of};
use offdesk_store::pay::weeks::{list_stress, save_stress};
use offdesk_store::{Scope, Uuid, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::damaged;
use super::rows::absorb;
use crate::error::Error;
use crate::moment::{Moment, hex};

/// Where the answers stand in the file.
pub(super) const STRESS: &str = "stress.jsonl";
/// Their lines are no longer than this in all: a century of weeks is far less.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Whether answers about stress go along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stress {
    /// They stay.
    LeftOut,
    /// One's own go along; those of others never do.
    Own,
}

/// What the manifest says of the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StressJson {
    /// So many.
    pub answers: u64,
    /// SHA-256 over them, in hexadecimal digits.
    sha256: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineJson {
    week: String,
    answer: i64,
}

/// What the manifest says of an account's answers.
pub(super) fn said_of(scope: &mut Scope<'_, '_>, account: Uuid) -> Result<StressJson, Error> {
    let mut hasher = Sha256::new();
    let mut answers = 0;
    for (week, answer) in list_stress(scope, account, u32::MAX)? {
        answers += 1;
        absorb(&mut hasher, &Value::Int(week));
        absorb(&mut hasher, &Value::Int(answer));
    }
    let sha256 = hex(&hasher.finalize());
    Ok(StressJson { answers, sha256 })
}

/// An account's answers as lines.
pub(super) fn lines_of(scope: &mut Scope<'_, '_>, account: Uuid) -> Result<String, Error> {
    let mut text = String::new();
    for (week, answer) in list_stress(scope, account, u32::MAX)? {
        let day = Day::from_number(week).ok_or_else(|| crate::pay::damaged("an answer"))?;
        let week = day.to_string();
        let line = serde_json::to_string(&LineJson { week, answer });
        text += &line.map_err(|error| super::file_error(&error))?;
        text.push('\n');
    }
    Ok(text)
}

/// Takes answers in for an account.
pub(super) fn take(
    scope: &mut Scope<'_, '_>,
    account: Uuid,
    entry: impl Read,
    moment: Moment,
) -> Result<(), Error> {
    let wrong = |why: &dyn std::fmt::Display| damaged(format!("{STRESS}: {why}"));
    for line in BufReader::new(entry.take(LONGEST)).lines() {
        let line = line.map_err(|error| wrong(&error))?;
        let line: LineJson = serde_json::from_str(&line).map_err(|error| wrong(&error))?;
        let answer = Answer::new(line.answer).map_err(|error| wrong(&error))?;
        let week = line
            .week
            .parse()
            .map_err(|error: jiff::Error| wrong(&error))?;
        let week = Day::from_date(week);
        if monday_of(week) != week {
            return Err(wrong(&format!("{week} is no Monday")));
        }
        let number = i64::from(answer.number());
        save_stress(scope, account, week.0.into(), number, moment.micros())?;
    }
    Ok(())
}
