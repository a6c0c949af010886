-- People who can do work, on which terms, and what was handed off to whom. There is no column for what somebody does at their
-- machine, where they are or when they were last seen: the worker promise is held here.
-- Days are days since 1970, lengths are seconds, moments microseconds, amounts decimal numbers as text.

CREATE TABLE person (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    place TEXT NOT NULL,
    zone TEXT NOT NULL,
    working_hours TEXT NOT NULL,
    languages TEXT NOT NULL,
    skills TEXT NOT NULL,
    capacity_per_week BIGINT,
    fees TEXT NOT NULL,
    notes TEXT NOT NULL,
    account_id UUID,
    off_until BIGINT,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES member (workspace_id, account_id)
);
CREATE UNIQUE INDEX person_account ON person (workspace_id, account_id);
CREATE INDEX person_state ON person (workspace_id, state, name, id);

-- What is paid, from a day on. Terms that were agreed stand in the handoff.
CREATE TABLE person_terms (
    workspace_id UUID NOT NULL,
    person_id UUID NOT NULL,
    id UUID NOT NULL,
    from_day BIGINT NOT NULL,
    unit TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id, id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);

-- What a person was let into, so that it can be taken back when they go.
CREATE TABLE person_access (
    workspace_id UUID NOT NULL,
    person_id UUID NOT NULL,
    id UUID NOT NULL,
    what TEXT NOT NULL,
    location TEXT NOT NULL,
    granted_day BIGINT NOT NULL,
    revoked_day BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id, id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);

-- Whom an invitation is for, where it is for a person who does work.
CREATE TABLE person_invitation (
    workspace_id UUID NOT NULL,
    invitation_id UUID NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, invitation_id),
    FOREIGN KEY (workspace_id, invitation_id) REFERENCES invitation (workspace_id, id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);
CREATE INDEX person_invitation_person ON person_invitation (workspace_id, person_id);

-- From now on this person does this activity by this blueprint, on these terms, for this reason. The columns from unit to start_day are
-- what was agreed; those with change_ in front are what is proposed in their place, all empty where nothing is. Expected is what
-- was reckoned when it was handed off, as JSON; no person who does the work ever sees it.
CREATE TABLE handoff (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    activity_id UUID NOT NULL,
    blueprint_id UUID NOT NULL,
    person_id UUID NOT NULL,
    reason TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    blueprint_number BIGINT NOT NULL,
    start_day BIGINT NOT NULL,
    change_unit TEXT,
    change_amount TEXT,
    change_currency TEXT,
    change_blueprint_number BIGINT,
    change_start_day BIGINT,
    change_note TEXT NOT NULL,
    expected TEXT NOT NULL,
    note TEXT NOT NULL,
    sent_by TEXT NOT NULL,
    is_critical BOOLEAN NOT NULL,
    rung BIGINT NOT NULL,
    in_a_row BIGINT NOT NULL,
    clean_in_row BIGINT NOT NULL,
    answer_by_hours BIGINT NOT NULL,
    accept_after_days BIGINT NOT NULL,
    trial_length BIGINT NOT NULL,
    trial_done BIGINT NOT NULL,
    state TEXT NOT NULL,
    paused_from TEXT,
    end_reason TEXT,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, activity_id) REFERENCES activity (workspace_id, id),
    FOREIGN KEY (workspace_id, blueprint_id) REFERENCES blueprint (workspace_id, id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);
CREATE INDEX handoff_changed ON handoff (workspace_id, changed_at, id);
CREATE INDEX handoff_activity ON handoff (workspace_id, activity_id);
CREATE INDEX handoff_blueprint ON handoff (workspace_id, blueprint_id);
CREATE INDEX handoff_person ON handoff (workspace_id, person_id);

-- What became of a handoff, in order. Rows are only added.
CREATE TABLE handoff_event (
    workspace_id UUID NOT NULL,
    handoff_id UUID NOT NULL,
    id UUID NOT NULL,
    event TEXT NOT NULL,
    state TEXT NOT NULL,
    detail TEXT NOT NULL,
    account_id UUID NOT NULL,
    door TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, handoff_id, id),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);
