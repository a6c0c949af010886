//! What must hold of pay, as far as the database itself can tell; hashes, rules and sums are walked through by the actions.

use super::Check;

/// The checks.
pub(super) const CHECKS: [Check; 43] = [
    reference!(
        "person_pay",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!("payer", "workspace", "p.id = c.workspace_id", ""),
    reference!("ledger_end", "workspace", "p.id = c.workspace_id", ""),
    reference!(
        "pay_file_row",
        "statement",
        "p.workspace_id = c.workspace_id AND p.number = c.statement",
        ""
    ),
    reference!("freed_hours", "workspace", "p.id = c.workspace_id", ""),
    reference!("stress_answer", "workspace", "p.id = c.workspace_id", ""),
    reference!(
        "statement",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "posting",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id AND p.person_id = c.person_id",
        "c.handoff_id IS NOT NULL AND"
    ),
    reference!(
        "posting",
        "assignment",
        "p.workspace_id = c.workspace_id AND p.id = c.assignment_id AND p.handoff_id = c.handoff_id",
        "c.assignment_id IS NOT NULL AND"
    ),
    reference!(
        "statement_posting",
        "posting",
        "p.workspace_id = c.workspace_id AND p.number = c.posting AND p.kind IN ('earned', 'reversed')",
        ""
    ),
    reference!(
        "statement_posting",
        "statement",
        "p.workspace_id = c.workspace_id AND p.number = c.statement",
        ""
    ),
    reference!(
        "milestone",
        "posting",
        "p.workspace_id = c.workspace_id AND p.number = c.posting AND p.kind = 'earned' AND p.handoff_id = c.handoff_id",
        ""
    ),
    reference!(
        "receipt",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id",
        "c.handoff_id IS NOT NULL AND"
    ),
    reference!(
        "handoff_sum",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id",
        ""
    ),
    Check {
        name: "money that came in is taken back once, as a whole",
        all: "SELECT COUNT(*) FROM receipt WHERE of_number IS NOT NULL",
        faults: "SELECT 'receipt ' || CAST(b.number AS TEXT) || ' does not take back all of ' || CAST(b.of_number AS TEXT) FROM receipt b \
                 LEFT JOIN receipt r ON r.workspace_id = b.workspace_id AND r.number = b.of_number \
                 WHERE b.of_number IS NOT NULL AND (r.number IS NULL OR r.of_number IS NOT NULL OR r.amount <> b.amount \
                 OR r.currency <> b.currency OR r.day <> b.day OR r.number > b.number) LIMIT 100",
    },
    reference!(
        "former_terms",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id",
        ""
    ),
    reference!(
        "timesheet",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "timesheet_line",
        "timesheet",
        "p.workspace_id = c.workspace_id AND p.person_id = c.person_id AND p.week_day = c.week_day",
        ""
    ),
    reference!(
        "timesheet_line",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id AND p.person_id = c.person_id",
        ""
    ),
    reference!(
        "agent_rate",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "agent_usage",
        "assignment",
        "p.workspace_id = c.workspace_id AND p.id = c.assignment_id",
        ""
    ),
    Check {
        name: "rates of agents have what their kind has",
        all: "SELECT COUNT(*) FROM agent_rate",
        faults: "SELECT 'a rate is by the ' || per || ', with what does not belong to that' FROM agent_rate \
                 WHERE per NOT IN ('use', 'token', 'plan') OR (per = 'token') <> (amount = '') OR (per = 'token') <> (input <> '') \
                 OR (input = '') <> (output = '') LIMIT 100",
    },
    Check {
        name: "usage is something, and never less than nothing",
        all: "SELECT COUNT(*) FROM agent_usage",
        faults: "SELECT 'a usage has ' || CAST(uses AS TEXT) || ' uses, ' || CAST(units_in AS TEXT) || ' tokens in and ' || CAST(units_out AS TEXT) || ' out' FROM agent_usage \
                 WHERE uses < 0 OR units_in < 0 OR units_out < 0 OR uses + units_in + units_out = 0 LIMIT 100",
    },
    reference!("budget", "workspace", "p.id = c.workspace_id", ""),
    reference!(
        "budget",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        "c.person_id IS NOT NULL AND"
    ),
    reference!(
        "budget",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id",
        "c.handoff_id IS NOT NULL AND"
    ),
    reference!(
        "budget_notice",
        "budget",
        "p.workspace_id = c.workspace_id AND p.id = c.budget_id",
        ""
    ),
    Check {
        name: "budgets are of one subject, and say from when they warn",
        all: "SELECT COUNT(*) FROM budget",
        faults: "SELECT 'a budget of ' || amount || ' ' || currency || ' is not of one subject, or warns at ' || CAST(warn_at AS TEXT) || ' %' FROM budget \
                 WHERE warn_at < 1 OR warn_at > 100 OR (person_id IS NOT NULL AND handoff_id IS NOT NULL) \
                 OR subject_id <> COALESCE(person_id, handoff_id, workspace_id) LIMIT 100",
    },
    reference!(
        "hours_import",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "hours_row",
        "hours_import",
        "p.workspace_id = c.workspace_id AND p.id = c.import_id AND p.person_id = c.person_id",
        ""
    ),
    reference!(
        "hours_row",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id AND p.person_id = c.person_id",
        ""
    ),
    reference!(
        "hours_match",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id AND p.person_id = c.person_id",
        "c.handoff_id IS NOT NULL AND"
    ),
    reference!(
        "bill",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "bill",
        "statement",
        "p.workspace_id = c.workspace_id AND p.number = c.statement AND p.person_id = c.person_id AND p.currency = c.currency",
        "c.statement IS NOT NULL AND"
    ),
    reference!(
        "bill_line",
        "bill",
        "p.workspace_id = c.workspace_id AND p.id = c.bill_id",
        ""
    ),
    reference!(
        "bill_line",
        "assignment",
        "p.workspace_id = c.workspace_id AND p.id = c.assignment_id",
        "c.assignment_id IS NOT NULL AND"
    ),
    reference!(
        "bill_file",
        "bill",
        "p.workspace_id = c.workspace_id AND p.id = c.bill_id",
        ""
    ),
    Check {
        name: "a bill that is approved has its statement",
        all: "SELECT COUNT(*) FROM bill",
        faults: "SELECT 'bill ' || number || ' is ' || state || ', and its statement says otherwise' FROM bill \
                 WHERE (state = 'approved') <> (statement IS NOT NULL) OR state NOT IN ('received', 'queried', 'approved') LIMIT 100",
    },
    Check {
        name: "the ledger has no gap",
        all: "SELECT COUNT(*) FROM posting",
        faults: "SELECT 'the ledger ends with posting ' || CAST(MAX(number) AS TEXT) || ' and has ' || CAST(COUNT(*) AS TEXT) FROM posting \
                 GROUP BY workspace_id HAVING COUNT(*) <> MAX(number) OR MIN(number) <> 1 LIMIT 100",
    },
    Check {
        name: "postings have what their kind has",
        all: "SELECT COUNT(*) FROM posting",
        faults: "SELECT 'posting ' || CAST(number AS TEXT) || ' is ' || kind || ', with what does not belong to that' FROM posting \
                 WHERE kind NOT IN ('earned', 'reversed', 'stated', 'paid', 'payment_returned') OR LENGTH(hash) <> 32 \
                 OR (kind IN ('reversed', 'payment_returned')) <> (of_number IS NOT NULL) OR of_number >= number \
                 OR (kind IN ('stated', 'paid', 'payment_returned')) <> (statement IS NOT NULL) \
                 OR (kind IN ('earned', 'reversed')) <> (handoff_id IS NOT NULL AND activity_id IS NOT NULL AND quantity IS NOT NULL AND unit IS NOT NULL) \
                 OR (kind = 'stated') <> (amount IS NULL) OR (kind = 'stated') <> (day IS NULL) LIMIT 100",
    },
    Check {
        name: "what is earned with a milestone has what was reached",
        all: "SELECT COUNT(*) FROM posting WHERE unit = 'milestone'",
        faults: "SELECT 'posting ' || CAST(p.number AS TEXT) || ' is of a milestone that is gone' FROM posting p \
                 WHERE p.kind = 'earned' AND p.unit = 'milestone' \
                 AND NOT EXISTS (SELECT 1 FROM milestone m WHERE m.workspace_id = p.workspace_id AND m.posting = p.number) LIMIT 100",
    },
    Check {
        name: "no assignment is earned twice",
        all: "SELECT COUNT(*) FROM posting WHERE assignment_id IS NOT NULL",
        faults: "SELECT 'an assignment is earned ' || CAST(COUNT(*) AS TEXT) || ' times, last by posting ' || CAST(MAX(p.number) AS TEXT) FROM posting p \
                 WHERE p.kind = 'earned' AND p.unit = 'assignment' AND p.assignment_id IS NOT NULL \
                 AND NOT EXISTS (SELECT 1 FROM posting r WHERE r.workspace_id = p.workspace_id AND r.of_number = p.number) \
                 GROUP BY p.workspace_id, p.assignment_id HAVING COUNT(*) > 1 LIMIT 100",
    },
    Check {
        name: "what handoffs came to is what their postings and times add up to",
        all: "SELECT COUNT(*) FROM handoff_sum",
        faults: "SELECT 'what a handoff came to is off by ' || CAST(CAST(SUM(quantity) AS BIGINT) AS TEXT) || ' ' || counted FROM ( \
                   SELECT workspace_id, handoff_id, counted, quantity_of, amount, currency, quantity FROM handoff_sum UNION ALL \
                   SELECT workspace_id, handoff_id, counted, COALESCE(quantity_of, 0), amount, currency, CASE WHEN kind = 'reversed' THEN quantity ELSE -quantity END FROM posting \
                   WHERE kind IN ('earned', 'reversed') AND handoff_id IS NOT NULL AND counted IS NOT NULL AND quantity IS NOT NULL AND amount IS NOT NULL UNION ALL \
                   SELECT workspace_id, handoff_id, 'supervision', 0, '', '', -seconds FROM supervision) s \
                 GROUP BY workspace_id, handoff_id, counted, quantity_of, amount, currency HAVING SUM(quantity) <> 0 LIMIT 100",
    },
];
