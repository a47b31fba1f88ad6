-- Inside LATERAL after s, a row of sessions: its errors, equal ones of one instant as one, NEWEST first, then by content.
-- Of more than :max_rows the first and the last of each kind are kept before any second, so that a loop hides no other
-- error; the first kept of a kind counts those of it that are left out. Numbers in a message make no other kind.
-- A time that is missing or infinite counts as the session's start.
SELECT k.id, k.screen, k.message, k.stack, k.at, k.left_out,
       (k.errors + CASE WHEN k.nth = 1 THEN k.all_errors - sum(k.errors) OVER (PARTITION BY k.screen, k.says, k.begins)
                   ELSE 0 END)::int AS errors
FROM (
  SELECT q.*
  FROM (
    SELECT i.*, sum(i.errors) OVER kind AS all_errors, row_number() OVER (kind ORDER BY i.at, i.id) AS nth,
           row_number() OVER (kind ORDER BY i.at DESC, i.id DESC) AS nth_last
    FROM (
      SELECT d.*, left(d.stack, 500) AS begins,  -- as much as repeats keep (collector/encode.py)
             CASE WHEN d.left_out THEN regexp_replace(left(d.message, 400), '\d+', '0', 'g') ELSE d.message END AS says
      FROM (
        SELECT min(e.id) AS id, e.screen, e.message, e.stack, e.at, count(*) AS errors,
               count(*) OVER () > :max_rows::int AS left_out
        FROM (SELECT x.id, x.screen, x.message, x.stack,
                     date_part('epoch', coalesce(CASE WHEN isfinite(x.occurred_at) THEN x.occurred_at END,
                                                 CASE WHEN isfinite(s.started_at) THEN s.started_at END, 'epoch')) AS at
              FROM error_logs x WHERE x.session_id = s.session_id) AS e
        GROUP BY e.screen, e.message, e.stack, e.at) AS d) AS i
    WINDOW kind AS (PARTITION BY i.screen, i.says, i.begins)) AS q
  ORDER BY least(2 * q.nth - 2, 2 * q.nth_last - 1), q.at DESC, q.id DESC LIMIT :max_rows::int) AS k
ORDER BY k.at DESC, k.message DESC, k.screen DESC, k.stack DESC, k.id DESC
