-- name: arrivals
-- What arrived, and what did not, for the sessions that started in a period; what the collector refused on its days.
-- In: since, until timestamp (UTC, half-open); earliest, latest timestamp: a session that started outside of them, or
-- at no known time, is in no period.
-- Out: received_batches, lost_batches, dropped_items, sessions_without_start.
SELECT a.received_batches, a.lost_batches,
       (SELECT coalesce(sum(d.item_count), 0)::bigint FROM dropped_items d
        WHERE d.day >= :since::timestamp::date AND d.day < :until::timestamp) AS dropped_items,
       (SELECT count(*) FROM sessions
        WHERE started_at IS NULL OR started_at < :earliest::timestamp OR started_at >= :latest::timestamp)
         AS sessions_without_start
FROM (SELECT coalesce(sum(t.batch_count), 0)::bigint AS received_batches,
-- include: lost_batches
      FROM sessions s JOIN session_tabs t ON t.session_id = s.session_id
      WHERE s.started_at >= :since AND s.started_at < :until) AS a;

-- name: last_received
-- Out: when the last batch of the last day came; NULL: none.
SELECT max(received_at) FROM received_batches WHERE received_at > now() - interval '1 day';

-- name: first_session
-- Whether anything arrived at all. Polled, so it reads no more than a handful of rows of one index.
-- In: earliest, latest timestamp, as above; max_sessions int.
-- Out: first_event_at (seconds since the epoch; of the first session with a start, NULL when there is none), sessions
-- (counted up to max_sessions).
SELECT (SELECT extract(epoch FROM started_at)::float8 FROM sessions
        WHERE started_at >= :earliest::timestamp AND started_at < :latest::timestamp ORDER BY started_at LIMIT 1)
         AS first_event_at,
       (SELECT count(*) FROM (SELECT FROM sessions LIMIT :max_sessions::int) AS s) AS sessions;

-- name: refused_origins
-- Where batches came from that were refused for it.  In: since date; allowed text[]: origins that may send by now; max_origins
-- int.  Out: origin, batches, last_day; of the newest day first.
SELECT o.origin, sum(d.item_count)::bigint AS batches, max(d.day) AS last_day
FROM dropped_items d CROSS JOIN LATERAL (SELECT substr(d.reason, length('origin_refused ') + 1) AS origin) AS o
WHERE d.day >= :since::date AND starts_with(d.reason, 'origin_refused ')
  -- "other" stands for those that were too many to be kept (refusals.py).
  AND o.origin NOT IN ('', 'other') AND o.origin <> ALL (:allowed::text[])
GROUP BY o.origin ORDER BY last_day DESC, batches DESC, o.origin LIMIT :max_origins::int;
