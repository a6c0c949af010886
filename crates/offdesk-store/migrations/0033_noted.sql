-- What is told of handoffs by its own kind is found without going through all that has happened.
CREATE INDEX handoff_event_beside ON handoff_event (workspace_id, at) WHERE event = 'pay_beside';
CREATE INDEX handoff_event_declined ON handoff_event (workspace_id, at) WHERE event = 'decline_assignment_change';
