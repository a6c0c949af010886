-- What AI agents cost: their rates by day, and how much they were used for an assignment. Prices are decimal numbers as text, of a use, of a
-- million tokens or of a month; units that go in and come out are tokens; days are days since 1970, moments microseconds.

CREATE TABLE agent_rate (
    workspace_id UUID NOT NULL,
    person_id UUID NOT NULL,
    id UUID NOT NULL,
    from_day BIGINT NOT NULL,
    per TEXT NOT NULL,
    amount TEXT NOT NULL,
    input TEXT NOT NULL,
    output TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id, id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);

CREATE TABLE agent_usage (
    workspace_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    id UUID NOT NULL,
    day BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    units_in BIGINT NOT NULL,
    units_out BIGINT NOT NULL,
    note TEXT NOT NULL,
    account_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, assignment_id, id),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);
