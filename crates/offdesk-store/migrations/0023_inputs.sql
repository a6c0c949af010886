-- What an assignment has of the inputs of its blueprint: they have it already, a link to it, or a file that came with the assignment.
-- An input of which nothing is said has no row. name is the input as the version says it, place its place there from one.
CREATE TABLE assignment_input (
    workspace_id UUID NOT NULL,
    assignment_id UUID NOT NULL,
    place BIGINT NOT NULL,
    name TEXT NOT NULL,
    link TEXT NOT NULL,
    file_id UUID,
    PRIMARY KEY (workspace_id, assignment_id, place),
    FOREIGN KEY (workspace_id, assignment_id) REFERENCES assignment (workspace_id, id)
);

-- What came back too late to be kept is told on the desk.
CREATE INDEX handoff_event_missed ON handoff_event (workspace_id, at) WHERE event = 'miss_occurrences';
