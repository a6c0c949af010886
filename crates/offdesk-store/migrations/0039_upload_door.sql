-- Through which door a file was handed over to be imported: what comes of it later is noted as having come through it.
ALTER TABLE upload ADD COLUMN door TEXT NOT NULL DEFAULT 'web';
