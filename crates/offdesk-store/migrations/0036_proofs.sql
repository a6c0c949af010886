-- Money that came in, and what was reached with milestones, carry a hash each. What is there already gets its own from the program, right after this.
ALTER TABLE receipt ADD COLUMN hash TEXT NOT NULL DEFAULT '';
ALTER TABLE milestone ADD COLUMN hash TEXT NOT NULL DEFAULT '';
