//! What must hold of the rows of a store, asked of the database itself.

use crate::{StoreError, Tx, copy};

/// A question whose rows are faults, each told in a text.
struct Check {
    name: &'static str,
    /// How many rows it looks at.
    all: &'static str,
    /// The faults: one text each.
    faults: &'static str,
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What was checked.
    pub name: &'static str,
    /// So many things were looked at.
    pub looked_at: u64,
    /// What is wrong, the first hundred.
    pub faults: Vec<String>,
}

macro_rules! reference {
    ($child:literal, $parent:literal, $on:literal, $if:literal) => {
        Check {
            name: concat!($child, " refers to its ", $parent),
            all: concat!("SELECT COUNT(*) FROM ", $child),
            faults: concat!(
                "SELECT '",
                $child,
                " without its ",
                $parent,
                ": ' || CAST(COUNT(*) AS TEXT) FROM ",
                $child,
                " c WHERE ",
                $if,
                " NOT EXISTS (SELECT 1 FROM ",
                $parent,
                " p WHERE ",
                $on,
                ") HAVING COUNT(*) > 0"
            ),
        }
    };
}

mod assignments;
mod blueprints;
mod database;
mod pay;
mod people;

const CHECKS: [Check; 32] = [
    // Every reference within its own workspace.
    reference!("member", "workspace", "p.id = c.workspace_id", ""),
    reference!("member", "account", "p.id = c.account_id", ""),
    reference!("session", "account", "p.id = c.account_id", ""),
    reference!("passkey", "account", "p.id = c.account_id", ""),
    reference!("account_event", "account", "p.id = c.account_id", ""),
    reference!("password_reset", "account", "p.id = c.account_id", ""),
    reference!("calendar", "workspace", "p.id = c.workspace_id", ""),
    reference!("worth", "workspace", "p.id = c.workspace_id", ""),
    reference!("source", "workspace", "p.id = c.workspace_id", ""),
    reference!("activity", "workspace", "p.id = c.workspace_id", ""),
    reference!(
        "activity_key",
        "activity",
        "p.workspace_id = c.workspace_id AND p.id = c.activity_id",
        ""
    ),
    reference!(
        "activity_option",
        "activity",
        "p.workspace_id = c.workspace_id AND p.id = c.activity_id",
        ""
    ),
    reference!(
        "wording",
        "activity",
        "p.workspace_id = c.workspace_id AND p.id = c.activity_id",
        ""
    ),
    reference!(
        "entry",
        "source",
        "p.workspace_id = c.workspace_id AND p.id = c.source_id",
        ""
    ),
    reference!(
        "entry",
        "wording",
        "p.workspace_id = c.workspace_id AND p.id = c.wording_id",
        ""
    ),
    reference!(
        "upload_part",
        "upload",
        "p.workspace_id = c.workspace_id AND p.id = c.upload_id",
        ""
    ),
    reference!(
        "upload",
        "source",
        "p.workspace_id = c.workspace_id AND p.id = c.source_id",
        "c.source_id IS NOT NULL AND"
    ),
    reference!(
        "api_token",
        "member",
        "p.workspace_id = c.workspace_id AND p.account_id = c.account_id",
        ""
    ),
    reference!("event", "workspace", "p.id = c.workspace_id", ""),
    Check {
        name: "imports are published, or invisible",
        all: "SELECT COUNT(*) FROM source",
        faults: "SELECT 'import ' || CAST(number AS TEXT) || ' is in the state ' || state FROM source \
                 WHERE state NOT IN ('reading', 'published', 'undone') LIMIT 100",
    },
    Check {
        name: "imports have as many entries as they say",
        all: "SELECT COUNT(*) FROM source WHERE state = 'published'",
        faults: "SELECT 'import ' || CAST(s.number AS TEXT) || ' says ' || CAST(s.entries AS TEXT) || ' entries and ' || CAST(s.seconds AS TEXT) || ' s, and has ' || CAST(e.number AS TEXT) || ' and ' || CAST(e.seconds AS TEXT) || ' s' \
                 FROM source s JOIN ( \
                   SELECT p.workspace_id, p.id, COUNT(e.id) AS number, CAST(COALESCE(SUM(e.seconds), 0) AS BIGINT) AS seconds \
                   FROM source p LEFT JOIN entry e ON e.workspace_id = p.workspace_id AND e.source_id = p.id \
                   WHERE p.state = 'published' GROUP BY p.workspace_id, p.id) e ON e.workspace_id = s.workspace_id AND e.id = s.id \
                 WHERE s.entries <> e.number OR s.seconds <> e.seconds LIMIT 100",
    },
    Check {
        name: "no file was imported twice",
        all: "SELECT COUNT(*) FROM source WHERE state = 'published' AND format NOT IN ('log', 'memory')",
        faults: "SELECT 'the same file is there ' || CAST(COUNT(*) AS TEXT) || ' times, as import ' || CAST(MIN(number) AS TEXT) || ' and ' || CAST(MAX(number) AS TEXT) FROM source \
                 WHERE state = 'published' AND format NOT IN ('log', 'memory') GROUP BY workspace_id, digest HAVING COUNT(*) > 1 LIMIT 100",
    },
    Check {
        name: "entries count for what they are or less",
        all: "SELECT COUNT(*) FROM entry",
        faults: "SELECT 'line ' || CAST(line AS TEXT) || ' has ' || CAST(seconds AS TEXT) || ' s and counts for ' || CAST(counted AS TEXT) FROM entry \
                 WHERE seconds < 0 OR counted < 0 OR counted > seconds OR (NOT is_counted AND counted <> 0) LIMIT 100",
    },
    reference!(
        "wording_time",
        "wording",
        "p.workspace_id = c.workspace_id AND p.id = c.wording_id",
        ""
    ),
    Check {
        name: "activities add up to the entries that count",
        all: "SELECT COUNT(*) FROM wording_time",
        faults: "SELECT 'the activities have ' || CAST(COALESCE(t.spent, 0) AS TEXT) || ' s of import ' || CAST(s.number AS TEXT) || ', its entries ' || CAST(COALESCE(e.spent, 0) AS TEXT) FROM source s \
                 LEFT JOIN ( \
                   SELECT t.workspace_id, t.source_id, CAST(SUM(t.seconds) AS BIGINT) AS spent, CAST(SUM(t.entries) AS BIGINT) AS number FROM wording_time t \
                   JOIN wording w ON w.workspace_id = t.workspace_id AND w.id = t.wording_id AND w.activity_id = t.activity_id \
                   GROUP BY t.workspace_id, t.source_id) t ON t.workspace_id = s.workspace_id AND t.source_id = s.id \
                 LEFT JOIN ( \
                   SELECT workspace_id, source_id, CAST(SUM(counted) AS BIGINT) AS spent, COUNT(*) AS number FROM entry \
                   WHERE is_counted GROUP BY workspace_id, source_id) e ON e.workspace_id = s.workspace_id AND e.source_id = s.id \
                 WHERE s.state = 'published' AND (COALESCE(t.spent, 0) <> COALESCE(e.spent, 0) OR COALESCE(t.number, 0) <> COALESCE(e.number, 0)) LIMIT 100",
    },
    Check {
        name: "days add up to the entries that count",
        all: "SELECT COUNT(*) FROM day_time",
        faults: "SELECT 'the days have ' || CAST(COALESCE(t.spent, 0) AS TEXT) || ' s of import ' || CAST(s.number AS TEXT) || ', its entries ' || CAST(COALESCE(e.spent, 0) AS TEXT) FROM source s \
                 LEFT JOIN ( \
                   SELECT workspace_id, source_id, CAST(SUM(seconds) AS BIGINT) AS spent FROM day_time GROUP BY workspace_id, source_id) t ON t.workspace_id = s.workspace_id AND t.source_id = s.id \
                 LEFT JOIN ( \
                   SELECT workspace_id, source_id, CAST(SUM(counted) AS BIGINT) AS spent FROM entry \
                   WHERE is_counted AND day IS NOT NULL GROUP BY workspace_id, source_id) e ON e.workspace_id = s.workspace_id AND e.source_id = s.id \
                 WHERE s.state = 'published' AND COALESCE(t.spent, 0) <> COALESCE(e.spent, 0) LIMIT 100",
    },
    Check {
        name: "uploads have the bytes they say",
        all: "SELECT COUNT(*) FROM upload",
        faults: "SELECT 'an upload of ' || CAST(u.length AS TEXT) || ' bytes says it has ' || CAST(u.received AS TEXT) || ', and has ' || CAST(p.bytes AS TEXT) FROM upload u JOIN ( \
                   SELECT workspace_id, upload_id, CAST(SUM(LENGTH(bytes)) AS BIGINT) AS bytes FROM upload_part GROUP BY workspace_id, upload_id) p \
                 ON p.workspace_id = u.workspace_id AND p.upload_id = u.id WHERE u.state <> 'given' AND (u.received <> p.bytes OR u.received > u.length) LIMIT 100",
    },
    Check {
        name: "no secret of a session is in clear",
        all: "SELECT COUNT(*) FROM session",
        faults: "SELECT 'sessions whose secret is no hash: ' || CAST(COUNT(*) AS TEXT) FROM session WHERE LENGTH(token_hash) <> 32 HAVING COUNT(*) > 0",
    },
    Check {
        name: "no token is in clear",
        all: "SELECT (SELECT COUNT(*) FROM api_token) + (SELECT COUNT(*) FROM feed) + (SELECT COUNT(*) FROM mailbox)",
        faults: "SELECT 'tokens that are no hash: ' || CAST(COUNT(*) AS TEXT) FROM ( \
                   SELECT token_hash FROM api_token UNION ALL SELECT token_hash FROM feed UNION ALL SELECT token_hash FROM mailbox) t WHERE LENGTH(token_hash) <> 32 HAVING COUNT(*) > 0",
    },
    Check {
        name: "no invitation, recovery code or reset is in clear",
        all: "SELECT (SELECT COUNT(*) FROM invitation) + (SELECT COUNT(*) FROM recovery_code) + (SELECT COUNT(*) FROM password_reset)",
        faults: "SELECT 'invitations, codes and resets that are no hash: ' || CAST(COUNT(*) AS TEXT) FROM ( \
                   SELECT token_hash AS hash FROM invitation UNION ALL SELECT code_hash FROM recovery_code \
                   UNION ALL SELECT token_hash FROM password_reset) c WHERE LENGTH(hash) <> 32 HAVING COUNT(*) > 0",
    },
    Check {
        name: "no second factor is in clear",
        all: "SELECT COUNT(*) FROM account WHERE totp_secret <> ''",
        faults: "SELECT 'second factors that are not sealed (offdesk does it when it starts): ' || CAST(COUNT(*) AS TEXT) FROM account \
                 WHERE totp_secret <> '' AND totp_secret NOT LIKE 'sealed:%' HAVING COUNT(*) > 0",
    },
    Check {
        name: "no password is in clear",
        all: "SELECT COUNT(*) FROM account",
        faults: "SELECT 'accounts whose password is no hash: ' || CAST(COUNT(*) AS TEXT) FROM account \
                 WHERE password_hash <> '' AND password_hash NOT LIKE '$argon2id$%' HAVING COUNT(*) > 0",
    },
];

/// Checks everything, of one moment.
///
/// # Errors
/// [`StoreError`] of the database; what does not hold is no error, but a fault in the answer.
pub fn check_all(tx: &mut Tx<'_>) -> Result<Vec<Checked>, StoreError> {
    copy::lift_time_limit(tx)?;
    let mut all = database::own_checks(tx)?;
    let others = blueprints::CHECKS
        .into_iter()
        .chain(people::CHECKS)
        .chain(assignments::CHECKS)
        .chain(pay::CHECKS);
    for check in CHECKS.into_iter().chain(others) {
        let looked_at = tx.first(check.all, &[], |row| row.count(0))?;
        all.push(Checked {
            name: check.name,
            looked_at: looked_at.unwrap_or(0),
            faults: tx.query(check.faults, &[], |row| row.text(0))?,
        });
    }
    Ok(all)
}

/// Entries of imports that were cut off or undone and not put away yet: they count nowhere.
///
/// # Errors
/// [`StoreError`].
pub fn leftovers(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    let found = tx.first(
        "SELECT COUNT(*) FROM source s JOIN entry e ON e.workspace_id = s.workspace_id AND e.source_id = s.id WHERE s.state <> 'published'",
        &[],
        |row| row.count(0),
    )?;
    Ok(found.unwrap_or(0))
}
