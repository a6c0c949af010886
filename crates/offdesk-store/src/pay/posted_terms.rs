//! By which terms the work of a handoff is in the ledger, and until when.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::{Scope, StoreError};

/// Terms by which something was earned that was not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedTermsRow {
    /// What is paid for, in one word.
    pub unit: String,
    /// The price for one, a decimal number.
    pub amount: String,
    /// Its currency.
    pub currency: String,
    /// Whether it was an assignment, which has terms of its own.
    pub is_assignment: bool,
    /// The day of it, the last one where it is of several.
    pub last_day: i64,
}

/// What was earned, or taken back.
struct Line {
    number: i64,
    at: i64,
    is_earned: bool,
    /// What is taken back.
    of: Option<i64>,
    assignment: Option<Uuid>,
    terms: PostedTermsRow,
}

impl Line {
    /// It stands in the place of what the line before it takes back.
    fn is_in_place_of(&self, before: &Self) -> bool {
        let own = (self.number - 1, self.at, self.assignment);
        !before.is_earned
            && own == (before.number, before.at, before.assignment)
            && self.terms.last_day == before.terms.last_day
    }
}

/// By which terms the work of a handoff from a day on stands in the ledger. What was put right stands by those by which it was posted first:
/// a price that was put right by hand is nothing that was agreed.
///
/// # Errors
/// [`StoreError`].
pub fn list_posted_terms(
    scope: &mut Scope<'_, '_>,
    handoff: Uuid,
    from: i64,
) -> Result<Vec<PostedTermsRow>, StoreError> {
    let parameters = scope.with([handoff.into(), from.into()]);
    let lines = scope.tx.query(
        "SELECT number, at, (kind = 'earned'), of_number, assignment_id, unit, amount, currency, day FROM posting \
         WHERE workspace_id = ? AND handoff_id = ? AND day >= ? AND kind IN ('earned', 'reversed') ORDER BY number",
        &parameters,
        |row| {
            let assignment = row.opt_id(4)?;
            Ok(Line {
                number: row.int(0)?,
                at: row.int(1)?,
                is_earned: row.bool(2)?,
                of: row.opt_int(3)?,
                assignment,
                terms: PostedTermsRow {
                    unit: row.text(5)?,
                    amount: row.text(6)?,
                    currency: row.text(7)?,
                    is_assignment: assignment.is_some(),
                    last_day: row.int(8)?,
                },
            })
        },
    )?;
    let mut standing: BTreeMap<i64, PostedTermsRow> = BTreeMap::new();
    let mut taken: Option<(&Line, Option<PostedTermsRow>)> = None;
    for line in &lines {
        if !line.is_earned {
            taken = Some((line, line.of.and_then(|of| standing.remove(&of))));
            continue;
        }
        let first = taken
            .take()
            .filter(|(before, _)| line.is_in_place_of(before))
            .and_then(|(_, terms)| terms);
        standing.insert(line.number, first.unwrap_or_else(|| line.terms.clone()));
    }
    Ok(standing.into_values().collect())
}
