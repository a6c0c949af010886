-- Money that came in because work was handed off. Rows are only added: one that takes another back has its number.
CREATE TABLE receipt (
    workspace_id UUID NOT NULL,
    number BIGINT NOT NULL,
    handoff_id UUID,
    day BIGINT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    note TEXT NOT NULL,
    of_number BIGINT,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number),
    UNIQUE (workspace_id, of_number),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id),
    FOREIGN KEY (workspace_id, of_number) REFERENCES receipt (workspace_id, number)
);
