//! What must hold of blueprints.

use super::Check;

/// The checks.
pub(super) const CHECKS: [Check; 10] = [
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
    reference!(
        "attachment",
        "blueprint_version",
        "p.workspace_id = c.workspace_id AND p.blueprint_id = c.blueprint_id AND p.number = c.since",
        ""
    ),
    reference!(
        "attachment",
        "blueprint_version",
        "p.workspace_id = c.workspace_id AND p.blueprint_id = c.blueprint_id AND p.number = c.gone",
        "c.gone IS NOT NULL AND"
    ),
    reference!(
        "attachment_part",
        "attachment",
        "p.workspace_id = c.workspace_id AND p.id = c.attachment_id",
        ""
    ),
    Check {
        name: "attachments of blueprints are whole",
        all: "SELECT COUNT(*) FROM attachment",
        faults: "SELECT 'the file ' || f.name || ' has ' || CAST(p.length AS TEXT) || ' bytes of ' || CAST(f.length AS TEXT) FROM attachment f JOIN ( \
                   SELECT f.workspace_id, f.id, CAST(COALESCE(SUM(LENGTH(p.bytes)), 0) AS BIGINT) AS length FROM attachment f \
                   LEFT JOIN attachment_part p ON p.workspace_id = f.workspace_id AND p.attachment_id = f.id \
                   GROUP BY f.workspace_id, f.id) p ON p.workspace_id = f.workspace_id AND p.id = f.id \
                 WHERE f.length <> p.length OR f.gone <= f.since LIMIT 100",
    },
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
