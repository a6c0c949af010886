-- What comes back under a handoff that has ended is over, and says so.
UPDATE recurrence SET state = 'stopped', next_at = NULL, version = version + 1 WHERE state = 'active'
    AND EXISTS (SELECT 1 FROM handoff h WHERE h.workspace_id = recurrence.workspace_id AND h.id = recurrence.handoff_id AND h.state = 'ended');
