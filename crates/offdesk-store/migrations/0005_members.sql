-- Who is kept out, and for how long somebody stays signed in. A member who is suspended keeps their rows and reaches nothing. A
-- workspace may ask its members for a second factor, and may end sessions sooner than everybody's do; a session keeps the shortest
-- time of its account's workspaces.

ALTER TABLE member ADD COLUMN suspended_at BIGINT;

ALTER TABLE workspace ADD COLUMN needs_factor BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE workspace ADD COLUMN idle_days BIGINT NOT NULL DEFAULT 14;
ALTER TABLE workspace ADD COLUMN session_days BIGINT NOT NULL DEFAULT 90;

ALTER TABLE session ADD COLUMN idle_micros BIGINT NOT NULL DEFAULT 1209600000000;
ALTER TABLE session ADD COLUMN has_factor BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE session SET has_factor = TRUE
    WHERE is_verified AND EXISTS (SELECT 1 FROM account a WHERE a.id = session.account_id AND a.totp_secret <> '');
