-- By which version of its blueprint something was handed in or asked: findings and questions stand at places of that version, also once
-- the assignment goes on by a newer one. Of what is there already it is the version the assignment has now.
ALTER TABLE deliverable ADD COLUMN blueprint_number BIGINT NOT NULL DEFAULT 0;
UPDATE deliverable SET blueprint_number = (SELECT a.blueprint_number FROM assignment a
    WHERE a.workspace_id = deliverable.workspace_id AND a.id = deliverable.assignment_id);
ALTER TABLE question ADD COLUMN blueprint_number BIGINT NOT NULL DEFAULT 0;
UPDATE question SET blueprint_number = (SELECT a.blueprint_number FROM assignment a
    WHERE a.workspace_id = question.workspace_id AND a.id = question.assignment_id);

-- What the text was that somebody followed: a draft that was rewritten afterwards was not followed. Empty, and so
-- unknown, of what is there already.
ALTER TABLE test_run ADD COLUMN text_hash TEXT NOT NULL DEFAULT '';

-- Why an occurrence was never given: it was due before it could be, or the person was off.
ALTER TABLE assignment ADD COLUMN missed_why TEXT;
UPDATE assignment SET missed_why = 'late' WHERE state = 'missed';

-- What the owner's side and the workers are told of that nobody waits for: the latest first, without reading all that has ended.
CREATE INDEX assignment_ended ON assignment (workspace_id, changed_at) WHERE state IN ('declined', 'expired', 'missed');
CREATE INDEX handoff_event_declined ON handoff_event (workspace_id, at) WHERE event IN ('decline', 'decline_change');
CREATE INDEX question_answered ON question (workspace_id, asked_by, answered_at) WHERE answered_at IS NOT NULL;

-- Picks that nobody looked at in time weaken what the ladder of their handoff promises.
CREATE INDEX assignment_lapsed ON assignment (workspace_id, handoff_id) WHERE acceptance = 'timed_out';
