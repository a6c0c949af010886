-- What somebody is told without asking. A digest is one mail a day at most: next_at is when it is looked again whether there is anything
-- to tell, sent_day the day, on the clock of whoever gets it, of the last one. A feed is a calendar of due dates at an address nobody can
-- guess; only the hash of it is kept.

CREATE TABLE digest (
    workspace_id UUID NOT NULL,
    account_id UUID NOT NULL,
    is_on BOOLEAN NOT NULL,
    hour BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    sent_day BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, account_id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES member (workspace_id, account_id)
);
CREATE INDEX digest_due ON digest (next_at);

CREATE TABLE feed (
    workspace_id UUID NOT NULL,
    account_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, account_id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES member (workspace_id, account_id)
);
CREATE UNIQUE INDEX feed_hash ON feed (token_hash);
