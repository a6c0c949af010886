-- Who could do an activity, and on which terms, as the owner has typed it, kept in JSON by the keys of a case. Place 0 is what was
-- said of the owner and the work itself. What an activity would have brought when it was put off stands beside the judgement.

CREATE TABLE activity_option (
    workspace_id UUID NOT NULL,
    activity_id UUID NOT NULL,
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    figures TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, activity_id, place),
    FOREIGN KEY (workspace_id, activity_id) REFERENCES activity (workspace_id, id)
);

ALTER TABLE activity ADD COLUMN judged_gain TEXT;
ALTER TABLE activity ADD COLUMN judged_currency TEXT;
