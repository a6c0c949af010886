-- What was to be given when it is due was missed each time: it is given two days ahead, as where nothing is said.
UPDATE recurrence SET lead_hours = 48, next_at = next_at - 172800000000 WHERE lead_hours < 1;
