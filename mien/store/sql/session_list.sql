-- name: page
-- One page of the sessions of a segment, in order; sessions without a score come last when it is the order.
-- In: the parameters of a Segment (filters.py); sort text (started, score, duration); direction int (1 ascending, -1 descending);
-- where the page before ended, or all NULL: after_id uuid, after_key float; max_sessions int; a window of exact scores, open
-- where NULL (list_windows.py): least_score, below_score float. Without an upper end it has the sessions without a score.
-- Out: session_id, sort_key (ascending, or NULL).
-- include: picked
, keyed AS (
  SELECT p.session_id, :direction::int * CASE :sort::text WHEN 'score' THEN p.score_exact WHEN 'duration' THEN t.duration_ms
                                                          ELSE p.started_at END AS sort_key
  FROM picked p
  LEFT JOIN LATERAL (  -- only where it is the order: the tables themselves are eight times as large as their roll-up
    SELECT t.duration_ms FROM sessions s
    CROSS JOIN
-- include: session_times
    WHERE s.session_id = p.session_id
  ) AS t ON :sort = 'duration'
  WHERE (:least_score::float8 IS NULL OR p.score_exact >= :least_score OR :below_score::float8 IS NULL AND p.score_exact IS NULL)
    AND (:below_score::float8 IS NULL OR p.score_exact < :below_score)
)
SELECT session_id, sort_key FROM keyed
WHERE :after_id::uuid IS NULL
   OR CASE WHEN :after_key::float8 IS NULL THEN sort_key IS NULL AND session_id > :after_id
           ELSE sort_key IS NULL OR sort_key > :after_key OR sort_key = :after_key AND session_id > :after_id END
ORDER BY sort_key NULLS LAST, session_id
LIMIT :max_sessions::int;
