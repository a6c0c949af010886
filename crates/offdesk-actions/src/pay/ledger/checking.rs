//! Whether the ledgers of all workspaces hold, and where each ends.

use offdesk_domain::money::to_minor_text;
use offdesk_domain::pay::{Books, Broken, Head, Posting, reference};
use offdesk_store::checks::Checked;
use offdesk_store::pay::statements::{StatementRow, list_statements};
use offdesk_store::workspaces::{list_workspaces, load_workspace};
use offdesk_store::{Scope, StoreError, Tx, Uuid, WorkspaceId};

use super::{kept_end, load_ledger, record};

/// Where the ledger of a workspace ends: to be kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEnd {
    /// The workspace.
    pub workspace: Uuid,
    /// Its name.
    pub name: String,
    /// So many postings, and the hash of the last.
    pub head: Head,
}

/// Whether the ledgers of all workspaces hold: numbers, hashes, rules, ends, and what statements come to and are noted with. The first
/// posting that does not is named. Each head of `elsewhere` has to be one of a ledger, as it is or as it was.
///
/// # Errors
/// Those of the store.
pub fn check_ledgers(
    tx: &mut Tx<'_>,
    elsewhere: &[Head],
) -> Result<(Checked, Vec<LedgerEnd>), StoreError> {
    let mut checked = Checked {
        name: "the ledger is unbroken, and statements are what their postings come to",
        looked_at: 0,
        faults: Vec::new(),
    };
    let (mut ends, mut wanted) = (Vec::new(), elsewhere.to_vec());
    for workspace in list_workspaces(tx)? {
        let scope = &mut Scope::new(tx, WorkspaceId(workspace));
        let postings = match load_ledger(scope) {
            Ok(postings) => postings,
            Err(StoreError::Damaged(why)) => {
                checked.faults.push(why);
                continue;
            }
            Err(error) => return Err(error),
        };
        checked.looked_at += u64::try_from(postings.len()).unwrap_or(0);
        checked.faults.extend(check_ledger(scope, &postings)?);
        let first = Head::new(record(workspace));
        wanted.retain(|head| *head != first && !postings.iter().any(|it| Head::after(it) == *head));
        ends.push(LedgerEnd {
            workspace,
            name: load_workspace(scope)?.name,
            head: postings.last().map_or(first, Head::after),
        });
    }
    checked.faults.extend(wanted.iter().map(|head| {
        format!("no ledger has the posting {head}, which was kept: its end was cut off, or it was written anew")
    }));
    Ok((checked, ends))
}

fn check_ledger(
    scope: &mut Scope<'_, '_>,
    postings: &[Posting],
) -> Result<Vec<String>, StoreError> {
    let noted = kept_end(scope)?;
    let owner = record(scope.workspace().0);
    Ok(match Books::verify(owner, postings, Some(noted)) {
        Err(broken) => vec![broken.to_string()],
        Ok(books) => {
            let rows = list_statements(scope, i64::MAX, u32::MAX)?;
            let mut faults = differing(&rows, &books);
            if books.head() != noted {
                let (found, expected) = (books.head().count, noted.count);
                faults.push(Broken::Cut { expected, found }.to_string());
            }
            faults
        }
    })
}

/// The statements that do not stand as their postings have it: what is owed of them and where they stand is in no hash.
fn differing(rows: &[StatementRow], books: &Books) -> Vec<String> {
    let mut faults = Vec::new();
    for row in rows {
        let number = u64::try_from(row.number).unwrap_or(0);
        let name = reference(number);
        let Some(standing) = books.standings().get(&number) else {
            faults.push(format!("statement {name} is in no posting"));
            continue;
        };
        let payments = &standing.payments;
        let (Ok(owed), Ok(state)) = (payments.owed(), payments.state()) else {
            faults.push(format!(
                "statement {name} comes to more than can be reckoned"
            ));
            continue;
        };
        let reckoned = to_minor_text(owed.amount, owed.currency);
        if row.owed != reckoned {
            let said = &row.owed;
            faults.push(format!(
                "statement {name} says that {said} is owed, and by its postings it is {reckoned}"
            ));
        }
        if row.state != state.word() {
            let (said, state) = (&row.state, state.word());
            faults.push(format!(
                "statement {name} is noted as {said}, and by its postings it is {state}"
            ));
        }
    }
    faults
}
