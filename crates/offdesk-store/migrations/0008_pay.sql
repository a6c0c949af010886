-- What people earn, and what became of the hours they freed. Moments are microseconds, days are days since 1970, lengths seconds,
-- amounts decimal numbers with the currency's digits, as text.

-- How somebody is paid: how often, how amounts are rounded, and where the money goes. kind is empty where nobody has said where to.
CREATE TABLE person_pay (
    workspace_id UUID NOT NULL,
    person_id UUID NOT NULL,
    cycle TEXT NOT NULL,
    rounding TEXT NOT NULL,
    kind TEXT NOT NULL,
    holder TEXT NOT NULL,
    iban TEXT NOT NULL,
    bic TEXT NOT NULL,
    email TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, person_id),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);

-- The bank account that is paid from.
CREATE TABLE payer (
    workspace_id UUID NOT NULL,
    holder TEXT NOT NULL,
    iban TEXT NOT NULL,
    bic TEXT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);

-- A statement as it was drawn up, and how it stands: state and owed change with payments, nothing else ever does. No two statements of
-- a person in a currency end on the same day.
CREATE TABLE statement (
    workspace_id UUID NOT NULL,
    number BIGINT NOT NULL,
    person_id UUID NOT NULL,
    currency TEXT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    rounding TEXT NOT NULL,
    sum TEXT NOT NULL,
    carried TEXT NOT NULL,
    state TEXT NOT NULL,
    owed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, number),
    UNIQUE (workspace_id, person_id, currency, to_day),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id)
);
CREATE INDEX statement_state ON statement (workspace_id, state, number);

-- The ledger: rows are only added, each with a hash of the one before and of all it says. Columns that a kind does not have are
-- empty. of_number is the posting that is reversed, or the payment that came back: each at most once. activity_id is the activity as it
-- was then: where it was joined with another one since, the handoff leads to that.
CREATE TABLE posting (
    workspace_id UUID NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    person_id UUID NOT NULL,
    currency TEXT NOT NULL,
    of_number BIGINT,
    statement BIGINT,
    handoff_id UUID,
    activity_id UUID,
    assignment_id UUID,
    day BIGINT,
    counted TEXT,
    quantity BIGINT,
    quantity_of BIGINT,
    unit TEXT,
    amount TEXT,
    fee TEXT,
    fee_currency TEXT,
    sent TEXT,
    sent_currency TEXT,
    rate TEXT,
    rate_day BIGINT,
    rate_source TEXT,
    note TEXT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, number),
    UNIQUE (workspace_id, of_number),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, of_number) REFERENCES posting (workspace_id, number),
    FOREIGN KEY (workspace_id, statement) REFERENCES statement (workspace_id, number),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);
CREATE INDEX posting_person ON posting (workspace_id, person_id, currency, number);
CREATE INDEX posting_statement ON posting (workspace_id, statement);
CREATE INDEX posting_handoff ON posting (workspace_id, handoff_id, day);
CREATE INDEX posting_assignment ON posting (workspace_id, assignment_id);

-- Which postings a statement takes: none is on two.
CREATE TABLE statement_posting (
    workspace_id UUID NOT NULL,
    posting BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, posting),
    FOREIGN KEY (workspace_id, posting) REFERENCES posting (workspace_id, number),
    FOREIGN KEY (workspace_id, statement) REFERENCES statement (workspace_id, number)
);
CREATE INDEX statement_posting_statement ON statement_posting (workspace_id, statement, posting);

-- What the freed hours of a week became, by its Monday.
CREATE TABLE freed_hours (
    workspace_id UUID NOT NULL,
    week_day BIGINT NOT NULL,
    work BIGINT NOT NULL,
    rest BIGINT NOT NULL,
    vanished BIGINT NOT NULL,
    account_id UUID NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, week_day),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);

-- The weekly question of stress, from 1 to 5: only who answered it sees it.
CREATE TABLE stress_answer (
    workspace_id UUID NOT NULL,
    account_id UUID NOT NULL,
    week_day BIGINT NOT NULL,
    answer BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, account_id, week_day),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);
