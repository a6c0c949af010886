-- Blueprints: how an activity is done. Their texts are Markdown; the title, the owner and what is missing are read from the newest
-- version and kept beside it for lists.

CREATE TABLE blueprint (
    workspace_id UUID NOT NULL,
    id UUID NOT NULL,
    title TEXT NOT NULL,
    owner TEXT NOT NULL,
    activity_id UUID,
    latest BIGINT NOT NULL,
    published BIGINT NOT NULL,
    missing TEXT NOT NULL,
    review_day BIGINT,
    import_id UUID,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, id),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id),
    FOREIGN KEY (workspace_id, activity_id) REFERENCES activity (workspace_id, id)
);
CREATE INDEX blueprint_changed ON blueprint (workspace_id, changed_at, id);
CREATE INDEX blueprint_review ON blueprint (workspace_id, review_day);
CREATE INDEX blueprint_activity ON blueprint (workspace_id, activity_id);
CREATE INDEX blueprint_import ON blueprint (workspace_id, import_id);

-- Versions count from one. At most the latest is a draft; a published one is never changed.
CREATE TABLE blueprint_version (
    workspace_id UUID NOT NULL,
    blueprint_id UUID NOT NULL,
    number BIGINT NOT NULL,
    text TEXT NOT NULL,
    note TEXT NOT NULL,
    author_id UUID NOT NULL,
    changed_at BIGINT NOT NULL,
    published_at BIGINT,
    published_by UUID,
    is_untested BOOLEAN NOT NULL,
    PRIMARY KEY (workspace_id, blueprint_id, number),
    FOREIGN KEY (workspace_id, blueprint_id) REFERENCES blueprint (workspace_id, id)
);

-- A second person has followed a version once by the page alone: each question was a defect of the blueprint.
CREATE TABLE test_run (
    workspace_id UUID NOT NULL,
    blueprint_id UUID NOT NULL,
    id UUID NOT NULL,
    number BIGINT NOT NULL,
    person TEXT NOT NULL,
    questions BIGINT NOT NULL,
    note TEXT NOT NULL,
    noted_by UUID NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, blueprint_id, id),
    FOREIGN KEY (workspace_id, blueprint_id, number) REFERENCES blueprint_version (workspace_id, blueprint_id, number)
);

-- The words of the newest version, to find a blueprint by, each with how much it weighs there.
CREATE TABLE blueprint_word (
    workspace_id UUID NOT NULL,
    word TEXT NOT NULL,
    blueprint_id UUID NOT NULL,
    weight BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, word, blueprint_id),
    FOREIGN KEY (workspace_id, blueprint_id) REFERENCES blueprint (workspace_id, id)
);
CREATE INDEX blueprint_word_blueprint ON blueprint_word (workspace_id, blueprint_id);

-- All words that were ever in a blueprint, to find those that a mistyped one is near to.
CREATE TABLE known_word (
    workspace_id UUID NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (workspace_id, word),
    FOREIGN KEY (workspace_id) REFERENCES workspace (id)
);
