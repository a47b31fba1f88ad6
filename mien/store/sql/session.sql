-- name: rows
-- Sessions as every list shows them; those without facts or a score as well (rows by plain SQL, or not yet analysed).
-- In: session_ids uuid[].  Times are seconds since the epoch.
-- Out: the fields of session_rows.SessionFacts, in no order.
SELECT s.session_id, t.started_at, t.ended_at, t.duration_ms,
       e.score, x.score_exact, e.issues, e.session_id IS NOT NULL AS is_analysed,
       s.ended_at < now() - interval '30 minutes'
         AND NOT EXISTS (SELECT FROM analysis_queue q WHERE q.session_id = s.session_id)
         AND NOT EXISTS (SELECT FROM unsettled_sessions n WHERE n.session_id = s.session_id) AS is_quiet,
       coalesce(greatest(t.started_at, t.ended_at) > date_part('epoch', now()) - 1800, false) AS is_provisional,
       s.user_id, u.external_user_id, u.email, coalesce(f.device_type, u.device_type) AS device_type, f.browser, f.os,
       f.country, coalesce(f.locale, u.locale) AS locale, s.app_version,
       coalesce(f.is_bot, false) AS is_bot, coalesce(f.is_staff, false) AS is_staff,
       coalesce(x.screen_count, 0) AS screen_count, coalesce(x.waited_ms, 0) AS waited_ms,
       coalesce(x.click_count, (SELECT count(*) FROM events c WHERE c.session_id = s.session_id AND c.event_type = 'click'))
         AS click_count,
       coalesce(x.call_count, (SELECT count(*) FROM latency_metrics c WHERE c.session_id = s.session_id)) AS call_count,
       coalesce(x.error_count, (SELECT count(*) FROM error_logs c WHERE c.session_id = s.session_id)) AS error_count,
       coalesce(x.signal_counts, '{}') AS signal_counts, coalesce(x.points_by_cause, '{}') AS points_by_cause,
       EXISTS (SELECT FROM replay_chunks r WHERE r.session_id = s.session_id) AS has_replay
FROM sessions s
LEFT JOIN session_facts f ON f.session_id = s.session_id
LEFT JOIN users u ON u.user_id = s.user_id
LEFT JOIN experience_scores e ON e.session_id = s.session_id
LEFT JOIN score_facts x ON x.session_id = s.session_id
CROSS JOIN
-- include: session_times
WHERE s.session_id = ANY(:session_ids::uuid[]);

-- name: steps
-- The screens of sessions in order.  In: session_ids uuid[].  Out: session_id, screen, at; at most 200 a session.
SELECT session_id, coalesce(screen, '') AS screen, extract(epoch FROM occurred_at)::float8 AS at
FROM journey_steps
WHERE session_id = ANY(:session_ids::uuid[]) AND step_num <= 200 AND occurred_at IS NOT NULL
ORDER BY session_id, step_num, id;

-- name: signals
-- The signals of sessions, oldest first.  In: session_ids uuid[], max_each int.
-- Out: the fields of session_rows.SignalFacts; `label`: the words on the element, as a click on it recorded them.
SELECT g.session_id, g.type, g.confidence, extract(epoch FROM g.started_at)::float8 AS at,
       extract(epoch FROM g.ended_at)::float8 AS until, g.screen, g.element_id, g.api, g.incident, g.evidence,
       CASE WHEN v.element_id = g.element_id THEN v.metadata ->> 'label' END AS label
FROM (SELECT *, row_number() OVER (PARTITION BY session_id ORDER BY started_at, id) AS place
      FROM signals WHERE session_id = ANY(:session_ids::uuid[])) AS g
LEFT JOIN events v ON v.event_id = g.event_id AND v.session_id = g.session_id
WHERE g.place <= :max_each::int
ORDER BY g.session_id, g.started_at, g.id;

-- name: details
-- What only a session's own page shows.  In: session_id.  Out: the fields of session_page.Details.
SELECT s.ip_address, s.user_agent, s.screen_resolution, s.device_id, f.referrer, f.utm,
       l.lost_batches,
       x.score_low, x.score_high, x.score_version, x.weights_hash, x.coverage,
       extract(epoch FROM e.calculated_at)::float8 AS calculated_at
FROM sessions s
LEFT JOIN session_facts f ON f.session_id = s.session_id
LEFT JOIN experience_scores e ON e.session_id = s.session_id
LEFT JOIN score_facts x ON x.session_id = s.session_id
CROSS JOIN LATERAL (
  SELECT
-- include: lost_batches
  FROM session_tabs t WHERE t.session_id = s.session_id
) AS l
WHERE s.session_id = :session_id;

-- name: events
-- The events of one session, oldest first.  In: session_id, max_rows int.
-- Out: at, event_type, screen, element_id, x, y, scroll, metadata (without pointer cells, which nobody reads as text).
SELECT extract(epoch FROM occurred_at)::float8 AS at, event_type, screen, element_id, x, y, scroll,
       CASE WHEN jsonb_typeof(metadata) = 'object' THEN metadata - 'cells' END AS metadata
FROM events WHERE session_id = :session_id AND occurred_at IS NOT NULL
ORDER BY occurred_at, event_id LIMIT :max_rows::int;

-- name: calls
-- The API calls of one session, oldest first.  In: session_id, max_rows int.  Out: at (start), api, latency_ms, status.
SELECT extract(epoch FROM occurred_at)::float8 AS at, api, latency_ms, status
FROM latency_metrics WHERE session_id = :session_id AND occurred_at IS NOT NULL
ORDER BY occurred_at, id LIMIT :max_rows::int;

-- name: errors
-- The errors of one session as the analysis reads them, oldest first.  In: session_ids uuid[] (one), max_rows int.
-- Out: at, screen, message, stack, errors (equal ones of that instant), left_out (whether any row was),
-- group_key or NULL (not analysed yet).
SELECT e.at, e.screen, e.message, e.stack, e.errors, e.left_out, g.group_key
FROM (
  -- include: session_errors
) AS e
LEFT JOIN grouped_errors g ON g.session_id = e.session_id AND g.error_id = e.id
ORDER BY e.at, e.id;

-- name: moments
-- The predicted moments of one session with what speaks for them, oldest first.  In: session_id, max_rows int.
-- Out: at, emotion, strength or NULL, evidence or NULL (list of families).
SELECT extract(epoch FROM m.occurred_at)::float8 AS at, coalesce(m.emotion, 'unknown') AS emotion, v.strength, v.evidence
FROM (SELECT *, row_number() OVER (ORDER BY id) - 1 AS step FROM emotion_predictions WHERE session_id = :session_id) AS m
LEFT JOIN emotion_evidence v ON v.session_id = m.session_id AND v.step = m.step
WHERE m.occurred_at IS NOT NULL
ORDER BY m.occurred_at, m.id LIMIT :max_rows::int;

-- name: rage_clicks
-- The rage clicks of one session, oldest first.  In: session_id, max_rows int.
-- Out: at, until, element_id, screen, click_count.
SELECT extract(epoch FROM first_click_at)::float8 AS at,
       extract(epoch FROM coalesce(last_click_at, first_click_at))::float8 AS until, element_id, screen, click_count
FROM rage_click_events WHERE session_id = :session_id AND first_click_at IS NOT NULL
ORDER BY first_click_at, id LIMIT :max_rows::int;

-- name: alike
-- Other sessions with one issue in common, lowest score first; looked for among the newest 5,000 of the 60 days around.
-- In: session_id, started_at timestamp, issue jsonb (an array with the keys that must be equal), max_sessions int.
SELECT n.session_id
FROM (SELECT session_id FROM sessions
      WHERE started_at > :started_at::timestamp - interval '30 days'
        AND started_at < :started_at + interval '30 days' AND session_id <> :session_id
      ORDER BY started_at DESC LIMIT 5000) AS n
JOIN experience_scores e ON e.session_id = n.session_id
LEFT JOIN session_facts f ON f.session_id = n.session_id
WHERE e.issues @> :issue::jsonb AND NOT (coalesce(f.is_bot, false) OR coalesce(f.is_staff, false))
ORDER BY e.score, n.session_id LIMIT :max_sessions::int;

-- name: former_scores
-- What the score was under former versions, the last one first.  In: session_id.
-- Out: the fields of session_page.FormerScoreFacts.
SELECT version_key, extract(epoch FROM replaced_at)::float8 AS replaced_at,
       extract(epoch FROM calculated_at)::float8 AS calculated_at, score, score_exact, issues, score_version, weights_hash
FROM former_scores WHERE session_id = :session_id ORDER BY replaced_at DESC, version_key;
