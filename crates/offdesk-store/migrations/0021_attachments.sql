-- Files that belong to a blueprint: a price list, a form, a picture. A version has those that came with it or before it and are not gone
-- since: what was published stays with what it was published with.
CREATE TABLE attachment (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    blueprint_id UUID NOT NULL,
    name TEXT NOT NULL,
    length BIGINT NOT NULL,
    since BIGINT NOT NULL,
    gone BIGINT,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, blueprint_id) REFERENCES blueprint (workspace_id, id)
);
CREATE INDEX attachment_blueprint ON attachment (workspace_id, blueprint_id, name, id);

CREATE TABLE attachment_part (
    workspace_id UUID NOT NULL,
    attachment_id UUID NOT NULL,
    start BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, attachment_id, start),
    FOREIGN KEY (workspace_id, attachment_id) REFERENCES attachment (workspace_id, id)
);
