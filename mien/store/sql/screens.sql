-- name: rows
-- The screens that sessions saw, or lost points on.  A screen seen again at once is one view, as in journeys.
-- In: the parameters of a Segment (filters.py) and of lost_there.sql; on text (only this screen) or NULL; sort text
-- (points, views, sessions, visitors, score, exits, stay, signals, screen); direction int (1 ascending, -1); max_rows int.
-- Out: screen, views, sessions, visitors, scored, score (mean of its sessions), exits (sessions that left there), stay_ms
-- (median of a view, NULL: not known) , points (mean over the scored sessions of the segment), points_sessions (that lost
-- points there), points_by_cause, signals, signal_sessions, row_count.
-- include: picked
, steps AS (
  SELECT p.session_id, p.user_key, p.score_exact, j.screen COLLATE "C" AS screen, j.occurred_at,
         coalesce(lead(j.occurred_at) OVER in_order, session_end(s.session_id, s.ended_at)) AS until,
         lead(j.id) OVER in_order IS NULL AS is_last
  FROM picked p
  JOIN sessions s ON s.session_id = p.session_id
  JOIN journey_steps j ON j.session_id = p.session_id
  WHERE j.screen <> ''
  WINDOW in_order AS (PARTITION BY j.session_id ORDER BY j.step_num, j.id)
), visits AS (
  SELECT screen, session_id, max(user_key) AS user_key, max(score_exact) AS score_exact, count(*) AS views,
         bool_or(is_last) AS left_there
  FROM steps GROUP BY screen, session_id
), stays AS (
  SELECT screen, percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(extract(epoch FROM until - occurred_at)::float8, 0) * 1000)
                   AS stay_ms
  FROM steps WHERE isfinite(occurred_at) AND isfinite(until) GROUP BY screen
), seen AS (
  SELECT screen, sum(views)::bigint AS views, count(*) AS sessions, count(DISTINCT user_key) AS visitors,
         count(score_exact) AS scored, avg(score_exact) AS score, count(*) FILTER (WHERE left_there) AS exits
  FROM visits GROUP BY screen
),
-- include: lost_there
, costs AS (
  SELECT screen, sum(points) AS points, jsonb_object_agg(cause, points) AS points_by_cause
  FROM (SELECT screen, cause, sum(points) / (SELECT count(score_exact) FROM picked) AS points
        FROM lost WHERE screen <> '' GROUP BY screen, cause) AS b
  GROUP BY screen
), losers AS (
  SELECT screen, count(DISTINCT session_id) AS points_sessions FROM lost WHERE screen <> '' GROUP BY screen
), signed AS (
  SELECT screen, sum(signals)::bigint AS signals, count(DISTINCT session_id) AS signal_sessions
  FROM (SELECT c.session_id, c.signals,
-- include: screen_name
               AS screen
        FROM (SELECT g.session_id, g.screen AS sent, count(*) AS signals
              FROM picked p JOIN signals g ON g.session_id = p.session_id GROUP BY g.session_id, g.screen) AS c) AS n
  WHERE screen <> '' GROUP BY screen
), rows AS (
  SELECT screen, coalesce(v.views, 0) AS views, coalesce(v.sessions, 0) AS sessions, coalesce(v.visitors, 0) AS visitors,
         coalesce(v.scored, 0) AS scored, v.score, coalesce(v.exits, 0) AS exits, y.stay_ms, coalesce(c.points, 0) AS points,
         coalesce(l.points_sessions, 0) AS points_sessions, coalesce(c.points_by_cause, '{}') AS points_by_cause,
         coalesce(g.signals, 0) AS signals, coalesce(g.signal_sessions, 0) AS signal_sessions
  FROM seen v
  FULL JOIN costs c USING (screen)
  LEFT JOIN stays y USING (screen)
  LEFT JOIN losers l USING (screen)
  LEFT JOIN signed g USING (screen)
  WHERE :on::text IS NULL OR screen = :on
)
SELECT *, count(*) OVER () AS row_count FROM rows
ORDER BY :direction::int * CASE :sort::text WHEN 'views' THEN views WHEN 'sessions' THEN sessions WHEN 'visitors' THEN visitors
           WHEN 'score' THEN score WHEN 'exits' THEN exits::float8 / nullif(sessions, 0) WHEN 'stay' THEN stay_ms
           WHEN 'signals' THEN signals WHEN 'points' THEN points END NULLS LAST,
         CASE WHEN :sort = 'screen' AND :direction < 0 THEN screen END DESC, CASE WHEN :sort = 'screen' THEN screen END,
         points DESC, sessions DESC, screen
LIMIT :max_rows::int;

-- name: lcp
-- The largest contentful paint of the views of each screen; each view counts once.
-- In: the parameters of a Segment (filters.py); max_rows int.
-- Out: screen, views, sessions, p75_ms, sent (the name that events gave it, when all of its views have the same one).
-- include: picked
, measured AS (
  SELECT c.session_id, c.sent, c.value,
-- include: screen_name
         AS screen
  FROM (SELECT p.session_id, v.screen AS sent, v.value FROM picked p
        JOIN sessions s ON s.session_id = p.session_id
        CROSS JOIN
-- include: vitals
        WHERE v.name = 'LCP' AND v.screen <> '') AS c
)
SELECT screen, count(*) AS views, count(DISTINCT session_id) AS sessions,
       percentile_disc(0.75) WITHIN GROUP (ORDER BY value) AS p75_ms,
       CASE WHEN min(sent) = max(sent) THEN min(sent) END AS sent
FROM measured GROUP BY screen ORDER BY views DESC, screen LIMIT :max_rows::int;

-- name: costs
-- What cost points on one screen: its elements and APIs, costliest first.
-- In: the parameters of a Segment (filters.py) and of lost_there.sql; on text; max_each int.
-- Out: kind (element, api), name, points (mean over the scored sessions of the segment), sessions (that lost points to it
-- there), points_by_cause, types (kinds of issues, costliest first), row_count (of its kind).
-- include: picked
,
-- include: lost_there
, parts AS (
  SELECT k.kind, k.name COLLATE "C" AS name, l.session_id, l.type, l.cause, l.points
  FROM lost l CROSS JOIN LATERAL (VALUES ('element', l.element), ('api', l.api)) AS k (kind, name)
  WHERE l.screen = :on::text AND k.name <> ''
), by_cause AS (
  SELECT kind, name, jsonb_object_agg(cause, points) AS points_by_cause
  FROM (SELECT kind, name, cause, sum(points) / (SELECT count(score_exact) FROM picked) AS points
        FROM parts GROUP BY kind, name, cause) AS b GROUP BY kind, name
), by_type AS (
  SELECT kind, name, array_agg(type ORDER BY points DESC, type) AS types
  FROM (SELECT kind, name, type, sum(points) AS points FROM parts GROUP BY kind, name, type) AS b GROUP BY kind, name
), ranked AS (
  SELECT kind, name, sum(points) / (SELECT count(score_exact) FROM picked) AS points, count(DISTINCT session_id) AS sessions,
         row_number() OVER (PARTITION BY kind ORDER BY sum(points) DESC, name) AS place, count(*) OVER (PARTITION BY kind) AS row_count
  FROM parts GROUP BY kind, name
)
SELECT r.kind, r.name, r.points, r.sessions, c.points_by_cause, t.types, r.row_count
FROM ranked r JOIN by_cause c USING (kind, name) JOIN by_type t USING (kind, name)
WHERE r.place <= :max_each::int ORDER BY r.kind, r.place;

-- name: causes
-- What cost points on one screen, by cause, with the sessions that lost them so.
-- In: the parameters of a Segment (filters.py) and of lost_there.sql; on text.
-- Out: cause, points (mean over the scored sessions of the segment), sessions.
-- include: picked
,
-- include: lost_there
SELECT cause, sum(points) / (SELECT count(score_exact) FROM picked) AS points, count(DISTINCT session_id) AS sessions
FROM lost WHERE screen = :on::text GROUP BY cause;

-- name: errors
-- The groups of errors that sessions met on one screen, most sessions first.
-- In: the parameters of a Segment (filters.py); on text; max_rows int.
-- Out: group_key, kind, type, title, errors, sessions.
-- include: picked
SELECT g.group_key, g.kind, g.type, g.title, count(*) AS errors, count(DISTINCT g.session_id) AS sessions
FROM picked p JOIN grouped_errors g ON g.session_id = p.session_id
WHERE g.screen = :on::text
GROUP BY g.group_key, g.kind, g.type, g.title ORDER BY sessions DESC, errors DESC, group_key LIMIT :max_rows::int;
