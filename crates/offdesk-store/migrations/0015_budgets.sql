-- Budgets: how much may be earned in a calendar month, in one currency, in all, by a person or by a handoff. subject_id is that of the
-- workspace, the person or the handoff: of each there is one in a currency. A notice says when in a month its warning or its line was
-- passed: once each. Amounts are decimal numbers as text, days are days since 1970, moments microseconds.

CREATE TABLE budget (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    subject_id UUID NOT NULL,
    person_id UUID,
    handoff_id UUID,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    warn_at BIGINT NOT NULL,
    blocks BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, subject_id, currency),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);

CREATE TABLE budget_notice (
    workspace_id UUID NOT NULL,
    budget_id UUID NOT NULL,
    month_day BIGINT NOT NULL,
    standing TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, budget_id, month_day, standing),
    FOREIGN KEY (workspace_id, budget_id) REFERENCES budget (workspace_id, id)
);

-- What was earned on the days of a month.
CREATE INDEX posting_day ON posting (workspace_id, day);
-- Up to when somebody was told of budgets.
ALTER TABLE digest ADD COLUMN told_at BIGINT;
