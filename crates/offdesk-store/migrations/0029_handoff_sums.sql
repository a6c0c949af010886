-- What a handoff came to so far, so that a page need not add up the work of years: what was earned by it, by what is counted and at which
-- price, less what was taken back; and, as supervision with no price, the seconds that looking after it took. Whoever writes a posting or
-- time spent counts it in here. quantity_of is 0 where no days of a month are counted.
CREATE TABLE handoff_sum (
    workspace_id UUID NOT NULL,
    handoff_id UUID NOT NULL,
    counted TEXT NOT NULL,
    quantity_of BIGINT NOT NULL,
    amount TEXT NOT NULL,
    currency TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    PRIMARY KEY (workspace_id, handoff_id, counted, quantity_of, currency, amount),
    FOREIGN KEY (workspace_id, handoff_id) REFERENCES handoff (workspace_id, id)
);

INSERT INTO handoff_sum (workspace_id, handoff_id, counted, quantity_of, amount, currency, quantity)
    SELECT workspace_id, handoff_id, counted, COALESCE(quantity_of, 0), amount, currency,
        CAST(SUM(CASE WHEN kind = 'reversed' THEN -quantity ELSE quantity END) AS BIGINT)
    FROM posting WHERE kind IN ('earned', 'reversed') AND handoff_id IS NOT NULL AND counted IS NOT NULL AND quantity IS NOT NULL AND amount IS NOT NULL
    GROUP BY workspace_id, handoff_id, counted, COALESCE(quantity_of, 0), amount, currency;

INSERT INTO handoff_sum (workspace_id, handoff_id, counted, quantity_of, amount, currency, quantity)
    SELECT workspace_id, handoff_id, 'supervision', 0, '', '', CAST(SUM(seconds) AS BIGINT) FROM supervision GROUP BY workspace_id, handoff_id;
