-- Within how many hours its questions are answered, and after how many days it counts as accepted: as it was said when it was given.
ALTER TABLE assignment ADD COLUMN answer_by_hours BIGINT NOT NULL DEFAULT 0;
ALTER TABLE assignment ADD COLUMN accept_after_days BIGINT NOT NULL DEFAULT 0;
UPDATE assignment SET
    answer_by_hours = (SELECT h.answer_by_hours FROM handoff h WHERE h.workspace_id = assignment.workspace_id AND h.id = assignment.handoff_id),
    accept_after_days = (SELECT h.accept_after_days FROM handoff h WHERE h.workspace_id = assignment.workspace_id AND h.id = assignment.handoff_id);
