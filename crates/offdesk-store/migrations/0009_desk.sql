-- What the Desk needs: what was accepted and what was spent lately, found without the record of all years.

CREATE INDEX assignment_accepted ON assignment (workspace_id, accepted_at) WHERE accepted_at IS NOT NULL;
CREATE INDEX supervision_created ON supervision (workspace_id, created_at);
