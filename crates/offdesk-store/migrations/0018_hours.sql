-- Files of hours that a tracker exported and that go into a person's timesheet: looked at first, then imported, and undone where that was wrong.
-- The bytes are there only until it is imported.
CREATE TABLE hours_import (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    file TEXT NOT NULL,
    format TEXT NOT NULL,
    state TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    entries BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);
CREATE INDEX hours_import_person ON hours_import (workspace_id, person_id, id);

-- The rows that were imported, by a hash of what tells one from another: none comes twice.
CREATE TABLE hours_row (
    workspace_id UUID NOT NULL,
    person_id UUID NOT NULL,
    row_hash BYTEA NOT NULL,
    import_id UUID NOT NULL,
    handoff_id UUID NOT NULL,
    day BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id, row_hash),
    FOREIGN KEY (workspace_id, import_id) REFERENCES hours_import (workspace_id, id),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);
CREATE INDEX hours_row_import ON hours_row (workspace_id, import_id);

-- What somebody has said about rows that name no handoff, or several: which one they are for; empty where for none.
CREATE TABLE hours_match (
    workspace_id UUID NOT NULL,
    person_id UUID NOT NULL,
    match_key TEXT NOT NULL,
    handoff_id UUID,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id, match_key),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);
