-- name: arrivals
-- What arrived, and what did not, for the sessions that started in a period; what the collector refused on its days.
-- In: since, until timestamp (UTC).
-- Out: received_batches, lost_batches (holes in the tabs' sequences), dropped_items, last_received_at (of the last day).
SELECT t.received_batches, t.lost_batches,
       (SELECT coalesce(sum(d.item_count), 0)::bigint FROM dropped_items d
        WHERE d.day >= :since::timestamp::date AND d.day <= :until::timestamp::date) AS dropped_items,
       (SELECT max(b.received_at) FROM received_batches b WHERE b.received_at > now() - interval '1 day')
         AS last_received_at
FROM (SELECT coalesce(sum(t.batch_count), 0)::bigint AS received_batches,
             coalesce(sum(greatest(t.last_seq::bigint - t.first_seq + 1 - t.batch_count, 0)), 0)::bigint AS lost_batches
      FROM sessions s JOIN session_tabs t ON t.session_id = s.session_id
      WHERE s.started_at >= :since AND s.started_at < :until) AS t;

-- name: first_session
-- Whether anything arrived at all.  Out: first_event_at (seconds since the epoch, or NULL), sessions.
SELECT extract(epoch FROM min(started_at))::float8 AS first_event_at, count(*) AS sessions FROM sessions;
