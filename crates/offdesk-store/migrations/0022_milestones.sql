-- What was reached with a milestone that earned its price, so that one is not paid twice. Of those that are there already it stands in the
-- audit log, at the same moment.
CREATE TABLE milestone (
    workspace_id UUID NOT NULL,
    posting BIGINT NOT NULL,
    handoff_id UUID NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (workspace_id, posting),
    FOREIGN KEY (workspace_id, posting) REFERENCES posting (workspace_id, number),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);
CREATE INDEX milestone_handoff ON milestone (workspace_id, handoff_id, posting);
INSERT INTO milestone (workspace_id, posting, handoff_id, title)
SELECT p.workspace_id, p.number, p.handoff_id, COALESCE(e.detail, '') FROM posting p
LEFT JOIN (SELECT workspace_id, at, MIN(detail) AS detail FROM event WHERE action = 'mark_milestone' GROUP BY workspace_id, at) e
    ON e.workspace_id = p.workspace_id AND e.at = p.at
WHERE p.kind = 'earned' AND p.unit = 'milestone' AND p.handoff_id IS NOT NULL;
