-- What agents used in a month is found by its days: budgets ask for it whenever something is given or accepted.
CREATE INDEX agent_usage_day ON agent_usage (workspace_id, day);
