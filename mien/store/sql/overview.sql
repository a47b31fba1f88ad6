-- name: causes
-- Where the points go: as means over the scored sessions, so that they sum to 100 minus the mean score.
-- In: the parameters of a Segment (filters.py).
-- Out: cause, points, gain_if_fixed (what the mean would rise by without this cause), sessions that lost points to it.
WITH picked AS (
  SELECT s.session_id, coalesce(s.user_id::text, s.device_id, s.session_id::text) AS visitor,
         extract(epoch FROM s.started_at)::float8 AS started_at,
         CASE WHEN s.duration_ms IS NOT NULL THEN s.duration_ms::float8
              WHEN isfinite(s.ended_at) THEN extract(epoch FROM s.ended_at - s.started_at)::float8 * 1000
         END AS duration_ms,
         e.score, x.score_exact, x.waited_ms
  FROM sessions s
  LEFT JOIN session_facts f ON f.session_id = s.session_id
  LEFT JOIN users u ON u.user_id = s.user_id
  LEFT JOIN experience_scores e ON e.session_id = s.session_id
  LEFT JOIN score_facts x ON x.session_id = s.session_id
  WHERE s.started_at >= :since::timestamp AND s.started_at < :until::timestamp
    AND (:include_bots::bool OR NOT (coalesce(f.is_bot, false) OR coalesce(f.is_staff, false)))
    AND (:device::text IS NULL OR coalesce(f.device_type, u.device_type) = :device)
    AND (:min_score::int IS NULL OR e.score >= :min_score)
    AND (:max_score::int IS NULL OR e.score < :max_score OR e.score = 100 AND :max_score = 100)
    AND (:cause::text IS NULL OR (x.points_by_cause ->> :cause)::float8 > 0)
    AND (:signal::text IS NULL OR x.signal_counts ? :signal)
    AND (:screen::text IS NULL
         OR EXISTS (SELECT FROM journey_steps j WHERE j.session_id = s.session_id AND j.screen = :screen))
    AND (:person::text IS NULL OR :person IN (u.external_user_id, u.email, u.user_id::text))
    AND (:place_kind::text IS NULL
         OR EXISTS (SELECT FROM jsonb_array_elements(e.issues) AS i
                    WHERE (i ->> 'points')::float8 > 0
                      AND i ->> CASE :place_kind WHEN 'screen' THEN 'page' ELSE :place_kind END = :place
                      AND (:place_screen::text IS NULL OR i ->> 'page' = :place_screen)
                      AND (:place_types::text[] IS NULL OR i ->> 'type' = ANY(:place_types))))
    AND (:words::text IS NULL
         OR s.session_id::text = lower(:words)
         OR position(lower(:words) IN lower(concat_ws(' ', u.external_user_id, u.email))) > 0
         OR x.signal_counts ?| :kinds::text[]
         OR EXISTS (SELECT FROM jsonb_array_elements(e.issues) AS i
                    WHERE position(lower(:words) IN lower(concat_ws(' ', i ->> 'page', i ->> 'element', i ->> 'api'))) > 0)
         OR EXISTS (SELECT FROM journey_steps j
                    WHERE j.session_id = s.session_id AND position(lower(:words) IN lower(j.screen)) > 0))
)
SELECT c.key AS cause,
       sum(c.value::float8) / (SELECT count(score_exact) FROM picked) AS points,
       -- The part of the hazard that is this cause's: it shares the hazard as it shares the points (signals.md B.3).
       coalesce(sum(p.score_exact * (exp(x.hazard * c.value::float8 / nullif(100 - p.score_exact, 0)) - 1)), 0)
         / (SELECT count(score_exact) FROM picked) AS gain_if_fixed,
       count(*) FILTER (WHERE c.value::float8 > 0) AS sessions
FROM picked p
JOIN score_facts x ON x.session_id = p.session_id
CROSS JOIN LATERAL jsonb_each(x.points_by_cause) AS c (key, value)
WHERE p.score_exact IS NOT NULL
GROUP BY 1;

-- name: places
-- The screens, APIs and elements that lost most points, each split by cause; and the worst place for one cause.
-- Points below half a point per session (the issue `minor`) have no place.
-- In: the parameters of a Segment (filters.py); types text[] and causes text[] of equal length (type of issue -> cause); unsorted text
-- (cause of other types); top_count int.
-- Out: kind (screen, api, element), name, screen (of an element), cause or NULL for all together, points (mean over the
-- scored sessions), sessions, example (a session that lost points there), place_rank within the kind, worst_rank among
-- all places for one cause by points times sessions (visual.md 4, finding rule).
WITH picked AS (
  SELECT s.session_id, coalesce(s.user_id::text, s.device_id, s.session_id::text) AS visitor,
         extract(epoch FROM s.started_at)::float8 AS started_at,
         CASE WHEN s.duration_ms IS NOT NULL THEN s.duration_ms::float8
              WHEN isfinite(s.ended_at) THEN extract(epoch FROM s.ended_at - s.started_at)::float8 * 1000
         END AS duration_ms,
         e.score, x.score_exact, x.waited_ms
  FROM sessions s
  LEFT JOIN session_facts f ON f.session_id = s.session_id
  LEFT JOIN users u ON u.user_id = s.user_id
  LEFT JOIN experience_scores e ON e.session_id = s.session_id
  LEFT JOIN score_facts x ON x.session_id = s.session_id
  WHERE s.started_at >= :since::timestamp AND s.started_at < :until::timestamp
    AND (:include_bots::bool OR NOT (coalesce(f.is_bot, false) OR coalesce(f.is_staff, false)))
    AND (:device::text IS NULL OR coalesce(f.device_type, u.device_type) = :device)
    AND (:min_score::int IS NULL OR e.score >= :min_score)
    AND (:max_score::int IS NULL OR e.score < :max_score OR e.score = 100 AND :max_score = 100)
    AND (:cause::text IS NULL OR (x.points_by_cause ->> :cause)::float8 > 0)
    AND (:signal::text IS NULL OR x.signal_counts ? :signal)
    AND (:screen::text IS NULL
         OR EXISTS (SELECT FROM journey_steps j WHERE j.session_id = s.session_id AND j.screen = :screen))
    AND (:person::text IS NULL OR :person IN (u.external_user_id, u.email, u.user_id::text))
    AND (:place_kind::text IS NULL
         OR EXISTS (SELECT FROM jsonb_array_elements(e.issues) AS i
                    WHERE (i ->> 'points')::float8 > 0
                      AND i ->> CASE :place_kind WHEN 'screen' THEN 'page' ELSE :place_kind END = :place
                      AND (:place_screen::text IS NULL OR i ->> 'page' = :place_screen)
                      AND (:place_types::text[] IS NULL OR i ->> 'type' = ANY(:place_types))))
    AND (:words::text IS NULL
         OR s.session_id::text = lower(:words)
         OR position(lower(:words) IN lower(concat_ws(' ', u.external_user_id, u.email))) > 0
         OR x.signal_counts ?| :kinds::text[]
         OR EXISTS (SELECT FROM jsonb_array_elements(e.issues) AS i
                    WHERE position(lower(:words) IN lower(concat_ws(' ', i ->> 'page', i ->> 'element', i ->> 'api'))) > 0)
         OR EXISTS (SELECT FROM journey_steps j
                    WHERE j.session_id = s.session_id AND position(lower(:words) IN lower(j.screen)) > 0))
)
, issues AS (
  SELECT p.session_id, i.value ->> 'page' AS page, i.value ->> 'api' AS api, i.value ->> 'element' AS element,
         coalesce(t.cause, :unsorted::text) AS cause, (i.value ->> 'points')::float8 AS points
  FROM picked p
  JOIN experience_scores e ON e.session_id = p.session_id
  CROSS JOIN LATERAL jsonb_array_elements(e.issues) AS i (value)
  LEFT JOIN unnest(:types::text[], :causes::text[]) AS t (type, cause) ON t.type = i.value ->> 'type'
  WHERE p.score_exact IS NOT NULL AND i.value ->> 'type' <> 'minor' AND (i.value ->> 'points')::float8 > 0
), places AS (
  SELECT l.kind, l.name, l.screen, i.cause, sum(i.points) / (SELECT count(score_exact) FROM picked) AS points,
         count(DISTINCT i.session_id) AS sessions, max(i.session_id::text)::uuid AS example
  FROM issues i
  CROSS JOIN LATERAL (VALUES ('api', i.api, NULL), ('element', i.element, i.page), ('screen', i.page, NULL))
    AS l (kind, name, screen)
  WHERE l.name IS NOT NULL
  GROUP BY GROUPING SETS ((l.kind, l.name, l.screen), (l.kind, l.name, l.screen, i.cause))
), ranked AS (
  SELECT *,
         CASE WHEN cause IS NULL
              THEN row_number() OVER (PARTITION BY kind, cause IS NULL ORDER BY points DESC, name, screen) END AS place_rank,
         CASE WHEN cause IS NOT NULL
              THEN row_number() OVER (PARTITION BY cause IS NULL ORDER BY points * sessions DESC, kind, name, screen, cause)
         END AS worst_rank
  FROM places
)
SELECT r.kind, r.name, r.screen, r.cause, r.points, r.sessions, r.example, t.place_rank, r.worst_rank
FROM ranked r
JOIN ranked t ON t.cause IS NULL AND t.kind = r.kind AND t.name = r.name AND t.screen IS NOT DISTINCT FROM r.screen
WHERE t.place_rank <= :top_count::int OR r.worst_rank = 1
ORDER BY r.kind, t.place_rank, r.points DESC;
