-- Equal errors of one instant are one row, so that a loop does not crowd out the other errors of its session.

ALTER TABLE grouped_errors ADD COLUMN errors INTEGER NOT NULL DEFAULT 1;
COMMENT ON TABLE grouped_errors IS 'The group of the analysed rows of error_logs: kind, type, title and place are equal within one group_key. One row stands for `errors` equal ones of one instant; error_id is the id of the first. Times are UTC. Written by the worker.';
