-- What persons answer and which rungs move is told on the desk.
DROP INDEX handoff_event_declined;
CREATE INDEX handoff_event_told ON handoff_event (workspace_id, at)
    WHERE event IN ('accept', 'decline', 'accept_change', 'decline_change', 'move_rung');

-- Drafts that workers wrote wait for the owner.
CREATE INDEX blueprint_unpublished ON blueprint (workspace_id, changed_at) WHERE published = 0;
