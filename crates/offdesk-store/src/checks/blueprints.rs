//! What must hold of blueprints.

use super::Check;

/// The checks.
pub(super) const CHECKS: [Check; 6] = [
    reference!("blueprint", "workspace", "p.id = c.workspace_id", ""),
    reference!(
        "blueprint",
        "activity",
        "p.workspace_id = c.workspace_id AND p.id = c.activity_id",
        "c.activity_id IS NOT NULL AND"
    ),
    reference!(
        "blueprint_version",
        "blueprint",
        "p.workspace_id = c.workspace_id AND p.id = c.blueprint_id",
        ""
    ),
    reference!(
        "test_run",
        "blueprint_version",
        "p.workspace_id = c.workspace_id AND p.blueprint_id = c.blueprint_id AND p.number = c.number",
        ""
    ),
    reference!(
        "blueprint_word",
        "blueprint",
        "p.workspace_id = c.workspace_id AND p.id = c.blueprint_id",
        ""
    ),
    Check {
        name: "blueprints have the versions they say",
        all: "SELECT COUNT(*) FROM blueprint",
        faults: "SELECT 'a blueprint says version ' || CAST(b.latest AS TEXT) || ', published ' || CAST(b.published AS TEXT) || ', and has ' || CAST(v.latest AS TEXT) || ', published ' || CAST(v.published AS TEXT) || ', ' || CAST(v.number AS TEXT) || ' in all' \
                 FROM blueprint b JOIN ( \
                   SELECT b.workspace_id, b.id, COUNT(v.number) AS number, CAST(COALESCE(MAX(v.number), 0) AS BIGINT) AS latest, \
                     CAST(COALESCE(MAX(CASE WHEN v.published_at IS NULL THEN 0 ELSE v.number END), 0) AS BIGINT) AS published \
                   FROM blueprint b LEFT JOIN blueprint_version v ON v.workspace_id = b.workspace_id AND v.blueprint_id = b.id \
                   GROUP BY b.workspace_id, b.id) v ON v.workspace_id = b.workspace_id AND v.id = b.id \
                 WHERE b.latest <> v.latest OR b.published <> v.published OR v.number <> v.latest OR b.latest > b.published + 1 LIMIT 100",
    },
];
