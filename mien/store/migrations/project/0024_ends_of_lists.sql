-- When the last batch came is said with every answer, and the worst sessions are the most wanted list: both read the end
-- of an index. The BRIN index had to be followed by a look at all batches of a day.

DROP INDEX received_batches_received;
CREATE INDEX received_batches_received ON received_batches (received_at);
CREATE INDEX rollup_sessions_score ON rollup_sessions (score_exact);
