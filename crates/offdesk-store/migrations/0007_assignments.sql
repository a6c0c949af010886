-- Assignments: one time that work of a handoff is done, a record for good. What somebody does at their machine has no column here
-- either: of hours there is only what the person typed, as one sum. Moments are microseconds, lengths seconds, amounts decimal numbers.

-- When work comes back. The rule is followed on the wall clock of the zone: the last occurrence that was dealt with stands in seconds
-- of that clock, so that nothing comes twice or is left out when the zone changes. next_at is when the next one is to be given.
CREATE TABLE recurrence (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    handoff_id UUID NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL,
    rule TEXT NOT NULL,
    start_wall BIGINT NOT NULL,
    zone TEXT NOT NULL,
    off_weekdays BIGINT NOT NULL,
    off_days TEXT NOT NULL,
    lead_hours BIGINT NOT NULL,
    done_wall BIGINT,
    next_at BIGINT,
    state TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);
CREATE INDEX recurrence_handoff ON recurrence (workspace_id, handoff_id);
CREATE INDEX recurrence_due ON recurrence (next_at);

-- The state's own data stand in columns that are empty in other states: answer_by while it is assigned, waiting_since and
-- open_questions while it waits, accept_at while it is delivered, accepted_at and acceptance once it is accepted. wake_at is when a
-- rule has something to do with it. What was drawn for the pick is kept with the deliverable, which was there before.
CREATE TABLE assignment (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    number BIGINT NOT NULL,
    handoff_id UUID NOT NULL,
    person_id UUID NOT NULL,
    blueprint_id UUID NOT NULL,
    blueprint_number BIGINT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    answer_by BIGINT,
    waiting_since BIGINT,
    open_questions BIGINT NOT NULL,
    accept_at BIGINT,
    accepted_at BIGINT,
    acceptance TEXT,
    rounds BIGINT NOT NULL,
    returns BIGINT NOT NULL,
    on_time TEXT,
    picked TEXT,
    has_fault BOOLEAN NOT NULL,
    is_trial BOOLEAN NOT NULL,
    seconds BIGINT NOT NULL,
    recurrence_id UUID,
    occurrence BIGINT,
    wake_at BIGINT,
    agreed_at BIGINT,
    delivered_at BIGINT,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, number),
    UNIQUE (workspace_id, recurrence_id, occurrence),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, blueprint_id, blueprint_number) REFERENCES blueprint_version (workspace_id, blueprint_id, number),
    FOREIGN KEY (workspace_id, recurrence_id) REFERENCES recurrence (workspace_id, id)
);
CREATE INDEX assignment_state ON assignment (workspace_id, state, due_at, id);
CREATE INDEX assignment_person ON assignment (workspace_id, person_id, state, due_at, id);
CREATE INDEX assignment_handoff ON assignment (workspace_id, handoff_id, number);
CREATE INDEX assignment_blueprint ON assignment (workspace_id, blueprint_id, blueprint_number);
CREATE INDEX assignment_wake ON assignment (wake_at) WHERE wake_at IS NOT NULL;

-- Steps of the blueprint that were ticked, by their place from one.
CREATE TABLE assignment_step (
    workspace_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    step BIGINT NOT NULL,
    ticked_by UUID NOT NULL,
    ticked_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, assignment_id, step),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);

-- What was asked on the way. draft_number is the draft of the blueprint that the answer went into.
CREATE TABLE question (
    workspace_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    id UUID NOT NULL,
    step BIGINT,
    text TEXT NOT NULL,
    asked_by UUID NOT NULL,
    asked_at BIGINT NOT NULL,
    answer_by BIGINT,
    answer TEXT NOT NULL,
    answered_by UUID,
    answered_at BIGINT,
    draft_number BIGINT,
    PRIMARY KEY (workspace_id, assignment_id, id),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);
CREATE INDEX question_open ON question (workspace_id, asked_at, id) WHERE answered_at IS NULL;

-- What was handed in, one for each round. drawn is the number that decided whether it is looked at: one in one_in is.
CREATE TABLE deliverable (
    workspace_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    round BIGINT NOT NULL,
    text TEXT NOT NULL,
    link TEXT NOT NULL,
    drawn BIGINT NOT NULL,
    one_in BIGINT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, assignment_id, round),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);

-- Files of deliverables, in parts. A file belongs to no round until it is handed in.
CREATE TABLE deliverable_file (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    round BIGINT,
    name TEXT NOT NULL,
    length BIGINT NOT NULL,
    received BIGINT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);
CREATE INDEX deliverable_file_assignment ON deliverable_file (workspace_id, assignment_id, round);

CREATE TABLE deliverable_part (
    workspace_id UUID NOT NULL,
    file_id UUID NOT NULL,
    start BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, file_id, start),
    FOREIGN KEY (workspace_id, file_id) REFERENCES deliverable_file (workspace_id, id)
);

-- What became of a deliverable: one review for each that was looked at. met is the criteria that hold, by their places.
CREATE TABLE review (
    workspace_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    round BIGINT NOT NULL,
    verdict TEXT NOT NULL,
    met TEXT NOT NULL,
    note TEXT NOT NULL,
    reviewed_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, assignment_id, round),
    FOREIGN KEY (workspace_id, assignment_id, round) REFERENCES deliverable (workspace_id, assignment_id, round)
);

-- A fault or a preference, at a step or a criterion by its place; an escape is a fault found after it was accepted.
CREATE TABLE finding (
    workspace_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    id UUID NOT NULL,
    round BIGINT NOT NULL,
    kind TEXT NOT NULL,
    step BIGINT,
    criterion BIGINT,
    text TEXT NOT NULL,
    is_escape BOOLEAN NOT NULL,
    found_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, assignment_id, id),
    FOREIGN KEY (workspace_id, assignment_id, round) REFERENCES deliverable (workspace_id, assignment_id, round)
);

-- What the owner spent on a handoff besides its price. captured is what the page took; seconds is what counts, put right by hand.
CREATE TABLE supervision (
    workspace_id UUID NOT NULL,
    handoff_id UUID NOT NULL,
    id UUID NOT NULL,
    assignment_id UUID,
    kind TEXT NOT NULL,
    captured BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    account_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, handoff_id, id),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);
CREATE INDEX supervision_assignment ON supervision (workspace_id, assignment_id);
