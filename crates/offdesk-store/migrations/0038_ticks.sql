-- Which steps are ticked and by whom, and not when: nobody's course through an assignment is kept.
ALTER TABLE assignment_step DROP COLUMN ticked_at;
