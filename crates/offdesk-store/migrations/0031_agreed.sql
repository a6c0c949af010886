-- What was agreed before a change that the person has not answered: it holds until they take the change.
ALTER TABLE assignment ADD COLUMN agreed_state TEXT;
ALTER TABLE assignment ADD COLUMN agreed_due BIGINT;
ALTER TABLE assignment ADD COLUMN agreed_number BIGINT;
ALTER TABLE assignment ADD COLUMN agreed_returns BIGINT;
ALTER TABLE assignment ADD COLUMN agreed_title TEXT;
ALTER TABLE assignment ADD COLUMN agreed_note TEXT;
ALTER TABLE assignment ADD COLUMN agreed_amount TEXT;
ALTER TABLE assignment ADD COLUMN agreed_then BIGINT;
-- What was handed in goes on as it stands, whatever is said to a change of it.
UPDATE assignment SET agreed_state = 'returned', agreed_due = due_at, agreed_number = blueprint_number, agreed_returns = returns,
    agreed_title = title, agreed_note = note, agreed_amount = amount, agreed_then = agreed_at
WHERE state = 'assigned' AND rounds > 0;
