-- The errors of sessions, equal ones of one instant as one, NEWEST first, then by content.  In: session_ids uuid[], max_rows.
-- Of more than max_rows of a session the first and the last of each kind are kept before any second, so that a loop hides no
-- other error; the first kept of a kind counts those of it that are left out. Numbers in a message make no other kind.
-- A time that is missing or infinite counts as the session's start.
WITH instants AS MATERIALIZED (
  SELECT e.session_id, min(e.id) AS id, e.screen, e.message, e.stack, e.at, count(*)::int AS errors,
         count(*) OVER (PARTITION BY e.session_id) > :max_rows::int AS left_out
  FROM (SELECT x.session_id, x.id, x.screen COLLATE "C" AS screen, x.message COLLATE "C" AS message, x.stack COLLATE "C" AS stack,
               date_part('epoch', coalesce(CASE WHEN isfinite(x.occurred_at) THEN x.occurred_at END,
                                           CASE WHEN isfinite(s.started_at) THEN s.started_at END, 'epoch')) AS at
        FROM error_logs x JOIN sessions s ON s.session_id = x.session_id
        WHERE x.session_id = ANY(:session_ids::uuid[])) AS e
  GROUP BY e.session_id, e.screen, e.message, e.stack, e.at
), kinds AS (
  SELECT i.*, dense_rank() OVER (ORDER BY i.session_id, i.screen, regexp_replace(left(i.message, 400), '\d+', '0', 'g'),
                                 left(i.stack, 500)) AS kind  -- of a stack as much as repeats keep (collector/steps.py)
  FROM instants i WHERE i.left_out
), placed AS (
  SELECT k.*, sum(k.errors) OVER (PARTITION BY k.kind) AS all_errors,
         row_number() OVER (PARTITION BY k.kind ORDER BY k.at, k.id) AS nth,
         row_number() OVER (PARTITION BY k.kind ORDER BY k.at DESC, k.id DESC) AS nth_last
  FROM kinds k
), ranked AS (
  SELECT p.*, row_number() OVER (PARTITION BY p.session_id
                                 ORDER BY least(2 * p.nth - 2, 2 * p.nth_last - 1), p.at DESC, p.id DESC) AS place
  FROM placed p
)
SELECT session_id, id, screen, message, stack, at, errors, left_out FROM instants WHERE NOT left_out
UNION ALL
SELECT session_id, id, screen, message, stack, at,
       (errors + CASE WHEN nth = 1 THEN all_errors - sum(errors) OVER (PARTITION BY kind) ELSE 0 END)::int, left_out
FROM ranked WHERE place <= :max_rows
ORDER BY session_id, at DESC, message DESC, screen DESC, stack DESC, id DESC
