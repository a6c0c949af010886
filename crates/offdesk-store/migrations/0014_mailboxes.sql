-- Assignments by mail. A mailbox is the address of a handoff: whoever knows it may give, so only the hash of its secret is kept. What came is
-- noted by the hash of what tells a message from all others, so that one that is delivered twice is given once.

CREATE TABLE mailbox (
    workspace_id UUID NOT NULL,
    handoff_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    due_hours BIGINT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, handoff_id),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);
CREATE UNIQUE INDEX mailbox_hash ON mailbox (token_hash);

CREATE TABLE mailed (
    workspace_id UUID NOT NULL,
    handoff_id UUID NOT NULL,
    message_hash BYTEA NOT NULL,
    assignment_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, handoff_id, message_hash),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);
