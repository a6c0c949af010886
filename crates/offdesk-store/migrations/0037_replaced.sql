-- What somebody else had written in a draft before its author wrote over it.
ALTER TABLE blueprint_version ADD COLUMN replaced TEXT NOT NULL DEFAULT '';
