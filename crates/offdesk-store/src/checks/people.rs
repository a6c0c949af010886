//! What must hold of people and handoffs.

use super::Check;

/// The checks.
pub(super) const CHECKS: [Check; 14] = [
    reference!(
        "digest",
        "member",
        "p.workspace_id = c.workspace_id AND p.account_id = c.account_id",
        ""
    ),
    reference!(
        "feed",
        "member",
        "p.workspace_id = c.workspace_id AND p.account_id = c.account_id",
        ""
    ),
    reference!("person", "workspace", "p.id = c.workspace_id", ""),
    reference!(
        "person",
        "member",
        "p.workspace_id = c.workspace_id AND p.account_id = c.account_id",
        "c.account_id IS NOT NULL AND"
    ),
    reference!(
        "person_terms",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "person_access",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "person_invitation",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "handoff",
        "activity",
        "p.workspace_id = c.workspace_id AND p.id = c.activity_id",
        ""
    ),
    reference!(
        "handoff",
        "blueprint",
        "p.workspace_id = c.workspace_id AND p.id = c.blueprint_id",
        ""
    ),
    reference!(
        "handoff",
        "person",
        "p.workspace_id = c.workspace_id AND p.id = c.person_id",
        ""
    ),
    reference!(
        "handoff_event",
        "handoff",
        "p.workspace_id = c.workspace_id AND p.id = c.handoff_id",
        ""
    ),
    Check {
        name: "handoffs are in a state that can be",
        all: "SELECT COUNT(*) FROM handoff",
        faults: "SELECT 'a handoff is ' || state || ', paused from ' || COALESCE(paused_from, 'nothing') || ', ended for ' || COALESCE(end_reason, 'nothing') || ', trial ' || CAST(trial_done AS TEXT) || ' of ' || CAST(trial_length AS TEXT) FROM handoff \
                 WHERE state NOT IN ('proposed', 'declined', 'accepted', 'trial', 'active', 'paused', 'ended') \
                 OR (state = 'paused') <> (paused_from IS NOT NULL) OR COALESCE(paused_from, 'active') NOT IN ('accepted', 'trial', 'active') \
                 OR (state = 'ended') <> (end_reason IS NOT NULL) OR COALESCE(end_reason, 'dropped') NOT IN ('finished', 'changed_person', 'taken_back', 'dropped') \
                 OR trial_done > trial_length OR ((state = 'trial' OR COALESCE(paused_from, '') = 'trial') AND trial_done >= trial_length) LIMIT 100",
    },
    Check {
        name: "the history of a handoff ends where it stands",
        all: "SELECT COUNT(*) FROM handoff",
        faults: "SELECT 'a handoff is ' || h.state || ', and its history ends with ' || COALESCE(e.state, 'nothing') FROM handoff h \
                 LEFT JOIN handoff_event e ON e.workspace_id = h.workspace_id AND e.handoff_id = h.id AND NOT EXISTS ( \
                   SELECT 1 FROM handoff_event later WHERE later.workspace_id = h.workspace_id AND later.handoff_id = h.id AND later.id > e.id) \
                 WHERE e.state IS NULL OR e.state <> h.state LIMIT 100",
    },
    Check {
        name: "workers are people",
        all: "SELECT COUNT(*) FROM member WHERE role = 'worker'",
        faults: "SELECT 'workers who are no person: ' || CAST(COUNT(*) AS TEXT) FROM member m WHERE m.role = 'worker' AND NOT EXISTS ( \
                   SELECT 1 FROM person p WHERE p.workspace_id = m.workspace_id AND p.account_id = m.account_id) HAVING COUNT(*) > 0",
    },
];
