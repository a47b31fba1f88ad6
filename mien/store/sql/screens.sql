-- name: rows
-- The screens that sessions saw, or lost points on.  A screen seen again at once is one view, as in journeys.
-- In: the parameters of a Source (rollups.py), of lost_there.sql and of people.sql; on text (only this screen) or NULL; sort
-- text (points, views, sessions, visitors, score, exits, stay, signals, screen); direction int (1 ascending, -1); max_rows int.
-- Out: screen, views, sessions, visitors, scored, score (mean of its sessions), exits (sessions that left there), stay_bin
-- (latency_bins.py: of the median of a view, NULL: not known), points (mean over the scored sessions of the segment),
-- points_sessions (that lost points there), points_by_cause, signals, signal_sessions, row_count.
-- include: picked
-- include: summary_parts
-- include: screens_parts
, parted AS (
  SELECT n.part, n.user_key FROM (
-- include: parts_seen
  ) AS n WHERE :parts::text[] IS NULL OR n.part = ANY (:parts)
)
-- include: people
, lost AS (
  SELECT s.screen, c.cause, sum(c.points) AS points
  FROM screened s CROSS JOIN LATERAL unnest(s.causes, s.cause_points) AS c (cause, points) GROUP BY 1, 2
), costs AS (
  SELECT l.screen, sum(l.points) / max(t.scored) AS points, jsonb_object_agg(l.cause, l.points / t.scored) AS points_by_cause
  FROM lost l CROSS JOIN (SELECT sum(scored)::float8 AS scored FROM parts) AS t GROUP BY l.screen
), binned AS (
  SELECT s.screen AS key, b.bin, sum(b.n) AS n
  FROM screened s CROSS JOIN LATERAL unnest(s.bins, s.bin_views) AS b (bin, n) GROUP BY 1, 2
)
-- include: bin_percentiles
, figures AS (
  SELECT screen, sum(views)::bigint AS views, sum(sessions)::bigint AS sessions, sum(scored)::bigint AS scored,
         sum(score_sum) / nullif(sum(scored), 0)::float8 AS score, sum(exits)::bigint AS exits,
         sum(points_sessions)::bigint AS points_sessions, sum(signals)::bigint AS signals,
         sum(signal_sessions)::bigint AS signal_sessions
  FROM screened GROUP BY screen
), rows AS (
  SELECT f.screen, f.views, f.sessions, coalesce(v.visitors, 0) AS visitors, f.scored, f.score, f.exits, q.p50_bin AS stay_bin,
         coalesce(c.points, 0) AS points, f.points_sessions, coalesce(c.points_by_cause, '{}') AS points_by_cause, f.signals,
         f.signal_sessions
  FROM figures f
  LEFT JOIN costs c ON c.screen = f.screen
  LEFT JOIN percentiles q ON q.key = f.screen
  LEFT JOIN people v ON v.part = 'screen:' || f.screen
  WHERE (f.sessions > 0 OR f.points_sessions > 0) AND (:on::text IS NULL OR f.screen = :on)
)
SELECT *, count(*) OVER () AS row_count FROM rows
ORDER BY :direction::int * CASE :sort::text WHEN 'views' THEN views WHEN 'sessions' THEN sessions WHEN 'visitors' THEN visitors
           WHEN 'score' THEN score WHEN 'exits' THEN exits::float8 / nullif(sessions, 0) WHEN 'stay' THEN stay_bin
           WHEN 'signals' THEN signals WHEN 'points' THEN round(points::numeric, 9) END NULLS LAST,
         CASE WHEN :sort = 'screen' AND :direction < 0 THEN screen END DESC, CASE WHEN :sort = 'screen' THEN screen END,
         round(points::numeric, 9) DESC, sessions DESC, screen
LIMIT :max_rows::int;

-- name: formerly
-- Some screens in another period than the one that named them.
-- In: the parameters of a Source (rollups.py) and of lost_there.sql; names text[].
-- Out: screen, sessions (that saw it), points (mean over the scored sessions of the segment, NULL: there are none).
-- include: picked
-- include: summary_parts
-- include: screens_parts
, lost AS (
  SELECT s.screen, sum(c.points) AS points
  FROM screened s CROSS JOIN LATERAL unnest(s.cause_points) AS c (points) WHERE s.screen = ANY (:names) GROUP BY s.screen
), saw AS (
  SELECT screen, sum(sessions)::bigint AS sessions FROM screened WHERE screen = ANY (:names::text[]) GROUP BY screen
)
SELECT n.screen, coalesce(w.sessions, 0) AS sessions,
       coalesce(l.points, 0) / nullif((SELECT sum(scored) FROM parts), 0)::float8 AS points
FROM unnest(:names) AS n (screen) LEFT JOIN saw w ON w.screen = n.screen LEFT JOIN lost l ON l.screen = n.screen;

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
-- In: the parameters of a Source (rollups.py) and of lost_there.sql; on text.
-- Out: cause, points (mean over the scored sessions of the segment), sessions.
-- include: picked
-- include: summary_parts
-- include: screens_parts
SELECT c.cause, sum(c.points) / (SELECT sum(scored) FROM parts)::float8 AS points, sum(c.sessions)::bigint AS sessions
FROM screened s CROSS JOIN LATERAL unnest(s.causes, s.cause_points, s.cause_sessions) AS c (cause, points, sessions)
WHERE s.screen = :on::text GROUP BY c.cause;

-- name: errors
-- The groups of errors that sessions met on one screen, most sessions first.
-- In: the parameters of a Segment (filters.py); on text; max_rows int.
-- Out: group_key, kind, type, title, errors, sessions.
-- include: picked
SELECT g.group_key, g.kind, g.type, g.title, count(*) AS errors, count(DISTINCT g.session_id) AS sessions
FROM picked p JOIN grouped_errors g ON g.session_id = p.session_id
WHERE g.screen = :on::text
GROUP BY g.group_key, g.kind, g.type, g.title ORDER BY sessions DESC, errors DESC, group_key LIMIT :max_rows::int;

-- name: by_device
-- Scores of screens by type of device, counted session by session: for segments that no roll-up holds by device.
-- In: the parameters of a Segment (filters.py); max_rows int (screens).
-- Out: screen, device ('' not known), sessions (that saw it), scored, score (mean of their exact scores), all_sessions (of
-- every device).  Those of most sessions first.
-- include: picked
, saw AS (
  SELECT n.screen, p.device_type AS device, count(*) AS sessions, count(p.score_exact) AS scored, avg(p.score_exact) AS score
  FROM picked p
  JOIN (SELECT DISTINCT j.session_id, j.screen COLLATE "C" AS screen
        FROM picked d JOIN journey_steps j ON j.session_id = d.session_id WHERE j.screen <> '') AS n ON n.session_id = p.session_id
  GROUP BY 1, 2
), most AS (
  SELECT screen, sum(sessions)::bigint AS all_sessions FROM saw GROUP BY screen ORDER BY 2 DESC, screen LIMIT :max_rows::int
)
SELECT s.*, m.all_sessions FROM most m JOIN saw s ON s.screen = m.screen ORDER BY m.all_sessions DESC, s.screen, s.device;
