-- Which steps are ticked and by whom, and not when: nobody's course through an assignment is kept.
ALTER TABLE assignment_step DROP COLUMN ticked_at;
-- Trials that are passed are found without going through all that has happened.
CREATE INDEX handoff_event_trial ON handoff_event (workspace_id, at) WHERE event = 'trial_passed';
