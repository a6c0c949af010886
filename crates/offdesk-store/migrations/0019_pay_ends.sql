-- The end of each workspace's ledger, written with each posting: rows that are cut off are missed.
CREATE TABLE ledger_end (
    workspace_id UUID NOT NULL,
    postings BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (workspace_id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);
INSERT INTO ledger_end (workspace_id, postings, hash)
SELECT p.workspace_id, p.number, p.hash FROM posting p
WHERE p.number = (SELECT MAX(l.number) FROM posting l WHERE l.workspace_id = p.workspace_id);

-- What stood in the pay files that were written, and how long the ledger was then: a payment that is posted later tells what became of it.
CREATE TABLE pay_file_row (
    workspace_id UUID NOT NULL,
    file TEXT NOT NULL,
    statement BIGINT NOT NULL,
    kind TEXT NOT NULL,
    amount TEXT NOT NULL,
    postings BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, file, statement),
    FOREIGN KEY (workspace_id, statement) REFERENCES statement (workspace_id, number)
);
CREATE INDEX pay_file_row_statement ON pay_file_row (workspace_id, statement, created_at);
