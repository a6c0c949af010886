-- A token counts until it ends; those of before have no end.
ALTER TABLE api_token ADD COLUMN expires_at BIGINT;
