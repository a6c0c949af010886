-- One text for SQLite and PostgreSQL. Every table of a workspace has the workspace first in its key and in every reference, so that
-- the database itself refuses a reference across workspaces, and the tables can be spread by workspace.
-- Moments are microseconds since 1970 in UTC; days are days since 1970; rates are decimal numbers as text.

CREATE TABLE setting (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE account (
    id UUID NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    totp_secret TEXT NOT NULL,
    totp_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX account_email ON account (email);

CREATE TABLE recovery_code (
    account_id UUID NOT NULL,
    code_hash BYTEA NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_hash),
    FOREIGN KEY (account_id) REFERENCES account (id)
);

CREATE TABLE passkey (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    credential_id BYTEA NOT NULL,
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE UNIQUE INDEX passkey_credential ON passkey (credential_id);

CREATE TABLE workspace (
    id UUID NOT NULL,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    place TEXT NOT NULL,
    zone TEXT NOT NULL,
    weeks_per_year TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE member (
    workspace_id UUID NOT NULL,
    account_id UUID NOT NULL,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, account_id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id),
    FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX member_account ON member (account_id);

CREATE TABLE session (
    token_hash BYTEA NOT NULL,
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    workspace_id UUID,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    is_verified BOOLEAN NOT NULL,
    PRIMARY KEY (token_hash),
    FOREIGN KEY (account_id) REFERENCES account (id)
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE invitation (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);

CREATE TABLE api_token (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id, account_id) REFERENCES member (workspace_id, account_id)
);
CREATE UNIQUE INDEX api_token_hash ON api_token (token_hash);

CREATE TABLE attempt (
    name TEXT NOT NULL,
    since BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE worth (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    from_day BIGINT NOT NULL,
    basis TEXT NOT NULL,
    figures TEXT NOT NULL,
    multiple TEXT NOT NULL,
    hour TEXT NOT NULL,
    target TEXT NOT NULL,
    ceiling TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);

CREATE TABLE source (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    number BIGINT NOT NULL,
    format TEXT NOT NULL,
    label TEXT NOT NULL,
    file TEXT NOT NULL,
    digest BYTEA NOT NULL,
    kind TEXT NOT NULL,
    line_count BIGINT NOT NULL,
    entries BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    bad BIGINT NOT NULL,
    first_day BIGINT,
    last_day BIGINT,
    has_totals BOOLEAN NOT NULL,
    remarks TEXT NOT NULL,
    state TEXT NOT NULL,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, number),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);

CREATE TABLE activity (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    stays TEXT,
    price_low TEXT,
    price_likely TEXT,
    price_high TEXT,
    price_currency TEXT,
    price_place TEXT,
    price_occupation TEXT,
    price_confidence BIGINT,
    price_source TEXT,
    is_own_price BOOLEAN NOT NULL,
    is_rest_of_list BOOLEAN NOT NULL,
    judgement TEXT,
    judgement_reason TEXT,
    back_day BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, name_key),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);

CREATE TABLE activity_key (
    workspace_id UUID NOT NULL,
    name TEXT NOT NULL,
    activity_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, name),
    FOREIGN KEY (workspace_id, activity_id) REFERENCES activity (workspace_id, id)
);
CREATE INDEX activity_key_activity ON activity_key (workspace_id, activity_id);

CREATE TABLE wording (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    digest BYTEA NOT NULL,
    description TEXT NOT NULL,
    project TEXT NOT NULL,
    task TEXT NOT NULL,
    tags TEXT NOT NULL,
    activity_id UUID NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, digest),
    FOREIGN KEY (workspace_id, activity_id) REFERENCES activity (workspace_id, id)
);
CREATE INDEX wording_activity ON wording (workspace_id, activity_id);

CREATE TABLE entry (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    source_id UUID NOT NULL,
    wording_id UUID NOT NULL,
    person TEXT NOT NULL,
    client TEXT NOT NULL,
    project TEXT NOT NULL,
    task TEXT NOT NULL,
    tags TEXT NOT NULL,
    description TEXT NOT NULL,
    day BIGINT,
    start_at BIGINT,
    end_at BIGINT,
    seconds BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    is_counted BOOLEAN NOT NULL,
    line BIGINT NOT NULL,
    fingerprint BIGINT NOT NULL,
    external_id TEXT NOT NULL,
    PRIMARY KEY (workspace_id, source_id, id),
    FOREIGN KEY (workspace_id, source_id) REFERENCES source (workspace_id, id),
    FOREIGN KEY (workspace_id, wording_id) REFERENCES wording (workspace_id, id)
);
CREATE INDEX entry_day ON entry (workspace_id, day, id);

-- What the entries of a source that count add up to, by wording and by day: reckoned anew whenever that changes, so that the pages
-- need not read every entry. An entry has no index by its wording, which would cost more than the entry itself when many are written.
CREATE TABLE wording_time (
    workspace_id UUID NOT NULL,
    wording_id UUID NOT NULL,
    source_id UUID NOT NULL,
    activity_id UUID NOT NULL,
    entries BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, wording_id, source_id),
    FOREIGN KEY (workspace_id, wording_id) REFERENCES wording (workspace_id, id),
    FOREIGN KEY (workspace_id, activity_id) REFERENCES activity (workspace_id, id),
    FOREIGN KEY (workspace_id, source_id) REFERENCES source (workspace_id, id)
);
CREATE INDEX wording_time_source ON wording_time (workspace_id, source_id, activity_id, entries, seconds);

CREATE TABLE day_time (
    workspace_id UUID NOT NULL,
    source_id UUID NOT NULL,
    day BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, source_id, day),
    FOREIGN KEY (workspace_id, source_id) REFERENCES source (workspace_id, id)
);

CREATE TABLE upload (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    account_id UUID NOT NULL,
    file TEXT NOT NULL,
    length BIGINT NOT NULL,
    received BIGINT NOT NULL,
    state TEXT NOT NULL,
    choices TEXT NOT NULL,
    source_id UUID,
    error TEXT NOT NULL,
    claimed_until BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);

CREATE TABLE upload_part (
    workspace_id UUID NOT NULL,
    upload_id UUID NOT NULL,
    start BIGINT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, upload_id, start),
    FOREIGN KEY (workspace_id, upload_id) REFERENCES upload (workspace_id, id)
);

CREATE TABLE event (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    at BIGINT NOT NULL,
    account_id UUID NOT NULL,
    door TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);

CREATE TABLE answer (
    workspace_id UUID NOT NULL,
    account_id UUID NOT NULL,
    name TEXT NOT NULL,
    request BYTEA NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, account_id, name),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);
