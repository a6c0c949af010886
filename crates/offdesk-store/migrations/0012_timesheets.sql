-- Hours that a person types for a week, by its Monday, and what became of it. off_days are the days of the week, Monday being 1, of
-- which they say that they did not work. Of what somebody does at their machine there is no column here either: hours are typed.
CREATE TABLE timesheet (
    workspace_id UUID NOT NULL,
    person_id UUID NOT NULL,
    week_day BIGINT NOT NULL,
    state TEXT NOT NULL,
    off_days TEXT NOT NULL,
    said TEXT NOT NULL,
    submitted_at BIGINT,
    decided_by UUID,
    decided_at BIGINT,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id, week_day),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);
CREATE INDEX timesheet_state ON timesheet (workspace_id, state, week_day);

-- Hours of a day under a handoff.
CREATE TABLE timesheet_line (
    workspace_id UUID NOT NULL,
    person_id UUID NOT NULL,
    week_day BIGINT NOT NULL,
    handoff_id UUID NOT NULL,
    day BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (workspace_id, person_id, week_day, handoff_id, day),
    FOREIGN KEY (workspace_id, person_id, week_day) REFERENCES timesheet (workspace_id, person_id, week_day),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);
CREATE INDEX timesheet_line_handoff ON timesheet_line (workspace_id, handoff_id, day);

-- What was agreed in a handoff before other terms were: from which day on it held. What holds now stands in the handoff itself.
CREATE TABLE former_terms (
    workspace_id UUID NOT NULL,
    handoff_id UUID NOT NULL,
    from_day BIGINT NOT NULL,
    unit TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (workspace_id, handoff_id, from_day),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);
