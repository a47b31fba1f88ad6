-- name: totals
-- How many moments of each kind the sessions of a segment have.  In: the parameters of a Source (rollups.py).
-- Out: emotion, moments, sessions.
-- include: picked
, kinds AS (
  SELECT 0::smallint AS hours, n.* FROM (
-- include: moments_rows
  ) AS n
  UNION ALL
  SELECT r.* FROM
-- include: buckets
  JOIN rollup_moments r ON r.hours = b.hours AND r.at = b.at AND r.slice = :slice::text
)
SELECT emotion, sum(moments)::bigint AS moments, sum(sessions)::bigint AS sessions
FROM kinds GROUP BY emotion ORDER BY moments DESC, emotion;

-- name: page
-- Moments of the wanted kinds: those of the newest sessions first, of one session the last first.
-- In: the parameters of a Segment (filters.py); emotions text[]; strength text or NULL; after_start float8 (start of the
-- session, seconds since the epoch) and after_id bigint of the last row of the page before, or NULL; max_rows int.
-- Out: id, session_id, session_started_at, at (seconds since the epoch), occurred_at, emotion, strength or NULL, evidence or
-- NULL, screen (where the session was then) or NULL, device_type, score.
-- include: picked
, numbered AS (
  SELECT m.id, m.session_id, m.event_id, coalesce(m.emotion, 'unknown') AS emotion, m.occurred_at, p.started_at, p.score,
         row_number() OVER (PARTITION BY m.session_id ORDER BY m.id) - 1 AS step
  FROM picked p JOIN emotion_predictions m ON m.session_id = p.session_id
  -- picked.moments counts the frustrated ones: of most sessions no row need be read.
  WHERE p.moments > 0 OR :emotions::text[] <> '{frustrated}'
)
SELECT n.id, n.session_id, n.started_at AS session_started_at, extract(epoch FROM n.occurred_at)::float8 AS at, n.occurred_at,
       n.emotion, v.strength, v.evidence, j.screen, f.device_type, n.score
FROM numbered n
LEFT JOIN emotion_evidence v ON v.session_id = n.session_id AND v.step = n.step
LEFT JOIN session_facts f ON f.session_id = n.session_id
LEFT JOIN LATERAL (SELECT j.screen FROM journey_steps j WHERE j.session_id = n.session_id AND j.occurred_at <= n.occurred_at
                   ORDER BY j.occurred_at DESC, j.step_num DESC LIMIT 1) AS j ON true
WHERE isfinite(n.occurred_at) AND n.emotion = ANY (:emotions) AND (:strength::text IS NULL OR v.strength = :strength)
  AND (:after_start::float8 IS NULL OR (n.started_at, n.id) < (:after_start, :after_id::bigint))
ORDER BY n.started_at DESC, n.id DESC LIMIT :max_rows::int;
