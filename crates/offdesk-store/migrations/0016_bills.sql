-- A statement may be drawn up for a bill that came in: its number, the tax on top, and the last day it is for. to_day of such a statement is its
-- number below nothing, since two bills of a month, and a statement beside them, may end on one day.
ALTER TABLE statement ADD COLUMN bill_number TEXT;
ALTER TABLE statement ADD COLUMN bill_tax TEXT;
ALTER TABLE statement ADD COLUMN bill_to BIGINT;

-- Bills that came in. number_key is the number without what people write differently: a number comes once from one person. What is matched is
-- found anew whenever it is looked at, until the bill is approved: then it has its statement, and is paid by that one's payments.
CREATE TABLE bill (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    person_id UUID NOT NULL,
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    day BIGINT NOT NULL,
    from_day BIGINT NOT NULL,
    to_day BIGINT NOT NULL,
    currency TEXT NOT NULL,
    tax TEXT NOT NULL,
    note TEXT NOT NULL,
    said TEXT NOT NULL,
    state TEXT NOT NULL,
    statement BIGINT,
    created_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    UNIQUE (workspace_id, person_id, number_key),
    UNIQUE (workspace_id, statement),
    FOREIGN KEY (workspace_id, person_id) REFERENCES person (workspace_id, id),
    FOREIGN KEY (workspace_id, statement) REFERENCES statement (workspace_id, number)
);

-- What a bill is for, line by line, without tax; a bill that is a sum has one line.
CREATE TABLE bill_line (
    workspace_id UUID NOT NULL,
    bill_id UUID NOT NULL,
    place BIGINT NOT NULL,
    text TEXT NOT NULL,
    assignment_id UUID,
    day BIGINT,
    amount TEXT NOT NULL,
    PRIMARY KEY (workspace_id, bill_id, place),
    FOREIGN KEY (workspace_id, bill_id) REFERENCES bill (workspace_id, id),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);

-- The bill as it came, such as a PDF.
CREATE TABLE bill_file (
    workspace_id UUID NOT NULL,
    bill_id UUID NOT NULL,
    name TEXT NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (workspace_id, bill_id),
    FOREIGN KEY (workspace_id, bill_id) REFERENCES bill (workspace_id, id)
);
