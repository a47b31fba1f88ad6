-- name: page
-- One page of the sessions of a segment, in order; sessions without a value for the order come last.
-- In: the parameters of a Segment (filters.py); sort text (started, score, duration); direction int (1 ascending, -1 descending);
-- where the page before ended, or all NULL: after_id uuid, after_key float; max_sessions int.
-- Out: session_id, sort_key (ascending, or NULL).
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
, keyed AS (
  SELECT session_id, :direction::int * CASE :sort::text WHEN 'score' THEN score_exact WHEN 'duration' THEN duration_ms
                                                        ELSE started_at END AS sort_key
  FROM picked
)
SELECT session_id, sort_key FROM keyed
WHERE :after_id::uuid IS NULL
   OR CASE WHEN :after_key::float8 IS NULL THEN sort_key IS NULL AND session_id > :after_id
           ELSE sort_key IS NULL OR sort_key > :after_key OR sort_key = :after_key AND session_id > :after_id END
ORDER BY sort_key NULLS LAST, session_id
LIMIT :max_sessions::int;
