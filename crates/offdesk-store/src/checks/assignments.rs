//! What must hold of assignments and what belongs to them.

use super::Check;

/// The checks.
pub(super) const CHECKS: [Check; 20] = [
    reference!(
        "recurrence",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id",
        ""
    ),
    reference!(
        "assignment",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id AND p.person_id = c.person_id AND p.blueprint_id = c.blueprint_id",
        ""
    ),
    reference!(
        "assignment",
        "blueprint_version",
        "p.workspace_id = c.workspace_id AND p.blueprint_id = c.blueprint_id AND p.number = c.blueprint_number AND (p.published_at IS NOT NULL OR c.state = 'missed')",
        ""
    ),
    reference!(
        "assignment",
        "recurrence",
        "p.workspace_id = c.workspace_id AND p.id = c.recurrence_id AND p.handoff_id = c.handoff_id",
        "c.recurrence_id IS NOT NULL AND"
    ),
    reference!(
        "mailbox",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id",
        ""
    ),
    reference!(
        "mailed",
        "assignment",
        "p.workspace_id = c.workspace_id AND p.id = c.assignment_id AND p.handoff_id = c.handoff_id",
        ""
    ),
    reference!(
        "assignment_step",
        "assignment",
        "p.workspace_id = c.workspace_id AND p.id = c.assignment_id",
        ""
    ),
    reference!(
        "question",
        "assignment",
        "p.workspace_id = c.workspace_id AND p.id = c.assignment_id",
        ""
    ),
    reference!(
        "deliverable_file",
        "assignment",
        "p.workspace_id = c.workspace_id AND p.id = c.assignment_id AND COALESCE(c.round, 0) <= p.rounds",
        ""
    ),
    reference!(
        "assignment_input",
        "assignment",
        "p.workspace_id = c.workspace_id AND p.id = c.assignment_id",
        ""
    ),
    reference!(
        "assignment_input",
        "deliverable_file",
        "p.workspace_id = c.workspace_id AND p.id = c.file_id AND p.assignment_id = c.assignment_id",
        "c.file_id IS NOT NULL AND"
    ),
    reference!(
        "deliverable_part",
        "deliverable_file",
        "p.workspace_id = c.workspace_id AND p.id = c.file_id",
        ""
    ),
    reference!(
        "review",
        "deliverable",
        "p.workspace_id = c.workspace_id AND p.assignment_id = c.assignment_id AND p.round = c.round",
        ""
    ),
    reference!(
        "finding",
        "deliverable",
        "p.workspace_id = c.workspace_id AND p.assignment_id = c.assignment_id AND p.round = c.round",
        ""
    ),
    reference!(
        "supervision",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id",
        ""
    ),
    Check {
        name: "assignments are in a state that can be, with what belongs to it",
        all: "SELECT COUNT(*) FROM assignment",
        faults: "SELECT 'assignment ' || CAST(number AS TEXT) || ' is ' || state || ', with what does not belong to that' FROM assignment \
                 WHERE state NOT IN ('assigned', 'agreed', 'in_progress', 'waiting', 'delivered', 'returned', 'accepted', 'closed', 'declined', 'cancelled', 'expired', 'missed') \
                 OR (answer_by IS NOT NULL AND state <> 'assigned') OR (accept_at IS NOT NULL AND state <> 'delivered') \
                 OR (waiting_since IS NOT NULL) <> (open_questions > 0) OR (state = 'waiting' AND open_questions = 0) \
                 OR (open_questions > 0 AND state NOT IN ('assigned', 'waiting')) \
                 OR (state IN ('accepted', 'closed')) <> (accepted_at IS NOT NULL) OR (accepted_at IS NULL) <> (acceptance IS NULL) \
                 OR COALESCE(acceptance, 'reviewed') NOT IN ('reviewed', 'not_picked', 'timed_out') \
                 OR (rounds = 0) <> (picked IS NULL) OR (rounds = 0) <> (on_time IS NULL) \
                 OR (state IN ('delivered', 'returned', 'accepted', 'closed') AND rounds = 0) OR returns > 2 OR seconds < 0 \
                 OR (state = 'missed') <> (missed_why IS NOT NULL) OR COALESCE(missed_why, 'off') NOT IN ('late', 'paused', 'off', 'budget', 'draft') \
                 OR (agreed_state IS NOT NULL AND state <> 'assigned') OR COALESCE(agreed_state, 'agreed') NOT IN ('agreed', 'in_progress', 'returned') \
                 OR (agreed_state IS NULL) <> (agreed_due IS NULL) OR (agreed_state IS NULL) <> (agreed_number IS NULL) \
                 OR (agreed_state IS NULL) <> (agreed_returns IS NULL) OR (agreed_state IS NULL) <> (agreed_title IS NULL) \
                 OR (agreed_state IS NULL) <> (agreed_note IS NULL) OR (agreed_state IS NULL) <> (agreed_amount IS NULL) \
                 OR (acceptance = 'not_picked') <> (picked = 'no') LIMIT 100",
    },
    Check {
        name: "assignments have a deliverable for each round",
        all: "SELECT COUNT(*) FROM deliverable",
        faults: "SELECT 'assignment ' || CAST(a.number AS TEXT) || ' has ' || CAST(a.rounds AS TEXT) || ' rounds, and deliverables: ' || CAST(d.number AS TEXT) FROM assignment a JOIN ( \
                   SELECT a.workspace_id, a.id, COUNT(d.round) AS number FROM assignment a \
                   LEFT JOIN deliverable d ON d.workspace_id = a.workspace_id AND d.assignment_id = a.id AND d.round <= a.rounds \
                   GROUP BY a.workspace_id, a.id) d ON d.workspace_id = a.workspace_id AND d.id = a.id WHERE d.number <> a.rounds LIMIT 100",
    },
    Check {
        name: "assignments wait for as many answers as they say",
        all: "SELECT COUNT(*) FROM question",
        faults: "SELECT 'assignment ' || CAST(a.number AS TEXT) || ' waits for ' || CAST(a.open_questions AS TEXT) || ' answers, and has questions: ' || CAST(q.number AS TEXT) FROM assignment a JOIN ( \
                   SELECT a.workspace_id, a.id, COUNT(q.id) AS number FROM assignment a \
                   LEFT JOIN question q ON q.workspace_id = a.workspace_id AND q.assignment_id = a.id AND q.answered_at IS NULL \
                   GROUP BY a.workspace_id, a.id) q ON q.workspace_id = a.workspace_id AND q.id = a.id WHERE q.number <> a.open_questions LIMIT 100",
    },
    Check {
        name: "files that were handed in are whole",
        all: "SELECT COUNT(*) FROM deliverable_file",
        faults: "SELECT 'the file ' || f.name || ' has ' || CAST(p.length AS TEXT) || ' bytes of ' || CAST(f.length AS TEXT) FROM deliverable_file f JOIN ( \
                   SELECT f.workspace_id, f.id, CAST(COALESCE(SUM(LENGTH(p.bytes)), 0) AS BIGINT) AS length FROM deliverable_file f \
                   LEFT JOIN (SELECT workspace_id, file_id, bytes FROM deliverable_part UNION ALL \
                     SELECT p.workspace_id, p.upload_id, p.bytes FROM upload_part p JOIN upload u ON u.workspace_id = p.workspace_id AND u.id = p.upload_id WHERE u.state = 'given') p \
                     ON p.workspace_id = f.workspace_id AND p.file_id = f.id \
                   GROUP BY f.workspace_id, f.id) p ON p.workspace_id = f.workspace_id AND p.id = f.id \
                 WHERE f.received <> p.length OR f.received > f.length OR (f.round IS NOT NULL AND f.received <> f.length) LIMIT 100",
    },
    Check {
        name: "findings are faults or preferences, at a step, a criterion or the whole",
        all: "SELECT COUNT(*) FROM finding",
        faults: "SELECT 'a finding is a ' || kind FROM finding WHERE kind NOT IN ('fault', 'preference') OR (is_escape AND kind <> 'fault') LIMIT 100",
    },
];
