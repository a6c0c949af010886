-- When the owner's working day begins and ends, in minutes since midnight: what lies outside of it is evening work.
ALTER TABLE workspace ADD COLUMN day_begins BIGINT NOT NULL DEFAULT 420;
ALTER TABLE workspace ADD COLUMN day_ends BIGINT NOT NULL DEFAULT 1140;
