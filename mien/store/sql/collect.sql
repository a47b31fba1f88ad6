-- name: batches
-- Remember batch ids; comes back with the new ones only: what is missing is a repeat.
-- In: batch_ids uuid[], session_ids uuid[], received_at timestamptz.
INSERT INTO received_batches (batch_id, session_id, received_at)
SELECT b.id, b.session_id, :received_at FROM unnest(:batch_ids::uuid[], :session_ids::uuid[]) AS b (id, session_id)
ON CONFLICT DO NOTHING RETURNING batch_id;

-- name: users!
-- Users by their name-based id; a later value fills or replaces, never erases.  In: arrays of equal length, sorted by id.
INSERT INTO users (user_id, external_user_id, email, locale, device_type, created_at)
SELECT * FROM unnest(:user_ids::uuid[], :external_ids::text[], :emails::text[], :locales::text[], :device_types::text[],
                     :created_at::timestamp[])
ON CONFLICT (user_id) DO UPDATE SET
  email = coalesce(excluded.email, users.email),
  locale = coalesce(excluded.locale, users.locale),
  device_type = coalesce(excluded.device_type, users.device_type)
WHERE (coalesce(excluded.email, users.email), coalesce(excluded.locale, users.locale),
       coalesce(excluded.device_type, users.device_type))
  IS DISTINCT FROM (users.email, users.locale, users.device_type);

-- name: sessions!
-- Sessions: earliest start, latest activity, duration from both.  In: arrays of equal length, sorted by id.
INSERT INTO sessions AS s (session_id, user_id, device_id, ip_address, user_agent, screen_resolution, app_version,
                           started_at, ended_at, duration_ms)
SELECT n.*, (extract(epoch FROM n.ended_at - n.started_at) * 1000)::bigint
FROM unnest(:session_ids::uuid[], :user_ids::uuid[], :device_ids::text[], :ips::text[], :user_agents::text[],
            :resolutions::text[], :versions::text[], :started_at::timestamp[], :ended_at::timestamp[])
  AS n (session_id, user_id, device_id, ip_address, user_agent, screen_resolution, app_version, started_at, ended_at)
ON CONFLICT (session_id) DO UPDATE SET
  user_id = coalesce(excluded.user_id, s.user_id),
  device_id = coalesce(s.device_id, excluded.device_id),
  ip_address = coalesce(s.ip_address, excluded.ip_address),
  user_agent = coalesce(s.user_agent, excluded.user_agent),
  screen_resolution = coalesce(s.screen_resolution, excluded.screen_resolution),
  app_version = coalesce(excluded.app_version, s.app_version),
  started_at = least(s.started_at, excluded.started_at),
  ended_at = greatest(s.ended_at, excluded.ended_at),
  duration_ms = (extract(epoch FROM greatest(s.ended_at, excluded.ended_at)
                                  - least(s.started_at, excluded.started_at)) * 1000)::bigint;

-- name: facts!
-- What is known beyond the specification.  In: arrays of equal length, sorted by id; utm as text[] of JSON.
INSERT INTO session_facts AS f (session_id, browser, browser_version, os, device_type, country, locale, referrer, utm,
                                is_bot, is_staff)
SELECT n.session_id, n.browser, n.browser_version, n.os, n.device_type, n.country, n.locale, n.referrer, n.utm::jsonb,
       n.is_bot, n.is_staff
FROM unnest(:session_ids::uuid[], :browsers::text[], :browser_versions::text[], :systems::text[], :device_types::text[],
            :countries::text[], :locales::text[], :referrers::text[], :utms::text[], :bots::bool[], :staff::bool[])
  AS n (session_id, browser, browser_version, os, device_type, country, locale, referrer, utm, is_bot, is_staff)
ON CONFLICT (session_id) DO UPDATE SET
  browser = coalesce(f.browser, excluded.browser),
  browser_version = coalesce(f.browser_version, excluded.browser_version),
  os = coalesce(f.os, excluded.os),
  device_type = coalesce(f.device_type, excluded.device_type),
  country = coalesce(f.country, excluded.country),
  locale = coalesce(excluded.locale, f.locale),
  referrer = coalesce(f.referrer, excluded.referrer),
  utm = coalesce(f.utm, excluded.utm),
  is_bot = f.is_bot OR excluded.is_bot,
  is_staff = f.is_staff OR excluded.is_staff;

-- name: tabs!
-- Batches per tab, to see holes.  In: arrays of equal length, sorted by session and tab.
INSERT INTO session_tabs AS t (session_id, tab, first_seq, last_seq, batch_count, skew_ms)
SELECT * FROM unnest(:session_ids::uuid[], :tabs::uuid[], :first_seqs::int[], :last_seqs::int[], :batch_counts::int[],
                     :skews::bigint[])
ON CONFLICT (session_id, tab) DO UPDATE SET
  first_seq = least(t.first_seq, excluded.first_seq),
  last_seq = greatest(t.last_seq, excluded.last_seq),
  batch_count = t.batch_count + excluded.batch_count;

-- name: enqueue!
-- Sessions that changed, due the later the longer they are and the more was done for them (migration 0004); a row that
-- waits already is never put off.  In: session_ids uuid[], sorted.
INSERT INTO analysis_queue AS q (session_id, ready_at, token)
SELECT n.session_id, now() + analysis_wait_s(r.event_count, r.analysed_total) * interval '1 second',
       nextval('analysis_token')
FROM unnest(:session_ids::uuid[]) AS n (session_id)
LEFT JOIN analyzer_runs r ON r.session_id = n.session_id
ON CONFLICT (session_id) DO UPDATE SET token = excluded.token, ready_at = least(q.ready_at, excluded.ready_at);

-- name: long_values!
-- Full values of cut keys.  In: short_values text[], full_values text[].
INSERT INTO long_values (short_value, full_value) SELECT * FROM unnest(:short_values::text[], :full_values::text[])
ON CONFLICT DO NOTHING;

-- name: dropped!
-- Count refused items.  In: day date, reasons text[], item_counts bigint[], sorted by reason.
INSERT INTO dropped_items AS d (day, reason, item_count)
SELECT :day, * FROM unnest(:reasons::text[], :item_counts::bigint[])
ON CONFLICT (day, reason) DO UPDATE SET item_count = d.item_count + excluded.item_count;

-- name: tab_skew
-- The clock of a tab as it was first measured, or no row.  In: tab uuid.
SELECT skew_ms FROM session_tabs WHERE tab = :tab LIMIT 1;

-- name: forget_batches!
-- Batch ids older than 40 days: longer than any client keeps a batch.
DELETE FROM received_batches WHERE received_at < now() - interval '40 days';
