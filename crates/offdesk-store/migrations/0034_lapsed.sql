-- Changes of assignments that nobody has answered in time are found without going through all that has happened.
CREATE INDEX handoff_event_lapsed ON handoff_event (workspace_id, at) WHERE event = 'lapse_assignment_change';
