-- What waits to be sent by mail. The secrets of links are made when a mail is sent, so none of them stands here.
CREATE TABLE mail (
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    workspace_id UUID,
    invitation_id UUID,
    detail TEXT NOT NULL,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    unsure BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    error TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX mail_due ON mail (state, next_at);

CREATE TABLE password_reset (
    account_id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (account_id),
    FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE UNIQUE INDEX password_reset_token ON password_reset (token_hash);

-- Passkeys that are being made or shown: what was asked of the browser, until it answers.
CREATE TABLE ceremony (
    token_hash BYTEA NOT NULL,
    account_id UUID,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash)
);

-- Calendars read from an address. The address is sealed with a key that is not in the database.
CREATE TABLE calendar (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    host TEXT NOT NULL,
    address BYTEA NOT NULL,
    choices TEXT NOT NULL,
    upload_id UUID,
    is_automatic BOOLEAN NOT NULL,
    fetched_at BIGINT,
    next_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    error TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);
CREATE INDEX calendar_due ON calendar (is_automatic, next_at);
