-- name: totals
-- Errors of a segment, all groups together.
-- In: the parameters of a Source (rollups.py); origin text (own, foreign); group_keys NULL (errors_rows.sql).
-- Out: all_sessions, sessions (with such an error), users (of these), errors.
-- include: picked
-- include: errors_parts
-- include: summary_parts
SELECT (SELECT coalesce(sum(sessions), 0)::bigint FROM parts) AS all_sessions, coalesce(sum(sessions), 0)::bigint AS sessions,
       (SELECT count(DISTINCT v.visitor) FROM met m CROSS JOIN LATERAL unnest(m.visitors) AS v (visitor)
        WHERE m.group_key IS NULL AND m.is_foreign = (:origin = 'foreign')) AS users,
       coalesce(sum(errors), 0)::bigint AS errors
FROM met WHERE group_key IS NULL AND is_foreign = (:origin::text = 'foreign');

-- name: page
-- One page of the groups of a segment, in order; groups without a score come last when it is the order.
-- In: the parameters of a Source (rollups.py); origin text (own, foreign), or NULL; group_words text or NULL (in type, title or
-- place, or in the newest message); group_keys text[] or NULL (these groups alone, of any origin); sort text (sessions, errors, users, score, first_seen,
-- last_seen); direction int (1 ascending, -1 descending); where the page before ended, or NULL: after_group text, after_key
-- float; max_groups int.
-- Out: group_key, kind, type, title, place, message (the newest, as the browser said it), errors, sessions, users, scored,
-- score (mean of exact scores),
-- first_seen and last_seen (epoch seconds, of all sessions that there are), sort_key (ascending, or NULL), row_count.
-- include: picked
-- include: errors_parts
, counted AS (
  SELECT group_key, sum(errors)::bigint AS errors, sum(sessions)::bigint AS sessions, sum(scored)::bigint AS scored,
         sum(score_sum) / nullif(sum(scored), 0)::float8 AS score
  FROM met WHERE group_key IS NOT NULL AND (:group_keys IS NOT NULL OR is_foreign = (:origin::text = 'foreign'))
  GROUP BY group_key
), came AS (
  SELECT m.group_key, count(DISTINCT v.visitor) AS users
  FROM met m CROSS JOIN LATERAL unnest(m.visitors) AS v (visitor) GROUP BY m.group_key
), known AS (
  SELECT c.*, u.users, f.kind, f.type, f.title, f.place, f.first_seen, l.last_seen, left(coalesce(e.message, ''), 300) AS message
  FROM counted c
  JOIN came u ON u.group_key = c.group_key
  CROSS JOIN LATERAL (
    SELECT a.kind, a.type, a.title, a.place, extract(epoch FROM a.occurred_at)::float8 AS first_seen
    FROM grouped_errors a WHERE a.group_key = c.group_key ORDER BY a.occurred_at LIMIT 1) AS f
  CROSS JOIN LATERAL (
    SELECT extract(epoch FROM a.occurred_at)::float8 AS last_seen, a.error_id
    FROM grouped_errors a WHERE a.group_key = c.group_key ORDER BY a.occurred_at DESC LIMIT 1) AS l
  LEFT JOIN error_logs e ON e.id = l.error_id
), keyed AS (
  SELECT *, count(*) OVER () AS row_count,
         :direction::int * CASE :sort::text WHEN 'errors' THEN errors::float8 WHEN 'users' THEN users
                                            WHEN 'score' THEN round(score::numeric, 9)::float8 WHEN 'first_seen' THEN first_seen
                                            WHEN 'last_seen' THEN last_seen ELSE sessions END AS sort_key
  FROM known
  WHERE :group_words::text IS NULL OR position(lower(:group_words) IN lower(concat_ws(' ', type || ':', title, place, message))) > 0
)
SELECT group_key, kind, type, title, place, message, errors, sessions, users, scored, score, first_seen, last_seen, sort_key, row_count
FROM keyed
WHERE :after_group::text IS NULL
   OR CASE WHEN :after_key::float8 IS NULL THEN sort_key IS NULL AND group_key > :after_group
           ELSE sort_key IS NULL OR sort_key > :after_key OR sort_key = :after_key AND group_key > :after_group END
ORDER BY sort_key NULLS LAST, group_key
LIMIT :max_groups::int;

-- name: trend
-- Groups over time, by the starts of their sessions.
-- In: the parameters of a Source (rollups.py) of hours; group_keys text[]; bucket_s int.
-- Out: group_key, at (seconds since the epoch, a multiple of bucket_s), sessions, errors; only buckets with sessions.
-- include: picked
-- include: errors_parts
SELECT group_key, floor(extract(epoch FROM at)::float8 / :bucket_s::int) * :bucket_s AS at, sum(sessions)::bigint AS sessions,
       sum(errors)::bigint AS errors
FROM met WHERE group_key IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2;

-- name: parts
-- Groups by what their sessions or errors are of.
-- In: the parameters of a Source (rollups.py); group_keys text[]; part text (release, browser, screen); max_each int.
-- Out: group_key, name ("" where it is not known), sessions, errors, part_count (of the group); most sessions first.
-- include: picked
, met AS (
  SELECT n.group_key, n.name, n.sessions, n.errors FROM (
-- include: error_parts_rows
  ) AS n
  UNION ALL
  SELECT r.group_key, u.name, u.sessions, u.errors FROM
-- include: buckets
  JOIN rollup_error_parts r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text AND r.group_key = ANY(:group_keys)
  CROSS JOIN LATERAL unnest(r.parts, r.names, r.sessions, r.errors) AS u (part, name, sessions, errors)
  WHERE u.part = :part
), parts AS (
  SELECT group_key, name, sum(sessions)::bigint AS sessions, sum(errors)::bigint AS errors FROM met GROUP BY group_key, name
), ranked AS (
  SELECT *, count(*) OVER (PARTITION BY group_key) AS part_count,
         row_number() OVER (PARTITION BY group_key ORDER BY sessions DESC, name) AS place
  FROM parts
)
SELECT group_key, name, sessions, errors, part_count FROM ranked
WHERE place <= :max_each::int ORDER BY group_key, place;

-- name: known
-- A group as it is, whatever the segment.  In: group_key text.
-- Out: group_key, kind, type, title, place, message (the newest), first_seen, last_seen (epoch seconds); no row when nobody met it.
SELECT a.group_key, a.kind, a.type, a.title, a.place, extract(epoch FROM a.occurred_at)::float8 AS first_seen,
       coalesce((SELECT left(e.message, 300) FROM grouped_errors l JOIN error_logs e ON e.id = l.error_id
                 WHERE l.group_key = :group_key ORDER BY l.occurred_at DESC LIMIT 1), '') AS message,
       (SELECT extract(epoch FROM max(l.occurred_at))::float8 FROM grouped_errors l WHERE l.group_key = :group_key) AS last_seen
FROM grouped_errors a WHERE a.group_key = :group_key ORDER BY a.occurred_at LIMIT 1;

-- name: example
-- Of the newest 50 errors of a group the one with the longest stack: repeats may hold the beginning alone.
-- In: group_key text.  Out: session_id, at and started_at (of the session; epoch seconds or NULL), message, stack or NULL.
SELECT n.session_id, n.at, extract(epoch FROM s.started_at)::float8 AS started_at, coalesce(e.message, '') AS message, e.stack
FROM (SELECT session_id, error_id, extract(epoch FROM occurred_at)::float8 AS at
      FROM grouped_errors WHERE group_key = :group_key ORDER BY occurred_at DESC, error_id DESC LIMIT 50) AS n
JOIN error_logs e ON e.id = n.error_id
JOIN sessions s ON s.session_id = n.session_id
ORDER BY length(coalesce(e.stack, '')) DESC, n.at DESC, e.id LIMIT 1;

-- name: occurrences
-- The sessions of a segment that met a group, each with its first error of it, newest first.
-- In: the parameters of a Segment (filters.py); group_key text; where the page before ended, or NULL: after_at float,
-- after_id uuid; max_rows int.
-- Out: session_id, at (epoch seconds), started_at (of the session, likewise), errors (of the group in the session), screen,
-- message, browser, release, device_type, score, has_replay.
-- include: picked
, met AS (
  SELECT p.session_id, p.started_at, p.score, sum(g.errors) AS errors, min(g.occurred_at) AS first_at
  FROM picked p JOIN grouped_errors g ON g.session_id = p.session_id
  WHERE g.group_key = :group_key::text
  GROUP BY 1, 2, 3
), page AS (
  SELECT *, extract(epoch FROM first_at)::float8 AS at FROM met
  WHERE :after_at::float8 IS NULL OR extract(epoch FROM first_at)::float8 < :after_at
     OR extract(epoch FROM first_at)::float8 = :after_at AND session_id > :after_id::uuid
  ORDER BY first_at DESC, session_id LIMIT :max_rows::int
)
SELECT o.session_id, o.at, o.started_at, o.errors, o.score, e.screen, coalesce(e.message, '') AS message, f.browser,
       s.app_version AS release, coalesce(f.device_type, u.device_type) AS device_type,
       EXISTS (SELECT FROM replay_chunks r WHERE r.session_id = o.session_id) AS has_replay
FROM page o
JOIN sessions s ON s.session_id = o.session_id
LEFT JOIN session_facts f ON f.session_id = o.session_id
LEFT JOIN users u ON u.user_id = s.user_id
LEFT JOIN LATERAL (
  SELECT g.screen, x.message FROM grouped_errors g LEFT JOIN error_logs x ON x.id = g.error_id
  WHERE g.session_id = o.session_id AND g.group_key = :group_key AND g.occurred_at = o.first_at
  ORDER BY g.error_id LIMIT 1) AS e ON true
ORDER BY o.first_at DESC, o.session_id;
