-- The common table expression `picked` is the translation of a Segment (filters.py). It stands before every statement
-- that counts or lists sessions, here, in overview.sql and in session_list.sql; a test keeps the copies equal.

-- name: summary
-- All single figures of a segment.
-- In: the parameters of a Segment (filters.py).
-- Out: sessions, visitors, scored, score (mean, exact), poor (score under 50), waited_ms_mean, moments (likely
-- frustrated), histogram (bin of 5 points from 0 to 19 -> sessions).
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
SELECT count(*) AS sessions, count(DISTINCT visitor) AS visitors, count(score_exact) AS scored,
       avg(score_exact) AS score, count(*) FILTER (WHERE score < 50) AS poor,
       (avg(waited_ms) FILTER (WHERE score_exact IS NOT NULL))::float8 AS waited_ms_mean,
       (SELECT count(*) FROM emotion_predictions m JOIN picked p ON p.session_id = m.session_id
        WHERE m.emotion = 'frustrated') AS moments,
       (SELECT coalesce(jsonb_object_agg(b.bin, b.sessions), '{}')
        FROM (SELECT least(greatest(score, 0) / 5, 19) AS bin, count(*) AS sessions
              FROM picked WHERE score IS NOT NULL GROUP BY 1) AS b) AS histogram
FROM picked;

-- name: trend
-- Mean score over time, by the sessions' starts.
-- In: the parameters of a Segment (filters.py); bucket_s int.
-- Out: at (seconds since the epoch, a multiple of bucket_s), score or NULL, sessions; only buckets with sessions.
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
SELECT floor(started_at / :bucket_s::int) * :bucket_s AS at, avg(score_exact) AS score, count(*) AS sessions
FROM picked GROUP BY 1 ORDER BY 1;
