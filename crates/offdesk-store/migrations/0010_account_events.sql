-- What happened to an account: signed in, refused, a credential changed. Rows are only added; the oldest go after a year.
CREATE TABLE account_event (
    account_id UUID NOT NULL,
    id UUID NOT NULL,
    at BIGINT NOT NULL,
    event TEXT NOT NULL,
    detail TEXT NOT NULL,
    agent TEXT NOT NULL,
    network TEXT NOT NULL,
    door TEXT NOT NULL,
    PRIMARY KEY (account_id, id),
    FOREIGN KEY (account_id) REFERENCES account (id)
);
